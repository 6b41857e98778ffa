package mixed

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// normal stands in for a family where only its name and its rows are needed.
type normal struct{ noAux }

func (normal) name() string { return "gaussian" }
func (normal) link() string { return "identity" }

func (normal) eval(eta, y, wt, r, w, dw []float64) float64 {
	ll := 0.0
	for i, x := range eta {
		e := y[i] - x
		r[i], w[i], dw[i] = wt[i]*e, wt[i], 0
		ll -= wt[i] * e * e / 2
	}
	return ll
}

func (normal) constant(_, _ []float64) float64     { return 0 }
func (normal) mean(eta float64) (float64, float64) { return eta, 1 }
func (normal) deviance(y, wt, mu float64) float64  { return wt * (y - mu) * (y - mu) }
func (normal) variance(float64) float64            { return 1 }

// fitOLS fits a linear model without random part.
func (m *Model) fitOLS(r *Result) error {
	l := newLaplace(m.d, newLayout(m.d.n, nil), normal{}, m.run)
	p := m.d.p
	used, logw := 0, 0.0
	for i, w := range l.wt {
		v := l.y[i]
		if l.offset != nil {
			v -= l.offset[i]
		}
		l.r[i] = w * v
		if w > 0 {
			used++
			logw += math.Log(w)
		}
	}
	if used <= p {
		return fmt.Errorf("fit model: %d rows cannot estimate %d coefficients and a residual", used, p)
	}
	info, rhs, beta := make([]float64, p*p), make([]float64, p), make([]float64, p)
	l.crossprod(l.wt, l.r, info, rhs)
	inv := invertDefinite(info, p)
	if inv == nil {
		return fmt.Errorf("fit model: the columns of the model are collinear")
	}
	for i := range p {
		beta[i] = dot(inv[i*p:(i+1)*p], rhs)
	}
	l.rowsAt(beta)
	n := float64(used)
	r.Method, r.Parameters = "OLS", p+1
	r.Deviance = l.conditionalDeviance()
	r.Sigma = math.Sqrt(r.Deviance / (n - float64(p)))
	r.LogLik = -n/2*(math.Log(2*math.Pi*r.Deviance/n)+1) + logw/2
	scal(r.Sigma*r.Sigma, inv)
	beta, cov := m.d.back(beta, inv)
	m.setFixed(r, m.d.names, beta, cov, n-float64(p))
	return nil
}

// fitLMM fits a linear mixed model by REML or ML with Satterthwaite's degrees of freedom.
func (m *Model) fitLMM(r *Result) error {
	for _, w := range m.d.wt {
		if w == 0 {
			return fmt.Errorf("fit model: a weight of 0; leave such rows out")
		}
	}
	if m.d.n <= m.d.p {
		return fmt.Errorf("fit model: %d rows cannot estimate %d coefficients", m.d.n, m.d.p)
	}
	lay := newLayout(m.d.n, m.d.groups)
	l := newLaplace(m.d, lay, normal{}, m.run)
	v := newLMM(l, lay, !m.spec.ML)
	h0 := make([]float64, lay.ntheta*lay.ntheta)
	start, limit := m.startTheta(h0, lay.ntheta, 0)
	scale := make([]float64, lay.ntheta)
	for i := range scale {
		scale[i] = h0[i*lay.ntheta+i]
	}
	end := polished{minimum: minimise(v.value, start, h0, limit, 1e-12, 300)}
	m.snap(v.value, &end.minimum, 0)
	if !m.quick {
		end = polish(v.value, end.minimum, scale, [2]int{0, lay.ntheta})
	}
	r.Method, r.Converged, r.Gradient, r.Evaluations = "REML", end.converged, end.decrement, v.evals
	if m.spec.ML {
		r.Method = "ML"
	}
	f := v.value(end.x, make([]float64, lay.ntheta))
	if math.IsInf(f, 1) {
		return fmt.Errorf("fit model: the likelihood cannot be evaluated; are there enough rows for this random part?")
	}
	if v.reml { // |P| is for orthogonal columns; R has it for the columns as they are
		for i := range m.d.p {
			f -= 2 * math.Log(m.d.right[i*m.d.p+i])
		}
	}
	r.LogLik, r.Deviance, r.Parameters = -f/2, f, m.d.p+lay.ntheta+1
	r.Sigma = math.Sqrt(v.rho2 / v.nu)
	if m.quick {
		beta, _ := m.d.back(v.beta, nil)
		m.setFixed(r, m.d.names, beta, nil, math.NaN())
	} else {
		m.satterthwaite(r, v, end.x)
	}
	m.setRandom(r, end.x, r.Sigma)
	m.undetermined(r, end.flat, 0)
	return nil
}

// A freedom gives Satterthwaite's degrees of freedom for contrasts c of the orthogonal coefficients:
// 2(cᵀVc)²/(gᵀAg), with g the gradient of cᵀVc in (θ, σ) and A twice the inverse Hessian of the deviance there.
type freedom struct {
	v     *lmm
	sigma float64
	a     []float64 // (m+1)×(m+1)
}

// df is for one contrast; the lmm must have been evaluated with gradient at the optimum.
func (f *freedom) df(c []float64) float64 {
	v := f.v
	p, nt := v.p, v.lay.ntheta
	pc := make([]float64, p)
	for i := range p {
		pc[i] = dot(v.pinv[i*p:(i+1)*p], c)
	}
	cpc := dot(c, pc)
	g := make([]float64, nt+1)
	for t, gr := range v.lay.groups {
		for e, rc := range gr.ent {
			for i := range p {
				for j := range p {
					if w := pc[i] * pc[j]; w != 0 {
						g[gr.th+e] += 2 * f.sigma * f.sigma * w * v.pair(t, rc, i, j)
					}
				}
			}
		}
	}
	g[nt] = 2 * f.sigma * cpc
	quad := 0.0
	for i := range g {
		quad += g[i] * dot(f.a[i*(nt+1):(i+1)*(nt+1)], g)
	}
	varc := f.sigma * f.sigma * cpc
	return 2 * varc * varc / quad
}

// newFreedom forms A by central differences of the analytic gradient; directions without curvature are left out, as lmerTest
// does.
func newFreedom(v *lmm, theta []float64, sigma float64, hess []float64) *freedom {
	nt := len(theta)
	f := &freedom{v: v, sigma: sigma}
	up, down := make([]float64, nt), make([]float64, nt)
	x := append([]float64(nil), theta...)
	h := mat.NewSymDense(nt+1, nil)
	for j := range nt {
		step := 1e-4 * max(math.Abs(theta[j]), 0.1)
		if hess != nil && hess[j*nt+j] > 0 {
			step = 4e-3 * math.Sqrt(2/hess[j*nt+j])
		}
		slope := func(at float64, g []float64) float64 {
			x[j] = at
			v.solve(x)
			v.gradient(g, 1/(sigma*sigma))
			return v.rho2
		}
		a := slope(theta[j]+step, up)
		b := slope(theta[j]-step, down)
		x[j] = theta[j]
		for i := range nt {
			d := (up[i] - down[i]) / (2 * step)
			if i < j {
				d = (d + h.At(i, j)) / 2
			}
			h.SetSym(i, j, d)
		}
		h.SetSym(j, nt, -2/(sigma*sigma*sigma)*(a-b)/(2*step))
	}
	v.solve(x)
	v.gradient(up, 1/(sigma*sigma))
	h.SetSym(nt, nt, 6*v.rho2/math.Pow(sigma, 4)-2*v.nu/(sigma*sigma))
	f.a = twicePseudoInverse(h)
	return f
}

func twicePseudoInverse(h *mat.SymDense) []float64 {
	n := h.SymmetricDim()
	out := make([]float64, n*n)
	var eig mat.EigenSym
	if !eig.Factorize(h, true) {
		for i := range out {
			out[i] = math.NaN()
		}
		return out
	}
	var vec mat.Dense
	eig.VectorsTo(&vec)
	for k, val := range eig.Values(nil) {
		if val <= 1e-8 {
			continue
		}
		for i := range n {
			for j := range n {
				out[i*n+j] += 2 / val * vec.At(i, k) * vec.At(j, k)
			}
		}
	}
	return out
}

// satterthwaite fills the fixed effects with t statistics.
func (m *Model) satterthwaite(r *Result, v *lmm, theta []float64) {
	p := m.d.p
	f := newFreedom(v, theta, r.Sigma, nil)
	m.freedom = f
	cov := append([]float64(nil), v.pinv...)
	scal(r.Sigma*r.Sigma, cov)
	beta, cov := m.d.back(v.beta, cov)
	m.setFixed(r, m.d.names, beta, cov, math.Inf(1))
	for i, c := range r.Fixed {
		df := f.df(m.d.right[i*p : (i+1)*p])
		r.Fixed[i] = wald(c.Term, c.Estimate, c.SE, df, m.spec.Level)
	}
}
