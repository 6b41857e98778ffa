package engine

import (
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// minutes is how a time is graded: whole minutes up to 99 h 59 min.
var minutes = quantity.Scale{Min: quantity.One, Bands: []quantity.Band{{To: quantity.Int(99*60 + 59), Step: quantity.One}}}

// scale is how the pump grades a field.
func (m *mach) scale(f field.Field) quantity.Scale {
	switch f {
	case field.Amount:
		return amounts
	case field.Diluent:
		return m.d.Pump.VTBI
	case field.Height:
		return heights
	case field.Surface:
		return surfaces
	case field.Weight:
		return m.d.Pump.Weight
	case field.Dose, field.PCADose, field.Continuous, field.PCALoading, field.In1h, field.In4h:
		return m.d.Pump.Dose
	case field.Rate:
		return m.d.Pump.Rate
	case field.VTBI:
		return m.d.Pump.VTBI
	case field.Bolus, field.Loading:
		return amounts
	case field.BolusRate, field.LoadingRate:
		return m.d.Pump.Dose
	}
	return minutes
}

// unit is the field's unit under a plan.
func (m *mach) unit(p *plan, f field.Field) string {
	if f.Extra() {
		return m.extraUnit(p, f)
	}
	switch f {
	case field.Conc, field.Amount:
		if s := m.likely(p); s != nil && s.custom {
			if f == field.Conc {
				return s.concUnit + "/mL"
			}
			return s.concUnit
		}
		return ""
	case field.Diluent:
		return "mL"
	case field.Weight:
		return "kg"
	case field.Height:
		return "cm"
	case field.Surface:
		return "m²"
	case field.Rate:
		return "mL/h"
	case field.VTBI, field.Remaining, field.Given:
		return "mL"
	case field.Time, field.Lockout:
		return "min"
	case field.Titration:
		return "%"
	case field.PCADose, field.Continuous, field.PCALoading, field.In1h, field.In4h:
		return m.pcaUnit(p, f)
	case field.Dose:
		if s := m.likely(p); s != nil {
			return s.doseUnit
		}
	}
	return ""
}
