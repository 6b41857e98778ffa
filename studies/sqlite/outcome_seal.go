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
			return fmt.Errorf("the outcomes of session %s are not the ones that were saved: run pumplab verify, then pumplab outcomes, which computes them anew", x.session)
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
