package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"pumplab/studies/sqlite"
)

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
