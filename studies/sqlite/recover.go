package sqlite

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"pumplab/studies/journal"
)

// Recovered is what Recover made of one session.
type Recovered struct {
	Session     string   `json:"session"`
	Participant string   `json:"participant"`
	Records     int      `json:"records"`        // in the new file, from the first on without a gap
	Lost        int      `json:"lost"`           // records that were found beyond a gap or beside the chain, and are not in the new file
	From        []string `json:"from,omitempty"` // files that gave records
	Why         string   `json:"why,omitempty"`  // what is missing or wrong
}

// Rebuild computes the outputs and displays of a session's records anew. It may return fewer records than it was given, with the
// reason as an error.
type Rebuild func(head journal.Head, files map[string][]byte, records []journal.Record) ([]journal.Record, error)

// Recover reads what can be read of study databases and parts, damaged ones too, follows every session's hash chain through all of
// them and writes what holds together to a new file at out. Nothing that is read is changed. Files are frozen files that may be
// needed where the databases have lost them, in any order. Faults says what could not be read.
func Recover(out string, pieces []string, files [][]byte, rebuild Rebuild) (all []Recovered, faults []string, err error) {
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("recover to %s: it is there already; name a new file", out)
	}
	w := wreck{sessions: map[string]*debris{}, blobs: map[string][]byte{}}
	for _, b := range files {
		w.blob(b)
	}
	for _, p := range pieces {
		if err := w.read(p); err != nil {
			faults = append(faults, fmt.Sprintf("%s: %v", p, err))
		}
	}
	tmp := out + ".unfinished"
	os.Remove(tmp)
	s, err := Open(tmp)
	if err != nil {
		return nil, faults, fmt.Errorf("recover to %s: %w", out, err)
	}
	defer os.Remove(tmp)
	for _, d := range w.inOrder() {
		r := d.save(s, w.blobs, rebuild)
		all = append(all, r)
	}
	if err := s.Close(); err != nil {
		return all, faults, fmt.Errorf("recover to %s: %w", out, err)
	}
	if err := syncFile(tmp); err != nil {
		return all, faults, fmt.Errorf("recover to %s: %w", out, err)
	}
	return all, faults, os.Rename(tmp, out)
}

// wreck is everything that was read.
type wreck struct {
	sessions map[string]*debris
	blobs    map[string][]byte
}

// debris are the records of one session from all files, by number; several of one number if files disagree.
type debris struct {
	id      string
	records map[int][]found
}

type found struct {
	journal.Record
	file string
}

func (w *wreck) blob(b []byte) { w.blobs[fmt.Sprintf("%x", sha256.Sum256(b))] = b }

// read takes in one file. One whose log is damaged is read twice, with the damaged frames and without: what one way cannot read the
// other may.
func (w *wreck) read(path string) error {
	if err := ownFiles(path); err != nil {
		return err
	}
	damage := soundLog(path)
	err := w.readCopy(path, false)
	if damage != nil {
		err = cmp.Or(w.readCopy(path, true), err)
	}
	return cmp.Or(damage, err)
}

// readCopy takes in a copy of one file, for even reading a database writes to its log.
func (w *wreck) readCopy(path string, keep bool) error {
	dir, err := os.MkdirTemp("", "pumplab-recover-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	to := filepath.Join(dir, FileName)
	if err := copyWithLog(path, to); err != nil {
		return err
	}
	if err := mendLog(to, keep); err != nil {
		return err
	}
	db := newDB(dsn(to, "OFF"))
	defer db.Close()
	sessions, first := query(db, "SELECT key, id FROM session ORDER BY key", func(s *struct {
		key int64
		id  string
	},
	) []any {
		return []any{&s.key, &s.id}
	})
	for _, s := range sessions {
		d := w.sessions[s.id]
		if d == nil {
			d = &debris{id: s.id, records: map[int][]found{}}
			w.sessions[s.id] = d
		}
		if err := d.read(db, s.key, filepath.Base(path)); err != nil && first == nil {
			first = fmt.Errorf("session %s: %w", s.id, err)
		}
	}
	rows, err := db.Query("SELECT bytes FROM blob")
	if err != nil {
		return cmp.Or(first, err)
	}
	defer rows.Close()
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err == nil {
			w.blob(b)
		}
	}
	return cmp.Or(first, rows.Err())
}

// read takes in what the hash chain covers of a session's records: what is stored beside it is computed anew.
func (d *debris) read(db *sql.DB, key int64, file string) error {
	rows, err := db.Query("SELECT seq, at_ns, event, prev, hash FROM record WHERE session = ? ORDER BY seq", key)
	if err != nil {
		return err
	}
	defer rows.Close()
	var wrong error
	for rows.Next() {
		r := found{file: file}
		var at int64
		var prev, hash []byte
		if err := rows.Scan(&r.Seq, &at, &r.Event, &prev, &hash); err != nil {
			wrong = err
			continue
		}
		r.At, r.Prev, r.Hash = time.Duration(at), hex.EncodeToString(prev), hex.EncodeToString(hash)
		if journal.Hash(r.Prev, r.Seq, r.At, r.Event) != r.Hash {
			wrong = &journal.Broken{Seq: r.Seq, Why: "its hash does not fit its content"}
			continue
		}
		same := func(o found) bool { return o.Hash == r.Hash }
		if !slices.ContainsFunc(d.records[r.Seq], same) {
			d.records[r.Seq] = append(d.records[r.Seq], r)
		}
	}
	return cmp.Or(rows.Err(), wrong)
}

// inOrder are the sessions in the order they began.
func (w *wreck) inOrder() []*debris {
	began := func(d *debris) string {
		if first := d.records[1]; len(first) > 0 {
			if h, err := journal.DecodeHead(first[0].Event); err == nil {
				return h.Started
			}
		}
		return "9" // unknown: last
	}
	return slices.SortedFunc(maps.Values(w.sessions), func(a, b *debris) int {
		return cmp.Or(cmp.Compare(began(a), began(b)), cmp.Compare(a.id, b.id))
	})
}

// chain is the longest unbroken chain from the first record on.
func (d *debris) chain() []found { return d.after("", 1, 0) }

func (d *debris) after(hash string, seq int, at time.Duration) []found {
	var path []found
	for {
		var next []found
		for _, r := range d.records[seq] {
			if r.Prev == hash && r.At >= at {
				next = append(next, r)
			}
		}
		if len(next) == 0 {
			return path
		}
		if len(next) > 1 { // two continuations: the longer one
			var best []found
			for _, r := range next {
				if branch := append([]found{r}, d.after(r.Hash, seq+1, r.At)...); len(branch) > len(best) {
					best = branch
				}
			}
			return append(path, best...)
		}
		path = append(path, next[0])
		hash, seq, at = next[0].Hash, seq+1, next[0].At
	}
}

// save writes what holds together of a session.
func (d *debris) save(s *Store, blobs map[string][]byte, rebuild Rebuild) Recovered {
	chain := d.chain()
	out := Recovered{Session: d.id}
	for _, rs := range d.records {
		out.Lost += len(rs)
	}
	out.Why = d.gap(chain)
	if len(chain) == 0 {
		return out
	}
	head, err := journal.DecodeHead(chain[0].Event)
	if err != nil {
		out.Why = err.Error()
		return out
	}
	out.Participant = head.Participant
	files := map[string][]byte{}
	for path, hash := range head.Files {
		b, ok := blobs[hash]
		if !ok {
			out.Why = fmt.Sprintf("the file %s it ran on (SHA-256 %s) is damaged or missing", path, hash)
			return out
		}
		files[path] = b
	}
	records := make([]journal.Record, len(chain))
	for i, r := range chain {
		records[i] = r.Record
		if !slices.Contains(out.From, r.file) {
			out.From = append(out.From, r.file)
		}
	}
	records, err = rebuild(head, files, records)
	if err != nil {
		out.Why = err.Error()
	}
	if len(records) == 0 {
		return out
	}
	j := &Journal{store: s, id: d.id}
	if err := j.begin(records, files); err != nil {
		out.Why = err.Error()
		return out
	}
	if j.now.status == "running" {
		if err := s.SetStatus(d.id, "interrupted"); err != nil {
			out.Why = err.Error()
		}
	}
	out.Records = len(records)
	out.Lost -= len(records)
	return out
}

// gap says where a session's chain ends although there is more of it.
func (d *debris) gap(chain []found) string {
	last := 0
	for seq := range d.records {
		last = max(last, seq)
	}
	n := len(chain)
	switch {
	case len(d.records) == 0:
		return "none of its records can be read"
	case n == 0:
		return "its first record is missing"
	case n == last && len(d.records[n]) > 1:
		return "the files hold two continuations; the longer one was taken"
	case n == last:
		return ""
	case len(d.records[n+1]) == 0:
		return fmt.Sprintf("record %d is missing; what follows up to %d cannot be chained to it", n+1, last)
	}
	return fmt.Sprintf("record %d does not follow the one before it", n+1)
}
