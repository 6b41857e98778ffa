package order_test

import (
	"testing"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
)

const morphine = "area: Adult ICU; drug: morphine; concentration: 100 mg/100 mL; dose: 2 mg/h; vtbi: 50 mL; bolus: 4 mg; over: 4 min"

// given is the order above as a pump holds it after the bolus: 4 mg of 1 mg/mL are 4 mL, in 4 min at 60 mL/h.
func given() pumpmodel.Programme {
	return pumpmodel.Programme{
		Area: "Adult ICU", Drug: "morphine", Concentration: "100 mg/100 mL", Dose: "2", DoseUnit: "mg/h", Rate: "2", VTBI: "50",
		Bolus: "4", BolusUnit: "mg", BolusVolume: "4", BolusRate: "60",
	}
}

func TestABolusIsHeldAgainstTheOrder(t *testing.T) {
	for _, c := range []struct {
		name, order, field string
		change             func(*pumpmodel.Programme)
	}{
		{"as ordered", morphine, "", nil},
		{"in another unit", morphine, "", func(p *pumpmodel.Programme) { p.Bolus, p.BolusUnit = "4000", "mcg" }},
		{"twice", morphine, "bolus", func(p *pumpmodel.Programme) { p.Bolus, p.BolusVolume = "8", "8" }},
		{"none", morphine, "bolus", func(p *pumpmodel.Programme) { p.Bolus, p.BolusUnit, p.BolusVolume, p.BolusRate = "", "", "", "" }},
		{"too fast", morphine, "bolus-time", func(p *pumpmodel.Programme) { p.BolusRate = "120" }},
		{"as a loading dose", morphine, "bolus", func(p *pumpmodel.Programme) { p.Loading = true }},
		{"one nobody ordered", morphine[:len(morphine)-len("; bolus: 4 mg; over: 4 min")], "bolus", nil},
		{"a delay nobody ordered", morphine, "delay", func(p *pumpmodel.Programme) { p.Delay = "30" }},
		{"a delay as ordered", morphine + "; delay: 30 min", "", func(p *pumpmodel.Programme) { p.Delay = "30" }},
		{"another delay", morphine + "; delay: 1 h", "delay", func(p *pumpmodel.Programme) { p.Delay = "30" }},
	} {
		p := given()
		if c.change != nil {
			c.change(&p)
		}
		got := order.Matches(mustParse(t, c.order), p)
		field := ""
		if len(got) > 0 {
			field = got[0].Field
		}
		if field != c.field || len(got) > 1 {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if got := mustParse(t, morphine+"; delay: 30 min").String(); got != morphine+"; delay: 30 min" {
		t.Errorf("it prints as %s", got)
	}
	if _, err := order.Parse("bolus: 4; loading: 50 mcg/kg; delay: soon"); err == nil {
		t.Error("no error")
	}
}

func TestWhatAPumpGaveAddsUp(t *testing.T) {
	p := given()
	p.Bolus, p.BolusUnit, p.BolusVolume, p.BolusRate = "", "", "", ""
	started := pumpmodel.Output{Kind: pumpmodel.InfusionStarted, Programme: &p}
	dose := given()
	bolus := pumpmodel.Output{Kind: pumpmodel.DoseStarted, Field: "bolus", Programme: &dose}
	stopped := pumpmodel.Output{Kind: pumpmodel.DoseStopped, Field: "bolus", Before: "4", After: "1"}
	changed := p
	changed.Rate = "3"
	now := order.After(pumpmodel.Programme{}, &started)
	for i, o := range []pumpmodel.Output{bolus, bolus, stopped, {Kind: pumpmodel.InfusionChanged, Programme: &changed}} {
		now = order.After(now, &o)
		if want := []string{"4", "8", "5", "5"}[i]; now.Bolus != want || now.BolusVolume != want {
			t.Errorf("after %d: %s mg in %s mL, want %s", i, now.Bolus, now.BolusVolume, want)
		}
	}
	if now.Rate != "3" {
		t.Errorf("the rate is %s", now.Rate)
	}
}
