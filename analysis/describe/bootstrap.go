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
	Progress   func(done int) bool // called after each replicate; false stops. May be nil.
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
	if err := CheckLevel(level); err != nil {
		return BootstrapResult{}, err
	}
	if b.Clusters < 2 {
		return BootstrapResult{}, fmt.Errorf("bootstrap: %d cluster; at least 2 are needed", b.Clusters)
	}
	if float64(b.Replicates)*(1-level)/2 < 1 {
		return BootstrapResult{}, fmt.Errorf("bootstrap: %d replicates are too few for a level of %g", b.Replicates, level)
	}
	pick := make([]int, b.Clusters)
	for i := range pick {
		pick[i] = i
	}
	est, err := b.Statistic(pick)
	if err != nil {
		return BootstrapResult{}, fmt.Errorf("bootstrap: statistic of the whole sample: %w", err)
	}
	r := BootstrapResult{Estimate: est}
	for done := 1; done <= b.Replicates; done++ {
		for i := range pick {
			pick[i] = rng.IntN(b.Clusters)
		}
		if v, err := b.Statistic(pick); err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			r.Failed++
		} else {
			r.Replicates = append(r.Replicates, v)
		}
		if b.Progress != nil && !b.Progress(done) {
			return r, errors.New("bootstrap: stopped")
		}
	}
	if 2*r.Failed > b.Replicates {
		return r, fmt.Errorf("bootstrap: %d of %d replicates failed", r.Failed, b.Replicates)
	}
	_, r.SE = MeanSD(r.Replicates)
	sorted := slices.Sorted(slices.Values(r.Replicates))
	a := (1 - level) / 2
	r.Percentile = Interval{sortedQuantile(sorted, a), sortedQuantile(sorted, 1-a)}
	b.bca(&r, sorted, a)
	return r, nil
}

func (b Bootstrap) bca(r *BootstrapResult, sorted []float64, a float64) {
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
	acc, err := b.acceleration()
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

func (b Bootstrap) acceleration() (float64, error) {
	values := make([]float64, b.Clusters)
	rest := make([]int, 0, b.Clusters-1)
	for out := range b.Clusters {
		rest = rest[:0]
		for i := range b.Clusters {
			if i != out {
				rest = append(rest, i)
			}
		}
		v, err := b.Statistic(rest)
		if err != nil || math.IsNaN(v) {
			return 0, fmt.Errorf("without cluster %d there is no estimate, so BCa is not defined", out+1)
		}
		values[out] = v
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
