package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"regexp"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// connector opens connections with what every one of them needs beyond the driver's own parameters.
type connector struct {
	dsn  string
	free bool // may attach another file, as VACUUM INTO does inside; never for a statement that came from outside
}

// longestValue is how many bytes one value in a study's file may have, so that a file from elsewhere cannot fill the memory: more than
// the longest file that a session freezes.
const longestValue = 96 << 20

func (c connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

func (c connector) Connect(context.Context) (driver.Conn, error) {
	d := &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		for _, p := range []string{
			"PRAGMA trusted_schema = OFF",
			"PRAGMA cell_size_check = ON",
			"PRAGMA journal_size_limit = 67108864",
			"PRAGMA temp_store = MEMORY",
			"PRAGMA wal_autocheckpoint = 0",
			"PRAGMA hard_heap_limit = 268435456", // of the process: comparing keys reads whole rows, however long, past longestValue
		} {
			if _, err := conn.Exec(p, nil); err != nil {
				return err
			}
		}
		conn.SetLimit(sqlite3.SQLITE_LIMIT_LENGTH, longestValue)
		if !c.free {
			conn.RegisterAuthorizer(authorise)
		}
		return nil
	}}
	return d.Open(c.dsn)
}

// authorise does what SQLite's defensive mode is for, which the driver cannot switch on: no statement on these connections
// attaches another file, makes the schema writable or loads code.
func authorise(op int, arg1, arg2, _ string) int {
	switch op {
	case sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH:
		return sqlite3.SQLITE_DENY
	case sqlite3.SQLITE_PRAGMA:
		if strings.EqualFold(arg1, "writable_schema") || strings.EqualFold(arg1, "trusted_schema") {
			return sqlite3.SQLITE_DENY
		}
	case sqlite3.SQLITE_FUNCTION:
		if strings.EqualFold(arg2, "load_extension") {
			return sqlite3.SQLITE_DENY
		}
	}
	return sqlite3.SQLITE_OK
}

// object is one row of sqlite_schema.
type object struct{ kind, table, text string }

func schemaOf(db *sql.DB) (map[string]object, error) {
	rows, err := db.Query("SELECT name, type, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND (type <> 'table' OR substr(name, 1, 7) <> 'sqlite_')")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]object{}
	for rows.Next() {
		var name string
		var o object
		if err := rows.Scan(&name, &o.kind, &o.table, &o.text); err != nil {
			return nil, err
		}
		out[name] = o
	}
	return out, rows.Err()
}

// virtual is the text of a table that code stands behind.
var virtual = regexp.MustCompile(`(?i)^\s*create\s+virtual\b`)

// checkSchema holds the file's schema against the one the migrations make: ours must be there unchanged, and there may be no trigger
// and no virtual table of somebody else. Views, tables and indexes that others added beside ours are left alone: nothing here reads
// them, and with trusted_schema off no function that could do harm runs in them.
func (s *Store) checkSchema() error {
	mem := sql.OpenDB(connector{dsn: ":memory:"})
	mem.SetMaxOpenConns(1)
	defer mem.Close()
	steps, err := Migrations()
	if err != nil {
		return err
	}
	for _, text := range steps {
		if _, err := mem.Exec(text); err != nil {
			return err
		}
	}
	want, err := schemaOf(mem)
	if err != nil {
		return err
	}
	have, err := schemaOf(s.db)
	if err != nil {
		return err
	}
	for name, o := range want {
		if have[name] != o {
			return fmt.Errorf("%s %s is missing or was changed: restore the file from a backup", o.kind, name)
		}
	}
	for name, o := range have {
		if _, ours := want[name]; ours {
			continue
		}
		if virtual.MatchString(o.text) {
			return fmt.Errorf("it holds a virtual table %s that pumplab did not make: remove it before the file is used", name)
		}
		if o.kind != "trigger" {
			continue
		}
		return fmt.Errorf("it holds a trigger %s on %s that pumplab did not make: remove it before the file is used", name, o.table)
	}
	return nil
}

// Sound is nil if the file's structure holds: a quick look before anything is computed from it.
func (s *Store) Sound() error {
	found, err := query(s.db, "PRAGMA quick_check(1)", func(t *sql.NullString) []any { return []any{t} })
	if err == nil && len(found) == 1 && found[0].String != "ok" {
		err = fmt.Errorf("%s", found[0].String)
	}
	if err != nil {
		return fmt.Errorf("study database %s is damaged: %w; see pumplab verify, and pumplab recover for what can be saved", s.path, err)
	}
	return nil
}

// Check asks SQLite to look through the whole file and returns what is wrong, nothing if it is sound.
func (s *Store) Check() []string {
	var wrong []string
	for _, q := range []string{
		"PRAGMA integrity_check",
		`SELECT 'row ' || rowid || ' of ' || "table" || ' refers to nothing in ' || parent FROM pragma_foreign_key_check`,
	} {
		found, err := query(s.db, q, func(t *sql.NullString) []any { return []any{t} })
		for _, t := range found {
			if t.String != "ok" {
				wrong = append(wrong, t.String)
			}
		}
		if err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	return wrong
}
