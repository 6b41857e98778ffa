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

// Spec is a Machine with its state typed. S must hold no pointer, slice, map, func or float. A small state is stepped by value; a
// machine whose state is large has Change in the place of Step, which is handed a copy of its own to work on.
type Spec[S comparable] struct {
	Info   func() Info
	Start  func() S
	Step   func(S, Event) (S, []Output)
	Change func(*S, Event) []Output // nil where there is a Step
	Wait   func(S) (time.Duration, bool)
	Show   func(S) Display
}

// New wraps a typed Spec as a Machine. Handing a state of another machine to the result is a broken contract and panics.
func New[S comparable](s Spec[S]) Machine {
	if s.Change == nil {
		s.Change = func(x *S, e Event) (out []Output) {
			*x, out = s.Step(*x, e)
			return out
		}
	}
	return machine[S]{s, &sync.Pool{New: func() any { return new(S) }}}
}

// machine is a Spec with copies of states to step on: what is allocated in a step is the next state's box alone.
type machine[S comparable] struct {
	spec   Spec[S]
	copies *sync.Pool
}

func (m machine[S]) Info() Info   { return m.spec.Info() }
func (m machine[S]) Start() State { return m.spec.Start() }

func (m machine[S]) Step(s State, e Event) (State, []Output) {
	x := m.copies.Get().(*S)
	*x = s.(S)
	out := m.spec.Change(x, e)
	s = *x
	m.copies.Put(x)
	return s, out
}

func (m machine[S]) Wait(s State) (time.Duration, bool) { return m.spec.Wait(s.(S)) }
func (m machine[S]) Show(s State) Display               { return m.spec.Show(s.(S)) }

// Advance lets d pass, firing each timeout when it is due. Each output's At is its offset from the start of the advance. A
// machine whose Wait is not positive breaks the contract: Advance panics rather than hang.
func Advance(m Machine, s State, d time.Duration) (State, []Output) {
	var all []Output
	var done time.Duration
	for done < d {
		part := d - done
		if w, ok := m.Wait(s); ok {
			if w <= 0 {
				panic("pumpmodel: " + m.Info().Name + ": Wait is not positive")
			}
			part = min(part, w)
		}
		var out []Output
		s, out = m.Step(s, Event{Kind: Elapse, For: part})
		done += part
		for _, o := range out {
			o.At += done
			all = append(all, o)
		}
	}
	return s, all
}
