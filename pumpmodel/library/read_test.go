package library_test

import (
	"os"
	"testing"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// demo is the library that is shipped.
const demo = "../../assets/libraries/demo.yaml"

func mustDemo(t testing.TB) *library.Library {
	t.Helper()
	data, err := os.ReadFile(demo)
	if err != nil {
		t.Fatal(err)
	}
	l, err := library.Read("demo.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTheShippedLibraryReads(t *testing.T) {
	l := mustDemo(t)
	if l.Use != "research and teaching only, never for clinical use" || l.Status != "released" || len(l.Hash) != 64 {
		t.Errorf("use %q, status %q, hash %q", l.Use, l.Status, l.Hash)
	}
	drugs := map[string]bool{}
	for i, want := range []string{"Adult ICU", "General ward", "Paediatrics"} {
		if l.Areas[i].Name != want {
			t.Errorf("care area %d is %q, want %q", i, l.Areas[i].Name, want)
		}
		for _, d := range l.Areas[i].Drugs() {
			drugs[d] = true
		}
	}
	if len(drugs) < 30 {
		t.Errorf("%d drugs", len(drugs))
	}
	t.Logf("%d drugs", len(drugs))
	icu, _ := l.AreaNamed("Adult ICU")
	dopamine := icu.SetupsOf("DOPamine")
	if len(dopamine) != 2 || dopamine[0].Concentration.String() != "400 mg/250 mL" || dopamine[1].Concentration.String() != "800 mg/250 mL" {
		t.Fatalf("dopamine: %v", dopamine)
	}
	m := quantity.MustParse
	want := library.LimitSet{LowerSoft: library.At(m("1")), Start: library.At(m("3")), UpperSoft: library.At(m("20")), UpperHard: library.At(m("50"))}
	if dopamine[0].Limits[library.Dose] != want || dopamine[0].By != library.ByWeight || !dopamine[0].HighAlert {
		t.Errorf("dopamine: %+v", dopamine[0])
	}
	if icu.Device.MaxRate != m("999") || icu.Weight.UpperHard.Value != m("250") {
		t.Errorf("device %+v, weight %+v", icu.Device, icu.Weight)
	}
}

func TestTheShippedLibraryHasNoFindings(t *testing.T) {
	for _, f := range library.Lint(mustDemo(t)) {
		t.Error(f)
	}
}
