package sqlite

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// errOld is a file of an older schema that cannot be brought up to date in its place.
var errOld = errors.New("its format is old")

func errReadOnly(path string) error {
	return fmt.Errorf("%s cannot be written: copy the study folder to a place that can", filepath.Dir(path))
}

// ReadOnly reports whether the store was opened for reading because its file or folder cannot be written. Sessions cannot be run on
// it, and outcomes that are computed are not kept.
func (s *Store) ReadOnly() bool { return s.readOnly }

// fixed reports whether the file is there and cannot be written.
func fixed(path string) bool {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		f.Close()
	}
	return refused(err)
}

// fixedFolder reports whether the file is there but nothing can be made beside it, as SQLite must.
func fixedFolder(path string) bool {
	if _, err := os.Stat(path); err != nil {
		return false
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".pumplab-")
	if err == nil {
		f.Close()
		os.Remove(f.Name())
	}
	return refused(err)
}

func refused(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, writeProtected)
}

// OpenReadOnly opens a file without writing anything: as it lies there if it is whole in itself, else a copy of it together with
// its log, for without the log its last records would silently be missing.
func OpenReadOnly(path string) (*Store, error) {
	if err := fit(path); err != nil {
		return nil, fmt.Errorf("open study database %s for reading: %w", path, err)
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return openCopy(path)
	}
	s := &Store{path: path, readOnly: true, frozen: true}
	s.db = newDB(uri(path, [][2]string{{"mode", "ro"}, {"immutable", "1"}, {"_foreign_keys", "on"}, {"_stmt_cache_size", "32"}}))
	err := s.prepare()
	if errors.Is(err, errOld) {
		s.db.Close()
		return openCopy(path)
	}
	if err != nil {
		s.db.Close()
		return nil, fmt.Errorf("open study database %s for reading: %w", path, err)
	}
	return s, nil
}

// openCopy opens a copy of the file and its log in a temporary folder, which Close removes.
func openCopy(path string) (*Store, error) {
	dir, err := os.MkdirTemp("", "pumplab-")
	if err != nil {
		return nil, fmt.Errorf("open study database %s for reading: %w", path, err)
	}
	to := filepath.Join(dir, FileName)
	if err = copyWithLog(path, to); err == nil {
		var s *Store
		if s, err = open(to, dsn(to, "OFF")); err == nil {
			s.path, s.readOnly, s.copied = path, true, dir
			return s, nil
		}
	}
	os.RemoveAll(dir)
	return nil, fmt.Errorf("open study database %s for reading: %w", path, err)
}

func copyWithLog(from, to string) error {
	if err := copyFile(from, to); err != nil {
		return err
	}
	err := copyFile(from+"-wal", to+"-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
