package screens_test

import (
	"encoding/json"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pumplab/studies"
)

// paced is a window whose pictures come when the test says.
type paced struct {
	waiting []func(at time.Duration)
}

func (p *paced) Onset(shown func(at time.Duration)) { p.waiting = append(p.waiting, shown) }
func (p *paced) Refresh() time.Duration             { return 10 * time.Millisecond }

// frame is a picture at a time.
func (p *paced) frame(at time.Duration) {
	for _, shown := range p.waiting {
		shown(at)
	}
	p.waiting = nil
}

// When a change was first seen is a fact of the session: of each record that changed the picture, of none that did not, once a second.
func TestTheFrameThatFirstShowedAChangeIsJournalled(t *testing.T) {
	f := mustSession(t, studies.Step{Kind: studies.StepTask, Task: "t", Design: "keypad"})
	window := &paced{}
	f.desk.Frames = window
	f.press(fyne.Key5)
	pressed := f.journal.records[1]          // the press of 5: its release comes after it and changes nothing that is seen
	seen := pressed.At + 25*time.Millisecond // in the third refresh after it
	window.frame(seen)
	f.press(fyne.KeyF3) // bound to nothing
	if len(window.waiting) > 0 {
		t.Error("a key that changes nothing waits for a picture")
	}
	f.clock.now = 2 * time.Second
	f.screen.Tick()
	f.clock.now = 4 * time.Second
	f.screen.Tick()
	var got []studies.ShownFrames
	for _, e := range f.journal.events(t) {
		if e.Kind != studies.Shown {
			continue
		}
		var s studies.ShownFrames
		if err := json.Unmarshal([]byte(e.Value), &s); err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	want := studies.Frame{Seq: pressed.Seq, Of: pressed.At, At: seen}
	if len(got) != 1 || len(got[0].Frames) != 1 || got[0].Frames[0] != want || got[0].Dropped != 2 {
		t.Errorf("journalled %+v, want %+v with 2 frames dropped, once", got, want)
	}
}
