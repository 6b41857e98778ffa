package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"

	"pumplab/studies"
	"pumplab/studies/journal"
)

const (
	beatEvery = time.Second
	foldAt    = 512 // records in the write-ahead log, some 8 kB each, that are folded into the file at a task's end …
	foldSoon  = 8 * foldAt
)

// mark is a record that is committed.
type mark struct {
	session int64
	seq     int
	hash    string
}

// keeper brings what is committed to the disk, beside the goroutine that commits: the one place that waits for the disk.
type keeper struct {
	store *Store
	db    *sql.DB   // one connection, for the heartbeat
	desk  *sql.DB   // one connection, for the records of the person in front, who must not wait long
	put   *sql.Stmt // inserts one record there
	news  atomic.Pointer[mark]
	count atomic.Int64 // records since the log was last folded in
	done  *mark        // the last mark on the disk; guarded by beating
	fault atomic.Pointer[error]
	poke  chan struct{}
	stop  chan struct{}
	ended sync.WaitGroup

	beating sync.Mutex
}

// Keep brings what is appended from now on to the disk in the background, at every task's end and every second in which something was
// appended, and then says so in the heartbeat table by a connection of its own. A power cut then costs at most one second. What goes
// wrong there is the error of the next Append. Close ends it.
func (s *Store) Keep() error {
	if s.readOnly {
		return errReadOnly(s.path)
	}
	if s.keeper.Load() != nil {
		return nil
	}
	db, desk := newDB(waiting(s.path, "NORMAL", patience)), newDB(waiting(s.path, "NORMAL", patience))
	db.SetMaxOpenConns(1)
	desk.SetMaxOpenConns(1)
	put, err := desk.Prepare(insertRecord)
	if err = errors.Join(err, db.PingContext(context.Background())); err != nil {
		db.Close()
		desk.Close()
		return fmt.Errorf("keep %s: %w", s.path, err)
	}
	k := &keeper{store: s, db: db, desk: desk, put: put, poke: make(chan struct{}, 1), stop: make(chan struct{})}
	k.ended.Add(1)
	go k.run()
	s.keeper.Store(k)
	return nil
}

func (k *keeper) run() {
	defer k.ended.Done()
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		fold := int64(foldSoon)
		select {
		case <-k.stop:
			return
		case <-k.poke:
			fold = foldAt
		case <-tick.C:
			k.store.touch()
		}
		k.try(fold)
	}
}

// try beats, and keeps what went wrong for the next Append. A file that another program has locked is no fault: the next beat tries
// again.
func (k *keeper) try(fold int64) error {
	err := k.beat(fold)
	if err == nil || busy(err) {
		k.fault.Store(nil)
		return nil
	}
	k.fault.Store(&err)
	return err
}

// close ends the keeper with a last beat.
func (k *keeper) close() error {
	close(k.stop)
	k.ended.Wait()
	return errors.Join(k.beat(foldSoon), k.put.Close(), k.desk.Close(), k.db.Close())
}

// heard takes note of a committed record.
func (k *keeper) heard(j *Journal, r journal.Record) {
	k.count.Add(1)
	k.news.Store(&mark{j.key, r.Seq, r.Hash})
	for _, o := range r.Outputs {
		if o.Kind == studies.StepEnded || o.Kind == studies.SessionEnded {
			select {
			case k.poke <- struct{}{}:
			default:
			}
			return
		}
	}
}

// ready is nil when records may be appended; after a fault it tries the disk again.
func (k *keeper) ready() error {
	if k.fault.Load() == nil {
		return nil
	}
	return k.try(foldSoon)
}

// beat brings the last record to the disk and then commits its heartbeat. The log is synced through a handle of its own: a commit with
// synchronous=FULL would do the same while it holds the lock that the next Append waits for, and a disk may take its time.
func (k *keeper) beat(fold int64) error {
	k.beating.Lock()
	defer k.beating.Unlock()
	if err := k.store.there(); err != nil {
		return err
	}
	m := k.news.Load()
	if m == nil || k.done != nil && *m == *k.done {
		return nil
	}
	if err := syncFile(k.store.path + "-wal"); err != nil {
		return fmt.Errorf("bring the journal to the disk: %w", err)
	}
	if k.count.Load() > fold {
		if err := k.fold(); err != nil {
			return err
		}
	}
	hash, err := unhex(m.hash)
	if err != nil {
		return err
	}
	k.store.write.Lock()
	defer k.store.write.Unlock()
	_, err = k.db.Exec(`INSERT INTO heartbeat (session, seq, hash, utc) VALUES (?,?,?,?)
 ON CONFLICT (session) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, utc = excluded.utc`,
		m.session, m.seq, hash, time.Now().UTC().Format(time.RFC3339Nano))
	if err != nil {
		return fmt.Errorf("note what is on the disk: %w", err)
	}
	k.done = m
	return nil
}

// fold copies the log into the file. If all of it arrived, the heartbeat that follows begins the log anew, which takes one sync.
func (k *keeper) fold() error {
	var stuck, frames, folded int
	err := k.db.QueryRow("PRAGMA wal_checkpoint(PASSIVE)").Scan(&stuck, &frames, &folded)
	if err != nil && !busy(err) {
		return fmt.Errorf("fold the log in: %w", err)
	}
	if err == nil && frames == folded {
		k.count.Store(0)
	}
	return nil
}

// there says whether the file that is open is still the one at its path, and the study still ours.
func (s *Store) there() error {
	now, err := os.Stat(s.path)
	if err != nil {
		return fmt.Errorf("the study's file is gone: %w", err)
	}
	if !os.SameFile(now, s.file) {
		return fmt.Errorf("the study's file %s was replaced by another while it was in use", s.path)
	}
	if me := s.hold.Load(); me != nil {
		return me.lost()
	}
	return nil
}

// syncFile brings a file to the disk. No lock of SQLite's lies on the log, so closing it loses none.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(toDisk(f), f.Close())
}

// toDisk brings a file to the disk; a test that cuts the power listens here, for the C library does not see it.
var toDisk = (*os.File).Sync

// busy reports whether an error only says that another program holds the file's lock.
func busy(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked)
}

// Locked reports whether something could not be written only because another program holds the file: it can be once that has let go.
func Locked(err error) bool { return busy(err) }

// Heartbeat is the number and hash of the last record of a session that is known to have reached the disk; 0 if none is known.
func (s *Store) Heartbeat(session string) (seq int, hash string, err error) {
	var b []byte
	err = s.db.QueryRow("SELECT seq, hash FROM heartbeat WHERE session = (SELECT key FROM session WHERE id = ?)", session).Scan(&seq, &b)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("read heartbeat of session %s: %w", session, err)
	}
	return seq, hex.EncodeToString(b), nil
}
