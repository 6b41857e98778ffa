//go:build linux && !headless

package main_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/studies"
)

func TestAKilledProgramHasJournalledWhatItShowedAndCarriesOn(t *testing.T) {
	s := mustScreen(t)
	dir := shortStudy(t)
	l := mustSession(t, s, dir, "P01")
	p := faultless()
	for l.view().Pump == nil || len(l.events) < 12 {
		l.step(p)
	}
	// One more key, awaited on the screen and not in the journal; then the kill.
	step := l.machine.Show(l.state).Index
	before := s.settled()
	key := l.anyKey()
	s.key(key, true)
	eventually(t, 10*time.Second, "a change on the screen", func() bool { return !bytes.Equal(before.Pix, s.shot().Pix) })
	if err := l.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = l.cmd.Wait()
	s.key(key, false)
	n := len(l.events)
	l.catchUp()
	inputs := slices.DeleteFunc(slices.Clone(l.events[n:]), func(e studies.Event) bool { return e.Code == "" }) // frames and anchors come by themselves
	if len(inputs) != 1 || keyName(inputs[0].Code) != keyName(key) {
		t.Fatalf("the screen had shown key %s; the journal has %d new inputs: %s", key, len(inputs), l.tail())
	}
	mustRun(t, "verify", dir)

	// Opened again, the session is where it was, the interrupted task is over, and it can be ended properly.
	again := mustSession(t, s, dir, "P01")
	again.catchUp()
	v := again.view()
	if !v.Held || v.Index != step+1 {
		t.Errorf("after reopening: held %v at step %d, want held at step %d", v.Held, v.Index, step+1)
	}
	s.save("killed-and-reopened")
	again.focus("Pump Lab · console")
	again.screen.tap("F4") // go on
	again.await("go on", 1, func(e studies.Event) bool { return e.Kind == studies.Continue })
	again.focus("Pump Lab")
	again.events = nil
	q := faultless()
	for range 40 {
		again.step(q)
	}
	if out := mustRun(t, "verify", dir); !strings.Contains(out, "verified") {
		t.Errorf("verify: %s", out)
	}
}

// anyKey is a key that changes the pump's display now.
func (l *lab) anyKey() string {
	l.t.Helper()
	v := l.view()
	for _, c := range l.pumps[v.Step.Design].Info().Controls {
		press := pumpmodel.Press(c.Name)
		if next, _ := l.machine.Step(l.state, l.state.Now, studies.Event{Kind: studies.Pump, Pump: &press}); l.machine.Show(next).Pump.Digest() != v.Pump.Digest() {
			return c.Key
		}
	}
	l.t.Fatalf("no key changes the display:\n%s", v.Pump)
	return ""
}
