package sqlite

import (
	"bytes"
	"database/sql"
	"encoding/hex"
	"fmt"
	"iter"
	"time"

	"pumplab/studies/journal"
)

const (
	selectRecord = "SELECT seq, at_ns, event, prev, hash, outputs, display, seal"
	fromRecord   = " FROM record WHERE session = (SELECT key FROM session WHERE id = ?) ORDER BY seq"
)

// Records are a session's records in order, read as the loop goes. After an error the loop ends.
func (s *Store) Records(id string) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		rows, err := s.db.Query(selectRecord+fromRecord, id)
		if err != nil {
			yield(journal.Record{}, fmt.Errorf("read records of session %s: %w", id, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			r, err := scanRecord(rows)
			if err != nil {
				yield(r, fmt.Errorf("read records of session %s: %w", id, err))
				return
			}
			if !yield(r, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(journal.Record{}, fmt.Errorf("read records of session %s: %w", id, err))
		}
	}
}

// Load are all records of a session.
func (s *Store) Load(id string) ([]journal.Record, error) {
	var all []journal.Record
	for r, err := range s.Records(id) {
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("read records of session %s: there is no such session", id)
	}
	return all, nil
}

// scanRecord reads the row at hand: the columns of a record, then whatever else was asked for.
func scanRecord(rows *sql.Rows, extra ...any) (journal.Record, error) {
	var r journal.Record
	var at int64
	var prev, hash, outputs, sealed sql.RawBytes
	var display sql.NullString
	into := append([]any{&r.Seq, &at, &r.Event, &prev, &hash, &outputs, &display, &sealed}, extra...)
	if err := rows.Scan(into...); err != nil {
		return r, err
	}
	r.At = time.Duration(at)
	r.Prev, r.Hash = hex.EncodeToString(prev), hex.EncodeToString(hash)
	r.Display = display.String
	if sealed != nil && !bytes.Equal(sealed, seal(outputs, []byte(r.Display))) {
		return r, &journal.Broken{Seq: r.Seq, Why: "its outputs or display are not the ones that were written"}
	}
	if len(outputs) > 0 {
		var err error
		if r.Outputs, err = journal.DecodeOutputs(outputs); err != nil {
			return r, fmt.Errorf("record %d: %w", r.Seq, err)
		}
	}
	return r, nil
}

// SessionInfo is one session as the store lists it.
type SessionInfo struct {
	ID          string        `json:"session"`
	Participant string        `json:"participant"`
	Row         int           `json:"row"`
	Started     string        `json:"started_utc"`
	Ended       time.Duration `json:"ended_ns"` // 0 while it has not ended
	Status      string        `json:"status"`   // running, complete, stopped, interrupted
	Simulated   bool          `json:"simulated"`
	Resumed     bool          `json:"resumed"` // the program had ended in its middle and was started again
	Records     int           `json:"records"`
}

// Sessions are all sessions in the order they began.
func (s *Store) Sessions() ([]SessionInfo, error) {
	rows, err := s.db.Query(`SELECT s.id, s.participant, s.row, s.started_utc, coalesce(s.ended_ns, 0), s.status, s.simulated, s.resumed,
 coalesce((SELECT max(seq) FROM record r WHERE r.session = s.key), 0) FROM session s ORDER BY s.key`)
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	defer rows.Close()
	var all []SessionInfo
	for rows.Next() {
		var i SessionInfo
		var ended int64
		if err := rows.Scan(&i.ID, &i.Participant, &i.Row, &i.Started, &ended, &i.Status, &i.Simulated, &i.Resumed, &i.Records); err != nil {
			return nil, fmt.Errorf("list sessions: %w", err)
		}
		i.Ended = time.Duration(ended)
		all = append(all, i)
	}
	return all, rows.Err()
}

// SetStatus marks a session: interrupted, when the program ended in its middle.
func (s *Store) SetStatus(id, status string) error {
	if s.frozen {
		return errReadOnly(s.path)
	}
	s.write.Lock()
	defer s.write.Unlock()
	if _, err := s.db.Exec("UPDATE session SET status = ? WHERE id = ?", status, id); err != nil {
		return fmt.Errorf("mark session %s %s: %w", id, status, err)
	}
	return nil
}

// CountEvents is the number of outside facts in all journals, heads not counted.
func (s *Store) CountEvents() (int, error) {
	var n int
	err := s.db.QueryRow("SELECT (SELECT count(*) FROM record) - (SELECT count(*) FROM session)").Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count events: %w", err)
	}
	return n, nil
}
