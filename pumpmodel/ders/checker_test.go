package ders_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
)

func mustLibrary(t testing.TB, text string) *library.Library {
	t.Helper()
	l, err := library.Read("x.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func mustFile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

const demo = "../../assets/libraries/demo.yaml"

func TestAnEntryIsFoundAsAPersonWouldSayIt(t *testing.T) {
	c := ders.NewChecker(mustLibrary(t, mustFile(t, demo)))
	for _, k := range []struct {
		entry             ders.Entry
		kind, limit, unit string
	}{
		{ders.Entry{Drug: "DOPamine", Field: library.Dose, Value: m("20.1")}, "soft", "upperSoft", "mcg/kg/min"},
		{ders.Entry{Drug: "dopamine", Concentration: "1.6 mg/mL", Field: library.Dose, Value: m("20")}, "ok", "", "mcg/kg/min"},
		{ders.Entry{Drug: "Noradrenaline", Concentration: "32 mcg/mL", Field: library.VTBI, Value: m("1001")}, "hard", "upperHard", "mL"},
		{ders.Entry{Drug: "norEPINEPHrine", Concentration: "4 mg/250 mL", Field: library.VTBI, Value: m("500")}, "soft", "upperSoft", "mL"},
		// 20 mcg/kg/min at 80 kg, 1.6 mg/mL is 60 mL/h
		{ders.Entry{Drug: "DOPamine", Concentration: "400 mg/250 mL", Field: library.Rate, Value: m("60.1"), Weight: m("80")}, "soft", "upperSoft", "mL/h"},
		{ders.Entry{Drug: "vancomycin", Field: library.Rate, Value: m("1000")}, "hard", "upperHard", "mL/h"},
		{ders.Entry{Drug: "DOPamine", Field: library.Rate, Value: m("1000")}, "hard", "range", "mL/h"},
		{ders.Entry{Drug: "DOPamine", Field: library.Time, Value: m("5")}, "unknown", "", "min"},
	} {
		k.entry.Area = "Adult ICU"
		got, err := c.Check(k.entry)
		if err != nil || got.Kind != k.kind || got.Limit != k.limit || got.Unit() != k.unit {
			t.Errorf("%+v: %+v, %v", k.entry, got, err)
		}
	}
	for want, e := range map[string]ders.Entry{
		`find care area "ICU"`: {Area: "ICU"},
		`find drug "x y" in Adult ICU: there is none, expected one of `:                               {Area: "Adult ICU", Drug: "x", Therapy: "y"},
		"find DOPamine 1 mg/mL in Adult ICU: there is DOPamine 400 mg/250 mL; DOPamine 800 mg/250 mL": {Area: "Adult ICU", Drug: "DOPamine", Concentration: "1 mg/mL"},
		"say which with the concentration":                                                            {Area: "Adult ICU", Drug: "norEPINEPHrine", Field: library.VTBI},
		"read concentration":                                                                          {Area: "Adult ICU", Drug: "DOPamine", Concentration: "much"},
	} {
		if _, err := c.Check(e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", e, err, want)
		}
	}
}

// A drug given continuously and by PCA: the field says which is meant.
func TestTheFieldTellsSetupsApart(t *testing.T) {
	c := ders.NewChecker(mustLibrary(t, `library: x
version: 1
use: test
care areas:
  Ward:
    device: {max rate: 600 mL/h, max vtbi: 2000 mL, kvo: 5 mL/h}
    setups:
      - drug: morphine
        concentration: 100 mg/100 mL
        dose: {unit: mg/h, hard: ..10}
      - drug: morphine
        therapy: PCA
        concentration: 60 mg/60 mL
        delivery: pca
        pca dose: {unit: mg, hard: ..5}
        lockout: {hard: 5.. min}
`))
	for f, kind := range map[library.Field]string{library.Dose: "ok", library.PCADose: "hard", library.Lockout: "ok", library.VTBI: "ok"} {
		if got, err := c.Check(ders.Entry{Area: "Ward", Drug: "morphine", Field: f, Value: m("7")}); err != nil || got.Kind != kind {
			t.Errorf("%s: %+v %v", f, got, err)
		}
	}
}

// large is a library of 10,000 setups in 20 care areas.
func large(t testing.TB) *library.Library {
	var b strings.Builder
	b.WriteString("library: large\nversion: 1\nuse: research and teaching only, never for clinical use\ncare areas:\n")
	for i := range 10_000 {
		if i%500 == 0 {
			fmt.Fprintf(&b, "  Area %d:\n    device: {max rate: 999 mL/h, max vtbi: 3000 mL, kvo: 5 mL/h, max weight: 250 kg}\n    setups:\n", i/500)
		}
		fmt.Fprintf(&b, "      - drug: drug%d\n        concentration: 400 mg/250 mL\n        dose: {unit: mcg/kg/min, hard: 0.5..50, soft: 1..20, start: 3}\n", i)
	}
	return mustLibrary(t, b.String())
}

// The goal is 200 ns: finding the setup by its names and checking one value (issue 3, Speed). What limits it: one look-up by three names
// in a map that is not in the cache.
func BenchmarkCheckIn10000Setups(b *testing.B) {
	c := ders.NewChecker(large(b))
	var entries []ders.Entry
	for i := range 1024 {
		n := i * 9 % 10_000
		entries = append(entries, ders.Entry{Area: fmt.Sprint("Area ", n/500), Drug: fmt.Sprint("drug", n), Concentration: "400 mg/250 mL", Field: library.Dose, Value: m("25")})
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if got, err := c.Check(entries[i&1023]); err != nil || got.Kind != "soft" {
			b.Fatal(got, err)
		}
		i++
	}
	b.ReportMetric(200, "goal-ns")
}
