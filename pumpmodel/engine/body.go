package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// What a dose is related to, and the concentration that is typed at the bedside: fields that only designs have which ask for them. A
// design that does not ask for height or surface does not give what goes by m², one without amount and diluent no custom
// concentration.

// The grades of the fields no pump profile has: body surface from 0.05 to 3 m² (shared/data/precision.csv, its step ours), height in
// cm, a drug amount from 0.001 (precision.csv) as finely as doses are.
var (
	surfaces = quantity.Scale{Min: quantity.One / 20, Bands: []quantity.Band{{To: quantity.Int(3), Step: quantity.One / 100}}}
	heights  = quantity.Scale{Min: quantity.Int(20), Bands: []quantity.Band{{To: quantity.Int(250), Step: quantity.One / 10}}}
	amounts  = quantity.Scale{Min: quantity.One / 1000, Bands: []quantity.Band{
		{To: quantity.MustParse("9.999"), Step: quantity.One / 1000},
		{To: quantity.MustParse("99.99"), Step: quantity.One / 100},
		{To: quantity.MustParse("999.9"), Step: quantity.One / 10},
		{To: quantity.Int(99999), Step: quantity.One},
	}}
)

// basis is what the dose is related to: the weight in kg, the surface in m², or nothing (0).
func (p *plan) basis(s *setup) quantity.Decimal {
	switch {
	case s.weighed:
		return p.Val[field.Weight]
	case s.surfaced:
		return p.Val[field.Surface]
	}
	return 0
}

// conc is the concentration of a plan: that of its setup, or the one entered; false while it is not entered.
func (p *plan) conc(s *setup) (quantity.Concentration, bool) {
	if !s.custom {
		return s.conc, true
	}
	if !p.Has.of(field.Amount) || !p.Has.of(field.Diluent) {
		return quantity.Concentration{}, false
	}
	return quantity.Concentration{Amount: p.Val[field.Amount], Unit: s.concUnit, Volume: p.Val[field.Diluent]}, true
}

// concText is the plan's concentration in words; empty where it has none.
func (p *plan) concText(s *setup) string {
	if !s.custom {
		return s.concText
	}
	if c, ok := p.conc(s); ok {
		return c.String()
	}
	return ""
}

// strength is an entered concentration in its unit per mL, to a millionth.
func (p *plan) strength() quantity.Decimal {
	return quantity.Round(p.Val[field.Amount].Rat().Quo(p.Val[field.Amount].Rat(), p.Val[field.Diluent].Rat()), 1)
}

// ready reports that a dose of the plan can be converted.
func (p *plan) ready(s *setup) bool {
	_, strong := p.conc(s)
	return strong && (!s.weighed || p.Has.of(field.Weight)) && (!s.surfaced || p.Has.of(field.Surface))
}

// measure computes the surface from height and weight (Mosteller), unless it was entered itself.
func (p *plan) measure() *refusal {
	if p.Measured || !p.Has.of(field.Height) || !p.Has.of(field.Weight) {
		return nil
	}
	v, err := quantity.Surface(p.Val[field.Height], p.Val[field.Weight], quantity.One/100)
	if err == nil && !surfaces.Holds(v) {
		return &refusal{
			text: "the surface would be " + v.String() + " m²; the pump takes 0.05 to 3", field: field.Surface, value: "3", entered: v.String(), unit: "m²",
		}
	}
	if err != nil {
		return &refusal{text: err.Error(), field: field.Surface}
	}
	p.put(field.Surface, v)
	return nil
}

// tell puts weight and surface into a programme, where its dose goes by them.
func (m *mach) tell(p *plan, s *setup, out *pumpmodel.Programme) {
	if m.has(p, field.Weight) {
		out.Weight = p.decimal(field.Weight)
	}
	if s.surfaced {
		out.Surface = p.decimal(field.Surface)
	}
}

// decimal is a field as a decimal string; empty while it is not set.
func (p *plan) decimal(f field.Field) string {
	if !p.Has.of(f) {
		return ""
	}
	return p.Val[f].String()
}
