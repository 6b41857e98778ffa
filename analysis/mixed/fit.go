package mixed

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pumplab/analysis/frame"
)

// Fit fits the model to the table.
func Fit(s Spec, t *frame.Frame) (*Result, error) {
	m, err := Prepare(s, t)
	if err != nil {
		return nil, err
	}
	return m.Fit()
}

// A Model is a specification with its data, ready to fit: reading and coding are done.
type Model struct {
	spec Spec
	d    *data
	run  func(int, func(int))

	freedom *freedom // of the last Gaussian fit
	shift   float64  // mean threshold of the last cumulative fit
}

var familyLinks = map[string][]string{
	"gaussian": {"identity"}, "binomial": {"logit", "probit", "cloglog"}, "poisson": {"log"}, "negbin": {"log"},
	"cumulative": {"logit", "probit", "cloglog"},
}

// Prepare checks the specification and codes the table.
func Prepare(s Spec, t *frame.Frame) (*Model, error) {
	if s.Family == "" {
		s.Family = "gaussian"
	}
	links := familyLinks[s.Family]
	if links == nil {
		return nil, fmt.Errorf("fit model: unknown family %q; known are gaussian, binomial, poisson, negbin, cumulative", s.Family)
	}
	if s.Link == "" {
		s.Link = links[0]
	}
	if !slices.Contains(links, s.Link) {
		return nil, fmt.Errorf("fit model: family %s has the links %s, not %q", s.Family, strings.Join(links, ", "), s.Link)
	}
	switch s.Adjust {
	case "":
		s.Adjust = "holm"
	case "holm", "tukey", "none", "bonferroni":
	default:
		return nil, fmt.Errorf("fit model: unknown adjustment %q; known are holm, tukey, bonferroni, none", s.Adjust)
	}
	if s.Level == 0 {
		s.Level = 0.95
	}
	if !(s.Level > 0 && s.Level < 1) {
		return nil, fmt.Errorf("fit model: the level %v of the intervals must lie between 0 and 1", s.Level)
	}
	m := &Model{spec: s, run: s.Workers}
	if m.run == nil {
		m.run = serial
	}
	var err error
	m.d, err = assemble(s, t)
	if err != nil {
		return nil, err
	}
	return m, m.check()
}

func serial(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}

// check refuses combinations that have no meaning.
func (m *Model) check() error {
	s, d := m.spec, m.d
	if s.Firth && (s.Family != "binomial" || s.Link != "logit" || len(d.groups) > 0) {
		return fmt.Errorf("fit model: Firth's penalty is for logistic models without random part")
	}
	if s.AGQ > 1 {
		if len(d.groups) != 1 || d.groups[0].k != 1 {
			return fmt.Errorf("fit model: quadrature needs exactly one random intercept or slope; without --agq the Laplace approximation takes any number")
		}
		if s.Family == "gaussian" {
			return fmt.Errorf("fit model: a gaussian model needs no quadrature, its likelihood is exact")
		}
		if s.AGQ > 101 {
			return fmt.Errorf("fit model: at most 101 quadrature points, not %d", s.AGQ)
		}
	}
	for _, g := range d.groups {
		if s.Family == "gaussian" && g.levels >= d.n && g.k == 1 {
			return fmt.Errorf("fit model: %s has as many levels (%d) as there are rows, so its effect cannot be told from the residual", g.name, g.levels)
		}
	}
	dense := 0
	most := 0
	for _, g := range d.groups {
		dense += g.k * g.levels
		most = max(most, g.k*g.levels)
	}
	if dense-most > 6000 {
		return fmt.Errorf("fit model: the grouping factors besides the largest have %d columns; this program takes up to 6000", dense-most)
	}
	return nil
}

// family makes the family of the model.
func (m *Model) family() family {
	switch m.spec.Family {
	case "binomial":
		if m.spec.Link == "logit" {
			return logit{ones: m.d.binary}
		}
	case "poisson":
		return poisson{}
	}
	return nil
}

// Fit estimates the model. A numerical outcome that a reader must know is a State of the result, not an error.
func (m *Model) Fit() (*Result, error) {
	r := m.blank()
	var err error
	switch mixed := len(m.d.groups) > 0; {
	case m.spec.Family == "gaussian" && mixed:
		err = m.fitLMM(r)
	case m.spec.Family == "gaussian":
		err = m.fitOLS(r)
	case mixed:
		err = m.fitLaplace(r)
	default:
		err = m.fitGLM(r)
	}
	if err != nil {
		return nil, err
	}
	m.finish(r)
	if m.spec.Contrasts != "" {
		if err := m.compare(r, m.spec.Contrasts); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (m *Model) blank() *Result {
	r := &Result{
		Formula: m.spec.Formula, Family: m.spec.Family, Link: m.spec.Link, N: m.d.n, Dropped: m.d.matrix.Dropped,
		Theta: math.NaN(), Sigma: math.NaN(), Converged: true,
	}
	for _, g := range m.d.groups {
		r.Groups = append(r.Groups, Group{Name: g.name, Levels: g.levels})
	}
	return r
}

// fitGLM fits a model without random part; standard errors are R's, from the expected information.
func (m *Model) fitGLM(r *Result) error {
	l := newLaplace(m.d, newLayout(m.d.n, nil), m.family(), m.run)
	g := l.glm()
	r.Method, r.Converged, r.Gradient, r.Evaluations = "ML", g.converged, g.decrement, g.iterations
	if g.separated {
		m.separation(r, g.direction)
	}
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

// fitLaplace fits a generalised linear mixed model by the Laplace approximation.
func (m *Model) fitLaplace(r *Result) error {
	l := newLaplace(m.d, newLayout(m.d.n, m.d.groups), m.family(), m.run)
	start, h0, scale := m.start(r, l)
	best := minimise(l.value, start, h0, 1e-12, 300)
	end := polish(l.value, best, scale)
	l.value(end.x, nil)
	r.Method = "Laplace"
	r.Converged = end.converged && !r.Has("separation")
	r.Gradient, r.Evaluations = end.decrement, l.evals
	r.LogLik, r.Parameters = -end.f/2, l.size()
	r.Deviance = l.conditionalDeviance()
	cov := leading(end.inv, len(end.x), m.d.p)
	scal(2, cov)
	beta, cov := m.d.back(end.x, cov)
	m.setFixed(r, m.d.names, beta, cov, math.Inf(1))
	m.setRandom(r, end.x[m.d.p:m.d.p+l.lay.ntheta], 1)
	return nil
}

// start gives the parameters to begin with (β of the model without random part, θ = 0.6 per standard deviation), the first
// inverse Hessian and its diagonal.
func (m *Model) start(r *Result, l *laplace) (x, h0, scale []float64) {
	g := l.glm()
	if g.separated {
		m.separation(r, g.direction)
	}
	n, p := l.size(), l.p
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
	th := make([]float64, l.lay.ntheta)
	for _, gr := range m.d.groups {
		for e, rc := range gr.ent {
			size := gr.rms(rc[0], m.d.n)
			if rc[0] == rc[1] {
				th[gr.th+e] = 0.6 / size
			}
			at := p + gr.th + e
			h0[at*n+at] = 1 / (4 * float64(gr.levels) * size * size)
		}
	}
	x = append(append(x, th...), l.fam.aux()...)
	for i := p + len(th); i < n; i++ {
		h0[i*n+i] = 2 / float64(m.d.n)
	}
	for i := range n {
		scale[i] = h0[i*n+i]
	}
	return x, h0, scale
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
