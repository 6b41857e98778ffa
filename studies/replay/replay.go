// Package replay computes a session again from its journal, and holds what was stored beside the records against what comes out.
package replay

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"time"

	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/session"
)

// Moment is a session right after one record, computed anew.
type Moment struct {
	Machine *session.Machine
	Head    journal.Head
	Record  journal.Record
	Event   studies.Event    // zero at record 1
	State   session.State    // afterwards
	View    session.View     // afterwards
	Outputs []studies.Output // computed; equal to Record.Outputs unless Difference says otherwise
}

// Difference is a record whose stored projection is not what the replay gives.
type Difference struct {
	Seq      int
	What     string // outputs, display
	Stored   string
	Computed string
}

// Error names the record and both versions.
func (d *Difference) Error() string {
	return fmt.Sprintf("replay differs at record %d: %s stored %s, computed %s", d.Seq, d.What, d.Stored, d.Computed)
}

// Builder makes the machine of a session from its head: from the frozen bytes the head names, never from files that may have changed.
type Builder func(journal.Head) (*session.Machine, error)

// Run replays records, checking the hash chain, and yields every moment. A broken chain, an unreadable record or a Difference is
// yielded as an error with its moment as far as it is known; after the first two the replay ends.
func Run(records iter.Seq2[journal.Record, error], build Builder) iter.Seq2[Moment, error] {
	return func(yield func(Moment, error) bool) {
		var chain journal.Chain
		var m Moment
		for r, err := range records {
			if err == nil {
				err = chain.Add(r)
			}
			if err == nil {
				err = m.take(r, build)
			}
			if err != nil {
				yield(m, err)
				return
			}
			if !yield(m, m.compare()) {
				return
			}
		}
	}
}

// take applies one record.
func (m *Moment) take(r journal.Record, build Builder) error {
	m.Record, m.Event = r, studies.Event{}
	var err error
	if r.Seq == 1 {
		if m.Head, err = journal.DecodeHead(r.Event); err != nil {
			return fmt.Errorf("replay record 1: %w", err)
		}
		if m.Machine, err = build(m.Head); err != nil {
			return fmt.Errorf("replay session %s: %w", m.Head.Session, err)
		}
		m.State, m.Outputs = m.Machine.Start()
	} else {
		if m.Event, err = journal.DecodeEvent(r.Event); err != nil {
			return fmt.Errorf("replay record %d: %w", r.Seq, err)
		}
		m.State, m.Outputs = m.Machine.Step(m.State, r.At, m.Event)
	}
	m.View = m.Machine.Show(m.State)
	return nil
}

// compare holds the stored projection against the computed one; nil, or a *Difference.
func (m *Moment) compare() error {
	if !slices.EqualFunc(m.Record.Outputs, m.Outputs, same) {
		if err := m.compareOutputs(); err != nil {
			return err
		}
	}
	digest := ""
	if m.View.Pump != nil {
		digest = m.View.Pump.Digest()
	}
	if m.Record.Display != digest {
		return &Difference{m.Record.Seq, "display", m.Record.Display, digest}
	}
	return nil
}

// same reports whether two outputs are equal; false also where their JSON might be the same all the same.
func same(a, b studies.Output) bool {
	p, q := a.Pump, b.Pump
	a.Pump, b.Pump = nil, nil
	if a != b || (p == nil) != (q == nil) {
		return false
	}
	return p == nil || *p == *q // what hangs on pointers inside is left to the JSON
}

// compareOutputs compares by the form in which outputs are stored.
func (m *Moment) compareOutputs() error {
	stored, err := journal.EncodeOutputs(m.Record.Outputs)
	if err != nil {
		return err
	}
	computed, err := journal.EncodeOutputs(m.Outputs)
	if err != nil {
		return err
	}
	if !bytes.Equal(stored, computed) {
		return &Difference{m.Record.Seq, "outputs", string(stored), string(computed)}
	}
	return nil
}

// Check replays a whole session and returns the last moment. The error is the first broken record or Difference.
func Check(records iter.Seq2[journal.Record, error], build Builder) (Moment, error) {
	var last Moment
	for m, err := range Run(records, build) {
		if err != nil {
			return m, err
		}
		last = m
	}
	return last, nil
}

// At is the screen at a time since the session's start, between records too. Differences are not looked for; a time after the last
// record shows the session left alone until then.
func At(records iter.Seq2[journal.Record, error], build Builder, at time.Duration) (session.View, error) {
	var m Moment
	for r, err := range records {
		if err != nil {
			return session.View{}, err
		}
		if r.Seq > 1 && r.At > at {
			break
		}
		if err := m.take(r, build); err != nil {
			return session.View{}, err
		}
	}
	if m.Machine == nil {
		return session.View{}, fmt.Errorf("replay: the session has no records")
	}
	state, _ := m.Machine.Advance(m.State, at-m.State.Now)
	return m.Machine.Show(state), nil
}

// Of is a slice of records in the form Run takes.
func Of(records []journal.Record) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}
