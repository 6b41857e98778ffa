package sqlite_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pumplab/studies/journal"
	"pumplab/studies/sqlite"
)

// SQLite drops what follows a damaged place in its log without a word. A byte is changed at random places of the log, or of the shared
// memory beside it, of a program that was killed: the file is refused with the way to mend it, or nothing is missing of what was on the disk; and what recover brings out is a chain from the first record on.
func TestADamagedLogIsNeverReadAsAShorterSession(t *testing.T) {
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	s := MustOpen(t, path)
	_, j, c := mustBeginIn(t, s)
	for range 200 {
		if err := j.Append(c.press(false)); err != nil {
			t.Fatal(err)
		}
	}
	waitForBeat(t, s, c.last.Seq)
	files := map[string][]byte{}
	for _, end := range []string{"", "-wal", "-shm"} {
		b, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		files[end] = b
	}
	s.Close()
	all := c.last.Seq
	rng := rand.New(rand.NewPCG(4, 9))
	refused, whole, last, brought, least := 0, 0, 0, 0, all
	for n := range 48 {
		dir := t.TempDir()
		to := filepath.Join(dir, sqlite.FileName)
		end, at := "-wal", rng.IntN(len(files["-wal"]))
		switch {
		case n%8 == 7:
			end, at = "-shm", rng.IntN(len(files["-shm"]))
		case n%8 == 6:
			at = rng.IntN(32) // the header
		}
		for name, b := range files {
			b = bytes.Clone(b)
			if name == end {
				b[at] ^= byte(1 + rng.IntN(255))
			}
			if err := os.WriteFile(to+name, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		s, err := sqlite.Open(to)
		if err != nil {
			if refused++; !strings.Contains(err.Error(), "pumplab recover") {
				t.Errorf("%s at %d: %v", end, at, err)
			}
			out := filepath.Join(dir, "whole.db")
			got, faults, err := sqlite.Recover(out, []string{to}, [][]byte{[]byte("study: s\n")}, keepAsIs)
			if err != nil || len(faults) != 1 || len(got) != 1 {
				t.Errorf("%s at %d: %+v %v %v", end, at, got, faults, err)
				continue
			}
			if got[0].Records == all {
				brought++
			}
			least = min(least, got[0].Records)
			records, err := MustOpen(t, out).Load("P01-1")
			if err != nil || journal.Verify(records) != nil || len(records) != got[0].Records {
				t.Errorf("%s at %d: recovered %d records, %v", end, at, len(records), err)
			}
			continue
		}
		records, err := s.Load("P01-1")
		s.Close()
		switch {
		case err != nil || journal.Verify(records) != nil:
			t.Errorf("%s at %d: %v", end, at, err)
		case len(records) == all:
			whole++
		case len(records) == all-1:
			last++
		default:
			t.Errorf("%s at %d: %d records of %d without a word", end, at, len(records), all)
		}
	}
	t.Logf("bytes damaged in the log or beside it 48: refused %d, of them brought out whole %d, the least %d of %d records; without effect %d, last change lost %d",
		refused, brought, least, all, whole, last)
	if refused < 30 || brought < refused/2 {
		t.Error("too few were refused or brought out")
	}
}
