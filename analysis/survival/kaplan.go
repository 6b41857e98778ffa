// Package survival provides analyses of times that may be cut short: Kaplan–Meier curves, the log-rank test and Cox regression with
// Efron ties, strata and cluster-robust errors.
package survival

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Times are follow-up times with whether each ended in the event (true) or was cut short (false).
type Times struct {
	Time  []float64 // zero or more
	Event []bool
	Start []float64 // nil, or when each row came under observation (Cox regression only): a row is at risk in (Start, Time]
}

// Check refuses empty, ragged, negative and missing times.
func (t Times) Check() error {
	if len(t.Time) == 0 {
		return errors.New("check times: there are none")
	}
	if len(t.Time) != len(t.Event) {
		return fmt.Errorf("check times: %d times and %d events", len(t.Time), len(t.Event))
	}
	if t.Start != nil && len(t.Start) != len(t.Time) {
		return fmt.Errorf("check times: %d starts and %d times", len(t.Start), len(t.Time))
	}
	for i := range t.Start {
		if !(t.Start[i] < t.Time[i]) || math.IsInf(t.Start[i], 0) {
			return fmt.Errorf("check times: row %d starts at %g and ends at %g", i+1, t.Start[i], t.Time[i])
		}
	}
	for i, x := range t.Time {
		if !(x >= 0) || math.IsInf(x, 0) {
			return fmt.Errorf("check times: row %d has time %g; times are zero or more", i+1, x)
		}
	}
	return nil
}

// errLateEntry is the answer of methods that know no late entry.
var errLateEntry = errors.New("check times: late entry is for Cox regression only")

// order returns row numbers by time.
func (t Times) order() []int {
	o := make([]int, len(t.Time))
	for i := range o {
		o[i] = i
	}
	slices.SortStableFunc(o, func(a, b int) int {
		switch {
		case t.Time[a] < t.Time[b]:
			return -1
		case t.Time[a] > t.Time[b]:
			return 1
		}
		return 0
	})
	return o
}

// Step is one time of a Kaplan–Meier curve.
type Step struct {
	Time                   float64
	AtRisk, Events, Losses int
	Survival, SE           float64           // Greenwood
	CI                     describe.Interval // on the log scale, as R's survfit
}

// Curve is a Kaplan–Meier curve.
type Curve struct {
	N, Events int
	Steps     []Step            // one per distinct time
	Median    float64           // NaN when the curve stays above one half
	MedianCI  describe.Interval // ends may be NaN
	Mean      float64           // restricted to the last time
	MeanSE    float64
}

// KaplanMeier estimates the share still without the event over time.
func KaplanMeier(t Times, level float64) (Curve, error) {
	if err := errors.Join(t.Check(), describe.CheckLevel(level)); err != nil {
		return Curve{}, err
	}
	if t.Start != nil {
		return Curve{}, errLateEntry
	}
	c := Curve{N: len(t.Time)}
	o, z := t.order(), tail.Z(level)
	s, green := 1.0, 0.0
	for i := 0; i < len(o); {
		st := Step{Time: t.Time[o[i]], AtRisk: len(o) - i}
		for ; i < len(o) && t.Time[o[i]] == st.Time; i++ {
			if t.Event[o[i]] {
				st.Events++
			} else {
				st.Losses++
			}
		}
		d, n := float64(st.Events), float64(st.AtRisk)
		s *= (n - d) / n
		if d > 0 {
			green += d / (n * (n - d))
		}
		c.Events += st.Events
		st.Survival, st.SE = s, s*math.Sqrt(green)
		st.CI = describe.Interval{Low: s * math.Exp(-z*math.Sqrt(green)), High: min(1, s*math.Exp(z*math.Sqrt(green)))}
		if s == 0 {
			st.SE = math.NaN()
			st.CI = describe.Interval{Low: math.NaN(), High: math.NaN()}
		}
		c.Steps = append(c.Steps, st)
	}
	c.Median = c.crossing(func(s Step) float64 { return s.Survival })
	c.MedianCI = describe.Interval{
		Low:  c.crossing(func(s Step) float64 { return s.CI.Low }),
		High: c.crossing(func(s Step) float64 { return s.CI.High }),
	}
	c.restrictedMean()
	return c, nil
}

// crossing is the first time at which the curve of value falls to one half, and the middle of the flat piece when it is exactly one
// half, as R's quantile.survfit.
func (c Curve) crossing(value func(Step) float64) float64 {
	const eps = 1.5e-8
	for i, s := range c.Steps {
		v := value(s)
		if math.IsNaN(v) {
			return math.NaN()
		}
		if v > 0.5+eps {
			continue
		}
		if math.Abs(v-0.5) <= eps {
			for _, next := range c.Steps[i+1:] {
				if w := value(next); math.IsNaN(w) || w < 0.5-eps {
					return (s.Time + next.Time) / 2
				}
			}
		}
		return s.Time
	}
	return math.NaN()
}

func (c *Curve) restrictedMean() {
	last, s := 0.0, 1.0
	for _, st := range c.Steps {
		c.Mean += s * (st.Time - last)
		last, s = st.Time, st.Survival
	}
	area, next, variance := 0.0, last, 0.0
	for i := len(c.Steps) - 1; i >= 0; i-- {
		st := c.Steps[i]
		area += st.Survival * (next - st.Time)
		next = st.Time
		if d, n := float64(st.Events), float64(st.AtRisk); d > 0 && n > d {
			variance += area * area * d / (n * (n - d))
		}
	}
	c.MeanSE = math.Sqrt(variance)
}
