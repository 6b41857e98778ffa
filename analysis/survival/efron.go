package survival

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// efron is the partial likelihood with Efron's correction over one or more strata; columns are centred.
type efron struct {
	Model
	x      [][]float64 // centred
	strata [][]int     // rows by falling time
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
	if len(m.X) != n || (m.Stratum != nil && len(m.Stratum) != n) || (m.Cluster != nil && len(m.Cluster) != n) {
		return nil, errors.New("fit Cox model: times, columns, strata and clusters differ in length")
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
	return e, nil
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
		d := 0.0
		for _, i := range rows {
			if e.Event[i] {
				d++
				pt.loglik += eta[i] - shift
				for j, v := range e.x[i] {
					pt.grad.SetVec(j, pt.grad.AtVec(j)+v)
				}
			}
		}
		for k := 0.0; k < d; k++ {
			f := k / d
			s0 := risk.s0 - f*dead.s0
			pt.loglik -= math.Log(s0)
			for a := range p {
				ma := (risk.s1[a] - f*dead.s1[a]) / s0
				pt.grad.SetVec(a, pt.grad.AtVec(a)-ma)
				for b := a; b < p; b++ {
					mb := (risk.s1[b] - f*dead.s1[b]) / s0
					v := (risk.s2[a*p+b]-f*dead.s2[a*p+b])/s0 - ma*mb
					pt.info.SetSym(a, b, pt.info.At(a, b)+v)
				}
			}
		}
	})
	if math.IsNaN(pt.loglik) {
		pt.loglik = math.Inf(-1)
	}
	return pt
}

// sweep calls visit for each time with an event, latest first, with the sums of those at risk, of those with the event, and the rows
// of that time. Weights are e^(η-shift).
func (e *efron) sweep(eta []float64, visit func(risk, dead sums, rows []int, shift float64)) {
	p := len(e.Names)
	for _, rows := range e.strata {
		shift := math.Inf(-1)
		for _, i := range rows {
			shift = math.Max(shift, eta[i])
		}
		risk := newSums(p)
		for at := 0; at < len(rows); {
			end, dead, any := at, newSums(p), false
			for ; end < len(rows) && e.Time[rows[end]] == e.Time[rows[at]]; end++ {
				i := rows[end]
				w := math.Exp(eta[i] - shift)
				risk.add(w, e.x[i])
				if e.Event[i] {
					dead.add(w, e.x[i])
					any = true
				}
			}
			if any {
				visit(risk, dead, rows[at:end], shift)
			}
			at = end
		}
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

// robust returns the covariance grouped by cluster: D'D with D the sums of dfbeta per cluster, and the number of clusters.
func (e *efron) robust(beta []float64, cov *mat.SymDense, cluster []int) (*mat.SymDense, int) {
	p := len(beta)
	resid := e.scoreResiduals(beta)
	at := map[int]int{}
	var sum [][]float64
	for i, r := range resid {
		c, ok := at[cluster[i]]
		if !ok {
			c = len(sum)
			at[cluster[i]] = c
			sum = append(sum, make([]float64, p))
		}
		for j := range p {
			sum[c][j] += r[j]
		}
	}
	meat := mat.NewSymDense(p, nil)
	for _, s := range sum {
		meat.SymRankOne(meat, 1, mat.NewVecDense(p, s))
	}
	var half, full mat.Dense
	half.Mul(cov, meat)
	full.Mul(&half, cov)
	out := mat.NewSymDense(p, nil)
	for a := range p {
		for b := a; b < p; b++ {
			out.SetSym(a, b, (full.At(a, b)+full.At(b, a))/2)
		}
	}
	return out, len(sum)
}

// scoreResiduals returns each row's share of the gradient (as R's residuals(type="score") with Efron ties).
func (e *efron) scoreResiduals(beta []float64) [][]float64 {
	p := len(beta)
	eta := e.eta(beta)
	resid := make([][]float64, len(e.x))
	for i := range resid {
		resid[i] = make([]float64, p)
	}
	for _, rows := range e.strata {
		e.stratumResiduals(rows, eta, resid)
	}
	return resid
}

// hazard is the increment at one time: dh = Σ 1/s0, hm = Σ mean/s0, and the same weighted by k/d for those with the event.
type hazard struct {
	time            float64
	dh, fdh         float64
	hm, fhm, centre []float64
}

func (e *efron) stratumResiduals(rows []int, eta []float64, resid [][]float64) {
	one := &efron{Model: e.Model, x: e.x, strata: [][]int{rows}}
	var list []hazard
	shift := 0.0
	one.sweep(eta, func(risk, dead sums, at []int, sh float64) {
		shift = sh
		list = append(list, increment(risk, dead, e.deaths(at), e.Time[at[0]]))
	})
	if len(list) == 0 {
		return
	}
	p := len(e.Names)
	h, hm := 0.0, make([]float64, p) // cumulated from the earliest event on
	next := len(list) - 1
	for k := len(rows) - 1; k >= 0; k-- {
		i := rows[k]
		for next >= 0 && list[next].time <= e.Time[i] {
			h += list[next].dh
			for j := range hm {
				hm[j] += list[next].hm[j]
			}
			next--
		}
		w := math.Exp(eta[i] - shift)
		for j, v := range e.x[i] {
			resid[i][j] -= w * (v*h - hm[j])
		}
		if e.Event[i] {
			own := list[next+1]
			for j, v := range e.x[i] {
				resid[i][j] += v - own.centre[j] + w*(v*own.fdh-own.fhm[j])
			}
		}
	}
}

func (e *efron) deaths(rows []int) float64 {
	d := 0.0
	for _, i := range rows {
		if e.Event[i] {
			d++
		}
	}
	return d
}

func increment(risk, dead sums, d, time float64) hazard {
	p := len(risk.s1)
	h := hazard{time: time, hm: make([]float64, p), fhm: make([]float64, p), centre: make([]float64, p)}
	for k := 0.0; k < d; k++ {
		f := k / d
		s0 := risk.s0 - f*dead.s0
		h.dh += 1 / s0
		h.fdh += f / s0
		for j := range p {
			m := (risk.s1[j] - f*dead.s1[j]) / s0
			h.hm[j] += m / s0
			h.fhm[j] += f * m / s0
			h.centre[j] += m / d
		}
	}
	return h
}
