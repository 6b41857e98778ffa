//go:build linux && !headless

package main_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// soakSpeed is how many times as fast as time the session of a soak goes.
const soakSpeed = 20

// soakStudy is a study of so many tasks on two pumps with digits, each with a question that interrupts.
func soakStudy(t *testing.T, tasks int) string {
	t.Helper()
	dir := shortStudy(t)
	path := filepath.Join(dir, "study.yaml")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(data), "\ntasks:\n")
	block, tail, found := strings.Cut(rest, "\nsequence:")
	if !ok || !found {
		t.Fatal("the short study has no tasks before its sequence")
	}
	lines := regexp.MustCompile(`(?m)^    order: .*$`).FindAllString(block, -1)
	var many strings.Builder
	for i := range tasks {
		fmt.Fprintf(&many, "  t%d:\n%s\n", i, lines[i%len(lines)])
	}
	head = strings.NewReplacer(", chevron-form, fivekey-menu", ", keypad-permissive").Replace(head)
	if err := os.WriteFile(path, []byte(head+"\ntasks:\n"+many.String()+"\nsequence:"+tail), 0o666); err != nil {
		t.Fatal(err)
	}
	pump := filepath.Join(dir, "designs", "keypad-permissive")
	if err := os.CopyFS(pump, os.DirFS("../assets/designs/keypad-permissive")); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "study", "check", dir)
	return dir
}

// load is what the program held at one moment.
type load struct{ goroutines, heap, resident float64 }

// loads are what a program in a soak has said that it holds, and what the system says.
func (l *lab) loads(held []load) []load {
	said := regexp.MustCompile(`holds goroutines (\d+) heap (\d+)`).FindAllSubmatch(l.said(), -1)
	for _, m := range said[min(len(held), len(said)):] {
		g, _ := strconv.ParseFloat(string(m[1]), 64)
		h, _ := strconv.ParseFloat(string(m[2]), 64)
		held = append(held, load{g, h, l.resident()})
	}
	return held
}

// said is what the program has printed on its standard error.
func (l *lab) said() []byte {
	data, err := os.ReadFile(l.log)
	if err != nil {
		l.t.Fatal(err)
	}
	return data
}

// resident is the program's memory, in bytes.
func (l *lab) resident() float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", l.cmd.Process.Pid))
	if err != nil {
		l.t.Fatal(err)
	}
	pages, err := strconv.ParseFloat(string(bytes.Fields(data)[1]), 64)
	if err != nil {
		l.t.Fatal(err)
	}
	return pages * float64(os.Getpagesize())
}

// middle is the median of one of a load's numbers.
func middle(held []load, of func(load) float64) float64 {
	var all []float64
	for _, x := range held {
		all = append(all, of(x))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// TestSoak: a session that goes on for hours loses no key and does not grow. PUMPLAB_SOAK=240 (make soak) runs so many simulated
// minutes at 20 times the speed; else it is a few.
func TestSoak(t *testing.T) {
	minutes, err := strconv.Atoi(os.Getenv("PUMPLAB_SOAK"))
	long := err == nil
	if !long {
		minutes = 4
	}
	until := time.Duration(minutes) * time.Minute
	dir := soakStudy(t, 6+minutes*2/3)
	t.Setenv("PUMPLAB_SPEED", strconv.Itoa(soakSpeed))
	l := mustSession(t, mustScreen(t), dir, "P01")
	l.speed = soakSpeed
	p := faultless()
	var held []load
	tasks := 0
	for l.state.Now < until && l.view().Ended == "" {
		before := l.state.Index
		l.step(p)
		if l.state.Index != before {
			tasks++
			held = l.loads(held)
			time.Sleep(2 * time.Second) // the person reads the order
		}
	}
	if l.state.Now < until {
		t.Fatalf("the session ended after %v of %v", l.state.Now, until)
	}
	held = l.loads(held)
	l.oneToOne()
	if len(held) < 4 {
		t.Fatalf("the program said only %d times what it holds", len(held))
	}
	quarter := len(held) / 4
	early, late := held[quarter:2*quarter], held[len(held)-quarter:]
	for _, x := range []struct {
		what    string
		of      func(load) float64
		grow    float64 // by which factor it may
		besides float64 // and by how much more
	}{
		{"goroutines", func(x load) float64 { return x.goroutines }, 1, 2},
		{"heap, MB", func(x load) float64 { return x.heap / 1e6 }, 1.10, 4},
		{"resident, MB", func(x load) float64 { return x.resident / 1e6 }, 1.10, 16},
	} {
		a, b := middle(early, x.of), middle(late, x.of)
		t.Logf("%-14s %8.1f in the second quarter, %8.1f in the last", x.what, a, b)
		if (long || x.what == "goroutines") && b > a*x.grow+x.besides { // the toolkit keeps what is not shown any more for a minute
			t.Errorf("%s grew from %.1f to %.1f", x.what, a, b)
		}
	}
	t.Logf("%v of session time, %d steps, %d presses and releases, %d records, none lost", l.state.Now.Round(time.Second), tasks, len(l.injected), l.seq)
}
