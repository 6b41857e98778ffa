package sqlite_test

import (
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pumplab/studies/journal"
	"pumplab/studies/outcome"
	"pumplab/studies/sqlite"
)

// smallDisk is a folder in which size bytes have room: a small file system in memory where this user may mount one, else a limit on
// the size of the files this process writes.
func smallDisk(t *testing.T, size int) (dir string, makeRoom func(), how string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err == nil {
		t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
		return dir, func() {
			if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=8m"); err != nil {
				t.Fatal(err)
			}
		}, "a tmpfs of 1 MB (ENOSPC)"
	}
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(size), Max: old.Max}); err != nil {
		t.Fatal(err)
	}
	lift := func() { syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old) }
	t.Cleanup(lift)
	return dir, lift, "a limit on file sizes (EFBIG)"
}

// readOnly opens a store whose folder cannot be written.
func readOnly(t *testing.T, path string) (*sqlite.Store, string) {
	t.Helper()
	dir := filepath.Dir(path)
	how := "permissions"
	if os.Getuid() == 0 {
		how = "a read-only mount"
		if err := syscall.Mount(dir, dir, "", syscall.MS_BIND, ""); err != nil {
			s, err := sqlite.OpenReadOnly(path) // root writes everywhere: nothing can keep it from it here
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			return s, "asking for it"
		}
		t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
	} else {
		if err := os.Chmod(dir, 0o555); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(dir, 0o755) })
	}
	return MustOpen(t, path), how
}

func TestAFullDiskPausesTheSession(t *testing.T) {
	dir, makeRoom, how := smallDisk(t, 1<<20)
	t.Logf("the disk is made small by %s", how)
	s, j, c := MustBegin(t, filepath.Join(dir, sqlite.FileName))
	var r journal.Record
	var err error
	for range 20_000 {
		if r = c.press(false); err == nil {
			err = j.Append(r)
		}
		if err != nil {
			break
		}
	}
	if err == nil {
		t.Fatal("the disk is not full")
	}
	t.Logf("fault: full disk after %d records: %v", r.Seq, err)
	if err := j.Append(r); err == nil {
		t.Error("the record was taken although nothing has changed")
	}
	t.Run("room was made", func(t *testing.T) {
		makeRoom()
		if err := j.Append(r); err != nil {
			t.Fatal(err)
		}
	})
	all, err := s.Load("P01-1")
	if err != nil || journal.Verify(all) != nil || len(all) != r.Seq {
		t.Errorf("%d records of %d, %v", len(all), r.Seq, err)
	}
	goesOnElsewhere(t, j, c, c.press(false), s.Path())
}

func TestASessionOnAFullDiskGoesOnElsewhere(t *testing.T) {
	dir, makeRoom, how := smallDisk(t, 1<<20)
	s, j, c := MustBegin(t, filepath.Join(dir, sqlite.FileName))
	for range 20_000 {
		r := c.press(false)
		if err := j.Append(r); err != nil {
			if strings.Contains(how, "EFBIG") { // it keeps this process from writing anywhere
				makeRoom()
			}
			goesOnElsewhere(t, j, c, r, s.Path())
			return
		}
	}
	t.Fatal("the disk is not full")
}

func TestAFolderThatCannotBeWrittenIsRead(t *testing.T) {
	for name, open := range map[string]bool{"whole": false, "with a log": true} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, sqlite.FileName)
			w := MustOpen(t, path)
			want := MustWriteSession(t, w, "P01-1")
			if open { // as a copy of a folder in use has it
				from, _ := os.ReadFile(path)
				log, _ := os.ReadFile(path + "-wal")
				dir = t.TempDir()
				path = filepath.Join(dir, sqlite.FileName)
				os.WriteFile(path, from, 0o644)
				os.WriteFile(path+"-wal", log, 0o644)
			} else {
				w.Close()
			}
			s, how := readOnly(t, path)
			t.Logf("fault: a folder that cannot be written, by %s; read all the same, no session can begin", how)
			got, err := s.Load("P01-1")
			if err != nil || cmp.Diff(want, got) != "" {
				t.Errorf("%v %s", err, cmp.Diff(want, got))
			}
			for _, err := range s.Checked("P01-1") {
				if err != nil {
					t.Error(err)
				}
			}
			if wrong := s.Check(); len(wrong) > 0 || !s.ReadOnly() {
				t.Error(wrong)
			}
			if err := s.SaveOutcomes("P01-1", sqlite.Kept{}, outcome.Result{}); err != nil {
				t.Error(err)
			}
			for _, err := range []error{second(s.Journal("P02-1")), s.Keep(), s.Hold("p")} {
				if err == nil || !strings.Contains(err.Error(), "cannot be written") {
					t.Errorf("a session could begin: %v", err)
				}
			}
			if b, err := s.Backup(t.TempDir()); err != nil {
				t.Error(b, err)
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

func TestTheSecondProgramIsToldWhoHoldsTheStudy(t *testing.T) {
	dir := t.TempDir()
	first := MustOpen(t, filepath.Join(dir, sqlite.FileName))
	if _, held := sqlite.Holder(dir); held {
		t.Error("held by nobody")
	}
	if err := errors.Join(first.Hold("pumplab 1"), first.Hold("pumplab 1")); err != nil {
		t.Fatal(err)
	}
	other := MustOpen(t, filepath.Join(dir, sqlite.FileName))
	MustWriteSession(t, other, "P01-1") // the file itself can be used
	err := other.Hold("pumplab 2")
	var held sqlite.Held
	if !errors.As(err, &held) || held.PID != os.Getpid() || !strings.Contains(err.Error(), "pumplab 1 on "+held.Host) {
		t.Fatalf("error %v", err)
	}
	first.Close()
	if err := other.Hold("pumplab 2"); err != nil {
		t.Error(err)
	}
}
