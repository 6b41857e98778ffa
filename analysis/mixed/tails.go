package mixed

import (
	"math"

	"pumplab/analysis/tail"
)

// twoSided is P(|T| ≥ |t|) for Student's t with df degrees of freedom, the normal when df is infinite; NaN where there is no
// statistic.
func twoSided(t, df float64) float64 {
	switch {
	case math.IsNaN(t) || math.IsNaN(df) || df <= 0:
		return math.NaN()
	case math.IsInf(df, 1):
		return tail.NormalTwoSided(t)
	case math.IsInf(t, 0):
		return 0
	}
	return tail.StudentTwoSided(t, df)
}

// quantile is the t with P(|T| ≥ t) = alpha.
func quantile(alpha, df float64) float64 {
	switch {
	case math.IsNaN(df) || df <= 0:
		return math.NaN()
	case math.IsInf(df, 1):
		return -tail.NormalQuantile(alpha / 2)
	}
	return -tail.StudentQuantile(alpha/2, df)
}
