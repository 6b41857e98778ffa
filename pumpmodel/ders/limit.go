package ders

import (
	"fmt"
	"math/big"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// RatioText is Ratio as a decimal with at most four places, half up; empty where it is undefined.
func (v Verdict) RatioText() string {
	r := v.Ratio()
	if r == nil {
		return ""
	}
	return strings.TrimRight(strings.TrimRight(r.FloatString(4), "0"), ".")
}

// Record is the verdict as outputs and alert records carry it; nil when no limit was passed.
func (v Verdict) Record(unit string) *pumpmodel.Limit {
	if v.Limit == "" {
		return nil
	}
	return &pumpmodel.Limit{Kind: v.Limit, Value: v.Value.String(), Entered: v.Entered.String(), Unit: unit, Ratio: v.RatioText()}
}

// SetOf is the limit set that holds for a field of a setup in its care area: the setup's own, for the weight the area's where the
// setup has none.
func SetOf(a *library.Area, s *library.Setup, f library.Field) library.LimitSet {
	set, own := s.Limits[f]
	if f == library.Weight && !own {
		return a.Weight
	}
	return set
}

// Device holds a value against the care area's device limit of its field (maximum rate, volume, weight): hard, of kind range,
// beyond it; ok within it; unknown where there is none.
func Device(d library.Device, f library.Field, v quantity.Decimal) Verdict {
	var top quantity.Decimal
	switch f {
	case library.Rate:
		top = d.MaxRate
	case library.VTBI:
		top = d.MaxVTBI
	case library.Weight:
		top = d.MaxWeight
	}
	switch {
	case top == 0:
		return Verdict{Kind: "unknown", Entered: v}
	case v > top:
		return Verdict{"hard", "range", top, v}
	}
	return Verdict{Kind: "ok", Entered: v}
}

// OnPump holds a value against the range of its field on a pump (shared/data/precision.csv): hard, of kind range, outside it; unknown
// where the field has none.
func OnPump(p *quantity.Pump, f library.Field, v quantity.Decimal) Verdict {
	var scale *quantity.Scale
	switch f {
	case library.Rate:
		scale = &p.Rate
	case library.VTBI:
		scale = &p.VTBI
	case library.Dose:
		scale = &p.Dose
	case library.Weight:
		scale = &p.Weight
	default:
		return Verdict{Kind: "unknown", Entered: v}
	}
	switch {
	case v > scale.Max():
		return Verdict{"hard", "range", scale.Max(), v}
	case v < scale.Min:
		return Verdict{"hard", "range", scale.Min, v}
	}
	return Verdict{Kind: "ok", Entered: v}
}

// RateLimits are limits on the duration of an intermittent infusion [min] as limits on its rate [mL/h], through the volume: 50 mL
// at 30 to 60 min is 50 to 100 mL/h (BD Guardrails Editor 12.1.3 manual, worked example EX068). The shortest time becomes the
// highest rate. Limits that are no decimal of six places are rounded outwards, so that what is within the time stays within the
// rate.
func RateLimits(duration library.LimitSet, volume quantity.Decimal) library.LimitSet {
	through := func(b library.Bound, up bool) library.Bound {
		if !b.Set || b.Value <= 0 {
			return library.Bound{}
		}
		x := new(big.Rat).Quo(volume.Rat(), b.Value.Rat())
		return library.At(outward(x.Mul(x, big.NewRat(60, 1)), up))
	}
	return library.LimitSet{
		LowerHard: through(duration.UpperHard, false), LowerSoft: through(duration.UpperSoft, false),
		Start:     through(duration.Start, false),
		UpperSoft: through(duration.LowerSoft, true), UpperHard: through(duration.LowerHard, true),
	}
}

// DoseAsRate are limits on a setup's dose as limits on its rate [mL/h] at a weight in kg (or surface in m²), rounded outwards to
// six places.
func DoseAsRate(s *library.Setup, basis quantity.Decimal) (library.LimitSet, error) {
	var problem error
	through := func(b library.Bound, up bool) library.Bound {
		if !b.Set {
			return b
		}
		x, err := quantity.RateOf(b.Value, s.DoseUnit, basis, s.Concentration)
		if err != nil {
			problem = fmt.Errorf("convert dose limits of %s: %w", s.Drug, err)
			return library.Bound{}
		}
		return library.At(outward(x, up))
	}
	d := s.Limits[library.Dose]
	set := library.LimitSet{
		LowerHard: through(d.LowerHard, false), LowerSoft: through(d.LowerSoft, false), Start: through(d.Start, false),
		UpperSoft: through(d.UpperSoft, true), UpperHard: through(d.UpperHard, true),
	}
	return set, problem
}

// outward rounds to a millionth, up or down.
func outward(x *big.Rat, up bool) quantity.Decimal {
	v := quantity.Round(x, 1)
	switch v.Rat().Cmp(x) {
	case -1:
		if up {
			v++
		}
	case 1:
		if !up {
			v--
		}
	}
	return v
}
