package mixed

import "math"

// A glmFit is a generalised linear model without random part: coefficients, the inverse of the observed and of the expected
// information, and whether Newton's method ended.
type glmFit struct {
	beta          []float64
	observed, exp []float64
	loglik        float64 // with the constant
	decrement     float64
	iterations    int
	converged     bool
	separated     bool
	direction     []float64 // of recession, when separated
}

// starter gives the linear predictor to begin with and its weight.
func starter(f family, y, wt float64) (eta, w float64) {
	if f.name() == "binomial" {
		mu := (y + 0.5) / (wt + 1)
		eta := math.Log(mu / (1 - mu))
		if f.link() != "logit" {
			eta /= 1.7
		}
		return eta, wt * mu * (1 - mu)
	}
	mu := y + 0.1
	return math.Log(mu), wt * mu
}

// glm maximises the likelihood by Newton steps with halving, from a weighted regression on the transformed response. The
// family's aux parameters stay as they are. m must have no random part in its linear predictor (u = 0).
func (m *laplace) glm() glmFit {
	var g glmFit
	p := m.p
	g.beta = make([]float64, p)
	info, rhs := make([]float64, p*p), make([]float64, p)
	for i := range m.n {
		eta, w := starter(m.fam, m.y[i], m.wt[i])
		if m.offset != nil {
			eta -= m.offset[i]
		}
		m.w[i], m.r[i] = w, w*eta
	}
	m.crossprod(m.w, m.r, info, rhs)
	if !solveDefinite(info, p, rhs) {
		return g
	}
	copy(g.beta, rhs)
	last, step, moved := math.Inf(-1), 1.0, make([]float64, p)
	for g.iterations = 0; g.iterations < 60; g.iterations++ {
		ll := m.rowsAt(g.beta)
		if g.iterations == 0 && (math.IsNaN(ll) || math.IsInf(ll, 0)) {
			clear(g.beta)
			ll = m.rowsAt(g.beta)
		}
		if !(ll >= last-1e-10*(1+math.Abs(last))) && step > 1e-9 {
			step /= 2
			axpy(-step, moved, g.beta)
			continue
		}
		m.crossprod(m.w, m.r, info, rhs)
		copy(moved, rhs)
		if !solveDefinite(info, p, moved) {
			break
		}
		before := g.decrement
		g.decrement = dot(moved, rhs)
		g.loglik = ll
		if g.decrement < 1e-20 || g.iterations > 5 && g.decrement < 1e-12 && g.decrement > before/4 {
			g.converged = true
			break
		}
		if g.iterations > 8 && m.recedes(moved) {
			g.separated, g.direction = true, moved
			break
		}
		last, step = ll, 1
		axpy(1, moved, g.beta)
	}
	g.loglik += m.constant
	m.information(&g)
	return g
}

// rowsAt evaluates the family at Xβ + offset and returns Σℓ without the constant.
func (m *laplace) rowsAt(beta []float64) float64 {
	for i := range m.xb {
		m.xb[i] = dot(m.x[i*m.p:(i+1)*m.p], beta)
	}
	clear(m.b1)
	clear(m.b2)
	m.run(len(m.lay.chunks), func(c int) {
		m.linear(c)
		lo, hi := m.rows(c)
		m.ll[c] = m.fam.eval(m.eta[lo:hi], m.y[lo:hi], m.wt[lo:hi], m.r[lo:hi], m.w[lo:hi], m.dw[lo:hi])
	})
	ll := 0.0
	for _, v := range m.ll {
		ll += v
	}
	return ll
}

// crossprod sets info = XᵀWX and, when v is not nil, rhs = Xᵀv, using the distinct rows of X.
func (m *laplace) crossprod(w, v, info, rhs []float64) {
	clear(info)
	ws, vs := w, v
	if m.xi != nil {
		ws, vs = make([]float64, m.nx), make([]float64, m.nx)
		for i, k := range m.xi {
			ws[k] += w[i]
			if v != nil {
				vs[k] += v[i]
			}
		}
	}
	p := m.p
	for i, wi := range ws {
		row := m.x[i*p : (i+1)*p]
		for a, xa := range row {
			if xa != 0 {
				axpy(wi*xa, row[:a+1], info[a*p:a*p+a+1])
			}
		}
	}
	if v != nil {
		clear(rhs)
		for i, vi := range vs {
			axpy(vi, m.x[i*p:(i+1)*p], rhs)
		}
	}
}

// solveDefinite replaces rhs by a⁻¹rhs; the lower triangle of a becomes its factor. The matrix is scaled to a unit diagonal
// first, so that columns of very different size do no harm.
func solveDefinite(a []float64, n int, rhs []float64) bool {
	scale := make([]float64, n)
	for i := range n {
		if !(a[i*n+i] > 0) {
			return false
		}
		scale[i] = 1 / math.Sqrt(a[i*n+i])
	}
	for i := range n {
		for j := range i + 1 {
			a[i*n+j] *= scale[i] * scale[j]
		}
		rhs[i] *= scale[i]
	}
	if !cholesky(a, n) {
		return false
	}
	forward(a, n, rhs)
	backward(a, n, rhs)
	for i := range n {
		rhs[i] *= scale[i]
	}
	return true
}

// invertDefinite returns the inverse of the symmetric matrix given by its lower triangle, or nil.
func invertDefinite(a []float64, n int) []float64 {
	l, scale := append([]float64(nil), a...), make([]float64, n)
	for i := range n {
		if !(l[i*n+i] > 0) {
			return nil
		}
		scale[i] = 1 / math.Sqrt(l[i*n+i])
	}
	for i := range n {
		for j := range i + 1 {
			l[i*n+j] *= scale[i] * scale[j]
		}
	}
	if !cholesky(l, n) {
		return nil
	}
	inv := make([]float64, n*n)
	inverseFrom(l, n, inv)
	for i := range n {
		for j := range n {
			inv[i*n+j] *= scale[i] * scale[j]
		}
	}
	return inv
}

// information sets both inverses at the last evaluated rows.
func (m *laplace) information(g *glmFit) {
	p := m.p
	info := make([]float64, p*p)
	m.crossprod(m.w, nil, info, nil)
	g.observed = invertDefinite(info, p)
	for i := range m.n {
		mu, slope := m.fam.mean(m.eta[i])
		m.t[i] = m.wt[i] * slope * slope / m.fam.variance(mu)
	}
	m.crossprod(m.t, nil, info, nil)
	g.exp = invertDefinite(info, p)
}

// recedes says whether the direction proves separation: moving along it never makes any row less likely and makes some more
// likely. A binomial row with successes must not fall and one with failures not rise; a count must not rise, nor fall unless
// it is 0.
func (m *laplace) recedes(dir []float64) bool {
	counts := m.fam.name() != "binomial"
	move := make([]float64, m.nx)
	most := 0.0
	for i := range move {
		move[i] = dot(m.x[i*m.p:(i+1)*m.p], dir)
		most = max(most, math.Abs(move[i]))
	}
	if !(most > 0.3) {
		return false
	}
	for i := range m.n {
		k := i
		if m.xi != nil {
			k = int(m.xi[i])
		}
		v := move[k] / most
		if m.wt[i] > 0 && (v > 1e-3 && (counts || m.y[i] < m.wt[i]) || v < -1e-3 && m.y[i] > 0) {
			return false
		}
	}
	return true
}
