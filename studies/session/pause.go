package session

import (
	"fmt"

	"pumplab/studies/journal"
)

// waiting is a record that is in no journal yet, with what it brings about.
type waiting struct {
	state  State
	view   View
	record journal.Record
	why    error // what kept it from being written
}

// Stuck is what kept the last record from being written; nil while the session runs.
func (s *Session) Stuck() error {
	if s.waiting == nil {
		return nil
	}
	return s.waiting.why
}

// Retry writes the record that is waiting, if there is one. The session goes on when it returns nil.
func (s *Session) Retry() error {
	w := s.waiting
	if w == nil {
		return nil
	}
	if err := s.journal.Append(w.record); err != nil {
		w.why = fmt.Errorf("write record %d: %w", w.record.Seq, err)
		return w.why
	}
	s.state, s.view, s.last, s.waiting = w.state, w.view, w.record, nil
	return nil
}

// MoveTo goes on in another journal, which holds everything up to Last: the record that is waiting is written there, chained to the
// one before as if nothing had happened. If that fails the session stays paused and with the journal it had.
func (s *Session) MoveTo(j Journal) error {
	old := s.journal
	s.journal = j
	if err := s.Retry(); err != nil {
		s.journal = old
		return err
	}
	return nil
}
