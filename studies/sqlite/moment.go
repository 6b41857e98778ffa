package sqlite

import (
	"encoding/json"
	"fmt"
	"time"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
)

// moment is where a session stands after some of its records: what the columns of event_v1 need beyond the record itself.
type moment struct {
	head    *journal.Head
	started time.Time
	anchor  time.Duration // session time of the newest anchor so far, 0 for the start
	wall    time.Time     // what the wall clock read then
	step    int           // present step of the plan; -1 before the first
	of      int           // step the last record belongs to
	event   studies.Event
	status  string // as endOf says; running before
	ended   time.Duration
	resumed bool
}

// follow takes the next record in.
func (m *moment) follow(r journal.Record) error {
	if r.Seq == 1 {
		var h journal.Head
		if err := json.Unmarshal(r.Event, &h); err != nil {
			return fmt.Errorf("read head: %w", err)
		}
		started, err := time.Parse(time.RFC3339Nano, h.Started)
		if err != nil {
			return fmt.Errorf("read head: start: %w", err)
		}
		*m = moment{head: &h, started: started, wall: started, step: -1, of: -1, event: studies.Event{Kind: "head"}, status: "running"}
		m.advance(r.Outputs)
		m.end(r)
		return nil
	}
	if m.head == nil {
		return fmt.Errorf("the session has no head")
	}
	var err error
	if m.event, err = journal.DecodeEvent(r.Event); err != nil {
		return fmt.Errorf("read event: %w", err)
	}
	// A record belongs to the step that was on when it happened: what time alone brought about comes first.
	early := 0
	for early < len(r.Outputs) && r.Outputs[early].At < r.At {
		early++
	}
	m.advance(r.Outputs[:early])
	m.of = m.step
	if a := answerOf(r.Outputs); a != nil {
		m.of = a.Step
	}
	m.advance(r.Outputs[early:])
	if m.event.Kind == studies.Resume {
		m.resumed, m.status = true, "running"
	}
	if m.event.Kind == studies.Anchor {
		if t, err := time.Parse(time.RFC3339Nano, m.event.Value); err == nil {
			m.anchor, m.wall = r.At, t
		}
	}
	m.end(r)
	return nil
}

func (m *moment) end(r journal.Record) {
	if e := endOf(r.Outputs); e != "" {
		m.status, m.ended = e, r.At
	}
}

func (m *moment) advance(outputs []studies.Output) {
	for _, o := range outputs {
		if o.Kind == studies.StepBegan {
			m.step = o.Step
		}
	}
}

// task is the task the last record belongs to; nil outside tasks.
func (m *moment) task() any {
	if m.of < 0 || m.of >= len(m.head.Plan.Steps) || m.head.Plan.Steps[m.of].Task == "" {
		return nil
	}
	return m.head.Plan.Steps[m.of].Task
}

// answerOf is the output that answers the event's control; nil if there is none.
func answerOf(outputs []studies.Output) *studies.Output {
	for i := len(outputs) - 1; i >= 0; i-- {
		if o := &outputs[i]; o.Kind == studies.FromPump && o.Pump != nil && o.Pump.Kind == pumpmodel.KeyAnswered {
			return o
		}
	}
	return nil
}

// row are the values of insertRecord for the record last followed; the first, the session's key, is left to the caller.
func (m *moment) row(r journal.Record) ([]any, error) {
	prev, err := unhex(r.Prev)
	if err != nil {
		return nil, err
	}
	hash, err := unhex(r.Hash)
	if err != nil {
		return nil, err
	}
	outputs, err := outputsText(r.Outputs)
	if err != nil {
		return nil, err
	}
	args := []any{nil, r.Seq, int64(r.At), r.Event, prev, hash, outputs, text(r.Display)}
	for _, c := range m.columns(r) {
		args = append(args, c)
	}
	kept, _ := outputs.(string)
	return append(args, seal([]byte(kept), []byte(r.Display))), nil
}

// columns are the values of eventColumns for the record last followed.
func (m *moment) columns(r journal.Record) [10]any {
	const utc, task, kind, control, code, phase, before, after, answer, stamp = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
	e := m.event
	var c [10]any
	c[utc], c[task], c[kind], c[code], c[stamp] = stampUTC(m.wall, r.At-m.anchor), m.task(), string(e.Kind), text(e.Code), text(e.Stamp)
	if p := e.Pump; p != nil {
		c[control], c[phase] = text(p.Control), text(string(p.Kind))
	} else {
		c[after] = text(e.Value)
		if e.Code == "" {
			c[code] = text(e.Item)
		}
	}
	if a := answerOf(r.Outputs); a != nil && e.Pump != nil {
		c[before], c[after], c[answer] = text(a.Pump.Before), text(a.Pump.After), text(string(a.Pump.Answer))
		return c
	}
	for _, o := range r.Outputs {
		if o.Kind == studies.Refused {
			c[answer] = string(pumpmodel.Ignored)
		}
	}
	return c
}

// text is s, or NULL when it is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}
