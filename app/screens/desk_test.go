package screens_test

import (
	"testing"
	"time"

	"pumplab/app/capture"
	"pumplab/app/screens"
	"pumplab/pumpmodel/design"
	"pumplab/studies"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// clockFacts are the journal's anchors and clock facts, each as "kind item value".
func (f *fixture) clockFacts(t *testing.T) (out []string) {
	t.Helper()
	for _, e := range f.journal.events(t) {
		if e.Kind == studies.Anchor || e.Kind == studies.Clock {
			out = append(out, string(e.Kind)+" "+e.Item+" "+e.Value)
		}
	}
	return out
}

func TestTheSessionIsAnchoredEveryMinute(t *testing.T) {
	f := mustSession(t, taskStep())
	f.desk.Anchor()
	for range 4 * 130 {
		f.clock.now += 250 * time.Millisecond
		f.desk.Tick()
	}
	got := f.clockFacts(t)
	want := []string{"anchor  2026-01-01T00:00:00Z", "anchor  2026-01-01T00:01:00Z", "anchor  2026-01-01T00:02:00Z"}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v, want %v", got[i], want[i])
		}
	}
}

func TestASleepingComputerIsAFactOfTheSessionAndOnTheConsole(t *testing.T) {
	f := mustSession(t, taskStep(), taskStep())
	c := screens.NewConsole(f.desk, map[string]*design.Design{"keypad": keypadDesign()}, studies.Plan{Participant: "P01", Steps: []studies.Step{taskStep(), taskStep()}})
	w := test.NewTempWindow(t, c.Object())
	f.clock.now += 3 * time.Second
	f.clock.changes = []capture.Change{{Kind: capture.Slept, By: 12345 * time.Millisecond}}
	f.desk.Tick()
	if got := f.clockFacts(t); len(got) != 2 || got[0] != "clock slept 12.345s" || got[1] != "anchor  2026-01-01T00:00:03Z" {
		t.Fatalf("journal: %v, want the sleep and at once an anchor", got)
	}
	c.Tick()
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1180, 720))
	writePicture(t, w, "c-clock")
	const line = "At 0:00:03 the computer slept for 12.345s, and the session's time stood still."
	if !textsOf(w)[line] {
		t.Errorf("the console does not say it: %v", textsOf(w))
	}
	f.desk.Say(studies.Event{Kind: studies.Skip})
	f.clock.now += time.Second
	c.Tick()
	if textsOf(w)[line] {
		t.Error("the console still says it in the next step")
	}
}

// hours is the program's clock, an hour older than the session.
type hours struct{}

func (hours) Of(at time.Duration) time.Duration { return at - time.Hour }

func TestMotionIsAFactOfTheSessionUntilItEnds(t *testing.T) {
	f := mustSession(t, taskStep(), studies.Step{Kind: studies.StepEnd, Text: "Thank you"})
	move := func(at time.Duration) {
		f.clock.now = at
		f.desk.Moved(hours{}, capture.Motion{First: time.Hour + at - 12*time.Millisecond, Last: time.Hour + at, Events: 3, X: 12.34, Y: 5, Kind: capture.Raw})
	}
	move(2 * time.Second)
	f.desk.Say(studies.Event{Kind: studies.Done})
	move(3 * time.Second)
	events := f.journal.events(t)
	want := studies.Event{Kind: studies.Pointer, Stamp: capture.Raw, Value: "x=12.3 y=5.0 n=3", First: 1988 * time.Millisecond}
	if len(events) != 2 || events[0] != want || f.journal.records[1].At != 2*time.Second {
		t.Errorf("%+v, want %+v and the end", events, want)
	}
}
