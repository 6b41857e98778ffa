package cli

import (
	"fmt"
	"math/rand/v2"

	"pumplab/analysis/describe"
	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/studies/participant"
)

// wardDayJSON says how simulated days were made, so that the same ones can be made again.
type wardDayJSON struct {
	Infusions   int      `json:"infusions_a_day"`
	Days        int      `json:"days"`
	Seed        uint64   `json:"seed"`
	Assumptions []string `json:"assumptions"`
}

// days simulates ward days on a library's setups; each is a session of its own.
func (c *LibraryWhatIfCmd) days(l *library.Library) ([]ders.Attempt, *wardDayJSON, error) {
	if c.Infusions < 1 || c.Days < 1 || c.Infusions > 1e6 || c.Days > 1e5 || c.Infusions*c.Days > 1e7 {
		return nil, nil, fmt.Errorf("simulate %d days of %d infusions: at least one of each and at most ten million infusions are needed", c.Days, c.Infusions)
	}
	ward := participant.TypicalWard()
	ward.Infusions = c.Infusions
	var out []ders.Attempt
	for day := range c.Days {
		out = append(out, ward.Day(l, fmt.Sprintf("day %d", day+1), rand.New(rand.NewPCG(c.Seed, uint64(day))))...)
	}
	if len(out) == 0 {
		return nil, nil, fmt.Errorf("simulate a ward day on %s: no setup has limits on a dose rate or a rate", l.File)
	}
	return out, &wardDayJSON{Infusions: c.Infusions, Days: c.Days, Seed: c.Seed, Assumptions: ward.Assumptions()}, nil
}

// spread adds the middle 95 % of the sessions' or days' alerts per 100 numbers.
func (r *whatIfJSON) spread(w ders.WhatIf) {
	type tally struct{ judged, before, after int }
	at := map[string]*tally{}
	var order []string
	for _, a := range w.Attempts {
		if a.Change == ders.Unjudged {
			continue
		}
		t := at[a.Session]
		if t == nil {
			t = &tally{}
			at[a.Session], order = t, append(order, a.Session)
		}
		t.judged++
		if a.Old.Limit != "" {
			t.before++
		}
		if a.New.Limit != "" {
			t.after++
		}
	}
	if len(order) < 2 {
		return
	}
	var before, after []float64
	for _, s := range order {
		t := at[s]
		before, after = append(before, 100*float64(t.before)/float64(t.judged)), append(after, 100*float64(t.after)/float64(t.judged))
	}
	span := func(x []float64, b *burdenJSON) {
		low, err := describe.Quantile(x, 0.025)
		high, err2 := describe.Quantile(x, 0.975)
		if err == nil && err2 == nil {
			b.Low, b.High = low, high
		}
	}
	span(before, &r.Before)
	span(after, &r.After)
}

// rangeText is the middle 95 % in words, with a blank before; empty with fewer than two sessions.
func (r whatIfJSON) rangeText(b burdenJSON) string {
	if b.Low == 0 && b.High == 0 {
		return ""
	}
	unit := "sessions"
	if r.WardDay != nil {
		unit = "days"
	}
	return fmt.Sprintf(" (middle 95 %% of the %s: %.1f to %.1f per 100 numbers)", unit, b.Low, b.High)
}
