package sqlite

import (
	"fmt"
	"strings"
	"time"

	"pumplab/studies"
)

// Fact is an outside fact of one kind, as a session's journal holds it.
type Fact struct {
	Session string
	At      time.Duration // since the session's start
	Task    string        // that was on; empty outside tasks
	Item    string
	Value   string
}

// rare are the kinds that the index record_rare finds, as its definition has them: without it all keys of all people would be read.
const rare = "('clock', 'note', 'quality', 'shown')"

const selectFacts = `SELECT s.id, r.at_ns, coalesce(r.task, ''), coalesce(r.code, ''), coalesce(r.value_after, '')
 FROM session s JOIN record r ON r.session = s.key WHERE s.simulated = 0 AND r.kind = ? AND r.kind IN ` + rare + ` ORDER BY s.key, r.seq`

// Facts are all facts of a kind (clock, note, quality or shown) in the journals of people's sessions, in order. Simulated sessions are
// passed over: what happens to a computer is no fact of theirs.
func (s *Store) Facts(kind studies.EventKind) ([]Fact, error) {
	if !strings.Contains(rare, "'"+string(kind)+"'") {
		panic(fmt.Sprintf("sqlite: facts of kind %s are not rare", kind))
	}
	rows, err := s.db.Query(selectFacts, string(kind))
	if err != nil {
		return nil, fmt.Errorf("read facts of kind %s: %w", kind, err)
	}
	defer rows.Close()
	var all []Fact
	for rows.Next() {
		var f Fact
		var at int64
		if err := rows.Scan(&f.Session, &at, &f.Task, &f.Item, &f.Value); err != nil {
			return nil, fmt.Errorf("read facts of kind %s: %w", kind, err)
		}
		f.At = time.Duration(at)
		all = append(all, f)
	}
	return all, rows.Err()
}
