package library

import "pumplab/pumpmodel/quantity"

// pcaFields are the limit sets only patient-controlled analgesia has; loading belongs to it too, and to others.
var pcaFields = []Field{PCADose, Lockout, Continuous, In1h, In2h, In4h}

// Windows are the limits on what PCA gives in any stretch of that many hours.
var Windows = []struct {
	Field Field
	Hours int64
}{{In1h, 1}, {In2h, 2}, {In4h, 4}}

// notPCA are limit sets that PCA says in its own words.
var notPCA = []Field{Dose, Rate, Time, Bolus, Total}

// pca checks what PCA needs, and that nothing else has its words.
func (r *reader) pca(o object, s *Setup) {
	if s.Delivery != "pca" {
		for _, f := range pcaFields {
			if at, ok := s.Places[f]; ok {
				r.Fail(at, "%s: %s is for delivery: pca", o.What, f)
			}
		}
		if e, ok := o.Get("pump"); ok && s.Pump == "pca" {
			r.Fail(e.Value.At, "%s: pump pca is for delivery: pca", o.What)
		}
		return
	}
	o.Require("concentration", string(PCADose), string(Lockout))
	if s.Pump == "large-volume" {
		r.Fail(o.ValueAt("pump"), "%s: PCA is given by pump: pca or syringe", o.What)
	}
	for _, f := range notPCA {
		if at, ok := s.Places[f]; ok {
			r.Fail(at, "%s: PCA has no %s: it has pca dose, lockout, continuous, loading, and limits in 1 h, in 2 h, in 4 h", o.What, f)
		}
	}
	unit := s.Units[PCADose]
	for _, f := range []Field{Continuous, Loading, In1h, In2h, In4h} {
		want := unit
		if f == Continuous {
			want += "/h"
		}
		if at, ok := s.Places[f]; ok && unit != "" && s.Units[f] != want {
			r.Fail(at, "%s: %s is in %q, but the PCA dose is in %s: write %s", o.What, f, s.Units[f], unit, want)
		}
	}
}

// pcaUnit is the unit of the PCA dose as a dose rate's per hour; zero where there is none.
func (s *Setup) pcaUnit() quantity.DoseUnit {
	u, err := quantity.ParseDoseUnit(s.Units[PCADose] + "/h")
	if err != nil {
		return quantity.DoseUnit{}
	}
	return u
}

func basisOf(u quantity.DoseUnit) Basis {
	switch u.Per {
	case "kg":
		return ByWeight
	case "m2":
		return BySurface
	}
	return None
}

// unitShown is the unit the setup's dose is in.
func (s *Setup) unitShown() string {
	if s.Delivery == "pca" {
		return s.Units[PCADose]
	}
	return s.DoseUnit.String()
}

// hardware is the profile of a kind of pump: PCA pumps are driven syringes.
func hardware(pump string) (quantity.Pump, error) {
	if pump == "pca" {
		p := quantity.Syringe
		p.Name = pump
		return p, nil
	}
	return quantity.PumpNamed(pump)
}

// highest is the most that a set lets a person programme: its hard limit, else the soft one, else the start value.
func (s LimitSet) highest() (quantity.Decimal, bool) {
	for _, b := range []Bound{s.UpperHard, s.UpperSoft, s.Start} {
		if b.Set {
			return b.Value, true
		}
	}
	return 0, false
}
