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

// Backup writes a copy of the whole database into a folder, which is made if it is missing, checks it and returns its path. The copy
// has the time in its name and is whole in itself: Restore puts it back. Earlier backups stay.
func (s *Store) Backup(dir string) (path string, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("back up %s to %s: %w", s.path, dir, err)
		}
	}()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	if path, err = freeName(filepath.Join(dir, "study-"+time.Now().UTC().Format("20060102T150405"))); err != nil {
		return "", err
	}
	tmp := path + ".unfinished"
	os.Remove(tmp)
	defer os.Remove(tmp)
	if err := s.vacuumInto(tmp); err != nil {
		return "", err
	}
	if err := syncFile(tmp); err != nil {
		return "", err
	}
	if err := s.sameAs(tmp); err != nil {
		return "", err
	}
	return path, os.Rename(tmp, path)
}

func freeName(base string) (string, error) {
	for n := 1; ; n++ {
		path := base + ".db"
		if n > 1 {
			path = fmt.Sprintf("%s-%d.db", base, n)
		}
		_, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
		if err != nil {
			return "", err
		}
	}
}

func (s *Store) vacuumInto(to string) error {
	name := dsn(s.path, "NORMAL")
	if s.frozen {
		name = uri(s.path, [][2]string{{"mode", "ro"}, {"immutable", "1"}})
	} else if s.copied != "" {
		name = dsn(filepath.Join(s.copied, FileName), "OFF")
	}
	db := newFreeDB(name)
	defer db.Close()
	_, err := db.Exec("VACUUM INTO ?", to)
	return err
}

// sameAs checks that a copy is sound and holds the sessions this store holds. Sessions that are written meanwhile may have gone on.
func (s *Store) sameAs(path string) error {
	c, err := OpenReadOnly(path)
	if err != nil {
		return err
	}
	defer c.Close()
	if wrong := c.Check(); len(wrong) > 0 {
		return fmt.Errorf("the copy is not sound: %s", strings.Join(wrong, "; "))
	}
	have, err := c.Sessions()
	if err != nil {
		return err
	}
	want, err := s.Sessions()
	if err != nil {
		return err
	}
	if len(have) > len(want) {
		return fmt.Errorf("the copy holds %d sessions where there are %d", len(have), len(want))
	}
	for i := range have {
		if have[i].ID != want[i].ID || have[i].Records > want[i].Records || want[i].Status != "running" && have[i] != want[i] {
			return fmt.Errorf("the copy of session %s differs", want[i].ID)
		}
	}
	return nil
}
