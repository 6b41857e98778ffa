package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
)

// Clusters are events of several groups that come from the same clusters: Sum[c][g] of Size[c][g] in cluster c and group g. A
// cluster that lacks a group has size 0 there.
type Clusters struct {
	Sum, Size [][]float64
	Unit      float64 // what one event adds to Sum; 1 for counts
}

// Standings draws the groups' rates together and counts places: each draw takes as many clusters with replacement as there are
// (the bootstrap over clusters, the same for all groups, so that what one cluster does in two groups stays paired) and adds
// Gamma(½) variates to every group's events and non-events, so that a group without an event is not taken to be without risk.
// With clusters of one event each, sum and size have mean and variance of Jeffreys' posterior Beta(k+½, n-k+½) as n grows. rng
// makes the answer repeatable.
func (c Clusters) Standings(draws int, rng *rand.Rand) ([]Standing, error) {
	if len(c.Sum) == 0 || len(c.Sum) != len(c.Size) || draws < 1 {
		return nil, fmt.Errorf("rank designs: %d clusters of sums, %d of sizes, %d draws", len(c.Sum), len(c.Size), draws)
	}
	groups := len(c.Sum[0])
	for i := range c.Sum {
		if len(c.Sum[i]) != groups || len(c.Size[i]) != groups {
			return nil, fmt.Errorf("rank designs: cluster %d has %d sums and %d sizes, cluster 1 has %d", i+1, len(c.Sum[i]), len(c.Size[i]), groups)
		}
	}
	out := make([]Standing, groups)
	for g := range out {
		out[g].Rank = make([]float64, groups)
	}
	half := func() float64 { z := rng.NormFloat64(); return z * z / 2 } // Gamma(½)
	sum, size, rate, place := make([]float64, groups), make([]float64, groups), make([]float64, groups), make([]int, groups)
	for range draws {
		for g := range out {
			event := half()
			sum[g], size[g], place[g] = c.Unit*event, event+half(), g
		}
		for range c.Sum {
			i := rng.IntN(len(c.Sum))
			for g := range out {
				sum[g] += c.Sum[i][g]
				size[g] += c.Size[i][g]
			}
		}
		lowest := math.Inf(1)
		for g := range out {
			rate[g] = sum[g] / size[g]
			lowest = min(lowest, rate[g])
		}
		sort.Slice(place, func(a, b int) bool { return rate[place[a]] < rate[place[b]] })
		for at, g := range place {
			out[g].Rank[at]++
			out[g].Regret += rate[g] - lowest
		}
	}
	for g := range out {
		for at := range out[g].Rank {
			out[g].Rank[at] /= float64(draws)
		}
		out[g].Regret /= float64(draws)
	}
	return out, nil
}
