package sqlite_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pumplab/studies/sqlite"
)

// mustHostile is a study database into which somebody else has put something.
func mustHostile(t *testing.T, do string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	s := MustOpen(t, path)
	MustWriteSession(t, s, "P01-1")
	s.Close()
	if _, err := MustPlain(t, path).Exec(do); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestADatabaseThatWouldDoSomethingIsRefused(t *testing.T) {
	for do, want := range map[string]string{
		"CREATE TRIGGER evil AFTER INSERT ON record BEGIN DELETE FROM rating; END":                                              "a trigger evil on record",
		"CREATE TRIGGER sqliteXevil AFTER INSERT ON record BEGIN DELETE FROM rating; END":                                       "a trigger sqliteXevil", // _ in LIKE is any character
		"CREATE TRIGGER evil INSTEAD OF DELETE ON event_v1 BEGIN DELETE FROM rating; END":                                       "a trigger evil",
		"CREATE VIRTUAL TABLE evil USING fts3(a)":                                                                               "a virtual table evil",
		"DROP VIEW event_v1; CREATE VIEW event_v1 AS SELECT * FROM record":                                                      "event_v1 is missing or was changed",
		"DROP VIEW task_v1; CREATE TABLE task_v1 (a)":                                                                           "task_v1 is missing or was changed",
		"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (seq > 0)', '') WHERE name = 'record'": "record is missing or was changed",
	} {
		s, err := sqlite.Open(mustHostile(t, do))
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", do, err)
		}
	}
}

// What lies beside our tables is left alone and never runs: its functions would fail if they did.
func TestWhatLiesBesideOurTablesNeverRuns(t *testing.T) {
	s := MustOpen(t, mustHostile(t, `CREATE VIEW evil AS SELECT load_extension('/tmp/evil.so'), fts3_tokenizer('simple');
 CREATE TABLE other (a, b AS (hex(a)), CHECK (a <> abs(b)));
 CREATE TABLE session_v1 (a)`))
	if wrong := s.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
	for _, name := range sqlite.Views {
		_, rows, err := s.View(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range rows {
			if err != nil {
				t.Error(err)
			}
		}
	}
	for _, err := range s.Checked("P01-1") {
		if err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Backup(t.TempDir()); err != nil {
		t.Error(err)
	}
	if _, err := s.Connection().Exec("SELECT * FROM evil"); err == nil {
		t.Error("a view loaded code")
	}
}

// A value that would fill the memory is refused before it is read, and a sound session beside it can still be brought out.
func TestAValueThatWouldFillTheMemoryIsNotRead(t *testing.T) {
	path := mustHostile(t, `DROP TRIGGER record_is_never_changed; UPDATE record SET event = zeroblob(101000000) WHERE seq = 5;
 CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT raise(ABORT, 'a journal record is never changed'); END`)
	s := MustOpen(t, path)
	if _, err := s.Load("P01-1"); err == nil || !strings.Contains(err.Error(), "too big") {
		t.Errorf("error %v", err)
	}
	got, faults, err := sqlite.Recover(filepath.Join(t.TempDir(), "whole.db"), []string{path}, nil, keepAsIs)
	if err != nil || len(faults) != 1 || len(got) != 1 || got[0].Records != 4 {
		t.Errorf("%+v %v %v", got, faults, err)
	}
}

func TestTheConnectionReachesNothingElse(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.db")
	if _, err := MustPlain(t, other).Exec("CREATE TABLE secret (a)"); err != nil {
		t.Fatal(err)
	}
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	for _, q := range []string{
		"ATTACH '" + other + "' AS o", "ATTACH '" + filepath.Join(t.TempDir(), "new.db") + "' AS o", "VACUUM INTO '" + other + "2'",
		"PRAGMA writable_schema = ON", "PRAGMA trusted_schema = ON", "SELECT load_extension('x')", "SELECT writefile('x', 'y')", "SELECT readfile('/etc/passwd')",
		"SELECT fts3_tokenizer('simple', x'00')", "INSERT INTO record SELECT * FROM record WHERE seq = 'x' UNION SELECT 999, 1, 0, x'', x'', x'', NULL, NULL, '', NULL, 'k', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
	} {
		if _, err := s.Connection().Exec(q); err == nil {
			t.Errorf("%s was done", q)
		}
	}
	for pragma, want := range map[string]string{"foreign_keys": "1", "cell_size_check": "1", "journal_mode": "wal"} {
		var got string
		if err := s.Connection().QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, %v", pragma, got, err)
		}
	}
	loose := table(t, s.Path(), "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'")
	if loose != "name\n" {
		t.Errorf("tables that take any type: %s", loose)
	}
}

func TestLinksInsteadOfTheDatabaseAreRefused(t *testing.T) {
	victim := filepath.Join(t.TempDir(), "victim")
	s := MustOpen(t, victim)
	MustWriteSession(t, s, "P01-1")
	s.Close()
	before, err := os.ReadFile(victim)
	if err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		path := filepath.Join(t.TempDir(), sqlite.FileName)
		if end != "" {
			MustOpen(t, path).Close()
		}
		os.Remove(path + end)
		if err := os.Symlink(victim, path+end); err != nil {
			t.Fatal(err)
		}
		for name, open := range map[string]func(string) (*sqlite.Store, error){"open": sqlite.Open, "read": sqlite.OpenReadOnly} {
			s, err := open(path)
			if err == nil {
				s.Close()
			}
			if err == nil || !strings.Contains(err.Error(), "is a link") {
				t.Errorf("%s %s: %v", name, end, err)
			}
		}
		if after, err := os.ReadFile(victim); err != nil || string(after) != string(before) {
			t.Errorf("%s: the file elsewhere was changed: %v", end, err)
		}
	}
}

// SQLite removes the file that a rollback journal names as its super-journal.
func TestAJournalThatNamesAnotherFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	MustOpen(t, path).Close()
	journal := append(make([]byte, 600), 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7)
	if err := os.WriteFile(path+"-journal", journal, 0o644); err != nil {
		t.Fatal(err)
	}
	if s, err := sqlite.Open(path); err == nil || !strings.Contains(err.Error(), "names another file") {
		if err == nil {
			s.Close()
		}
		t.Error(err)
	}
}
