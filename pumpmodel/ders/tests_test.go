package ders_test

import (
	"strings"
	"testing"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
)

func mustTests(t *testing.T, text string) *library.Tests {
	t.Helper()
	tests, err := library.ReadTests("x.tests.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return tests
}

func TestTheShippedLibrariesSayWhatTheirTestsExpect(t *testing.T) {
	seen := map[string]int{}
	for _, name := range []string{"demo", "hospital"} {
		tests := mustTests(t, mustFile(t, "../../assets/libraries/"+name+".tests.yaml"))
		results := ders.RunTests(mustLibrary(t, mustFile(t, "../../assets/libraries/"+name+".yaml")), tests)
		for _, r := range results {
			if seen[r.Expect]++; !r.Pass() {
				t.Errorf("%s: %v", name, r)
			}
		}
		if len(results) < 30 || tests.Library != name {
			t.Errorf("%s: %d entries of %q", name, len(results), tests.Library)
		}
	}
	if len(seen) != 7 {
		t.Errorf("verdicts %v", seen)
	}
}

// A limit moved by one step in either direction is found by some entry.
func TestAMovedLimitFails(t *testing.T) {
	tests := mustTests(t, mustFile(t, "../../assets/libraries/demo.tests.yaml"))
	text := mustFile(t, demo)
	for from, to := range map[string]string{
		"hard: ..50, soft: 1..20, start: 3": "hard: ..51, soft: 1..20, start: 3",
		"{unit: units/h, hard: ..3000,":     "{unit: units/h, hard: ..2999,",
		"unit: mcg/kg/min, hard: ..50, s":   "unit: mcg/kg/h, hard: ..50, s",
		"- drug: vancomycin":                "- drug: vancomycine",
		"max rate: 250 mL/h":                "max rate: 260 mL/h",
	} {
		failed := 0
		for _, r := range ders.RunTests(mustLibrary(t, strings.Replace(text, from, to, 1)), tests) {
			if !r.Pass() {
				failed++
			}
		}
		if failed == 0 {
			t.Errorf("%q → %q: nothing failed", from, to)
		}
	}
}

func TestAFailureSaysWhatWasExpected(t *testing.T) {
	l := mustLibrary(t, mustFile(t, demo))
	for text, want := range map[string]string{
		"drug: DOPamine\n    dose in mcg/kg/min: {20.1: ok}":                    "Adult ICU, DOPamine, dose 20.1 mcg/kg/min: expected ok, is upper soft (the limit is 20 mcg/kg/min)",
		"drug: DOPamine\n    dose in mcg/kg/min: {20: lower hard}":              "Adult ICU, DOPamine, dose 20 mcg/kg/min: expected lower hard, is ok",
		"drug: DOPamine\n    dose in mcg/min: {20: ok}":                         "Adult ICU, DOPamine, dose 20 mcg/min: the library's limits are in mcg/kg/min",
		"drug: x\n    dose in mcg/min: {20: ok}":                                `find drug "x" in Adult ICU`,
		"drug: heparin\n    dose in unit/h: {2001: ok}":                         "the limit is 2000 units/h",
		"drug: vancomycin\n    volume: 50 mL\n    vtbi in mL: {50: upper hard}": "expected upper hard, is lower soft (the limit is 100 mL)",
	} {
		got := ders.RunTests(l, mustTests(t, "tests: demo\nentries:\n  - area: Adult ICU\n    "+text+"\n"))
		if len(got) != 1 || got[0].Pass() || !strings.Contains(got[0].String(), want) {
			t.Errorf("%v\nwant %s", got, want)
		}
	}
}
