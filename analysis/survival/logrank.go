package survival

import (
	"errors"
	"fmt"
	"math"

	"pumplab/analysis/tail"

	"gonum.org/v1/gonum/mat"
)

// LogRank is the test that groups have the same hazard, as R's survdiff (rho = 0), stratified if strata are given.
type LogRank struct {
	N, Observed  []int
	Expected     []float64
	Chi2, DF, P  float64 // upper tail
	GroupsTested int     // groups with an expected number above zero
}

// NewLogRank compares groups numbered from 0. stratum may be nil.
func NewLogRank(t Times, group, stratum []int) (LogRank, error) {
	if err := t.Check(); err != nil {
		return LogRank{}, err
	}
	if t.Start != nil {
		return LogRank{}, errLateEntry
	}
	k := 0
	for _, g := range group {
		if g < 0 {
			return LogRank{}, fmt.Errorf("compute log-rank: group number %d is negative", g)
		}
		k = max(k, g+1)
	}
	if len(group) != len(t.Time) || (stratum != nil && len(stratum) != len(t.Time)) {
		return LogRank{}, errors.New("compute log-rank: times, groups and strata differ in length")
	}
	if k < 2 {
		return LogRank{}, errors.New("compute log-rank: only one group; two are needed to compare")
	}
	r := LogRank{N: make([]int, k), Observed: make([]int, k), Expected: make([]float64, k)}
	for _, g := range group {
		r.N[g]++
	}
	v := mat.NewSymDense(k, nil)
	for _, rows := range strataOf(stratum, t.order()) {
		r.add(t, group, rows, v)
	}
	return r, r.test(v)
}

// strataOf splits ordered rows by stratum, keeping the order.
func strataOf(stratum, order []int) [][]int {
	if stratum == nil {
		return [][]int{order}
	}
	at := map[int]int{}
	var out [][]int
	for _, i := range order {
		j, ok := at[stratum[i]]
		if !ok {
			j = len(out)
			at[stratum[i]] = j
			out = append(out, nil)
		}
		out[j] = append(out[j], i)
	}
	return out
}

func (r *LogRank) add(t Times, group, rows []int, v *mat.SymDense) {
	k := len(r.N)
	risk := make([]float64, k)
	for _, i := range rows {
		risk[group[i]]++
	}
	total := float64(len(rows))
	for at := 0; at < len(rows); {
		gone, d := make([]float64, k), 0.0
		now, end := t.Time[rows[at]], at
		for ; end < len(rows) && t.Time[rows[end]] == now; end++ {
			i := rows[end]
			gone[group[i]]++
			if t.Event[i] {
				d++
				r.Observed[group[i]]++
			}
		}
		if d > 0 {
			c := 0.0
			if total > 1 {
				c = d * (total - d) / (total - 1)
			}
			for a := range k {
				r.Expected[a] += d * risk[a] / total
				for b := a; b < k; b++ {
					s := -risk[a] * risk[b] / (total * total)
					if a == b {
						s += risk[a] / total
					}
					v.SetSym(a, b, v.At(a, b)+c*s)
				}
			}
		}
		for g := range gone {
			risk[g] -= gone[g]
		}
		total -= float64(end - at)
		at = end
	}
}

func (r *LogRank) test(v *mat.SymDense) error {
	var use []int
	for g, e := range r.Expected {
		if e > 0 {
			use = append(use, g)
		}
	}
	r.GroupsTested = len(use)
	if len(use) < 2 {
		return errors.New("compute log-rank: fewer than two groups were at risk at an event")
	}
	use = use[1:]
	sub, d := mat.NewSymDense(len(use), nil), mat.NewVecDense(len(use), nil)
	for i, a := range use {
		d.SetVec(i, float64(r.Observed[a])-r.Expected[a])
		for j := i; j < len(use); j++ {
			sub.SetSym(i, j, v.At(a, use[j]))
		}
	}
	var chol mat.Cholesky
	var x mat.VecDense
	if !chol.Factorize(sub) || chol.SolveVecTo(&x, d) != nil {
		return errors.New("compute log-rank: at every event all those at risk were in one group, so groups cannot be compared")
	}
	r.Chi2, r.DF = math.Max(0, mat.Dot(d, &x)), float64(len(use))
	r.P = tail.ChiSquared(r.Chi2, r.DF)
	return nil
}
