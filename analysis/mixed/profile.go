package mixed

import (
	"fmt"
	"math"
	"slices"
)

// Profile is the profile-likelihood interval of one coefficient: the values whose best fit is not worse than the maximum by
// more than chi-squared with one degree of freedom. Not for Gaussian and Cox models.
func (m *Model) Profile(term string, level float64) (low, high float64, err error) {
	at := slices.Index(m.d.names, term)
	if at < 0 {
		return math.NaN(), math.NaN(), fmt.Errorf("profile %s: no such coefficient", term)
	}
	weights := make([]float64, m.d.p)
	weights[at] = 1
	return m.profile(term, weights, level)
}

// ProfileContrast is the profile-likelihood interval of the difference of two marginal means of a factor, link scale.
func (m *Model) ProfileContrast(factor, first, second string, level float64) (low, high float64, err error) {
	weights, err := m.difference(factor, first, second)
	if err != nil {
		return math.NaN(), math.NaN(), fmt.Errorf("profile %s: %w", factor, err)
	}
	return m.profile(first+" - "+second, weights, level)
}

// profile walks along a combination of the coefficients, called term in errors.
func (m *Model) profile(term string, weights []float64, level float64) (low, high float64, err error) {
	nan := math.NaN()
	if m.spec.Family == "gaussian" || m.spec.Family == "cox" || m.spec.Firth {
		return nan, nan, fmt.Errorf("profile %s: not for a %s model; use its Wald interval", term, m.spec.Family)
	}
	own := *m // several coefficients may be followed at once
	m = &own
	r := m.blank()
	l, fn := m.objective(r)
	start, h0, scale, limit := m.start(r, l)
	if r.Has("separation") {
		return nan, nan, fmt.Errorf("profile %s: the data are separated", term)
	}
	best := polish(fn, minimise(fn, start, h0, limit, 1e-12, 300), scale, [2]int{m.d.p, m.d.p + l.lay.ntheta})
	if !best.converged {
		return nan, nan, fmt.Errorf("profile %s: the fit did not converge", term)
	}
	p := &profile{fn: fn, best: best, row: make([]float64, m.d.p), limit: limit}
	for a, w := range weights {
		axpy(w, m.d.right[a*m.d.p:(a+1)*m.d.p], p.row)
	}
	n := len(best.x)
	for i := range m.d.p {
		p.estimate += p.row[i] * best.x[i]
		for j := range m.d.p {
			p.se += 2 * p.row[i] * p.row[j] * best.inv[i*n+j]
		}
	}
	p.se = math.Sqrt(p.se)
	z := quantile(1-level, math.Inf(1))
	if low, err = p.end(-z); err == nil {
		high, err = p.end(z)
	}
	if err != nil {
		return nan, nan, fmt.Errorf("profile %s: %w", term, err)
	}
	return low, high, nil
}

// Has says whether the model has a coefficient of that name, thresholds aside.
func (m *Model) Has(term string) bool { return slices.Contains(m.d.names, term) }

// A profile walks along one coefficient, row·γ.
type profile struct {
	fn           objective
	best         polished
	row          []float64
	limit        []float64
	estimate, se float64
}

// end finds where the signed root of the rise in deviance equals z, by the secant method: the root is nearly linear.
func (p *profile) end(z float64) (float64, error) {
	x0, f0 := p.estimate, -z
	x1 := p.estimate + z*p.se
	for range 30 {
		rise, ok := p.rise(x1)
		if !ok {
			return 0, fmt.Errorf("the likelihood cannot be followed to %.4g", x1)
		}
		f1 := math.Copysign(math.Sqrt(rise), z) - z
		if math.Abs(f1) < 1e-9 {
			return x1, nil
		}
		next := x1 - f1*(x1-x0)/(f1-f0)
		if math.IsNaN(next) || math.Abs(next-p.estimate) > 50*p.se {
			return 0, fmt.Errorf("the likelihood has no end on this side")
		}
		x0, f0, x1 = x1, f1, next
	}
	return x1, nil
}

// rise minimises the deviance with row·γ held at v: one component of γ, the one with the largest weight, follows the others.
func (p *profile) rise(v float64) (float64, bool) {
	n, drop := len(p.best.x), 0
	for i, w := range p.row {
		if math.Abs(w) > math.Abs(p.row[drop]) {
			drop = i
		}
	}
	full, grad := make([]float64, n), make([]float64, n)
	expand := func(x []float64) {
		rest := v
		for i, k := 0, 0; i < n; i++ {
			if i == drop {
				continue
			}
			full[i] = x[k]
			if i < len(p.row) {
				rest -= p.row[i] * x[k]
			}
			k++
		}
		full[drop] = rest / p.row[drop]
	}
	fn := func(x, g []float64) float64 {
		expand(x)
		f := p.fn(full, grad)
		for i, k := 0, 0; i < n && g != nil; i++ {
			if i == drop {
				continue
			}
			g[k] = grad[i]
			if i < len(p.row) {
				g[k] -= grad[drop] * p.row[i] / p.row[drop]
			}
			k++
		}
		return f
	}
	var start, limit []float64
	h := make([]float64, (n-1)*(n-1))
	at := func(i int) int {
		if i >= drop {
			return i + 1
		}
		return i
	}
	cov := make([]float64, n) // of each parameter with row·γ
	for i := range n {
		for j, w := range p.row {
			cov[i] += 2 * w * p.best.inv[i*n+j]
		}
	}
	for i := range n - 1 {
		start = append(start, p.best.x[at(i)]+cov[at(i)]/(p.se*p.se)*(v-p.estimate))
		limit = append(limit, p.limit[at(i)])
		for j := range n - 1 {
			h[i*(n-1)+j] = p.best.inv[at(i)*n+at(j)] - cov[at(i)]*cov[at(j)]/(2*p.se*p.se)
		}
	}
	m := minimise(fn, start, h, limit, 1e-11, 200)
	return max(0, m.f-p.best.f), m.converged
}
