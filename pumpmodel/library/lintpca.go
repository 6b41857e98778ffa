package library

import (
	"fmt"
	"math/big"

	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

// pcaReservoir holds an hour of the highest continuous rate, one demand and the loading dose against 35 % of what the reservoir
// holds (shared/domain/ders.md, Check rules), at the heaviest patient where they are by weight.
func pcaReservoir(a *Area, found func(written.Place, string)) {
	for i := range a.Setups {
		s := &a.Setups[i]
		if s.Delivery != "pca" {
			continue
		}
		full, ok := s.reservoir()
		if !ok {
			continue
		}
		sum := new(big.Rat)
		for _, f := range []Field{Continuous, PCADose, Loading} {
			v, _ := s.Limits[f].highest()
			sum.Add(sum, v.Rat())
		}
		where := ""
		if _, heavy := a.weights(); s.By == ByWeight {
			sum.Mul(sum, heavy.Rat())
			where = " at " + heavy.String() + " kg"
		}
		if new(big.Rat).Mul(full, big.NewRat(35, 100)).Cmp(sum) <= 0 {
			unit := s.pcaUnit().Amount
			found(s.Places[PCADose], fmt.Sprintf("%s: an hour of continuous, a dose and the loading dose are up to %s %s%s; it should be less than 35 %% of the %s %s in the reservoir",
				s, quantity.Exact(sum), unit, where, quantity.Exact(full), unit))
		}
	}
}

// reservoir is how much of the PCA dose's unit is in the full reservoir: the bag or syringe as it is labelled, or the pump's own
// volume where the label speaks of one mL. A custom concentration is only known at the bedside.
func (s *Setup) reservoir() (*big.Rat, bool) {
	c, unit := s.Concentration, s.pcaUnit().Amount
	pump, err := hardware(s.Pump)
	if s.Custom || c.Volume == 0 || unit == "" || err != nil {
		return nil, false
	}
	volume := c.Volume
	if volume == quantity.One {
		volume = pump.Reservoir
	}
	if unit == "mL" {
		return volume.Rat(), true
	}
	ratio, err := quantity.Ratio(c.Unit, unit)
	if err != nil {
		return nil, false
	}
	full := ratio.Mul(ratio, c.Amount.Rat())
	full.Mul(full, volume.Rat())
	return full.Quo(full, c.Volume.Rat()), true
}

// pcaAccumulated holds one demand, and the continuous rate over the window, against the hard limit on what is given in the window.
func pcaAccumulated(s *Setup) string {
	if s.Delivery != "pca" {
		return ""
	}
	dose, _ := s.Limits[PCADose].highest()
	rate, _ := s.Limits[Continuous].highest()
	for _, w := range Windows {
		limit := s.Limits[w.Field].UpperHard
		switch {
		case !limit.Set:
		case dose > limit.Value:
			return fmt.Sprintf("a dose of up to %s is more than the %s allowed %s", dose, limit.Value, w.Field)
		case rate > limit.Value/quantity.Decimal(w.Hours):
			return fmt.Sprintf("continuous of up to %s an hour is %s in %d h, more than the %s allowed", rate, rate*quantity.Decimal(w.Hours), w.Hours, limit.Value)
		}
	}
	return ""
}

// pcaWindows finds a longer window with a lower limit than a shorter one.
func pcaWindows(s *Setup) string {
	if s.Delivery != "pca" {
		return ""
	}
	for i, long := range Windows {
		for _, short := range Windows[:i] {
			for _, of := range []func(LimitSet) Bound{func(l LimitSet) Bound { return l.UpperHard }, func(l LimitSet) Bound { return l.UpperSoft }} {
				a, b := of(s.Limits[short.Field]), of(s.Limits[long.Field])
				if a.Set && b.Set && b.Value < a.Value {
					return fmt.Sprintf("at most %s %s, but %s %s", b.Value, long.Field, a.Value, short.Field)
				}
			}
		}
	}
	return ""
}
