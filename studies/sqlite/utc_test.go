package sqlite_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/sqlite"
)

// mustAnchored writes a session that begins at 03:04:05.5, is anchored, sleeps for an hour after its third second, and whose wall clock
// is then set back by two hours.
func mustAnchored(t *testing.T, s *sqlite.Store) {
	t.Helper()
	j, err := s.Journal("P01-1")
	if err != nil {
		t.Fatal(err)
	}
	anchor := func(utc string) studies.Event {
		return studies.Event{Kind: studies.Anchor, Value: "2026-01-02T" + utc + "Z"}
	}
	var c chain
	for _, r := range []journal.Record{
		c.next(0, head("P01-1", nil)),
		c.next(time.Second, anchor("03:04:06.500000250")),
		c.next(3*time.Second, studies.Event{Kind: studies.Stray, Code: "A"}),
		c.next(4*time.Second, studies.Event{Kind: studies.Clock, Item: "slept", Value: "1h0m0s"}), // seen before its anchor
		c.next(4*time.Second, anchor("04:04:09.5")),
		c.next(5*time.Second, studies.Event{Kind: studies.Stray, Code: "B"}),
		c.next(6*time.Second, studies.Event{Kind: studies.Clock, Item: "stepped", Value: "-2h0m0s"}),
		c.next(6*time.Second, anchor("02:04:11.5")),
		c.next(7*time.Second, studies.Event{Kind: studies.Stray, Code: "C"}),
		c.next(8*time.Second, studies.Event{Kind: studies.Anchor, Value: "noon"}), // no time: the one before stands
	} {
		if err := j.Append(r); err != nil {
			t.Fatal(err)
		}
	}
}

// The wall time of an event is counted from the newest anchor at or before it, so that an hour of sleep is in it and a clock that was
// set shows as it was set; the session's own times know nothing of either.
func TestWallTimesFollowTheNewestAnchor(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	mustAnchored(t, s)
	got := table(t, s.Path(), "SELECT at_ns / 1000000000 AS at, utc, kind FROM event_v1")
	want := `at|utc|kind
1|2026-01-02T03:04:06.500000Z|anchor
3|2026-01-02T03:04:08.500000Z|stray
4|2026-01-02T03:04:09.500000Z|clock
4|2026-01-02T04:04:09.500000Z|anchor
5|2026-01-02T04:04:10.500000Z|stray
6|2026-01-02T04:04:11.500000Z|clock
6|2026-01-02T02:04:11.500000Z|anchor
7|2026-01-02T02:04:12.500000Z|stray
8|2026-01-02T02:04:13.500000Z|anchor
`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, err := range s.Checked("P01-1") {
		if err != nil {
			t.Error(err)
		}
	}
}

// Programs before this one counted wall times from the session's start. Their sessions are whole; one whose wall time is neither is not.
func TestWallTimesOfEarlierProgramsAreNoDamage(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	mustAnchored(t, s)
	for utc, whole := range map[string]bool{"2026-01-02T03:04:10.500000Z": true, "2026-01-02T03:04:10.600000Z": false} {
		if _, err := MustPlain(t, s.Path()).Exec("DROP TRIGGER IF EXISTS record_is_never_changed; UPDATE record SET utc = ? WHERE seq = 6", utc); err != nil {
			t.Fatal(err)
		}
		var found error
		for _, err := range s.Checked("P01-1") {
			found = err
		}
		if (found == nil) != whole {
			t.Errorf("utc %s: %v", utc, found)
		}
	}
}

// A report asks for a dozen facts among millions of keys: they are found by an index, without reading the keys.
func TestFactsAreFoundWithoutReadingTheKeys(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	mustAnchored(t, s)
	facts, err := s.Facts(studies.Clock)
	if err != nil || len(facts) != 2 || facts[0].Item != "slept" || facts[0].At != 4*time.Second || facts[1].Value != "-2h0m0s" {
		t.Fatalf("%+v, %v", facts, err)
	}
	var plan string
	rows, err := MustPlain(t, s.Path()).Query("EXPLAIN QUERY PLAN "+sqlite.SelectFacts, "clock")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan += detail + "; "
	}
	if !strings.Contains(plan, "USING INDEX record_rare") {
		t.Errorf("the plan of the query is %s", plan)
	}
}
