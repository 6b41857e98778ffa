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

// CheckTables holds what outsiders read in task_v1, alert_v1 and the ratings against what was saved there, session by session.
func (s *Store) CheckTables() error {
	type seal struct {
		key     int64
		session string
		hash    []byte
	}
	seals, err := query(s.db, "SELECT s.key, s.id, o.hash FROM outcome_seal o JOIN session s ON s.key = o.session", func(x *seal) []any {
		return []any{&x.key, &x.session, &x.hash}
	})
	if err != nil {
		return fmt.Errorf("read outcomes: %w", err)
	}
	for _, x := range seals {
		hash, err := s.sealOfTables(x.key)
		if err == nil && !bytes.Equal(hash, x.hash) {
			err = damagedOutcomes(x.session)
		}
		if err == nil {
			err = s.checkResult(x.key, x.session)
		}
		if err != nil {
			return fmt.Errorf("read outcomes: %w", err)
		}
	}
	return nil
}

// checkResult holds the whole result of a session against its seal; one of an older version has none.
func (s *Store) checkResult(key int64, session string) error {
	var result, whole []byte
	err := s.db.QueryRow("SELECT result, whole FROM outcome_seal WHERE session = ?", key).Scan(&result, &whole)
	if err == nil && result != nil && !bytes.Equal(sealOfResult(result), whole) {
		err = damagedOutcomes(session)
	}
	return err
}

// sealOfTables is the seal of what the tables hold of a session.
func (s *Store) sealOfTables(key int64) ([]byte, error) {
	tasks, err := query(s.db, `SELECT s.id, s.participant, step, block, position, design, condition, task, practice, ordered, programmed,
 outcome, number_class, out_by_ten, started_ns, t.ended_ns, presses, optimal_presses, corrections, ignored, alerts, overrides,
 interruptions, resumption_ns, critical, assisted, close_call FROM task t JOIN session s ON s.key = t.session WHERE s.key = ? ORDER BY step`,
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
		}, key)
	if err != nil {
		return nil, err
	}
	alerts, err := query(s.db, `SELECT s.id, s.participant, task, step, at_ns, field, limit_kind, limit_value, entered, ratio, answer,
 reason, final_value, latency_ns, entry_was_wrong, coalesce(seen_ns, 0), device, channel, area, library, drug, therapy, concentration, weight_kg FROM alert a JOIN session s ON s.key = a.session WHERE s.key = ? ORDER BY number`,
		func(a *studies.AlertRow) []any {
			return []any{
				&a.Session, &a.Participant, &a.Task, &a.Step,
				ns{&a.At},
				&a.Field, &a.LimitKind, &a.LimitValue, &a.Entered, &a.Ratio,
				&a.Answer, &a.Reason, &a.Final,
				ns{&a.Latency},
				&a.Wrong,
				ns{&a.Seen},
				&a.Device, &a.Channel, &a.Area, &a.Library, &a.Drug, &a.Therapy, &a.Concentration, &a.Weight,
			}
		}, key)
	if err != nil {
		return nil, err
	}
	ratings, err := query(s.db, `SELECT s.id, s.participant, step, design, condition, instrument, item, value, coalesce(score, 0),
 score IS NOT NULL FROM rating r JOIN session s ON s.key = r.session WHERE s.key = ? ORDER BY step, item`,
		func(r *studies.RatingRow) []any {
			return []any{&r.Session, &r.Participant, &r.Step, &r.Design, &r.Condition, &r.Instrument, &r.Item, &r.Value, &r.Score, &r.Scored}
		}, key)
	if err != nil {
		return nil, err
	}
	return sealOf(tasks, alerts, ratings)
}

// sealOfResult is what a saved result is known again by.
func sealOfResult(b []byte) []byte {
	h := sha256.Sum256(b)
	return h[:16]
}

func damagedOutcomes(session string) error {
	return fmt.Errorf("the outcomes of session %s are not the ones that were saved: run pumplab verify, then pumplab outcomes, which computes them anew", session)
}
