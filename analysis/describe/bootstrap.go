package describe

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"pumplab/analysis/tail"
)

// Bootstrap resamples whole clusters (participants). Statistic is given cluster numbers, with repeats, and returns the estimate for them.
type Bootstrap struct {
	Clusters   int
	Replicates int // 2,000 or more for an interval of 95 %
	Statistic  func(clusters []int) (float64, error)
	Statistics func(clusters []int) ([]float64, error) // instead of Statistic: several estimates of one sample, for RunAll
	Progress   func(done int) bool                     // called after each replicate or batch of them; false stops. May be nil.

	// Workers runs f(0) … f(n−1), at once if it can; nil runs them one after another. The result is the same.
	Workers func(n int, f func(i int))
}

// replicateBatch is how many samples are drawn before they are evaluated.
const replicateBatch = 64

// errStopped is returned when Progress asked to stop.
var errStopped = errors.New("bootstrap: stopped")

// RunAll is Run for Statistics: a result for each, all from the same samples. A value that is not finite is left out of its own result only.
func (b Bootstrap) RunAll(rng *rand.Rand, level float64) ([]BootstrapResult, error) {
	if err := b.check(level); err != nil {
		return nil, err
	}
	whole := make([]int, b.Clusters)
	for i := range whole {
		whole[i] = i
	}
	estimates, err := b.Statistics(whole)
	if err != nil {
		return nil, fmt.Errorf("bootstrap: statistic of the whole sample: %w", err)
	}
	out := make([]BootstrapResult, len(estimates))
	for k, v := range estimates {
		out[k].Estimate = v
	}
	for done := 0; done < b.Replicates; {
		n := min(replicateBatch, b.Replicates-done)
		picks := make([][]int, n)
		for i := range picks {
			picks[i] = make([]int, b.Clusters)
			for j := range picks[i] {
				picks[i][j] = rng.IntN(b.Clusters)
			}
		}
		for _, values := range b.evaluate(n, func(i int) []int { return picks[i] }) {
			keep(out, values)
		}
		if done += n; b.Progress != nil && !b.Progress(done) {
			return nil, errStopped
		}
	}
	return out, b.finish(out, level)
}

// evaluate computes the statistics of n samples; nil where they failed.
func (b Bootstrap) evaluate(n int, pick func(i int) []int) [][]float64 {
	values := make([][]float64, n)
	run := b.Workers
	if run == nil {
		run = func(n int, f func(int)) {
			for i := range n {
				f(i)
			}
		}
	}
	run(n, func(i int) {
		if v, err := b.Statistics(pick(i)); err == nil {
			values[i] = v
		}
	})
	return values
}

// keep adds one replicate.
func keep(out []BootstrapResult, values []float64) {
	for k := range out {
		if values == nil || math.IsNaN(values[k]) || math.IsInf(values[k], 0) {
			out[k].Failed++
		} else {
			out[k].Replicates = append(out[k].Replicates, values[k])
		}
	}
}

// finish computes the intervals from the replicates.
func (b Bootstrap) finish(out []BootstrapResult, level float64) error {
	a := (1 - level) / 2
	jack := b.evaluate(b.Clusters, func(out int) []int {
		rest := make([]int, 0, b.Clusters)
		for i := range b.Clusters {
			if i != out {
				rest = append(rest, i)
			}
		}
		return rest
	})
	for k := range out {
		r := &out[k]
		if 2*r.Failed > b.Replicates {
			if len(out) == 1 {
				return fmt.Errorf("bootstrap: %d of %d replicates failed", r.Failed, b.Replicates)
			}
			nan := math.NaN()
			r.SE, r.Percentile, r.BCa = nan, Interval{nan, nan}, Interval{nan, nan}
			r.Note = fmt.Sprintf("%d of %d replicates failed", r.Failed, b.Replicates)
			continue
		}
		_, r.SE = MeanSD(r.Replicates)
		sorted := slices.Sorted(slices.Values(r.Replicates))
		r.Percentile = Interval{sortedQuantile(sorted, a), sortedQuantile(sorted, 1-a)}
		r.bca(sorted, a, jack, k)
	}
	return nil
}

// BootstrapResult holds both intervals. BCa is NaN when it cannot be computed; Note says why.
type BootstrapResult struct {
	Estimate         float64
	SE               float64
	Percentile, BCa  Interval
	Bias             float64 // z0 of BCa
	Acceleration     float64 // a of BCa, by leaving out one cluster at a time
	Replicates       []float64
	Failed           int // replicates whose statistic was an error or not finite; they are left out
	Note             string
	JackknifeSkipped bool
}

// Run draws the replicates from rng in order and computes percentile and BCa intervals (Efron 1987).
func (b Bootstrap) Run(rng *rand.Rand, level float64) (BootstrapResult, error) {
	one := b.Statistic
	b.Statistics = func(clusters []int) ([]float64, error) {
		v, err := one(clusters)
		return []float64{v}, err
	}
	all, err := b.RunAll(rng, level)
	if err != nil {
		return BootstrapResult{}, err
	}
	return all[0], nil
}

func (b Bootstrap) check(level float64) error {
	if err := CheckLevel(level); err != nil {
		return err
	}
	if b.Clusters < 2 {
		return fmt.Errorf("bootstrap: %d cluster; at least 2 are needed", b.Clusters)
	}
	if float64(b.Replicates)*(1-level)/2 < 1 {
		return fmt.Errorf("bootstrap: %d replicates are too few for a level of %g", b.Replicates, level)
	}
	return nil
}

// bca computes the interval of the k-th statistic; jack holds the statistics without one cluster each.
func (r *BootstrapResult) bca(sorted []float64, a float64, jack [][]float64, k int) {
	r.BCa = Interval{math.NaN(), math.NaN()}
	below := 0.0
	for _, v := range sorted {
		if v < r.Estimate {
			below++
		} else if v == r.Estimate {
			below += 0.5
		}
	}
	share := below / float64(len(sorted))
	if share == 0 || share == 1 {
		r.Note = "the estimate lies outside all replicates, so BCa is not defined"
		return
	}
	r.Bias = tail.NormalQuantile(share)
	acc, err := acceleration(jack, k)
	if err != nil {
		r.Note, r.JackknifeSkipped = err.Error(), true
		return
	}
	r.Acceleration = acc
	end := func(p float64) float64 {
		z := r.Bias + tail.NormalQuantile(p)
		return sortedQuantile(sorted, 1-tail.Normal(r.Bias+z/(1-acc*z)))
	}
	r.BCa = Interval{end(a), end(1 - a)}
}

func acceleration(jack [][]float64, k int) (float64, error) {
	values := make([]float64, len(jack))
	for out, v := range jack {
		if v == nil || math.IsNaN(v[k]) {
			return 0, fmt.Errorf("without cluster %d there is no estimate, so BCa is not defined", out+1)
		}
		values[out] = v[k]
	}
	mean, _ := MeanSD(values)
	s2, s3 := 0.0, 0.0
	for _, v := range values {
		d := mean - v
		s2 += d * d
		s3 += d * d * d
	}
	if s2 == 0 {
		return 0, nil
	}
	return s3 / (6 * math.Pow(s2, 1.5)), nil
}
