package mixed

import (
	"math"
	"strings"
)

// runaway names a fit whose standardised coefficients are not determined by the data: on columns of mean square 1 no
// standard error of a sensible model is above 50, and no coefficient above 20 where there is none. inv holds the covariance
// up to the factor, n×n with the coefficients first, or is nil.
func (m *Model) runaway(r *Result, gamma, inv []float64, n int, factor float64) {
	if r.Has("separation") || m.quick && inv == nil && m.spec.Family != "binomial" || m.spec.Family == "gaussian" {
		return
	}
	p := m.d.p
	worst, at := 0.0, 0
	for i := range p {
		v := math.Abs(gamma[i]) / 20
		if inv != nil {
			v = math.Sqrt(factor*inv[i*n+i]) / 50
		}
		if v > worst {
			worst, at = v, i
		}
	}
	switch {
	case worst <= 1:
	case inv == nil:
		m.separation(r, gamma)
	default:
		dir := make([]float64, p)
		for i := range p {
			dir[i] = inv[i*n+at]
		}
		m.separation(r, dir)
	}
}

// separation names the state and the coefficients that have no finite estimate.
func (m *Model) separation(r *Result, dir []float64) {
	if r.Has("separation") {
		return
	}
	dir, _ = m.d.back(dir, nil)
	most := 0.0
	for _, v := range dir {
		most = max(most, math.Abs(v))
	}
	m.infinite = map[string]bool{}
	var terms []string
	for i, v := range dir {
		if math.Abs(v) > 0.01*most {
			terms = append(terms, m.d.names[i])
			m.infinite[m.d.names[i]] = true
		}
	}
	r.Converged = false
	s := State{
		Name:   "separation",
		Words:  "the data are separated: some combination of " + strings.Join(terms, ", ") + " predicts the outcome perfectly, so these estimates are infinite and have no standard errors",
		Advice: "fit with Firth's penalty (--firth), or report the exact test of the table",
	}
	switch {
	case m.spec.Family == "poisson" || m.spec.Family == "negbin":
		s.Words = "some combination of " + strings.Join(terms, ", ") + " has counts of zero only, so these estimates are infinite and have no standard errors (separation)"
		s.Advice = "report the exact interval of the count of zero, or leave that level out and say so"
	case m.spec.Family == "cumulative":
		s.Advice = "join neighbouring levels of the rating, or report a rank test"
	case len(m.d.groups) > 0:
		s.Advice = "fit without the random part with Firth's penalty (--firth), or report the exact test of the table"
	}
	r.States = append(r.States, s)
}
