package cli

import (
	"fmt"
	"math"
	"strings"

	"pumplab/analysis/power"
)

type statPower struct {
	Kind        string   `arg:"" optional:"" help:"proportions, fisher, means, paired-means, mcnemar, noninferiority, equivalence, logrank, discovery, or by simulation wilcoxon, friedman, cochran-q; without it, taken from the flags."`
	Values      []string `arg:"" optional:"" help:"Instead of flags: P1 P2; DELTA SD; FIRST SECOND; RATIO; or P. For friedman a mean and for cochran-q a share for each condition."`
	N           float64  `help:"People per group, or pairs: gives the power."`
	Power       float64  `help:"Power wanted: gives n, unrounded, and n_needed, rounded up."`
	Alpha       float64  `aliases:"sig-level" help:"Error rate (default 0.05; non-inferiority 0.025)."`
	Sides       int      `default:"2" help:"1 or 2."`
	P1          float64  `name:"p1" aliases:"p" help:"Share of the first group; the chance of a problem for discovery."`
	P2          float64  `name:"p2" help:"Share of the second group."`
	First       float64  `aliases:"p10" help:"Chance of a pair with the event under the first only."`
	Second      float64  `aliases:"p01" help:"Chance of a pair with the event under the second only."`
	Delta       float64  `aliases:"diff" help:"Difference of means."`
	SD          float64  `name:"sd" help:"Standard deviation within groups; of the differences for pairs."`
	Margin      float64  `help:"Margin of non-inferiority or equivalence."`
	Paired      bool     `help:"Pairs instead of two groups."`
	Ratio       float64  `aliases:"hr" help:"Hazard ratio, for logrank."`
	Share       float64  `default:"0.5" help:"Share of the people in the first group, for logrank."`
	Event       float64  `default:"1" help:"Chance that a person finishes before the time runs out, for logrank; with 1, n is the number of events."`
	Correlation float64  `help:"Likeness of one person's answers, for cochran-q: correlation behind yes and no; 0 asks for the most people."`
	Runs        int      `default:"10000" help:"Simulated studies, for wilcoxon, friedman and cochran-q."`
	Seed        uint64   `default:"1" help:"Seed of the simulation."`
	Method      string   `default:"normal" help:"For McNemar: normal, exact or midp."`
}

// Help is shown by --help.
func (*statPower) Help() string {
	return "Examples:\n  pumplab stat power --p1 0.10 --p2 0.25 --power 0.9\n  pumplab stat power means --delta 5 --sd 8 --n 20\n" +
		"  pumplab stat power mcnemar --first 0.2 --second 0.05 --n 60 --method midp\n  pumplab stat power discovery --p 0.1 --n 15\n" +
		"  pumplab stat power logrank --ratio 0.6 --event 0.8 --power 0.8\n  pumplab stat power fisher --p1 0.1 --p2 0.5 --n 20\n" +
		"  pumplab stat power wilcoxon --delta 5 --sd 8 --power 0.9\n  pumplab stat power friedman 20 22 25 --sd 8 --n 24\n" +
		"  pumplab stat power cochran-q 0.10 0.15 0.30 --correlation 0.3 --n 40\n\n" +
		"Without a formula (wilcoxon, friedman, cochran-q) studies are drawn and tested: differences and measurements are normal, --sd is of the\n" +
		"differences for wilcoxon and of one measurement of one person for friedman."
}

// kind names the design from the word given or from the flags.
func (c *statPower) kind() string {
	k := strings.ToLower(c.Kind)
	switch {
	case k != "":
	case c.Ratio > 0:
		k = "logrank"
	case c.Margin > 0 && c.SD > 0:
		k = "equivalence"
	case c.Margin > 0:
		k = "noninferiority"
	case c.First > 0 || c.Second > 0:
		k = "mcnemar"
	case c.SD > 0:
		k = "means"
	case c.P1 > 0 && c.P2 > 0:
		k = "proportions"
	case c.P1 > 0:
		k = "discovery"
	}
	switch k {
	case "two-proportions", "proportion":
		k = "proportions"
	case "paired-means", "paired-t":
		k, c.Paired = "means", true
	case "t", "t-test", "mean":
		k = "means"
	case "paired", "paired-proportions":
		k = "mcnemar"
	case "non-inferiority":
		k = "noninferiority"
	case "log-rank", "cox":
		k = "logrank"
	case "signed-rank":
		k = "wilcoxon"
	case "cochran", "cochranq":
		k = "cochran-q"
	case "tost":
		k = "equivalence"
	}
	return k
}

func (c *statPower) design(kind string) (power.Design, error) {
	alpha := c.Alpha
	if alpha == 0 {
		if alpha = 0.05; kind == "noninferiority" {
			alpha = 0.025
		}
	}
	c.Alpha = alpha
	switch kind {
	case "proportions":
		return power.Proportions{P1: c.P1, P2: c.P2, Alpha: alpha, Sides: c.Sides}, nil
	case "means":
		return power.Means{Delta: c.Delta, SD: c.SD, Alpha: alpha, Sides: c.Sides, Paired: c.Paired}, nil
	case "mcnemar":
		return power.McNemar{First: c.First, Second: c.Second, Alpha: alpha, Sides: c.Sides, Method: strings.ToLower(c.Method)}, nil
	case "noninferiority":
		c.Sides = 1
		d := power.NonInferior{P1: c.P1, P2: c.P2, Margin: c.Margin, Alpha: alpha, Paired: c.Paired}
		if c.First > 0 || c.Second > 0 {
			d.P1, d.P2, d.Paired = c.First, c.Second, true
		}
		return d, nil
	case "equivalence":
		c.Sides = 1
		return power.Equivalence{Delta: c.Delta, Margin: c.Margin, SD: c.SD, Alpha: alpha, Paired: c.Paired}, nil
	case "discovery":
		return power.Discovery{P: c.P1}, nil
	case "fisher":
		if c.Sides != 2 {
			return nil, fmt.Errorf("compute power: Fisher's test is computed for two sides")
		}
		return power.Fisher{P1: c.P1, P2: c.P2, Alpha: alpha}, nil
	case "logrank":
		return power.LogRank{Ratio: c.Ratio, Alpha: alpha, Sides: c.Sides, Share: c.Share, Event: c.Event}, nil
	case "":
		return nil, fmt.Errorf("compute power: say what: --p1 --p2, --delta --sd, --first --second, --ratio or --margin")
	}
	return nil, fmt.Errorf("compute power: unknown kind %q; proportions, fisher, means, paired-means, mcnemar, noninferiority, equivalence, logrank, discovery, wilcoxon, friedman and cochran-q are known", kind)
}

// take puts values from the line where the flags would have.
func (c *statPower) take(kind string) error {
	v, err := statNumbers(c.Values)
	if err != nil || len(v) == 0 {
		return err
	}
	places := map[string][]*float64{
		"proportions": {&c.P1, &c.P2}, "noninferiority": {&c.P1, &c.P2}, "means": {&c.Delta, &c.SD}, "equivalence": {&c.Delta, &c.SD},
		"mcnemar": {&c.First, &c.Second}, "discovery": {&c.P1}, "fisher": {&c.P1, &c.P2}, "logrank": {&c.Ratio},
	}[kind]
	if len(v) != len(places) {
		return fmt.Errorf("compute power: %d values for %q; %d are expected", len(v), kind, len(places))
	}
	for i, p := range places {
		*p = v[i]
	}
	return nil
}

// Run prints power for n, or n for power.
func (c *statPower) Run(x *Context) error {
	kind := c.kind()
	if d, err := c.sampledDesign(kind); err != nil {
		return err
	} else if d != nil {
		return c.sampled(x, kind, d)
	}
	if err := c.take(kind); err != nil {
		return err
	}
	d, err := c.design(kind)
	if err != nil {
		return err
	}
	if err := d.Check(); err != nil {
		return err
	}
	if (c.N == 0) == (c.Power == 0) {
		return fmt.Errorf("compute power: give either --n or --power")
	}
	r := newStat("Power, "+kind).put("kind", kind)
	if kind != "discovery" {
		r.put("alpha", c.Alpha).put("sides", c.Sides)
	}
	if kind == "mcnemar" {
		r.put("method", c.Method)
	}
	if c.N != 0 {
		if !(c.N >= 2) && !(kind == "discovery" && c.N >= 1) || math.IsInf(c.N, 0) {
			return fmt.Errorf("compute power: n %g; at least 2 are needed", c.N)
		}
		if kind == "fisher" && c.N > 400 {
			return fmt.Errorf("compute power: Fisher's test is summed up to 400 people a group; there it agrees with 'proportions'")
		}
		return r.put("n", c.N).put("power", d.Power(c.N)).print(x)
	}
	n, err := power.SampleSize(d, c.Power)
	if err != nil {
		return err
	}
	return r.put("n", n).put("n_needed", math.Ceil(n-1e-9)).put("power", c.Power).print(x)
}
