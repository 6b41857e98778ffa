package screens_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pumplab/studies"
)

func TestAPumpThatDoesNotFitAtTrueSizeIsSaidOnce(t *testing.T) {
	f := mustSession(t, taskStep(), studies.Step{Kind: studies.StepEnd})
	said := func() (notes []string) {
		for range 8 {
			f.clock.now += 200 * time.Millisecond
			f.screen.Tick()
		}
		for _, e := range f.journal.events(t) {
			if e.Kind == studies.Note && e.Item == "true-size" {
				notes = append(notes, e.Value)
			}
		}
		return notes
	}
	if got := said(); len(got) != 0 {
		t.Fatalf("a pump that fits is complained about: %q", got)
	}
	f.window.Resize(fyne.NewSize(800, 600))
	got := said()
	if len(got) != 1 || !strings.Contains(got[0], "keypad is drawn at ") || !strings.Contains(got[0], " %") {
		t.Fatalf("a pump too large for its screen: %q, want one note with its share", got)
	}
	f.window.Resize(fyne.NewSize(1280, 1024))
	if got := said(); len(got) != 2 || !strings.HasPrefix(got[1], "At true size again") {
		t.Errorf("a screen that is large enough again: %q", got)
	}
}
