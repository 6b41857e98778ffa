package sqlite

import (
	"database/sql"
	"fmt"
	"iter"

	"pumplab/studies/journal"
)

// eventColumns are the columns of event_v1 that are filled when a record is written, in the order of insertRecord.
const eventColumns = "utc, task, kind, control, code, phase, value_before, value_after, answer, stamp"

// CheckColumns computes the columns of event_v1 anew from a session's records and holds the stored ones against them: they are
// what outsiders read, and the hash chain does not cover them. The error is a *journal.Broken that names the first record that differs.
func (s *Store) CheckColumns(id string) error {
	rows, err := s.db.Query(`SELECT r.seq, r.at_ns, r.event, r.prev, r.hash, r.outputs, r.display, `+eventColumns+`
 FROM record r WHERE r.session = (SELECT key FROM session WHERE id = ?) ORDER BY r.seq`, id)
	if err != nil {
		return fmt.Errorf("read records of session %s: %w", id, err)
	}
	defer rows.Close()
	var m moment
	const first, n = 8, 10
	for rows.Next() {
		var stored [n]sql.NullString
		var extra []any
		for i := range stored {
			extra = append(extra, &stored[i])
		}
		r, err := scanRecord(rows, extra...)
		if err == nil {
			err = m.follow(r)
		}
		if err != nil {
			return fmt.Errorf("read records of session %s: %w", id, err)
		}
		want, err := m.row(r)
		if err != nil {
			return err
		}
		for i, have := range stored {
			text, set := want[first+i].(string)
			if have.Valid != set || have.String != text {
				return &journal.Broken{Seq: r.Seq, Why: fmt.Sprintf("a column of event_v1 holds %q where the record gives %q", have.String, text)}
			}
		}
	}
	return rows.Err()
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
