package entry

import (
	"slices"
	"time"

	"pumplab/pumpmodel/quantity"
)

// The answers' kinds: the values of pumpmodel.Answer, which the contract's root owns.
const (
	kindAccepted = "accepted"
	kindIgnored  = "ignored"
	kindBlocked  = "blocked"
	kindClipped  = "clipped"
)

func accepted() Answer          { return Answer{Kind: kindAccepted} }
func ignored(why string) Answer { return Answer{Kind: kindIgnored, Why: why} }
func blocked(why string) Answer { return Answer{Kind: kindBlocked, Why: why} }
func clipped(why string) Answer { return Answer{Kind: kindClipped, Why: why} }

const (
	nothingEntered = "no number is entered"
	outOfRange     = "Out of range"
	tooHigh        = "Too high"
)

// base is what every method has: its name, its keys, its range, and no behaviour in time.
type base struct {
	name     string
	keys     []string
	min, max quantity.Decimal
}

// Name is the method's name in design files.
func (b base) Name() string { return b.name }

// Keys are the keys the method understands.
func (b base) Keys() []string { return slices.Clone(b.keys) }

// Start begins to edit a field that holds v, or nothing.
func (b base) Start(v quantity.Decimal, set bool) State {
	if !set {
		return State{Empty: true}
	}
	return State{Value: v}
}

// Release changes nothing: the method's keys do not repeat.
func (b base) Release(s State, _ string) State { return s }

// Wait is never: the method does nothing by itself.
func (b base) Wait(State) (time.Duration, bool) { return 0, false }

// Elapse changes nothing.
func (b base) Elapse(s State, _ time.Duration) (State, Answer) { return s, Answer{} }

// View shows the value, without a cursor.
func (b base) View(s State) View {
	if s.Empty {
		return View{Cursor: -1}
	}
	return View{Text: s.Value.String(), Cursor: -1}
}

// Value is the value shown; it cannot be confirmed while there is none or it lies below the minimum.
func (b base) Value(s State) (v quantity.Decimal, ok bool, why string) {
	switch {
	case s.Empty:
		return 0, false, nothingEntered
	case s.Value < b.min:
		return s.Value, false, outOfRange + ": at least " + b.min.String()
	}
	return s.Value, true, ""
}

func (b base) has(key string) bool { return slices.Contains(b.keys, key) }

func (b base) lacks(key string) Answer { return ignored(b.name + " has no key " + key) }

// traits is the default: a value and nothing beside it.
func (b base) traits() traits { return traits{max: b.max} }

// set is s holding v after an accepted or clipped key; v is clipped to 0 and the maximum.
func (b base) set(s State, v quantity.Decimal) (State, Answer) {
	s.Dirty, s.Empty = true, false
	s.Value = min(max(v, 0), b.max)
	switch {
	case v < 0:
		return s, clipped("0 is the least")
	case v > b.max:
		return s, clipped(b.max.String() + " is the maximum")
	}
	return s, accepted()
}

// power is 10^e as a Decimal, for e from -6 to 12.
func power(e int) quantity.Decimal {
	p := quantity.Decimal(1)
	for range e + quantity.Places {
		p *= 10
	}
	return p
}

// exponent is the largest e with 10^e ≤ v; v is positive.
func exponent(v quantity.Decimal) int {
	e := -quantity.Places
	for v >= 10 {
		v /= 10
		e++
	}
	return e
}
