package sqlite_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/sqlite"
)

// BenchmarkCommit is the time of one commit on the path of the window while the heartbeat runs beside it: a key every 5 ms, which is
// faster than anybody types, and a task's end with every 200th. The goal is a p99 below 0.5 ms.
func BenchmarkCommit(b *testing.B) {
	for name, keep := range map[string]bool{"heartbeat": true, "alone": false} {
		b.Run(name, func(b *testing.B) {
			s := MustOpen(b, filepath.Join(b.TempDir(), sqlite.FileName))
			if keep {
				if err := s.Keep(); err != nil {
					b.Fatal(err)
				}
			}
			j, _ := s.Journal("P01-1")
			var c chain
			if err := j.Append(c.next(0, head("P01-1", nil), studies.Output{Kind: studies.StepBegan, Step: 1})); err != nil {
				b.Fatal(err)
			}
			var took []time.Duration
			for n := 0; b.Loop(); n++ {
				at := time.Duration(n) * time.Millisecond
				e, o := key("7", "0", "7", at)
				outs := []studies.Output{o}
				if n%200 == 199 {
					outs = append(outs, studies.Output{Kind: studies.StepEnded, At: at, Step: 1}, studies.Output{Kind: studies.StepBegan, At: at, Step: 1})
				}
				r := c.next(at, e, outs...)
				began := time.Now()
				if err := j.Append(r); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
				time.Sleep(5 * time.Millisecond)
			}
			slices.Sort(took)
			us := func(p float64) float64 { return float64(took[int(p*float64(len(took)-1))].Microseconds()) }
			b.ReportMetric(us(0.5), "median-µs")
			b.ReportMetric(us(0.95), "p95-µs")
			b.ReportMetric(us(0.99), "p99-µs")
			b.ReportMetric(us(1), "max-µs")
		})
	}
}
