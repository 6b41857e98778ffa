package engine

import (
	"math/big"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// limitKinds are the limits by the index that plans and alerts keep.
var limitKinds = [...]string{"", "lowerHard", "lowerSoft", "upperSoft", "upperHard"}

func limitIndex(kind string) int8 {
	for i, k := range limitKinds {
		if k == kind {
			return int8(i)
		}
	}
	return 0
}

// finding is one limit that a plan passes.
type finding struct {
	value   quantity.Decimal // of the limit
	entered quantity.Decimal
	field   field.Field
	limit   int8
	relaxed bool // a hard limit that acts as a soft one
}

func (f finding) hard() bool { return !f.relaxed && f.hardest() }

func (f finding) hardest() bool {
	k := limitKinds[f.limit]
	return k == "upperHard" || k == "lowerHard"
}

// verdict is what field f of p comes to against its limits; found is false if it is within them or has none.
//
// A dose is held as it was entered, so that a value equal to a limit is within it although the rounded rate gives a little more.
// A dose that follows from an entered rate is beyond a limit only if the rate is beyond the one the pump gives at the limit.
func (m *mach) verdict(p *plan, run *plan, f field.Field) (finding, bool) {
	s := m.setup(p)
	if s == nil || !s.limited.of(f) {
		return finding{}, false
	}
	set, v := s.limits[f], p.Val[f]
	switch {
	case f == field.Titration:
		if v = titrated(p, run, s.pca); v == 0 {
			return finding{}, false
		}
	case f == field.Conc:
		if !s.custom || !p.Has.of(field.Amount) || !p.Has.of(field.Diluent) {
			return finding{}, false
		}
		v = p.strength()
	case f.Blank() && v == 0: // nothing of it is given
		return finding{}, false
	case !p.Has.of(f) || f == field.Weight && !m.has(p, field.Weight):
		return finding{}, false
	case f == field.Dose && p.Source == field.Dose:
		v = p.Entered
	case f == field.Time:
		v = p.lasts()
	}
	for {
		got := ders.Check(set, v)
		if got.Limit == "" {
			return finding{}, false
		}
		if f == field.Dose && p.Source == field.Rate && m.atLimit(p, s, got) {
			set = without(set, got.Limit)
			continue
		}
		if f == field.Time {
			v = tenths(v, got)
		}
		find := finding{field: f, limit: limitIndex(got.Limit), value: got.Value, entered: v}
		if p.Anaesthesia && find.hardest() {
			find.relax(s.device[f])
		}
		return find, true
	}
}

// relax makes a hard limit of the library act as a soft one; what the care area's device cannot do stays hard.
func (f *finding) relax(device quantity.Decimal) {
	if device > 0 && f.entered > device {
		f.value = device
		return
	}
	f.relaxed = true
}

// lasts is how long the infusion takes, in minutes: as it was entered, or volume ÷ rate to a millionth, so that limits on the duration
// of an infusion are limits on its rate through the volume (ders.RateLimits).
func (p *plan) lasts() quantity.Decimal {
	if p.ByTime {
		return p.Minutes
	}
	if t, ok := quantity.Quotient(p.Val[field.VTBI], 60*uint64(quantity.One), p.Val[field.Rate], 1); ok {
		return t
	}
	exact, err := quantity.MinutesOf(p.Val[field.VTBI], p.Val[field.Rate])
	if err != nil {
		return p.Val[field.Time]
	}
	return quantity.Round(exact, 1)
}

// tenths is a time beyond a limit in tenths of a minute, away from the limit, so that it never reads as the limit itself.
func tenths(v quantity.Decimal, beyond ders.Verdict) quantity.Decimal {
	if beyond.Limit == "upperSoft" || beyond.Limit == "upperHard" {
		return v.Ceil(quantity.One / 10)
	}
	return v.Floor(quantity.One / 10)
}

// titrated is the size of a change of what runs, in per cent; of analgesia the largest among the demand dose, the lockout and the
// continuous rate. What ran at nothing, or runs no more, has no per cent: its own limits hold. 0 is no change.
func titrated(p, run *plan, pca bool) quantity.Decimal {
	fields := [...]field.Field{field.Dose, field.Dose, field.Dose}
	if pca {
		fields = [...]field.Field{field.PCADose, field.Lockout, field.Continuous}
	}
	var most quantity.Decimal
	for _, f := range fields {
		if run != nil && p.Has.of(f) && run.Val[f] > 0 && (p.Val[f] > 0 || !pca) {
			most = max(most, titration(run.Val[f], p.Val[f]))
		}
	}
	return most
}

// titration is the size of a change in per cent of the running dose, half up at a tenth.
func titration(from, to quantity.Decimal) quantity.Decimal {
	x := new(big.Rat).Quo(new(big.Rat).Sub(to.Rat(), from.Rat()), from.Rat())
	return quantity.Round(x.Abs(x).Mul(x, big.NewRat(100, 1)), quantity.One/10)
}

// atLimit reports that the rate is not beyond the one the pump gives at the dose limit.
func (m *mach) atLimit(p *plan, s *setup, v ders.Verdict) bool {
	c, _ := p.conc(s)
	exact, err := quantity.RateOf(v.Value, s.unit, p.basis(s), c)
	if err != nil {
		return false
	}
	rate, err := m.d.Pump.Rate.Round(exact)
	if err != nil {
		return false
	}
	if v.Limit == "upperSoft" || v.Limit == "upperHard" {
		return p.Val[field.Rate] <= rate
	}
	return p.Val[field.Rate] >= rate
}

func without(s library.LimitSet, limit string) library.LimitSet {
	switch limit {
	case "lowerHard":
		s.LowerHard = library.Bound{}
	case "lowerSoft":
		s.LowerSoft = library.Bound{}
	case "upperSoft":
		s.UpperSoft = library.Bound{}
	case "upperHard":
		s.UpperHard = library.Bound{}
	}
	return s
}

// check is the first limit p passes that nobody answered: hard ones first, then soft ones in the order of the fields. run is the
// running programme while a change is made, nil otherwise.
func (m *mach) check(p, run *plan) (finding, bool) {
	var soft finding
	var any bool
	for f := field.Conc; f < field.Limited; f++ {
		got, found := m.verdict(p, run, f)
		switch {
		case !found:
		case got.hard():
			return got, true
		case !any && !m.answered(p, got):
			soft, any = got, true
		}
	}
	return soft, any
}

// answered reports that the soft limit was overridden for this value, or at all where the area checks once per exceed.
func (m *mach) answered(p *plan, f finding) bool {
	o := &p.Over
	return o.Limit[f.field] == f.limit && (o.Value[f.field] == f.entered || m.areas[p.Area-1].once)
}

// within ends the exceeds that are over: where a value is within its limits again, the next one beyond them is another exceed.
func (m *mach) within(p, run *plan) {
	for f := field.Conc; f < field.Limited; f++ {
		if p.Over.Limit[f] == 0 {
			continue
		}
		if _, found := m.verdict(p, run, f); !found {
			p.Over.drop(f)
		}
	}
}

// beyond reports that p passes any limit.
func (m *mach) beyond(p *plan) bool {
	for f := field.Conc; f < field.Titration; f++ {
		if _, found := m.verdict(p, nil, f); found {
			return true
		}
	}
	return false
}

// limit is the finding as outputs tell it.
func (m *mach) limit(p *plan, f finding) *pumpmodel.Limit {
	out := &pumpmodel.Limit{
		Kind: limitKinds[f.limit], Value: f.value.String(), Entered: f.entered.String(), Unit: m.unit(p, f.field), Soft: f.relaxed,
	}
	if f.value != 0 {
		out.Ratio = quantity.Round(new(big.Rat).Quo(f.entered.Rat(), f.value.Rat()), 100).String()
	}
	return out
}
