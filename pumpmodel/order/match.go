package order

import (
	"math/big"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
)

// Deviation is one field in which a programme differs from the order.
type Deviation struct {
	Field      string // area, channel, drug, concentration, weight, dose, rate, vtbi, time
	Ordered    string // decimal string in Unit, or a name
	Programmed string // empty where the programme has nothing
	Unit       string
	ratio      *big.Rat
}

// Ratio is programmed ÷ ordered exactly; nil where one of them is no number.
func (d Deviation) Ratio() *big.Rat { return d.ratio }

// RatioText is Ratio as a decimal with at most four places, half up; empty where there is none.
func (d Deviation) RatioText() string {
	if d.ratio == nil {
		return ""
	}
	return strings.TrimRight(strings.TrimRight(d.ratio.FloatString(4), "0"), ".")
}

// Matches holds a programme of a large-volume pump against the order, field by field: MatchesOn with quantity.LargeVolume.
func Matches(o Order, p pumpmodel.Programme) []Deviation {
	return MatchesOn(o, p, quantity.LargeVolume)
}

// MatchesOn holds a programme against the order; nothing means it is what was asked for. A field the order does not give is not
// compared. Numbers are compared exactly, with three allowances that come from the pump and not from the person: a concentration
// may be written with another volume of the same strength; a dose in another unit of the same kind is converted; a dose may be the
// one recomputed from the rounded rate. Where a dose is asked and the pump was programmed by rate, the rate may lie less than one
// step of the pump from the exact conversion; likewise where a time is asked and only rate and volume were programmed. A weight the
// pump never asked for, because the dose is not per kg or there is none, is not compared. A bolus, a loading dose or a delay that the order does not
// ask for is a deviation too.
func MatchesOn(o Order, p pumpmodel.Programme, pump quantity.Pump) []Deviation {
	m := match{order: o, prog: p, pump: pump}
	m.word("area", o.Area, p.Area)
	m.word("channel", o.Channel, p.Channel)
	m.word("drug", o.Drug, p.Drug)
	m.concentration()
	if p.Weight != "" || o.DoseUnit.Per == "kg" && p.Dose != "" {
		m.number("weight", o.Weight, p.Weight, "kg")
	}
	if o.Dose != 0 {
		m.dose()
	}
	m.number("rate", o.Rate, p.Rate, "mL/h")
	m.number("vtbi", o.VTBI, p.VTBI, "mL")
	if o.PCA != (PCA{}) {
		m.analgesia()
	}
	if o.Time != 0 {
		m.time()
	}
	m.bolus()
	m.delay()
	return m.found
}

type match struct {
	order Order
	prog  pumpmodel.Programme
	pump  quantity.Pump
	found []Deviation
}

func (m *match) add(field, ordered, programmed, unit string, ratio *big.Rat) {
	m.found = append(m.found, Deviation{field, ordered, programmed, unit, ratio})
}

func (m *match) word(field, want, got string) {
	if want != "" && want != got {
		m.add(field, want, got, "", nil)
	}
}

func (m *match) number(field string, want quantity.Decimal, got, unit string) {
	if want == 0 {
		return
	}
	v, err := quantity.Parse(got)
	if err != nil {
		m.add(field, want.String(), got, unit, nil)
	} else if v != want {
		m.add(field, want.String(), v.String(), unit, new(big.Rat).Quo(v.Rat(), want.Rat()))
	}
}

func (m *match) concentration() {
	want := m.order.Concentration
	if want.Amount == 0 {
		return
	}
	ratio := strengthRatio(m.prog.Concentration, want)
	if ratio == nil || ratio.Cmp(big.NewRat(1, 1)) != 0 {
		m.add("concentration", want.String(), m.prog.Concentration, "", ratio)
	}
}

// strengthRatio is the strength of the concentration written in got ÷ that of want; nil where they do not compare.
func strengthRatio(got string, want quantity.Concentration) *big.Rat {
	c, err := quantity.ParseConcentration(got)
	if err != nil {
		return nil
	}
	unit, err := quantity.Ratio(c.Unit, want.Unit)
	if err != nil {
		return nil
	}
	x := unit.Mul(unit, c.Amount.Rat())
	x.Mul(x, want.Volume.Rat())
	return x.Quo(x, new(big.Rat).Mul(c.Volume.Rat(), want.Amount.Rat()))
}

func (m *match) dose() {
	o, p := m.order, m.prog
	unit := o.DoseUnit.String()
	got, err := quantity.Parse(p.Dose)
	if err != nil {
		m.rateForDose()
		return
	}
	gotUnit, err := quantity.ParseDoseUnit(p.DoseUnit)
	var factor *big.Rat
	if err == nil {
		factor, err = gotUnit.Ratio(o.DoseUnit, 0)
	}
	if err != nil {
		m.add("dose", o.Dose.String()+" "+unit, p.Dose+" "+p.DoseUnit, "", nil)
		return
	}
	x := factor.Mul(factor, got.Rat())
	if x.Cmp(o.Dose.Rat()) == 0 || m.shown(got, gotUnit) {
		return
	}
	m.add("dose", o.Dose.String(), quantity.Exact(x), unit, new(big.Rat).Quo(x, o.Dose.Rat()))
}

// shown reports whether got is the dose a pump shows for the ordered one: recomputed from the rounded rate, at the weight and
// concentration that were programmed (an error in those is a deviation of its own).
func (m *match) shown(got quantity.Decimal, unit quantity.DoseUnit) bool {
	weight, _ := quantity.Parse(m.prog.Weight)
	conc, _ := quantity.ParseConcentration(m.prog.Concentration)
	exact, err := quantity.RateOf(m.order.Dose, m.order.DoseUnit, weight, conc)
	if err != nil {
		return false
	}
	rate, err := m.pump.Rate.Round(exact)
	if err != nil {
		return false
	}
	dose, err := quantity.DoseOf(rate, unit, weight, conc)
	if err != nil {
		return false
	}
	rounded, err := m.pump.Dose.Round(dose)
	return err == nil && rounded == got
}

// rateForDose compares the programmed rate with the one the ordered dose converts to.
func (m *match) rateForDose() {
	o := m.order
	weight, conc := o.Weight, o.Concentration
	if weight == 0 {
		weight, _ = quantity.Parse(m.prog.Weight)
	}
	if conc.Amount == 0 {
		conc, _ = quantity.ParseConcentration(m.prog.Concentration)
	}
	exact, err := quantity.RateOf(o.Dose, o.DoseUnit, weight, conc)
	if err != nil {
		m.add("dose", o.Dose.String(), "", o.DoseUnit.String(), nil)
		return
	}
	m.nearRate(exact)
}

// nearRate demands a programmed rate less than one step of the pump from exact.
func (m *match) nearRate(exact *big.Rat) {
	got, err := quantity.Parse(m.prog.Rate)
	if err != nil {
		m.add("rate", quantity.Exact(exact), m.prog.Rate, "mL/h", nil)
		return
	}
	off := new(big.Rat).Sub(got.Rat(), exact)
	if off.Abs(off).Cmp(m.pump.Rate.StepAt(got).Rat()) < 0 {
		return
	}
	m.add("rate", quantity.Exact(exact), got.String(), "mL/h", new(big.Rat).Quo(got.Rat(), exact))
}

// time compares the programmed time; one that differs by less than a minute may be the pump's rounding, so that the rate decides, as
// it does where no time was programmed.
func (m *match) time() {
	if m.prog.Time != "" || m.order.VTBI == 0 {
		v, err := quantity.Parse(m.prog.Time)
		if off := v - m.order.Time; err != nil || m.order.VTBI == 0 || v == m.order.Time || off >= quantity.One || off <= -quantity.One {
			m.number("time", m.order.Time, m.prog.Time, "min")
			return
		}
	}
	exact := new(big.Rat).Quo(m.order.VTBI.Rat(), m.order.Time.Rat())
	m.nearRate(exact.Mul(exact, big.NewRat(60, 1)))
}

// Severity is how far a number of the programme is from the order, as a factor of at least 1 in either direction, over all
// deviations; nil where none has a ratio. A field set to 0 counts as not given.
func Severity(found []Deviation) *big.Rat {
	var worst *big.Rat
	for _, d := range found {
		if d.ratio == nil || d.ratio.Sign() <= 0 {
			continue
		}
		f := new(big.Rat).Set(d.ratio)
		if f.Cmp(big.NewRat(1, 1)) < 0 {
			f.Inv(f)
		}
		if worst == nil || f.Cmp(worst) > 0 {
			worst = f
		}
	}
	return worst
}
