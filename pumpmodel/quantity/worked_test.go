package quantity_test

import (
	"encoding/csv"
	"math/big"
	"os"
	"strconv"
	"testing"

	"pumplab/pumpmodel/quantity"
)

type row struct {
	id, exact, published, class string
	places                      int
}

// worked reads testdata/worked_examples.csv, the copy of shared/data: published examples with their sources.
func worked(t *testing.T) map[string]row {
	t.Helper()
	f, err := os.Open("testdata/worked_examples.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]row{}
	for _, r := range rows[1:] {
		places, err := strconv.Atoi(r[7])
		if err != nil {
			t.Fatal(err)
		}
		out[r[0]] = row{id: r[0], exact: r[4], published: r[5], class: r[9], places: places}
	}
	return out
}

func dec(s string) quantity.Decimal { return quantity.MustParse(s) }

func must(x *big.Rat, err error) *big.Rat {
	if err != nil {
		panic(err)
	}
	return x
}

func conc(s string) quantity.Concentration {
	if s == "" {
		return quantity.Concentration{}
	}
	c, err := quantity.ParseConcentration(s)
	if err != nil {
		panic(err)
	}
	return c
}

// rate and dose are the two conversions, basis in kg ("" for none).
func rate(d, unit, basis, c string) *big.Rat {
	return must(quantity.RateOf(dec(d), mustUnit(unit), basisOf(basis), conc(c)))
}

func dose(r, unit, basis, c string) *big.Rat {
	return must(quantity.DoseOf(dec(r), mustUnit(unit), basisOf(basis), conc(c)))
}

func over(volume, minutes string) *big.Rat {
	return must(quantity.RateOver(dec(volume), dec(minutes)))
}

func basisOf(s string) quantity.Decimal {
	if s == "" {
		return 0
	}
	return dec(s)
}

func mustUnit(s string) quantity.DoseUnit {
	u, err := quantity.ParseDoseUnit(s)
	if err != nil {
		panic(err)
	}
	return u
}

func ratio(x, from, to string) *big.Rat {
	return new(big.Rat).Mul(dec(x).Rat(), must(quantity.Ratio(from, to)))
}

// computed is what our conversions make of each row's inputs; the inputs are prose in the table.
var computed = map[string]*big.Rat{
	"EX001": rate("5", "mcg/kg/min", "82", "400 mg/250 mL"),
	"EX002": rate("10", "mcg/kg/min", "85", "400 mg/250 mL"),
	"EX004": dose("75", "mcg/kg/min", "72.4", "50 mg/250 mL"),
	"EX005": dose("5", "mcg/kg/min", "70", "800 mg/500 mL"),
	"EX006": dose("17", "mg/min", "", "1 g/250 mL"),
	"EX007": dose("48", "mcg/kg/min", "80", "10 mg/mL"), // the source divides 176 lb by 2.2
	"EX010": rate("10", "mcg/min", "", "50 mg/250 mL"),
	"EX011": rate("0.05", "mg/kg/h", "40", "100 mg/100 mL"),
	"EX012": rate("5", "mcg/min", "", "50 mg/250 mL"),
	"EX013": rate("0.1", "mcg/kg/min", "70", "4 mg/250 mL"),
	"EX014": rate("0.5", "mcg/kg/min", "70", "4 mg/250 mL"),
	"EX016": rate("2", "mcg/kg/min", "70", "4 mg/250 mL"),
	"EX017": rate("0.1", "mcg/kg/min", "70", "1 mg/100 mL"),
	"EX021": rate("6", "mcg/min", "", "4 mg/250 mL"),
	"EX023": rate("5", "mcg/kg/min", "70", "400 mg/500 mL"),
	"EX027": rate("5", "mcg/kg/min", "70", "400 mg/250 mL"),
	"EX028": rate("5", "mcg/kg/min", "50", "400 mg/250 mL"),
	"EX030": rate("6", "mcg/kg/min", "65", "400 mg/250 mL"),
	"EX033": dose("30", "mg/h", "", "2.5 g/250 mL"),
	"EX036": rate("10", "mcg/min", "", "100 mg/500 mL"),
	"EX038": rate("0.1", "mcg/kg/min", "70", "12.5 mg/250 mL"),
	"EX043": rate("0.1", "mcg/kg/min", "80", "4 mg/250 mL"),
	"EX044": rate("0.2", "mcg/kg/min", "18", "16 mcg/mL"),
	"EX046": rate("5", "mcg/kg/min", "25", "1.6 mg/mL"),
	"EX047": rate("0.05", "units/kg/h", "15", "33 units/200 mL"),
	"EX049": rate("1800", "units/h", "", "100 units/mL"),
	"EX050": rate("900", "units/h", "", "50 units/mL"),
	"EX053": rate("0.5", "mg/min", "", "900 mg/500 mL"),
	"EX056": over("1000", "480"),
	"EX057": over("500", "420"),
	"EX058": over("1000", "240"),
	"EX059": over("1600", "720"),
	"EX061": over("250", "120"),
	"EX065": over("500", "1440"),
	"EX066": over("50", "3"),
	"EX068": over("50", "30"),
	"EX073": must(quantity.MinutesOf(dec("0.6"), dec("36"))), // 0.6 mL at 0.6 mg/min of 1 mg/mL, 36 mL/h
	"EX074": rate("0.3", "mg/min", "", "1 mg/mL"),
	"EX076": percent("35", "60"),
	"EX078": percent("35", "30"),
	"EX080": percent("35", "20"),
	"EX082": rate("0.05", "mcg/kg/min", "50", "40 mcg/mL"),
	"EX089": ratio("0.016", "mg", "mcg"),
	"EX090": big.NewRat(60, 6),
	"EX091": new(big.Rat).Add(dec("12").Rat(), ratio("8", "mL", "mL")),
	// the amount in 250 mL that gives the dose at 10 mL/h: the dose's amount an hour × volume ÷ rate
	"EX092": new(big.Rat).Mul(ratio("60", "mcg", "mg"), big.NewRat(250, 10)),
	"EX093": new(big.Rat).Quo(ratio("1.5", "mg", "mcg"), dec("50").Rat()),
}

func percent(p, of string) *big.Rat {
	return new(big.Rat).Mul(new(big.Rat).Quo(dec(p).Rat(), big.NewRat(100, 1)), dec(of).Rat())
}

func TestWorkedExamples(t *testing.T) {
	rows := worked(t)
	for id, r := range rows {
		if r.class == "negative" || id == "EX088" { // a root, below
			continue
		}
		x, ok := computed[id]
		if !ok {
			t.Errorf("%s: no test computes it", id)
			continue
		}
		want, _ := new(big.Rat).SetString(r.exact) // a float64 printed in full: equal to 15 digits
		diff := new(big.Rat).Sub(x, want)
		if diff.Abs(diff).Cmp(new(big.Rat).Mul(want, big.NewRat(1, 1e14))) > 0 {
			t.Errorf("%s: exact %s, want %s", id, x.FloatString(16), r.exact)
		}
		if got := rounded(x, r.places); got != dec(r.published) {
			t.Errorf("%s: rounded %s, published %s", id, got, r.published)
		}
	}
	for id := range computed {
		if _, ok := rows[id]; !ok {
			t.Errorf("%s is not in the table", id)
		}
	}
}

func rounded(x *big.Rat, places int) quantity.Decimal {
	step := quantity.One
	for range places {
		step /= 10
	}
	return quantity.Round(x, step)
}

// EX097 to EX099 are wrong public answers: ours must differ.
func TestNegativeExamplesAreNotReproduced(t *testing.T) {
	rows := worked(t)
	dubois, err := quantity.Surface(dec("175"), dec("70"), dec("0.01"))
	if err != nil {
		t.Fatal(err)
	}
	ours := map[string]quantity.Decimal{
		"EX097": rounded(rate("0.1", "mcg/kg/min", "60", "80 mcg/mL"), 1),
		"EX098": rounded(rate("1", "mcg/kg/min", "70", "250 mg/100 mL"), 1),
		"EX099": dubois,
	}
	for id, r := range rows {
		if r.class != "negative" {
			continue
		}
		got, ok := ours[id]
		if !ok || got == dec(r.published) {
			t.Errorf("%s: %s (%v), which is the wrong published answer %s", id, got, ok, r.published)
		}
	}
	if ours["EX097"] != dec("4.5") || ours["EX098"] != dec("1.7") {
		t.Errorf("right answers are 4.5 and 1.7: %v", ours)
	}
}

func TestRateBeyondThePumpIsRefused(t *testing.T) {
	for _, p := range quantity.Pumps {
		if v, err := p.Rate.Round(computed["EX066"]); err == nil {
			t.Errorf("%s: EX066, 1000 mL/h, became %s", p.Name, v)
		}
	}
}

func TestMosteller(t *testing.T) {
	height := quantity.Round(quantity.Centimetres(dec("61")), 1)
	for _, c := range []struct{ kg, step, want string }{
		{"90.7", "0.01", "1.98"}, // EX088, exact 1.975759910065548
		{"90.7", "0.000001", "1.97576"},
	} {
		got, err := quantity.Surface(height, dec(c.kg), dec(c.step))
		if err != nil || got != dec(c.want) {
			t.Errorf("61 in, %s kg by %s: %s, %v; want %s", c.kg, c.step, got, err, c.want)
		}
	}
	// A perfect half: 36 cm × 1.050625 kg ÷ 3600 = 0.01050625 = 0.1025².
	if got, _ := quantity.Surface(dec("36"), dec("1.050625"), dec("0.001")); got != dec("0.103") {
		t.Errorf("0.1025 by 0.001 is %s, want 0.103 (half up)", got)
	}
	if _, err := quantity.Surface(0, dec("70"), dec("0.01")); err == nil {
		t.Error("no height is accepted")
	}
}

func TestPoundsAndTheBedsideRule(t *testing.T) {
	kg := quantity.Round(quantity.Kilograms(dec("176")), 1)
	if kg != dec("79.832257") { // 176 × 0.45359237 = 79.83225712
		t.Errorf("176 lb is %s kg", kg)
	}
	// EX007 with the exact pound rounds to the same published 100 mcg/kg/min.
	x := must(quantity.DoseOf(dec("48"), mustUnit("mcg/kg/min"), kg, conc("10 mg/mL")))
	if got := rounded(x, 0); got != dec("100") {
		t.Errorf("EX007 with the exact pound: %s", got)
	}
}

func TestVolumeAndTime(t *testing.T) {
	// shared/domain/ders.md: 250 mL at 15.4 mL/h: 974 min.
	if got, err := quantity.Remaining(dec("250"), dec("15.4")); err != nil || got != 974 {
		t.Errorf("250 mL at 15.4 mL/h: %d min, %v", got, err)
	}
	if got := quantity.Exact(quantity.VolumeOf(dec("15.4"), dec("90"))); got != "23.1" {
		t.Errorf("15.4 mL/h for 90 min: %s mL", got)
	}
	if _, err := quantity.Remaining(dec("250"), 0); err == nil {
		t.Error("no rate is accepted")
	}
	if _, err := quantity.RateOver(dec("250"), 0); err == nil {
		t.Error("no time is accepted")
	}
}
