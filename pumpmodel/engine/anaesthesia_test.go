package engine_test

import (
	"slices"
	"strings"
	"testing"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/designtest"
	"pumplab/pumpmodel/engine"
)

// mustTheatre is the keypad wizard with F2 for anaesthesia mode where drugs are chosen.
func mustTheatre(t *testing.T) pumpmodel.Machine {
	t.Helper()
	return varied(t, "keypad-wizard", "standby: F1}", "standby: F1, anaesthesia: F2}", "always")
}

func TestInAnaesthesiaModeHardLimitsAskAndAreSaid(t *testing.T) {
	m := mustTheatre(t)
	s, _ := press(m, m.Start(), "enter", "enter", "F2")
	if d := m.Show(s); !slices.Contains(d.Marks, "ANAESTHESIA MODE") {
		t.Fatalf("the mode is not said:\n%s", d)
	}
	s, _ = press(m, s, toDose["keypad-wizard"][2:]...)
	s, out := press(m, s, "6", "0", "enter") // DOPamine, hard limit 50
	d := m.Show(s)
	if d.Alert == nil || d.Alert.Kind != "soft" || !strings.Contains(d.Alert.Title, "HARD LIMIT") || !has(out, pumpmodel.AlertRaised) {
		t.Fatalf("\n%s", d)
	}
	s, out = does(t, m, s, "override")
	for _, o := range out {
		if o.Kind == pumpmodel.AlertAnswered && (o.Limit.Kind != "upperHard" || !o.Limit.Soft || o.Limit.Hard()) {
			t.Errorf("%+v", o.Limit)
		}
	}
	s, _ = press(m, s, digits("100")...)
	s, out = does(t, m, s, "start")
	if d := m.Show(s); !has(out, pumpmodel.InfusionStarted) || !slices.Contains(d.Marks, "BEYOND HARD LIMIT") || !slices.Contains(d.Marks, "ANAESTHESIA MODE") {
		t.Errorf("\n%s", d)
	}
	s, _ = does(t, m, s, "pause", "stop", "confirm")
	s, _ = press(m, s, "dn", "enter", "enter") // the same patient, the area again
	if d := m.Show(s); slices.Contains(d.Marks, "ANAESTHESIA MODE") {
		t.Errorf("the mode outlasts the area:\n%s", d)
	}
	s, _ = press(m, s, toDose["keypad-wizard"][2:]...)
	if d := m.Show(s); d.Screen == "dose" {
		s, _ = press(m, s, "6", "0", "enter")
	}
	if d := m.Show(s); d.Alert == nil || d.Alert.Kind != "hard" {
		t.Errorf("after the mode a hard limit can be passed:\n%s", d)
	}
}

func TestAnaesthesiaModeKeepsTheLaws(t *testing.T) {
	lib, d := mustLibrary(t), mustDesign(t, "keypad-wizard")
	relaxed := 0
	designtest.Laws(t, mustTheatre(t), designtest.Options{Seed: 9, Walks: 60, Length: 600, Limits: func(p pumpmodel.Programme) []pumpmodel.Output {
		out := engine.Passed(lib, d.Pump, p)
		for _, o := range out {
			if o.Limit.Soft {
				relaxed++
			}
		}
		return out
	}})
	if relaxed == 0 {
		t.Error("no walk ran beyond a limit in anaesthesia mode")
	}
}
