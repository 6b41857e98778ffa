package ders_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
)

func dose(value string, logged string) ders.Attempt {
	return ders.Attempt{
		Entry:  ders.Entry{Area: "Adult ICU", Drug: "DOPamine", Concentration: "400 mg/250 mL", Field: library.Dose, Value: m(value), Weight: m("80")},
		Logged: logged,
	}
}

func TestANewLibraryMakesAlertsAppearVanishAndChange(t *testing.T) {
	text := mustFile(t, demo)
	old := mustLibrary(t, text)
	now := mustLibrary(t, strings.Replace(text, "hard: ..50, soft: 1..20, start: 3", "hard: ..40, soft: 0.5..15, start: 3", 1))
	w := ders.Compare(old, now, []ders.Attempt{
		dose("10", ""), dose("18", ""), dose("19", ""), dose("0.7", "lowerSoft"), dose("30", "upperSoft"), dose("45", "upperSoft"), dose("60", "upperHard"),
		{Entry: ders.Entry{Area: "Adult ICU", Drug: "elixir", Field: library.Dose, Value: m("1")}},
		{Entry: ders.Entry{Area: "Adult ICU", Field: library.Rate, Value: m("1000")}, Logged: "range"}, // basic infusion
	})
	if w.Before != (ders.Burden{Soft: 3, Hard: 2}) || w.After != (ders.Burden{Soft: 3, Hard: 3}) || w.Logged != 4 || w.Agreed != 4 {
		t.Errorf("%+v %+v, %d of %d", w.Before, w.After, w.Agreed, w.Logged)
	}
	var lines []string
	for _, g := range w.Groups() {
		lines = append(lines, fmt.Sprintf("%d %s %s %s %s→%s %v", g.N, g.Change, g.Setup, g.Field, g.Old, g.New, g.Values))
	}
	want := "2 appears DOPamine 400 mg/250 mL dose →upperSoft [18 19]\n1 vanishes DOPamine 400 mg/250 mL dose lowerSoft→ [0.7]\n1 kind DOPamine 400 mg/250 mL dose upperSoft→upperHard [45]"
	if got := strings.Join(lines, "\n"); got != want {
		t.Error(got)
	}
	if w.Changes[ders.Unjudged] != 1 || w.Changes[ders.Same] != 4 {
		t.Errorf("%v", w.Changes)
	}
}

// 15 mcg/kg/min at 80 kg are 72 mg/h.
func TestAnotherDoseUnitIsConvertedThroughTheRate(t *testing.T) {
	text := mustFile(t, demo)
	now := strings.Replace(text, "{unit: mcg/kg/min, hard: ..50, soft: 1..20, start: 3}", "{unit: mg/h, hard: ..240, soft: 5..71.9, start: 15}", 1)
	now = strings.Replace(now, "{unit: mcg/kg/min, hard: ..50, soft: 1..20, start: 3}", "{unit: mg/h, hard: ..240, soft: 5..71.9, start: 15}", 1)
	w := ders.Compare(mustLibrary(t, text), mustLibrary(t, now), []ders.Attempt{dose("15", ""), dose("14.9", "")})
	if w.Attempts[0].Change != ders.Appears || w.Attempts[0].New.Entered != m("72") || w.Attempts[1].Change != ders.Same {
		t.Errorf("%+v", w.Attempts)
	}
}

// Whatever was programmed: the same library changes nothing, and the counts add up the other way round.
func TestLawWhatAppearsOneWayVanishesTheOther(t *testing.T) {
	text := mustFile(t, demo)
	a := mustLibrary(t, text)
	b := mustLibrary(t, strings.NewReplacer("hard: ..50, soft: 1..20, start: 3", "hard: ..40, soft: 2..25, start: 3", "soft: ..250 mL,", "soft: ..200 mL,").Replace(text))
	fields := []library.Field{library.Dose, library.VTBI, library.Rate, library.Weight, library.Time}
	rapid.Check(t, func(t *rapid.T) {
		var log []ders.Attempt
		for range rapid.IntRange(0, 20).Draw(t, "attempts") {
			at := dose(fmt.Sprint(rapid.IntRange(0, 60).Draw(t, "value")), "")
			at.Field = rapid.SampledFrom(fields).Draw(t, "field")
			log = append(log, at)
		}
		there, back, none := ders.Compare(a, b, log), ders.Compare(b, a, log), ders.Compare(a, a, log)
		if there.Changes[ders.Appears] != back.Changes[ders.Vanishes] || there.Changes[ders.Kind] != back.Changes[ders.Kind] || there.After != back.Before {
			t.Fatalf("%+v\n%+v", there.Changes, back.Changes)
		}
		if none.Changes[ders.Same] != len(log) || none.Before != none.After || len(none.Groups()) > 0 {
			t.Fatalf("%+v", none)
		}
	})
}
