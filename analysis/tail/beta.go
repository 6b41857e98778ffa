package tail

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Beta returns the regularized incomplete beta function I_x(a, b) = P(B ≤ x) for B ~ Beta(a, b). For the upper tail ask for
// Beta(1-x, b, a), with 1-x computed without cancellation.
func Beta(x, a, b float64) float64 {
	if math.IsNaN(x) || !(a > 0) || !(b > 0) {
		return math.NaN()
	}
	if x <= 0 {
		return 0
	}
	if x >= 1 {
		return 1
	}
	if x < (a+1)/(a+b+2) {
		return betaFraction(x, a, b)
	}
	if p := 1 - betaFraction(1-x, b, a); p > 1e-3 {
		return p
	}
	return mathext.RegIncBeta(a, b, x)
}

// betaFraction evaluates I_x(a,b) by the continued fraction of Abramowitz & Stegun 26.5.8 (modified Lentz), good for x
// below the mean; its relative error does not grow in the tail.
func betaFraction(x, a, b float64) float64 {
	const tiny = 1e-300
	front := math.Exp(a*math.Log(x) + b*math.Log1p(-x) - logBeta(a, b) - math.Log(a))
	c, d := 1.0, 1-(a+b)*x/(a+1)
	if math.Abs(d) < tiny {
		d = tiny
	}
	d = 1 / d
	h := d
	for i := 1; i <= 500000; i++ {
		m := float64(i)
		for _, num := range [2]float64{
			m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m)),
			-(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1)),
		} {
			if d = 1 + num*d; math.Abs(d) < tiny {
				d = tiny
			}
			if c = 1 + num/c; math.Abs(c) < tiny {
				c = tiny
			}
			d = 1 / d
			h *= d * c
			if math.Abs(d*c-1) < 1e-16 {
				return front * h
			}
		}
	}
	return front * h
}

// logBeta returns log B(a,b) without the cancellation of three large log-gammas when both are large.
func logBeta(a, b float64) float64 {
	small, large := min(a, b), max(a, b)
	if large < 20 {
		return logGamma(a) + logGamma(b) - logGamma(a+b)
	}
	sum := a + b
	corr := stirling(large) - stirling(sum)
	if small < 20 {
		// lgamma(large) - lgamma(sum) by Stirling's series
		return logGamma(small) + corr + small - small*math.Log(sum) - (large-0.5)*math.Log1p(small/large)
	}
	return 0.5*math.Log(2*math.Pi) - 0.5*math.Log(large) + stirling(small) + corr +
		(small-0.5)*math.Log(small/sum) - large*math.Log1p(small/large)
}

// stirling is log Γ(x) minus (x-½)log x - x + ½log 2π, for x ≥ 20.
func stirling(x float64) float64 {
	y := 1 / (x * x)
	return (1.0/12 - y*(1.0/360-y*(1.0/1260-y*(1.0/1680-y*(1.0/1188-y*691.0/360360))))) / x
}

// BetaQuantile returns the x with I_x(a, b) = p. Values close to 1 are better asked as 1 - BetaQuantile(1-p, b, a).
func BetaQuantile(p, a, b float64) float64 {
	x, _ := betaQuantiles(p, a, b)
	return x
}

// betaQuantiles returns the quantile x and 1-x, both accurate, by bisection and secant steps on the log-odds.
func betaQuantiles(p, a, b float64) (x, y float64) {
	if p <= 0 {
		return 0, 1
	}
	if p >= 1 {
		return 1, 0
	}
	split := func(s float64) (float64, float64) {
		e := math.Exp(-math.Abs(s))
		if s > 0 {
			return 1 / (1 + e), e / (1 + e)
		}
		return e / (1 + e), 1 / (1 + e)
	}
	// miss is positive above the quantile; logs keep tails in scale.
	miss := func(s float64) float64 {
		x, y := split(s)
		if p <= 0.5 {
			return math.Log(betaBoth(x, y, a, b)) - math.Log(p)
		}
		return math.Log1p(-p) - math.Log(betaBoth(y, x, b, a))
	}
	lo, hi := -700.0, 700.0
	for miss(lo) > 0 {
		return split(lo)
	}
	s := Root(miss, lo, hi)
	return split(s)
}

// betaBoth is Beta with both x and 1-x given, for x so close to an end that one of them has lost its digits.
func betaBoth(x, y, a, b float64) float64 {
	if x <= 0 || y <= 0 {
		return math.Ceil(x)
	}
	if x < (a+1)/(a+b+2) {
		return betaFraction(x, a, b)
	}
	return 1 - betaFraction(y, b, a)
}

// Root returns where f changes sign between lo and hi, by Brent's method to the last bits. f(lo) and f(hi) must not
// have the same sign; otherwise the end nearer to zero is returned.
func Root(f func(float64) float64, lo, hi float64) float64 {
	a, b := lo, hi
	fa, fb := f(a), f(b)
	if fa == 0 {
		return a
	}
	if fb == 0 {
		return b
	}
	if (fa > 0) == (fb > 0) {
		if math.Abs(fa) < math.Abs(fb) {
			return a
		}
		return b
	}
	c, fc := a, fa
	d := b - a
	e := d
	for range 400 {
		if (fb > 0) == (fc > 0) {
			c, fc = a, fa
			d = b - a
			e = d
		}
		if math.Abs(fc) < math.Abs(fb) {
			a, b, c = b, c, b
			fa, fb, fc = fb, fc, fb
		}
		tol := 2e-16*math.Abs(b) + 1e-300
		half := (c - b) / 2
		if math.Abs(half) <= tol || fb == 0 {
			return b
		}
		d, e = brentStep(a, b, c, fa, fb, fc, d, e, tol)
		a, fa = b, fb
		if math.Abs(d) > tol {
			b += d
		} else {
			b += math.Copysign(tol, half)
		}
		fb = f(b)
	}
	return b
}

// brentStep chooses between interpolation and bisection.
func brentStep(a, b, c, fa, fb, fc, d, e, tol float64) (step, last float64) {
	half := (c - b) / 2
	if math.Abs(e) < tol || math.Abs(fa) <= math.Abs(fb) || math.IsInf(fa, 0) || math.IsInf(fc, 0) {
		return half, half
	}
	s := fb / fa
	var p, q float64
	if a == c {
		p, q = 2*half*s, 1-s
	} else {
		r, t := fb/fc, fa/fc
		p = s * (2*half*t*(t-r) - (b-a)*(r-1))
		q = (t - 1) * (r - 1) * (s - 1)
	}
	if p > 0 {
		q = -q
	}
	p = math.Abs(p)
	if 2*p < min(3*half*q-math.Abs(tol*q), math.Abs(e*q)) {
		return p / q, d
	}
	return half, half
}
