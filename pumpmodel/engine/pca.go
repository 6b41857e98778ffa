package engine

import (
	"math/big"
	"strconv"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// The programme of patient-controlled analgesia: what a demand gives, how soon the next is met, what is given besides, at the start, and
// at most in one and in four hours. Amounts are in the drug's own unit and stay as they were entered; what the pump gives for them is
// their volume, rounded once, half up, at its step, and told beside them. The volume of the container is that of its label.

// demandRate is how fast a demand is given at most, mL/h, where the library says nothing about it.
const demandRate = 150 * quantity.One

func (m *mach) compilePCA(a *library.Area, s *library.Setup, out *setup) {
	out.pca, out.pcaUnit = true, s.Units[library.PCADose]
	out.weighed, out.surfaced = s.By == library.ByWeight, s.By == library.BySurface
	out.in2h = s.Limits[library.In2h].UpperHard.Value
	out.fast = demandRate
	if rate, err := ders.BolusRate(a, s, m.d.Pump, 0); err == nil {
		out.fast = min(rate, demandRate)
	}
}

func (m *mach) pcaUnit(p *plan, f field.Field) string {
	s := m.likely(p)
	switch {
	case s == nil:
		return ""
	case f == field.Continuous:
		return s.pcaUnit + "/h"
	}
	return s.pcaUnit
}

// volume is an amount in mL, exactly.
func (p *plan) volume(s *setup, amount quantity.Decimal) (*big.Rat, error) {
	unit, err := quantity.ParseDoseUnit(s.pcaUnit + "/h") // an amount is what an hour of it at that rate gives
	if err != nil {
		return nil, err
	}
	return quantity.RateOf(amount, unit, p.basis(s), s.conc)
}

// rules are the programme in mL, as delivery gives it; false while it cannot be known. A limit is rounded down, so that it is never
// passed; the refusal says what the pump cannot give.
func (m *mach) rules(p *plan, s *setup) (delivery.PCARules, *refusal) {
	r := delivery.PCARules{Rate: s.fast, Lockout: time.Duration(p.Val[field.Lockout]/quantity.One) * time.Minute}
	rounded := func(f field.Field, sc quantity.Scale, to *quantity.Decimal) *refusal {
		if p.Val[f] == 0 {
			return nil
		}
		exact, err := p.volume(s, p.Val[f])
		if err != nil {
			return &refusal{text: err.Error(), field: f}
		}
		if *to, err = sc.Round(exact); err != nil {
			return m.outsideOf(sc, f, exact, "it would be", map[bool]string{true: "mL/h", false: "mL"}[f == field.Continuous])
		}
		return nil
	}
	if no := rounded(field.PCADose, m.d.Pump.VTBI, &r.Dose); no != nil {
		return r, no
	}
	if no := rounded(field.Continuous, m.d.Pump.Rate, &r.Basal); no != nil {
		return r, no
	}
	for i, most := range [...]quantity.Decimal{p.Val[field.In1h], s.in2h, p.Val[field.In4h]} {
		if exact, err := p.volume(s, most); err == nil && most > 0 {
			r.Most[i] = quantity.Round(exact, 1)
			if r.Most[i].Rat().Cmp(exact) > 0 {
				r.Most[i]--
			}
		}
	}
	return r, nil
}

// loading is the loading dose in mL, rounded as a demand is.
func (m *mach) loading(p *plan, s *setup) quantity.Decimal {
	exact, err := p.volume(s, p.Val[field.PCALoading])
	if err != nil || p.Val[field.PCALoading] == 0 {
		return 0
	}
	v, err := m.d.Pump.VTBI.Round(exact)
	if err != nil {
		return 0
	}
	return v
}

// derivePCA works out what follows from the numbers so far. The refusal says which of them cannot be together.
func (m *mach) derivePCA(p plan, s *setup) (plan, *refusal) {
	p.drop(field.Rate)
	p.drop(field.VTBI)
	if s.weighed && !p.Has.of(field.Weight) || s.surfaced && !p.Has.of(field.Surface) {
		return p, nil
	}
	r, no := m.rules(&p, s)
	if no != nil {
		return p, no
	}
	loading := m.loading(&p, s)
	if exact, err := p.volume(s, p.Val[field.PCALoading]); err == nil && p.Val[field.PCALoading] > 0 && loading == 0 {
		return p, m.outsideOf(m.d.Pump.VTBI, field.PCALoading, exact, "it would be", "mL")
	}
	if no := m.together(&p, s, r, loading); no != nil {
		return p, no
	}
	p.put(field.Rate, r.Basal)
	p.put(field.VTBI, m.container(s))
	return p, nil
}

// together refuses numbers that do not go together: a demand that takes longer than the lockout; a demand and the continuous rate, or a
// loading dose, that are more than what may be given in a time.
func (m *mach) together(p *plan, s *setup, r delivery.PCARules, loading quantity.Decimal) *refusal {
	unit := s.pcaUnit
	if r.Dose > 0 && r.Lockout > 0 && quantity.VolumeOf(r.Rate, p.Val[field.Lockout]).Cmp(r.Dose.Rat()) < 0 {
		return &refusal{text: "a demand takes longer than the lockout", field: field.Lockout, value: "", entered: p.Val[field.Lockout].String(), unit: "min"}
	}
	for i, f := range [...]field.Field{field.In1h, field.Conc, field.In4h} {
		most := r.Most[i]
		if most == 0 {
			continue
		}
		hours := quantity.Decimal(delivery.Windows[i] / time.Hour)
		limit, in := p.Val[f].String(), " in "+strconv.FormatInt(int64(hours), 10)+" h"
		if f == field.Conc {
			f, limit = field.PCADose, s.in2h.String()
		}
		no := &refusal{field: f, value: limit, entered: p.Val[f].String(), unit: unit}
		switch {
		case r.Basal*hours+r.Dose > most:
			no.text = "the continuous rate and one demand are more than " + limit + " " + unit + in
			return no
		case r.Basal*hours+loading > most:
			no.text = "the continuous rate and the loading dose are more than " + limit + " " + unit + in
			return no
		}
	}
	return nil
}

// container is how much a full container holds, mL: what its label says, or the pump's own reservoir where that speaks of one mL.
func (m *mach) container(s *setup) quantity.Decimal {
	if s.conc.Volume > quantity.One {
		return s.conc.Volume
	}
	return m.d.Pump.Reservoir
}

// missingPCA is the first number the programme still needs. What the design does not ask for is not needed.
func (m *mach) missingPCA(p *plan) field.Field {
	for f := field.PCADose; f <= field.In4h; f++ {
		if m.has(p, f) && !f.Blank() && !p.Has.of(f) {
			return f
		}
	}
	if !p.Has.of(field.VTBI) {
		return field.PCADose
	}
	return field.None
}

// leaveOut confirms a field empty: nothing of it is given.
func (t *stepper) leaveOut(f field.Field) bool {
	before := t.m.text(&t.s.Draft, f)
	next := t.s.Draft
	next.forget(f)
	next.put(f, 0)
	next, no := t.m.derive(next)
	if no != nil {
		t.raise(alert{Kind: alertRange, Field: no.field})
		return false
	}
	t.s.Draft = next
	t.s.Entry.Dirty = false
	t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: f.String(), Before: before})
	return true
}

// tellPCA puts the programme into what outputs tell.
func (m *mach) tellPCA(p *plan, s *setup, out *pumpmodel.Programme) {
	r, _ := m.rules(p, s)
	loading := m.loading(p, s)
	out.PCA = pumpmodel.Analgesia{
		Unit: s.pcaUnit, Dose: p.decimal(field.PCADose), Volume: r.Dose.String(), Lockout: p.decimal(field.Lockout),
		Continuous: p.Val[field.Continuous].String(), Loading: p.Val[field.PCALoading].String(), LoadingVolume: loading.String(),
		In1h: p.decimal(field.In1h), In4h: p.decimal(field.In4h),
	}
}
