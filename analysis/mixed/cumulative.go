package mixed

import "math"

// cumulative is the proportional-odds family and its kin: P(y ≤ j) = F(τ_j − η). The aux parameters are the thresholds τ; y is
// coded from 0.
type cumulative struct {
	linkName string
	tau      []float64
	shape    func(x float64) (lower, upper, f0, f1, f2 float64) // F, 1−F, density and its two derivatives
}

func (f *cumulative) name() string   { return "cumulative" }
func (f *cumulative) link() string   { return f.linkName }
func (f *cumulative) aux() []float64 { return append([]float64(nil), f.tau...) }

func (f *cumulative) setAux(a []float64) bool {
	for j := 1; j < len(a); j++ {
		if !(a[j] > a[j-1]) {
			return false
		}
	}
	copy(f.tau, a)
	return true
}

// An ordinalRow is what a row needs: p = F(a) − F(b), the differences P1…P3 of the density and its derivatives over p, and the
// parts of the upper (a) and lower (b) threshold.
type ordinalRow struct {
	p, d1, d2, d3 float64
	a, b          [3]float64 // density and derivatives over p
}

func (f *cumulative) row(eta, y float64) ordinalRow {
	var o ordinalRow
	j := int(y)
	la, ua, lb, ub := 1.0, 0.0, 0.0, 1.0
	if j < len(f.tau) {
		la, ua, o.a[0], o.a[1], o.a[2] = f.shape(f.tau[j] - eta)
	}
	if j > 0 {
		lb, ub, o.b[0], o.b[1], o.b[2] = f.shape(f.tau[j-1] - eta)
	}
	o.p = la - lb
	if lb > 0.5 {
		o.p = ub - ua
	}
	o.p = max(o.p, 1e-300)
	for k := range 3 {
		o.a[k] /= o.p
		o.b[k] /= o.p
	}
	o.d1, o.d2, o.d3 = o.a[0]-o.b[0], o.a[1]-o.b[1], o.a[2]-o.b[2]
	return o
}

func (f *cumulative) eval(eta, y, wt, r, w, dw []float64) float64 {
	ll := 0.0
	for i, x := range eta {
		o := f.row(x, y[i])
		ll += wt[i] * math.Log(o.p)
		r[i] = -wt[i] * o.d1
		w[i] = -wt[i] * (o.d2 - o.d1*o.d1)
		dw[i] = wt[i] * (o.d3 - 3*o.d1*o.d2 + 2*o.d1*o.d1*o.d1)
	}
	return ll
}

func (*cumulative) constant(_, _ []float64) float64 { return 0 }

// auxGrad differentiates ℓ = log p, r = −P1/p and w = (P1/p)² − P2/p by the two thresholds of each row.
func (f *cumulative) auxGrad(eta, y, wt, s, za, out []float64) {
	for i, x := range eta {
		o := f.row(x, y[i])
		j := int(y[i])
		if j < len(f.tau) {
			out[j] += wt[i] * o.share(o.a, 1, s[i], za[i])
		}
		if j > 0 {
			out[j-1] += wt[i] * o.share(o.b, -1, s[i], za[i])
		}
	}
}

func (o *ordinalRow) share(t [3]float64, sign, s, za float64) float64 {
	l := sign * t[0]
	dr := -sign*t[1] + o.d1*l
	dw := -sign*t[2] + o.d2*l + 2*o.d1*(sign*t[1]-o.d1*l)
	return -2*l + s*dw + za*dr
}

func (*cumulative) mean(eta float64) (float64, float64) { return math.NaN(), math.NaN() }
func (*cumulative) deviance(_, _, _ float64) float64    { return math.NaN() }
func (*cumulative) variance(float64) float64            { return math.NaN() }

func logisticShape(x float64) (lower, upper, f0, f1, f2 float64) {
	e := math.Exp(-math.Abs(x))
	small, big := e/(1+e), 1/(1+e)
	lower, upper = big, small
	if x < 0 {
		lower, upper = small, big
	}
	f0 = small * big
	f1 = f0 * (upper - lower)
	return lower, upper, f0, f1, f0 * (1 - 6*f0)
}

func normalShape(x float64) (lower, upper, f0, f1, f2 float64) {
	f0 = math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
	return math.Erfc(-x/math.Sqrt2) / 2, math.Erfc(x/math.Sqrt2) / 2, f0, -x * f0, (x*x - 1) * f0
}

// cloglogShape is F = 1 − exp(−e^x).
func cloglogShape(x float64) (lower, upper, f0, f1, f2 float64) {
	m := math.Exp(min(x, 700))
	upper = math.Exp(-m)
	f0 = m * upper
	return -math.Expm1(-m), upper, f0, f0 * (1 - m), f0 * ((1-m)*(1-m) - m)
}

// newCumulative starts the thresholds at those of the model without terms.
func newCumulative(link string, y, wt []float64, levels int) *cumulative {
	f := &cumulative{linkName: link, tau: make([]float64, levels-1)}
	f.shape = map[string]func(float64) (float64, float64, float64, float64, float64){
		"logit": logisticShape, "probit": normalShape, "cloglog": cloglogShape,
	}[link]
	count, all := make([]float64, levels), 0.0
	for i, v := range y {
		count[int(v)] += wt[i]
		all += wt[i]
	}
	sum := 0.0
	for j := range f.tau {
		sum += count[j]
		p := sum / all
		switch link {
		case "logit":
			f.tau[j] = math.Log(p / (1 - p))
		case "probit":
			f.tau[j] = -math.Sqrt2 * math.Erfcinv(2*p)
		default:
			f.tau[j] = math.Log(-math.Log1p(-p))
		}
	}
	return f
}
