package engine

import (
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
)

// ordered is an order that came over the network, in the words of order.Parse: its numbers are filled in, and a person reviews and
// starts them; nothing starts by itself, and every limit is checked at the start as for numbers typed. It is taken only by a pump
// that is not infusing and waits for no answer, and only if the library has what it asks for.
func (t *stepper) ordered(text string) {
	s := t.s
	o, err := order.Parse(text)
	why := s.inert()
	switch {
	case why != "":
	case err != nil:
		why = "the order cannot be read: " + strings.ReplaceAll(err.Error(), "\n", "; ")
	case s.Flow.Active() || s.Alert.On:
		why = "the pump is busy"
	}
	if why != "" {
		t.ignore("", why)
		return
	}
	p, what := t.m.planOf(s, &o)
	if what != "" {
		t.ignore("", what)
		return
	}
	t.discard()
	s.Draft = p
	t.awake()
	x := t.m.setup(&p)
	t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: "area", After: t.m.areas[p.Area-1].name, Why: "order"})
	t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: field.Drug.String(), After: t.m.drug(&p).name, Why: "order"})
	for f := field.Amount; f <= field.Time; f++ {
		if p.Has.of(f) && t.m.has(&p, f) {
			t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: f.String(), After: p.Val[f].String(), Why: "order"})
		}
	}
	t.land(t.m.asking(s))
	if x.advisory != "" {
		t.raise(alert{Kind: alertAdvisory})
	}
}

// asking is the screen that asks for what a draft lacks: the review if it lacks nothing.
func (m *mach) asking(s *state) int8 {
	f := m.missing(&s.Draft)
	for i := range m.screens {
		c := &m.screens[i]
		switch {
		case f == field.None && c.Kind == "review":
			return int8(i)
		case c.Kind == "enter" || c.Kind == "form" || c.Kind == "menu":
			for _, x := range c.fields {
				if f == field.None && m.review == 0 || x == f {
					return int8(i)
				}
			}
		}
	}
	return 0
}

// planOf is the order as a programme; what says why it is none.
func (m *mach) planOf(s *state, o *order.Order) (p plan, what string) {
	if p.Area = m.areaOf(s, o.Area); p.Area == 0 {
		return p, "the library has no care area " + o.Area
	}
	drugs := m.areas[p.Area-1].drugs
	for i := range drugs {
		if o.Drug != "" && strings.EqualFold(drugs[i].name, o.Drug) || o.Drug == "" && drugs[i].name == "" {
			p.Drug = int16(i) + 1
		}
	}
	if p.Drug == 0 {
		return p, "the care area has no " + o.Drug
	}
	setups := drugs[p.Drug-1].setups
	for i := range setups {
		x := &setups[i]
		if p.Setup == 0 && (x.conc == o.Concentration || o.Concentration.Amount == 0 && len(setups) == 1) &&
			(o.Dose == 0 || x.unit == o.DoseUnit) && !x.custom && x.pca == (o.PCA.Dose > 0) && (!x.pca || x.pcaUnit == o.PCA.Unit) {
			p.Setup = int16(i) + 1
		}
	}
	if p.Setup == 0 {
		return p, "the library does not give it in this concentration and unit"
	}
	return m.filled(s, p, o)
}

// filled puts the order's numbers into a plan.
func (m *mach) filled(s *state, p plan, o *order.Order) (plan, string) {
	weight := o.Weight
	if weight == 0 && s.Draft.Has.of(field.Weight) {
		weight = s.Draft.Val[field.Weight]
	}
	for _, x := range []struct {
		f field.Field
		v quantity.Decimal
	}{{field.Weight, weight}, {field.Dose, o.Dose}, {field.Rate, o.Rate}, {field.VTBI, o.VTBI}, {field.Time, o.Time}} {
		switch {
		case x.v == 0 || x.f == field.Rate && o.Dose > 0 || x.f == field.Time && o.VTBI > 0:
			continue
		case x.f == field.Dose && !m.setup(&p).dosed:
			return p, "the library gives it by rate, not by dose"
		}
		if why := m.ungraded(x.f, x.v); why != "" {
			return p, x.f.String() + ": " + why
		}
		p = p.with(x.f, x.v)
	}
	for i, name := range order.PCAFields {
		f := field.PCADose + field.Field(i)
		v, _ := o.PCA.Number(name)
		if !m.has(&p, f) || v == 0 && !f.Blank() {
			continue
		}
		if why := m.ungraded(f, v); why != "" && v > 0 {
			return p, f.Words() + ": " + why
		}
		p.put(f, v)
	}
	p, no := m.derive(p)
	if no != nil {
		return p, no.text
	}
	return p, ""
}

// areaOf is the care area of that name in the library in use, or the one chosen before where the order names none; 0 for none.
func (m *mach) areaOf(s *state, name string) int16 {
	first, last := m.shelved(s)
	for i := first; i < last; i++ {
		if m.areas[i].name == name {
			return int16(i) + 1
		}
	}
	if name != "" {
		return 0
	}
	return s.Draft.Area
}
