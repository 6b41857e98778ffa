package sqlite

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"pumplab/studies"
)

// sealOf is the hash of what one session came to, whatever the order of its rows.
func sealOf(tasks []studies.TaskRow, alerts []studies.AlertRow, ratings []studies.RatingRow) ([]byte, error) {
	tasks = slices.SortedFunc(slices.Values(tasks), func(a, b studies.TaskRow) int { return cmp.Compare(a.Step, b.Step) })
	ratings = slices.SortedFunc(slices.Values(ratings), func(a, b studies.RatingRow) int {
		return cmp.Or(cmp.Compare(a.Step, b.Step), cmp.Compare(a.Item, b.Item))
	})
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, t := range tasks {
		if err := enc.Encode(t); err != nil {
			return nil, err
		}
	}
	for _, a := range alerts {
		if err := enc.Encode(a); err != nil {
			return nil, err
		}
	}
	for _, r := range ratings {
		if err := enc.Encode(r); err != nil {
			return nil, err
		}
	}
	return h.Sum(nil)[:16], nil
}

// CheckTables holds what outsiders read in task_v1, alert_v1 and the ratings against what was saved there.
func (s *Store) CheckTables() error {
	fail := func(err error) error { return fmt.Errorf("read outcomes: %w", err) }
	tasks, err := query(s.db, `SELECT s.id, s.participant, step, block, position, design, condition, task, practice, ordered, programmed,
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
	alerts, err := query(s.db, `SELECT s.id, s.participant, task, step, at_ns, field, limit_kind, limit_value, entered, ratio, answer,
 reason, final_value, latency_ns, entry_was_wrong, coalesce(seen_ns, 0) FROM alert a JOIN session s ON s.key = a.session ORDER BY s.key, number`,
		func(a *studies.AlertRow) []any {
			return []any{
				&a.Session, &a.Participant, &a.Task, &a.Step,
				ns{&a.At},
				&a.Field, &a.LimitKind, &a.LimitValue, &a.Entered, &a.Ratio,
				&a.Answer, &a.Reason, &a.Final,
				ns{&a.Latency},
				&a.Wrong,
				ns{&a.Seen},
			}
		})
	if err != nil {
		return fail(err)
	}
	ratings, err := query(s.db, `SELECT s.id, s.participant, step, design, condition, instrument, item, value, coalesce(score, 0),
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
	return nil
}

// sealOfResult is what a saved result is known again by.
func sealOfResult(b []byte) []byte {
	h := sha256.Sum256(b)
	return h[:16]
}

func damagedOutcomes(session string) error {
	return fmt.Errorf("the outcomes of session %s are not the ones that were saved: run pumplab verify, then pumplab outcomes, which computes them anew", session)
}

// checkOutcomes holds rows of all sessions against the seals they were saved with.
func (s *Store) checkOutcomes(tasks []studies.TaskRow, alerts []studies.AlertRow, ratings []studies.RatingRow) error {
	type seal struct {
		session string
		hash    []byte
	}
	seals, err := query(s.db, "SELECT s.id, o.hash FROM outcome_seal o JOIN session s ON s.key = o.session", func(x *seal) []any {
		return []any{&x.session, &x.hash}
	})
	if err != nil {
		return err
	}
	t := by(tasks, func(r studies.TaskRow) string { return r.Session })
	a := by(alerts, func(r studies.AlertRow) string { return r.Session })
	r := by(ratings, func(r studies.RatingRow) string { return r.Session })
	for _, x := range seals {
		hash, err := sealOf(t[x.session], a[x.session], r[x.session])
		if err != nil {
			return err
		}
		if !bytes.Equal(hash, x.hash) {
			return damagedOutcomes(x.session)
		}
	}
	return nil
}

func by[T any](rows []T, session func(T) string) map[string][]T {
	out := map[string][]T{}
	for _, r := range rows {
		out[session(r)] = append(out[session(r)], r)
	}
	return out
}
