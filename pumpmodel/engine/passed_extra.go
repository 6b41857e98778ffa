package engine

import (
	"cmp"
	"math/big"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// shot holds a bolus or loading dose of the programme against the setup's limits: its amount as it was entered, its rate in the unit
// of the limit.
func (q *passing) shot(sets map[library.Field]library.LimitSet) {
	switch {
	case q.p.Bolus == "" || q.setup == nil:
	case q.p.Loading:
		q.hold(library.Loading, sets[library.Loading], 0, q.p.Bolus)
	default:
		q.hold(library.Bolus, sets[library.Bolus], 0, q.p.Bolus)
		rate, _ := quantity.Parse(q.p.BolusRate)
		if exact := q.inUnit(rate); exact != nil {
			q.hold(library.BolusRate, sets[library.BolusRate], 0, quantity.Round(exact, 1).String())
		}
	}
}

// inUnit is a rate of the pump in the unit of the limits on the rate of a bolus; nil where there is none.
func (q *passing) inUnit(rate quantity.Decimal) *big.Rat {
	u, err := quantity.ParseDoseUnit(q.setup.Units[library.BolusRate])
	if err != nil {
		return nil
	}
	basis, _ := quantity.Parse(cmp.Or(q.p.Surface, q.p.Weight))
	exact, err := quantity.DoseOf(rate, u, basis, q.conc)
	if err != nil {
		return nil
	}
	return exact
}

// shotRounding reports that the rate of the bolus is the one the pump gives at a limit of it.
func (q *passing) shotRounding(limit quantity.Decimal) bool {
	u, err := quantity.ParseDoseUnit(q.setup.Units[library.BolusRate])
	if err != nil {
		return false
	}
	basis, _ := quantity.Parse(cmp.Or(q.p.Surface, q.p.Weight))
	exact, err := quantity.RateOf(limit, u, basis, q.conc)
	if err != nil {
		return false
	}
	rate, err := q.pump.Rate.Round(exact)
	return err == nil && rate.String() == q.p.BolusRate
}
