package outcome

import (
	"math/big"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
)

// target is what a field should hold.
type target struct {
	text     string   // the number or name as the order has it
	name     bool     // text is a name, not a number
	also     []string // other values that mean the same: the dose recomputed from the rounded rate
	from, to *big.Rat // anything strictly between is right too; nil for none
}

func (t target) fits(value string) bool {
	if t.name {
		return value == t.text
	}
	v, err := quantity.Parse(value)
	if err != nil {
		return false
	}
	for _, s := range append([]string{t.text}, t.also...) {
		if w, err := quantity.Parse(s); err == nil && v == w {
			return true
		}
	}
	return t.from != nil && v.Rat().Cmp(t.from) > 0 && v.Rat().Cmp(t.to) < 0
}

// targets are what the fields should hold for one order on one pump.
type targets struct {
	order order.Order
	pump  quantity.Pump
	by    map[string]target
}

func targetsOf(o order.Order, pump quantity.Pump) targets {
	t := targets{order: o, pump: pump, by: map[string]target{}}
	for field, v := range map[string]quantity.Decimal{"weight": o.Weight, "rate": o.Rate, "vtbi": o.VTBI, "time": o.Time} {
		if v != 0 {
			t.by[field] = target{text: v.String()}
		}
	}
	kind := "bolus"
	if o.Loading {
		kind = "loading"
	}
	for field, v := range map[string]quantity.Decimal{kind: o.Bolus, kind + "-time": o.Over, "delay": o.Delay} {
		if v != 0 {
			t.by[field] = target{text: v.String()}
		}
	}
	for _, field := range order.PCAFields {
		if v, _ := o.PCA.Number(field); v != 0 {
			t.by[field] = target{text: v.String()}
		}
	}
	for field, name := range map[string]string{"area": o.Area, "drug": o.Drug} {
		if name != "" {
			t.by[field] = target{text: name, name: true}
		}
	}
	if o.Dose == 0 {
		return t
	}
	dose := target{text: o.Dose.String()}
	if exact, err := quantity.RateOf(o.Dose, o.DoseUnit, o.Weight, o.Concentration); err == nil {
		if rate, err := pump.Rate.Round(exact); err == nil {
			dose.also = shownDose(o, pump, rate)
			if o.Rate == 0 {
				t.by["rate"] = nearby(exact, rate, pump)
			}
		}
	}
	t.by["dose"] = dose
	return t
}

// nearby is the rate a dose converts to: any value of the pump less than one step from the exact one.
func nearby(exact *big.Rat, rate quantity.Decimal, pump quantity.Pump) target {
	step := pump.Rate.StepAt(rate).Rat()
	return target{text: rate.String(), from: new(big.Rat).Sub(exact, step), to: new(big.Rat).Add(exact, step)}
}

// shownDose is the dose as the pump shows it after rounding the rate.
func shownDose(o order.Order, pump quantity.Pump, rate quantity.Decimal) []string {
	exact, err := quantity.DoseOf(rate, o.DoseUnit, o.Weight, o.Concentration)
	if err != nil {
		return nil
	}
	dose, err := pump.Dose.Round(exact)
	if err != nil {
		return nil
	}
	return []string{dose.String()}
}

// of is what a field should hold, in a unit if one is given; known is false if the order does not say.
func (t targets) of(field, unit string) (want target, known bool) {
	if field == "dose" && unit != "" && t.order.Dose != 0 {
		u, err := quantity.ParseDoseUnit(unit)
		if err != nil || u != t.order.DoseUnit {
			return target{}, false // another unit: the programme as a whole is judged by order.MatchesOn
		}
	}
	if field == "concentration" {
		return target{}, false
	}
	want, known = t.by[field]
	return want, known
}

// others are the numbers that belong to the other fields of the order.
func (t targets) others(field string) []string {
	var all []string
	for name, other := range t.by {
		if name != field && !other.name && (field != "dose" || name != "rate") {
			all = append(all, other.text)
		}
	}
	return all
}

// orderText is the order on one line, without the patient.
func orderText(o order.Order) string {
	o.Patient = ""
	return o.String()
}

// programmeText is a programme on one line, in the words of an order.
func programmeText(p pumpmodel.Programme) string {
	var parts []string
	add := func(key, value, unit string) {
		if value != "" {
			parts = append(parts, strings.TrimSpace(key+": "+value+" "+unit))
		}
	}
	add("area", p.Area, "")
	add("weight", p.Weight, "kg")
	add("channel", p.Channel, "")
	add("drug", p.Drug, "")
	if p.Basic {
		parts = append(parts, "basic infusion")
	}
	add("concentration", p.Concentration, "")
	add("dose", p.Dose, p.DoseUnit)
	add("rate", p.Rate, "mL/h")
	add("vtbi", p.VTBI, "mL")
	add("time", p.Time, "min")
	if p.Loading {
		add("loading", p.Bolus, p.BolusUnit)
	} else {
		add("bolus", p.Bolus, p.BolusUnit)
	}
	if p.Bolus != "" {
		add("at", p.BolusRate, "mL/h")
	}
	add("delay", p.Delay, "min")
	if a := p.PCA; a.Dose != "" {
		add("pca dose", a.Dose, a.Unit)
		add("lockout", a.Lockout, "min")
		add("continuous", a.Continuous, a.Unit+"/h")
		add("pca loading", a.Loading, a.Unit)
		add("in 1 h", a.In1h, a.Unit)
		add("in 4 h", a.In4h, a.Unit)
	}
	return strings.Join(parts, "; ")
}
