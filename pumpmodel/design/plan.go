package design

import (
	"fmt"
	"math/big"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
)

// plan is one programme: what was chosen and entered, and what follows from it. It is a plain value; 0 in Area, Drug and Setup is
// nothing chosen yet, otherwise the index in the machine's tables plus one.
//
// The rate is what the pump delivers. Where a dose was entered, Entered keeps it, the rate is its exact conversion rounded once,
// half up, at the pump's step, and the dose held in Val and shown everywhere is recomputed from that rate: what is shown is what
// is given. Where a rate was entered, the dose follows from it. Time and volume relate in the same way.
type plan struct {
	Area, Drug, Setup int16
	Source            field // fDose or fRate: which of the two was entered
	Anaesthesia       bool  // hard limits act as soft ones, until the care area is left
	Measured          bool  // the surface was entered, not computed from height and weight
	ByTime            bool  // the time was entered, the volume follows
	Has               fieldSet
	Val               [nField]quantity.Decimal
	Entered           quantity.Decimal // the dose as entered
	Minutes           quantity.Decimal // the time as entered
	Over              overrides        // soft limits that were overridden
	Extra             extras
}

// fieldSet are the fields of a plan that hold a number.
type fieldSet uint32

func (s fieldSet) of(f field) bool { return s&(1<<f) != 0 }

// overrides are the limits beyond which a person went knowingly, by field: index in limitKinds, 0 none; and the values that were
// overridden.
type overrides struct {
	Limit [nField]int8
	Value [nField]quantity.Decimal
}

func (o *overrides) put(f field, limit int8, v quantity.Decimal) { o.Limit[f], o.Value[f] = limit, v }

func (o *overrides) drop(fields ...field) {
	for _, f := range fields {
		o.Limit[f], o.Value[f] = 0, 0
	}
}

// fresh keeps what belongs to the patient and drops the programme.
func (p plan) fresh() plan {
	n := plan{Area: p.Area}
	for _, f := range [...]field{fWeight, fHeight, fSurface} {
		if p.Has.of(f) {
			n.put(f, p.Val[f])
		}
	}
	n.Measured, n.Anaesthesia = p.Measured, p.Anaesthesia
	return n
}

func (p *plan) put(f field, v quantity.Decimal) { p.Val[f], p.Has = v, p.Has|1<<f }
func (p *plan) drop(f field)                    { p.Val[f], p.Has = 0, p.Has&^(1<<f) }

// refusal is why a value cannot be programmed: a sentence, and the numbers behind it for the record.
type refusal struct {
	text           string
	field          field
	value, entered string
	unit           string
}

// with is the plan with f entered as v, before anything is computed from it.
func (p plan) with(f field, v quantity.Decimal) plan {
	p.put(f, v)
	switch f {
	case fDose:
		p.Source, p.Entered = fDose, v
	case fRate:
		p.Source = fRate
	case fSurface:
		p.Measured = true
	case fHeight:
		p.Measured = false
	case fVTBI:
		p.ByTime = false
	case fTime:
		p.ByTime, p.Minutes = true, v
	}
	return p
}

// derive recomputes rate or dose, then volume or time. Nothing that cannot be known yet is set. The refusal is nil if the pump can
// do it.
func (m *mach) derive(p plan) (plan, *refusal) {
	s := m.setup(&p)
	if s == nil {
		return p, nil
	}
	no := p.measure()
	if no != nil {
		return p, no
	}
	if s.pca {
		return m.derivePCA(p, s)
	}
	ready := p.ready(s)
	switch {
	case p.Source == fDose && ready:
		no = m.rateFromDose(&p, s)
	case p.Source == fDose:
		p.drop(fRate)
	case p.Source == fRate && ready && s.dosed:
		no = m.doseFromRate(&p, s)
	case p.Source == fRate:
		p.drop(fDose)
	}
	if no != nil {
		return p, no
	}
	return p, m.volumeAndTime(&p)
}

func (m *mach) rateFromDose(p *plan, s *setup) *refusal {
	if rate, ok := s.relation.Rate(p.Entered, p.basis(s), m.d.Pump.Rate); ok {
		p.put(fRate, rate)
		return m.doseFromRate(p, s)
	}
	c, _ := p.conc(s)
	exact, err := quantity.RateOf(p.Entered, s.unit, p.basis(s), c)
	if err != nil {
		return &refusal{text: err.Error(), field: fDose}
	}
	rate, err := m.d.Pump.Rate.Round(exact)
	if err != nil {
		return m.outside(fRate, exact, "the rate would be", "mL/h")
	}
	p.put(fRate, rate)
	return m.doseFromRate(p, s)
}

func (m *mach) doseFromRate(p *plan, s *setup) *refusal {
	if dose, ok := s.relation.Dose(p.Val[fRate], p.basis(s), m.d.Pump.Dose); ok {
		p.put(fDose, dose)
		return nil
	}
	c, _ := p.conc(s)
	exact, err := quantity.DoseOf(p.Val[fRate], s.unit, p.basis(s), c)
	if err != nil {
		return &refusal{text: err.Error(), field: fRate}
	}
	dose, err := m.d.Pump.Dose.Round(exact)
	if err != nil {
		return m.outside(fDose, exact, "the dose would be", s.doseUnit)
	}
	p.put(fDose, dose)
	return nil
}

func (m *mach) volumeAndTime(p *plan) *refusal {
	rate := p.Val[fRate]
	if p.ByTime {
		if !p.Has.of(fRate) {
			p.drop(fVTBI)
			return nil
		}
		v, ok := m.d.Pump.VTBI.Product(rate, p.Minutes/quantity.One, 60)
		if !ok {
			exact := new(big.Rat).Mul(rate.Rat(), big.NewRat(int64(p.Minutes/quantity.One), 60))
			var err error
			if v, err = m.d.Pump.VTBI.Round(exact); err != nil {
				return m.outside(fVTBI, exact, "the volume would be", "mL")
			}
		}
		p.put(fVTBI, v)
	}
	if !p.Has.of(fRate) || !p.Has.of(fVTBI) {
		p.drop(fTime)
		return nil
	}
	if t, ok := quantity.Quotient(p.Val[fVTBI], 60*uint64(quantity.One), rate, quantity.One); ok {
		p.put(fTime, t)
		return nil
	}
	exact := new(big.Rat).Quo(p.Val[fVTBI].Rat(), rate.Rat())
	p.put(fTime, quantity.Round(exact.Mul(exact, big.NewRat(60, 1)), quantity.One))
	return nil
}

func (m *mach) outside(f field, exact *big.Rat, lead, unit string) *refusal {
	return m.outsideOf(m.scale(f), f, exact, lead, unit)
}

func (m *mach) outsideOf(sc quantity.Scale, f field, exact *big.Rat, lead, unit string) *refusal {
	bound := sc.Max()
	if exact.Cmp(bound.Rat()) < 0 {
		bound = sc.Min
	}
	shown := "more than " + bound.String()
	if exact.Cmp(big.NewRat(1_000_000, 1)) < 0 {
		shown = quantity.Exact(exact)
	}
	return &refusal{
		text:  fmt.Sprintf("%s %s %s; the pump gives %s to %s", lead, shown, unit, sc.Min, sc.Max()),
		field: f, value: bound.String(), entered: shown, unit: unit,
	}
}

// missing is the first field a programme still needs; noField if it can be started.
func (m *mach) missing(p *plan) field {
	s := m.setup(p)
	switch {
	case p.Extra.Kind != exNone && p.Extra.Kind != exWeight:
		return m.extraMissing(p)
	case s == nil:
		return fConc
	case s.custom && !p.Has.of(fAmount):
		return fAmount
	case s.custom && !p.Has.of(fDiluent):
		return fDiluent
	case s.surfaced && !p.Has.of(fSurface):
		return fSurface
	case s.weighed && !p.Has.of(fWeight):
		return fWeight
	case s.pca:
		return m.missingPCA(p)
	case !p.Has.of(fRate) && s.dosed:
		return fDose
	case !p.Has.of(fRate):
		return fRate
	case !p.Has.of(fVTBI):
		return fVTBI
	}
	return noField
}

// programme is the plan as outputs tell it.
func (m *mach) programme(p *plan) *pumpmodel.Programme {
	s := m.setup(p)
	if s == nil {
		return &pumpmodel.Programme{}
	}
	out := &pumpmodel.Programme{Channel: m.label, Area: m.areas[p.Area-1].name, Basic: s.basic, Concentration: p.concText(s), Beyond: m.beyond(p)}
	out.Anaesthesia = p.Anaesthesia
	if s.pca {
		m.tellPCA(p, s, out)
	}
	if !s.basic {
		out.Drug = m.drug(p).name
	}
	m.tell(p, s, out)
	if s.dosed {
		out.Dose, out.DoseUnit = p.decimal(fDose), s.doseUnit
	}
	out.Rate, out.VTBI, out.Time = p.decimal(fRate), p.decimal(fVTBI), p.decimal(fTime)
	m.tellExtras(p, s, out)
	return out
}
