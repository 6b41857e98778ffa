package ders

import (
	"fmt"
	"math/big"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// BolusRate is the rate a bolus is given at, mL/h: min(limit × 60 [× kg] ÷ concentration, the care area's maximum, the pump's
// maximum), where the setup limits the bolus administration rate; rounded down to the pump's step, so that it is never faster
// (shared/domain/ders.md, Computing). Basis is the weight in kg or the surface in m², read only where the unit asks for it.
func BolusRate(a *library.Area, s *library.Setup, pump quantity.Pump, basis quantity.Decimal) (quantity.Decimal, error) {
	most := pump.Rate.Max()
	if d := a.Device.MaxRate; d > 0 {
		most = min(most, d)
	}
	set := s.Limits[library.BolusRate]
	limit := set.UpperHard
	if !limit.Set || set.UpperSoft.Set {
		limit = set.UpperSoft
	}
	if !limit.Set {
		return most, nil
	}
	unit, err := quantity.ParseDoseUnit(s.Units[library.BolusRate])
	if err != nil {
		return 0, fmt.Errorf("compute bolus rate of %s: %w", s.Drug, err)
	}
	exact, err := quantity.RateOf(limit.Value, unit, basis, s.Concentration)
	if err != nil {
		return 0, fmt.Errorf("compute bolus rate of %s: %w", s.Drug, err)
	}
	if exact.Cmp(most.Rat()) >= 0 {
		return most, nil
	}
	rate := below(exact, pump.Rate)
	if rate < pump.Rate.Min {
		return 0, fmt.Errorf("compute bolus rate of %s: %s mL/h is less than the pump gives", s.Drug, quantity.Exact(exact))
	}
	return rate, nil
}

// below is x on the scale, rounded down.
func below(x *big.Rat, sc quantity.Scale) quantity.Decimal {
	v := quantity.Round(x, 1)
	if v.Rat().Cmp(x) > 0 {
		v--
	}
	return v.Floor(sc.StepAt(v))
}

// BolusVolume is the volume of a bolus or loading dose in mL, exactly converted and rounded once, half up, at the pump's step. Unit is
// that of its limits: mg, mg/kg.
func BolusVolume(dose quantity.Decimal, unit string, basis quantity.Decimal, c quantity.Concentration, pump quantity.Pump) (quantity.Decimal, error) {
	u, err := quantity.ParseDoseUnit(unit + "/h") // an amount is what an hour of it at that rate gives
	if err != nil {
		return 0, fmt.Errorf("compute bolus volume: %w", err)
	}
	exact, err := quantity.RateOf(dose, u, basis, c)
	if err != nil {
		return 0, fmt.Errorf("compute bolus volume: %w", err)
	}
	v, err := pump.VTBI.Round(exact)
	if err != nil {
		return 0, fmt.Errorf("compute bolus volume: %w", err)
	}
	return v, nil
}

// InAnaesthesia is a verdict in anaesthesia mode: a hard limit acts as a soft one.
func (v Verdict) InAnaesthesia() Verdict {
	if v.Kind == "hard" && v.Limit != "range" {
		v.Kind = "soft"
	}
	return v
}
