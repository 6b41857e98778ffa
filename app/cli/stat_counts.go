package cli

import (
	"fmt"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"
)

type statProportion struct {
	statConfidence
	K int `arg:"" help:"Number with the event."`
	N int `arg:"" help:"Number in all."`
}

// Run prints the share and its intervals.
func (c *statProportion) Run(x *Context) error {
	p, err := describe.NewProportion(c.K, c.N, c.Confidence)
	if err != nil {
		return err
	}
	return newStat(fmt.Sprintf("%d of %d, %g%% intervals", c.K, c.N, 100*c.Confidence)).
		put("k", c.K).put("n", c.N).put("estimate", p.Estimate).
		put("wald", p.Wald).put("wilson", p.Wilson).put("clopper_pearson", p.ClopperPearson).put("jeffreys", p.Jeffreys).
		print(x)
}

type statTwoProportions struct {
	statConfidence
	K1 int `arg:"" help:"Number with the event in the first group."`
	N1 int `arg:"" help:"Size of the first group."`
	K2 int `arg:"" help:"Number with the event in the second group."`
	N2 int `arg:"" help:"Size of the second group."`
}

// Run prints difference, intervals and score test.
func (c *statTwoProportions) Run(x *Context) error {
	t, err := compare.NewTwoProportions(compare.Two{K1: c.K1, N1: c.N1, K2: c.K2, N2: c.N2}, c.Confidence)
	if err != nil {
		return err
	}
	r := newStat("Difference of two separate shares, first minus second").
		put("estimate1", float64(c.K1)/float64(c.N1)).put("estimate2", float64(c.K2)/float64(c.N2)).
		put("difference", t.Difference).put("newcombe", t.Newcombe).put("miettinen_nurminen", t.MiettinenNurminen).
		put("chi2", t.Chi2).put("p", t.P).put("p_miettinen_nurminen", t.PMN).put("side", compare.TwoSided)
	if t.P != t.P {
		r.note("nobody or everybody has the event, so there is nothing to test")
	}
	return r.print(x)
}

type statMcNemar struct {
	statConfidence
	A int `arg:"" help:"Pairs with the event under both."`
	B int `arg:"" help:"Pairs with the event under the first only."`
	C int `arg:"" help:"Pairs with the event under the second only."`
	D int `arg:"" help:"Pairs with the event under neither."`
}

// Run prints the family of tests and intervals.
func (c *statMcNemar) Run(x *Context) error {
	m, err := compare.NewMcNemar(compare.Paired{Both: c.A, First: c.B, Second: c.C, Neither: c.D}, c.Confidence)
	if err != nil {
		return err
	}
	r := newStat("Paired shares, first minus second; p two-sided").
		put("n", m.N).put("difference", m.Difference).
		put("chi2", m.Chi2).put("p_chi2", m.PChi2).put("chi2_cc", m.Chi2CC).put("p_chi2_cc", m.PChi2CC).
		put("p_exact", m.PExact).put("p_midp", m.PMidP).
		put("ci_wald", m.Wald).put("ci_newcombe", m.Newcombe).put("ci_tango", m.Tango).put("ci_bonett_price", m.BonettPrice).
		put("side", compare.TwoSided)
	if c.B+c.C == 0 {
		r.note("no pair differs, so chi-squared is not defined")
	}
	return r.print(x)
}

type statFisher struct {
	statConfidence
	A    int    `arg:"" help:"First row, with the event."`
	B    int    `arg:"" help:"First row, without."`
	C    int    `arg:"" help:"Second row, with the event."`
	D    int    `arg:"" help:"Second row, without."`
	Side string `default:"two-sided" help:"two-sided, less or greater (of the odds ratio)."`
}

// Run prints p, odds ratio and interval.
func (c *statFisher) Run(x *Context) error {
	side, err := compare.ParseSide(c.Side)
	if err != nil {
		return err
	}
	f, err := compare.NewFisher(c.A, c.B, c.C, c.D, side, c.Confidence)
	if err != nil {
		return err
	}
	return newStat("Fisher's exact test").
		put("p", f.P).put("odds_ratio", f.OddsRatio).put("odds_ratio_ci", f.CI).put("side", f.Side).
		note(f.Note).print(x)
}

type statDPrime struct {
	statConfidence
	Hits              int `arg:"" help:"Signals answered."`
	Misses            int `arg:"" help:"Signals passed over."`
	FalseAlarms       int `arg:"" help:"Answers without a signal."`
	CorrectRejections int `arg:"" help:"No signal, no answer."`
}

// Run prints sensitivity and criterion.
func (c *statDPrime) Run(x *Context) error {
	d, err := compare.NewDetection(c.Hits, c.Misses, c.FalseAlarms, c.CorrectRejections, c.Confidence)
	if err != nil {
		return err
	}
	return newStat("Detection, log-linear correction").
		put("dprime", d.DPrime).put("c", d.C).put("se", d.SE).put("ci", d.CI).
		put("hit_rate", d.HitRate).put("false_alarm_rate", d.FalseRate).print(x)
}

type statAdjust struct {
	Method string   `default:"holm" help:"holm, bh, bonferroni or none."`
	P      []string `arg:"" name:"p" help:"p values."`
}

// Run prints the adjusted values in the order given.
func (c *statAdjust) Run(x *Context) error {
	p, err := statNumbers(c.P)
	if err != nil {
		return err
	}
	out, err := compare.Adjust(p, compare.Adjustment(c.Method))
	if err != nil {
		return err
	}
	return newStat("p values adjusted by "+c.Method).put("method", c.Method).put("p", out).put("p_raw", p).print(x)
}
