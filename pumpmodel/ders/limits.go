package ders

import (
	"fmt"
	"math/big"
	"strings"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// custom says that a concentration is typed at the bedside, as the library file says it.
const custom = "custom"

// limits are what one entry is held against: its field's own set, and for a rate those of the duration and of the dose through it.
type limits struct {
	sets [3]library.LimitSet
	open bool // the dose or the duration has limits that need a weight or a volume nobody gave
}

// check is the gravest answer of any set; of two alike the first.
func (l limits) check(v quantity.Decimal) Verdict {
	got := Check(l.sets[0], v)
	for _, set := range l.sets[1:] {
		if set == (library.LimitSet{}) {
			continue
		}
		if other := Check(set, v); graver(got, other) {
			got = other
		}
	}
	return got
}

// limits are those of every setup of the group. Setups that differ in them have to be told apart.
func (g group) limits(e *Entry) (limits, error) {
	first, err := limitsOf(g.area, g.setups[0], e)
	for _, s := range g.setups[1:] {
		var other limits
		if err == nil {
			other, err = limitsOf(g.area, s, e)
		}
		if err == nil && (other != first || s.UnitOf(e.Field) != g.setups[0].UnitOf(e.Field)) {
			err = fmt.Errorf("check value: say which with the concentration or therapy: %s", list(g.setups))
		}
	}
	return first, err
}

// limitsOf is what a setup holds the entry's field against. Limits on a duration act as limits on the rate through the volume, and so
// do those on the dose through weight and concentration (shared/domain/ders.md, Checking).
func limitsOf(a *library.Area, s *library.Setup, e *Entry) (l limits, err error) {
	l.sets[0] = SetOf(a, s, e.Field)
	if e.Field != library.Rate {
		return l, nil
	}
	if duration, ok := s.Limits[library.Time]; ok {
		if l.open = e.Volume <= 0; !l.open {
			l.sets[1] = RateLimits(duration, e.Volume)
		}
	}
	if _, ok := s.Limits[library.Dose]; !ok {
		return l, nil
	}
	at := *s
	if s.Custom { // read before, when the setup was found
		at.Concentration, _ = quantity.ParseConcentration(e.Concentration)
	}
	if s.By != library.None && e.Weight <= 0 || s.DoseUnit.Amount != "mL" && at.Concentration.Volume == 0 {
		l.open = true
		return l, nil
	}
	l.sets[2], err = DoseAsRate(&at, e.Weight)
	return l, err
}

// pumpOf is the profile of a setup's kind of pump; large-volume where none is named.
func pumpOf(s *library.Setup) *quantity.Pump {
	for _, p := range []*quantity.Pump{&quantity.Syringe, &quantity.PCA} {
		if p.Name == s.Pump {
			return p
		}
	}
	return &quantity.LargeVolume
}

// inUnitOf is an entry's value in the unit of the setup's limits, exactly converted: where it lies between two millionths the nearest and
// the other one, else the same number twice. A limit is a whole number of millionths, so one of the two is beyond it just where the
// value is. Unlike dimensions are an error.
func inUnitOf(s *library.Setup, e *Entry) (nearest, other quantity.Decimal, err error) {
	to := s.UnitOf(e.Field)
	if e.Unit == "" || e.Unit == to || to == "" {
		return e.Value, e.Value, nil
	}
	x, err := factor(e, to)
	if err != nil {
		return 0, 0, err
	}
	x.Mul(x, e.Value.Rat())
	if x.Cmp(quantity.Int(1_000_000_000_000).Rat()) > 0 {
		return 0, 0, fmt.Errorf("convert %s %s to %s: too large", e.Value, e.Unit, to)
	}
	nearest = quantity.Round(x, 1)
	return nearest, nearest + quantity.Decimal(x.Cmp(nearest.Rat())), nil
}

// factor is how many of unit to one of the entry's unit is.
func factor(e *Entry, to string) (*big.Rat, error) {
	if known := plainUnits[to]; known != nil {
		if r, ok := known[e.Unit]; ok {
			return new(big.Rat).Set(r), nil
		}
		if e.Field != library.Rate {
			return nil, fmt.Errorf("convert %s to %s: %s is in %s", e.Unit, to, e.Field, to)
		}
	}
	if e.Field == library.Conc {
		c, err := quantity.ParseConcentration("1 " + e.Unit)
		if err != nil {
			return nil, err
		}
		r, err := quantity.Ratio(c.Unit, strings.TrimSuffix(to, "/mL"))
		if err != nil {
			return nil, err
		}
		return r.Quo(r, c.Volume.Rat()), nil
	}
	from, err := doseUnit(e.Unit, to)
	if err != nil {
		return nil, err
	}
	into, err := doseUnit(to, to)
	if err != nil {
		return nil, err
	}
	return from.Ratio(into, e.Weight)
}

// doseUnit reads a unit as that of a dose rate; an amount is what an hour of it at that rate gives.
func doseUnit(unit, to string) (quantity.DoseUnit, error) {
	if u, err := quantity.ParseDoseUnit(to); err == nil && u.Time != "" {
		return quantity.ParseDoseUnit(unit)
	}
	u, err := quantity.ParseDoseUnit(unit + "/h")
	if err != nil {
		return u, fmt.Errorf("convert %s to %s: write an amount, as %s", unit, to, to)
	}
	return u, nil
}

// plainUnits are the units that a field's own converts from.
var plainUnits = map[string]map[string]*big.Rat{
	"min":  {"h": big.NewRat(60, 1), "s": big.NewRat(1, 60)},
	"kg":   {"g": big.NewRat(1, 1000), "lb": quantity.Kilograms(quantity.One)},
	"mL":   {"L": big.NewRat(1000, 1)},
	"%":    {},
	"mL/h": {},
}
