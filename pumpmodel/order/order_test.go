package order_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
)

const dopamine = "patient: A. Test; area: Adult ICU; weight: 82 kg; drug: DOPamine; concentration: 400 mg/250 mL; dose: 5 mcg/kg/min; vtbi: 250 mL"

func mustParse(t *testing.T, text string) order.Order {
	t.Helper()
	o, err := order.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// programmed is the order above as a pump holds it: 5 mcg/kg/min at 82 kg is 15.375, so 15.4 mL/h (worked_examples.csv EX001).
func programmed() pumpmodel.Programme {
	return pumpmodel.Programme{
		Area: "Adult ICU", Drug: "DOPamine", Concentration: "400 mg/250 mL", Weight: "82", Dose: "5", DoseUnit: "mcg/kg/min",
		Rate: "15.4", VTBI: "250",
	}
}

func ExampleOrder_Card() {
	o, _ := order.Parse("drug: heparin; concentration: 25000.0 units/500 mL; weight: 0.80 kg; dose: .5 unit/kg/h; vtbi: 50.0 mL; time: 90 min")
	fmt.Println(o.Title())
	for _, l := range o.Card() {
		fmt.Printf("%s: %s\n", l.Label, l.Text)
	}
	// Output:
	// NEW INFUSION
	// Weight: 0.8 kg
	// Drug: heparin
	// Concentration: 25000 units/500 mL
	// Dose: 0.5 units/kg/h
	// VTBI: 50 mL
	// Over: 1 h 30 min
}

func TestAnOrderPrintsAndReadsBack(t *testing.T) {
	if got := mustParse(t, dopamine).String(); got != dopamine {
		t.Fatalf("got  %s\nwant %s", got, dopamine)
	}
	rapid.Check(t, func(t *rapid.T) {
		num := rapid.Custom(func(t *rapid.T) quantity.Decimal {
			return quantity.Decimal(rapid.Int64Range(0, 9_999_000_000).Draw(t, "n"))
		})
		o := order.Order{
			Area: "General ward", Drug: rapid.SampledFrom([]string{"", "heparin", "ceFAZolin"}).Draw(t, "drug"),
			Weight: num.Draw(t, "weight"), Rate: num.Draw(t, "rate"), VTBI: num.Draw(t, "vtbi"), Time: num.Draw(t, "time"),
			Change: rapid.Bool().Draw(t, "change"),
		}
		if o.Dose = num.Draw(t, "dose"); o.Dose != 0 {
			o.DoseUnit, _ = quantity.ParseDoseUnit(rapid.SampledFrom([]string{"mcg/kg/min", "units/h", "mEq/h", "mg/m2/day"}).Draw(t, "unit"))
		}
		back, err := order.Parse(o.String())
		if err != nil || back != o {
			t.Fatalf("%v\nwrote %s\nread  %s", err, o, back)
		}
	})
}

func TestAMalformedOrderIsRefusedWithAllItsProblems(t *testing.T) {
	_, err := order.Parse("dose: 5; weight: 82; vtbi: 0 mL; drgu: x; vtbi: 3 mL; nothing; change: perhaps; rate: -1 mL/h; time: h")
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{"dose: \"5\" has no unit", "weight: \"82\" has no unit", "vtbi: \"0 mL\" is not positive", "drgu: an order has no such key", "vtbi: it is given twice", "\"nothing\" is not key: value", "neither yes nor no", "rate: \"-1 mL/h\" is not positive", "time: \"h\" is no time"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in:\n%v", want, err)
		}
	}
}

func TestTheProgrammeAskedForHasNoDeviation(t *testing.T) {
	o := mustParse(t, dopamine)
	allowed := map[string]func(*pumpmodel.Programme){
		"as ordered":                       func(*pumpmodel.Programme) {},
		"dose recomputed from 15.4 mL/h":   func(p *pumpmodel.Programme) { p.Dose = "5.008" },
		"dose in another unit":             func(p *pumpmodel.Programme) { p.Dose, p.DoseUnit = "0.3", "mg/kg/h" },
		"same strength, another volume":    func(p *pumpmodel.Programme) { p.Concentration = "1.6 mg/mL" },
		"by rate, rounded":                 func(p *pumpmodel.Programme) { p.Dose, p.DoseUnit, p.Weight = "", "", "82" },
		"by rate, rounded down":            func(p *pumpmodel.Programme) { p.Dose, p.DoseUnit, p.Rate = "", "", "15.3" },
		"a field nobody asked for":         func(p *pumpmodel.Programme) { p.Time = "974" },
		"a trailing zero is still a match": func(p *pumpmodel.Programme) { p.VTBI = "250.0" },
	}
	for name, change := range allowed {
		p := programmed()
		change(&p)
		if got := order.Matches(o, p); len(got) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestEachWrongFieldIsFoundWithItsRatio(t *testing.T) {
	o := mustParse(t, dopamine)
	for _, c := range []struct {
		name, field, ratio string
		change             func(*pumpmodel.Programme)
	}{
		{"out by ten", "dose", "10", func(p *pumpmodel.Programme) { p.Dose = "50" }},
		{"almost the dose", "dose", "1.002", func(p *pumpmodel.Programme) { p.Dose = "5.01" }},
		{"other unit", "dose", "", func(p *pumpmodel.Programme) { p.DoseUnit = "mcg/min" }},
		{"transposed weight", "weight", "0.3415", func(p *pumpmodel.Programme) { p.Weight = "28" }},
		{"double strength", "concentration", "2", func(p *pumpmodel.Programme) { p.Concentration = "800 mg/250 mL" }},
		{"look-alike", "drug", "", func(p *pumpmodel.Programme) { p.Drug = "DOBUTamine" }},
		{"other area", "area", "", func(p *pumpmodel.Programme) { p.Area = "General ward" }},
		{"volume", "vtbi", "0.1", func(p *pumpmodel.Programme) { p.VTBI = "25" }},
		{"volume missing", "vtbi", "", func(p *pumpmodel.Programme) { p.VTBI = "" }},
		{"by rate, two steps off", "rate", "0.9886", func(p *pumpmodel.Programme) { p.Dose, p.DoseUnit, p.Rate = "", "", "15.2" }},
	} {
		p := programmed()
		c.change(&p)
		got := order.Matches(o, p)
		if len(got) != 1 || got[0].Field != c.field || got[0].RatioText() != c.ratio {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestABasicInfusionInsteadOfTheDrugIsADeviation(t *testing.T) {
	got := order.Matches(mustParse(t, "drug: heparin; rate: 18 mL/h"), pumpmodel.Programme{Basic: true, Rate: "18"})
	if len(got) != 1 || got[0].Field != "drug" || got[0].Programmed != "" {
		t.Fatalf("%+v", got)
	}
}

func TestAWeightIsComparedOnlyWhereThePumpAsksForIt(t *testing.T) {
	o := mustParse(t, "weight: 82 kg; drug: heparin; dose: 1000 units/h")
	p := pumpmodel.Programme{Drug: "heparin", Dose: "1000", DoseUnit: "units/h"}
	if got := order.Matches(o, p); len(got) != 0 {
		t.Errorf("a dose that is not per kg: %+v", got)
	}
	p.Weight = "80"
	if got := order.Matches(o, p); len(got) != 1 || got[0].Field != "weight" {
		t.Errorf("a wrong weight all the same: %+v", got)
	}
	byDose := programmed()
	byDose.Weight = ""
	if got := order.Matches(mustParse(t, dopamine), byDose); len(got) != 1 || got[0].Field != "weight" {
		t.Errorf("a dose per kg without a weight: %+v", got)
	}
}

func TestATimeMayBeProgrammedAsItsRate(t *testing.T) {
	o := mustParse(t, "drug: vancomycin; vtbi: 250 mL; time: 70 min") // 214.29 mL/h
	for rate, want := range map[string]int{"214": 0, "215": 0, "213": 1} {
		if got := order.Matches(o, pumpmodel.Programme{Drug: "vancomycin", VTBI: "250", Rate: rate}); len(got) != want {
			t.Errorf("%s mL/h: %+v", rate, got)
		}
	}
	if got := order.Matches(o, pumpmodel.Programme{Drug: "vancomycin", VTBI: "250", Rate: "214", Time: "70.1"}); len(got) != 0 {
		t.Errorf("the time the pump shows at 214 mL/h: %+v", got)
	}
	if got := order.Matches(o, pumpmodel.Programme{Drug: "vancomycin", VTBI: "250", Rate: "214", Time: "60"}); len(got) != 1 || got[0].Field != "time" {
		t.Errorf("%+v", got)
	}
}

func TestSeverityIsTheWorstFactorInEitherDirection(t *testing.T) {
	o, p := mustParse(t, dopamine), programmed()
	p.Dose, p.VTBI = "10", "25"
	if got := order.Severity(order.Matches(o, p)); got == nil || got.RatString() != "10" {
		t.Fatalf("%v", got)
	}
	if got := order.Severity(nil); got != nil {
		t.Fatalf("without deviation: %v", got)
	}
}

func TestAnOrderOfAnalgesiaAndOneWithASecondReadBack(t *testing.T) {
	for _, text := range []string{
		"area: General ward; drug: morphine; pca dose: 1 mg; lockout: 8 min; continuous: 0.5 mg/h; pca loading: 2 mg; in 1 h: 8 mg; in 4 h: 24 mg",
		"area: General ward; channel: A; rate: 100 mL/h; vtbi: 500 mL + area: General ward; channel: A secondary; drug: ceFAZolin; rate: 200 mL/h; vtbi: 100 mL",
	} {
		if got := mustParse(t, text).String(); got != text {
			t.Errorf("got  %s\nwant %s", got, text)
		}
	}
	for text, want := range map[string]string{
		"pca dose: 1":                      `"1" has no unit`,
		"pca dose: 1 mg; in 4 h: 20 mcg":   `"20 mcg" is not in mg`,
		"continuous: 1 mg":                 `"1 mg" is no rate`,
		"pca dose: 0 mg":                   `"0 mg" is not positive`,
		"in 1 h: 4 spoons":                 `"4 spoons" is no amount`,
		"channel: A + channel: B; dose: 5": `"5" has no unit`,
		"drug: heparin + drgu: x":          "an order has no such key",
	} {
		if _, err := order.Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
