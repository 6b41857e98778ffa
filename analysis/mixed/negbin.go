package mixed

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// negbin is the negative binomial family with variance μ + μ²/θ and the log link; its aux parameter is log θ. The weights are
// the observed ones.
type negbin struct {
	theta float64
	table []negbinTerm // per count up to tableSize, at theta
}

type negbinTerm struct{ lg, psi float64 }

const tableSize = 512

func newNegbin(theta float64) *negbin {
	f := &negbin{}
	f.setAux([]float64{math.Log(theta)})
	return f
}

func (*negbin) name() string { return "negbin" }
func (*negbin) link() string { return "log" }

func (f *negbin) aux() []float64 { return []float64{math.Log(f.theta)} }

// setAux also tables log Γ(y+θ)/Γ(θ) − y log θ and ψ(y+θ) − ψ(θ), as sums, which keep their digits when θ is large.
func (f *negbin) setAux(a []float64) bool {
	if a[0] < -20 || a[0] > 25 {
		return false
	}
	f.theta = math.Exp(a[0])
	if f.table == nil {
		f.table = make([]negbinTerm, tableSize)
	}
	var t negbinTerm
	for y := range f.table {
		f.table[y] = t
		t.lg += math.Log1p(float64(y) / f.theta)
		t.psi += 1 / (f.theta + float64(y))
	}
	return true
}

func (f *negbin) term(y float64) negbinTerm {
	if y < tableSize {
		return f.table[int(y)]
	}
	return negbinTerm{
		lgamma(y+f.theta) - lgamma(f.theta) - y*math.Log(f.theta),
		mathext.Digamma(y+f.theta) - mathext.Digamma(f.theta),
	}
}

// eval uses ℓ = Σ log(1 + j/θ) + yη − (y+θ) log(1 + μ/θ).
func (f *negbin) eval(eta, y, wt, r, w, dw []float64) float64 {
	ll, th := 0.0, f.theta
	expInto(w, eta)
	for i, x := range eta {
		mu := w[i]
		d := th + mu
		k := y[i]
		ll += wt[i] * (f.term(k).lg + k*x - (k+th)*math.Log1p(mu/th))
		r[i] = wt[i] * (k - mu) * th / d
		w[i] = wt[i] * (k + th) * mu / d * th / d
		dw[i] = w[i] * (th - mu) / d
	}
	return ll
}

func (*negbin) constant(y, wt []float64) float64 { return poisson{}.constant(y, wt) }

// auxGrad: ∂ℓ/∂θ = ψ(y+θ) − ψ(θ) − log(1 + μ/θ) + (μ − y)/(θ + μ), times θ for the logarithm.
func (f *negbin) auxGrad(eta, y, wt, s, za, out []float64) {
	th := f.theta
	for i, x := range eta {
		mu := math.Exp(x)
		d, k := th+mu, y[i]
		l := f.term(k).psi - math.Log1p(mu/th) + (mu-k)/d
		dr := mu * (k - mu) / (d * d)
		dw := mu * (k*(mu-th) + 2*th*mu) / (d * d * d)
		out[0] += wt[i] * th * (-2*l + s[i]*dw + za[i]*dr)
	}
}

func (*negbin) mean(eta float64) (float64, float64) { m := math.Exp(eta); return m, m }

func (f *negbin) deviance(y, wt, mu float64) float64 {
	d := -(y + f.theta) * math.Log((y+f.theta)/(mu+f.theta))
	if y > 0 {
		d += y * math.Log(y/mu)
	}
	return 2 * wt * d
}

func (f *negbin) variance(mu float64) float64 { return mu + mu*mu/f.theta }

// momentTheta is a first θ from the Pearson residuals of a Poisson fit.
func momentTheta(l *laplace) float64 {
	num, den := 0.0, 0.0
	for i, eta := range l.eta {
		mu := math.Exp(eta)
		e := l.y[i] - mu
		num += l.wt[i] * mu * mu
		den += l.wt[i] * (e*e - mu)
	}
	if !(den > 0) || num/den > 1000 {
		return 100
	}
	return max(num/den, 0.05)
}
