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
			if !yield(r, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			fail(err)
		}
	}
}

// check follows a record and compares its stored columns.
func (m *moment) check(r journal.Record, stored []sql.NullString) error {
	broken := func(format string, args ...any) error {
		return &journal.Broken{Seq: r.Seq, Why: fmt.Sprintf(format, args...)}
	}
	if err := m.follow(r); err != nil {
		return broken("%v", err)
	}
	want, err := m.row(r)
	if err != nil {
		return broken("%v", err)
	}
	const first = 8 // of the event's columns among the values of insertRecord
	for i, have := range stored {
		text, set := want[first+i].(string)
		if have.Valid != set || have.String != text {
			return broken("a column of event_v1 holds %q where the record gives %q", have.String, text)
		}
	}
	return nil
}

// Views are the stable views that outsiders read and export writes.
var Views = []string{"event_v1", "task_v1", "alert_v1"}

// View is one of Views as a table of texts, a row at a time as the loop goes; a NULL is an empty text. After an error the loop ends.
func (s *Store) View(name string) (columns []string, rows iter.Seq2[[]string, error], err error) {
	orders := map[string]string{"event_v1": "session, seq", "task_v1": "session, started_ns", "alert_v1": "session, at_ns"}
	if orders[name] == "" {
		return nil, nil, fmt.Errorf("read view %q: there are %v", name, Views)
	}
	query := "SELECT * FROM " + name
	head, err := s.db.Query(query + " LIMIT 0")
	if err != nil {
		return nil, nil, fmt.Errorf("read view %s: %w", name, err)
	}
	columns, err = head.Columns()
	head.Close()
	if err != nil {
		return nil, nil, fmt.Errorf("read view %s: %w", name, err)
	}
	return columns, func(yield func([]string, error) bool) {
		found, err := s.db.Query(query + " ORDER BY " + orders[name])
		if err != nil {
			yield(nil, fmt.Errorf("read view %s: %w", name, err))
			return
		}
		defer found.Close()
		cells := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		for found.Next() {
			if err := found.Scan(into...); err != nil {
				yield(nil, fmt.Errorf("read view %s: %w", name, err))
				return
			}
			row := make([]string, len(cells))
			for i, c := range cells {
				row[i] = c.String
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(nil, fmt.Errorf("read view %s: %w", name, err))
		}
	}, nil
}
