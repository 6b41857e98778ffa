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

	quick    bool            // without standard errors
	freedom  *freedom        // of the last Gaussian fit
	infinite map[string]bool // coefficients without a finite estimate
	lost     [][]float64     // combinations that separation leaves undetermined, see undecided
	shift    float64         // mean threshold of the last cumulative fit
}

var familyLinks = map[string][]string{
	"gaussian": {"identity"}, "binomial": {"logit", "probit", "cloglog"}, "poisson": {"log"}, "negbin": {"log"},
	"cumulative": {"logit", "probit", "cloglog"}, "cox": {"log"},
}

// Prepare checks the specification and codes the table.
func Prepare(s Spec, t *frame.Frame) (*Model, error) {
	if s.Family == "" {
		s.Family = "gaussian"
	}
	links := familyLinks[s.Family]
	if links == nil {
		return nil, fmt.Errorf("fit model: unknown family %q; known are gaussian, binomial, poisson, negbin, cumulative, cox", s.Family)
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
	m := &Model{spec: s, run: serial}
	if s.Workers != nil {
		m.run = func(n int, f func(int)) {
			if n == 1 {
				f(0)
				return
			}
			s.Workers(n, f)
		}
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
	if f := d.matrix.Formula; s.Family != "cox" && len(f.Strata)+len(f.Cluster) > 0 {
		return fmt.Errorf("fit model: strata() and cluster() belong to family cox; here write a random term (1|group)")
	}
	if s.AGQ < 0 {
		return fmt.Errorf("fit model: %d quadrature points; 1 is Laplace, 9 or 15 are usual", s.AGQ)
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
		switch m.spec.Link {
		case "probit":
			return probit()
		case "cloglog":
			return cloglog()
		}
		return logit{ones: m.d.binary}
	case "poisson":
		return poisson{}
	case "negbin":
		return newNegbin(1)
	case "cumulative":
		return newCumulative(m.spec.Link, m.d.y, m.d.wt, len(m.d.levels))
	}
	return nil
}

// Fit estimates the model. A numerical outcome that a reader must know is a State of the result, not an error.
func (m *Model) Fit() (*Result, error) {
	r := m.blank()
	m.infinite, m.lost = nil, nil
	var err error
	switch mixed := len(m.d.groups) > 0; {
	case m.spec.Family == "cox":
		err = m.fitCox(r)
	case m.spec.Family == "gaussian" && mixed:
		err = m.fitLMM(r)
	case m.spec.Family == "gaussian":
		err = m.fitOLS(r)
	case mixed || m.spec.Family == "negbin" || m.spec.Family == "cumulative":
		err = m.fitLaplace(r)
	default:
		err = m.fitGLM(r)
	}
	if err != nil {
		return nil, err
	}
	m.finish(r)
	if m.spec.Contrasts != "" {
		if err := m.Compare(r, m.spec.Contrasts); err != nil {
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
	for _, w := range m.d.wt {
		if w == 0 {
			r.N--
		}
	}
	for _, g := range m.d.groups {
		r.Groups = append(r.Groups, Group{Name: g.name, Levels: g.levels})
	}
	return r
}
