package quantity

import (
	"fmt"
	"math/big"
)

// perHour is how many of the unit's time spans are in an hour, exactly: 60 for min, 1 for h, 1/24 for day.
func (u DoseUnit) perHour() *big.Rat {
	switch u.Time {
	case "min":
		return big.NewRat(60, 1)
	case "day":
		return big.NewRat(1, 24)
	}
	return big.NewRat(1, 1)
}

// scale is mL/h per one of unit u: basis × time ÷ concentration. Basis is the patient's weight in kg or surface in m², read only
// where the unit asks for it. A volume unit (mL/h, mL/kg/h) needs no concentration.
func (u DoseUnit) scale(basis Decimal, c Concentration) (*big.Rat, error) {
	r := u.perHour()
	if u.Per != "" {
		if basis <= 0 {
			return nil, fmt.Errorf("convert %s: the unit is per %s, but none is given", u, u.Per)
		}
		r.Mul(r, basis.Rat())
	}
	if u.Amount == "mL" {
		return r, nil
	}
	if c.Amount <= 0 || c.Volume <= 0 {
		return nil, fmt.Errorf("convert %s: a concentration is needed", u)
	}
	ratio, err := Ratio(u.Amount, c.Unit)
	if err != nil {
		return nil, err
	}
	r.Mul(r, ratio)
	r.Mul(r, c.Volume.Rat())
	return r.Quo(r, c.Amount.Rat()), nil
}

// RateOf is the exact rate in mL/h that gives dose in unit u: dose × basis × time ÷ concentration (shared/domain/ders.md,
// Computing). Round it once with Pump.Rate.Round.
func RateOf(dose Decimal, u DoseUnit, basis Decimal, c Concentration) (*big.Rat, error) {
	s, err := u.scale(basis, c)
	if err != nil {
		return nil, err
	}
	return s.Mul(s, dose.Rat()), nil
}

// DoseOf is the exact dose in unit u that a rate in mL/h gives: the inverse of RateOf.
func DoseOf(rate Decimal, u DoseUnit, basis Decimal, c Concentration) (*big.Rat, error) {
	s, err := u.scale(basis, c)
	if err != nil {
		return nil, err
	}
	return s.Quo(rate.Rat(), s), nil
}

// Ratio is how many of unit to one of unit u is, exactly. A unit per kg and one that is not convert through the weight in kg; 0: it is
// not known. Unlike dimensions are an error.
func (u DoseUnit) Ratio(to DoseUnit, weight Decimal) (*big.Rat, error) {
	r, err := Ratio(u.Amount, to.Amount)
	if err != nil {
		return nil, err
	}
	r.Mul(r, u.perHour())
	r.Quo(r, to.perHour())
	switch {
	case u.Per == to.Per:
		return r, nil
	case u.Per == "m2" || to.Per == "m2" || weight <= 0:
		return nil, fmt.Errorf("convert %s to %s: one is per kg or m² and the other is not; only a weight in kg relates them", u, to)
	case u.Per == "kg":
		return r.Mul(r, weight.Rat()), nil
	}
	return r.Quo(r, weight.Rat()), nil
}
