package sqlite

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"pumplab/studies"
	"pumplab/studies/journal"
)

const insertRecord = `INSERT INTO record (session, seq, at_ns, event, prev, hash, outputs, display,
 utc, task, kind, control, code, phase, value_before, value_after, answer, stamp, seal)
 VALUES (?,?,?,?,?,?,?,?, ?,?,?,?,?,?,?,?,?,?, ?)`

// Journal is the journal of one session in the store: Append is a commit. It is for one goroutine.
type Journal struct {
	store *Store
	id    string
	key   int64
	last  journal.Record
	now   moment // what the columns of event_v1 need from the records before
	batch *sql.Tx
	put   *sql.Stmt
	tail  []journal.Record // the last records, in case they must go on elsewhere
}

// tailLength is how many records are kept in memory at least, as far as there are so many: more than a person makes in the second
// that a lost disk may cost.
const tailLength = 1024

// Journal is the journal of session id: an empty one, which the head opens, or one that exists and goes on after its last
// record.
func (s *Store) Journal(id string) (*Journal, error) {
	if s.readOnly {
		return nil, errReadOnly(s.path)
	}
	j := &Journal{store: s, id: id}
	err := s.db.QueryRow("SELECT key FROM session WHERE id = ?", id).Scan(&j.key)
	if errors.Is(err, sql.ErrNoRows) {
		return j, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open journal %s: %w", id, err)
	}
	for r, err := range s.Records(id) {
		if err != nil {
			return nil, fmt.Errorf("open journal %s: %w", id, err)
		}
		if err := j.now.follow(r); err != nil {
			return nil, fmt.Errorf("open journal %s: %w", id, err)
		}
		j.last = r
		j.remember(r)
	}
	return j, nil
}

// Session is the session's id.
func (j *Journal) Session() string { return j.id }

// Last is the number of the last record, 0 for none.
func (j *Journal) Last() int { return j.last.Seq }

// Append writes one record and returns when it is committed. It refuses a record that does not follow the last one.
func (j *Journal) Append(r journal.Record) error {
	err := j.append(r)
	if busy(err) {
		err = fmt.Errorf("another program, a database browser or a backup perhaps, holds %s and must let go of it first: %w", j.store.path, err)
	}
	if err != nil {
		return fmt.Errorf("append record %d of session %s: %w", r.Seq, j.id, err)
	}
	return nil
}

func (j *Journal) append(r journal.Record) error {
	switch {
	case r.Seq != j.last.Seq+1:
		return fmt.Errorf("its number does not follow %d", j.last.Seq)
	case r.Prev != j.last.Hash:
		return fmt.Errorf("it is not chained to the record before")
	case r.At < j.last.At:
		return fmt.Errorf("its time %v is before the last, %v", r.At, j.last.At)
	}
	next := j.now
	if err := next.follow(r); err != nil {
		return err
	}
	args, err := next.row(r)
	if err != nil {
		return err
	}
	k := j.store.keeper.Load()
	if j.batch == nil {
		if k != nil {
			if err := k.ready(); err != nil {
				return err
			}
		}
		j.store.write.Lock()
		defer j.store.write.Unlock()
	}
	ends := endOf(r.Outputs)
	if j.batch == nil && r.Seq > 1 && ends == "" && next.event.Kind != studies.Resume {
		args[0] = j.key
		_, put := j.store.desk()
		_, err = put.Exec(args...)
	} else {
		err = j.inTransaction(func(tx *sql.Tx, put *sql.Stmt) error { return j.insert(tx, put, r, next, ends, args) })
	}
	if err != nil {
		return err
	}
	j.last, j.now = r, next
	if j.batch == nil {
		j.remember(r)
		if k != nil {
			k.heard(j, r)
		}
	}
	return nil
}

func (j *Journal) remember(r journal.Record) {
	if len(j.tail) >= 2*tailLength {
		j.tail = append(make([]journal.Record, 0, 2*tailLength), j.tail[len(j.tail)-tailLength:]...)
	}
	j.tail = append(j.tail, r)
}

// insert writes a record together with what it changes of the session's own row.
func (j *Journal) insert(tx *sql.Tx, put *sql.Stmt, r journal.Record, m moment, ends string, args []any) error {
	if r.Seq == 1 {
		key, err := beginSession(tx, j.id, m)
		if err != nil {
			return err
		}
		j.key = key
	}
	args[0] = j.key
	if _, err := put.Exec(args...); err != nil {
		return err
	}
	if m.event.Kind == studies.Resume {
		if _, err := tx.Exec("UPDATE session SET resumed = 1, status = 'running' WHERE key = ?", j.key); err != nil {
			return err
		}
	}
	if ends == "" {
		return nil
	}
	_, err := tx.Exec("UPDATE session SET status = ?, ended_ns = ? WHERE key = ?", ends, int64(r.At), j.key)
	return err
}

// desk is where single records are written: while somebody sits in front, by a connection that waits for no other program for long.
func (s *Store) desk() (*sql.DB, *sql.Stmt) {
	if k := s.keeper.Load(); k != nil {
		return k.desk, k.put
	}
	return s.db, s.put
}

func (j *Journal) inTransaction(do func(*sql.Tx, *sql.Stmt) error) error {
	if j.batch != nil {
		return do(j.batch, j.put)
	}
	db, put := j.store.desk()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx, tx.Stmt(put)); err != nil {
		return err
	}
	return tx.Commit()
}

// Batch makes do's appends one transaction: all are kept or none. It is for sessions without a person in front, where no
// record is shown before the batch ends. No other write happens in the store meanwhile.
func (j *Journal) Batch(do func() error) error {
	j.store.write.Lock()
	defer j.store.write.Unlock()
	tx, err := j.store.db.Begin()
	if err != nil {
		return fmt.Errorf("append to session %s: %w", j.id, err)
	}
	before := *j
	j.batch, j.put = tx, tx.Stmt(j.store.put)
	err = do()
	j.batch, j.put = nil, nil
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		tx.Rollback()
		*j = before
		return fmt.Errorf("append to session %s: %w", j.id, err)
	}
	j.store.tidy()
	return nil
}

// seal is what a record keeps of its projection, to know it again.
func seal(outputs, display []byte) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d:", len(outputs))
	h.Write(outputs)
	h.Write(display)
	return h.Sum(nil)[:8]
}

// endOf is the status a record's outputs leave the session in; empty while it goes on.
func endOf(outputs []studies.Output) string {
	for _, o := range outputs {
		if o.Kind != studies.SessionEnded {
			continue
		}
		if o.Why == "complete" {
			return "complete"
		}
		return "stopped"
	}
	return ""
}

func beginSession(tx *sql.Tx, id string, m moment) (int64, error) {
	h := m.head
	if h.Session != id {
		return 0, fmt.Errorf("its head is of session %q", h.Session)
	}
	res, err := tx.Exec(`INSERT INTO session (id, participant, row, seed, started_utc, status, simulated, program)
 VALUES (?,?,?,?,?,'running',?,?)`, id, h.Participant, h.Plan.Row, fmt.Sprint(h.Plan.Seed), h.Started, h.Simulated != nil, h.Program)
	if err != nil {
		return 0, err
	}
	key, err := res.LastInsertId()
	if err != nil {
		return 0, err
	}
	for path, hash := range h.Files {
		if _, err := tx.Exec("INSERT INTO session_file (session, path, hash) VALUES (?,?,?)", key, path, hash); err != nil {
			return 0, fmt.Errorf("freeze %s (%s) first: %w", path, hash, err)
		}
	}
	return key, nil
}

func unhex(s string) ([]byte, error) {
	b, err := hex.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("hash %q is not hexadecimal", s)
	}
	if b == nil {
		b = []byte{}
	}
	return b, nil
}

func outputsText(out []studies.Output) (any, error) {
	if len(out) == 0 {
		return nil, nil
	}
	b, err := json.Marshal(out)
	return string(b), err
}

// stampUTC is the moment so long after a wall time in UTC, to the microsecond.
func stampUTC(wall time.Time, after time.Duration) string {
	return wall.Add(after).UTC().Format("2006-01-02T15:04:05.000000Z")
}
