package sqlite

import (
	"database/sql"
	"os"
)

// OnSync has every file that is brought to the disk by this program itself, not by SQLite, told to before and after.
func OnSync(before, after func(path string)) {
	toDisk = func(f *os.File) error {
		before(f.Name())
		err := f.Sync()
		after(f.Name())
		return err
	}
}

// Connection is how the store itself speaks to SQLite.
func (s *Store) Connection() *sql.DB { return s.db }

// SelectFacts is the query of Facts.
const SelectFacts = selectFacts
