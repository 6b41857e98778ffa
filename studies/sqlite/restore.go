package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Restore makes a checked copy of a database, a backup or what Recover wrote, the database at path. What was there before is copied
// beside it first, with its log, damaged or not; kept is where, empty if there was nothing. While a program runs a session in the
// folder the error is a Held.
func Restore(path, from string) (kept string, err error) {
	defer func() {
		if err != nil && !errors.As(err, new(Held)) {
			err = fmt.Errorf("restore %s from %s: %w", path, from, err)
		}
	}()
	host, _ := os.Hostname()
	if held, err := readHold(filepath.Join(filepath.Dir(path), HoldName)); err == nil && !gone(held, host) {
		return "", held
	}
	if err := ownFiles(path); err != nil {
		return "", err
	}
	tmp := path + ".unfinished"
	defer os.Remove(tmp)
	if err := copyChecked(from, tmp); err != nil {
		return "", err
	}
	if kept, err = aside(path); err != nil {
		return "", err
	}
	for _, end := range []string{"-wal", "-shm", "-journal"} { // a log that lay beside another file would be folded into this one
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kept, err
		}
	}
	return kept, os.Rename(tmp, path)
}

// copyChecked writes a sound copy of a database, whole in itself.
func copyChecked(from, to string) error {
	s, err := OpenReadOnly(from)
	if err != nil {
		return err
	}
	defer s.Close()
	if wrong := s.Check(); len(wrong) > 0 {
		return fmt.Errorf("it is damaged: %s; pumplab recover brings out what can be saved of it", strings.Join(wrong, "; "))
	}
	os.Remove(to)
	if err := s.vacuumInto(to); err != nil {
		return err
	}
	if err := syncFile(to); err != nil {
		return err
	}
	return s.sameAs(to)
}

// aside copies a database and its log to a free name beside it.
func aside(path string) (to string, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	base := strings.TrimSuffix(path, filepath.Ext(path)) + "-replaced-" + time.Now().UTC().Format("20060102T150405")
	if to, err = freeName(base); err != nil {
		return "", err
	}
	if err := copyWithLog(path, to); err != nil {
		return "", err
	}
	return to, syncFile(to)
}
