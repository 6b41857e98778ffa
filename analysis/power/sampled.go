package power

import (
	"fmt"
	"math"
	"math/rand/v2"

	"pumplab/analysis/compare"
	"pumplab/analysis/tail"
)

// Sampled is a design whose power has no formula: studies of n people are drawn and tested.
type Sampled interface {
	Check() error
	Trial(n int) Trial
}

var (
	_ Sampled = Wilcoxon{}
	_ Sampled = Friedman{}
	_ Sampled = CochranQ{}
)

// Wilcoxon is the signed-rank test of n pairs whose differences are normal with mean Delta and standard deviation SD. With one side it
// looks on the side of Delta.
type Wilcoxon struct {
	Delta, SD, Alpha float64
	Sides            int
}

// Check refuses a zero difference and a standard deviation that is not positive.
func (d Wilcoxon) Check() error {
	return Means{Delta: d.Delta, SD: d.SD, Alpha: d.Alpha, Sides: d.Sides, Paired: true}.Check()
}

// Trial implements Sampled.
func (d Wilcoxon) Trial(n int) Trial {
	side := compare.TwoSided
	if d.Sides == 1 {
		if side = compare.Greater; d.Delta < 0 {
			side = compare.Less
		}
	}
	return func(rng *rand.Rand) (bool, error) {
		x, zero := make([]float64, n), make([]float64, n)
		for i := range x {
			x[i] = d.Delta + d.SD*rng.NormFloat64()
		}
		w, err := compare.NewWilcoxon(x, zero, side)
		return w.P < d.Alpha, err
	}
}

// Friedman is Friedman's test of n people, each measured under every condition: normal around the condition's mean, with the standard
// deviation SD of one measurement of one person. How far people are apart makes no difference to the ranks within each.
type Friedman struct {
	Means     []float64
	SD, Alpha float64
}

// Check refuses fewer than two conditions, equal means and a standard deviation that is not positive.
func (d Friedman) Check() error {
	if err := differ("means", d.Means); err != nil {
		return err
	}
	for _, m := range d.Means {
		if math.IsNaN(m) || math.IsInf(m, 0) {
			return fmt.Errorf("check design: mean %g is not a finite number", m)
		}
	}
	if !(d.SD > 0) || math.IsInf(d.SD, 0) {
		return fmt.Errorf("check design: standard deviation %g is not positive", d.SD)
	}
	return checkAlpha(d.Alpha, 2)
}

// Trial implements Sampled.
func (d Friedman) Trial(n int) Trial {
	return func(rng *rand.Rand) (bool, error) {
		t, err := compare.Friedman(drawn(n, len(d.Means), func(_ float64, j int) float64 { return d.Means[j] + d.SD*rng.NormFloat64() }, rng))
		return t.P < d.Alpha, err
	}
}

// CochranQ is Cochran's test of n people, yes or no under every condition. Correlation is of the normal variables behind yes and no
// (tetrachoric), the same for each pair of conditions; 0 says that one person's answers have nothing in common.
type CochranQ struct {
	Shares             []float64
	Correlation, Alpha float64
}

// Check refuses fewer than two conditions, equal shares, shares outside (0, 1) and a correlation outside [0, 1).
func (d CochranQ) Check() error {
	if err := differ("shares", d.Shares); err != nil {
		return err
	}
	for _, p := range d.Shares {
		if err := share("share", p); err != nil {
			return err
		}
	}
	if !(d.Correlation >= 0 && d.Correlation < 1) {
		return fmt.Errorf("check design: correlation %g is not from 0 to below 1", d.Correlation)
	}
	return checkAlpha(d.Alpha, 2)
}

// Trial implements Sampled.
func (d CochranQ) Trial(n int) Trial {
	limit := make([]float64, len(d.Shares))
	for j, p := range d.Shares {
		limit[j] = tail.NormalQuantile(p)
	}
	own, rest := math.Sqrt(d.Correlation), math.Sqrt(1-d.Correlation)
	return func(rng *rand.Rand) (bool, error) {
		t, err := compare.CochranQ(drawn(n, len(limit), func(person float64, j int) float64 {
			if own*person+rest*rng.NormFloat64() < limit[j] {
				return 1
			}
			return 0
		}, rng))
		return t.P < d.Alpha, err
	}
}

// drawn makes n rows of k values; value is given what is the person's own, standard normal.
func drawn(n, k int, value func(person float64, j int) float64, rng *rand.Rand) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		person := rng.NormFloat64()
		rows[i] = make([]float64, k)
		for j := range rows[i] {
			rows[i][j] = value(person, j)
		}
	}
	return rows
}

func differ(what string, x []float64) error {
	if len(x) < 2 {
		return fmt.Errorf("check design: %d %s; one is needed for each condition, at least two", len(x), what)
	}
	for _, v := range x {
		if v != x[0] {
			return nil
		}
	}
	return fmt.Errorf("check design: all %s are %g, so there is nothing to find", what, x[0])
}

// Sample simulates the plan's studies of n people. workers runs f(0) … f(n−1), at once if it can; the answer is the same. The plan's Progress
// is then called from several at once.
func Sample(d Sampled, n int, p Plan, workers func(n int, f func(i int))) (Tally, error) {
	if err := d.Check(); err != nil {
		return Tally{}, err
	}
	const parts = 32
	var tallies [parts]Tally
	var errs [parts]error
	at := func(i int) int { return p.From + i*(p.To-p.From)/parts }
	workers(parts, func(i int) {
		if q := (Plan{Seed: p.Seed, From: at(i), To: at(i + 1), Progress: p.Progress}); q.From < q.To {
			tallies[i], errs[i] = Simulate(q, d.Trial(n))
		}
	})
	var sum Tally
	for i := range parts {
		if errs[i] != nil {
			return Tally{}, errs[i]
		}
		sum = sum.Add(tallies[i])
	}
	return sum, sum.FirstFailure
}

// sampledMost is the largest study SampledSize tries.
const sampledMost = 5000

// SampledSize returns the smallest number of people whose simulated power is the one wanted, and the studies simulated with it. Near it power
// rises slowly, so it is known up to the error of the simulation.
func SampledSize(d Sampled, wanted float64, p Plan, workers func(n int, f func(i int))) (int, Tally, error) {
	if !(wanted > 0 && wanted < 1) {
		return 0, Tally{}, fmt.Errorf("compute sample size: power %g is not between 0 and 1 (0.8 or 0.9 are usual)", wanted)
	}
	low, high := 1, 8
	var at Tally
	for {
		t, err := Sample(d, high, p, workers)
		if err != nil {
			return 0, t, err
		}
		if at = t; float64(t.Found) >= wanted*float64(t.Runs) {
			break
		}
		if low, high = high, 2*high; high > sampledMost {
			return 0, t, fmt.Errorf("compute sample size: a power of %g is not reached with %d people; larger studies are not simulated", wanted, low)
		}
	}
	for high-low > 1 {
		mid := (low + high) / 2
		t, err := Sample(d, mid, p, workers)
		if err != nil {
			return 0, t, err
		}
		if float64(t.Found) >= wanted*float64(t.Runs) {
			high, at = mid, t
		} else {
			low = mid
		}
	}
	return high, at, nil
}
