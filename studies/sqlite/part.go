package sqlite

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"time"

	"pumplab/studies/journal"
)

// Elsewhere makes a file in another folder in which the session goes on: with a copy of all its records if they can still be read,
// else with those that are in memory, chained to the ones that stay behind. The returned journal is the session's from now on; the
// new store is the caller's to close. Recover brings the files together again.
func (j *Journal) Elsewhere(dir string) (*Store, *Journal, error) {
	name := fmt.Sprintf("%s-part-%s.db", filepath.Base(j.id), time.Now().UTC().Format("20060102T150405"))
	s, err := Open(filepath.Join(dir, name))
	if err != nil {
		return nil, nil, fmt.Errorf("go on in %s: %w", dir, err)
	}
	next := &Journal{store: s, id: j.id}
	if all, files, ok := j.readable(); ok {
		err = next.begin(all, files)
	} else {
		err = next.beginPart(j)
	}
	if err == nil {
		err = s.Keep()
	}
	if err != nil {
		s.Close()
		return nil, nil, fmt.Errorf("go on in %s: %w", s.path, err)
	}
	s.keeper.Load().heard(next, next.last)
	return s, next, nil
}

// readable are all records of the session and its frozen files, if the store still gives them whole.
func (j *Journal) readable() ([]journal.Record, map[string][]byte, bool) {
	all, err := j.store.Load(j.id)
	if err != nil || journal.Verify(all) != nil || all[len(all)-1].Hash != j.last.Hash {
		return nil, nil, false
	}
	files, err := j.store.Frozen(j.now.head.Files)
	return all, files, err == nil
}

// begin writes a whole session.
func (j *Journal) begin(all []journal.Record, files map[string][]byte) error {
	if _, err := j.store.Freeze(files); err != nil {
		return err
	}
	err := j.Batch(func() error {
		for _, r := range all {
			if err := j.Append(r); err != nil {
				return err
			}
		}
		return nil
	})
	for _, r := range all[max(0, len(all)-tailLength):] {
		j.remember(r)
	}
	return err
}

// beginPart writes what another journal has in memory, with a note of what it follows.
func (j *Journal) beginPart(from *Journal) error {
	if len(from.tail) == 0 {
		return fmt.Errorf("nothing of the session is in memory, and its journal cannot be read")
	}
	first := from.tail[0]
	event, err := journal.EncodeHead(*from.now.head)
	if err != nil {
		return err
	}
	head := *from.now.head
	head.Files = nil // their bytes stay behind
	after, err := unhex(first.Prev)
	if err != nil {
		return err
	}
	return j.inTransaction(func(tx *sql.Tx, put *sql.Stmt) error {
		if j.key, err = beginSession(tx, j.id, moment{head: &head}); err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT INTO part (session, seq, hash, head) VALUES (?,?,?,?)", j.key, first.Seq-1, after, event); err != nil {
			return err
		}
		for _, r := range from.tail {
			m := from.now // the task column depends on records that are not in memory: the last one's stands until Recover
			if err := m.follow(r); err != nil {
				return err
			}
			args, err := m.row(r)
			if err != nil {
				return err
			}
			args[0] = j.key
			if _, err := put.Exec(args...); err != nil {
				return err
			}
		}
		j.last, j.now, j.tail = from.last, from.now, append([]journal.Record(nil), from.tail...)
		return nil
	})
}
