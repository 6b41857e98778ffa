package library_test

import (
	"strings"
	"testing"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// pca reads pca.yaml with one text replaced by another.
func pca(t *testing.T, from, to string) (*library.Library, error) {
	t.Helper()
	text := mustText(t, "pca.yaml")
	if !strings.Contains(text, from) {
		t.Fatalf("pca.yaml has no %q", from)
	}
	return library.Read("pca.yaml", []byte(strings.Replace(text, from, to, 1)))
}

func TestPCAIsReadWhole(t *testing.T) {
	l, err := pca(t, "pca", "pca")
	if err != nil {
		t.Fatal(err)
	}
	m := quantity.MustParse
	s, f := l.Areas[0].Setups[0], l.Areas[0].Setups[1]
	for _, c := range []struct {
		field library.Field
		unit  string
		hard  library.Bound
	}{
		{library.PCADose, "mg", library.At(m("5"))},
		{library.Continuous, "mg/h", library.At(m("2"))},
		{library.Loading, "mg", library.At(m("6"))},
		{library.In1h, "mg", library.At(m("12"))},
		{library.In2h, "mg", library.At(m("20"))},
		{library.In4h, "mg", library.At(m("40"))},
	} {
		if s.Units[c.field] != c.unit || s.Limits[c.field].UpperHard != c.hard || s.Places[c.field].Line == 0 {
			t.Errorf("%s: %q %+v at %v", c.field, s.Units[c.field], s.Limits[c.field], s.Places[c.field])
		}
	}
	if s.Pump != "pca" || s.By != library.None || s.Codes[0] != "ATC N02AA01" || s.Limits[library.Lockout].LowerHard != library.At(m("5")) {
		t.Errorf("%+v", s)
	}
	if f.By != library.ByWeight || !f.Custom || f.Pump != "pca" {
		t.Errorf("%+v", f)
	}
	for _, finding := range library.Lint(l) {
		t.Error(finding)
	}
}

func TestPCARefusesWhatDoesNotBelongToIt(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"        pca dose: {unit: mg, soft: 0.5..2, hard: ..5, start: 1}\n", "", `morphine: "pca dose" is missing`},
		{"        lockout: {soft: 6..15 min, hard: 5.. min, start: 8 min}\n", "", `morphine: "lockout" is missing`},
		{"        concentration: 60 mg/60 mL\n", "", `morphine: "concentration" is missing`},
		{"continuous: {unit: mg/h,", "dose: {unit: mg/h,", "16:9: morphine: PCA has no dose: it has pca dose"},
		{"delivery: pca\n        pca dose: {unit: mg,", "pca dose: {unit: mg,", "morphine: pca dose is for delivery: pca"},
		{"delivery: pca", "delivery: pca\n        pump: large-volume", "14:15: morphine: PCA is given by pump: pca or syringe"},
		{"loading: {unit: mg", "loading: {unit: mcg", `loading is in "mcg", but the PCA dose is in mg: write mg`},
		{"unit: mg/h", "unit: mg/kg/h", `continuous is in "mg/kg/h", but the PCA dose is in mg: write mg/h`},
		{"unit: mg/h", "unit: mg/min", `continuous is in "mg/min"`},
		{"60 mg/60 mL", "60 units/60 mL", "do not convert into each other"},
		{"soft: 6..15 min", "soft: 6..15", "write 6 min"},
		{"delivery: pca\n        pca dose: {unit: mcg/kg", "by: none\n        delivery: pca\n        pca dose: {unit: mcg/kg", `by none does not go with the dose unit "mcg/kg"`},
	} {
		if _, err := pca(t, c.from, c.to); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q → %q:\n got %v\nwant %s", c.from, c.to, err, c.want)
		}
	}
}

// 60 mg are in the reservoir, 35 % of them are 21: 2 in an hour, a dose of 5 and a loading dose of 6 are 13.
func TestTheRulesOfPCA(t *testing.T) {
	for _, c := range []struct{ rule, from, to, what string }{
		{"pca-reservoir", "soft: ..4, hard: ..6", "soft: ..4, hard: ..13.9", ""},
		{"pca-reservoir", "soft: ..4, hard: ..6", "soft: ..4, hard: ..14", "are up to 21 mg; it should be less than 35 % of the 60 mg in the reservoir"},
		{"pca-reservoir", "60 mg/60 mL", "1 mg/mL", ""}, // a syringe of 60 mL
		{"pca-reservoir", "60 mg/60 mL", "0.5 mg/mL", "35 % of the 30 mg in the reservoir"},
		{"pca-reservoir", "custom\n        concentration limits: {unit: mcg/mL, soft: 10..40, hard: 5..50}", "500 mcg/50 mL", "are up to 400 mcg at 200 kg; it should be less than 35 % of the 500 mcg"},
		{"pca-accumulated", "in 1 h: {unit: mg, soft: ..10, hard: ..12}", "in 1 h: {unit: mg, hard: ..5}", ""},
		{"pca-accumulated", "in 1 h: {unit: mg, soft: ..10, hard: ..12}", "in 1 h: {unit: mg, hard: ..4.9}", "a dose of up to 5 is more than the 4.9 allowed in 1 h"},
		{"pca-accumulated", "soft: ..1, hard: ..2", "soft: ..1, hard: ..10", ""},
		{"pca-accumulated", "soft: ..1, hard: ..2", "soft: ..1, hard: ..10.1", "continuous of up to 10.1 an hour is 20.2 in 2 h, more than the 20 allowed"},
		{"pca-windows", "soft: ..30, hard: ..40", "soft: ..8, hard: ..40", "at most 8 in 4 h, but 10 in 1 h"},
		{"pca-windows", "unit: mg, hard: ..20", "unit: mg, hard: ..11", "at most 11 in 2 h, but 12 in 1 h"},
		{"high-alert-open", "soft: 0.5..2, hard: ..5,", "soft: 0.5..2,", "without an upper hard limit on its pca dose"},
		{"undeliverable", "60 mg/60 mL", "60 mg/60000 mL", "continuous: the upper hard value 2 is 2000 mL/h; at most 600 mL/h"},
		{"undeliverable", "hard: ..5, start: 1", "hard: ..5.0001, start: 1", "pca dose: the upper hard value 5.0001 cannot be set on a pca pump"},
	} {
		l, err := pca(t, c.from, c.to)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range library.Lint(l) {
			if f.Rule == c.rule {
				got += f.String() + "\n"
			}
		}
		if (c.what == "") != (got == "") || !strings.Contains(got, c.what) {
			t.Errorf("%s: %q → %q: found %q, want %q", c.rule, c.from, c.to, got, c.what)
		}
	}
}

func TestADiffOfPCASaysTheDirection(t *testing.T) {
	a, errA := pca(t, "pca", "pca")
	b, errB := pca(t, "6..15 min, hard: 5.. min", "6..15 min, hard: 4.. min")
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	got := library.Diff(a, b)
	if len(got) != 1 || got[0].String() != "loosened: Ward, morphine PCA 60 mg/60 mL (pca), lockout lower hard: 5 → 4" {
		t.Error(got)
	}
}
