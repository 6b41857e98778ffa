package library_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

func mustText(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// edited is small.yaml with one text replaced by another; the text has to be there.
func edited(t testing.TB, from, to string) []byte {
	t.Helper()
	text := mustText(t, "small.yaml")
	if !strings.Contains(text, from) {
		t.Fatalf("small.yaml has no %q", from)
	}
	return []byte(strings.Replace(text, from, to, 1))
}

func TestEverythingInAFileIsRead(t *testing.T) {
	l, err := library.Read("small.yaml", []byte(mustText(t, "small.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	m := quantity.MustParse
	a := l.Areas[0]
	if a.Checking != "once" || !a.Basic || a.Device.Air != m("100") || a.Device.Occlusion != m("400") || len(l.Needs) != 2 || l.History[0].Who != "A. Author" {
		t.Errorf("%+v", l)
	}
	d, mo, v := a.Setups[0], a.Setups[1], a.Setups[2]
	if d.Limits[library.Titration].UpperSoft.Value != m("100") || d.Advisory != "central line preferred" || d.Aliases[0] != "dopa" || d.By != library.ByWeight {
		t.Errorf("dopamine: %+v", d)
	}
	if !mo.Custom || mo.ConcUnit != "mg" || mo.Limits[library.Conc].UpperHard.Value != m("5") || mo.Units[library.Bolus] != "mg" || mo.Units[library.BolusRate] != "mg/min" {
		t.Errorf("morphine: %+v", mo)
	}
	if v.Limits[library.Time].LowerHard.Value != m("30") || v.Limits[library.Time].UpperSoft.Value != m("180") || v.DoseUnit.Amount != "" {
		t.Errorf("vancomycin: %+v", v)
	}
	if d.At.Line != 15 || d.Places[library.Dose].Line != 18 || d.Places[library.Dose].Col != 9 {
		t.Errorf("dopamine stands at %v, its dose at %v", d.At, d.Places[library.Dose])
	}
}

func TestAProblemIsNamedWithItsPlaceAndTheNearestWord(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"status: draft", "staus: draft", `3:1: the library has no key "staus", did you mean "status"?`},
		{"status: draft", "status: drafted", `3:9: the library: status cannot be "drafted", did you mean "draft"?`},
		{"version: 1\n", "version: one\n", `2:10: the library: version cannot be "one"; a whole number from 1 is expected`},
		{"use: research and teaching only, never for clinical use\n", "", `1:1: the library: "use" is missing`},
		{"max rate: 999 mL/h", "max rate: 999", `10:24: care area "Adult ICU": device: max rate: "999" has no unit: write 999 mL/h`},
		{"air: 100 uL", "air: 100 uL, alarm volume: 101 %", `10:134: care area "Adult ICU": device: alarm volume is at most 100 %`},
		{"air: 100 uL", "air: 100 uL, max surface: 3", `max surface: "3" has no unit: write 3 m2`},
		{"max rate: 999 mL/h", "max rate: 0 mL/h", `10:24: care area "Adult ICU": device: max rate has to be positive`},
		{"max rate: 999 mL/h", "max rate: 999 mL/min", `the unit has to be mL/h`},
		{"soft: 40..180 kg", "soft: 40-180 kg", `11:20: care area "Adult ICU": weight: soft: "40-180 kg" is no range: write low..high`},
		{"soft: 40..180 kg", "soft: 20..180 kg", `lower soft 20 is below lower hard 30`},
		{"hard: 30..250 kg", "hard: 30..170 kg", `upper hard 170 is below upper soft 180`},
		{"soft: 40..180 kg", "soft: .. kg", `has neither end`},
		{"soft: 1..20", "soft: .5..20", `write the leading zero, 0.5`},
		{"start: 3", "start: 21", `upper soft 20 is below start 21`},
		{"checking: once", "checking: one", `12:15: care area "Adult ICU": checking cannot be "one", did you mean "once"?`},
		{"basic infusion: yes", "basic infusion: true", `basic infusion cannot be "true", expected one of yes, no`},
		{"by: weight", "by: surface", `17:9: DOPamine: by surface does not go with the dose unit "mcg/kg/min"`},
		{"unit: mcg/kg/min", "unit: ug/kg/min", `DOPamine: dose: read dose unit "ug/kg/min": unknown amount "ug"`},
		{"unit: mcg/kg/min, ", "", `DOPamine: dose: "unit" is missing`},
		{"unit: mcg/kg/min", "unit: units/h", `do not convert into each other`},
		{"400 mg/250 mL", "400 mg in 250 mL", `16:24: DOPamine: read concentration "400 mg in 250 mL"`},
		{"        concentration: 400 mg/250 mL\n", "", `needs a concentration`},
		{"        concentration limits: {unit: mg/mL, soft: 0.5..2, hard: ..5}\n", "", `a custom concentration needs concentration limits`},
		{"unit: mg/mL", "unit: mg", `"mg" is no strength; write mg/mL`},
		{"titration: {soft: 100 %}", "titration: {soft: 100}", `20:27: DOPamine: titration: soft: "100" has no unit: write 100 %`},
		{"drug: morphine", "drgu: morphine", `24:9: a setup has no key "drgu", did you mean "drug"?`},
		{"drug: vancomycin", "drug: vancomycin\n        drug: again", `31:9: the key "drug" is already defined in line 30`},
		{"needs: [pharmacist, nurse]", "needs: [pharmacist, nurs]", `needs cannot be "nurs", did you mean "nurse"?`},
		{"when: 2026-11-22", "when: yesterday", `write the date as 2026-11-22`},
		{"delivery: intermittent", "delivery: pcea", `delivery cannot be "pcea", did you mean "pca"?`},
		{"vtbi: {soft: ..250 mL}", "vtbi: {}", `19:9: DOPamine: vtbi: no limit and no start value is given`},
		{"vtbi: {soft: ..250 mL}", "vtbi: 250 mL", `19:15: DOPamine: vtbi: key: value pairs are expected here`},
		{"advisory: central line preferred", "advisory: &a central", `anchors, aliases, merges and tags are not read`},
		{"care areas:\n", "care areas: []\nareas:\n", `a library has 1 to 32 care areas, this one has 0`},
		{"status: draft", "status: [", `a list in brackets is not closed`},
	} {
		_, err := library.Read("small.yaml", edited(t, c.from, c.to))
		if err == nil {
			t.Errorf("%q → %q: accepted", c.from, c.to)
		} else if !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "small.yaml:") {
			t.Errorf("%q → %q:\n got %v\nwant %s", c.from, c.to, err, c.want)
		}
	}
}

func TestTwoSetupsNobodyCanTellApartAreRefused(t *testing.T) {
	_, err := library.Read("x.yaml", edited(t, "drug: morphine\n        concentration: custom\n        concentration limits: {unit: mg/mL, soft: 0.5..2, hard: ..5}\n        dose: {unit: mg/h",
		"drug: DOPamine\n        concentration: 400 mg/250 mL\n        dose: {unit: mcg/kg/min"))
	if err == nil || !strings.Contains(err.Error(), "24:9: DOPamine stands already in line 15") {
		t.Fatal(err)
	}
}

func TestAllProblemsComeAtOnceSortedByPlace(t *testing.T) {
	text := mustText(t, "small.yaml")
	for _, r := range [][2]string{{"vtbi: {soft: ..250 mL}", "vtbi: {soft: 250}"}, {"version: 1\n", "version: 0\n"}, {"checking: once", "cheking: once"}} {
		text = strings.Replace(text, r[0], r[1], 1)
	}
	_, err := library.Read("x.yaml", []byte(text))
	var all written.Problems
	if !errors.As(err, &all) || len(all) != 3 {
		t.Fatalf("%v", err)
	}
	for i, line := range []int{2, 12, 19} {
		if all[i].Line != line {
			t.Errorf("problem %d stands in line %d, want %d", i, all[i].Line, line)
		}
	}
}

// many repeats a line with a number in it.
func many(n int, line string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line, i)
	}
	return b.String()
}

func TestHostileFilesAreRefusedWithASentence(t *testing.T) {
	for name, data := range map[string]string{
		"too long":     strings.Repeat("# comment\n", 500_000),
		"brackets":     "library: " + strings.Repeat("[", 1_000_000),
		"braces":       "library: " + strings.Repeat("{a: ", 100_000),
		"dashes":       "library:\n" + strings.Repeat("- ", 200_000),
		"laughs":       "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nlibrary: *c\n",
		"merge":        "base: &b {library: x}\n<<: *b\n",
		"tag":          "library: !!binary aGVsbG8=\n",
		"two files":    "library: a\n---\nlibrary: b\n",
		"keys":         many(200_000, "k%d: v\n"),
		"areas":        "library: x\nversion: 1\nuse: x\ncare areas:\n" + many(100_000, "  a%d: {}\n"),
		"flow keys":    "library: {" + many(200_000, "k%d: v, ") + "}\n",
		"long list":    "sources: [" + many(100_000, "k%d, ") + "]\n",
		"setups":       "care areas:\n  A:\n    setups:\n" + many(100_000, "      - drgu: k%d\n"),
		"empty":        "",
		"only comment": "# nothing\n",
		"list":         "- library\n",
		"text":         "library",
		"binary":       "\x00\x01\x02\xff\xfe",
	} {
		l, err := library.Read("x.yaml", []byte(data))
		if err == nil || l != nil || !strings.HasPrefix(err.Error(), "x.yaml:") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(mustText(f, "small.yaml")))
	for _, r := range [][2]string{{"..20", "..20..3"}, {"40..180 kg", "&x 40"}, {"mcg/kg/min", "mcg/kg/min/h"}, {"- drug", "- - drug"}, {"[dopa]", "[[{"}} {
		f.Add(edited(f, r[0], r[1]))
	}
	f.Add([]byte("care areas:\n  ? [a]\n  : b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := library.Read("fuzz.yaml", data)
		if (l == nil) == (err == nil) {
			t.Fatalf("library %v with error %v", l, err)
		}
		if l != nil {
			library.Lint(l)
		}
	})
}
