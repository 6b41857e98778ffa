package mixed

import (
	"fmt"
	"math"
)

// fitGLM fits a binomial or Poisson model without random part; standard errors are R's, from the expected information.
func (m *Model) fitGLM(r *Result) error {
	l := newLaplace(m.d, newLayout(m.d.n, nil), m.family(), m.run)
	r.Method = "ML"
	g := glmFit{}
	if m.spec.Firth {
		r.Method = "Firth"
		g = l.firth()
	} else {
		g = l.glm()
	}
	r.Converged, r.Gradient, r.Evaluations = g.converged, g.decrement, g.iterations
	if g.separated {
		m.separation(r, g.direction)
	}
	m.runaway(r, g.beta, g.exp, m.d.p, 1)
	r.LogLik, r.Parameters = g.loglik, m.d.p
	r.Deviance = l.conditionalDeviance()
	beta, cov := m.d.back(g.beta, g.exp)
	m.setFixed(r, m.d.names, beta, cov, math.Inf(1))
	return nil
}

// conditionalDeviance is Σ of the deviance residuals squared at the last evaluated linear predictor.
func (l *laplace) conditionalDeviance() float64 {
	sum := 0.0
	for i, eta := range l.eta {
		if l.wt[i] > 0 {
			mu, _ := l.fam.mean(eta)
			sum += l.fam.deviance(l.y[i], l.wt[i], mu)
		}
	}
	return sum
}

// fitLaplace fits by the Laplace approximation or by quadrature; without a random part this is maximum likelihood over the
// coefficients and the family's own parameters.
func (m *Model) fitLaplace(r *Result) error {
	l, fn := m.objective(r)
	start, h0, scale, limit := m.start(r, l)
	if len(m.d.groups) > 0 && !math.IsInf(l.value(start, make([]float64, len(start))), 1) {
		l.curvature(h0, len(start))
	}
	best := minimise(fn, start, h0, limit, 1e-12, 300)
	if nb, ok := l.fam.(*negbin); ok && nb.theta > 1e5 {
		return m.fitPoissonLimit(r)
	}
	m.snap(fn, &best, m.d.p)
	end := polished{minimum: best}
	if !m.quick {
		end = polish(fn, best, scale, [2]int{m.d.p, m.d.p + l.lay.ntheta})
	}
	fn(end.x, nil)
	r.Converged = end.converged && !r.Has("separation")
	r.Gradient, r.Evaluations = end.decrement, l.evals
	r.LogLik, r.Parameters = -end.f/2, l.size()
	r.Deviance = l.conditionalDeviance()
	m.runaway(r, end.x[:m.d.p], end.inv, len(end.x), 2)
	m.setLaplace(r, l, end)
	m.undetermined(r, end.flat, m.d.p)
	return nil
}

// fitPoissonLimit fits the Poisson model that a negative binomial one becomes when θ runs to infinity.
func (m *Model) fitPoissonLimit(r *Result) error {
	limit := *m
	limit.spec.Family = "poisson"
	fit := limit.fitLaplace
	if len(m.d.groups) == 0 {
		fit = limit.fitGLM
	}
	if r.Has("separation") {
		limit.infinite, limit.lost = m.infinite, m.lost
	}
	if err := fit(r); err != nil {
		return err
	}
	m.infinite, m.lost = limit.infinite, limit.lost
	r.Theta, r.Boundary = math.Inf(1), true
	r.Parameters++
	r.States = append(r.States, State{
		Name: "boundary", Words: "the counts show no more variation than Poisson counts (theta runs to infinity)",
		Advice: "use family poisson; its coefficients are these",
	})
	return nil
}

// objective makes −2 log-likelihood as a function of (γ, θ, α), γ being the coefficients of the orthogonal columns.
func (m *Model) objective(r *Result) (*laplace, objective) {
	fam := m.family()
	if nb, ok := fam.(*negbin); ok {
		p := newLaplace(m.d, newLayout(m.d.n, nil), poisson{}, m.run)
		p.glm()
		nb.setAux([]float64{math.Log(momentTheta(p))})
	}
	l := newLaplace(m.d, newLayout(m.d.n, m.d.groups), fam, m.run)
	switch {
	case len(m.d.groups) == 0:
		r.Method = "ML"
	case m.spec.AGQ > 1:
		r.Method = fmt.Sprintf("AGQ(%d)", m.spec.AGQ)
		return l, newAGQ(l, m.spec.AGQ).value
	default:
		r.Method = "Laplace"
	}
	return l, l.value
}

// Objective returns −2 log-likelihood with its exact gradient (REML: the criterion, profiled) as a function of the model's
// parameters, and a point to begin with: the coefficients of the orthogonalised columns, the entries of the relative
// covariance factors, the family's own parameters; of a Gaussian mixed model the factors alone.
func (m *Model) Objective() (value func(x, grad []float64) float64, start []float64) {
	if m.spec.Family == "gaussian" {
		lay := newLayout(m.d.n, m.d.groups)
		v := newLMM(newLaplace(m.d, lay, normal{}, m.run), lay, !m.spec.ML)
		h := make([]float64, lay.ntheta*lay.ntheta)
		theta, _ := m.startTheta(h, lay.ntheta, 0)
		return v.value, theta
	}
	r := m.blank()
	l, fn := m.objective(r)
	start, _, _, _ = m.start(r, l)
	return fn, start
}

// setLaplace fills the coefficients, the random part and the family's own parameters.
func (m *Model) setLaplace(r *Result, l *laplace, end polished) {
	n, p := len(end.x), m.d.p
	first := p + l.lay.ntheta
	cov := leading(end.inv, n, p)
	scal(2, cov)
	beta, cov := m.d.back(end.x, cov)
	m.setRandom(r, end.x[p:first], 1)
	switch fam := l.fam.(type) {
	case *cumulative:
		r.Deviance = -2 * r.LogLik
		m.setThresholds(r, end, first, beta, cov)
		return
	case *negbin:
		r.Theta = fam.theta
		if len(m.d.groups) == 0 { // glm.nb: errors with theta held fixed, from the expected information
			var g glmFit
			l.information(&g)
			_, cov = m.d.back(end.x, g.exp)
		}
	}
	m.setFixed(r, m.d.names, beta, cov, math.Inf(1))
}

// setThresholds puts the thresholds before the coefficients, as ordinal::clm does.
func (m *Model) setThresholds(r *Result, end polished, first int, beta, cov []float64) {
	n, p := len(end.x), m.d.p
	nt := n - first
	var names []string
	m.shift = 0
	for j := range nt {
		names = append(names, m.d.levels[j]+"|"+m.d.levels[j+1])
		m.shift += end.x[first+j] / float64(nt)
	}
	names = append(names, m.d.names...)
	k := nt + p
	all := make([]float64, k*k)
	for i := range k {
		for j := range k {
			v := math.NaN()
			switch {
			case end.inv == nil:
			case i < nt && j < nt:
				v = 2 * end.inv[(first+i)*n+first+j]
			case i >= nt && j >= nt:
				v = cov[(i-nt)*p+j-nt]
			default:
				a, b := min(i, j), max(i, j)-nt
				v = 0
				for c := range p {
					v += 2 * m.d.right[b*p+c] * end.inv[c*n+first+a]
				}
			}
			all[i*k+j] = v
		}
	}
	m.setFixed(r, names, append(append([]float64(nil), end.x[first:]...), beta...), all, math.Inf(1))
}

// start gives the parameters to begin with (β of the model without random part, θ = 0.6 per standard deviation), the first
// inverse Hessian, its diagonal, and the largest first steps.
func (m *Model) start(r *Result, l *laplace) (x, h0, scale, limit []float64) {
	var g glmFit
	n, p := l.size(), l.p
	if m.spec.Family == "cumulative" {
		g.beta = make([]float64, p)
		l.rowsAt(g.beta)
		info := make([]float64, p*p)
		l.crossprod(l.w, nil, info, nil)
		g.observed = invertDefinite(info, p)
	} else {
		g = l.glm()
	}
	if g.separated {
		m.separation(r, g.direction)
	}
	x = append(x, g.beta...)
	h0, scale = make([]float64, n*n), make([]float64, n)
	for i := range p {
		for j := range p {
			if g.observed != nil {
				h0[i*n+j] = g.observed[i*p+j]
			} else if i == j {
				h0[i*n+j] = 1
			}
		}
	}
	theta, most := m.startTheta(h0, n, p)
	x = append(append(x, theta...), l.fam.aux()...)
	for i := range n {
		limit = append(limit, 3)
		if i >= p && i < p+len(most) {
			limit[i] = most[i-p]
		}
	}
	for i := p + l.lay.ntheta; i < n; i++ {
		h0[i*n+i] = 2 / float64(m.d.n)
	}
	for i := range n {
		scale[i] = h0[i*n+i]
	}
	return x, h0, scale, limit
}

// startTheta gives θ to begin with and the largest first steps, and fills its part of the inverse Hessian, which begins at
// row p.
func (m *Model) startTheta(h0 []float64, n, p int) (th, limit []float64) {
	for _, g := range m.d.groups {
		for _, rc := range g.ent {
			size := g.rms(rc[0], m.d.n)
			at := p + len(th)
			h0[at*n+at] = 1 / (4 * float64(g.levels) * size * size)
			th, limit = append(th, 0), append(limit, 0.5/size)
			if rc[0] == rc[1] {
				th[len(th)-1] = 0.6 / size
			}
		}
	}
	return th, limit
}

// rms is the root mean square of a column of the random part.
func (g *group) rms(col, n int) float64 {
	if g.z == nil {
		return 1
	}
	ss := 0.0
	for i := range n {
		ss += g.z[i*g.k+col] * g.z[i*g.k+col]
	}
	if ss == 0 {
		return 1
	}
	return math.Sqrt(ss / float64(n))
}

// leading copies the leading p×p block of an n×n matrix; nil gives NaN.
func leading(a []float64, n, p int) []float64 {
	out := make([]float64, p*p)
	for i := range p {
		for j := range p {
			out[i*p+j] = math.NaN()
			if a != nil {
				out[i*p+j] = a[i*n+j]
			}
		}
	}
	return out
}
