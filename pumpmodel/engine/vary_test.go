package engine_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/designtest"
	"pumplab/pumpmodel/engine"
)

// varied is a built-in design with one thing in its file replaced, on the demo library with checking once or always in all areas.
func varied(t *testing.T, name, old, new, checking string) pumpmodel.Machine {
	t.Helper()
	text := strings.Replace(mustSource(t, name), old, new, 1)
	if text == mustSource(t, name) && old != new {
		t.Fatalf("%q is not in %s", old, name)
	}
	d, err := load(text)
	if err != nil {
		t.Fatal(err)
	}
	lib := mustLibrary(t)
	for i := range lib.Areas {
		lib.Areas[i].Checking = checking
	}
	m, err := engine.New(d, lib)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// wizardAt presses keypad-wizard's keys to the dose and then others.
func wizardAt(m pumpmodel.Machine, keys ...string) (pumpmodel.State, []pumpmodel.Output) {
	s, _ := press(m, m.Start(), toDose["keypad-wizard"]...)
	return press(m, s, keys...)
}

func raised(out []pumpmodel.Output) int {
	n := 0
	for _, o := range out {
		if o.Kind == pumpmodel.AlertRaised {
			n++
		}
	}
	return n
}

func TestADelayedAlertCannotBeAnsweredAtOnce(t *testing.T) {
	m := varied(t, "keypad-wizard", "override: F3, change: F1}", "override: F3, change: F1, delay: 2 s}", "always")
	s, _ := wizardAt(m, "2", "2", "enter", "F3", "F1")
	if d := m.Show(s); d.Alert == nil || len(d.Alert.Answers) > 0 {
		t.Fatalf("it could be answered:\n%s", d)
	}
	s, _ = pumpmodel.Advance(m, s, 2*time.Second)
	if s, _ = press(m, s, "F3"); m.Show(s).Alert != nil {
		t.Errorf("it cannot be answered after its delay:\n%s", m.Show(s))
	}
}

// ders.md, Checking: once alerts once for a given exceed, always at each programming.
func TestCheckingOnceAndAlways(t *testing.T) {
	for checking, want := range map[string]int{"once": 1, "always": 2} {
		m := varied(t, "keypad-wizard", "", "", checking)
		_, out := wizardAt(m, "2", "2", "enter", "F3", "F1", "2", "3", "enter", "F3")
		if got := raised(out); got != want {
			t.Errorf("checking %s: %d alerts for two doses beyond the soft limit, want %d", checking, got, want)
		}
	}
}

// ders.md, Checking: once for a given exceed. A number within the limits ends it; the next one beyond is another exceed.
func TestAnExceedEndsWithANumberWithinTheLimits(t *testing.T) {
	m := varied(t, "keypad-wizard", "", "", "once")
	_, out := wizardAt(m, "2", "2", "enter", "F3", "F1", "1", "5", "enter", "F1", "2", "3", "enter", "F3")
	if got := raised(out); got != 2 {
		t.Errorf("%d alerts for 22, 15 and 23 mcg/kg/min, want 2", got)
	}
}

// 20 mcg/kg/min is DOPamine's upper soft limit in the demo library; a value equal to a limit is within it.
func TestAValueEqualToALimitIsWithinIt(t *testing.T) {
	m := varied(t, "keypad-wizard", "", "", "always")
	if _, out := wizardAt(m, "2", "0", "enter"); raised(out) > 0 {
		t.Error("20 raised an alert")
	}
	if _, out := wizardAt(m, "2", "0", ".", "0", "1", "enter"); raised(out) != 1 {
		t.Error("20.01 raised none")
	}
	// 61.5 mL/h is exactly 20 mcg/kg/min at 82 kg and 400 mg/250 mL; 61.6 is more than the rate at the limit.
	if _, out := wizardAt(m, "F2", "6", "1", ".", "5", "enter"); raised(out) > 0 {
		t.Error("61.5 mL/h raised an alert")
	}
	if _, out := wizardAt(m, "F2", "6", "1", ".", "6", "enter"); raised(out) != 1 {
		t.Error("61.6 mL/h raised none")
	}
}

func TestLeavingAFieldConfirmsDiscardsOrIsRefused(t *testing.T) {
	for leaving, want := range map[string]struct {
		confirmed, discarded, refused bool
	}{"confirms": {confirmed: true}, "discards": {discarded: true}, "refuses": {refused: true}} {
		m := varied(t, "chevron-form", "leaving: confirms", "leaving: "+leaving, "always")
		s, _ := press(m, m.Start(), toDose["chevron-form"]...)
		s, _ = press(m, s, append(times("UP", 40), "enter")...)
		s, _ = press(m, s, times("UP", 20)...) // 2 mcg/kg/min, within the limits
		s, out := press(m, s, "next")
		if got := has(out, pumpmodel.FieldConfirmed); got != want.confirmed {
			t.Errorf("%s: confirmed %v", leaving, got)
		}
		if got := has(out, pumpmodel.FieldDiscarded); got != want.discarded {
			t.Errorf("%s: discarded %v", leaving, got)
		}
		f, _ := m.Show(s).ActiveField()
		if got := out[0].Answer == pumpmodel.Blocked; got != want.refused || (f.Name == "dose") != want.refused {
			t.Errorf("%s: refused %v, now in %s", leaving, got, f.Name)
		}
	}
}

func TestNumbersAndNamesAreShownAsTheDesignSays(t *testing.T) {
	m := varied(t, "keypad-wizard", "tall-man: yes, decimals: smaller, trailing-zeros: never", "tall-man: no, trailing-zeros: always", "always")
	s, _ := wizardAt(m, "5", "enter", "2", "5", "0", "enter")
	d := m.Show(s)
	for field, want := range map[string]string{"weight": "82.0", "rate": "15.4", "vtbi": "250.0", "dose": "5.008"} {
		if got := text(t, d, field); got != want {
			t.Errorf("%s is shown as %s, want %s", field, got, want)
		}
	}
	if !strings.Contains(d.Title, "dopamine") {
		t.Errorf("the title is %q", d.Title)
	}
}

func TestVariedDesignsKeepTheLaws(t *testing.T) {
	lib := mustLibrary(t)
	for _, v := range []struct{ name, old, new, checking string }{
		{"chevron-form", "leaving: confirms", "leaving: discards", "once"},
		{"chevron-form", "leaving: confirms", "leaving: refuses", "always"},
		{"keypad-wizard", "override: F3, change: F1}", "override: F3, change: F1, delay: 3 s}", "once"},
		{"fivekey-menu", "as: banner, override: up", "as: full-screen, override: up", "once"},
		{"fivekey-menu", "method: fivekey-carry", "method: fivekey-carry, maximum: 200", "always"},
	} {
		m := varied(t, v.name, v.old, v.new, v.checking)
		d := mustDesign(t, v.name)
		designtest.Laws(t, m, designtest.Options{Seed: 5, Walks: 15, Limits: func(p pumpmodel.Programme) []pumpmodel.Output {
			return engine.Passed(lib, d.Pump, p)
		}})
	}
}

func TestALibraryWithNothingForThePumpIsAnError(t *testing.T) {
	lib := mustLibrary(t)
	for i := range lib.Areas {
		lib.Areas[i].Setups, lib.Areas[i].Basic = nil, false
	}
	if _, err := engine.New(mustDesign(t, "keypad-wizard"), lib); err == nil || !strings.Contains(err.Error(), "nothing for a large-volume pump") {
		t.Errorf("got %v", err)
	}
	if _, err := engine.New(mustDesign(t, "keypad-wizard"), nil); err == nil {
		t.Error("no error without a library")
	}
}

func mustSource(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("../../assets/designs/" + name + "/design.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// load is a design from the text of its file.
func load(text string) (*design.Design, error) {
	return design.Load(fstest.MapFS{"x/design.yaml": {Data: []byte(text)}}, "x")
}

// refused fails unless a design's file with one thing replaced is refused in these words.
func refused(t *testing.T, good, old, new, want string) {
	t.Helper()
	text := strings.Replace(good, old, new, 1)
	if text == good {
		t.Fatal("nothing was replaced")
	}
	if _, err := load(text); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}
