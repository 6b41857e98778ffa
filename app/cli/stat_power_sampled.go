package cli

import (
	"fmt"

	"pumplab/analysis/describe"
	"pumplab/analysis/power"
)

// sampledDesign is the design of a kind whose power is simulated; nil for every other kind.
func (c *statPower) sampledDesign(kind string) (power.Sampled, error) {
	switch kind {
	case "wilcoxon", "friedman", "cochran-q":
	default:
		return nil, nil
	}
	v, err := statNumbers(c.Values)
	if err != nil {
		return nil, err
	}
	if c.Alpha == 0 {
		c.Alpha = 0.05
	}
	if kind != "wilcoxon" && c.Sides != 2 {
		return nil, fmt.Errorf("compute power: %s has no sides; leave out --sides", kind)
	}
	if kind != "cochran-q" && c.Correlation != 0 {
		return nil, fmt.Errorf("compute power: --correlation belongs to cochran-q; here --sd is of one person already")
	}
	switch kind {
	case "friedman":
		return power.Friedman{Means: v, SD: c.SD, Alpha: c.Alpha}, nil
	case "cochran-q":
		return power.CochranQ{Shares: v, Correlation: c.Correlation, Alpha: c.Alpha}, nil
	}
	if err := c.take("means"); err != nil {
		return nil, err
	}
	return power.Wilcoxon{Delta: c.Delta, SD: c.SD, Alpha: c.Alpha, Sides: c.Sides}, nil
}

// sampled prints power for n, or n for power, with the error of the simulation.
func (c *statPower) sampled(x *Context, kind string, d power.Sampled) error {
	if err := d.Check(); err != nil {
		return err
	}
	if (c.N == 0) == (c.Power == 0) {
		return fmt.Errorf("compute power: give either --n or --power")
	}
	if c.Runs < 100 || c.Runs > 1_000_000 {
		return fmt.Errorf("compute power: --runs %d; 100 to 1000000 are simulated", c.Runs)
	}
	plan := power.Plan{Seed: c.Seed, To: c.Runs, Progress: func(int) bool { return x.ended() == nil }}
	r := newStat("Power, "+kind+", by simulation").put("kind", kind).put("alpha", c.Alpha)
	if kind == "wilcoxon" {
		r.put("sides", c.Sides)
	}
	n := int(c.N)
	var tally power.Tally
	var err error
	if c.Power != 0 {
		if n, tally, err = power.SampledSize(d, c.Power, plan, workers); err != nil {
			return err
		}
		r.put("n", n).put("n_needed", n)
	} else {
		if c.N != float64(n) || n < 2 || n > 100_000 {
			return fmt.Errorf("compute power: n %g; a whole number from 2 to 100000 is simulated", c.N)
		}
		if tally, err = power.Sample(d, n, plan, workers); err != nil {
			return err
		}
		r.put("n", n)
	}
	found, err := describe.NewProportion(tally.Found, tally.Runs, 0.95)
	if err != nil {
		return err
	}
	return r.put("power", found.Estimate).put("power_ci", found.Wilson).put("runs", c.Runs).put("seed", c.Seed).
		note("the interval is the 95 % error of the simulation; --runs narrows it").print(x)
}
