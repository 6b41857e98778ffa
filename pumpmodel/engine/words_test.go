package engine_test

import (
	"strings"
	"testing"

	"pumplab/pumpmodel"
)

// at is where the presses that lead a design to its first number end.
func at(t *testing.T, name string, keys ...string) (pumpmodel.Machine, pumpmodel.State) {
	t.Helper()
	m := mustMachine(t, name)
	s, _ := press(m, m.Start(), append(append([]string{}, toDose[name]...), keys...)...)
	return m, s
}

func TestATurnIsAnsweredOnceWithTheNumberBeforeAndAfter(t *testing.T) {
	m, s := at(t, "dial-touch")
	s, out := m.Step(s, pumpmodel.Event{Kind: pumpmodel.Turn, Control: "dial", N: 2})
	if len(out) != 1 || out[0].Control != "dial" || out[0].Before != "" || out[0].After != "2" {
		t.Errorf("two detents: %+v", out)
	}
	if s, out = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Turn, Control: "dial", N: -1}); out[0].After != "1" {
		t.Errorf("one back: %+v", out)
	}
	for _, e := range []pumpmodel.Event{{Kind: pumpmodel.Turn, Control: "dial"}, {Kind: pumpmodel.Turn, Control: "start", N: 1}} {
		if same, out := m.Step(s, e); same != s || out[0].Answer != pumpmodel.Ignored {
			t.Errorf("%+v was not ignored: %+v", e, out)
		}
	}
}

func TestASearchLeavesWhatBeginsSoAndRefusesWhatLeavesNothing(t *testing.T) {
	m := mustMachine(t, "touch-tablet")
	s, _ := press(m, m.Start(), "row 1", "row 1", "D", "O")
	d := m.Show(s)
	if len(d.Items) != 2 || d.Items[0].Label != "DOBUTamine" || d.Items[1].Label != "DOPamine" {
		t.Errorf("do leaves %v", d.Items)
	}
	if same, out := m.Step(s, pumpmodel.Press("X")); out[0].Answer != pumpmodel.Blocked || len(m.Show(same).Items) != 2 {
		t.Errorf("dox: %+v", out[0])
	}
}

// A telephone's digits stand for their letters: 3 6 7 is DOP.
func TestDigitsSearchWithTheirLetters(t *testing.T) {
	m := varied(t, "keypad-wizard", "choose: drugs, as: letters", "choose: drugs, as: search", "always")
	s, _ := press(m, m.Start(), "enter", "enter", "3", "6", "7")
	if d := m.Show(s); len(d.Items) != 1 || d.Items[0].Label != "DOPamine" {
		t.Errorf("367 leaves %v", d.Items)
	}
	if s, _ = press(m, s, "backspace", "clear"); m.Show(s).More == "" {
		t.Errorf("clear does not bring the list back:\n%s", m.Show(s))
	}
}

// The reason that was typed is in the record.
func TestAReasonIsTypedBeforeAnOverrideCounts(t *testing.T) {
	text := strings.ReplaceAll(mustSource(t, "touch-tablet"), ", on: [drug]", "")
	text = strings.Replace(text, "reasons: [Ordered so, Patient tolerates it, Limit does not fit]", "reason: typed", 1)
	if _, err := load(text); err == nil || !strings.Contains(err.Error(), "lies over control") {
		t.Fatalf("letters over the number pad: %v", err)
	}
	m := varied(t, "touch-tablet", ", delay: 2 s, reasons: [Ordered so, Patient tolerates it, Limit does not fit]", ", reason: typed", "always")
	s, _ := press(m, m.Start(), append(append([]string{}, toDose["touch-tablet"]...), "8", "2", "enter", "2", "2", "enter", "override")...)
	if d := m.Show(s); d.Alert == nil || d.Does("override") != "" {
		t.Fatalf("it can be overridden without a reason:\n%s", m.Show(s))
	}
}

func TestWhatLeavingDropsIsToldUnlessTheDesignIsFlawed(t *testing.T) {
	for design, want := range map[string]bool{"chevron-form": true, "form-silent-discard": false} {
		text := "leaving: discards"
		if design == "chevron-form" {
			text = "leaving: confirms"
		}
		m := varied(t, design, text, "leaving: discards", "always")
		s, _ := press(m, m.Start(), append(append([]string{}, toDose[design]...), "UP", "next")...)
		if got := strings.Contains(m.Show(s).String(), "WEIGHT was not confirmed"); got != want {
			t.Errorf("%s: told %v, want %v\n%s", design, got, want, m.Show(s))
		}
	}
}

func TestAFlawIsDeclaredAndTrue(t *testing.T) {
	text := mustSource(t, "keypad-wizard")
	for old, want := range map[string]string{
		"\nidle:": "the design declares alert-by-habit, but its file does not make it so",
	} {
		if _, err := load(strings.Replace(text, old, "\nflaws: [alert-by-habit]"+old, 1)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := load(text + "sounds: {alert: no}\n"); err == nil || !strings.Contains(err.Error(), "must be declared") {
		t.Errorf("got %v", err)
	}
	for name, want := range map[string]int{"keypad-silent-decimals": 2, "form-silent-discard": 2, "touch-tablet": 0} {
		if got := mustMachine(t, name).Info().Flaws; len(got) != want {
			t.Errorf("%s: flaws %v", name, got)
		}
	}
}
