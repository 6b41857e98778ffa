package power

import (
	"fmt"
	"math"

	"pumplab/analysis/compare"
	"pumplab/analysis/tail"
)

// LogRank is the log-rank test, or Cox regression of one design against another (Schoenfeld 1981); n is people in all.
type LogRank struct {
	Ratio, Alpha float64 // of the hazards
	Sides        int
	Share        float64 // of the people who are in the first group
	Event        float64 // chance that a person is seen to finish; 1 makes n the number of events
}

// Check refuses a ratio of 1 and shares that cannot be.
func (d LogRank) Check() error {
	if !(d.Ratio > 0) || d.Ratio == 1 || math.IsInf(d.Ratio, 0) {
		return fmt.Errorf("check design: a hazard ratio of %g; it must be positive and not 1", d.Ratio)
	}
	if err := share("share of the first group", d.Share); err != nil {
		return err
	}
	if !(d.Event > 0 && d.Event <= 1) {
		return fmt.Errorf("check design: chance %g of the event; it lies above 0 and at most at 1", d.Event)
	}
	return checkAlpha(d.Alpha, d.Sides)
}

// Power implements Design.
func (d LogRank) Power(n float64) float64 {
	z := -tail.NormalQuantile(d.Alpha / float64(d.Sides))
	return tail.Normal(z - math.Sqrt(n*d.Event*d.Share*(1-d.Share))*math.Abs(math.Log(d.Ratio)))
}

// Fisher is the exact test of two separate shares, two-sided, summed over every outcome; n is per group and whole, and the power is
// saw-toothed in it.
type Fisher struct{ P1, P2, Alpha float64 }

// fisherMost is the largest group that is summed over.
const fisherMost = 400

// Check refuses shares outside (0, 1) and equal shares.
func (d Fisher) Check() error { return Proportions{d.P1, d.P2, d.Alpha, 2}.Check() }

// Power implements Design; NaN beyond 400 people a group, where the exact and the normal test agree.
func (d Fisher) Power(n float64) float64 {
	whole, power := int(math.Ceil(n)), 0.0
	if whole > fisherMost {
		return math.NaN()
	}
	for a := range whole + 1 {
		pa := tail.BinomialPoint(a, whole, d.P1)
		for b := range whole + 1 {
			if p := pa * tail.BinomialPoint(b, whole, d.P2); p > 1e-17 && compare.FisherP(a, whole-a, b, whole-b, compare.TwoSided) <= d.Alpha {
				power += p
			}
		}
	}
	return power
}

// sampleSize is the smallest whole n that has the power wanted; the search starts below the normal approximation, which needs fewer.
func (d Fisher) sampleSize(wanted float64) (float64, error) {
	about, err := SampleSize(Proportions{d.P1, d.P2, d.Alpha, 2}, wanted)
	if err != nil {
		return 0, err
	}
	for n := max(2, math.Floor(0.9*about)); n <= fisherMost; n++ {
		if d.Power(n) >= wanted {
			return n, nil
		}
	}
	return 0, fmt.Errorf("compute sample size: more than %d people a group are needed; there the exact test and 'proportions' agree", fisherMost)
}
