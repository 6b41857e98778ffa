package sqlite

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"pumplab/studies"
	"pumplab/studies/outcome"
)

// Kept says what an outcome was computed from and by which program: one that is of fewer records than the session has now, or by
// another program, is not what would be computed today.
type Kept struct {
	Records int
	Program string
}

// SaveOutcomes replaces what is computed from one session's journal: the tables that outsiders read, and the whole result for Outcomes.
// In a store that cannot be written it keeps nothing.
func (s *Store) SaveOutcomes(session string, of Kept, r outcome.Result) error {
	if s.frozen {
		return nil
	}
	s.write.Lock()
	defer s.write.Unlock()
	tx, err := s.db.Begin()
	if err != nil {
		return fmt.Errorf("save outcomes of session %s: %w", session, err)
	}
	defer tx.Rollback()
	if err := saveOutcomes(tx, session, of, r); err != nil {
		return fmt.Errorf("save outcomes of session %s: %w", session, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("save outcomes of session %s: %w", session, err)
	}
	s.tidy()
	return nil
}

const insertTask = `INSERT INTO task (session, step, block, position, design, condition, task, practice, ordered, programmed, outcome,
 number_class, out_by_ten, started_ns, ended_ns, presses, optimal_presses, corrections, ignored, alerts, overrides, interruptions,
 resumption_ns, critical, assisted, close_call) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`

const insertAlert = `INSERT INTO alert (session, number, step, task, at_ns, field, limit_kind, limit_value, entered, ratio, answer,
 reason, final_value, latency_ns, entry_was_wrong, seen_ns, device, channel, area, library, drug, therapy, concentration, weight_kg)
 VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`

const insertRating = `INSERT INTO rating (session, step, design, condition, instrument, item, value, score) VALUES (?,?,?,?,?,?,?,?)`

func saveOutcomes(tx *sql.Tx, session string, of Kept, r outcome.Result) error {
	var key int64
	if err := tx.QueryRow("SELECT key FROM session WHERE id = ?", session).Scan(&key); err != nil {
		return err
	}
	for _, table := range []string{"task", "alert", "rating"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE session = ?", key); err != nil {
			return err
		}
	}
	hash, err := sealOf(r.Tasks, r.Alerts, r.Ratings)
	if err != nil {
		return err
	}
	whole, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = tx.Exec("REPLACE INTO outcome_seal (session, hash, seq, program, result, whole) VALUES (?,?,?,?,?,?)",
		key, hash, of.Records, of.Program, whole, sealOfResult(whole))
	if err != nil {
		return err
	}
	err = insertAll(tx, insertTask, r.Tasks, func(_ int, t studies.TaskRow) []any {
		return []any{
			key, t.Step, t.Block, t.Position, t.Design, t.Condition, t.Task, t.Practice, t.Ordered, t.Programmed, string(t.Outcome),
			t.NumberClass, t.OutByTen, int64(t.Started), int64(t.Ended), t.Presses, t.Optimal, t.Corrections, t.Ignored, t.Alerts,
			t.Overrides, t.Interrupts, int64(t.Resumption), t.Critical, t.Assisted, t.CloseCall,
		}
	})
	if err != nil {
		return err
	}
	err = insertAll(tx, insertAlert, r.Alerts, func(n int, a studies.AlertRow) []any {
		return []any{
			key, n + 1, a.Step, a.Task, int64(a.At), a.Field, a.LimitKind, a.LimitValue, a.Entered, a.Ratio, a.Answer, a.Reason,
			a.Final, int64(a.Latency), a.Wrong,
			sql.NullInt64{Int64: int64(a.Seen), Valid: a.Seen > 0},
			a.Device, a.Channel, a.Area, a.Library, a.Drug, a.Therapy, a.Concentration, a.Weight,
		}
	})
	if err != nil {
		return err
	}
	return insertAll(tx, insertRating, r.Ratings, func(_ int, r studies.RatingRow) []any {
		return []any{
			key, r.Step, r.Design, r.Condition, r.Instrument, r.Item, r.Value,
			sql.NullFloat64{Float64: r.Score, Valid: r.Scored},
		}
	})
}

func insertAll[T any](tx *sql.Tx, query string, rows []T, args func(int, T) []any) error {
	put, err := tx.Prepare(query)
	if err != nil {
		return err
	}
	defer put.Close()
	for n, row := range rows {
		if _, err := put.Exec(args(n, row)...); err != nil {
			return err
		}
	}
	return nil
}

// Outcomes are the results that were saved, by session, of those sessions whose result is of all records they have now and was computed
// by this program; the others must be computed anew. A result that is not the one that was saved is an error.
func (s *Store) Outcomes(program string) (map[string]outcome.Result, error) {
	type kept struct {
		session       string
		result, whole []byte
	}
	rows, err := s.db.Query(`SELECT s.id, o.result, o.whole FROM outcome_seal o JOIN session s ON s.key = o.session
 WHERE o.program = ? AND o.seq = (SELECT max(seq) FROM record r WHERE r.session = s.key)`, program)
	if err != nil {
		return nil, fmt.Errorf("read outcomes: %w", err)
	}
	defer rows.Close()
	out := map[string]outcome.Result{}
	for rows.Next() {
		var k kept
		if err := rows.Scan(&k.session, &k.result, &k.whole); err != nil {
			return nil, fmt.Errorf("read outcomes: %w", err)
		}
		var r outcome.Result
		if !bytes.Equal(sealOfResult(k.result), k.whole) {
			return nil, fmt.Errorf("read outcomes: %w", damagedOutcomes(k.session))
		}
		if err := json.Unmarshal(k.result, &r); err != nil {
			return nil, fmt.Errorf("read outcomes of session %s: %w", k.session, err)
		}
		out[k.session] = r
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read outcomes: %w", err)
	}
	return out, nil
}

func query[T any](db *sql.DB, text string, into func(*T) []any, args ...any) ([]T, error) {
	rows, err := db.Query(text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var one T
		if err := rows.Scan(into(&one)...); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// ns scans an integer of nanoseconds into a Duration.
type ns struct{ d *time.Duration }

func (n ns) Scan(v any) error {
	i, ok := v.(int64)
	if !ok {
		return fmt.Errorf("%v is not a number of nanoseconds", v)
	}
	*n.d = time.Duration(i)
	return nil
}
