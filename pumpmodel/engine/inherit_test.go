package engine_test

import (
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
)

// keypad-wizard says no-naked-decimal for all fields; the dose has a minimum and decimals of its own.
func TestAFieldHasWhatAllHasUnlessItSaysOtherwise(t *testing.T) {
	m := mustMachine(t, "keypad-wizard")
	s, out := wizardAt(m, ".")
	f, _ := m.Show(s).ActiveField()
	if out[0].Answer != pumpmodel.Blocked || f.Error == "" {
		t.Errorf(". began a number: %+v", out[0])
	}
	m = varied(t, "keypad-wizard", "dose: {minimum: 0.0001", "dose: {options: [], minimum: 0.0001", "always")
	if _, out = wizardAt(m, ".", "5"); out[0].Answer != pumpmodel.Accepted {
		t.Errorf("options: [] does not take the option back: %+v", out[0])
	}
}

func TestTheFirstRepeatComesAfterItsOwnDelay(t *testing.T) {
	m := varied(t, "chevron-form", "key: PageUp, repeat: 250 ms then 250 ms", "key: PageUp, repeat: 500 ms then 100 ms", "always")
	s, _ := press(m, m.Start(), toDose["chevron-form"]...)
	s, _ = m.Step(s, pumpmodel.Press("UP"))
	for _, x := range []struct {
		after time.Duration
		want  string
	}{{0, "1"}, {499 * time.Millisecond, "1"}, {500 * time.Millisecond, "2"}, {600 * time.Millisecond, "3"}, {700 * time.Millisecond, "4"}} {
		late, _ := pumpmodel.Advance(m, s, x.after)
		if f, _ := m.Show(late).ActiveField(); !strings.HasPrefix(f.Text, x.want) {
			t.Errorf("after %v the field shows %s, want %s", x.after, f.Text, x.want)
		}
	}
}
