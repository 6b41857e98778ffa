package ders

import (
	"fmt"
	"slices"
	"time"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// Attempt is one number that somebody programmed, as a log has it. An entry without a drug is a basic infusion: only the device's
// limits hold. Its value is in the unit of the library it was programmed with.
type Attempt struct {
	Entry
	Session string
	Task    string
	At      time.Duration // since the session's start
	Logged  string        // limit kind of the alert that came then; empty for none
}

// Change says what becomes of an attempt's alert.
type Change string

// What a new library does to an attempt.
const (
	Same     Change = "same"
	Appears  Change = "appears"  // no alert before, one now
	Vanishes Change = "vanishes" // an alert before, none now
	Kind     Change = "kind"     // another limit alerts: soft instead of hard, lower instead of upper
	Unjudged Change = "unjudged" // one of the libraries does not know the setup
)

// Replayed is one attempt held against two libraries.
type Replayed struct {
	Attempt
	Setup    string // by the old library, else by the new one
	Unit     string
	Old, New Verdict
	Change   Change
	Why      string // why it could not be judged
}

// Burden is how often people would be alerted.
type Burden struct{ Soft, Hard int }

// Total are all alerts.
func (b Burden) Total() int { return b.Soft + b.Hard }

// WhatIf is a log held against two libraries.
type WhatIf struct {
	Attempts      []Replayed
	Before, After Burden         // over the attempts that both libraries judge
	Changes       map[Change]int // how many attempts
	Logged        int            // judged attempts with a soft or hard limit alert in the log
	Agreed        int            // of those, the ones that the old library gives the same limit for
}

// Compare replays attempts against an old and a new library, in their order. It is pure: what it needs of a log are the attempts.
func Compare(old, now *library.Library, attempts []Attempt) WhatIf {
	a, b := NewChecker(old), NewChecker(now)
	out := WhatIf{Changes: map[Change]int{}}
	for _, at := range attempts {
		r := replayed(a, b, at)
		out.Attempts = append(out.Attempts, r)
		out.Changes[r.Change]++
		if r.Change == Unjudged {
			continue
		}
		out.Before.add(r.Old)
		out.After.add(r.New)
		if at.Logged != "" && at.Logged != "range" {
			out.Logged++
			if r.Old.Limit == at.Logged {
				out.Agreed++
			}
		}
	}
	return out
}

func (b *Burden) add(v Verdict) {
	switch v.Kind {
	case "soft":
		b.Soft++
	case "hard":
		b.Hard++
	}
}

func replayed(old, now *Checker, at Attempt) Replayed {
	r := Replayed{Attempt: at, Change: Unjudged}
	was, err := old.attempt(at.Entry)
	if err != nil {
		r.Why = "before: " + err.Error()
		return r
	}
	is, err := now.attempt(at.Entry)
	if err == nil && was.Setup != nil && is.Unit() != was.Unit() {
		e := at.Entry
		if e.Value, err = converted(at.Entry, was.Setup, is.Setup); err == nil {
			is, err = now.attempt(e)
		}
	}
	if err != nil {
		r.Why = "after: " + err.Error()
		return r
	}
	if was.Setup != nil {
		r.Setup, r.Unit = was.Setup.String(), was.Unit()
	}
	r.Old, r.New = was.Verdict, is.Verdict
	switch {
	case r.Old.Limit == r.New.Limit:
		r.Change = Same
	case r.Old.Limit == "":
		r.Change = Appears
	case r.New.Limit == "":
		r.Change = Vanishes
	default:
		r.Change = Kind
	}
	return r
}

// attempt is Check, which knows basic infusions too.
func (c *Checker) attempt(e Entry) (Judgement, error) {
	if e.Drug != "" {
		return c.Check(e)
	}
	area, ok := c.areas[e.Area]
	switch {
	case !ok:
		return Judgement{}, fmt.Errorf("find care area %q in %s", e.Area, c.lib.File)
	case !area.Basic:
		return Judgement{}, fmt.Errorf("%s allows no basic infusions", e.Area)
	}
	return Judgement{Verdict: Device(area.Device, e.Field, e.Value), Field: e.Field}, nil
}

// converted is a dose in the unit of another library's setup, through the rate it comes to; exact, then rounded to a millionth.
func converted(e Entry, from, to *library.Setup) (quantity.Decimal, error) {
	if e.Field != library.Dose {
		return 0, fmt.Errorf("%s is in %s before and in %s after", e.Field, from.UnitOf(e.Field), to.UnitOf(e.Field))
	}
	rate, err := quantity.RateOf(e.Value, from.DoseUnit, e.Weight, from.Concentration)
	if err != nil {
		return 0, err
	}
	one, err := quantity.RateOf(quantity.One, to.DoseUnit, e.Weight, from.Concentration)
	if err != nil {
		return 0, err
	}
	return quantity.Round(rate.Quo(rate, one), 1), nil
}

// Group are attempts of one setup and field whose alert changes in the same way.
type Group struct {
	Area, Setup, Field, Unit string
	Change                   Change
	Old, New                 string // limits; empty for no alert
	OldValue, NewValue       quantity.Decimal
	Values                   []quantity.Decimal // entered, each once, ascending
	N                        int
}

// Groups are the attempts whose alert changes, most frequent first.
func (w WhatIf) Groups() []Group {
	var out []Group
	for _, r := range w.Attempts {
		if r.Change == Same || r.Change == Unjudged {
			continue
		}
		g := Group{
			Area: r.Area, Setup: r.Setup, Field: string(r.Field), Unit: r.Unit, Change: r.Change, Old: r.Old.Limit, New: r.New.Limit,
			OldValue: r.Old.Value, NewValue: r.New.Value,
		}
		i := slices.IndexFunc(out, func(o Group) bool { return o.same(g) })
		if i < 0 {
			i, out = len(out), append(out, g)
		}
		out[i].N++
		if at, found := slices.BinarySearch(out[i].Values, r.Value); !found {
			out[i].Values = slices.Insert(out[i].Values, at, r.Value)
		}
	}
	slices.SortStableFunc(out, func(a, b Group) int { return b.N - a.N })
	return out
}

func (g Group) same(o Group) bool {
	return g.Area == o.Area && g.Setup == o.Setup && g.Field == o.Field && g.Change == o.Change && g.Old == o.Old && g.New == o.New
}
