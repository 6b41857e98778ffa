// Package describe provides summaries with their uncertainty: proportions, means, geometric means, medians, quantiles
// and rates.
package describe

import (
	"encoding/json"
	"fmt"
	"math"
)

// Interval is a confidence interval. An end that does not exist is NaN or infinite and is written as null in JSON.
type Interval struct{ Low, High float64 }

// MarshalJSON writes [low, high].
func (i Interval) MarshalJSON() ([]byte, error) {
	return json.Marshal([2]any{finite(i.Low), finite(i.High)})
}

// Contains says whether x is in the closed interval.
func (i Interval) Contains(x float64) bool { return i.Low <= x && x <= i.High }

// Width returns the length of the interval.
func (i Interval) Width() float64 { return i.High - i.Low }

// String writes low – high with four significant digits.
func (i Interval) String() string { return fmt.Sprintf("%.4g to %.4g", i.Low, i.High) }

func (i Interval) clip(low, high float64) Interval {
	return Interval{min(max(i.Low, low), high), min(max(i.High, low), high)}
}

func finite(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// CheckLevel refuses a confidence level outside (0, 1).
func CheckLevel(level float64) error {
	if !(level > 0 && level < 1) {
		return fmt.Errorf("check level: %g is not between 0 and 1 (0.95 is usual)", level)
	}
	return nil
}
