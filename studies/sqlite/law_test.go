package sqlite_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/sqlite"
)

// Whatever is appended comes back, in batches or one by one, and however often the journal is opened again in between.
func TestAnyJournalComesBack(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	sessions := 0
	rapid.Check(t, func(t *rapid.T) {
		sessions++
		id := fmt.Sprint("S", sessions)
		j, err := s.Journal(id)
		if err != nil {
			t.Fatal(err)
		}
		var c chain
		all := []journal.Record{c.next(0, head(id, nil), studies.Output{Kind: studies.StepBegan, Step: 1})}
		put := func(r journal.Record) {
			if err := j.Append(r); err != nil {
				t.Fatal(err)
			}
		}
		put(all[0])
		for range rapid.IntRange(0, 12).Draw(t, "turns") {
			at := c.last.At + time.Duration(rapid.Int64Range(0, 1e10).Draw(t, "later"))
			e, o := key(rapid.StringMatching(`[0-9A-Z/−é ]{1,8}`).Draw(t, "control"), rapid.String().Draw(t, "before"), "", at)
			e.Code = rapid.String().Draw(t, "code")
			r := c.next(at, e, o)
			all = append(all, r)
			switch rapid.IntRange(0, 3).Draw(t, "how") {
			case 0:
				if err := j.Batch(func() error { return j.Append(r) }); err != nil {
					t.Fatal(err)
				}
			case 1:
				if j, err = s.Journal(id); err != nil {
					t.Fatal(err)
				}
				put(r)
			default:
				put(r)
			}
		}
		var got []journal.Record
		for r, err := range s.Checked(id) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, r)
		}
		if d := cmp.Diff(all, got); d != "" {
			t.Fatal(d)
		}
	})
}
