package compare

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"pumplab/analysis/tail"
)

// Wilcoxon is the signed-rank test of paired numbers, as R's wilcox.test(x, y, paired=TRUE).
type Wilcoxon struct {
	V      float64 // sum of the ranks of positive differences
	P      float64 // of the side asked
	Side   Side
	Method string // "exact", or "normal approximation with continuity correction"
	N      int    // differences that are not zero
	Ties   int    // non-zero differences that share their size with another
	Zeros  int    // differences of zero, left out
	Miss   int    // pairs with a missing value, left out
	Note   string
}

// The names of the two ways to a p value.
const (
	ExactMethod  = "exact"
	NormalMethod = "normal approximation with continuity correction"
)

// NewWilcoxon tests whether x - y is symmetric about zero. It is exact when fewer than 50 differences remain, none is tied
// and none is zero; otherwise the normal approximation with tie-corrected variance and continuity correction is used,
// as R does, and Method says so.
func NewWilcoxon(x, y []float64, side Side) (Wilcoxon, error) {
	if len(x) != len(y) {
		return Wilcoxon{}, fmt.Errorf("compute Wilcoxon's test: %d and %d values; pairs are needed", len(x), len(y))
	}
	w := Wilcoxon{Side: side}
	var d []float64
	for i := range x {
		e := x[i] - y[i]
		switch {
		case math.IsNaN(e) && !math.IsInf(x[i], 0):
			w.Miss++
		case math.IsInf(x[i], 0) || math.IsInf(y[i], 0):
			return w, fmt.Errorf("compute Wilcoxon's test: pair %d is infinite", i+1)
		case e == 0:
			w.Zeros++
		default:
			d = append(d, e)
		}
	}
	if w.N = len(d); w.N == 0 {
		if w.Zeros == 0 {
			return w, errors.New("compute Wilcoxon's test: there is no complete pair")
		}
		w.P, w.Method, w.Note = math.NaN(), NormalMethod, "all differences are zero, so there is nothing to test"
		return w, nil
	}
	size := make([]float64, len(d))
	for i, e := range d {
		size[i] = math.Abs(e)
	}
	ranks, groups := Ranks(size)
	for i, e := range d {
		if e > 0 {
			w.V += ranks[i]
		}
	}
	cube := 0.0
	for _, g := range groups {
		if g > 1 {
			w.Ties += g
		}
		cube += float64(g*g*g - g)
	}
	if w.N < 50 && w.Ties == 0 && w.Zeros == 0 {
		w.Method, w.P = ExactMethod, exactSignedRank(int(w.V), w.N, side)
		return w, nil
	}
	w.Method = NormalMethod
	n := float64(w.N)
	z, sd := w.V-n*(n+1)/4, math.Sqrt(n*(n+1)*(2*n+1)/24-cube/48)
	w.P = correctedNormal(z, sd, side)
	return w, nil
}

// correctedNormal is the p value of a rank sum z away from its mean, moved half a step towards it.
func correctedNormal(z, sd float64, side Side) float64 {
	switch side {
	case Less:
		return tail.Normal(-(z + 0.5) / sd)
	case Greater:
		return tail.Normal((z - 0.5) / sd)
	}
	if z == 0 {
		return 1
	}
	return min(1, tail.NormalTwoSided((math.Abs(z)-0.5)/sd))
}

// exactSignedRank counts the sign patterns of ranks 1 … n (n < 50, so counts are exact in a float64).
func exactSignedRank(v, n int, side Side) float64 {
	top := n * (n + 1) / 2
	count := make([]float64, top+1)
	count[0] = 1
	for r := 1; r <= n; r++ {
		for s := top; s >= r; s-- {
			count[s] += count[s-r]
		}
	}
	all := math.Pow(2, float64(n))
	lower, upper := 0.0, 0.0
	for s := 0; s <= v; s++ {
		lower += count[s]
	}
	for s := v; s <= top; s++ {
		upper += count[s]
	}
	switch side {
	case Less:
		return lower / all
	case Greater:
		return upper / all
	}
	return min(1, 2*min(lower, upper)/all)
}

// Ranks returns mid-ranks from 1 and the sizes of the groups of equal values.
func Ranks(x []float64) (ranks []float64, groups []int) {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case x[a] < x[b]:
			return -1
		case x[a] > x[b]:
			return 1
		}
		return 0
	})
	ranks = make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		for k := i; k < j; k++ {
			ranks[order[k]] = float64(i+j+1) / 2
		}
		groups = append(groups, j-i)
		i = j
	}
	return ranks, groups
}

// Friedman tests whether k ≥ 2 columns of the same people have equal ranks, with the correction for ties of R's friedman.test
// (chi-squared with k-1 degrees of freedom, upper tail). Rows with a missing value are left out.
func Friedman(rows [][]float64) (Test, error) {
	full, dropped, err := completeRows("compute Friedman's test", rows, 2, 2)
	if err != nil {
		return Test{}, err
	}
	n, k := float64(len(full)), float64(len(full[0]))
	sums := make([]float64, len(full[0]))
	ties := 0.0
	for _, row := range full {
		ranks, groups := Ranks(row)
		for j, r := range ranks {
			sums[j] += r
		}
		for _, g := range groups {
			ties += float64(g*g*g - g)
		}
	}
	between := 0.0
	for _, s := range sums {
		between += (s - n*(k+1)/2) * (s - n*(k+1)/2)
	}
	t := Test{DF: k - 1, N: len(full), K: len(sums), Dropped: dropped}
	den := n*k*(k+1) - ties/(k-1)
	if den <= 1e-9*n*k*(k+1) {
		t.Statistic, t.P = math.NaN(), math.NaN()
		t.Note = "every row has the same value in all columns, so there is nothing to test"
		return t, nil
	}
	t.Statistic = 12 * between / den
	t.P = tail.ChiSquared(t.Statistic, t.DF)
	return t, nil
}
