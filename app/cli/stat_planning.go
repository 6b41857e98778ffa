package cli

import (
	"fmt"

	"pumplab/analysis/compare"
	"pumplab/analysis/power"
)

type statPosterior struct {
	statConfidence
	K1     int     `arg:"" help:"Errors in the first group."`
	N1     int     `arg:"" help:"Size of the first group."`
	K2     int     `arg:"" help:"Errors in the second group."`
	N2     int     `arg:"" help:"Size of the second group."`
	Margin float64 `help:"Difference that matters: 0.03 is three percentage points."`
}

// Run prints the probabilities.
func (c *statPosterior) Run(x *Context) error {
	p, err := compare.NewPosterior(compare.Two{K1: c.K1, N1: c.N1, K2: c.K2, N2: c.N2}, c.Margin, c.Confidence)
	if err != nil {
		return err
	}
	return newStat("Probabilities after the data, Jeffreys' prior for each group").
		put("mean1", p.Mean1).put("interval1", p.Interval1).put("mean2", p.Mean2).put("interval2", p.Interval2).
		put("first_lower", p.FirstLower).put("margin", c.Margin).
		put("first_lower_by_margin", p.FirstLowerByMargin).put("first_not_worse_by_margin", p.FirstNotWorse).print(x)
}

type statLooks struct {
	Information []string `arg:"" help:"Shares of the plan at each look, rising to 1: 0.5 1."`
	Alpha       float64  `default:"0.05" help:"Error rate in all."`
	Sides       int      `default:"2" help:"1 or 2."`
	Spending    string   `default:"obrien-fleming" help:"obrien-fleming or pocock."`
}

// Run prints a boundary for each look.
func (c *statLooks) Run(x *Context) error {
	t, err := statNumbers(c.Information)
	if err != nil {
		return err
	}
	looks, err := power.Sequential(t, c.Alpha, c.Sides, power.Spending(c.Spending))
	if err != nil {
		return err
	}
	var z, nominal, spent []float64
	for _, l := range looks {
		z, nominal, spent = append(z, l.Z), append(nominal, l.Nominal), append(spent, l.Spent)
	}
	return newStat(fmt.Sprintf("Stop when z is at or beyond the boundary (%s, %d-sided)", c.Spending, c.Sides)).
		put("information", t).put("z", z).put("p_nominal", nominal).put("alpha_spent", spent).
		put("alpha", c.Alpha).put("sides", c.Sides).put("spending", c.Spending).print(x)
}
