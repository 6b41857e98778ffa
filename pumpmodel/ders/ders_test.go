package ders_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

func m(s string) quantity.Decimal { return quantity.MustParse(s) }

// bound reads "" as absent.
func bound(s string) library.Bound {
	if s == "" {
		return library.Bound{}
	}
	return library.At(m(s))
}

func set(lowerHard, lowerSoft, start, upperSoft, upperHard string) library.LimitSet {
	return library.LimitSet{
		LowerHard: bound(lowerHard), LowerSoft: bound(lowerSoft), Start: bound(start), UpperSoft: bound(upperSoft),
		UpperHard: bound(upperHard),
	}
}

func TestAValueEqualToALimitIsWithinIt(t *testing.T) {
	all := set("0.5", "1", "3", "20", "50")
	for _, c := range []struct{ value, kind, limit string }{
		{"0.499999", "hard", "lowerHard"},
		{"0.5", "soft", "lowerSoft"},
		{"0.999999", "soft", "lowerSoft"},
		{"1", "ok", ""},
		{"20", "ok", ""},
		{"20.000001", "soft", "upperSoft"},
		{"50", "soft", "upperSoft"},
		{"50.000001", "hard", "upperHard"},
		{"0", "hard", "lowerHard"},
	} {
		if got := ders.Check(all, m(c.value)); got.Kind != c.kind || got.Limit != c.limit || got.Entered != m(c.value) {
			t.Errorf("%s: %+v, want %s %s", c.value, got, c.kind, c.limit)
		}
	}
}

func TestAbsentLimitsNeverAlert(t *testing.T) {
	for _, c := range []struct {
		set         library.LimitSet
		value, kind string
	}{
		{set("", "", "", "", ""), "1", "unknown"},
		{set("", "", "5", "", ""), "1000000", "ok"},
		{set("", "", "", "", "50"), "0", "ok"},
		{set("", "", "", "0", ""), "0", "ok"},
		{set("", "", "", "0", ""), "1", "soft"},
		{set("0.5", "", "", "", ""), "1000000", "ok"},
	} {
		if got := ders.Check(c.set, m(c.value)); got.Kind != c.kind {
			t.Errorf("%+v against %+v: %s, want %s", c.value, c.set, got.Kind, c.kind)
		}
	}
}

func TestTheRatioHasAtMostFourPlacesHalfUp(t *testing.T) {
	for _, c := range []struct{ limit, value, ratio string }{
		{"80", "90", "1.125"},        // shared/cli.md, pumplab ders
		{"3", "10", "3.3333"},        // 3.33333…
		{"6", "10", "1.6667"},        // 1.66666…
		{"80000", "80004", "1.0001"}, // 1.00005, half up
		{"50", "500", "10"},          // no trailing zero
		{"0", "1", ""},               // undefined
		{"1000000", "1000001", "1"},  // 1.000001
		{"0.000001", "9000000000000", "9000000000000000000"},
	} {
		v := ders.Check(set("", "", "", c.limit, ""), m(c.value))
		if got := v.RatioText(); got != c.ratio {
			t.Errorf("%s ÷ %s: %q, want %q", c.value, c.limit, got, c.ratio)
		}
	}
	if got := ders.Check(set("", "", "", "5", ""), m("4")).RatioText(); got != "" {
		t.Errorf("within the limit: ratio %q", got)
	}
}

func TestTheRecordOfAVerdict(t *testing.T) {
	got := ders.Check(set("", "1", "", "20", "50"), m("60")).Record("mcg/kg/min")
	want := &pumpmodel.Limit{Kind: "upperHard", Value: "50", Entered: "60", Unit: "mcg/kg/min", Ratio: "1.2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if ders.Check(set("", "1", "", "20", "50"), m("5")).Record("mcg/kg/min") != nil {
		t.Error("a record without an exceed")
	}
}

// 50 mL at 00:30 to 01:00 allows 50 to 100 mL/h (shared/domain/ders.md, Checking; worked example EX068).
func TestADurationLimitsTheRateThroughTheVolume(t *testing.T) {
	rate := ders.RateLimits(set("", "30", "40", "60", ""), m("50"))
	for value, kind := range map[string]string{"50": "ok", "100": "ok", "49.9": "soft", "101": "soft", "75": "ok"} {
		if got := ders.Check(rate, m(value)); got.Kind != kind {
			t.Errorf("%s mL/h: %s, want %s", value, got.Kind, kind)
		}
	}
	if rate.Start != bound("75") {
		t.Errorf("start %v", rate.Start)
	}
	hard := ders.RateLimits(set("15", "30", "", "", ""), m("50"))
	if got := ders.Check(hard, m("201")); got.Limit != "upperHard" || got.Value != m("200") {
		t.Errorf("50 mL in under 15 min: %+v", got)
	}
	if got := ders.RateLimits(set("", "", "", "", ""), m("50")); got != (library.LimitSet{}) {
		t.Errorf("no duration: %+v", got)
	}
}

// What is within the duration is within the rate, whatever the volume.
func TestLawADurationAndItsRateAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := quantity.Int(rapid.Int64Range(1, 600).Draw(t, "limit"))
		volume := quantity.Decimal(rapid.Int64Range(1, 99999).Draw(t, "volume")) * 100_000
		rate := quantity.Decimal(rapid.Int64Range(1, 9990).Draw(t, "rate")) * 100_000
		limits := ders.RateLimits(library.LimitSet{LowerSoft: library.At(minutes)}, volume)
		// volume/rate×60 ≥ minutes, in whole numbers
		long := int64(volume/100_000)*60 >= int64(rate/100_000)*int64(minutes/quantity.One)
		if within := ders.Check(limits, rate).Kind == "ok"; within != long {
			t.Fatalf("%s mL at %s mL/h, at least %s min: within %v, long enough %v", volume, rate, minutes, within, long)
		}
	})
}

func TestTheDeviceComesAfterTheLibrary(t *testing.T) {
	d := library.Device{MaxRate: m("600"), MaxVTBI: m("2000")}
	for _, c := range []struct {
		field library.Field
		value string
		kind  string
	}{{library.Rate, "600", "ok"}, {library.Rate, "601", "hard"}, {library.VTBI, "2001", "hard"}, {library.Weight, "900", "unknown"}, {library.Dose, "1", "unknown"}} {
		if got := ders.Device(d, c.field, m(c.value)); got.Kind != c.kind {
			t.Errorf("%s %s: %+v", c.field, c.value, got)
		}
	}
}

func TestAWeightWithoutLimitsOfItsOwnHasTheAreas(t *testing.T) {
	a := &library.Area{Weight: set("30", "40", "", "150", "250")}
	own := &library.Setup{Limits: map[library.Field]library.LimitSet{library.Weight: set("", "", "", "100", "")}}
	if ders.SetOf(a, &library.Setup{}, library.Weight) != a.Weight || ders.SetOf(a, own, library.Weight).UpperSoft != bound("100") {
		t.Error("the wrong set")
	}
}

// Dopamine 5 mcg/kg/min at 82 kg, 400 mg/250 mL is 15.375 mL/h (worked example EX001).
func TestDoseLimitsAsRates(t *testing.T) {
	conc, _ := quantity.ParseConcentration("400 mg/250 mL")
	unit, _ := quantity.ParseDoseUnit("mcg/kg/min")
	s := &library.Setup{Drug: "DOPamine", Concentration: conc, DoseUnit: unit, Limits: map[library.Field]library.LimitSet{library.Dose: set("", "", "", "5", "")}}
	got, err := ders.DoseAsRate(s, m("82"))
	if err != nil || got.UpperSoft != bound("15.375") {
		t.Fatalf("%+v, %v", got, err)
	}
	if _, err := ders.DoseAsRate(s, 0); err == nil {
		t.Error("converted without a weight")
	}
}

func TestLawHardComesBeforeSoftAndVerdictsAreMonotone(t *testing.T) {
	rank := map[string]int{"lowerHard": -2, "lowerSoft": -1, "": 0, "upperSoft": 1, "upperHard": 2}
	rapid.Check(t, func(t *rapid.T) {
		cut := rapid.SliceOfN(rapid.Int64Range(0, 1000), 4, 4).Draw(t, "limits")
		var s library.LimitSet
		top := int64(0)
		for i, b := range []*library.Bound{&s.LowerHard, &s.LowerSoft, &s.UpperSoft, &s.UpperHard} {
			top += cut[i]
			*b = library.Bound{Set: rapid.Bool().Draw(t, "set"), Value: quantity.Decimal(top)}
			if !b.Set {
				b.Value = 0
			}
		}
		a := quantity.Decimal(rapid.Int64Range(0, 5000).Draw(t, "a"))
		b := a + quantity.Decimal(rapid.Int64Range(0, 5000).Draw(t, "more"))
		if rank[ders.Check(s, a).Limit] > rank[ders.Check(s, b).Limit] {
			t.Fatalf("%s is %+v, %s is %+v", a, ders.Check(s, a), b, ders.Check(s, b))
		}
	})
}
