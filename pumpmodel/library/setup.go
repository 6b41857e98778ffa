package library

import (
	"fmt"
	"strings"

	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

var (
	setupKeys = []string{
		"drug", "aliases", "codes", "therapy", "concentration", "concentration limits", "by", "delivery", "pump", "high alert", "advisory",
		"dose", "rate", "vtbi", "time", "weight", "titration", "bolus", "bolus rate", "loading", "total",
		"pca dose", "lockout", "continuous", "in 1 h", "in 2 h", "in 4 h",
	}
	bases      = []string{"none", "weight", "surface"}
	deliveries = []string{"continuous", "continuous+bolus", "intermittent", "secondary", "fluid", "pca"}
	pumps      = []string{"large-volume", "syringe", "pca"}
)

func (r *reader) setup(n *written.Node) Setup {
	o := r.object(n, "a setup", setupKeys)
	o.Require("drug")
	drug := o.Str("drug")
	if drug != "" {
		o.What = drug
	}
	delivery := o.Word("delivery", "continuous", deliveries)
	pump := "large-volume"
	if delivery == "pca" {
		pump = "pca"
	}
	s := Setup{
		Drug: drug, Aliases: o.List("aliases"), Codes: o.List("codes"), Therapy: o.Str("therapy"), Advisory: o.Str("advisory"),
		HighAlert: o.Flag("high alert"), Delivery: delivery, Pump: o.Word("pump", pump, pumps),
		Limits: map[Field]LimitSet{}, Places: map[Field]written.Place{}, At: o.At,
	}
	r.concentration(o, &s)
	if e, ok := o.Get("dose"); ok {
		r.dose(o, &s, e)
	}
	r.fixedUnits(o, &s)
	r.ownUnits(o, &s)
	r.basis(o, &s)
	r.pca(o, &s)
	r.programmable(o, &s)
	return s
}

// fixedSets are the limit sets whose unit the field fixes.
var fixedSets = []struct {
	field Field
	units []string
	upper bool // a bare number is at most that much
}{
	{Rate, []string{"mL/h"}, false},
	{VTBI, []string{"mL"}, false},
	{Time, []string{"min", "h"}, false},
	{Weight, []string{"kg"}, false},
	{Titration, []string{"%"}, true},
	{Lockout, []string{"min", "h"}, false},
}

func (r *reader) fixedUnits(o object, s *Setup) {
	for _, f := range fixedSets {
		if e, ok := o.Get(string(f.field)); ok {
			r.limits(s, e, o.What+": "+string(f.field), f.field, f.units, f.upper)
		}
	}
}

// ownSets are the limit sets that name their unit, but for the dose: {unit: mg/kg, hard: ..2}.
var ownSets = []struct {
	field Field
	rate  bool // an amount per time, not an amount
}{
	{Bolus, false},
	{BolusRate, true},
	{Loading, false},
	{Total, false},
	{PCADose, false},
	{Continuous, true},
	{In1h, false},
	{In2h, false},
	{In4h, false},
}

func (r *reader) ownUnits(o object, s *Setup) {
	for _, f := range ownSets {
		e, ok := o.Get(string(f.field))
		if !ok {
			continue
		}
		in := r.object(e.Value, o.What+": "+string(f.field), unitLimitKeys)
		in.At = e.At
		in.Require("unit")
		unit := in.Str("unit")
		check := unit
		if !f.rate {
			check += "/h" // an amount is a dose rate without its time
		}
		if u, err := quantity.ParseDoseUnit(check); unit != "" && err != nil {
			r.Fail(in.Place("unit"), "%s: %q is no unit for it; write mg, mg/kg, or for a rate mg/min", in.What, unit)
		} else if unit != "" {
			unit = u.String()
			if !f.rate {
				unit = strings.TrimSuffix(unit, "/h")
			}
		}
		if s.Units == nil {
			s.Units = map[Field]string{}
		}
		s.Units[f.field] = unit
		s.keep(f.field, e.At, r.set(in, []string{unit, ""}, false))
	}
}

func (r *reader) dose(o object, s *Setup, e written.Entry) {
	in := r.object(e.Value, o.What+": dose", unitLimitKeys)
	in.At = e.At
	in.Require("unit")
	unit := in.Str("unit")
	if unit != "" {
		u, err := quantity.ParseDoseUnit(unit)
		if err != nil {
			r.Fail(in.ValueAt("unit"), "%s: %v", in.What, err)
		}
		s.DoseUnit = u
	}
	s.keep(Dose, e.At, r.set(in, []string{unit, ""}, false))
}

// concentration reads "400 mg/250 mL" or "custom" with its limits.
func (r *reader) concentration(o object, s *Setup) {
	e, ok := o.Get("concentration")
	limits, limited := o.Get("concentration limits")
	text := o.Str("concentration")
	s.Custom = text == "custom"
	switch {
	case ok && !s.Custom && text != "":
		c, err := quantity.ParseConcentration(text)
		if err != nil {
			r.Fail(e.Value.At, "%s: %v, or custom", o.What, err)
		}
		s.Concentration = c
	case s.Custom && !limited:
		r.Break("custom-open", e.At, "%s: a custom concentration needs concentration limits", o.What)
	}
	if !limited {
		return
	}
	if !s.Custom {
		r.Fail(limits.At, "%s: concentration limits are for concentration: custom", o.What)
	}
	in := r.object(limits.Value, o.What+": concentration limits", unitLimitKeys)
	in.At = limits.At
	in.Require("unit")
	unit := in.Str("unit")
	amount, isPerML := strings.CutSuffix(unit, "/mL")
	if _, err := quantity.ParseConcentration("1 " + amount + "/mL"); unit != "" && (!isPerML || err != nil) {
		r.Fail(in.ValueAt("unit"), "%s: %q is no strength; write mg/mL", in.What, unit)
	}
	s.ConcUnit = amount
	s.keep(Conc, limits.At, r.set(in, []string{unit, ""}, false))
}

// basis sets what the dose is related to, by its unit if the file does not say.
func (r *reader) basis(o object, s *Setup) {
	natural := basisOf(s.DoseUnit)
	if s.Delivery == "pca" {
		natural = basisOf(s.pcaUnit())
	}
	s.By = Basis(o.Word("by", string(natural), bases))
	_, dosed := o.Get("dose")
	if e, ok := o.Get("by"); ok && s.By != natural && (!dosed || s.DoseUnit.Amount != "") { // a unit that cannot be read is told elsewhere
		r.Fail(e.At, "%s: by %s does not go with the dose unit %q", o.What, s.By, s.unitShown())
	}
}

// programmable refuses a setup nobody could programme: a dose that does not convert, or no limits at all on a drug.
func (r *reader) programmable(o object, s *Setup) {
	unit, key := s.DoseUnit, "dose"
	if s.Delivery == "pca" {
		unit, key = s.pcaUnit(), string(PCADose)
	}
	amount, shown := unit.Amount, unit.String()
	e, _ := o.Get(key)
	against := s.Concentration.Unit
	if s.Custom {
		against = s.ConcUnit
	}
	switch {
	case amount == "" || amount == "mL":
	case against == "":
		if _, given := o.Get("concentration"); !given {
			r.Fail(e.At, "%s: a dose in %s needs a concentration", o.What, shown)
		}
	default:
		if err := quantity.Converts(amount, against); err != nil {
			r.Break("unlike-units", e.At, "%s: a dose in %s does not go with a concentration in %s: %v", o.What, shown, against, err)
		}
	}
	if len(s.Limits) == 0 {
		r.Fail(o.At, "%s: neither dose nor rate nor any other limit is given", o.What)
	}
}

// UnitOf is the unit a field's limits are in; empty where the setup has no such field.
func (s *Setup) UnitOf(f Field) string {
	switch f {
	case Dose:
		return s.DoseUnit.String()
	case Conc:
		if s.ConcUnit == "" {
			return ""
		}
		return s.ConcUnit + "/mL"
	case Rate:
		return "mL/h"
	case VTBI:
		return "mL"
	case Weight:
		return "kg"
	case Time, Lockout:
		return "min"
	case Titration:
		return "%"
	}
	return s.Units[f]
}

// String names the setup so that two of one area differ.
func (s *Setup) String() string {
	out := s.Drug
	if s.Therapy != "" {
		out += " " + s.Therapy
	}
	switch {
	case s.Custom:
		out += " custom"
	case s.Concentration.Amount != 0:
		out += " " + s.Concentration.String()
	}
	if s.Delivery != "" && s.Delivery != "continuous" {
		out += fmt.Sprintf(" (%s)", s.Delivery)
	}
	return out
}
