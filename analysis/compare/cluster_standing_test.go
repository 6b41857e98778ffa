package compare_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pumplab/analysis/compare"
)

// singles are clusters of one event in one group each: k of n.
func singles(k, n []int) compare.Clusters {
	c := compare.Clusters{Unit: 1}
	for g := range k {
		for i := range n[g] {
			sum, size := make([]float64, len(k)), make([]float64, len(k))
			size[g] = 1
			if i < k[g] {
				sum[g] = 1
			}
			c.Sum, c.Size = append(c.Sum, sum), append(c.Size, size)
		}
	}
	return c
}

func TestStandingsOfSingleEventsAreNearJeffreys(t *testing.T) {
	k, n := []int{2, 5, 0}, []int{40, 40, 30}
	want, err := compare.NewStandings(k, n, 40_000, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := singles(k, n).Standings(40_000, rand.New(rand.NewPCG(3, 4)))
	if err != nil {
		t.Fatal(err)
	}
	for g := range want {
		for at := range want[g].Rank {
			if d := math.Abs(got[g].Rank[at] - want[g].Rank[at]); d > 0.04 { // two moments agree, not the whole shape
				t.Errorf("group %d, place %d: %.3f, Jeffreys has %.3f", g, at+1, got[g].Rank[at], want[g].Rank[at])
			}
		}
		if d := math.Abs(got[g].Regret - want[g].Regret); d > 0.002 {
			t.Errorf("group %d: regret %.4f, Jeffreys has %.4f", g, got[g].Regret, want[g].Regret)
		}
	}
}

// Twenty errors of one person say less about a design than twenty errors of twenty people.
func TestOnePersonsErrorsMakeNoDesignSurelyWorse(t *testing.T) {
	spread, lumped := compare.Clusters{Unit: 1}, compare.Clusters{Unit: 1}
	for person := range 20 {
		size := []float64{20, 20}
		spread.Sum, spread.Size = append(spread.Sum, []float64{1, 2}), append(spread.Size, size)
		one := []float64{1, 1}
		if person == 0 {
			one = []float64{1, 21}
		}
		lumped.Sum, lumped.Size = append(lumped.Sum, one), append(lumped.Size, size)
	}
	best := func(c compare.Clusters) float64 {
		s, err := c.Standings(20_000, rand.New(rand.NewPCG(5, 6)))
		if err != nil {
			t.Fatal(err)
		}
		return s[0].Rank[0]
	}
	if many, one := best(spread), best(lumped); many < 0.99 || one > 0.85 || one >= many {
		t.Errorf("the first is best with %.3f if all differ, %.3f if one person does", many, one)
	}
}

func TestStandingsRefuseRaggedClusters(t *testing.T) {
	bad := compare.Clusters{Sum: [][]float64{{1, 2}, {1}}, Size: [][]float64{{1, 2}, {1}}, Unit: 1}
	if _, err := bad.Standings(10, rand.New(rand.NewPCG(1, 1))); err == nil {
		t.Error("taken")
	}
}
