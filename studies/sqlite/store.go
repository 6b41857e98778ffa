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
	"fmt"
	"io/fs"
	"net/url"
	"sync"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
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
	db    *sql.DB
	write sync.Mutex
	put   *sql.Stmt // inserts one record
}

// Open opens the study database at path, makes it if there is none, and brings an older one up to date. It refuses a file
// that is not a study, one of a newer program, and one whose schema was tampered with.
func Open(path string) (*Store, error) {
	pragmas := url.Values{}
	for _, p := range [][2]string{
		{"_busy_timeout", "5000"},
		{"_foreign_keys", "on"},
		{"_journal_mode", "WAL"},
		{"_synchronous", "NORMAL"},
		{"_txlock", "immediate"},
		{"_stmt_cache_size", "32"},
	} {
		pragmas.Set(p[0], p[1])
	}
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas.Encode()}).String()
	db := sql.OpenDB(connector{dsn})
	s := &Store{path: path, db: db}
	if err := s.prepare(); err != nil {
		db.Close()
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
	s.write.Lock()
	defer s.write.Unlock()
	s.put.Close()
	_, checkpoint := s.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close study database %s: %w", s.path, err)
	}
	if checkpoint != nil {
		return fmt.Errorf("close study database %s: fold the log in: %w", s.path, checkpoint)
	}
	return nil
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
	if version > len(steps) {
		return fmt.Errorf("its format is version %d, this program knows versions up to %d: use a newer pumplab", version, len(steps))
	}
	if version == 0 {
		if _, err := c.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", ApplicationID)); err != nil {
			return err
		}
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
