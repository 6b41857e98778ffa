package sqlite_test

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pumplab/studies/journal"
	"pumplab/studies/sqlite"
)

// commitEnds are the ends of the transactions in a write-ahead log: of frames in a row that carry the header's salt and a database size
// (sqlite.org/fileformat2.html#the_write_ahead_log).
func commitEnds(log []byte) []int {
	ends := []int{min(32, len(log))}
	if len(log) < 32 {
		return ends
	}
	page := int(binary.BigEndian.Uint32(log[8:]))
	for at := 32; at+24+page <= len(log) && string(log[at+8:at+16]) == string(log[16:24]); at += 24 + page {
		if binary.BigEndian.Uint32(log[at+4:]) != 0 {
			ends = append(ends, at+24+page)
		}
	}
	return ends
}

// cutPower is what a disk may hold after a power cut: the log up to where it was synced, and of every later block what was written,
// what was there before, zeros, or nothing at all from some block on.
func cutPower(rng *rand.Rand, before, now []byte, synced int) []byte {
	const block = 512
	out := append([]byte(nil), now...)
	share := []float64{0.75, 0.02, 0.002, 0}[rng.IntN(4)] // of the blocks that did not arrive
	for at := synced - synced%block; at < len(out); at += block {
		from, to := max(at, synced), min(at+block, len(out))
		if rng.Float64() >= share {
			continue
		}
		switch rng.IntN(3) {
		case 0:
			clear(out[from:to])
		case 1:
			n := 0
			if from < len(before) {
				n = copy(out[from:to], before[from:])
			}
			clear(out[from+n : to])
		case 2:
			return out[:from]
		}
	}
	return out
}

// The power fails at random moments. Everything up to the last heartbeat is there, and what is there after it is whole and in order.
func TestAPowerCutLosesNothingBeforeTheHeartbeat(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	s, j, c := MustBegin(t, path)
	var all []journal.Record
	put := func(ends bool) {
		r := c.press(ends)
		if err := j.Append(r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	cuts, kept, lost, restarts := 0, 0, 0, 0
	var salt string
	for range 40 {
		for range rng.IntN(60) {
			put(false)
		}
		put(true) // a task's end: the heartbeat comes at once
		waitForBeat(t, s, c.last.Seq)
		synced := c.last.Seq
		before := MustRead(t, path+"-wal")
		ends := commitEnds(before)
		sure := ends[max(0, len(ends)-2)] // the last transaction is the heartbeat's own, which nothing has synced yet
		if now := string(before[16:24]); now != salt {
			salt, restarts = now, restarts+1
		}
		for range rng.IntN(200) {
			put(false)
		}
		file, log := MustRead(t, path), MustRead(t, path+"-wal")
		if string(log[16:24]) != salt {
			continue // the log began anew between the two looks: what was synced cannot be told from outside
		}
		dir := t.TempDir()
		os.WriteFile(filepath.Join(dir, sqlite.FileName), file, 0o644)
		os.WriteFile(filepath.Join(dir, sqlite.FileName+"-wal"), cutPower(rng, before, log, sure), 0o644)
		after := MustOpen(t, filepath.Join(dir, sqlite.FileName))
		n := 0
		for r, err := range after.Checked("P01-1") {
			if err != nil {
				t.Fatal(err)
			}
			if n++; r.Seq > 1 && r.Hash != all[r.Seq-2].Hash {
				t.Fatalf("record %d is another", r.Seq)
			}
		}
		if n < synced {
			t.Fatalf("%d records were on the disk, %d are there after the cut", synced, n)
		}
		if wrong := after.Check(); len(wrong) > 0 {
			t.Fatal(wrong)
		}
		after.Close()
		cuts, kept, lost = cuts+1, kept+n-synced, lost+c.last.Seq-n
	}
	if cuts < 20 || lost == 0 || kept == 0 || restarts < 2 {
		t.Errorf("%d cuts lost %d records after the heartbeat and kept %d, the log began anew %d times: the test tries nothing", cuts, lost, kept, restarts)
	}
	t.Logf("%d cuts, %d records: none lost before its heartbeat, %d lost and %d kept after it; the log began anew %d times", cuts, c.last.Seq, lost, kept, restarts)
}

// How long a record waits for the disk while somebody types all the time.
func TestTheHeartbeatComesEverySecond(t *testing.T) {
	s, j, c := MustBegin(t, filepath.Join(t.TempDir(), sqlite.FileName))
	when := map[int]time.Time{}
	var oldest time.Duration
	from := 1
	for began := time.Now(); time.Since(began) < 4*time.Second; time.Sleep(5 * time.Millisecond) {
		if err := j.Append(c.press(false)); err != nil {
			t.Fatal(err)
		}
		when[c.last.Seq] = time.Now()
		synced, _, err := s.Heartbeat("P01-1")
		if err != nil {
			t.Fatal(err)
		}
		from = max(from, synced+1)
		if at, ok := when[from]; ok {
			oldest = max(oldest, time.Since(at))
		}
	}
	t.Logf("the longest wait for the disk was %v", oldest.Round(time.Millisecond))
	if oldest > 3*time.Second || from < 3 {
		t.Errorf("a record waited %v for the disk, up to %d are there", oldest, from-1)
	}
}

func MustRead(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
