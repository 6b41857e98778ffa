package engine

import (
	"fmt"
	"math/big"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/field"
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
	Source            field.Field // field.Dose or field.Rate: which of the two was entered
	Anaesthesia       bool        // hard limits act as soft ones, until the care area is left
	Measured          bool        // the surface was entered, not computed from height and weight
	ByTime            bool        // the time was entered, the volume follows
	Has               fieldSet
	Val               [field.Limited]quantity.Decimal
	Entered           quantity.Decimal // the dose as entered
	Minutes           quantity.Decimal // the time as entered
	Over              overrides        // soft limits that were overridden
	Extra             extras
}

// fieldSet are the fields of a plan that hold a number.
type fieldSet uint32

func (s fieldSet) of(f field.Field) bool { return s&(1<<f) != 0 }

// overrides are the limits beyond which a person went knowingly, by field: index in limitKinds, 0 none; and the values that were
// overridden.
type overrides struct {
	Limit [field.Limited]int8
	Value [field.Limited]quantity.Decimal
}

func (o *overrides) put(f field.Field, limit int8, v quantity.Decimal) {
	o.Limit[f], o.Value[f] = limit, v
}

func (o *overrides) drop(fields ...field.Field) {
	for _, f := range fields {
		o.Limit[f], o.Value[f] = 0, 0
	}
}

// fresh keeps what belongs to the patient and drops the programme.
func (p plan) fresh() plan {
	n := plan{Area: p.Area}
	for _, f := range [...]field.Field{field.Weight, field.Height, field.Surface} {
		if p.Has.of(f) {
			n.put(f, p.Val[f])
		}
	}
	n.Measured, n.Anaesthesia = p.Measured, p.Anaesthesia
	return n
}

func (p *plan) put(f field.Field, v quantity.Decimal) { p.Val[f], p.Has = v, p.Has|1<<f }
func (p *plan) drop(f field.Field)                    { p.Val[f], p.Has = 0, p.Has&^(1<<f) }

// refusal is why a value cannot be programmed: a sentence, and the numbers behind it for the record.
type refusal struct {
	text           string
	field          field.Field
	value, entered string
	unit           string
}

// with is the plan with f entered as v, before anything is computed from it.
func (p plan) with(f field.Field, v quantity.Decimal) plan {
	p.put(f, v)
	switch f {
	case field.Dose:
		p.Source, p.Entered = field.Dose, v
	case field.Rate:
		p.Source = field.Rate
	case field.Surface:
		p.Measured = true
	case field.Height:
		p.Measured = false
	case field.VTBI:
		p.ByTime = false
	case field.Time:
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
	case p.Source == field.Dose && ready:
		no = m.rateFromDose(&p, s)
	case p.Source == field.Dose:
		p.drop(field.Rate)
	case p.Source == field.Rate && ready && s.dosed:
		no = m.doseFromRate(&p, s)
	case p.Source == field.Rate:
		p.drop(field.Dose)
	}
	if no != nil {
		return p, no
	}
	return p, m.volumeAndTime(&p)
}

func (m *mach) rateFromDose(p *plan, s *setup) *refusal {
	if rate, ok := s.relation.Rate(p.Entered, p.basis(s), m.d.Pump.Rate); ok {
		p.put(field.Rate, rate)
		return m.doseFromRate(p, s)
	}
	c, _ := p.conc(s)
	exact, err := quantity.RateOf(p.Entered, s.unit, p.basis(s), c)
	if err != nil {
		return &refusal{text: err.Error(), field: field.Dose}
	}
	rate, err := m.d.Pump.Rate.Round(exact)
	if err != nil {
		return m.outside(field.Rate, exact, "the rate would be", "mL/h")
	}
	p.put(field.Rate, rate)
	return m.doseFromRate(p, s)
}

func (m *mach) doseFromRate(p *plan, s *setup) *refusal {
	if dose, ok := s.relation.Dose(p.Val[field.Rate], p.basis(s), m.d.Pump.Dose); ok {
		p.put(field.Dose, dose)
		return nil
	}
	c, _ := p.conc(s)
	exact, err := quantity.DoseOf(p.Val[field.Rate], s.unit, p.basis(s), c)
	if err != nil {
		return &refusal{text: err.Error(), field: field.Rate}
	}
	dose, err := m.d.Pump.Dose.Round(exact)
	if err != nil {
		return m.outside(field.Dose, exact, "the dose would be", s.doseUnit)
	}
	p.put(field.Dose, dose)
	return nil
}

func (m *mach) volumeAndTime(p *plan) *refusal {
	rate := p.Val[field.Rate]
	if p.ByTime {
		if !p.Has.of(field.Rate) {
			p.drop(field.VTBI)
			return nil
		}
		v, ok := m.d.Pump.VTBI.Product(rate, p.Minutes/quantity.One, 60)
		if !ok {
			exact := new(big.Rat).Mul(rate.Rat(), big.NewRat(int64(p.Minutes/quantity.One), 60))
			var err error
			if v, err = m.d.Pump.VTBI.Round(exact); err != nil {
				return m.outside(field.VTBI, exact, "the volume would be", "mL")
			}
		}
		p.put(field.VTBI, v)
	}
	if !p.Has.of(field.Rate) || !p.Has.of(field.VTBI) {
		p.drop(field.Time)
		return nil
	}
	if t, ok := quantity.Quotient(p.Val[field.VTBI], 60*uint64(quantity.One), rate, quantity.One); ok {
		p.put(field.Time, t)
		return nil
	}
	exact := new(big.Rat).Quo(p.Val[field.VTBI].Rat(), rate.Rat())
	p.put(field.Time, quantity.Round(exact.Mul(exact, big.NewRat(60, 1)), quantity.One))
	return nil
}

func (m *mach) outside(f field.Field, exact *big.Rat, lead, unit string) *refusal {
	return m.outsideOf(m.scale(f), f, exact, lead, unit)
}

func (m *mach) outsideOf(sc quantity.Scale, f field.Field, exact *big.Rat, lead, unit string) *refusal {
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
func (m *mach) missing(p *plan) field.Field {
	s := m.setup(p)
	switch {
	case p.Extra.Kind != exNone && p.Extra.Kind != exWeight:
		return m.extraMissing(p)
	case s == nil:
		return field.Conc
	case s.custom && !p.Has.of(field.Amount):
		return field.Amount
	case s.custom && !p.Has.of(field.Diluent):
		return field.Diluent
	case s.surfaced && !p.Has.of(field.Surface):
		return field.Surface
	case s.weighed && !p.Has.of(field.Weight):
		return field.Weight
	case s.pca:
		return m.missingPCA(p)
	case !p.Has.of(field.Rate) && s.dosed:
		return field.Dose
	case !p.Has.of(field.Rate):
		return field.Rate
	case !p.Has.of(field.VTBI):
		return field.VTBI
	}
	return field.None
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
		out.Dose, out.DoseUnit = p.decimal(field.Dose), s.doseUnit
	}
	out.Rate, out.VTBI, out.Time = p.decimal(field.Rate), p.decimal(field.VTBI), p.decimal(field.Time)
	m.tellExtras(p, s, out)
	return out
}
