package order

import (
	"math/big"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
)

// After is the programme by which a pump is judged after one more of its outputs, p being that before it: what was started or changed,
// and all boluses given since together, so that a dose given twice is twice the dose.
func After(p pumpmodel.Programme, o *pumpmodel.Output) pumpmodel.Programme {
	switch {
	case o.Kind == pumpmodel.DoseStopped:
		return stopped(p, o)
	case o.Programme == nil:
		return p
	case o.Kind == pumpmodel.InfusionStarted:
		return *o.Programme
	case o.Kind == pumpmodel.InfusionChanged:
		next := *o.Programme
		next.Bolus, next.BolusUnit, next.BolusVolume, next.BolusRate, next.Loading = p.Bolus, p.BolusUnit, p.BolusVolume, p.BolusRate, p.Loading
		next.Delay = p.Delay
		return next
	case o.Kind != pumpmodel.DoseStarted || o.Programme.Loading:
		return p
	}
	b := o.Programme
	if p.Bolus == "" || p.BolusUnit != b.BolusUnit {
		p.Bolus, p.BolusUnit, p.BolusVolume = "0", b.BolusUnit, "0"
	}
	p.Bolus, p.BolusVolume = sum(p.Bolus, b.Bolus), sum(p.BolusVolume, b.BolusVolume)
	p.BolusRate, p.Loading, p.Beyond = b.BolusRate, false, p.Beyond || b.Beyond
	return p
}

// stopped takes what was not given of a dose from the programme: of Before mL, After were given.
func stopped(p pumpmodel.Programme, o *pumpmodel.Output) pumpmodel.Programme {
	all, _ := quantity.Parse(p.BolusVolume)
	amount, _ := quantity.Parse(p.Bolus)
	before, err := quantity.Parse(o.Before)
	after, bad := quantity.Parse(o.After)
	if err != nil || bad != nil || all <= 0 {
		return p
	}
	given := all - (before - after)
	if given <= 0 { // it was stopped before anything was given
		p.Bolus, p.BolusUnit, p.BolusVolume, p.BolusRate, p.Loading = "", "", "", "", false
		return p
	}
	p.Bolus = quantity.Round(new(big.Rat).Quo(new(big.Rat).Mul(amount.Rat(), given.Rat()), all.Rat()), 1).String()
	p.BolusVolume = given.String()
	return p
}

func sum(a, b string) string {
	x, _ := quantity.Parse(a)
	y, _ := quantity.Parse(b)
	return (x + y).String()
}

// bolus compares what was given beside the infusion with what was asked for: its kind, its amount in whatever unit, and its time, for
// which the rate may lie less than one step of the pump from the exact one.
func (m *match) bolus() {
	o, p := m.order, m.prog
	field, ordered := "bolus", ""
	if o.Loading || o.Bolus == 0 && p.Loading {
		field = "loading"
	}
	if o.Bolus != 0 {
		ordered = o.Bolus.String()
	}
	got, err := quantity.Parse(p.Bolus)
	switch {
	case o.Bolus == 0 && p.Bolus == "":
		return
	case o.Bolus == 0 || err != nil || p.Loading != o.Loading:
		m.add(field, ordered, p.Bolus, o.BolusUnit, nil)
		return
	}
	want, _ := quantity.ParseDoseUnit(o.BolusUnit + "/h")
	unit, err := quantity.ParseDoseUnit(p.BolusUnit + "/h")
	var factor *big.Rat
	if err == nil {
		factor, err = unit.Ratio(want, 0)
	}
	if err != nil {
		m.add(field, ordered+" "+o.BolusUnit, p.Bolus+" "+p.BolusUnit, "", nil)
		return
	}
	if x := factor.Mul(factor, got.Rat()); x.Cmp(o.Bolus.Rat()) != 0 {
		m.add(field, ordered, quantity.Exact(x), o.BolusUnit, new(big.Rat).Quo(x, o.Bolus.Rat()))
		return
	}
	if o.Over != 0 {
		m.bolusTime(field + "-time")
	}
}

func (m *match) bolusTime(field string) {
	volume, _ := quantity.Parse(m.prog.BolusVolume)
	rate, err := quantity.Parse(m.prog.BolusRate)
	exact, bad := quantity.RateOver(volume, m.order.Over)
	took, none := quantity.MinutesOf(volume, rate)
	if err != nil || bad != nil || none != nil {
		m.add(field, m.order.Over.String(), "", "min", nil)
		return
	}
	off := new(big.Rat).Sub(rate.Rat(), exact)
	if off.Abs(off).Cmp(m.pump.Rate.StepAt(rate).Rat()) >= 0 {
		m.add(field, m.order.Over.String(), quantity.Exact(took), "min", new(big.Rat).Quo(took, m.order.Over.Rat()))
	}
}

func (m *match) delay() {
	switch {
	case m.order.Delay != 0:
		m.number("delay", m.order.Delay, m.prog.Delay, "min")
	case m.prog.Delay != "":
		m.add("delay", "", m.prog.Delay, "min", nil)
	}
}
