// Package tail provides tail probabilities and quantiles of the usual distributions that stay accurate (relative, not
// absolute) far from the centre, where one minus a cumulative probability would be rounding noise.
package tail

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Normal returns P(Z ≥ z) for a standard normal Z.
func Normal(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// NormalTwoSided returns P(|Z| ≥ |z|).
func NormalTwoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// NormalQuantile returns the z with P(Z ≤ z) = p, for 0 < p < 1.
func NormalQuantile(p float64) float64 {
	if p == 0.5 {
		return 0
	}
	z := mathext.NormalQuantile(p)
	density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	if density == 0 {
		return z
	}
	if p < 0.5 {
		return z - (Normal(-z)-p)/density
	}
	return z + (Normal(z)-(1-p))/density
}

// Z returns the two-sided normal quantile of a confidence level: 1.959964 for 0.95.
func Z(level float64) float64 { return -NormalQuantile((1 - level) / 2) }

// ChiSquared returns P(X ≥ x) for a chi-squared X with df degrees of freedom.
func ChiSquared(x, df float64) float64 {
	switch {
	case math.IsNaN(x) || !(df > 0):
		return math.NaN()
	case x <= 0:
		return 1
	case df == 1:
		return math.Erfc(math.Sqrt(x / 2))
	case df == 2:
		return math.Exp(-x / 2)
	}
	return mathext.GammaIncRegComp(df/2, x/2)
}

// Student returns P(T ≥ t) for Student's T with df degrees of freedom, which may be infinite.
func Student(t, df float64) float64 {
	if math.IsNaN(t) || !(df > 0) {
		return math.NaN()
	}
	if math.IsInf(t, 0) {
		return Normal(t)
	}
	if df > 1e9 {
		return Normal(t)
	}
	p := betaBoth(df/(df+t*t), t*t/(df+t*t), df/2, 0.5) / 2
	if t < 0 {
		return 1 - p
	}
	return p
}

// StudentTwoSided returns P(|T| ≥ |t|).
func StudentTwoSided(t, df float64) float64 { return 2 * Student(math.Abs(t), df) }

// StudentQuantile returns the t with P(T ≤ t) = p.
func StudentQuantile(p, df float64) float64 {
	if p == 0.5 {
		return 0
	}
	if p > 0.5 {
		return -StudentQuantile(1-p, df)
	}
	if df > 1e9 {
		return NormalQuantile(p)
	}
	x, y := betaQuantiles(2*p, df/2, 0.5)
	return -math.Sqrt(df * y / x)
}

// T returns the two-sided Student quantile of a confidence level.
func T(level, df float64) float64 { return -StudentQuantile((1-level)/2, df) }

// F returns P(X ≥ f) for an F variable with df1 and df2 degrees of freedom.
func F(f, df1, df2 float64) float64 {
	switch {
	case math.IsNaN(f) || !(df1 > 0) || !(df2 > 0):
		return math.NaN()
	case f <= 0:
		return 1
	case math.IsInf(f, 1):
		return 0
	case df2 > 1e9:
		return ChiSquared(f*df1, df1)
	}
	return betaBoth(df2/(df2+df1*f), df1*f/(df2+df1*f), df2/2, df1/2)
}

// FQuantile returns the f with P(X ≤ f) = p.
func FQuantile(p, df1, df2 float64) float64 {
	x, y := betaQuantiles(p, df1/2, df2/2)
	return df2 * x / (df1 * y)
}

// BinomialUpper returns P(X ≥ k) for X binomial with n trials of chance p.
func BinomialUpper(k, n int, p float64) float64 {
	if k <= 0 {
		return 1
	}
	if k > n {
		return 0
	}
	return Beta(p, float64(k), float64(n-k+1))
}

// BinomialLower returns P(X ≤ k).
func BinomialLower(k, n int, p float64) float64 {
	if k < 0 {
		return 0
	}
	if k >= n {
		return 1
	}
	return Beta(1-p, float64(n-k), float64(k+1))
}

// LogChoose returns log(n over k), without the cancellation of large factorials.
func LogChoose(n, k int) float64 {
	if k == 0 || k == n {
		return 0
	}
	return -math.Log(float64(n+1)) - logBeta(float64(k+1), float64(n-k+1))
}

// BinomialPoint returns P(X = k).
func BinomialPoint(k, n int, p float64) float64 {
	switch {
	case k < 0 || k > n:
		return 0
	case p == 0 || p == 1:
		if (p == 0 && k == 0) || (p == 1 && k == n) {
			return 1
		}
		return 0
	}
	return math.Exp(LogChoose(n, k) + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
}

func logGamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// GammaQuantile returns the x with P(G ≤ x) = p for a standard gamma variable of the given shape.
func GammaQuantile(p, shape float64) float64 {
	if p <= 0 {
		return 0
	}
	miss := func(s float64) float64 { return math.Log(mathext.GammaIncReg(shape, math.Exp(s))) - math.Log(p) }
	if p > 0.5 {
		return GammaUpperQuantile(1-p, shape)
	}
	return math.Exp(Root(miss, -700/max(1, shape), math.Log(shape+10)+5))
}

// GammaUpperQuantile returns the x with P(G ≥ x) = p.
func GammaUpperQuantile(p, shape float64) float64 {
	if p > 0.5 {
		return GammaQuantile(1-p, shape)
	}
	miss := func(x float64) float64 { return math.Log(p) - math.Log(mathext.GammaIncRegComp(shape, x)) }
	return Root(miss, 0, shape+40*math.Sqrt(shape)+750)
}

// ChiSquaredQuantile returns the x with P(X ≤ x) = p.
func ChiSquaredQuantile(p, df float64) float64 { return 2 * GammaQuantile(p, df/2) }
