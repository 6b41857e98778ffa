//go:build linux && !headless

package main_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/jezek/xgb/xproto"

	"pumplab/app/capture"
	"pumplab/pumpmodel"
	"pumplab/studies/journal"
)

// beat is one injected event and what became of it. Times are CLOCK_MONOTONIC.
type beat struct {
	code  string // key name, button1
	down  bool
	sent  time.Duration // before the request
	took  time.Duration // until the server had answered
	stamp time.Duration
	kind  string
}

// monotonicNow is CLOCK_MONOTONIC, the clock of this process, of the program and of the floor; of a Windows program that
// PUMPLAB_PROGRAM names it is CLOCK_MONOTONIC_RAW, which Wine takes for the performance counter.
func monotonicNow() time.Duration {
	clock := uintptr(1)
	if os.Getenv("PUMPLAB_PROGRAM") != "" {
		clock = 4
	}
	var t syscall.Timespec
	_, _, _ = syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clock, uintptr(unsafe.Pointer(&t)), 0)
	return time.Duration(t.Nano())
}

// beats injects n presses at random gaps of 20 to 200 ms, held for 12 to 90 ms, each of them by press, which injects one half.
func beats(n int, random *rand.Rand, codes []string, press func(code string, down bool)) []beat {
	var out []beat
	for range n {
		code := codes[random.IntN(len(codes))]
		for _, down := range []bool{true, false} {
			sent := monotonicNow()
			press(code, down)
			out = append(out, beat{code: code, down: down, sent: sent, took: monotonicNow() - sent})
			wait := 20 + random.IntN(180)
			if down {
				wait = 12 + random.IntN(78)
			}
			time.Sleep(time.Duration(wait) * time.Millisecond)
		}
	}
	return out
}

// press injects one half of a key's or the left button's press.
func (s *screen) press(code string, down bool) {
	if code == "button1" {
		s.fake(kind(down, xproto.ButtonPress, xproto.ButtonRelease), 1)
		return
	}
	s.key(code, down)
}

// errorsOf are a run's errors: of the stamps, of the intervals from press to press, of the holds. Events whose injection took over
// 1 ms are left out: nobody knows when in it they happened.
func errorsOf(run []beat) (stamp, interval, hold []time.Duration) {
	sure := func(b beat) bool { return b.took < time.Millisecond }
	apart := func(a, b beat) time.Duration { return (b.stamp - a.stamp) - (b.sent - a.sent) }
	var last beat
	for i, b := range run {
		if sure(b) {
			stamp = append(stamp, b.stamp-b.sent)
		}
		switch {
		case !b.down && sure(b) && sure(run[i-1]):
			hold = append(hold, apart(run[i-1], b))
		case b.down && last.sent > 0 && sure(b) && sure(last):
			interval = append(interval, apart(last, b))
		}
		if b.down {
			last = b
		}
	}
	return stamp, interval, hold
}

func absolute(in []time.Duration) []time.Duration {
	out := make([]time.Duration, len(in))
	for i, d := range in {
		out[i] = d.Abs()
	}
	return out
}

// row prints one line of the table; percentiles of signed errors are those of their size.
func row(t *testing.T, what string, sample []time.Duration) {
	s, a := capture.SpreadOf(sample), capture.SpreadOf(absolute(sample))
	if s == nil {
		t.Logf("%-34s nothing: the display took over 1 ms for each injection", what)
		return
	}
	t.Logf("%-34s n %4d  median %6.3f  SD %6.3f  p95 %6.3f  p99 %6.3f ms", what, s.N, s.Median, s.SD, a.P95, a.P99)
}

// metronomeStudy is a study of the shipped three pumps without intake, questions or interruptions.
func metronomeStudy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "study")
	mustRun(t, "study", "new", dir, "--template", "short")
	path := filepath.Join(dir, "study.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "  ask: {role: [nurse, physician, other]}\n", "", 1)
	if err := os.WriteFile(path, []byte(changed), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

// addLine adds a line to a file.
func addLine(t *testing.T, path, line string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, line+"\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
}

// toTask goes on to the first task and returns the keys of its pump that are digits or arrows.
func (l *lab) toTask() []string {
	l.t.Helper()
	for l.view().Pump == nil {
		l.tap("Return")
	}
	l.drawn(l.seq)
	var keys []string
	for _, c := range l.pumps[l.view().Step.Design].Info().Controls {
		if _, known := keysym(c.Key); known && c.Key != "Escape" && c.Key != "Return" {
			keys = append(keys, c.Key)
		}
	}
	if len(keys) < 4 {
		l.t.Fatalf("only the keys %v", keys)
	}
	return keys
}

// capOnScreen points at a key of the pump and reports where it is.
func (l *lab) capOnScreen() (x, y int) {
	l.t.Helper()
	name := l.view().Step.Design
	controls := l.pumps[name].Info().Controls
	i := slices.IndexFunc(controls, func(c pumpmodel.Control) bool { return c.Key == "Up" || c.Key == "5" })
	if i < 0 {
		l.t.Fatalf("%s has neither a digit nor an arrow", name)
	}
	l.point(name, controls[i].Name)
	at, err := xproto.QueryPointer(l.screen.conn, l.screen.root).Reply()
	if err != nil {
		l.t.Fatal(err)
	}
	return int(at.RootX), int(at.RootY)
}

// recorded fills in what the journal says of a run; it fails unless every half is there once, in order.
func (l *lab) recorded(run []beat, after int, zero time.Duration) {
	l.t.Helper()
	i := 0
	eventually(l.t, 10*time.Second, fmt.Sprintf("all %d events in the journal", len(run)), func() bool {
		for _, r := range l.records(after) {
			e, err := journal.DecodeEvent(r.Event)
			if err != nil {
				l.t.Fatal(err)
			}
			after = r.Seq
			if e.Code == "" {
				continue
			}
			down := e.Pump == nil || e.Pump.Kind == pumpmodel.Down
			if i == len(run) || keyName(e.Code) != keyName(run[i].code) || down != run[i].down {
				l.t.Fatalf("record %d is %s (down %v), which is not injected event %d", r.Seq, e.Code, down, i)
			}
			run[i].stamp, run[i].kind = zero+r.At, e.Stamp
			i++
		}
		return i == len(run)
	})
	l.catchUp()
}

// drum runs the metronome on a session: n presses of keys, then some clicks.
func (l *lab) drum(n, clicks int, keys []string, q capture.Quality) (typed, clicked []beat) {
	l.t.Helper()
	random := rand.New(rand.NewPCG(4, uint64(n)))
	l.raise("Pump Lab")
	x, y := l.capOnScreen()
	l.catchUp()
	from := l.seq
	typed = beats(n, random, keys, l.screen.press)
	l.recorded(typed, from, time.Duration(q.Monotonic))
	from = l.seq
	l.screen.point(x, y)
	clicked = beats(clicks, random, []string{"button1"}, l.screen.press)
	l.recorded(clicked, from, time.Duration(q.Monotonic))
	return typed, clicked
}

// TestMetronome: every press and click injected at random moments into a real session is in its journal with a time that is right
// to the millisecond. PUMPLAB_METRONOME=400 runs the table of `make bench`: 400 presses and 400 clicks, idle and animating, beside
// the floor.
func TestMetronome(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("PUMPLAB_METRONOME"))
	table := err == nil
	clicks := n
	if !table {
		n, clicks = 100, 40
	}
	var lines []line
	for _, mode := range []string{"idle", "animating"} {
		if mode == "animating" {
			if !table {
				return
			}
			t.Setenv("PUMPLAB_ANIMATE", "1")
		}
		t.Run(mode, func(t *testing.T) {
			s := mustScreen(t)
			dir, port := metronomeStudy(t), freePort(t)
			addLine(t, filepath.Join(dir, "study.yaml"), fmt.Sprintf("markers: {file: yes, port: %d}", port))
			l := mustSession(t, s, dir, "P01")
			q := l.check
			t.Logf("the session's own check: %s %v", q.Verdict, q.Notes)
			keys := l.toTask()
			typed, clicked := l.drum(n, clicks, keys, q)
			judge(t, "keys, "+mode, typed, q)
			judge(t, "clicks, "+mode, clicked, q)
			l.stroke(time.Duration(q.Monotonic))
			l.hears(fmt.Sprintf("127.0.0.1:%d", port), time.Duration(q.Monotonic))
			if !table {
				return
			}
			_ = l.cmd.Process.Kill()
			restless := ""
			if mode == "animating" {
				restless = "60" // frames a second
			}
			floorTyped, floorClicked := floor(t, s, n, restless)
			lines = append(lines, linesOf(mode, "keys", typed, floorTyped)...)
			lines = append(lines, linesOf(mode, "clicks", clicked, floorClicked)...)
		})
	}
	if table {
		printTable(t, lines)
	}
}

// judge prints a run and fails if its times are no better than the toolkit's grid.
func judge(t *testing.T, what string, run []beat, q capture.Quality) {
	t.Helper()
	kinds := map[string]int{}
	for _, b := range run {
		kinds[b.kind]++
	}
	stamp, interval, hold := errorsOf(run)
	row(t, what+": stamp", stamp)
	row(t, what+": interval", interval)
	row(t, what+": hold", hold)
	t.Logf("%-34s %v", what+": stamps", kinds)
	if kinds[capture.Raw]+kinds[capture.Hook] < len(run) {
		t.Errorf("%s: stamps %v, want raw or hook throughout", what, kinds)
	}
	if q.Way == capture.Raw && kinds[capture.Raw]*10 < len(run)*5 {
		t.Errorf("%s: stamps %v although raw events are heard", what, kinds)
	}
	if s := capture.SpreadOf(absolute(interval)); s != nil && s.Median > 2 {
		t.Errorf("%s: half of the intervals are wrong by more than %.2f ms", what, s.Median)
	}
}
