package design

import "pumplab/pumpmodel/quantity"

// minutes is how a time is graded: whole minutes up to 99 h 59 min.
var minutes = quantity.Scale{Min: quantity.One, Bands: []quantity.Band{{To: quantity.Int(99*60 + 59), Step: quantity.One}}}

// scale is how the pump grades a field.
func (m *mach) scale(f field) quantity.Scale {
	switch f {
	case fAmount:
		return amounts
	case fDiluent:
		return m.d.Pump.VTBI
	case fHeight:
		return heights
	case fSurface:
		return surfaces
	case fWeight:
		return m.d.Pump.Weight
	case fDose, fPCADose, fContinuous, fPCALoading, fIn1h, fIn4h:
		return m.d.Pump.Dose
	case fRate:
		return m.d.Pump.Rate
	case fVTBI:
		return m.d.Pump.VTBI
	case fBolus, fLoading:
		return amounts
	case fBolusRate, fLoadingRate:
		return m.d.Pump.Dose
	}
	return minutes
}

// unit is the field's unit under a plan.
func (m *mach) unit(p *plan, f field) string {
	if f.extra() {
		return m.extraUnit(p, f)
	}
	switch f {
	case fConc, fAmount:
		if s := m.likely(p); s != nil && s.custom {
			if f == fConc {
				return s.concUnit + "/mL"
			}
			return s.concUnit
		}
		return ""
	case fDiluent:
		return "mL"
	case fWeight:
		return "kg"
	case fHeight:
		return "cm"
	case fSurface:
		return "m²"
	case fRate:
		return "mL/h"
	case fVTBI, fRemaining, fGiven:
		return "mL"
	case fTime, fLockout:
		return "min"
	case fTitration:
		return "%"
	case fPCADose, fContinuous, fPCALoading, fIn1h, fIn4h:
		return m.pcaUnit(p, f)
	case fDose:
		if s := m.likely(p); s != nil {
			return s.doseUnit
		}
	}
	return ""
}
