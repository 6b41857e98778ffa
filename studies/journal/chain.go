package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"
)

// Hash is the hash of a record, hexadecimal: SHA-256 over four parts, each after its length in bytes as a big-endian 64-bit number:
// the previous hash as text, the record's number and its time in nanoseconds (both big-endian 64-bit), the event's bytes.
func Hash(prev string, seq int, at time.Duration, event []byte) string {
	b := make([]byte, 0, 4*8+len(prev)+16+len(event))
	part := func(n int) { b = binary.BigEndian.AppendUint64(b, uint64(n)) }
	part(len(prev))
	b = append(b, prev...)
	part(8)
	b = binary.BigEndian.AppendUint64(b, uint64(seq))
	part(8)
	b = binary.BigEndian.AppendUint64(b, uint64(at))
	part(len(event))
	b = append(b, event...)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Next is the record after last, chained to it, without its projection. After the zero Record it is record 1.
func Next(last Record, at time.Duration, event []byte) Record {
	r := Record{Seq: last.Seq + 1, At: at, Event: event, Prev: last.Hash}
	r.Hash = Hash(r.Prev, r.Seq, r.At, r.Event)
	return r
}

// Broken says at which record a journal is not what was written.
type Broken struct {
	Seq int // the record's number by its place, 1-based
	Why string
}

// Error names the record.
func (b *Broken) Error() string {
	return fmt.Sprintf("journal is broken at record %d: %s", b.Seq, b.Why)
}

// Chain checks records one by one as they are read. The zero value awaits record 1.
type Chain struct{ last Record }

// Add checks that r follows what was added before; the error is a *Broken.
func (c *Chain) Add(r Record) error {
	seq := c.last.Seq + 1
	fail := func(format string, args ...any) error { return &Broken{seq, fmt.Sprintf(format, args...)} }
	switch {
	case r.Seq != seq:
		return fail("it says it is number %d: a record is missing, doubled or out of order", r.Seq)
	case r.Prev != c.last.Hash:
		return fail("it does not follow the record before")
	case r.At < c.last.At:
		return fail("its time %v is before the %v of the record before", r.At, c.last.At)
	case r.Hash != Hash(r.Prev, r.Seq, r.At, r.Event):
		return fail("its hash does not fit its content")
	}
	c.last = Record{Seq: r.Seq, At: r.At, Hash: r.Hash}
	return nil
}

// Verify checks a whole journal. The error is a *Broken that names the first bad record; an empty journal is in order. Records cut
// off at the end cannot be seen from the chain: compare the last hash with one kept elsewhere.
func Verify(records []Record) error {
	var c Chain
	for _, r := range records {
		if err := c.Add(r); err != nil {
			return err
		}
	}
	return nil
}
