package sqlite

import (
	"database/sql"
	"fmt"
	"time"

	"pumplab/studies"
)

// SaveOutcomes replaces what is computed from one session's journal. In a store that cannot be written it keeps nothing.
func (s *Store) SaveOutcomes(session string, tasks []studies.TaskRow, alerts []studies.AlertRow, ratings []studies.RatingRow) error {
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
	if err := saveOutcomes(tx, session, tasks, alerts, ratings); err != nil {
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
 reason, final_value, latency_ns, entry_was_wrong) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`

const insertRating = `INSERT INTO rating (session, step, design, condition, instrument, item, value, score) VALUES (?,?,?,?,?,?,?,?)`

func saveOutcomes(tx *sql.Tx, session string, tasks []studies.TaskRow, alerts []studies.AlertRow, ratings []studies.RatingRow) error {
	var key int64
	if err := tx.QueryRow("SELECT key FROM session WHERE id = ?", session).Scan(&key); err != nil {
		return err
	}
	for _, table := range []string{"task", "alert", "rating"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE session = ?", key); err != nil {
			return err
		}
	}
	hash, err := sealOf(tasks, alerts, ratings)
	if err == nil {
		_, err = tx.Exec("INSERT INTO outcome_seal (session, hash) VALUES (?,?) ON CONFLICT (session) DO UPDATE SET hash = excluded.hash", key, hash)
	}
	if err != nil {
		return err
	}
	err = insertAll(tx, insertTask, tasks, func(_ int, t studies.TaskRow) []any {
		return []any{
			key, t.Step, t.Block, t.Position, t.Design, t.Condition, t.Task, t.Practice, t.Ordered, t.Programmed, string(t.Outcome),
			t.NumberClass, t.OutByTen, int64(t.Started), int64(t.Ended), t.Presses, t.Optimal, t.Corrections, t.Ignored, t.Alerts,
			t.Overrides, t.Interrupts, int64(t.Resumption), t.Critical, t.Assisted, t.CloseCall,
		}
	})
	if err != nil {
		return err
	}
	err = insertAll(tx, insertAlert, alerts, func(n int, a studies.AlertRow) []any {
		return []any{
			key, n + 1, a.Step, a.Task, int64(a.At), a.Field, a.LimitKind, a.LimitValue, a.Entered, a.Ratio, a.Answer, a.Reason,
			a.Final, int64(a.Latency), a.Wrong,
		}
	})
	if err != nil {
		return err
	}
	return insertAll(tx, insertRating, ratings, func(_ int, r studies.RatingRow) []any {
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

// Outcomes are the rows last saved, of all sessions in the order they began. Rows that are not the ones that were saved are an error.
func (s *Store) Outcomes() (tasks []studies.TaskRow, alerts []studies.AlertRow, ratings []studies.RatingRow, err error) {
	fail := func(err error) ([]studies.TaskRow, []studies.AlertRow, []studies.RatingRow, error) {
		return nil, nil, nil, fmt.Errorf("read outcomes: %w", err)
	}
	tasks, err = query(s.db, `SELECT s.id, s.participant, step, block, position, design, condition, task, practice, ordered, programmed,
 outcome, number_class, out_by_ten, started_ns, t.ended_ns, presses, optimal_presses, corrections, ignored, alerts, overrides,
 interruptions, resumption_ns, critical, assisted, close_call FROM task t JOIN session s ON s.key = t.session ORDER BY s.key, step`,
		func(t *studies.TaskRow) []any {
			return []any{
				&t.Session, &t.Participant, &t.Step, &t.Block, &t.Position, &t.Design, &t.Condition, &t.Task, &t.Practice, &t.Ordered,
				&t.Programmed, (*string)(&t.Outcome), &t.NumberClass, &t.OutByTen,
				ns{&t.Started},
				ns{&t.Ended},
				&t.Presses, &t.Optimal,
				&t.Corrections, &t.Ignored, &t.Alerts, &t.Overrides, &t.Interrupts,
				ns{&t.Resumption},
				&t.Critical, &t.Assisted, &t.CloseCall,
			}
		})
	if err != nil {
		return fail(err)
	}
	alerts, err = query(s.db, `SELECT s.id, s.participant, task, step, at_ns, field, limit_kind, limit_value, entered, ratio, answer,
 reason, final_value, latency_ns, entry_was_wrong FROM alert a JOIN session s ON s.key = a.session ORDER BY s.key, number`,
		func(a *studies.AlertRow) []any {
			return []any{
				&a.Session, &a.Participant, &a.Task, &a.Step,
				ns{&a.At},
				&a.Field, &a.LimitKind, &a.LimitValue, &a.Entered, &a.Ratio,
				&a.Answer, &a.Reason, &a.Final,
				ns{&a.Latency},
				&a.Wrong,
			}
		})
	if err != nil {
		return fail(err)
	}
	ratings, err = query(s.db, `SELECT s.id, s.participant, step, design, condition, instrument, item, value, coalesce(score, 0),
 score IS NOT NULL FROM rating r JOIN session s ON s.key = r.session ORDER BY s.key, step, item`,
		func(r *studies.RatingRow) []any {
			return []any{&r.Session, &r.Participant, &r.Step, &r.Design, &r.Condition, &r.Instrument, &r.Item, &r.Value, &r.Score, &r.Scored}
		})
	if err != nil {
		return fail(err)
	}
	if err := s.checkOutcomes(tasks, alerts, ratings); err != nil {
		return fail(err)
	}
	return tasks, alerts, ratings, nil
}

func query[T any](db *sql.DB, text string, into func(*T) []any) ([]T, error) {
	rows, err := db.Query(text)
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
