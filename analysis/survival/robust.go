package survival

import (
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/mat"
)

// clusters are the groups of the robust errors: those given, each row where a weight is not whole, else nil.
func (m Model) clusters() []int {
	if m.Cluster != nil || !slices.ContainsFunc(m.Weight, func(w float64) bool { return w != math.Trunc(w) }) {
		return m.Cluster
	}
	own := make([]int, len(m.Weight))
	for i := range own {
		own[i] = i
	}
	return own
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
			sum[c][j] += e.weight(i) * r[j]
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
	for k := range e.strata {
		e.stratumResiduals(k, eta, resid)
	}
	return resid
}

// hazard is the increment at one time: dh = Σ 1/s0, hm = Σ mean/s0, and the same weighted by k/d for those with the event.
type hazard struct {
	time            float64
	dh, fdh         float64
	hm, fhm, centre []float64
}

func (e *efron) stratumResiduals(k int, eta []float64, resid [][]float64) {
	var list []hazard
	shift := 0.0
	e.sweepStratum(k, eta, func(risk, dead sums, at []int, sh float64) {
		shift = sh
		list = append(list, increment(risk, dead, e.deaths(at), e.dying(at), e.Time[at[0]]))
	})
	if len(list) == 0 {
		return
	}
	slices.Reverse(list)
	own := make([]hazard, len(list))
	copy(own, list)
	for i := 1; i < len(list); i++ { // cumulate from the earliest event on
		sum := make([]float64, len(e.Names))
		for j := range sum {
			sum[j] = list[i-1].hm[j] + list[i].hm[j]
		}
		list[i].dh, list[i].hm = list[i-1].dh+list[i].dh, sum
	}
	upTo := func(t float64) int { // number of event times at or before t
		return sort.Search(len(list), func(i int) bool { return list[i].time > t })
	}
	for _, i := range e.strata[k] {
		w, last, first := math.Exp(eta[i]-shift), upTo(e.Time[i]), 0
		if e.Start != nil {
			first = upTo(e.Start[i])
		}
		for j, v := range e.x[i] {
			if last > 0 {
				resid[i][j] -= w * (v*list[last-1].dh - list[last-1].hm[j])
			}
			if first > 0 {
				resid[i][j] += w * (v*list[first-1].dh - list[first-1].hm[j])
			}
			if e.Event[i] {
				o := own[last-1]
				resid[i][j] += v - o.centre[j] + w*(v*o.fdh-o.fhm[j])
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

// dying is the sum of the weights of the rows with the event.
func (e *efron) dying(rows []int) float64 {
	s := 0.0
	for _, i := range rows {
		if e.Event[i] {
			s += e.weight(i)
		}
	}
	return s
}

// increment adds up the d steps of one time; all is the weight of the d events.
func increment(risk, dead sums, d, all, time float64) hazard {
	p := len(risk.s1)
	h := hazard{time: time, hm: make([]float64, p), fhm: make([]float64, p), centre: make([]float64, p)}
	for k := 0.0; k < d; k++ {
		f := k / d
		s0 := risk.s0 - f*dead.s0
		w := all / d
		h.dh += w / s0
		h.fdh += w * f / s0
		for j := range p {
			m := (risk.s1[j] - f*dead.s1[j]) / s0
			h.hm[j] += w * m / s0
			h.fhm[j] += w * f * m / s0
			h.centre[j] += m / d
		}
	}
	return h
}
