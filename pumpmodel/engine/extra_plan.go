package engine

import (
	"math/big"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// shot is a bolus or loading dose as the pump gives it: the volume is the exact conversion of the amount, rounded once, half up, at
// the pump's step; so is a rate that was entered or follows from a time. Without either it is the fastest that is allowed.
type shot struct{ volume, rate quantity.Decimal }

// doses is the field of the amount a plan is about: field.Bolus or field.Loading; noField if it has neither.
func (p *plan) doses() field.Field {
	switch {
	case p.Extra.Kind == exBolus:
		return field.Bolus
	case p.Extra.Kind == exLoading || p.loading():
		return field.Loading
	}
	return field.None
}

// shot works out the plan's bolus or loading dose, as far as the amount is known.
func (m *mach) shot(p *plan) (shot, *refusal) {
	f, s := p.doses(), m.setup(p)
	amount, set := p.value(f)
	if !set || s == nil {
		return shot{}, nil
	}
	b, c := s.boost(f), quantity.Concentration{}
	c, _ = p.conc(s)
	v, err := ders.BolusVolume(amount, b.unit, p.basis(s), c, m.d.Pump)
	if err != nil {
		return shot{}, &refusal{text: "this amount cannot be given: the pump gives " + m.d.Pump.VTBI.Min.String() + " to " +
			m.d.Pump.VTBI.Max().String() + " mL", field: f, value: m.d.Pump.VTBI.Max().String(), entered: amount.String(), unit: b.unit}
	}
	out := shot{volume: v}
	exact, no := m.shotRate(p, s, f, v)
	if no != nil {
		return out, no
	}
	if exact == nil {
		src := *s.src
		src.Concentration = c
		if f == field.Loading {
			src.Limits = nil // the limits on the rate of a bolus say nothing about a loading dose
		}
		out.rate, err = ders.BolusRate(m.areas[p.Area-1].src, &src, m.d.Pump, p.basis(s))
	} else {
		out.rate, err = m.d.Pump.Rate.Round(exact)
	}
	if err == nil && out.rate > s.most {
		err = errTooFast
		exact = out.rate.Rat()
	}
	if err != nil {
		entered := ""
		if exact != nil {
			entered = quantity.Exact(exact)
		}
		return out, &refusal{
			text:  "its rate would be " + entered + " mL/h; the pump gives " + m.d.Pump.Rate.Min.String() + " to " + s.most.String(),
			field: f + 1, value: s.most.String(), entered: entered, unit: "mL/h",
		}
	}
	return out, nil
}

type tooFast struct{}

func (tooFast) Error() string { return "it is faster than the pump gives" }

var errTooFast error = tooFast{}

// shotRate is the rate of a dose in mL/h as it was entered, or as its time asks for; nil where neither was.
func (m *mach) shotRate(p *plan, s *setup, f field.Field, volume quantity.Decimal) (*big.Rat, *refusal) {
	x := &p.Extra
	switch {
	case x.ByTime && x.Has&(1<<2) != 0:
		exact, err := quantity.RateOver(volume, x.Val[2])
		if err != nil {
			return nil, &refusal{text: err.Error(), field: f + 2}
		}
		return exact, nil
	case !x.ByTime && x.Has&(1<<1) != 0:
		exact, err := m.mLPerHour(p, s, s.boost(f), x.Val[1])
		if err != nil {
			return nil, &refusal{text: err.Error(), field: f + 1}
		}
		return exact, nil
	}
	return nil, nil
}

// mLPerHour is a rate in the unit of a boost as mL/h, exactly.
func (m *mach) mLPerHour(p *plan, s *setup, b *boost, v quantity.Decimal) (*big.Rat, error) {
	if b.rateUnit == "" {
		return v.Rat(), nil
	}
	u, err := quantity.ParseDoseUnit(b.rateUnit)
	if err != nil {
		return nil, err
	}
	c, _ := p.conc(s)
	return quantity.RateOf(v, u, p.basis(s), c)
}

// deriveShot fills in the other of rate and time, once one of them is known, and both where the screen asks for neither.
func (m *mach) deriveShot(p plan) (plan, *refusal) {
	f, s := p.doses(), m.setup(&p)
	if f == field.None || s == nil || p.Extra.Has&1 == 0 {
		return p, nil
	}
	got, no := m.shot(&p)
	if no != nil || p.Extra.Has&6 == 0 {
		return p, no
	}
	if p.Extra.ByTime {
		p.Extra.put(1, m.shownRate(&p, s, f, got.rate))
	} else {
		exact, _ := quantity.MinutesOf(got.volume, got.rate)
		p.Extra.put(2, quantity.Round(exact, quantity.One/10))
	}
	return p, nil
}

// shownRate is a rate of the pump in the unit of the dose's rate, rounded once, half up, as doses are.
func (m *mach) shownRate(p *plan, s *setup, f field.Field, rate quantity.Decimal) quantity.Decimal {
	b := s.boost(f)
	if b.rateUnit == "" {
		return rate
	}
	u, err := quantity.ParseDoseUnit(b.rateUnit)
	if err != nil {
		return rate
	}
	c, _ := p.conc(s)
	exact, err := quantity.DoseOf(rate, u, p.basis(s), c)
	if err != nil {
		return rate
	}
	v, err := m.d.Pump.Dose.Round(exact)
	if err != nil {
		return quantity.Round(exact, 1)
	}
	return v
}

// extraVerdict is what a field of the extras comes to against its limits. A rate that follows from a time is beyond a limit only if
// the pump's rate is beyond the one it gives at the limit.
func (m *mach) extraVerdict(p *plan, f field.Field) (finding, bool) {
	s := m.setup(p)
	v, set := p.value(f)
	if s == nil || !set {
		return finding{}, false
	}
	var limits library.LimitSet
	switch f {
	case field.Bolus, field.Loading:
		limits = s.boost(f).dose
	case field.BolusRate, field.LoadingRate:
		limits = s.boost(f).rate
	case field.Delay:
		limits.UpperHard = library.At(s.hold)
	}
	for limits != (library.LimitSet{}) {
		got := ders.Check(limits, v)
		if got.Limit == "" {
			break
		}
		if slot(f) == 1 && p.Extra.ByTime && m.shotAtLimit(p, s, f, got) {
			limits = without(limits, got.Limit)
			continue
		}
		find := finding{field: f, limit: limitIndex(got.Limit), value: got.Value, entered: v}
		if p.Anaesthesia && find.hardest() && f != field.Delay {
			find.relaxed = true
		}
		return find, true
	}
	return finding{}, false
}

// shotAtLimit reports that the rate of a dose is not beyond the one the pump gives at a limit.
func (m *mach) shotAtLimit(p *plan, s *setup, f field.Field, v ders.Verdict) bool {
	got, no := m.shot(p)
	exact, err := m.mLPerHour(p, s, s.boost(f), v.Value)
	if no != nil || err != nil {
		return false
	}
	rate, err := m.d.Pump.Rate.Round(exact)
	if err != nil {
		return false
	}
	if v.Limit == "upperSoft" || v.Limit == "upperHard" {
		return got.rate <= rate
	}
	return got.rate >= rate
}

// extraCheck is the first limit the extras of a plan pass that nobody answered, hard ones first.
func (m *mach) extraCheck(p *plan) (finding, bool) {
	var soft finding
	any := false
	for _, f := range m.extraParts(p) {
		got, found := m.extraVerdict(p, f)
		switch {
		case !found:
		case got.hard():
			return got, true
		case !any && p.Extra.Over[slot(f)%2] != got.limit:
			soft, any = got, true
		}
	}
	return soft, any
}

// extraParts are the fields of a plan's extras that can have limits.
func (m *mach) extraParts(p *plan) []field.Field {
	switch {
	case p.Extra.Kind == exBolus:
		return bolusParts
	case p.doses() == field.Loading:
		return loadingParts
	case p.Extra.Has&(1<<3) != 0 && p.Extra.Kind != exStandby:
		return loadingParts[2:]
	}
	return nil
}

var (
	bolusParts   = []field.Field{field.Bolus, field.BolusRate}
	loadingParts = []field.Field{field.Loading, field.LoadingRate, field.Delay}
)

// extraBeyond reports that the bolus or loading dose of a plan passes a limit; hard that it is one made soft by anaesthesia mode.
func (m *mach) extraBeyond(p *plan) (beyond, hard bool) {
	for _, f := range m.extraParts(p) {
		if find, found := m.extraVerdict(p, f); found {
			beyond, hard = true, hard || find.relaxed
		}
	}
	return beyond, hard
}

// extraMissing is the first field that the extra being programmed still needs; noField if it can be begun. Rate and time of a dose
// are needed where the design asks for one of them.
func (m *mach) extraMissing(p *plan) field.Field {
	i := m.extras[p.Extra.Kind]
	for _, f := range m.screens[i].fields {
		v, set := p.value(f)
		if !set || v == 0 {
			return f
		}
	}
	return field.None
}

// tellExtras puts the extras into a programme.
func (m *mach) tellExtras(p *plan, s *setup, out *pumpmodel.Programme) {
	if d := p.delay(); d > 0 {
		out.Delay = d.String()
	}
	f := p.doses()
	if f == field.None || p.Extra.Has&1 == 0 {
		return
	}
	got, no := m.shot(p)
	if no != nil {
		return
	}
	out.Bolus, out.BolusUnit, out.Loading = p.Extra.Val[0].String(), s.boost(f).unit, f == field.Loading
	out.BolusVolume, out.BolusRate = got.volume.String(), got.rate.String()
	beyond, _ := m.extraBeyond(p)
	out.Beyond = out.Beyond || beyond
}
