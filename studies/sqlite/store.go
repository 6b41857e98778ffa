// Package sqlite provides the store of a study: one SQLite file with the journals of all sessions, the frozen files they
// ran on, and the outcome tables computed from them.
//
// The file is in WAL mode with synchronous=NORMAL: a record is in the operating system's hands when Append returns, so a
// killed process loses nothing that was shown. Tables are strict, journal records and frozen files cannot be updated or
// deleted, and a file whose schema is not the one this program writes is refused, so a study folder from elsewhere brings no
// triggers of its own.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"
)

// ApplicationID marks a SQLite file as a Pump Lab study (PRAGMA application_id): "PLAB".
const ApplicationID = 0x504c4142

// FileName is the store's name in a study folder.
const FileName = "study.db"

//go:embed migrations/*.sql
var migrations embed.FS

// Store is one study database. It is safe for use by several goroutines; writes are serialised.
type Store struct {
	path  string
	file  os.FileInfo // of the file as it was opened
	db    *sql.DB
	write sync.Mutex
	put   *sql.Stmt // inserts one record

	keeper atomic.Pointer[keeper] // nil: nothing is brought to the disk in the background
	hold   atomic.Pointer[Held]   // what says that we run sessions here; nil if we do not

	readOnly bool
	frozen   bool   // nothing can be written, not even outcomes
	copied   string // temporary folder of the copy that is read; empty for none
}

// dsn names a file and how it is opened. A commit never folds the log into the file: Close, the keeper and tidy do.
func dsn(path, synchronous string) string { return waiting(path, synchronous, 5*time.Second) }

// patience is how long a key or a heartbeat waits for another program that holds the file: not so long that the window seems dead.
const patience = 250 * time.Millisecond

// waiting is a dsn whose statements wait so long for another program that holds the file.
func waiting(path, synchronous string, wait time.Duration) string {
	return uri(path, [][2]string{
		{"_busy_timeout", fmt.Sprint(wait.Milliseconds())},
		{"_foreign_keys", "on"},
		{"_journal_mode", "WAL"},
		{"_synchronous", synchronous},
		{"_txlock", "immediate"},
		{"_stmt_cache_size", "32"},
	})
}

func uri(path string, settings [][2]string) string {
	v := url.Values{}
	for _, s := range settings {
		v.Set(s[0], s[1])
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: v.Encode()}).String()
}

// Open opens the study database at path, makes it if there is none, and brings an older one up to date. It refuses a file
// that is not a study, one of a newer program, and one whose schema was tampered with. One that cannot be written, or lies in
// a folder that cannot, is opened for reading: see ReadOnly.
func Open(path string) (*Store, error) {
	if err := fit(path); err != nil {
		return nil, fmt.Errorf("open study database %s: %w", path, err)
	}
	if fixed(path) {
		return OpenReadOnly(path)
	}
	s, err := open(path, dsn(path, "NORMAL"))
	if err != nil && fixedFolder(path) {
		return OpenReadOnly(path)
	}
	return s, err
}

func open(path, name string) (*Store, error) {
	s := &Store{path: path, db: newDB(name)}
	err := s.prepare()
	if err == nil {
		s.file, err = os.Stat(path)
	}
	if err != nil {
		s.db.Close()
		if e := (sqlite3.Error{}); errors.As(err, &e) && (e.Code == sqlite3.ErrCorrupt || e.Code == sqlite3.ErrNotADB) {
			err = fmt.Errorf("%w; pumplab recover brings out what can be saved of it, pumplab restore goes back to a backup", err)
		}
		return nil, fmt.Errorf("open study database %s: %w", path, err)
	}
	return s, nil
}

func (s *Store) prepare() error {
	if err := s.migrate(); err != nil {
		return err
	}
	if err := s.checkSchema(); err != nil {
		return err
	}
	var err error
	s.put, err = s.db.Prepare(insertRecord)
	return err
}

// Close ends all use of the store and folds the write-ahead log into the file.
func (s *Store) Close() error {
	var kept error
	if k := s.keeper.Swap(nil); k != nil {
		kept = k.close()
	}
	s.write.Lock()
	defer s.write.Unlock()
	s.put.Close()
	var folded error
	if !s.readOnly {
		_, folded = s.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	}
	err := s.db.Close()
	s.letGo()
	if s.copied != "" {
		os.RemoveAll(s.copied)
	}
	if folded != nil {
		folded = fmt.Errorf("fold the log in: %w", folded)
	}
	if err = errors.Join(kept, folded, err); err != nil {
		return fmt.Errorf("close study database %s: %w", s.path, err)
	}
	return nil
}

// tidyAt is how long the log may be before a long piece of work folds it in.
const tidyAt = 16 << 20

// tidy folds a long log into the file; nobody sits in front. What goes wrong is told by the next commit.
func (s *Store) tidy() {
	if info, err := os.Stat(s.path + "-wal"); err == nil && info.Size() > tidyAt && s.keeper.Load() == nil {
		s.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	}
}

// Path is where the database lies.
func (s *Store) Path() string { return s.path }

// migrate applies every migration the file has not seen, each in its own transaction with its number as user_version.
func (s *Store) migrate() error {
	ctx := context.Background()
	c, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	var app, version, objects int
	if err := c.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return err
	}
	if err := c.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if err := c.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&objects); err != nil {
		return err
	}
	if app != ApplicationID && objects > 0 {
		return fmt.Errorf("this is a SQLite file of another program, not a study")
	}
	steps, err := Migrations()
	if err != nil {
		return err
	}
	if version < 0 {
		return fmt.Errorf("it says that its format is version %d, which there never was: restore it from a backup", version)
	}
	if version > len(steps) {
		return fmt.Errorf("its format is version %d, this program knows versions up to %d: use a newer pumplab", version, len(steps))
	}
	if version == 0 {
		if _, err := c.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", ApplicationID)); err != nil {
			return err
		}
	}
	if s.frozen && version < len(steps) {
		return errOld
	}
	for n := version; n < len(steps); n++ {
		text := fmt.Sprintf("BEGIN IMMEDIATE;\n%s\nPRAGMA user_version = %d;\nCOMMIT;", steps[n], n+1)
		if _, err := c.ExecContext(ctx, text); err != nil {
			c.ExecContext(ctx, "ROLLBACK")
			return fmt.Errorf("migrate to version %d: %w", n+1, err)
		}
	}
	return nil
}

// Migrations are the texts that make the schema, in order; the schema's version is how many were applied.
func Migrations() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	var out []string
	for i, name := range names {
		if want := fmt.Sprintf("migrations/%04d.sql", i+1); name != want {
			return nil, fmt.Errorf("read migrations: %s where %s was expected", name, want)
		}
		text, err := fs.ReadFile(migrations, name)
		if err != nil {
			return nil, err
		}
		out = append(out, string(text))
	}
	return out, nil
}

func newDB(name string) *sql.DB { return sql.OpenDB(connector{dsn: name}) }

// newFreeDB opens a connection that may attach files: only for statements written in this package.
func newFreeDB(name string) *sql.DB { return sql.OpenDB(connector{dsn: name, free: true}) }
