package quantity_test

import (
	"encoding/csv"
	"math/big"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/quantity"
)

func scaleOf(q, pump string) []quantity.Scale {
	large, syringe := quantity.LargeVolume, quantity.Syringe
	switch {
	case q == "rate mL/h" && pump == "syringe":
		return []quantity.Scale{syringe.Rate}
	case q == "rate mL/h":
		return []quantity.Scale{large.Rate}
	case q == "VTBI mL":
		return []quantity.Scale{large.VTBI, syringe.VTBI}
	case q == "dose":
		return []quantity.Scale{large.Dose, syringe.Dose}
	case q == "weight kg":
		return []quantity.Scale{large.Weight, syringe.Weight}
	}
	return nil
}

// Each graded row of shared/data/precision.csv (copied to testdata): both ends are on the scale, with the row's step there.
func TestPrecisionTable(t *testing.T) {
	f, err := os.Open("testdata/precision.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	graded := 0
	for _, r := range rows[1:] {
		from, to := dec(r[2]), dec(strings.ReplaceAll(r[3], "9.9(9)", "9.99"))
		for _, s := range scaleOf(r[0], r[1]) {
			graded++
			for _, v := range []quantity.Decimal{from, to} {
				if got, err := s.Round(v.Rat()); err != nil || got != v {
					t.Errorf("%s, %s: %s becomes %s, %v", r[0], r[1], v, got, err)
				}
				if r[4] != "-" && s.StepAt(v) != dec(r[4]) {
					t.Errorf("%s, %s: the step at %s is %s, want %s", r[0], r[1], v, s.StepAt(v), r[4])
				}
			}
		}
	}
	if graded != 2+3+6+10+2 {
		t.Errorf("%d bands were compared", graded)
	}
	for _, p := range quantity.Pumps {
		want := map[string]string{"large-volume": "20", "syringe": "2.5"}[p.Name]
		if p.MaxKVO != dec(want) {
			t.Errorf("%s: KVO up to %s, want %s", p.Name, p.MaxKVO, want)
		}
	}
}

func TestRoundingAtTheEdgesOfBands(t *testing.T) {
	large, syringe := quantity.LargeVolume, quantity.Syringe
	for _, c := range []struct {
		s       quantity.Scale
		x, want string
	}{
		{large.Rate, "99.95", "100"},
		{large.Rate, "99.949999", "99.9"},
		{large.Rate, "99.9", "99.9"},
		{large.Rate, "100.5", "101"},
		{large.Rate, "100.499999", "100"},
		{large.Rate, "15.375", "15.4"},
		{large.Rate, "31.875", "31.9"},
		{large.Rate, "3.75", "3.8"},
		{large.Rate, "999.499999", "999"},
		{large.Rate, "999.5", ""},
		{large.Rate, "1000", ""},
		{large.Rate, "0.049999", ""},
		{large.Rate, "0", ""},
		{large.Rate, "-5", ""},
		{large.Rate, "1000000000", ""},
		{syringe.Rate, "9.995", "10"},
		{syringe.Rate, "9.994999", "9.99"},
		{syringe.Rate, "0.125", "0.13"},
		{syringe.Rate, "99.95", "100"},
		{syringe.Rate, "10.05", "10.1"},
		{large.VTBI, "9.995", "10"},
		{large.VTBI, "999.95", "1000"},
		{large.VTBI, "9999.5", ""},
		{large.Dose, "0.99995", "1"},
		{large.Dose, "9.9995", "10"},
		{large.Dose, "99.995", "100"},
		{large.Dose, "999.95", "1000"},
		{large.Dose, "99999.5", ""},
		{large.Dose, "0.00005", "0.0001"},
	} {
		got, err := c.s.Round(dec(c.x).Rat())
		switch {
		case c.want == "" && err == nil:
			t.Errorf("%s became %s, want a refusal", c.x, got)
		case c.want != "" && (err != nil || got != dec(c.want)):
			t.Errorf("%s became %s, %v; want %s", c.x, got, err, c.want)
		}
	}
}

// Whatever is rounded onto a scale stays there, and is at most half a step away.
func TestRoundingIsIdempotentAndNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(quantity.Pumps).Draw(t, "pump")
		s := rapid.SampledFrom([]quantity.Scale{p.Rate, p.VTBI, p.Dose, p.Weight}).Draw(t, "scale")
		x := big.NewRat(rapid.Int64Range(0, 1e12).Draw(t, "numerator"), rapid.Int64Range(1, 1e9).Draw(t, "denominator"))
		v, err := s.Round(x)
		if err != nil {
			return
		}
		if again, err := s.Round(v.Rat()); err != nil || again != v {
			t.Fatalf("%s again is %s, %v", v, again, err)
		}
		diff := new(big.Rat).Sub(x, v.Rat())
		if twice := diff.Add(diff, diff); twice.Abs(twice).Cmp(s.StepAt(v).Rat()) > 0 {
			t.Fatalf("%s became %s", x.FloatString(9), v)
		}
	})
}

func TestDecimalsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := quantity.Decimal(rapid.Int64Range(-1e15, 1e15).Draw(t, "millionths"))
		if got, err := quantity.Parse(d.String()); err != nil || got != d {
			t.Fatalf("%s is read as %s, %v", d, got, err)
		}
		step := quantity.Decimal(rapid.Int64Range(1, 1e9).Draw(t, "step"))
		if f, c := d.Floor(step), d.Ceil(step); f > d || c < d || d-f >= step || c-d >= step || f%step != 0 || c%step != 0 {
			t.Fatalf("%s by %s: floor %s, ceil %s", d, step, f, c)
		}
	})
	for _, bad := range []string{"", ".", "1.2.3", "1e3", "1,000", "1.1234567", "99999999999999999999", "٣", " 1", "--1"} {
		if v, err := quantity.Parse(bad); err == nil {
			t.Errorf("%q is read as %s", bad, v)
		}
	}
	for in, want := range map[string]string{"007.50": "7.5", ".5": "0.5", "5.": "5", "-0.25": "-0.25", "1.1234560": "1.123456", "+3": "3"} {
		if v, err := quantity.Parse(in); err != nil || v.String() != want {
			t.Errorf("%q is read as %s, %v; want %s", in, v, err, want)
		}
	}
	if got := dec("2.345").Fixed(2) + " " + dec("7").Fixed(1) + " " + dec("9.5").Fixed(0); got != "2.35 7.0 10" {
		t.Errorf("fixed: %s", got)
	}
}

func TestUnlikeUnitsDoNotConvert(t *testing.T) {
	for _, pair := range [][2]string{{"mg", "unit"}, {"mEq", "mmol"}, {"mL", "mg"}, {"mg", "grain"}} {
		if r, err := quantity.Ratio(pair[0], pair[1]); err == nil {
			t.Errorf("%s to %s is %s", pair[0], pair[1], r)
		}
	}
	if _, err := quantity.RateOf(dec("5"), mustUnit("units/h"), 0, conc("400 mg/250 mL")); err == nil {
		t.Error("units from mg")
	}
	if _, err := quantity.RateOf(dec("5"), mustUnit("mcg/kg/min"), 0, conc("400 mg/250 mL")); err == nil {
		t.Error("no weight is accepted for a dose by weight")
	}
	if _, err := quantity.RateOf(dec("5"), mustUnit("mcg/min"), 0, quantity.Concentration{}); err == nil {
		t.Error("no concentration is accepted")
	}
}

// A dose computed from an unrounded rate is the dose again, exactly, for every unit.
func TestRateAndDoseAreInverse(t *testing.T) {
	units := []string{"mcg/kg/min", "mg/m2/day", "units/h", "mL/kg/h", "ng/kg/min", "mL/h", "mEq/h", "mmol/kg/h", "milliunits/min", "g/day"}
	concs := map[string]string{"units": "100 units/50 mL", "milliunits": "30 units/500 mL", "mEq": "40 mEq/100 mL", "mmol": "20 mmol/50 mL"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(units).Draw(t, "unit")
		amount, _, _ := strings.Cut(text, "/")
		c := concs[amount]
		if c == "" {
			c = "4 mg/250 mL"
		}
		basis := quantity.Decimal(rapid.Int64Range(1, 5e8).Draw(t, "basis"))
		// doses whose rate is a Decimal are the exact ones: take the rate, not the dose, as given
		r := quantity.Decimal(rapid.Int64Range(1, 999e6).Draw(t, "rate"))
		d, err := quantity.DoseOf(r, mustUnit(text), basis, conc(c))
		if err != nil {
			t.Fatal(err)
		}
		one, err := quantity.RateOf(quantity.One, mustUnit(text), basis, conc(c))
		if err != nil {
			t.Fatal(err)
		}
		if back := d.Mul(d, one); back.Cmp(r.Rat()) != 0 {
			t.Fatalf("%s mL/h in %s comes back as %s", r, text, back.FloatString(9))
		}
	})
}

// The short way of rounding must come to what the exact one does: floor(x/step + 1/2) steps, worked out with big numbers.
func TestRoundIsHalfUpWhateverTheSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := big.NewRat(rapid.Int64Range(0, 9_000_000_000_000).Draw(t, "num"), rapid.Int64Range(1, 2_000_000_000).Draw(t, "den"))
		step := rapid.SampledFrom([]quantity.Decimal{1, 10, 1000, 100_000, 1_000_000, 10_000_000}).Draw(t, "step")
		want := new(big.Rat).Add(new(big.Rat).Quo(x, step.Rat()), big.NewRat(1, 2))
		n := new(big.Int).Div(want.Num(), want.Denom())
		if got := quantity.Round(x, step); int64(got) != n.Int64()*int64(step) {
			t.Fatalf("%v to %s: %s", x, step, got)
		}
	})
}

func TestHoldsIsWhatRoundLeavesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := quantity.Decimal(rapid.Int64Range(0, 11_000_000_000).Draw(t, "v"))
		if rapid.Bool().Draw(t, "coarse") {
			v = v.Floor(quantity.One / 10)
		}
		for _, s := range []quantity.Scale{quantity.LargeVolume.Rate, quantity.Syringe.Rate, quantity.LargeVolume.VTBI, quantity.LargeVolume.Dose} {
			r, err := s.Round(v.Rat())
			if (err == nil && r == v) != s.Holds(v) {
				t.Fatalf("%s: rounds to %s (%v), holds %v", v, r, err, s.Holds(v))
			}
		}
	})
}
