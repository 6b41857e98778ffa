package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/sqlite"
)

// MustBegin is a session that runs: kept, its head and step 1 in the journal.
func MustBegin(t testing.TB, path string) (*sqlite.Store, *sqlite.Journal, *chain) {
	t.Helper()
	return mustBeginIn(t, MustOpen(t, path))
}

func mustBeginIn(t testing.TB, s *sqlite.Store) (*sqlite.Store, *sqlite.Journal, *chain) {
	t.Helper()
	if err := s.Keep(); err != nil {
		t.Fatal(err)
	}
	files, err := s.Freeze(map[string][]byte{"study.yaml": []byte("study: s\n")})
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.Journal("P01-1")
	if err != nil {
		t.Fatal(err)
	}
	c := &chain{}
	if err := j.Append(c.next(0, head("P01-1", files), studies.Output{Kind: studies.StepBegan, Step: 1})); err != nil {
		t.Fatal(err)
	}
	return s, j, c
}

// press is the next key's record; a task's end with it brings it to the disk at once.
func (c *chain) press(taskEnds bool) journal.Record {
	at := c.last.At + time.Millisecond
	e, o := key("7", "0", "7", at)
	outs := []studies.Output{o}
	if taskEnds {
		outs = append(outs, studies.Output{Kind: studies.StepEnded, At: at, Step: 1}, studies.Output{Kind: studies.StepBegan, At: at, Step: 1})
	}
	return c.next(at, e, outs...)
}

// keepAsIs is a Rebuild for sessions that no machine made.
func keepAsIs(_ journal.Head, _ map[string][]byte, r []journal.Record) ([]journal.Record, error) {
	return r, nil
}

// goesOnElsewhere moves a session whose record r could not be written, writes on and brings the files together.
func goesOnElsewhere(t *testing.T, j *sqlite.Journal, c *chain, r journal.Record, first string) {
	t.Helper()
	part, next, err := j.Elsewhere(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := next.Append(r); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if err := next.Append(c.press(false)); err != nil {
			t.Fatal(err)
		}
	}
	path := part.Path()
	if err := part.Close(); err != nil {
		t.Fatal(err)
	}
	pieces := []string{path}
	if _, err := os.Stat(first); err == nil {
		pieces = append(pieces, first)
	}
	whole := filepath.Join(t.TempDir(), "whole.db")
	got, faults, err := sqlite.Recover(whole, pieces, [][]byte{[]byte("study: s\n")}, keepAsIs)
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	if len(got) != 1 || got[0].Records != c.last.Seq || got[0].Lost != 0 || got[0].Why != "" {
		t.Fatalf("%+v, want %d records", got, c.last.Seq)
	}
	s := MustOpen(t, whole)
	all, err := s.Load("P01-1")
	if err != nil || journal.Verify(all) != nil || all[len(all)-1].Hash != c.last.Hash {
		t.Errorf("%d records, %v", len(all), err)
	}
	t.Logf("went on elsewhere and was brought together: %d records of %d, lost %d, chain whole", len(all), c.last.Seq, c.last.Seq-len(all))
}

func TestALockedFilePausesTheSessionUntilItIsFree(t *testing.T) {
	s, j, c := MustBegin(t, filepath.Join(t.TempDir(), sqlite.FileName))
	db := MustPlain(t, s.Path())
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	r := c.press(true)
	began := time.Now()
	err := j.Append(r)
	if err == nil || !sqlite.Locked(err) || !strings.Contains(err.Error(), "another program") {
		t.Fatalf("error %v", err)
	}
	took := time.Since(began)
	if took > 2*time.Second { // the window would stand still
		t.Errorf("the key waited %v", took)
	}
	t.Logf("fault: locked by another program; told after %v, records lost 0: %v", took.Round(time.Millisecond), err)
	if _, err := db.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := j.Append(r); err != nil {
		t.Error(err)
	}
}

func TestARemovedFolderPausesTheSessionAndItGoesOnElsewhereWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "stick")
	os.Mkdir(dir, 0o755)
	s, j, c := MustBegin(t, filepath.Join(dir, sqlite.FileName))
	for range 50 {
		if err := j.Append(c.press(false)); err != nil {
			t.Fatal(err)
		}
	}
	os.RemoveAll(dir)
	var r journal.Record
	var err error
	for range 100 { // the next heartbeat finds out
		r = c.press(true)
		if err = j.Append(r); err != nil {
			break
		}
		time.Sleep(30 * time.Millisecond)
	}
	if err == nil || !strings.Contains(err.Error(), "gone") {
		t.Fatalf("error %v", err)
	}
	goesOnElsewhere(t, j, c, r, s.Path())
}

// A stick that was pulled gives nothing back: what is in memory goes on, chained to what stayed behind.
func TestAnUnreadableFileLeavesAPartThatFollowsIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	s, j, c := MustBegin(t, path)
	for range 3000 {
		if err := j.Append(c.press(false)); err != nil {
			t.Fatal(err)
		}
	}
	copied := filepath.Join(t.TempDir(), "pulled.db")
	whole := map[string]string{path: copied, path + "-wal": copied + "-wal"}
	for from, to := range whole {
		b, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(to, b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := MustPlain(t, path).Exec("DROP TRIGGER record_is_never_deleted; DELETE FROM record WHERE seq < 2900"); err != nil {
		t.Fatal(err)
	}
	part, next, err := j.Elsewhere(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := next.Append(c.press(false)); err != nil {
		t.Fatal(err)
	}
	piece := part.Path()
	part.Close()
	s.Close()
	out := filepath.Join(t.TempDir(), "whole.db")
	got, faults, err := sqlite.Recover(out, []string{piece, copied}, nil, keepAsIs)
	if err != nil || len(faults) > 0 || len(got) != 1 || got[0].Records != 3002 || got[0].Lost != 0 {
		t.Fatalf("%+v %v %v", got, faults, err)
	}
	alone, _, err := sqlite.Recover(out+"2", []string{piece}, nil, keepAsIs)
	if err != nil || alone[0].Records != 0 || !strings.Contains(alone[0].Why, "first record is missing") {
		t.Errorf("%+v %v", alone, err)
	}
}

func TestAJournalThatEndsBeforeItsHeartbeatWasCutOff(t *testing.T) {
	s, j, c := MustBegin(t, filepath.Join(t.TempDir(), sqlite.FileName))
	for n := range 10 {
		if err := j.Append(c.press(n == 9)); err != nil {
			t.Fatal(err)
		}
	}
	waitForBeat(t, s, c.last.Seq)
	if _, err := MustPlain(t, s.Path()).Exec("DROP TRIGGER record_is_never_deleted; DELETE FROM record WHERE seq > 8"); err != nil {
		t.Fatal(err)
	}
	var broken *journal.Broken
	for _, err := range s.Checked("P01-1") {
		if err != nil && !errors.As(err, &broken) {
			t.Fatal(err)
		}
	}
	if broken == nil || broken.Seq != 8 || !strings.Contains(broken.Why, "cut off") {
		t.Errorf("%v", broken)
	}
}

func waitForBeat(t *testing.T, s *sqlite.Store, seq int) {
	t.Helper()
	for range 500 {
		if got, _, err := s.Heartbeat("P01-1"); err != nil {
			t.Fatal(err)
		} else if got >= seq {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("no heartbeat in five seconds")
}
