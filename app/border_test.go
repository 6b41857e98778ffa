//go:build linux && !headless

package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
)

// inputsOf are the inputs journalled after a record, each with its step and what it did: "pump down 5".
func (l *lab) inputsOf(after int) (out []string) {
	l.t.Helper()
	for _, r := range l.records(after) {
		e, err := journal.DecodeEvent(r.Event)
		if err != nil {
			l.t.Fatal(err)
		}
		switch {
		case e.Pump != nil:
			out = append(out, string(e.Kind)+" "+string(e.Pump.Kind)+" "+e.Code)
		case e.Code != "":
			out = append(out, string(e.Kind)+" "+e.Code)
		}
	}
	return out
}

// A key or a mouse button that is down when a task ends belongs to the task in which it went down: its release is nothing to the next
// one, whose pump is as it was switched on, and where the same key can be pressed at once.
func TestWhatIsHeldOverATasksEndBelongsToTheTaskItWentDownIn(t *testing.T) {
	l := mustSession(t, mustScreen(t), metronomeStudy(t), "P01")
	// Before there is a field: a digit that is down while the first order comes.
	l.tap("Return")
	l.screen.press("7", true)
	l.await("a key of no use on a page of text", 1, func(e studies.Event) bool { return e.Kind == studies.Stray && e.Code == "7" })
	l.toTask()
	fresh := func(what string, from int, want ...string) {
		t.Helper()
		begun := l.view().Pump.Digest()
		want = append(want, "pump down 5", "pump up 5") // a key that comes after it
		l.half("5", pumpmodel.Down)
		if before := l.inputsOf(from); len(before) != len(want)-1 {
			t.Errorf("%s: %q in the journal, want %q", what, before, want)
		}
		l.half("5", pumpmodel.Up)
		if got := l.inputsOf(from); strings.Join(got, ", ") != strings.Join(want, ", ") {
			t.Errorf("%s: %q in the journal, want %q", what, got, want)
		}
		if start := l.startOf(); begun != start {
			t.Errorf("%s has changed the pump of the next task", what)
		}
	}
	from := l.seq
	l.screen.press("7", false)
	fresh("a key pressed before the task", from)

	// Held by a key over the border between two tasks.
	l.half("5", pumpmodel.Down)
	from = l.seq
	l.tap("F12")
	l.drawn(l.seq)
	l.screen.press("5", false)
	fresh("a key held over the border", from, "done F12")

	// Held by the mouse over the border to a page of text, and to the next task.
	x, y := l.capOnScreen()
	l.screen.point(x, y)
	l.half("button1", pumpmodel.Down)
	from = l.seq
	l.tap("F12")
	l.drawn(l.seq)
	l.screen.press("button1", false)
	l.tap("F5") // nothing on a page of questions
	if got := l.inputsOf(from); len(got) != 2 || got[0] != "done F12" || !strings.HasSuffix(got[1], " F5") {
		t.Errorf("a button held over the border: %q in the journal", got)
	}
}

// startOf is what the pump of the present task shows when it is switched on.
func (l *lab) startOf() string {
	m := l.pumps[l.view().Step.Design]
	return m.Show(m.Start()).Digest()
}

// wheelStudy is a study whose first pump has a dial.
func wheelStudy(t *testing.T) string {
	t.Helper()
	dir := metronomeStudy(t)
	path := filepath.Join(dir, "study.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(text), "keypad-wizard", "dial-touch")
	if changed == string(text) {
		t.Fatal("the short study has other designs now")
	}
	if err := os.WriteFile(path, []byte(changed), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "designs", "dial-touch"), os.DirFS("../assets/designs/dial-touch")); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "study", "check", dir)
	return dir
}

// Every notch of a mouse wheel over a dial is a fact with a time taken before the toolkit's, and with the device it came from.
func TestNotchesOfTheWheelAreStampedAndJournalled(t *testing.T) {
	l := mustSession(t, mustScreen(t), wheelStudy(t), "P01")
	for l.view().Pump == nil {
		l.tap("Return")
	}
	l.drawn(l.seq)
	l.raise("Pump Lab")
	dial := ""
	for _, k := range l.designs["dial-touch"].Face.Keys {
		if k.Kind == "dial" {
			dial = k.Name
		}
	}
	l.point("dial-touch", dial)
	const notches = 12
	from := l.seq
	var sent []time.Duration
	for i := range notches {
		button := byte(4 + i%2) // up, down: X11's buttons of the wheel
		sent = append(sent, monotonicNow())
		l.screen.fake(xproto.ButtonPress, button)
		l.screen.fake(xproto.ButtonRelease, button)
		time.Sleep(time.Duration(30+7*i) * time.Millisecond)
	}
	turned := 0
	l.await("every notch", notches, func(e studies.Event) bool { return e.Pump != nil && e.Pump.Kind == pumpmodel.Turn })
	for _, r := range l.records(from) {
		e, err := journal.DecodeEvent(r.Event)
		if err != nil {
			t.Fatal(err)
		}
		if e.Pump == nil || e.Pump.Kind != pumpmodel.Turn {
			continue
		}
		late := time.Duration(l.check.Monotonic) + r.At - sent[turned]
		if e.Pump.N != 1-2*(turned%2) && e.Pump.N != 2*(turned%2)-1 {
			t.Errorf("notch %d turns by %d", turned, e.Pump.N)
		}
		if e.Code != "wheel" || e.Pump.Control != dial || e.Stamp == "callback" || e.Stamp == "raw" && l.check.Devices[e.Device] == "" || late < 0 || late > 500*time.Millisecond {
			t.Errorf("notch %d is journalled as %+v, %v after its injection", turned, e, late)
		}
		turned++
	}
	if turned != notches {
		t.Errorf("%d of %d notches are in the journal", turned, notches)
	}
}
