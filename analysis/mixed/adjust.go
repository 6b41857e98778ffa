package mixed

import (
	"math"
	"slices"
)

// adjust sets p values and intervals. Holm's intervals are Bonferroni's, which they imply.
func adjust(c []Contrast, how string, level float64, means int) {
	n := len(c)
	alpha := 1 - level
	tukey := tukeyQuantile(alpha, float64(means))
	for i := range c {
		k := &c[i]
		k.P = twoSided(k.Statistic, k.DF)
		crit := 0.0
		switch how {
		case "tukey":
			k.P = RangeSurvival(math.Abs(k.Statistic)*math.Sqrt2, float64(means), k.DF)
			crit = tukey(k.DF) / math.Sqrt2
		case "holm", "bonferroni":
			crit = quantile(alpha/float64(n), k.DF)
		default:
			crit = quantile(alpha, k.DF)
		}
		k.Low, k.High = k.Estimate-crit*k.SE, k.Estimate+crit*k.SE
		if how == "bonferroni" {
			k.P = min(1, k.P*float64(n))
		}
	}
	if how == "holm" {
		holm(c)
	}
}

// tukeyQuantile returns RangeQuantile by df, remembering the last; contrasts of a balanced design share theirs.
func tukeyQuantile(alpha, k float64) func(df float64) float64 {
	var df, q float64
	return func(at float64) float64 {
		if same := at == df || math.Abs(at-df) < 1e-9*df; !same {
			df, q = at, RangeQuantile(alpha, k, at)
		}
		return q
	}
}

// holm replaces the p values by Holm's; those that do not exist stay out of the count.
func holm(c []Contrast) {
	var at []int
	for i := range c {
		if !math.IsNaN(c[i].P) {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(a, b int) int {
		if c[a].P < c[b].P {
			return -1
		}
		return 1
	})
	worst := 0.0
	for k, i := range at {
		worst = max(worst, min(1, c[i].P*float64(len(at)-k)))
		c[i].P = worst
	}
}
