package design

import (
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// field is one number or choice of a programme, as an index; the fields a limit can be on come first.
type field int8

const (
	fConc field = iota
	fWeight
	fDose
	fRate
	fVTBI
	fTime
	fTitration // per cent of the running dose; never entered, only held against limits
	nField
	fDrug      field = nField     // shown only
	fRemaining field = nField + 1 // shown only
	fGiven     field = nField + 2 // shown only
	noField    field = -1
)

var fieldNames = [...]string{"concentration", "weight", "dose", "rate", "vtbi", "time", "titration", "drug", "remaining", "given"}

var fieldLabels = [...]string{"CONCENTRATION", "WEIGHT", "DOSE", "RATE", "VTBI", "TIME", "CHANGE", "DRUG", "REMAINING", "GIVEN"}

func (f field) String() string {
	if f < 0 || int(f) >= len(fieldNames) {
		return ""
	}
	return fieldNames[f]
}

// numeric reports that the field is a number a person enters.
func (f field) numeric() bool { return f >= fWeight && f <= fTime }

func fieldNamed(name string) field {
	for i, n := range fieldNames {
		if n == name {
			return field(i)
		}
	}
	return noField
}

// limitOf is the library's word for the field's limits.
var limitOf = [nField]library.Field{library.Conc, library.Weight, library.Dose, library.Rate, library.VTBI, library.Time, library.Titration}

// minutes is how a time is graded: whole minutes up to 99 h 59 min.
var minutes = quantity.Scale{Min: quantity.One, Bands: []quantity.Band{{To: quantity.Int(99*60 + 59), Step: quantity.One}}}

// scale is how the pump grades a field.
func (m *mach) scale(f field) quantity.Scale {
	switch f {
	case fWeight:
		return m.d.Pump.Weight
	case fDose:
		return m.d.Pump.Dose
	case fRate:
		return m.d.Pump.Rate
	case fVTBI:
		return m.d.Pump.VTBI
	}
	return minutes
}

// unit is the field's unit under a plan.
func (m *mach) unit(p *plan, f field) string {
	switch f {
	case fWeight:
		return "kg"
	case fRate:
		return "mL/h"
	case fVTBI, fRemaining, fGiven:
		return "mL"
	case fTime:
		return "min"
	case fTitration:
		return "%"
	case fDose:
		if s := m.likely(p); s != nil {
			return s.doseUnit
		}
	}
	return ""
}
