package session

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"pumplab/studies"
	"pumplab/studies/journal"
)

// Journal is where a session writes its records. Append returns only when the record is safe: what is not in the journal is never
// shown.
type Journal interface {
	Append(journal.Record) error
}

// Session drives a Machine and journals before it shows. It is not safe for use from several goroutines.
type Session struct {
	machine *Machine
	journal Journal
	head    journal.Head
	state   State
	view    View
	last    journal.Record
	waiting *waiting // what could not be written yet; nil while the session runs
}

// Open begins a session: it writes record 1 and returns with the first step on the screen. The head's format and plan are filled in
// from the machine.
func Open(m *Machine, head journal.Head, j Journal) (*Session, error) {
	head.Format, head.Plan = journal.Format, m.plan
	event, err := journal.EncodeHead(head)
	if err != nil {
		return nil, fmt.Errorf("open session %s: %w", head.Session, err)
	}
	s := &Session{machine: m, journal: j, head: head}
	state, outs := m.Start()
	if err := s.commit(0, event, state, outs); err != nil {
		return nil, fmt.Errorf("open session %s: %w", head.Session, err)
	}
	return s, nil
}

// Apply tells the session one outside fact that happened at a time since its start, and returns what is then on the screen. The
// record is in the journal before the state is adopted. If it cannot be written the session pauses: it stays as it was, keeps the
// record and takes nothing more until Retry or MoveTo has written it, for a key that was not journalled must not be followed by one
// that is.
func (s *Session) Apply(at time.Duration, e studies.Event) (View, error) {
	if s.waiting != nil {
		return s.view, fmt.Errorf("the session is paused: %w", s.waiting.why)
	}
	if at < s.last.At {
		return s.view, fmt.Errorf("apply %s: its time %v is before the last record's %v; the event was not taken", e.Kind, at, s.last.At)
	}
	event, err := journal.EncodeEvent(e)
	if err != nil {
		return s.view, fmt.Errorf("apply %s: %w", e.Kind, err)
	}
	state, outs := s.machine.Step(s.state, at, e)
	if err := s.commit(at, event, state, outs); err != nil {
		return s.view, fmt.Errorf("apply %s: %w; the session is paused and keeps the event: free the place it is written to and try again, or go on in another place", e.Kind, err)
	}
	return s.view, nil
}

// commit journals the next record and only then adopts the state.
func (s *Session) commit(at time.Duration, event []byte, state State, outs []studies.Output) error {
	view := s.machine.Show(state)
	r := journal.Next(s.last, at, event)
	r.Outputs, r.Display = outs, digest(view)
	s.waiting = &waiting{state: state, view: view, record: r}
	return s.Retry()
}

// digest is what a record keeps of the pump's display; empty without a pump.
func digest(v View) string {
	if v.Pump == nil {
		return ""
	}
	return v.Pump.Digest()
}

// Look is what is on the screen at a time, without recording anything: time passing is no fact. A time before the last record
// shows the last record.
func (s *Session) Look(at time.Duration) View {
	if at <= s.state.Now {
		return s.view
	}
	state, _ := s.machine.Advance(s.state, at-s.state.Now)
	return s.machine.Show(state)
}

// NextDue is the time, since the session's start, at which the screen next changes by itself after at; false means never.
func (s *Session) NextDue(at time.Duration) (time.Duration, bool) {
	state := s.state
	if at > state.Now {
		state, _ = s.machine.Advance(state, at-state.Now)
	}
	wait, ok := s.machine.Wait(state)
	return state.Now + wait, ok
}

// View is the screen at the last record.
func (s *Session) View() View { return s.view }

// State is the state at the last record.
func (s *Session) State() State { return s.state }

// Machine is the machine the session drives.
func (s *Session) Machine() *Machine { return s.machine }

// Head is what record 1 holds.
func (s *Session) Head() journal.Head { return s.head }

// Last is the last record: what happened, when, and what came of it.
func (s *Session) Last() journal.Record { return s.last }

// Close journals the wall-clock time of a moment, so that everything time alone has brought about since the last record (a time
// limit, the end) is in the journal too. It is an Anchor event and may be followed by others.
func (s *Session) Close(at time.Duration, utc string) error {
	_, err := s.Apply(at, studies.Event{Kind: studies.Anchor, Value: utc})
	return err
}

// Restore opens a session again from the records of an earlier run of the program, which may have been killed at any moment. It
// checks the chain and replays; a session that had not ended is told Resume at the time of its last record: the task that was on is
// over (interrupted), and what comes next is held until the experimenter continues. Times go on from Last().At.
func Restore(m *Machine, records []journal.Record, j Journal) (*Session, error) {
	if len(records) == 0 {
		return nil, errors.New("restore session: it has no records")
	}
	if err := journal.Verify(records); err != nil {
		return nil, fmt.Errorf("restore session: %w", err)
	}
	head, err := journal.DecodeHead(records[0].Event)
	if err != nil {
		return nil, fmt.Errorf("restore session: record 1: %w", err)
	}
	if !samePlan(head.Plan, m.plan) {
		return nil, fmt.Errorf("restore session %s: the machine follows another plan than record 1", head.Session)
	}
	s := &Session{machine: m, journal: j, head: head}
	s.state, _ = m.Start()
	for _, r := range records[1:] {
		e, err := journal.DecodeEvent(r.Event)
		if err != nil {
			return nil, fmt.Errorf("restore session %s: record %d: %w", head.Session, r.Seq, err)
		}
		s.state, _ = m.Step(s.state, r.At, e)
	}
	s.last, s.view = records[len(records)-1], m.Show(s.state)
	if s.state.Ended == "" {
		if _, err := s.Apply(s.last.At, studies.Event{Kind: studies.Resume}); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func samePlan(a, b studies.Plan) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
