package screens_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pumplab/app/screens"
	"pumplab/pumpmodel"
)

// toldTrial is a trial that keeps what it is told.
type toldTrial struct {
	view screens.TrialView
	told []pumpmodel.Event
}

func (t *toldTrial) Follow() bool                            { return true }
func (t *toldTrial) Restart(time.Duration)                   {}
func (t *toldTrial) Tell(_ time.Duration, e pumpmodel.Event) { t.told = append(t.told, e) }
func (t *toldTrial) Pass(time.Duration) bool                 { return false }
func (t *toldTrial) View() screens.TrialView                 { return t.view }

func TestATriedDesignAppearsWhenItsFileCanBeReadAndThenTakesKeys(t *testing.T) {
	trial := &toldTrial{view: screens.TrialView{Problems: []string{"design.yaml:1:1: a problem"}}}
	s := screens.NewTryOut(screens.TrialParts{Trial: trial, Clock: &handClock{}, Millis: 3, Source: "Followed: here", Free: func() {}})
	s.KeyDown(fyne.KeyReturn, (&handClock{}).Stamp())
	if len(trial.told) != 0 {
		t.Fatal("a key was told to a pump that is not there")
	}
	trial.view = screens.TrialView{Design: keypadDesign(), Display: dosePump().Show(dosePump().Start())}
	s.Tick()
	s.KeyDown(fyne.KeyReturn, (&handClock{}).Stamp())
	s.KeyUp(fyne.KeyReturn, (&handClock{}).Stamp())
	if len(trial.told) != 2 || trial.told[0] != pumpmodel.Press("enter") || trial.told[1] != pumpmodel.Release("enter") {
		t.Errorf("told %v", trial.told)
	}
}
