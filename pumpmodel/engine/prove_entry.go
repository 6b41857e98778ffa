package engine

import (
	"slices"
	"time"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// classes is the entry method of the proofs: one key goes to the next of a few values, one for each place a value can have among
// the limits. It stands for every method: whatever a method can enter lies in one of these places.
type classes struct {
	values []quantity.Decimal // ascending; none if nothing can be entered
	on     []string           // keys that go to the next value, around at the end
}

// Name is no name of a design file.
func (c classes) Name() string { return "classes" }

// Keys are the keys that go on.
func (c classes) Keys() []string { return c.on }

// Start holds any value, or none.
func (c classes) Start(v quantity.Decimal, set bool) entry.State {
	return entry.State{Value: v, Empty: !set}
}

// Press goes to the next value.
func (c classes) Press(s entry.State, key string) (entry.State, entry.Answer) {
	if !slices.Contains(c.on, key) || len(c.values) == 0 {
		return s, entry.Answer{Kind: "ignored", Why: "the proof enters nothing here"}
	}
	next := c.values[0]
	for _, v := range c.values {
		if !s.Empty && v > s.Value {
			next = v
			break
		}
	}
	return entry.State{Value: next, Dirty: true}, entry.Answer{Kind: "accepted"}
}

// Release changes nothing.
func (c classes) Release(s entry.State, _ string) entry.State { return s }

// Wait is never.
func (c classes) Wait(entry.State) (time.Duration, bool) { return 0, false }

// Elapse changes nothing.
func (c classes) Elapse(s entry.State, _ time.Duration) (entry.State, entry.Answer) {
	return s, entry.Answer{}
}

// View shows the value.
func (c classes) View(s entry.State) entry.View {
	if s.Empty {
		return entry.View{Cursor: -1}
	}
	return entry.View{Text: s.Value.String(), Cursor: -1}
}

// Value is the value, if there is one.
func (c classes) Value(s entry.State) (quantity.Decimal, bool, string) {
	if s.Empty {
		return 0, false, "no number is entered"
	}
	return s.Value, true, ""
}

// places are values for every place among the limits of a set, on the scale: below, at and between each, above.
func places(set library.LimitSet, sc quantity.Scale) []quantity.Decimal {
	var out []quantity.Decimal
	limits := []library.Bound{set.LowerHard, set.LowerSoft, set.UpperSoft, set.UpperHard}
	var last quantity.Decimal
	for i, b := range limits {
		if !b.Set {
			continue
		}
		step := sc.StepAt(b.Value)
		if last == 0 {
			out = append(out, b.Value-step)
		} else {
			out = append(out, middle(last, b.Value, sc))
		}
		out = append(out, b.Value)
		if i == len(limits)-1 {
			out = append(out, b.Value+sc.StepAt(b.Value+step))
		}
		last = b.Value
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func middle(a, b quantity.Decimal, sc quantity.Scale) quantity.Decimal {
	return ((a + b) / 2).Floor(sc.StepAt((a + b) / 2))
}

// around are the rates the pump gives at the lower or upper limits of a dose, the steps on either side of each, and one within.
func around(s *library.Setup, weight quantity.Decimal, pump quantity.Pump, upper bool) []quantity.Decimal {
	set := s.Limits[library.Dose]
	out, limits := []quantity.Decimal{quantity.Int(20)}, []library.Bound{set.LowerHard, set.LowerSoft}
	if upper {
		limits = []library.Bound{set.UpperSoft, set.UpperHard}
	}
	for _, b := range limits {
		exact, err := quantity.RateOf(b.Value, s.DoseUnit, weight, s.Concentration)
		if err != nil {
			continue
		}
		if r, err := pump.Rate.Round(exact); err == nil {
			out = append(out, r-pump.Rate.StepAt(r-1), r, r+pump.Rate.StepAt(r+1))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
