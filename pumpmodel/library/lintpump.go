package library

import (
	"fmt"
	"math/big"

	"pumplab/pumpmodel/quantity"
)

// undeliverable finds limits and start values that the setup's pump cannot be set to, or cannot deliver at the lightest or the
// heaviest patient of the care area. More than a tenth lost to the pump's step counts as not delivered.
func undeliverable(a *Area, found func(Place, string)) {
	for i := range a.Setups {
		s := &a.Setups[i]
		pump, err := quantity.PumpNamed(s.Pump)
		if err != nil {
			continue
		}
		unsettable(s, pump, found)
		light, heavy := a.weights()
		for _, b := range s.Limits[Dose].bounds() {
			if !b.Set || b.Value == 0 {
				continue
			}
			what := ""
			if b.name == "upper soft" || b.name == "upper hard" {
				what = tooFast(s, pump, a.Device.MaxRate, b.Value, heavy)
			} else {
				what = tooSlow(s, pump, b.Value, light)
			}
			if what != "" {
				found(s.Places[Dose], fmt.Sprintf("%s: dose: the %s value %s %s", s, b.name, b.Value, what))
			}
		}
	}
}

// unsettable finds values no person can enter: off the steps or the range of their field.
func unsettable(s *Setup, pump quantity.Pump, found func(Place, string)) {
	for _, f := range []struct {
		field Field
		scale quantity.Scale
	}{{Dose, pump.Dose}, {Rate, pump.Rate}, {VTBI, pump.VTBI}} {
		for _, b := range s.Limits[f.field].bounds() {
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
func rateOf(s *Setup, dose, basis quantity.Decimal) (*big.Rat, bool) {
	if s.By == BySurface || s.Custom {
		return nil, false
	}
	rate, err := quantity.RateOf(dose, s.DoseUnit, basis, s.Concentration)
	return rate, err == nil
}

func at(s *Setup, weight quantity.Decimal) string {
	if s.By == ByWeight {
		return " at " + weight.String() + " kg"
	}
	return ""
}

func tooSlow(s *Setup, pump quantity.Pump, dose, weight quantity.Decimal) string {
	exact, ok := rateOf(s, dose, weight)
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

func tooFast(s *Setup, pump quantity.Pump, deviceMax, dose, weight quantity.Decimal) string {
	exact, ok := rateOf(s, dose, weight)
	if !ok {
		return ""
	}
	top := pump.Rate.Max()
	if deviceMax > 0 {
		top = min(top, deviceMax)
	}
	if exact.Cmp(top.Rat()) > 0 {
		return fmt.Sprintf("is %s mL/h%s; at most %s mL/h can be delivered", quantity.Exact(exact), at(s, weight), top)
	}
	return ""
}

// beyondDevice finds rate, volume and weight limits above the care area's device limits.
func beyondDevice(a *Area, found func(Place, string)) {
	check := func(place Place, who string, set LimitSet, top quantity.Decimal, unit string) {
		for _, b := range set.bounds() {
			if b.Set && top > 0 && b.Value > top {
				found(place, fmt.Sprintf("%s: the %s value %s is above the device limit of %s %s", who, b.name, b.Value, top, unit))
			}
		}
	}
	check(a.WeightAt, "weight", a.Weight, a.Device.MaxWeight, "kg")
	for i := range a.Setups {
		s := &a.Setups[i]
		check(s.Places[Rate], s.String()+": rate", s.Limits[Rate], a.Device.MaxRate, "mL/h")
		check(s.Places[VTBI], s.String()+": vtbi", s.Limits[VTBI], a.Device.MaxVTBI, "mL")
		check(s.Places[Weight], s.String()+": weight", s.Limits[Weight], a.Device.MaxWeight, "kg")
	}
}
