// Package journal provides the record of a session: outside facts in the order they happened, chained by hashes, with what
// each brought about stored beside it as a projection that can be recomputed.
//
// The hash of a record covers the previous hash, its number, its time and its event's bytes, not the projection. Record 1 is
// the head: the hashes of study, designs, library and questionnaires, the seed and the realised plan.
package journal

import (
	"time"

	"pumplab/studies"
)

// Format is the version of the record codec; testdata keeps an example of every version for ever.
const Format = 1

// Record is one outside fact.
type Record struct {
	Seq     int              // 1, 2, …
	At      time.Duration    // monotonic since the session's start
	Event   []byte           // canonical JSON of a studies.Event; record 1: of a Head
	Prev    string           // hash of the record before, empty for the first
	Hash    string           // of this record
	Outputs []studies.Output // projection
	Display string           // projection: digest of the pump's display afterwards; empty without a pump
}

// Head is the content of record 1.
type Head struct {
	Format      int               `json:"format"`
	Program     string            `json:"program"` // version of pumplab
	Session     string            `json:"session"`
	Participant string            `json:"participant"`
	Started     string            `json:"started"`           // UTC, RFC 3339 with nanoseconds
	Answers     map[string]string `json:"answers,omitempty"` // intake: role, years in role …
	Files       map[string]string `json:"files"`             // path in the study folder → SHA-256, hexadecimal; the bytes are in the store
	Plan        studies.Plan      `json:"plan"`
	Simulated   *Simulated        `json:"simulated,omitempty"`
}

// Simulated are the true parameters of a simulated participant.
type Simulated struct {
	Seed       uint64            `json:"seed"`
	Parameters map[string]string `json:"parameters"`
}
