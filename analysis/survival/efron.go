package survival

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// efron is the partial likelihood with Efron's correction over one or more strata; columns are centred.
type efron struct {
	Model
	x      [][]float64 // centred
	strata [][]int     // rows by falling time
	late   [][]int     // the same by falling start; nil without late entry
	spread []float64   // sum of squares of each column
	events int
}

// point is the likelihood and its derivatives at one beta.
type point struct {
	loglik float64
	grad   *mat.VecDense
	info   *mat.SymDense
}

func newEfron(m Model) (*efron, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	n, p := len(m.Time), len(m.Names)
	if p == 0 {
		return nil, errors.New("fit Cox model: there is no column to fit")
	}
	if len(m.X) != n || (m.Stratum != nil && len(m.Stratum) != n) || (m.Cluster != nil && len(m.Cluster) != n) ||
		(m.Weight != nil && len(m.Weight) != n) || (m.Offset != nil && len(m.Offset) != n) {
		return nil, errors.New("fit Cox model: times, columns, strata, clusters, weights and offset differ in length")
	}
	e := &efron{Model: m, x: make([][]float64, n), spread: make([]float64, p)}
	mean := make([]float64, p)
	for i, row := range m.X {
		if len(row) != p {
			return nil, fmt.Errorf("fit Cox model: row %d has %d columns of %d", i+1, len(row), p)
		}
		for j, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("fit Cox model: row %d, column %q is missing or infinite", i+1, m.Names[j])
			}
			mean[j] += v / float64(n)
		}
		if m.Event[i] {
			e.events++
		}
	}
	for i, w := range m.Weight {
		if !(w > 0) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("fit Cox model: row %d has the weight %g; weights are positive numbers (leave a row out instead of giving it 0)", i+1, w)
		}
	}
	if e.events == 0 {
		return nil, errors.New("fit Cox model: no row ended in the event")
	}
	for i, row := range m.X {
		e.x[i] = make([]float64, p)
		for j, v := range row {
			e.x[i][j] = v - mean[j]
			e.spread[j] += e.x[i][j] * e.x[i][j]
		}
	}
	o := m.order()
	for a, b := 0, len(o)-1; a < b; a, b = a+1, b-1 {
		o[a], o[b] = o[b], o[a]
	}
	e.strata = strataOf(m.Stratum, o)
	for _, rows := range e.strata {
		if m.Start != nil {
			late := slices.Clone(rows)
			slices.SortStableFunc(late, func(a, b int) int { return cmp.Compare(m.Start[b], m.Start[a]) })
			e.late = append(e.late, late)
		}
	}
	return e, nil
}

// weight is the case weight of a row.
func (e *efron) weight(i int) float64 {
	if e.Weight == nil {
		return 1
	}
	return e.Weight[i]
}

// sums are Σ e^η, Σ e^η x and Σ e^η x xᵀ over a set of rows.
type sums struct {
	s0 float64
	s1 []float64
	s2 []float64
}

func newSums(p int) sums { return sums{s1: make([]float64, p), s2: make([]float64, p*p)} }

func (s *sums) add(w float64, x []float64) {
	s.s0 += w
	p := len(x)
	for a, v := range x {
		s.s1[a] += w * v
		for b := a; b < p; b++ {
			s.s2[a*p+b] += w * v * x[b]
		}
	}
}

func (e *efron) eta(beta []float64) []float64 {
	eta := make([]float64, len(e.x))
	copy(eta, e.Offset)
	for i, row := range e.x {
		for j, v := range row {
			eta[i] += v * beta[j]
		}
	}
	return eta
}

// at evaluates log-likelihood, gradient and information.
func (e *efron) at(beta []float64) point {
	p := len(beta)
	pt := point{grad: mat.NewVecDense(p, nil), info: mat.NewSymDense(p, nil)}
	eta := e.eta(beta)
	e.sweep(eta, func(risk, dead sums, rows []int, shift float64) {
		d, all := 0.0, 0.0
		for _, i := range rows {
			if e.Event[i] {
				w := e.weight(i)
				d++
				all += w
				pt.loglik += w * (eta[i] - shift)
				for j, v := range e.x[i] {
					pt.grad.SetVec(j, pt.grad.AtVec(j)+w*v)
				}
			}
		}
		mean := all / d // each of the d steps counts with the mean weight of the events
		for k := 0.0; k < d; k++ {
			f := k / d
			s0 := risk.s0 - f*dead.s0
			pt.loglik -= mean * math.Log(s0)
			for a := range p {
				ma := (risk.s1[a] - f*dead.s1[a]) / s0
				pt.grad.SetVec(a, pt.grad.AtVec(a)-mean*ma)
				for b := a; b < p; b++ {
					mb := (risk.s1[b] - f*dead.s1[b]) / s0
					v := (risk.s2[a*p+b]-f*dead.s2[a*p+b])/s0 - ma*mb
					pt.info.SetSym(a, b, pt.info.At(a, b)+mean*v)
				}
			}
		}
	})
	if math.IsNaN(pt.loglik) {
		pt.loglik = math.Inf(-1)
	}
	return pt
}

// sweep calls visit for each stratum's times with an event, latest first, with the sums of those at risk, of those with the event, and
// the rows of that time. Weights are e^(η-shift).
func (e *efron) sweep(eta []float64, visit func(risk, dead sums, rows []int, shift float64)) {
	for k := range e.strata {
		e.sweepStratum(k, eta, visit)
	}
}

func (e *efron) sweepStratum(k int, eta []float64, visit func(risk, dead sums, rows []int, shift float64)) {
	rows, p := e.strata[k], len(e.Names)
	shift := math.Inf(-1)
	for _, i := range rows {
		shift = math.Max(shift, eta[i])
	}
	risk, left := newSums(p), 0
	for at := 0; at < len(rows); {
		end, dead, any, now := at, newSums(p), false, e.Time[rows[at]]
		for ; end < len(rows) && e.Time[rows[end]] == now; end++ {
			i := rows[end]
			w := e.weight(i) * math.Exp(eta[i]-shift)
			risk.add(w, e.x[i])
			if e.Event[i] {
				dead.add(w, e.x[i])
				any = true
			}
		}
		if any && e.late != nil {
			for ; left < len(rows) && e.Start[e.late[k][left]] >= now; left++ {
				i := e.late[k][left]
				risk.add(-e.weight(i)*math.Exp(eta[i]-shift), e.x[i])
			}
		}
		if any {
			visit(risk, dead, rows[at:end], shift)
		}
		at = end
	}
}

// runaways names the coefficients that still move by a large part of their column's spread although the likelihood has nothing left
// to gain: it rises without end along them.
func (e *efron) runaways(decrement float64, step *mat.VecDense) (names []string) {
	for j, name := range e.Names {
		sd := math.Sqrt(e.spread[j] / float64(len(e.x)))
		if decrement < 1e-9 && math.Abs(step.AtVec(j))*sd > 0.1 {
			names = append(names, name)
		}
	}
	return names
}
