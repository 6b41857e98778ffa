package power

import (
	"math"

	"pumplab/analysis/tail"

	"gonum.org/v1/gonum/integrate/quad"
)

// NoncentralT returns P(T ≥ t) for a noncentral T with df degrees of freedom and noncentrality delta: the normal tail at t·u - delta averaged
// over u = sqrt(chi²/df), by Gauss–Legendre quadrature in panels.
func NoncentralT(t, df, delta float64) float64 {
	if df > 1e8 {
		return tail.Normal(t - delta)
	}
	lg, _ := math.Lgamma(df / 2)
	logc := math.Ln2 + df/2*math.Log(df/2) - lg
	f := func(u float64) float64 {
		if u <= 0 {
			return 0
		}
		return math.Exp(logc+(df-1)*math.Log(u)-df*u*u/2) * tail.Normal(t*u-delta)
	}
	width := 14 / math.Sqrt(2*df)
	lo, hi := math.Max(0, 1-width), 1+width
	if df < 1 {
		hi = 1 + 40/math.Sqrt(df)
	}
	const panels = 24
	sum := 0.0
	for i := range panels {
		a, b := lo+(hi-lo)*float64(i)/panels, lo+(hi-lo)*float64(i+1)/panels
		sum += quad.Fixed(f, a, b, 24, quad.Legendre{}, 0)
	}
	return math.Min(1, sum)
}
