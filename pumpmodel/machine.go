package pumpmodel

import (
	"sync"
	"time"
)

// State is everything a Machine remembers: an opaque plain value. Two states are the same if == says so, which makes the
// replay check an equality, the explorer's visited set a map, and undo a matter of keeping the old value.
type State any

// Machine is one pump interface on the shared pump and dose error reduction engine. All five methods are pure: no clock, no
// randomness, no I/O, no goroutine.
type Machine interface {
	// Info describes the design: name, version, controls with their key bindings, parameters.
	Info() Info
	// Start is the state right after power-on.
	Start() State
	// Step applies one event from outside. An event of kind Elapse lets time pass; drivers use Advance instead. The outputs may be
	// shared with other steps: whoever wants to change one copies it first.
	Step(State, Event) (State, []Output)
	// Wait is how long the state may be left alone before its next timeout is due; false means for ever. It is positive.
	Wait(State) (time.Duration, bool)
	// Show is everything a person can perceive in this state.
	Show(State) Display
}

// Spec is a Machine with its state typed. S must hold no pointer, slice, map, func or float.
type Spec[S comparable] struct {
	Info  func() Info
	Start func() S
	Step  func(S, Event) (S, []Output)
	Wait  func(S) (time.Duration, bool)
	Show  func(S) Display
}

// InPlace is a Spec for a large state: its functions are handed a copy that is theirs for the call, and Step changes it.
type InPlace[S comparable] struct {
	Info  func() Info
	Start func() S
	Step  func(*S, Event) []Output
	Wait  func(*S) (time.Duration, bool)
	Show  func(*S) Display
}

// New wraps a typed Spec as a Machine. Handing a state of another machine to the result is a broken contract and panics.
func New[S comparable](s Spec[S]) Machine {
	return NewInPlace(InPlace[S]{
		Info: s.Info, Start: s.Start,
		Step: func(x *S, e Event) (out []Output) {
			*x, out = s.Step(*x, e)
			return out
		},
		Wait: func(x *S) (time.Duration, bool) { return s.Wait(*x) },
		Show: func(x *S) Display { return s.Show(*x) },
	})
}

// NewInPlace is New for an InPlace.
func NewInPlace[S comparable](s InPlace[S]) Machine {
	return machine[S]{s, &sync.Pool{New: func() any { return new(S) }}}
}

// machine has copies of states to work on: what is allocated in a step is the next state's box alone.
type machine[S comparable] struct {
	spec   InPlace[S]
	copies *sync.Pool
}

func (m machine[S]) copy(s State) *S {
	x := m.copies.Get().(*S)
	*x = s.(S)
	return x
}

func (m machine[S]) Info() Info   { return m.spec.Info() }
func (m machine[S]) Start() State { return m.spec.Start() }

func (m machine[S]) Step(s State, e Event) (State, []Output) {
	x := m.copy(s)
	out := m.spec.Step(x, e)
	s = *x
	m.copies.Put(x)
	return s, out
}

func (m machine[S]) Wait(s State) (time.Duration, bool) {
	x := m.copy(s)
	d, ok := m.spec.Wait(x)
	m.copies.Put(x)
	return d, ok
}

func (m machine[S]) Show(s State) Display {
	x := m.copy(s)
	d := m.spec.Show(x)
	m.copies.Put(x)
	return d
}

// advance is Advance on one copy.
func (m machine[S]) advance(s State, d time.Duration) (State, []Output) {
	x := m.copy(s)
	out := advance(m.spec.Info, d, func() (time.Duration, bool) { return m.spec.Wait(x) }, func(e Event) []Output { return m.spec.Step(x, e) })
	s = *x
	m.copies.Put(x)
	return s, out
}

// Advance lets d pass, firing each timeout when it is due. Each output's At is its offset from the start of the advance. A
// machine whose Wait is not positive breaks the contract: Advance panics rather than hang.
func Advance(m Machine, s State, d time.Duration) (State, []Output) {
	if own, ok := m.(interface {
		advance(State, time.Duration) (State, []Output)
	}); ok {
		return own.advance(s, d)
	}
	out := advance(m.Info, d, func() (time.Duration, bool) { return m.Wait(s) }, func(e Event) (out []Output) {
		s, out = m.Step(s, e)
		return out
	})
	return s, out
}

// advance goes from timeout to timeout.
func advance(info func() Info, d time.Duration, wait func() (time.Duration, bool), step func(Event) []Output) []Output {
	var all []Output
	for done := time.Duration(0); done < d; {
		part := d - done
		if w, ok := wait(); ok {
			if w <= 0 {
				panic("pumpmodel: " + info().Name + ": Wait is not positive")
			}
			part = min(part, w)
		}
		out := step(Event{Kind: Elapse, For: part})
		done += part
		for _, o := range out {
			o.At += done
			all = append(all, o)
		}
	}
	return all
}
