package quantity_test

import (
	"testing"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/quantity"
)

// The integers of a Relation give what the exact rationals give, or say that they cannot.
func TestLawARelationIsTheExactConversion(t *testing.T) {
	answered, asked := 0, 0
	units := []string{"mcg/kg/min", "units/h", "mL/h", "mg/m2/day", "ng/kg/min", "g/h", "mL/kg/h", "mmol/day", "milliunits/min"}
	concs := []string{"400 mg/250 mL", "16 mcg/mL", "25000 units/500 mL", "1 g/3 mL", "0.001 mg/999 mL", "40 mmol/1000 mL"}
	rapid.Check(t, func(t *rapid.T) {
		u, err := quantity.ParseDoseUnit(rapid.SampledFrom(units).Draw(t, "unit"))
		if err != nil {
			t.Fatal(err)
		}
		c, err := quantity.ParseConcentration(rapid.SampledFrom(concs).Draw(t, "concentration"))
		if err != nil {
			t.Fatal(err)
		}
		r, ok := quantity.RelationOf(u, c)
		if !ok {
			return
		}
		p := rapid.SampledFrom(quantity.Pumps).Draw(t, "pump")
		v := quantity.Decimal(rapid.OneOf(rapid.Int64Range(0, 99_999e6), rapid.Int64Range(0, 50e6)).Draw(t, "value"))
		basis := quantity.Decimal(rapid.Int64Range(0, 500e6).Draw(t, "basis"))
		hold := func(what string, got quantity.Decimal, ok bool, want quantity.Decimal, err error) {
			if err == nil {
				asked++
			}
			if ok {
				answered++
			}
			if ok && (err != nil || got != want) {
				t.Fatalf("%s of %s %s at %s, %s: %s, not %s (%v)", what, v, u, basis, c, got, want, err)
			}
		}
		exact, err := quantity.RateOf(v, u, basis, c)
		var want quantity.Decimal
		if err == nil {
			want, err = p.Rate.Round(exact)
		}
		got, ok := r.Rate(v, basis, p.Rate)
		hold("the rate", got, ok, want, err)
		if v == 0 {
			return
		}
		exact, err = quantity.DoseOf(v, u, basis, c)
		if err == nil {
			want, err = p.Dose.Round(exact)
		}
		got, ok = r.Dose(v, basis, p.Dose)
		hold("the dose", got, ok, want, err)
	})
	if answered*10 < asked*9 {
		t.Errorf("%d of %d conversions were done in integers", answered, asked)
	}
}

// Volume from rate and time, time from volume and rate: as the exact rationals round.
func TestLawProductAndQuotientRoundAsRoundDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(quantity.Pumps).Draw(t, "pump")
		rate := quantity.Decimal(rapid.Int64Range(1, 999e6).Draw(t, "rate"))
		minutes := quantity.Decimal(rapid.Int64Range(0, 6000).Draw(t, "minutes"))
		want, err := p.VTBI.Round(quantity.VolumeOf(rate, minutes*quantity.One))
		if got, ok := p.VTBI.Product(rate, minutes, 60); ok != (err == nil) || ok && got != want {
			t.Fatalf("%s mL/h in %d min: %s %v, not %s %v", rate, minutes, got, ok, want, err)
		}
		volume := quantity.Decimal(rapid.Int64Range(0, 9999e6).Draw(t, "volume"))
		exact, err := quantity.MinutesOf(volume, rate)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []quantity.Decimal{1, quantity.One / 10, quantity.One} {
			got, ok := quantity.Quotient(volume, 60*uint64(quantity.One), rate, step)
			if want := quantity.Round(exact, step); !ok || got != want {
				t.Fatalf("%s mL at %s mL/h: %s %v, not %s", volume, rate, got, ok, want)
			}
		}
	})
}
