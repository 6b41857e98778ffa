package compare_test

import (
	"math"
	"testing"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// The size of each exact test by complete enumeration: the chance of p ≤ 0.05 when there is no difference is at most 0.05.
func TestExactTestsKeepTheirSize(t *testing.T) {
	const alpha = 0.05
	var conditional [81]float64 // of the mid-p test, given the number of pairs that differ
	for n := 1; n <= 80; n++ {
		exact, mid := 0.0, 0.0
		for b := 0; b <= n; b++ {
			e, m := compare.ExactPaired(b, n-b)
			weight := tail.BinomialPoint(b, n, 0.5)
			if e <= alpha {
				exact += weight
			}
			if m <= alpha {
				mid += weight
			}
		}
		conditional[n] = mid
		if exact > alpha || mid < exact {
			t.Errorf("%d pairs that differ: exact %.4f, mid-p %.4f", n, exact, mid)
		}
	}
	for psi := 0.1; psi < 0.95; psi += 0.1 {
		size := 0.0
		for m := 1; m <= 80; m++ {
			size += tail.BinomialPoint(m, 80, psi) * conditional[m]
		}
		if size > 0.0525 || size < 0.035 { // Fagerland, Lydersen & Laake 2013: nearly always below 5 %
			t.Errorf("mid-p with 80 pairs, %.0f %% of which differ: size %.4f", 100*psi, size)
		}
	}
	for _, n := range []int{5, 8, 11} {
		size := 0.0
		for signs := range 1 << n {
			x := make([]float64, n)
			for i := range x {
				x[i] = float64(i + 1)
				if signs>>i&1 == 1 {
					x[i] = -x[i]
				}
			}
			if must(compare.NewWilcoxon(x, make([]float64, n), compare.TwoSided)).P <= alpha {
				size += 1 / float64(int(1)<<n)
			}
		}
		if size > alpha {
			t.Errorf("signed rank of %d: size %.4f", n, size)
		}
	}
	for k := 1; k < 24; k++ { // two groups of 12 and 12, k events in all
		size := 0.0
		for a := max(0, k-12); a <= min(12, k); a++ {
			if must(compare.NewFisher(a, 12-a, k-a, 12-k+a, compare.TwoSided, 0.95)).P <= alpha {
				size += math.Exp(tail.LogChoose(12, a) + tail.LogChoose(12, k-a) - tail.LogChoose(24, k))
			}
		}
		if size > alpha {
			t.Errorf("Fisher with %d events: size %.4f", k, size)
		}
	}
}

// Coverage of the intervals of a difference by complete enumeration of two groups of 20: over a grid of true shares the mean is near 95 %,
// and nowhere below 90 %.
func TestDifferenceIntervalsCover(t *testing.T) {
	const n = 20
	var newcombe, mn [n + 1][n + 1]describe.Interval
	for i := range n + 1 {
		for j := range n + 1 {
			r := must(compare.NewTwoProportions(compare.Two{K1: i, N1: n, K2: j, N2: n}, 0.95))
			newcombe[i][j], mn[i][j] = r.Newcombe, r.MiettinenNurminen
		}
	}
	for name, table := range map[string]*[n + 1][n + 1]describe.Interval{"newcombe": &newcombe, "miettinen-nurminen": &mn} {
		sum, count, least := 0.0, 0.0, 1.0
		for p1 := 0.05; p1 < 1; p1 += 0.1 {
			for p2 := 0.05; p2 < 1; p2 += 0.1 {
				cover := 0.0
				for i := range n + 1 {
					for j := range n + 1 {
						if table[i][j].Contains(p1 - p2) {
							cover += tail.BinomialPoint(i, n, p1) * tail.BinomialPoint(j, n, p2)
						}
					}
				}
				sum, count, least = sum+cover, count+1, min(least, cover)
			}
		}
		if mean := sum / count; mean < 0.945 || mean > 0.965 || least < 0.90 {
			t.Errorf("%s: mean coverage %.4f, least %.4f", name, mean, least)
		}
	}
}

// The same for paired tables of 25 people over chances of the two kinds of differing pair.
func TestPairedIntervalsCover(t *testing.T) {
	const n = 25
	sum, least, count := map[string]float64{}, map[string]float64{}, 0.0
	for _, p := range [][4]float64{{.1, .1, .1, .7}, {.2, .15, .05, .6}, {.4, .1, .2, .3}, {.05, .3, .1, .55}, {.5, .05, .15, .3}, {.3, .2, .2, .3}} {
		cover := map[string]float64{}
		for b := range n + 1 {
			for c := range n + 1 - b {
				for a := range n + 1 - b - c {
					d := n - a - b - c
					weight := math.Exp(tail.LogChoose(n, a)+tail.LogChoose(n-a, b)+tail.LogChoose(n-a-b, c)) *
						math.Pow(p[0], float64(a)) * math.Pow(p[1], float64(b)) * math.Pow(p[2], float64(c)) * math.Pow(p[3], float64(d))
					if weight < 1e-9 {
						continue
					}
					m := must(compare.NewMcNemar(compare.Paired{Both: a, First: b, Second: c, Neither: d}, 0.95))
					for name, i := range map[string]describe.Interval{"tango": m.Tango, "newcombe": m.Newcombe, "bonett-price": m.BonettPrice} {
						if i.Contains(p[1] - p[2]) {
							cover[name] += weight
						}
					}
				}
			}
		}
		count++
		for name, c := range cover {
			sum[name] += c
			if l, ok := least[name]; !ok || c < l {
				least[name] = c
			}
		}
	}
	for name := range sum {
		if mean := sum[name] / count; mean < 0.94 || mean > 0.98 || least[name] < 0.925 {
			t.Errorf("%s: mean coverage %.4f, least %.4f", name, mean, least[name])
		}
	}
}
