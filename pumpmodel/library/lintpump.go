package library

import (
	"fmt"
	"math/big"

	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

// undeliverable finds limits and start values that the setup's pump cannot be set to, or cannot deliver at the lightest or the
// heaviest patient of the care area. More than a tenth lost to the pump's step counts as not delivered.
func undeliverable(a *Area, found func(written.Place, string)) {
	light, heavy := a.weights()
	known := strengths{}
	var quick speed
	for i := range a.Setups {
		s := &a.Setups[i]
		pump, err := hardware(s.Pump)
		if err != nil {
			continue
		}
		unsettable(s, pump, found)
		for _, field := range [...]Field{Dose, Continuous} {
			set, ok := s.Limits[field]
			if !ok {
				continue
			}
			unit := s.rateUnit(field)
			if !known.speed(&quick, s, unit) {
				continue
			}
			for _, b := range set.bounds() {
				what := ""
				switch upper := b.name == "upper soft" || b.name == "upper hard"; {
				case !b.Set || b.Value == 0:
				case upper && !quick.within(b.Value, heavy, 0, topRate(pump, a)):
					what = tooFast(s, unit, topRate(pump, a), b.Value, heavy)
				case !upper && !quick.within(b.Value, light, max(pump.Rate.Min, 5*pump.Rate.Bands[0].Step), pump.Rate.Max()):
					what = tooSlow(s, unit, pump, b.Value, light)
				}
				if what != "" {
					found(s.Places[field], fmt.Sprintf("%s: %s: the %s value %s %s", s, field, b.name, b.Value, what))
				}
			}
		}
	}
}

// rateUnit is the unit of the setup's dose or of its continuous rate.
func (s *Setup) rateUnit(f Field) quantity.DoseUnit {
	if f == Continuous {
		return s.pcaUnit()
	}
	return s.DoseUnit
}

func topRate(pump quantity.Pump, a *Area) quantity.Decimal {
	if top := pump.Rate.Max(); a.Device.MaxRate == 0 || a.Device.MaxRate > top {
		return top
	}
	return a.Device.MaxRate
}

// speed compares the rates of a setup's doses with bounds in whole numbers, without reducing a fraction each time.
type speed struct {
	num, den    big.Int // mL/h for one unit of dose and one of basis; den in millionths
	left, right big.Int
	weighed     bool
}

// strengths are the rates of one unit of dose at one amount per mL, which many setups share.
type strengths map[strengthKey]*big.Rat

type strengthKey struct {
	dose   quantity.DoseUnit
	amount string
}

// speed is false where surface or concentration are only known at the bedside.
func (k strengths) speed(q *speed, s *Setup, unit quantity.DoseUnit) bool {
	if s.By == BySurface || s.Custom {
		return false
	}
	c := s.Concentration
	key := strengthKey{unit, c.Unit}
	one, ok := k[key]
	if !ok {
		one, _ = quantity.RateOf(quantity.One, unit, quantity.One, quantity.Concentration{Amount: quantity.One, Unit: c.Unit, Volume: quantity.One})
		k[key] = one
	}
	if one == nil {
		return false
	}
	q.num.Set(one.Num())
	q.den.Mul(one.Denom(), q.right.SetInt64(int64(quantity.One)))
	if unit.Amount != "mL" {
		q.num.Mul(&q.num, q.right.SetInt64(int64(c.Volume)))
		q.den.Mul(&q.den, q.right.SetInt64(int64(c.Amount)))
	}
	q.weighed = s.By == ByWeight
	return true
}

// within reports that the dose's rate is at least low and at most high.
func (q *speed) within(dose, weight, low, high quantity.Decimal) bool {
	if !q.weighed {
		weight = quantity.One
	}
	n := &q.right
	q.left.Mul(&q.num, n.SetInt64(int64(dose)))
	q.left.Mul(&q.left, n.SetInt64(int64(weight)))
	if q.left.Cmp(n.Mul(&q.den, n.SetInt64(int64(high)))) > 0 {
		return false
	}
	return low == 0 || q.left.Cmp(n.Mul(&q.den, n.SetInt64(int64(low)))) >= 0
}

// unsettable finds values no person can enter: off the steps or the range of their field.
func unsettable(s *Setup, pump quantity.Pump, found func(written.Place, string)) {
	for _, f := range []struct {
		field Field
		scale quantity.Scale
	}{{Dose, pump.Dose}, {Rate, pump.Rate}, {VTBI, pump.VTBI}, {PCADose, pump.Dose}, {Continuous, pump.Dose}} {
		set, ok := s.Limits[f.field]
		if !ok {
			continue
		}
		for _, b := range set.bounds() {
			if b.Set && b.Value != 0 && !settable(f.scale, b.Value) {
				found(s.Places[f.field], fmt.Sprintf("%s: %s: the %s value %s cannot be set on a %s pump", s, f.field, b.name, b.Value, pump.Name))
			}
		}
	}
}

// settable reports whether v is a value of the scale.
func settable(scale quantity.Scale, v quantity.Decimal) bool {
	return v >= scale.Min && v <= scale.Max() && v%scale.StepAt(v) == 0
}

// weights are the lightest and the heaviest patient the area takes: hard limits, else soft ones, else what the device takes.
func (a *Area) weights() (light, heavy quantity.Decimal) {
	light, heavy = quantity.LargeVolume.Weight.Min, quantity.LargeVolume.Weight.Max()
	if a.Device.MaxWeight > 0 {
		heavy = a.Device.MaxWeight
	}
	for _, b := range []Bound{a.Weight.LowerSoft, a.Weight.LowerHard} {
		if b.Set {
			light = b.Value
		}
	}
	for _, b := range []Bound{a.Weight.UpperSoft, a.Weight.UpperHard} {
		if b.Set {
			heavy = b.Value
		}
	}
	return light, heavy
}

// rateOf is the exact rate of a dose at a weight; false where surface or concentration are only known at the bedside.
func rateOf(s *Setup, unit quantity.DoseUnit, dose, basis quantity.Decimal) (*big.Rat, bool) {
	if s.By == BySurface || s.Custom {
		return nil, false
	}
	rate, err := quantity.RateOf(dose, unit, basis, s.Concentration)
	return rate, err == nil
}

func at(s *Setup, weight quantity.Decimal) string {
	if s.By == ByWeight {
		return " at " + weight.String() + " kg"
	}
	return ""
}

func tooSlow(s *Setup, unit quantity.DoseUnit, pump quantity.Pump, dose, weight quantity.Decimal) string {
	exact, ok := rateOf(s, unit, dose, weight)
	if !ok {
		return ""
	}
	rounded, err := pump.Rate.Round(exact)
	if err != nil {
		return fmt.Sprintf("is %s mL/h%s, which the pump cannot deliver", quantity.Exact(exact), at(s, weight))
	}
	lost := new(big.Rat).Sub(rounded.Rat(), exact)
	lost.Quo(lost.Abs(lost), exact)
	if lost.Cmp(big.NewRat(1, 10)) > 0 {
		return fmt.Sprintf("is %s mL/h%s, which the pump rounds to %s", quantity.Exact(exact), at(s, weight), rounded)
	}
	return ""
}

func tooFast(s *Setup, unit quantity.DoseUnit, top, dose, weight quantity.Decimal) string {
	exact, ok := rateOf(s, unit, dose, weight)
	if !ok {
		return ""
	}
	if exact.Cmp(top.Rat()) > 0 {
		return fmt.Sprintf("is %s mL/h%s; at most %s mL/h can be delivered", quantity.Exact(exact), at(s, weight), top)
	}
	return ""
}

// beyondDevice finds rate, volume and weight limits above the care area's device limits.
func beyondDevice(a *Area, found func(written.Place, string)) {
	check := func(s *Setup, f Field, set LimitSet, top quantity.Decimal, unit string) {
		for _, b := range set.bounds() {
			if !b.Set || top == 0 || b.Value <= top {
				continue
			}
			who, place := string(f), a.WeightAt
			if s != nil {
				who, place = s.String()+": "+who, s.Places[f]
			}
			found(place, fmt.Sprintf("%s: the %s value %s is above the device limit of %s %s", who, b.name, b.Value, top, unit))
		}
	}
	check(nil, Weight, a.Weight, a.Device.MaxWeight, "kg")
	for i := range a.Setups {
		s := &a.Setups[i]
		check(s, Rate, s.Limits[Rate], a.Device.MaxRate, "mL/h")
		check(s, VTBI, s.Limits[VTBI], a.Device.MaxVTBI, "mL")
		check(s, Weight, s.Limits[Weight], a.Device.MaxWeight, "kg")
	}
}
