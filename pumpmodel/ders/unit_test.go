package ders_test

import (
	"testing"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
)

const ward = `library: x
version: 1
use: test
care areas:
  Ward:
    device: {max rate: 600 mL/h, max vtbi: 2000 mL, kvo: 5 mL/h}
    setups:
      - drug: cefazolin
        concentration: 2 g/50 mL
        delivery: intermittent
        rate: {soft: ..150 mL/h}
        time: {soft: 30..60 min}
      - drug: morphine
        therapy: PCA
        concentration: 60 mg/60 mL
        delivery: pca
        pca dose: {unit: mg, soft: 0.5..2, hard: ..5}
        lockout: {hard: 5.. min, soft: 6.. min}
        continuous: {unit: mg/h, soft: ..1}
      - drug: heparin
        concentration: 25000 units/500 mL
        dose: {unit: units/h, soft: 500..2000}
        bolus: {unit: units/kg, soft: ..80}
      - drug: epinephrine
        concentration: custom
        concentration limits: {unit: mcg/mL, soft: 16..64}
        dose: {unit: mcg/kg/min, soft: 0.02..0.5, hard: ..1}
`

// Dimension-safe: a value in another unit meets the limit just where the same value in the library's own unit does.
func TestAValueInAnotherUnitIsConvertedExactly(t *testing.T) {
	c := ders.NewChecker(mustLibrary(t, ward))
	for _, k := range []struct {
		drug, conc   string
		field        library.Field
		value, unit  string
		weight, kind string
		entered      string
	}{
		{"morphine", "", library.PCADose, "2000", "mcg", "", "ok", "2"},
		{"morphine", "", library.PCADose, "2000.001", "mcg", "", "soft", "2.000001"},
		{"morphine", "", library.Lockout, "0.1", "h", "", "ok", "6"},
		{"morphine", "", library.Lockout, "359", "s", "", "soft", "5.983333"},
		{"morphine", "", library.Continuous, "24", "mg/day", "", "ok", "1"},
		{"morphine", "", library.Continuous, "24.1", "mg/day", "", "soft", "1.004167"},
		{"heparin", "", library.Dose, "2000000", "milliunits/h", "", "ok", "2000"},
		{"heparin", "", library.Dose, "25", "units/kg/h", "80", "ok", "2000"},
		{"heparin", "", library.Dose, "25.1", "units/kg/h", "80", "soft", "2008"},
		{"heparin", "", library.Bolus, "6400", "units", "80", "ok", "80"},
		{"heparin", "", library.VTBI, "0.5", "L", "", "ok", "500"},
		{"heparin", "", library.Weight, "180", "lb", "", "unknown", "81.646627"},
		{"epinephrine", "custom", library.Conc, "0.064", "mg/mL", "", "ok", "64"},
		{"epinephrine", "custom", library.Conc, "4", "mg/50 mL", "", "soft", "80"},
		{"epinephrine", "custom", library.Dose, "60", "ng/kg/min", "", "ok", "0.06"},
	} {
		e := ders.Entry{Area: "Ward", Drug: k.drug, Concentration: k.conc, Field: k.field, Value: m(k.value), Unit: k.unit}
		if k.weight != "" {
			e.Weight = m(k.weight)
		}
		if got, err := c.Check(e); err != nil || got.Kind != k.kind || got.Entered != m(k.entered) {
			t.Errorf("%s %s %s %s: %s, entered %s, %v; want %s %s", k.drug, k.field, k.value, k.unit, got.Kind, got.Entered, err, k.kind, k.entered)
		}
	}
	for _, unit := range []string{"mEq/h", "mg/h", "mL/h", "units", "hours"} {
		if got, err := c.Check(ders.Entry{Area: "Ward", Drug: "heparin", Field: library.Dose, Value: m("1"), Unit: unit}); err == nil {
			t.Errorf("%s: %+v", unit, got)
		}
	}
}

// Intermittent duration limits act as rate limits through the volume: 50 mL at 00:30–01:00 allows 50–100 mL/h (shared/domain/ders.md),
// also beside limits on the rate itself, of which the graver answer counts.
func TestARateIsHeldAgainstTheDurationToo(t *testing.T) {
	c := ders.NewChecker(mustLibrary(t, ward))
	for value, want := range map[string]string{"49.9": "lowerSoft", "50": "", "100": "", "100.1": "upperSoft", "601": "range"} {
		got, err := c.Check(ders.Entry{Area: "Ward", Drug: "cefazolin", Field: library.Rate, Value: m(value), Volume: m("50")})
		if err != nil || got.Limit != want {
			t.Errorf("%s mL/h: %+v %v, want %s", value, got, err, want)
		}
	}
	if got, err := c.Check(ders.Entry{Area: "Ward", Drug: "cefazolin", Field: library.Rate, Value: m("151"), Volume: m("100")}); err != nil || got.Limit != "upperSoft" || got.Verdict.Value != m("150") {
		t.Errorf("beyond its own limit only: %+v %v", got, err)
	}
}

// A concentration typed at the bedside decides what rate the dose's limits are: 0.5 mcg/kg/min at 80 kg and 60 mcg/mL is 40 mL/h.
func TestACustomConcentrationTurnsDoseLimitsIntoRates(t *testing.T) {
	c := ders.NewChecker(mustLibrary(t, ward))
	for value, want := range map[string]string{"40": "", "40.1": "upperSoft", "80.1": "upperHard"} {
		got, err := c.Check(ders.Entry{Area: "Ward", Drug: "epinephrine", Concentration: "3 mg/50 mL", Field: library.Rate, Value: m(value), Weight: m("80")})
		if err != nil || got.Limit != want {
			t.Errorf("%s mL/h: %+v %v, want %q", value, got, err, want)
		}
	}
	if got, err := c.Check(ders.Entry{Area: "Ward", Drug: "epinephrine", Concentration: "custom", Field: library.Rate, Value: m("40"), Weight: m("80")}); err != nil || got.Kind != "unknown" {
		t.Errorf("no strength is known: %+v %v", got, err)
	}
}
