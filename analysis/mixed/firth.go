package mixed

import "math"

// firth maximises ℓ + ½ log|XᵀWX| of a logistic model by scoring on the adjusted response: each row gets h(½ − μ) more, h its
// leverage. Standard errors are those of the information at the estimate.
func (m *laplace) firth() glmFit {
	var g glmFit
	p := m.p
	g.beta = make([]float64, p)
	info, rhs, best := make([]float64, p*p), make([]float64, p), math.Inf(-1)
	step, moved := 1.0, make([]float64, p)
	for g.iterations = 0; g.iterations < 500; g.iterations++ {
		ll := m.rowsAt(g.beta) + m.constant
		m.crossprod(m.w, nil, info, nil)
		l := append([]float64(nil), info...)
		inv := invertDefinite(info, p)
		if inv == nil || !cholesky(l, p) {
			return g
		}
		for i := range p {
			ll += math.Log(l[i*p+i])
		}
		if ll < best-1e-10*(1+math.Abs(best)) && step > 1e-6 {
			step /= 2
			axpy(-step, moved, g.beta)
			continue
		}
		best, step = ll, 1
		g.loglik, g.exp, g.observed = ll, inv, inv
		m.adjustFirth(inv)
		m.crossprod(m.w, m.t, info, rhs)
		most := 0.0
		for i := range p {
			moved[i] = dot(inv[i*p:(i+1)*p], rhs)
			most = max(most, math.Abs(moved[i]))
		}
		g.decrement = dot(moved, rhs)
		if g.decrement < 1e-20 {
			g.converged = true
			return g
		}
		if most > 5 {
			scal(5/most, moved)
		}
		axpy(1, moved, g.beta)
	}
	return g
}

// adjustFirth sets t to the rows' residual with Firth's share.
func (m *laplace) adjustFirth(inv []float64) {
	p := m.p
	lev := make([]float64, m.nx)
	for k := range lev {
		x := m.x[k*p : (k+1)*p]
		for i, v := range x {
			lev[k] += v * dot(inv[i*p:(i+1)*p], x)
		}
	}
	for i := range m.n {
		k := i
		if m.xi != nil {
			k = int(m.xi[i])
		}
		mu, _ := m.fam.mean(m.eta[i])
		m.t[i] = m.r[i] + m.w[i]*lev[k]*(0.5-mu)
	}
}
