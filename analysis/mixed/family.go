package mixed

import "math"

// A family is a distribution with its link. All slices have one length; wt is the prior weight (the number of trials for
// a binomial, whose y counts successes).
type family interface {
	name() string
	link() string
	// eval sets r = ∂ℓ/∂η, w = −∂²ℓ/∂η² and dw = ∂w/∂η and returns Σℓ without the terms that depend on y alone.
	eval(eta, y, wt, r, w, dw []float64) float64
	// constant is Σ of what eval left out.
	constant(y, wt []float64) float64
	// aux are further parameters (thresholds, log θ); setAux is false when they are impossible.
	aux() []float64
	setAux(a []float64) bool
	// auxGrad adds −2∂ℓ/∂α + s·∂w/∂α + za·∂r/∂α to out.
	auxGrad(eta, y, wt, s, za, out []float64)
	// mean returns μ and dμ/dη.
	mean(eta float64) (mu, slope float64)
	// deviance is twice the distance to the saturated model of one row, and variance the variance of y at μ (wt = 1).
	deviance(y, wt, mu float64) float64
	variance(mu float64) float64
}

// noAux is embedded by families without further parameters.
type noAux struct{}

func (noAux) aux() []float64                     { return nil }
func (noAux) setAux([]float64) bool              { return true }
func (noAux) auxGrad(_, _, _, _, _, _ []float64) {}

// logit is the binomial family with the logistic link.
type logit struct {
	noAux
	ones bool // every weight is 1 and y is 0 or 1
}

func (logit) name() string { return "binomial" }
func (logit) link() string { return "logit" }

// eval takes one logarithm per 512 rows: Σ log(1+e^−|η|) is the log of a product that stays below 2^512.
func (f logit) eval(eta, y, wt, r, w, dw []float64) float64 {
	ll := 0.0
	if !f.ones {
		for i, x := range eta {
			e := math.Exp(-math.Abs(x))
			p := 1 / (1 + e)
			mu := p
			if x < 0 {
				mu = e * p
			}
			n := wt[i]
			ll += y[i]*x - n*(max(x, 0)+math.Log1p(e))
			r[i] = y[i] - n*mu
			v := e * p * p
			w[i] = n * v
			dw[i] = n * v * (1 - 2*mu)
		}
		return ll
	}
	for lo := 0; lo < len(eta); lo += 512 {
		hi := min(lo+512, len(eta))
		ll += logitRows(eta[lo:hi], y[lo:hi], r[lo:hi], w[lo:hi], dw[lo:hi])
	}
	return ll
}

// logitRows does up to 512 rows of single tries without a branch: with e = exp(−|η|) and s = ±(1−e)/(1+e) the mean is (1+s)/2.
func logitRows(eta, y, r, w, dw []float64) float64 {
	n := len(eta)
	y, r, w, dw = y[:n], r[:n], w[:n], dw[:n]
	for i, x := range eta {
		dw[i] = -math.Abs(x)
	}
	expInto(w, dw)
	ll, prod := 0.0, 1.0
	for i, x := range eta {
		e := w[i]
		p := 1 / (1 + e)
		prod *= 1 + e
		s := math.Copysign((1-e)*p, x)
		v := e * p * p
		ll += y[i]*x - (x+math.Abs(x))/2
		r[i] = y[i] - (1+s)/2
		w[i] = v
		dw[i] = -v * s
	}
	return ll - math.Log(prod)
}

func (logit) constant(y, wt []float64) float64 { return logChoose(y, wt) }

func (logit) mean(eta float64) (float64, float64) {
	e := math.Exp(-math.Abs(eta))
	p := 1 / (1 + e)
	mu := p
	if eta < 0 {
		mu = e * p
	}
	return mu, e * p * p
}

func (logit) deviance(y, wt, mu float64) float64 { return binomialDeviance(y, wt, mu) }
func (logit) variance(mu float64) float64        { return mu * (1 - mu) }

// logChoose is Σ log of the binomial coefficients, by the gamma function, so that weighted proportions work as in R.
func logChoose(y, wt []float64) float64 {
	s := 0.0
	for i, k := range y {
		n := wt[i]
		if n == 1 && (k == 0 || k == 1) || n == 0 {
			continue
		}
		s += lgamma(n+1) - lgamma(k+1) - lgamma(n-k+1)
	}
	return s
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// binomialDeviance is 2[k log(k/nμ) + (n−k) log((n−k)/(n(1−μ)))].
func binomialDeviance(k, n, mu float64) float64 {
	d := 0.0
	if k > 0 {
		d += k * math.Log(k/(n*mu))
	}
	if n-k > 0 {
		d += (n - k) * math.Log((n-k)/(n*(1-mu)))
	}
	return 2 * d
}

// poisson is the Poisson family with the log link; wt multiplies the log-likelihood.
type poisson struct{ noAux }

func (poisson) name() string { return "poisson" }
func (poisson) link() string { return "log" }

func (poisson) eval(eta, y, wt, r, w, dw []float64) float64 {
	ll := 0.0
	expInto(w, eta)
	for i, x := range eta {
		mu := w[i]
		ll += wt[i] * (y[i]*x - mu)
		r[i] = wt[i] * (y[i] - mu)
		w[i] = wt[i] * mu
		dw[i] = w[i]
	}
	return ll
}

func (poisson) constant(y, wt []float64) float64 {
	s := 0.0
	for i, k := range y {
		if k > 1 {
			s -= wt[i] * lgamma(k+1)
		}
	}
	return s
}

func (poisson) mean(eta float64) (float64, float64) { m := math.Exp(eta); return m, m }

func (poisson) deviance(y, wt, mu float64) float64 {
	if y == 0 {
		return 2 * wt * mu
	}
	return 2 * wt * (y*math.Log(y/mu) - (y - mu))
}

func (poisson) variance(mu float64) float64 { return mu }
