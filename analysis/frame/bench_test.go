//go:build unix

package frame_test

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"pumplab/analysis/frame"
)

// writeEvents writes n events in the columns of event_v1: 2,000 a session, 50 a task.
func writeEvents(b *testing.B, path string, n int) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString("session,participant,seq,at_ns,utc,task,kind,control,code,phase,value_before,value_after,answer,stamp\n")
	answers := []string{"accepted", "accepted", "accepted", "ignored", "blocked", "clipped"}
	x, at := uint64(1), int64(0)
	for i := range int64(n) {
		x = x*6364136223846793005 + 1442695040888963407
		r := int64(x >> 34)
		if i%2000 == 0 {
			at = 0
		}
		at += r%900_000_000 + 50_000_000
		row := strconv.AppendInt(append(w.AvailableBuffer(), 's'), i/2000, 10)
		row = strconv.AppendInt(append(row, ",P"...), i/2000, 10)
		row = strconv.AppendInt(append(row, ','), i%2000, 10)
		row = strconv.AppendInt(append(row, ','), at, 10)
		row = strconv.AppendInt(append(row, ",2026-11-22T10:00:00Z,task-"...), i%2000/50, 10)
		row = strconv.AppendInt(append(row, ",key,"...), r%10, 10)
		row = strconv.AppendInt(append(row, ",Digit"...), r%10, 10)
		row = append(append(row, ",down,12.5,12.6,"...), answers[r%6]...)
		w.Write(append(row, ",hook\n"...))
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkTenMillionEvents gathers a table of 10,000,000 events (0.95 GB) into its 200,000 tasks: seconds, processor seconds, the most
// memory the process ever held, and how fast the same file is only read, which is the limit.
func BenchmarkTenMillionEvents(b *testing.B) {
	path := filepath.Join(b.TempDir(), "event_v1.csv")
	writeEvents(b, path, 10_000_000)
	var g frame.Grouping
	g.By = []string{"session", "participant", "task"}
	g.Measures = []frame.Measure{
		{Name: "events", How: frame.Rows},
		{Name: "presses", How: frame.Equal, Column: "phase", Value: "down"},
		{Name: "ignored", How: frame.Equal, Column: "answer", Value: "ignored"},
		{Name: "blocked", How: frame.Equal, Column: "answer", Value: "blocked"},
		{Name: "from", How: frame.Least, Column: "at_ns"},
		{Name: "to", How: frame.Most, Column: "at_ns"},
	}
	g.Workers = func(n int, f func(int)) {
		var wait sync.WaitGroup
		cores := min(n, runtime.GOMAXPROCS(0))
		for c := range cores {
			wait.Go(func() {
				for i := c; i < n; i += cores {
					f(i)
				}
			})
		}
		wait.Wait()
	}
	for b.Loop() {
		idle, began := spent(), time.Now()
		data := make([]byte, 1<<20)
		raw, err := os.Open(path)
		for n := 1; err == nil && n > 0; {
			n, _ = raw.Read(data)
		}
		raw.Close()
		read, readCPU := time.Since(began), spent()-idle
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		idle, began = spent(), time.Now()
		out, err := frame.Group(f, "event_v1.csv", g)
		f.Close()
		if err != nil || out.N != 200_000 || out.Read != 10_000_000 {
			b.Fatal(out, err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s")
		b.ReportMetric((spent() - idle).Seconds(), "cpu-s")
		b.ReportMetric(read.Seconds(), "s-reading-only")
		b.ReportMetric(readCPU.Seconds(), "cpu-s-reading-only")
		var u syscall.Rusage
		if syscall.Getrusage(syscall.RUSAGE_SELF, &u) == nil {
			b.ReportMetric(float64(u.Maxrss)/1024, "MB-most")
		}
	}
}

// spent is the processor time of this process.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
