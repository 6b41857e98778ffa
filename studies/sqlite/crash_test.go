package sqlite_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/sqlite"
)

const victimPath = "PUMPLAB_STORE_VICTIM"

// TestMain turns the test program into a writer that never stops when it is told a path.
func TestMain(m *testing.M) {
	if path := os.Getenv(victimPath); path != "" {
		write(path)
	}
	if dir := os.Getenv("PUMPLAB_POWER_VICTIM"); dir != "" {
		powerLoss(dir)
	}
	os.Exit(m.Run())
}

func write(path string) {
	s, err := sqlite.Open(path)
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(3)
	}
	j, err := s.Journal("P01-1")
	var c chain
	if err == nil {
		err = j.Append(c.next(0, head("P01-1", nil), studies.Output{Kind: studies.StepBegan, Step: 1}))
	}
	for n := 1; err == nil; n++ {
		at := time.Duration(n) * time.Millisecond
		e, o := key("7", "0", "7", at)
		err = j.Append(c.next(at, e, o))
		fmt.Println(n + 1) // as the window shows it: after the commit
	}
	fmt.Println("error:", err)
	os.Exit(3)
}

func TestKilledProcessLosesNothingThatWasShown(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 8 {
		path := filepath.Join(t.TempDir(), sqlite.FileName)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), victimPath+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		kill := 1 + rng.IntN(800)
		shown := 0
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "error") {
				t.Fatal(lines.Text())
			}
			fmt.Sscan(lines.Text(), &shown)
			if shown == kill {
				cmd.Process.Kill()
			}
		}
		cmd.Wait()
		s := MustOpen(t, path)
		got, err := s.Load("P01-1")
		if err != nil {
			t.Fatal(err)
		}
		if len(got) < shown || shown < kill {
			t.Fatalf("%d records were shown, %d are in the journal", shown, len(got))
		}
		if wrong := s.Check(); len(wrong) > 0 {
			t.Fatal(wrong)
		}
		j, err := s.Journal("P01-1") // the session goes on where it was
		if err != nil {
			t.Fatal(err)
		}
		c := chain{got[len(got)-1]}
		if err := j.Append(c.next(c.last.At, studies.Event{Kind: studies.Resume})); err != nil {
			t.Fatal(err)
		}
		s.Close()
	}
}

func BenchmarkAppend(b *testing.B) {
	s := MustOpen(b, filepath.Join(b.TempDir(), sqlite.FileName))
	j, _ := s.Journal("P01-1")
	var c chain
	if err := j.Append(c.next(0, head("P01-1", nil), studies.Output{Kind: studies.StepBegan, Step: 1})); err != nil {
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		at := time.Duration(n) * time.Millisecond
		e, o := key("7", "0", "7", at)
		if err := j.Append(c.next(at, e, o)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
}

// powerLoss runs a session on the file layer and ends the process; nil where there is no such layer.
var powerLoss func(dir string)
