package screens_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"pumplab/app/screens"
	"pumplab/pumpmodel/design"
	"pumplab/studies"
	"pumplab/studies/session"
)

// heard is a film of the moments that a desk's watcher heard.
type heard struct {
	plan    studies.Plan
	moments []screens.Moment
}

func (h *heard) Plan() studies.Plan { return h.plan }
func (h *heard) Designs() map[string]*design.Design {
	return map[string]*design.Design{"keypad": keypadDesign()}
}
func (h *heard) Count() int                          { return len(h.moments) }
func (h *heard) Moment(i int) screens.Moment         { return h.moments[i] }
func (h *heard) At(i int) time.Duration              { return h.moments[i].View.At }
func (h *heard) Length() time.Duration               { return h.At(h.Count() - 1) }
func (h *heard) Outcome(int) (studies.Outcome, bool) { return studies.Undetected, true }

func (h *heard) Last(at time.Duration) int {
	last := 0
	for i := range h.moments {
		if h.At(i) <= at {
			last = i
		}
	}
	return last
}
func (h *heard) Look(at time.Duration) session.View { return h.moments[h.Last(at)].View }

func TestAReplayGoesByEventsByTasksAndPlays(t *testing.T) {
	second := taskStep()
	second.Position = 2
	f := mustSession(t, taskStep(), second, studies.Step{Kind: studies.StepEnd, Text: "Thank you\nDone."})
	film := &heard{plan: studies.Plan{Participant: "P01", Steps: []studies.Step{taskStep(), second, {Kind: studies.StepEnd}}}}
	f.desk.Watch(func(m screens.Moment) { film.moments = append(film.moments, m) })
	f.press("5", ".", "2", "F12", "7")
	clock := &handClock{}
	left := false
	r := screens.NewReplay(film, clock, func() { left = true })
	w := test.NewTempWindow(t, r.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1240, 800))
	shows := func(when string, wants ...string) {
		t.Helper()
		got := textsOf(w)
		for _, want := range wants {
			if !got[want] {
				t.Errorf("%s: the replay does not show %q", when, want)
			}
		}
	}
	shows("at first", "P01", "Step 1 of 3 · keypad · quiet · t", "Dose =  mcg/kg/min", "undetected")
	r.Key(fyne.KeyRight)
	r.Key(fyne.KeyRight)
	shows("after two events", "Dose = 5. mcg/kg/min")
	r.Key(fyne.KeyLeft)
	shows("one back", "Dose = 5 mcg/kg/min")
	r.Key(fyne.KeyPageDown)
	shows("the next task", "Step 2 of 3 · keypad · quiet · t", "Dose =  mcg/kg/min")
	r.Key(fyne.KeyHome)
	r.Key(fyne.KeySpace)
	clock.now += film.At(2) + 10*time.Millisecond
	r.Tick()
	shows("played a while", film.moments[film.Last(film.At(2)+10*time.Millisecond)].View.Pump.Fields[1].Label)
	r.Key(fyne.KeySpace)
	at := film.Look(0)
	clock.now += time.Hour
	r.Tick()
	if at.Index != 0 || textsOf(w)["Step 3 of 3 · end"] {
		t.Error("a paused replay went on")
	}
	r.Key(fyne.KeyEnd)
	shows("at the end", "Dose = 7 mcg/kg/min")
	writePicture(t, w, "replay")
	if r.Key(fyne.KeyEscape); !left {
		t.Error("Escape does not leave")
	}
}

func TestTheListOfSessionsHasAnEmptyState(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, screens.NewSessions(screens.SessionsParts{Study: "s"}).Object())
	w.Resize(fyne.NewSize(1240, 800))
	if !textsOf(w)["Nobody has taken part yet"] {
		t.Error("an empty list says nothing")
	}
	chosen := ""
	w.SetContent(screens.NewSessions(screens.SessionsParts{
		Study:  "s",
		Cards:  []screens.SessionCard{{ID: "P01-x", Participant: "P01", State: "complete"}, {ID: "P02-x", Participant: "P02", State: "not ended"}},
		Replay: func(id string) { chosen = id },
	}).Object())
	mustTap(t, w, "Replay this session")
	if chosen != "P01-x" {
		t.Errorf("replays %q, the first one is chosen", chosen)
	}
}
