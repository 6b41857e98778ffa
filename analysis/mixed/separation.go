package mixed

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"
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
	if !m.spec.open() {
		m.lost = m.d.undecided(dir)
	}
	var terms []string
	for i, v := range dir {
		if math.Abs(v) > 0.01*most || m.undetermines(m.d.right[i*m.d.p:(i+1)*m.d.p]) {
			terms = append(terms, m.d.names[i])
			m.infinite[m.d.names[i]] = true
		}
	}
	if len(terms) > 6 {
		terms = append(terms[:5], fmt.Sprintf("%d more", len(terms)-5))
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

// undecided returns an orthonormal basis of what the rows that the direction dir does not predict perfectly say nothing about, in
// coefficients of the orthogonal columns: only combinations without a part in it are finite (Albert & Anderson 1984).
func (d *data) undecided(dir []float64) [][]float64 {
	p, most := d.p, 0.0
	move := make([]float64, d.n)
	for i := range move {
		move[i] = math.Abs(dot(d.x[i*p:(i+1)*p], dir))
		most = max(most, move[i])
	}
	gram := mat.NewSymDense(p, nil)
	for i, v := range move {
		if v > 1e-3*most || d.wt[i] == 0 {
			continue
		}
		row := make([]float64, p)
		for r, x := range d.x[i*p : (i+1)*p] {
			axpy(x, d.right[r*p:(r+1)*p], row)
		}
		gram.SymRankOne(gram, 1/float64(d.n), mat.NewVecDense(p, row))
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(gram, true) {
		return nil
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	var out [][]float64
	for k, v := range eigen.Values(nil) {
		if v < 1e-9 {
			out = append(out, mat.Col(nil, k, &vectors))
		}
	}
	return out
}

// undetermines says whether separation leaves a combination of the coefficients of the orthogonal columns without a finite value.
func (m *Model) undetermines(gamma []float64) bool {
	size := math.Sqrt(dot(gamma, gamma))
	for _, v := range m.lost {
		if math.Abs(dot(v, gamma)) > 1e-6*size {
			return true
		}
	}
	return false
}
