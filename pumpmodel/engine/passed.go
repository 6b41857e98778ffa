package engine

import (
	"cmp"
	"math/big"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// Passed are the limits of lib that a programme passes, as outputs of kind AlertRaised with Field and Limit set: worked out from the
// programme's own texts alone, so that the guard law can hold a machine against it. A dose counts as within a limit if the rate is
// the one the pump gives at that limit: the difference is the rounding of the rate, not what a person entered.
func Passed(lib *library.Library, pump quantity.Pump, p pumpmodel.Programme) []pumpmodel.Output {
	area, ok := lib.AreaNamed(p.Area)
	if !ok {
		return nil
	}
	q := passing{pump: pump, p: p}
	sets := map[library.Field]library.LimitSet{}
	if !p.Basic {
		for _, s := range area.SetupsOf(p.Drug) {
			if q.matches(s) {
				sets = s.Limits
				break
			}
		}
		if q.setup == nil {
			return []pumpmodel.Output{{Kind: pumpmodel.AlertRaised, Field: "drug", Limit: &pumpmodel.Limit{Kind: "upperHard", Value: "none"}}}
		}
	}
	weight, own := sets[library.Weight]
	if !own && p.Weight != "" {
		weight = area.Weight
	}
	q.hold(library.Weight, weight, area.Device.MaxWeight, p.Weight)
	if q.setup != nil && q.setup.Custom && q.conc.Volume > 0 {
		strength := new(big.Rat).Quo(q.conc.Amount.Rat(), q.conc.Volume.Rat())
		q.hold(library.Conc, sets[library.Conc], 0, quantity.Round(strength, 1).String())
	}
	q.hold(library.Dose, sets[library.Dose], 0, p.Dose)
	q.shot(sets)
	q.hold(library.Rate, sets[library.Rate], area.Device.MaxRate, p.Rate)
	q.hold(library.VTBI, sets[library.VTBI], area.Device.MaxVTBI, p.VTBI)
	if q.p.PCA.Dose != "" {
		q.analgesia(sets)
		return q.out
	}
	q.hold(library.Time, sets[library.Time], 0, q.lasts())
	return q.out
}

// analgesia holds the numbers of a patient-controlled programme. A continuous rate or a loading dose of nothing is within any limit.
func (q *passing) analgesia(sets map[library.Field]library.LimitSet) {
	a := q.p.PCA
	for _, x := range []struct {
		f    library.Field
		text string
	}{{library.PCADose, a.Dose}, {library.Lockout, a.Lockout}, {library.Continuous, a.Continuous}, {library.Loading, a.Loading}, {library.In1h, a.In1h}, {library.In4h, a.In4h}} {
		if x.text != "0" {
			q.hold(x.f, sets[x.f], 0, x.text)
		}
	}
}

// told is the name under which outputs tell of a field.
func (q *passing) told(f library.Field) string {
	if q.p.PCA.Dose != "" {
		for own := field.PCADose; own <= field.In4h; own++ {
			if field.Limit[own] == f {
				return own.String()
			}
		}
	}
	return strings.ReplaceAll(string(f), " ", "-")
}

type passing struct {
	pump  quantity.Pump
	p     pumpmodel.Programme
	setup *library.Setup
	conc  quantity.Concentration
	out   []pumpmodel.Output
}

// matches takes s as the programme's setup if it has its concentration: the library's own, or one in the unit of a custom one.
func (q *passing) matches(s *library.Setup) bool {
	c, err := quantity.ParseConcentration(q.p.Concentration)
	switch {
	case (s.Delivery == "pca") != (q.p.PCA.Dose != ""):
	case q.p.Concentration == "" || s.Concentration.Amount > 0 && s.Concentration.String() == q.p.Concentration:
		q.setup, q.conc = s, s.Concentration
	case s.Custom && err == nil && c.Unit == s.ConcUnit:
		q.setup, q.conc = s, c
	}
	return q.setup != nil
}

func (q *passing) hold(f library.Field, set library.LimitSet, most quantity.Decimal, text string) {
	v, err := quantity.Parse(text)
	if text == "" || err != nil {
		return
	}
	if most > 0 && (!set.UpperHard.Set || set.UpperHard.Value > most) {
		set.UpperHard = library.At(most)
	}
	for _, b := range []struct {
		kind  string
		bound library.Bound
		over  bool
	}{
		{"upperHard", set.UpperHard, v > set.UpperHard.Value},
		{"lowerHard", set.LowerHard, v < set.LowerHard.Value},
		{"upperSoft", set.UpperSoft, v > set.UpperSoft.Value},
		{"lowerSoft", set.LowerSoft, v < set.LowerSoft.Value},
	} {
		if b.bound.Set && b.over && !q.rounded(f, b.bound.Value) {
			q.out = append(q.out, pumpmodel.Output{
				Kind: pumpmodel.AlertRaised, Field: q.told(f),
				Limit: &pumpmodel.Limit{
					Kind: b.kind, Value: b.bound.Value.String(), Entered: v.String(), Soft: q.p.Anaesthesia && (most <= 0 || v <= most),
				},
			})
			return // of one field, the gravest limit
		}
	}
}

// lasts is volume ÷ rate in minutes, to a millionth; empty if either is missing.
func (q *passing) lasts() string {
	vtbi, _ := quantity.Parse(q.p.VTBI)
	rate, _ := quantity.Parse(q.p.Rate)
	exact, err := quantity.MinutesOf(vtbi, rate)
	if err != nil || vtbi == 0 {
		return ""
	}
	return quantity.Round(exact, 1).String()
}

// rounded reports that a dose or a time is beyond a limit by no more than the rounding of what the pump gives at the limit.
func (q *passing) rounded(f library.Field, limit quantity.Decimal) bool {
	switch f {
	case library.Dose:
		return q.rounding(limit)
	case library.BolusRate:
		return q.shotRounding(limit)
	case library.Time:
		rate, _ := quantity.Parse(q.p.Rate)
		vtbi, err := q.pump.VTBI.Round(quantity.VolumeOf(rate, limit))
		return err == nil && vtbi.String() == q.p.VTBI
	}
	return false
}

// rounding reports that the programme's rate is the one the pump gives at the dose limit.
func (q *passing) rounding(limit quantity.Decimal) bool {
	basis, _ := quantity.Parse(cmp.Or(q.p.Surface, q.p.Weight))
	exact, err := quantity.RateOf(limit, q.setup.DoseUnit, basis, q.conc)
	if err != nil {
		return false
	}
	rate, err := q.pump.Rate.Round(exact)
	got, perr := quantity.Parse(q.p.Rate)
	return err == nil && perr == nil && new(big.Rat).Sub(got.Rat(), rate.Rat()).Sign() == 0
}
