package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/sqlite"
)

func TestAppendRefusesWhatDoesNotFollow(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	all := MustWriteSession(t, s, "P01-1")
	j, err := s.Journal("P01-1")
	if err != nil {
		t.Fatal(err)
	}
	last := all[len(all)-1]
	c := chain{last}
	good := c.next(last.At, studies.Event{Kind: studies.Note, Value: "after"})
	gap, loose, early := good, good, good
	gap.Seq++
	loose.Prev = all[0].Hash
	early.At = time.Second
	for name, r := range map[string]struct {
		bad  error
		want string
	}{
		"gap":   {j.Append(gap), "does not follow 8"},
		"loose": {j.Append(loose), "not chained"},
		"early": {j.Append(early), "before the last"},
	} {
		if r.bad == nil || !strings.Contains(r.bad.Error(), r.want) {
			t.Errorf("%s: %v", name, r.bad)
		}
	}
	if err := j.Append(good); err != nil {
		t.Error(err)
	}
}

func TestHeadWantsItsFilesFrozen(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	j, _ := s.Journal("P02-1")
	var c chain
	err := j.Append(c.next(0, head("P02-1", map[string]string{"study.yaml": strings.Repeat("0", 64)})))
	if err == nil || !strings.Contains(err.Error(), "freeze study.yaml") {
		t.Fatal(err)
	}
	if infos, _ := s.Sessions(); len(infos) != 0 {
		t.Error("half a session was kept")
	}
}

func TestBatchIsAllOrNothing(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	j, _ := s.Journal("P03-1")
	var c chain
	one, two := c.next(0, head("P03-1", nil)), c.next(1, studies.Event{Kind: studies.Next})
	stop := errors.New("stop")
	err := j.Batch(func() error {
		if err := j.Append(one); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) || j.Last() != 0 {
		t.Fatalf("%v, last %d", err, j.Last())
	}
	err = j.Batch(func() error { return errors.Join(j.Append(one), j.Append(two)) })
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Load("P03-1"); len(got) != 2 || err != nil {
		t.Errorf("%d records, %v", len(got), err)
	}
}

func TestRecordsAndFrozenFilesCannotBeChanged(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	MustWriteSession(t, s, "P01-1")
	db := MustPlain(t, s.Path())
	for _, q := range []string{
		"UPDATE record SET at_ns = 1", "DELETE FROM record", "UPDATE blob SET bytes = x'00'", "DELETE FROM blob",
		"INSERT INTO record (session, seq, at_ns, event, prev, hash, utc, kind) VALUES (1, 'x', 0, x'', x'', x'', '', '')",
	} {
		if _, err := db.Exec(q); err == nil {
			t.Errorf("%s was done", q)
		}
	}
}

func TestTamperedFilesAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ do, want string }{
		"foreign trigger": {"CREATE TRIGGER evil AFTER INSERT ON record BEGIN DELETE FROM rating; END", "trigger evil"},
		"lost trigger":    {"DROP TRIGGER record_is_never_changed", "record_is_never_changed is missing"},
		"changed view":    {"DROP VIEW task_v1; CREATE VIEW task_v1 AS SELECT 1", "task_v1 is missing or was changed"},
		"newer":           {"PRAGMA user_version = 99", "newer pumplab"},
		"below the first": {"PRAGMA user_version = -1", "never was"},
	} {
		path := filepath.Join(t.TempDir(), sqlite.FileName)
		MustOpen(t, path).Close()
		if _, err := MustPlain(t, path).Exec(c.do); err != nil {
			t.Fatal(err)
		}
		s, err := sqlite.Open(path)
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestForeignFilesAreRefused(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.db")
	if _, err := MustPlain(t, other).Exec("CREATE TABLE t (a)"); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(other); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Error(err)
	}
	text := filepath.Join(t.TempDir(), "text.db")
	os.WriteFile(text, []byte(strings.Repeat("not a database\n", 100)), 0o644)
	if _, err := sqlite.Open(text); err == nil {
		t.Error("a text file was opened")
	}
}

func TestFrozenBytesAreCheckedWhenRead(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	hashes, err := s.Freeze(map[string][]byte{"a": []byte("A"), "b": []byte("B")})
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Frozen(hashes)
	if err != nil || string(got["a"]) != "A" || string(got["b"]) != "B" {
		t.Fatalf("%q %v", got, err)
	}
	db := MustPlain(t, s.Path())
	if _, err := db.Exec("DROP TRIGGER blob_is_never_changed; UPDATE blob SET bytes = x'58' WHERE bytes = x'41'"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Frozen(hashes); err == nil || !strings.Contains(err.Error(), "read frozen a: its bytes were changed") {
		t.Error(err)
	}
}
