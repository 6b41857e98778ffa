package engine_test

import (
	"testing"

	"pumplab/pumpmodel"
)

// DOPamine starts at 3 mcg/kg/min in the demo library: with start: library the page opens with it, and it counts when it is confirmed.
func TestAFieldCanOpenWithTheLibrarysStartValue(t *testing.T) {
	m := varied(t, "keypad-wizard", "dose: {minimum: 0.0001,", "dose: {start: library, minimum: 0.0001,", "always")
	s, _ := press(m, m.Start(), toDose["keypad-wizard"]...)
	if d := m.Show(s); text(t, d, "dose") != "3" {
		t.Fatalf("\n%s", d)
	}
	confirmed, out := press(m, s, "enter")
	if !has(out, pumpmodel.FieldConfirmed) || m.Show(confirmed).Screen != "vtbi" {
		t.Errorf("the start value cannot be confirmed:\n%s", m.Show(confirmed))
	}
	typed, _ := press(m, s, "5")
	if d := m.Show(typed); text(t, d, "dose") != "5" {
		t.Errorf("typing does not replace it:\n%s", d)
	}
	plain := mustMachine(t, "keypad-wizard")
	s, _ = press(plain, plain.Start(), toDose["keypad-wizard"]...)
	if d := plain.Show(s); text(t, d, "dose") != "" {
		t.Errorf("without it the field is not empty:\n%s", d)
	}
}
