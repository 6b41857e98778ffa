package sqlite

import (
	"database/sql"
	"fmt"
	"iter"

	"pumplab/studies/journal"
)

// eventColumns are the columns of event_v1 that are filled when a record is written, in the order of insertRecord.
const eventColumns = "utc, task, kind, control, code, phase, value_before, value_after, answer, stamp"

// Checked are the Records of a session with the columns of event_v1 computed anew and held against the stored ones: they are what
// outsiders read, and the hash chain does not cover them. A record whose columns differ is yielded with a *journal.Broken.
func (s *Store) Checked(id string) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		fail := func(err error) { yield(journal.Record{}, fmt.Errorf("read records of session %s: %w", id, err)) }
		rows, err := s.db.Query(selectRecord+", "+eventColumns+fromRecord, id)
		if err != nil {
			fail(err)
			return
		}
		defer rows.Close()
		var m moment
		var last journal.Record
		var stored [10]sql.NullString
		extra := make([]any, len(stored))
		for i := range stored {
			extra[i] = &stored[i]
		}
		for rows.Next() {
			r, err := scanRecord(rows, extra...)
			if err != nil {
				fail(err)
				return
			}
			if err := m.check(r, stored[:]); err != nil {
				yield(r, err)
				return
			}
			last = r
			if !yield(r, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			fail(err)
			return
		}
		if err := s.checkEnd(id, &m, last); err != nil {
			yield(last, err)
		}
	}
}

// checkEnd holds what the store says of a session, beside its records, against them.
func (s *Store) checkEnd(id string, m *moment, last journal.Record) error {
	broken := func(format string, args ...any) error {
		return &journal.Broken{Seq: last.Seq, Why: fmt.Sprintf(format, args...)}
	}
	seq, hash, err := s.Heartbeat(id)
	if err != nil {
		return err
	}
	if seq > last.Seq {
		return broken("records up to %d were on the disk: the journal was cut off here", seq)
	}
	if seq == last.Seq && hash != last.Hash {
		return broken("another record was on the disk at its place")
	}
	if m.head == nil {
		return broken("the session has no head")
	}
	var have, want SessionInfo
	var seed, program string
	err = s.db.QueryRow(`SELECT id, participant, row, seed, started_utc, coalesce(ended_ns, 0), status, simulated, resumed, program
 FROM session WHERE id = ?`, id).Scan(&have.ID, &have.Participant, &have.Row, &seed, &have.Started, ns{&have.Ended}, &have.Status,
		&have.Simulated, &have.Resumed, &program)
	if err != nil {
		return fmt.Errorf("read session %s: %w", id, err)
	}
	h := m.head
	want = SessionInfo{
		ID: h.Session, Participant: h.Participant, Row: h.Plan.Row, Started: h.Started, Ended: m.ended, Status: m.status,
		Simulated: h.Simulated != nil, Resumed: m.resumed,
	}
	if have.Status == "interrupted" && want.Status == "running" {
		want.Status = "interrupted"
	}
	if have != want || seed != fmt.Sprint(h.Plan.Seed) || program != h.Program {
		return broken("the session's row says %+v where its records give %+v", have, want)
	}
	return nil
}

// check follows a record and compares its stored columns.
func (m *moment) check(r journal.Record, stored []sql.NullString) error {
	broken := func(format string, args ...any) error {
		return &journal.Broken{Seq: r.Seq, Why: fmt.Sprintf(format, args...)}
	}
	if err := m.follow(r); err != nil {
		return broken("%v", err)
	}
	want := m.columns(r)
	for i, have := range stored {
		text, set := want[i].(string)
		if i == 0 && have.Valid && have.String == stampUTC(m.started, r.At) {
			continue // earlier programs counted it from the session's start, not from the newest anchor
		}
		if have.Valid != set || have.String != text {
			return broken("a column of event_v1 holds %q where the record gives %q", have.String, text)
		}
	}
	return nil
}

// Views are the stable views that outsiders read and export writes.
var Views = []string{"event_v1", "task_v1", "alert_v1", "alert_v2", "alert_v3"}

// View is one of Views as a table of texts, a row at a time as the loop goes, session by session in the order they began; a NULL is
// an empty text. After an error the loop ends.
func (s *Store) View(name string) (columns []string, rows iter.Seq2[[]string, error], err error) {
	order := map[string]string{"event_v1": "seq", "task_v1": "started_ns", "alert_v1": "at_ns", "alert_v2": "at_ns", "alert_v3": "at_ns"}[name]
	if order == "" {
		return nil, nil, fmt.Errorf("read view %q: there are %v", name, Views)
	}
	if s.frozen && name != "event_v1" {
		return nil, nil, fmt.Errorf("read view %s: %w", name, errReadOnly(s.path))
	}
	head, err := s.db.Query("SELECT * FROM " + name + " LIMIT 0")
	if err != nil {
		return nil, nil, fmt.Errorf("read view %s: %w", name, err)
	}
	columns, err = head.Columns()
	head.Close()
	if err != nil {
		return nil, nil, fmt.Errorf("read view %s: %w", name, err)
	}
	return columns, func(yield func([]string, error) bool) {
		sessions, err := s.Sessions()
		if err != nil {
			yield(nil, fmt.Errorf("read view %s: %w", name, err))
			return
		}
		for _, i := range sessions {
			if !s.viewOf(name, order, i.ID, len(columns), yield) {
				return
			}
		}
	}, nil
}

// viewOf yields a view's rows of one session; false ends the loop.
func (s *Store) viewOf(name, order, session string, columns int, yield func([]string, error) bool) bool {
	fail := func(err error) bool {
		yield(nil, fmt.Errorf("read view %s: %w", name, err))
		return false
	}
	found, err := s.db.Query("SELECT * FROM "+name+" WHERE session = ? ORDER BY "+order, session)
	if err != nil {
		return fail(err)
	}
	defer found.Close()
	cells := make([]sql.NullString, columns)
	into := make([]any, columns)
	for i := range cells {
		into[i] = &cells[i]
	}
	for found.Next() {
		if err := found.Scan(into...); err != nil {
			return fail(err)
		}
		row := make([]string, columns)
		for i, c := range cells {
			row[i] = c.String
		}
		if !yield(row, nil) {
			return false
		}
	}
	if err := found.Err(); err != nil {
		return fail(err)
	}
	return true
}
