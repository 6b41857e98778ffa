package mixed

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// RangeSurvival is P(Q > q) for the studentized range of k means with df degrees of freedom (+Inf: the range of k standard
// normals). It sums positive terms only, so the far tail keeps its digits. NaN for k < 2 or df ≤ 0.
func RangeSurvival(q, k, df float64) float64 {
	switch {
	case math.IsNaN(q) || k < 2 || !(df > 0):
		return math.NaN()
	case q <= 0:
		return 1
	case math.IsInf(df, 1):
		return rangeUpper(q, k)
	}
	// s = e^t is the studentizing standard deviation; its log density in t, up to a constant, is ν(t − e^{2t}/2).
	lg := math.Log(2) + df/2*math.Log(df/2) - lgamma(df/2)
	log := func(t float64) float64 {
		return lg + df*(t-math.Exp(2*t)/2) + math.Log(rangeUpper(q*math.Exp(t), k))
	}
	lo, hi := -12.0, 2.0
	for range 80 { // golden section: the logarithm is concave
		a, b := lo+0.382*(hi-lo), lo+0.618*(hi-lo)
		if log(a) < log(b) {
			lo = a
		} else {
			hi = b
		}
		if hi-lo < 0.1/math.Sqrt(df) {
			break
		}
	}
	peak := (lo + hi) / 2
	top := log(peak)
	edge := func(dir float64) float64 {
		w := 1 / math.Sqrt(df)
		for log(peak+dir*w) > top-37 && w < 60 {
			w *= 1.3
		}
		return w
	}
	from, to := peak-edge(-1), peak+edge(1)
	panels := max(6, int((to-from)/0.7)+1)
	sum, width := 0.0, (to-from)/float64(panels)
	for p := range panels {
		sum += panel(from+float64(p)*width, width, func(t float64) float64 { return math.Exp(log(t)) })
	}
	return min(sum, 1)
}

// rangeUpper is P(R > q) for the range of k standard normals: k∫φ(z)(Φ(z)^m − (Φ(z) − Φ(z−q))^m)dz, m = k − 1, with the
// difference of powers as a sum of products.
func rangeUpper(q, k float64) float64 {
	m := int(k) - 1
	f := func(z float64) float64 {
		a, b := math.Erfc(-z/math.Sqrt2)/2, math.Erfc((q-z)/math.Sqrt2)/2
		c := max(a-b, 0)
		sum, pa := 0.0, 1.0
		for range m {
			sum = sum*c + pa
			pa *= a
		}
		return k * b * sum * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	}
	if q < 1e-17 {
		return 1
	}
	// the integrand is a bump around q/2, at most as wide as φ itself
	const half, panels = 8.5, 10
	sum := 0.0
	for p := range panels {
		sum += panel(q/2-half+float64(p)*2*half/panels, 2*half/panels, f)
	}
	return sum
}

var gaussX, gaussW = gauss16()

func gauss16() (x, w []float64) {
	x, w = make([]float64, 16), make([]float64, 16)
	quad.Legendre{}.FixedLocations(x, w, 0, 1)
	return x, w
}

// panel integrates f from a over a width with 16 Gauss–Legendre points.
func panel(a, width float64, f func(float64) float64) float64 {
	sum := 0.0
	for i, x := range gaussX {
		sum += gaussW[i] * f(a+width*x)
	}
	return sum * width
}

// RangeQuantile is the q with P(Q > q) = alpha, by the secant method on the logarithm.
func RangeQuantile(alpha, k, df float64) float64 {
	if !(alpha > 0 && alpha < 1) || k < 2 || !(df > 0) {
		return math.NaN()
	}
	above := func(q float64) float64 { return math.Log(RangeSurvival(q, k, df) / alpha) }
	x0, f0 := 0.0, -math.Log(alpha)
	x1 := 3.0
	f1 := above(x1)
	for f1 > 0 && x1 < 1e8 {
		x0, f0, x1 = x1, f1, 2*x1
		f1 = above(x1)
	}
	lo, hi := x0, x1
	for range 100 {
		x := x1 - f1*(x1-x0)/(f1-f0)
		if !(x > lo && x < hi) {
			x = (lo + hi) / 2
		}
		f := above(x)
		if f > 0 {
			lo = x
		} else {
			hi = x
		}
		x0, f0, x1, f1 = x1, f1, x, f
		if math.Abs(x1-x0) < 1e-9*x1 || f1 == 0 {
			break
		}
	}
	return x1
}
