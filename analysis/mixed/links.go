package mixed

import "math"

// logCDF gives log F(η) of a distribution function F and its first three derivatives.
type logCDF func(eta float64) (g, g1, g2, g3 float64)

// curved is the binomial family with a link other than the logit, with observed weights: ℓ = y log F(η) + (n−y) log(1−F(η)).
type curved struct {
	noAux
	linkName  string
	low, high logCDF // of F(η), and of 1 − F as a function of η
	cdf       func(eta float64) (mu, slope float64)
}

func (f curved) name() string { return "binomial" }
func (f curved) link() string { return f.linkName }

func (f curved) eval(eta, y, wt, r, w, dw []float64) float64 {
	ll := 0.0
	for i, x := range eta {
		var l, d1, d2, d3 float64
		if y[i] > 0 {
			g, g1, g2, g3 := f.low(x)
			l, d1, d2, d3 = y[i]*g, y[i]*g1, y[i]*g2, y[i]*g3
		}
		if n := wt[i] - y[i]; n > 0 {
			g, g1, g2, g3 := f.high(x)
			l, d1, d2, d3 = l+n*g, d1+n*g1, d2+n*g2, d3+n*g3
		}
		ll += l
		r[i], w[i], dw[i] = d1, -d2, -d3
	}
	return ll
}

func (curved) constant(y, wt []float64) float64      { return logChoose(y, wt) }
func (f curved) mean(eta float64) (float64, float64) { return f.cdf(eta) }
func (curved) deviance(y, wt, mu float64) float64    { return binomialDeviance(y, wt, mu) }
func (curved) variance(mu float64) float64           { return mu * (1 - mu) }

// probitLow is log Φ: its derivative λ = φ/Φ satisfies λ' = −λ(η + λ).
func probitLow(x float64) (g, g1, g2, g3 float64) {
	g = logPhi(x)
	l := math.Exp(-x*x/2-g) / math.Sqrt(2*math.Pi)
	l1 := -l * (x + l)
	return g, l, l1, -l1*(x+2*l) - l
}

// logPhi is log Φ(x), by the continued fraction of Mills' ratio in the far tail.
func logPhi(x float64) float64 {
	if x > -30 {
		return math.Log(math.Erfc(-x/math.Sqrt2) / 2)
	}
	f := -x
	for k := 60; k > 0; k-- {
		f = -x + float64(k)/f
	}
	return -x*x/2 - math.Log(f*math.Sqrt(2*math.Pi))
}

func probitHigh(x float64) (g, g1, g2, g3 float64) {
	g, g1, g2, g3 = probitLow(-x)
	return g, -g1, g2, -g3
}

func probitCDF(x float64) (float64, float64) {
	return math.Erfc(-x/math.Sqrt2) / 2, math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
}

// clogLow is log(1 − exp(−e^η)): with m = e^η its derivative v = m/(e^m − 1) satisfies v' = v(1 − m − v).
func clogLow(x float64) (g, g1, g2, g3 float64) {
	m := math.Exp(x)
	g = math.Log(-math.Expm1(-m))
	v := m / math.Expm1(m)
	if m < 1e-300 {
		return x, 1, 0, 0
	}
	if math.IsInf(m, 1) || m > 700 {
		return 0, 0, 0, 0
	}
	v1 := v * (1 - m - v)
	return g, v, v1, v1*(1-m-v) + v*(-m-v1)
}

func clogHigh(x float64) (g, g1, g2, g3 float64) {
	m := math.Exp(x)
	return -m, -m, -m, -m
}

func clogCDF(x float64) (float64, float64) {
	m := math.Exp(x)
	return -math.Expm1(-m), m * math.Exp(-m)
}

func probit() curved {
	return curved{linkName: "probit", low: probitLow, high: probitHigh, cdf: probitCDF}
}

func cloglog() curved {
	return curved{linkName: "cloglog", low: clogLow, high: clogHigh, cdf: clogCDF}
}
