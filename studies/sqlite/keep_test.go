package sqlite_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pumplab/studies/sqlite"
)

var keep = flag.String("keep", "", "write the database of this program version to this file, for testdata")

// testdata holds one small database of each schema version, as its bytes were written by the program of that time.
func TestDatabasesOfEveryVersionOpen(t *testing.T) {
	if *keep != "" {
		path := filepath.Join(t.TempDir(), sqlite.FileName)
		s := MustOpen(t, path)
		MustWriteSession(t, s, "P01-1")
		s.Close()
		b, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(*keep, b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	steps, err := sqlite.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	for v := 1; v <= len(steps); v++ {
		b, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("version%d.db", v)))
		if err != nil {
			t.Fatalf("keep a database of schema version %d in testdata: %v", v, err)
		}
		path := filepath.Join(t.TempDir(), sqlite.FileName)
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		s := MustOpen(t, path)
		if got, err := s.Load("P01-1"); len(got) != 8 || err != nil {
			t.Errorf("version %d: %d records, %v", v, len(got), err)
		}
	}
}
