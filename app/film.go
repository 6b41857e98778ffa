package main

import (
	"sort"
	"time"

	"pumplab/app/cli"
	"pumplab/app/screens"
	"pumplab/pumpmodel/design"
	"pumplab/studies"
	"pumplab/studies/replay"
	"pumplab/studies/session"
)

// Film is a recorded session with every moment of it, computed again from the journal on the files the session froze.
type Film struct {
	moments []replay.Moment
	designs map[string]*design.Design
	came    map[int]studies.Outcome // by step
	differs error                   // what is not as it was recorded; nil if all is
}

var _ screens.Film = (*Film)(nil)

// Film computes a session of the lab again.
func (l *Lab) Film(id string) (*Film, error) {
	moments, kit, differs, err := cli.Moments(l.Store, id)
	if err != nil {
		return nil, err
	}
	all, err := cli.KeptOutcomes(l.Store, l.Program)
	if err != nil {
		return nil, err
	}
	came := map[int]studies.Outcome{}
	for _, t := range all.Tasks {
		if t.Session == id {
			came[t.Step] = t.Outcome
		}
	}
	return &Film{moments: moments, designs: kit.Designs, came: came, differs: differs}, nil
}

// Outcome is what the task of a step came to, if it was judged.
func (f *Film) Outcome(step int) (studies.Outcome, bool) {
	o, ok := f.came[step]
	return o, ok
}

// Plan is the session's realised plan.
func (f *Film) Plan() studies.Plan { return f.moments[0].Head.Plan }

// Designs are those the session ran on.
func (f *Film) Designs() map[string]*design.Design { return f.designs }

// Count is the number of moments.
func (f *Film) Count() int { return len(f.moments) }

// Moment is the session right after its i-th record.
func (f *Film) Moment(i int) screens.Moment {
	m := &f.moments[i]
	return screens.Moment{View: m.View, Record: &m.Record, Event: m.Event}
}

// At is when the i-th record was made.
func (f *Film) At(i int) time.Duration { return f.moments[i].Record.At }

// Length is the time of the last record.
func (f *Film) Length() time.Duration { return f.At(f.Count() - 1) }

// Last is the last moment not after a time.
func (f *Film) Last(at time.Duration) int {
	n := sort.Search(len(f.moments), func(i int) bool { return f.At(i) > at })
	return max(0, n-1)
}

// Look is the screen at a time: the last moment's state, left alone until then.
func (f *Film) Look(at time.Duration) session.View {
	m := f.moments[f.Last(at)]
	state, _ := m.Machine.Advance(m.State, max(0, at-m.Record.At))
	return m.Machine.Show(state)
}
