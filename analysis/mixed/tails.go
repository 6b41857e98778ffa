package mixed

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// twoSided is P(|T| ≥ |t|) for Student's t with df degrees of freedom, the normal when df is infinite. Exact in the far tail
// (erfc and the incomplete beta function, not 1 minus a distribution function).
func twoSided(t, df float64) float64 {
	if math.IsNaN(t) || math.IsNaN(df) || df <= 0 {
		return math.NaN()
	}
	if math.IsInf(df, 1) {
		return math.Erfc(math.Abs(t) / math.Sqrt2)
	}
	if math.IsInf(t, 0) {
		return 0
	}
	if t*t < df {
		return mathext.RegIncBeta(df/2, 0.5, df/(df+t*t))
	}
	return mathext.RegIncBeta(df/2, 0.5, 1/(1+t*t/df))
}

// quantile is the t with P(|T| ≥ t) = alpha.
func quantile(alpha, df float64) float64 {
	t := math.Sqrt2 * math.Erfcinv(alpha)
	if math.IsInf(df, 1) || math.IsNaN(df) || df <= 0 {
		return t
	}
	t = distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(1 - alpha/2)
	for range 4 { // Newton: the density of |T|
		lg := lgamma((df+1)/2) - lgamma(df/2)
		density := 2 * math.Exp(lg-(df+1)/2*math.Log1p(t*t/df)) / math.Sqrt(df*math.Pi)
		step := (twoSided(t, df) - alpha) / density
		t += step
		if math.Abs(step) < 1e-14*t {
			break
		}
	}
	return t
}
