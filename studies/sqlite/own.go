package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// superJournal ends a rollback journal that names a further file, which SQLite would read and may remove
// (sqlite.org/fileformat2.html#the_rollback_journal). Ours never do.
var superJournal = []byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}

// ownFiles refuses a database that reaches beyond its folder: SQLite follows links, and would read and write what they lead to.
func ownFiles(path string) error {
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		info, err := os.Lstat(path + end)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is a link or no file: put the file itself into the study folder", filepath.Base(path+end))
		}
	}
	return namesNoOther(path + "-journal")
}

// namesNoOther refuses a rollback journal that names a further file.
func namesNoOther(journal string) error {
	f, err := os.Open(journal)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() < int64(len(superJournal)) {
		return err
	}
	end := make([]byte, len(superJournal))
	if _, err := f.ReadAt(end, info.Size()-int64(len(end))); err != nil {
		return err
	}
	if string(end) == string(superJournal) {
		return fmt.Errorf("%s names another file: it was not made by pumplab; remove it", filepath.Base(journal))
	}
	return nil
}
