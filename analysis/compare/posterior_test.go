package compare_test

import (
	"math"
	"testing"

	"pumplab/analysis/compare"

	"pgregory.net/rapid"
)

// Reference: R 4.2.2, integrate(function(u) pbeta(qbeta(u, k2+.5, n2-k2+.5) + m, k1+.5, n1-k1+.5), 0, 1, rel.tol=1e-12).
func TestPosteriorAgreesWithR(t *testing.T) {
	for _, c := range []struct {
		two    compare.Two
		margin float64
		want   [3]float64
	}{
		{compare.Two{K1: 3, N1: 40, K2: 9, N2: 40}, 0.05, [3]float64{0.97151988041225, 0.89562982883331, 0.99412143588694}},
		{compare.Two{K1: 0, N1: 24, K2: 0, N2: 24}, 0.1, [3]float64{0.5, 0.015793831744178, 0.98420616825581}},
		{compare.Two{K1: 0, N1: 15, K2: 12, N2: 15}, 0.02, [3]float64{0.99999962403917, 0.99999935752683, 0.9999997823811}},
		{compare.Two{K1: 200, N1: 1000, K2: 230, N2: 1000}, 0.03, [3]float64{0.9487869040712, 0.49935539759887, 0.99945249025786}},
	} {
		p := must(compare.NewPosterior(c.two, c.margin, 0.95))
		for i, got := range [3]float64{p.FirstLower, p.FirstLowerByMargin, p.FirstNotWorse} {
			if math.Abs(got-c.want[i]) > 1e-9 {
				t.Errorf("%+v: %.12g, want %.12g", c.two, got, c.want[i])
			}
		}
	}
	if _, err := compare.NewPosterior(compare.Two{K1: 1, N1: 2, K2: 1, N2: 2}, -0.1, 0.95); err == nil {
		t.Error("a negative margin was accepted")
	}
}

func TestPosteriorProbabilitiesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawTwo(t)
		m := rapid.Float64Range(0, 0.5).Draw(t, "margin")
		p := must(compare.NewPosterior(a, m, 0.95))
		q := must(compare.NewPosterior(compare.Two{K1: a.K2, N1: a.N2, K2: a.K1, N2: a.N1}, m, 0.95))
		if math.Abs(p.FirstLower+q.FirstLower-1) > 1e-8 || math.Abs(p.FirstNotWorse+q.FirstLowerByMargin-1) > 1e-8 {
			t.Fatalf("%+v and turned %+v", p, q)
		}
		if p.FirstLowerByMargin > p.FirstLower+1e-12 || p.FirstLower > p.FirstNotWorse+1e-12 {
			t.Fatalf("%+v", p)
		}
	})
}
