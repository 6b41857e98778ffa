package describe

import (
	"fmt"
	"math"

	"pumplab/analysis/tail"
)

// CheckCount refuses k of n that are not a count of events among trials.
func CheckCount(k, n int) error {
	switch {
	case n <= 0:
		return fmt.Errorf("check count: %d trials; at least 1 is needed", n)
	case k < 0:
		return fmt.Errorf("check count: %d events; a count cannot be negative", k)
	case n > 1_000_000_000:
		return fmt.Errorf("check count: %d trials is beyond belief (up to 1000000000)", n)
	case k > n:
		return fmt.Errorf("check count: %d events among %d trials; there cannot be more events than trials", k, n)
	}
	return nil
}

// Proportion is k of n with four intervals of one level.
type Proportion struct {
	Estimate       float64
	Wald           Interval
	Wilson         Interval
	ClopperPearson Interval
	Jeffreys       Interval
}

// NewProportion computes all intervals of k events among n trials.
func NewProportion(k, n int, level float64) (Proportion, error) {
	if err := CheckCount(k, n); err != nil {
		return Proportion{}, err
	}
	if err := CheckLevel(level); err != nil {
		return Proportion{}, err
	}
	return Proportion{
		Estimate:       float64(k) / float64(n),
		Wald:           wald(k, n, level),
		Wilson:         wilson(k, n, level),
		ClopperPearson: clopperPearson(k, n, level),
		Jeffreys:       jeffreys(k, n, level),
	}, nil
}

// Wilson returns the score interval without continuity correction (Wilson 1927). It is the default of the laboratory.
func Wilson(k, n int, level float64) (Interval, error) {
	p, err := NewProportion(k, n, level)
	return p.Wilson, err
}

// wald is p ± z·sqrt(p(1-p)/n), cut at 0 and 1.
func wald(k, n int, level float64) Interval {
	p, m := float64(k)/float64(n), float64(n)
	h := tail.Z(level) * math.Sqrt(p*(1-p)/m)
	return Interval{p - h, p + h}.clip(0, 1)
}

func wilson(k, n int, level float64) Interval {
	x, m, z := float64(k), float64(n), tail.Z(level)
	mid := (x + z*z/2) / (m + z*z)
	h := z / (m + z*z) * math.Sqrt(x*(m-x)/m+z*z/4)
	i := Interval{mid - h, mid + h}
	if k == 0 {
		i.Low = 0
	}
	if k == n {
		i.High = 1
	}
	return i.clip(0, 1)
}

// clopperPearson inverts the two one-sided binomial tests.
func clopperPearson(k, n int, level float64) Interval {
	a := (1 - level) / 2
	i := Interval{0, 1}
	if k > 0 {
		i.Low = tail.BetaQuantile(a, float64(k), float64(n-k+1))
	}
	if k < n {
		i.High = 1 - tail.BetaQuantile(a, float64(n-k), float64(k+1))
	}
	return i
}

// jeffreys is the equal-tailed posterior interval under Beta(½, ½), with 0 below k = 0 and 1 above k = n (Brown, Cai &
// DasGupta 2001).
func jeffreys(k, n int, level float64) Interval {
	a := (1 - level) / 2
	i := Interval{0, 1}
	if k > 0 {
		i.Low = tail.BetaQuantile(a, float64(k)+0.5, float64(n-k)+0.5)
	}
	if k < n {
		i.High = 1 - tail.BetaQuantile(a, float64(n-k)+0.5, float64(k)+0.5)
	}
	return i
}

// Rate is a count of events per unit of exposure with the exact Poisson interval (Garwood 1936).
type Rate struct {
	Estimate float64
	CI       Interval
}

// NewRate computes the rate of k events in an exposure (time, infusions, opportunities), in events per unit of exposure.
func NewRate(k int, exposure, level float64) (Rate, error) {
	if k < 0 {
		return Rate{}, fmt.Errorf("compute rate: %d events; a count cannot be negative", k)
	}
	if !(exposure > 0) || math.IsInf(exposure, 1) {
		return Rate{}, fmt.Errorf("compute rate: exposure %g; it must be a positive number", exposure)
	}
	if err := CheckLevel(level); err != nil {
		return Rate{}, err
	}
	a := (1 - level) / 2
	r := Rate{Estimate: float64(k) / exposure}
	if k > 0 {
		r.CI.Low = tail.GammaQuantile(a, float64(k)) / exposure
	}
	r.CI.High = tail.GammaUpperQuantile(a, float64(k)+1) / exposure
	return r, nil
}
