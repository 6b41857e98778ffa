package compare_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pumplab/analysis/compare"
)

func TestStandingsOfTwoAgreeWithQuadrature(t *testing.T) {
	s, err := compare.NewStandings([]int{4, 9}, []int{100, 110}, 200_000, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		t.Fatal(err)
	}
	p, err := compare.NewPosterior(compare.Two{K1: 4, N1: 100, K2: 9, N2: 110}, 0, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if d := math.Abs(s[0].Rank[0] - p.FirstLower); d > 0.005 {
		t.Errorf("P(first is lowest) %.4f by drawing, %.4f by quadrature", s[0].Rank[0], p.FirstLower)
	}
	if d := s[1].Regret - s[0].Regret - (p.Mean2 - p.Mean1); math.Abs(d) > 0.001 { // E[r2-min] - E[r1-min] = E[r2] - E[r1]
		t.Errorf("regrets %.4f and %.4f do not differ as the means %.4f and %.4f", s[0].Regret, s[1].Regret, p.Mean1, p.Mean2)
	}
}

func TestStandingsAreSharesOfOne(t *testing.T) {
	s, err := compare.NewStandings([]int{0, 0, 5}, []int{10, 10, 10}, 2000, rand.New(rand.NewPCG(3, 4)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range s {
		sum := 0.0
		for at := range s {
			sum += s[i].Rank[at]
		}
		if math.Abs(sum-1) > 1e-12 || s[i].Regret < 0 {
			t.Errorf("design %d: %v", i, s[i])
		}
	}
	if _, err := compare.NewStandings([]int{3}, []int{2}, 10, rand.New(rand.NewPCG(1, 1))); err == nil {
		t.Error("3 of 2 were ranked")
	}
}
