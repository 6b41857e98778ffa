package compare

import (
	"fmt"
	"math/rand/v2"
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
	half := func() float64 { z := rng.NormFloat64(); return z * z / 2 } // Gamma(½)
	sum, size := make([]float64, groups), make([]float64, groups)
	return standings(groups, draws, func(rate []float64) {
		for g := range rate {
			event := half()
			sum[g], size[g] = c.Unit*event, event+half()
		}
		for range c.Sum {
			i := rng.IntN(len(c.Sum))
			for g := range rate {
				sum[g] += c.Sum[i][g]
				size[g] += c.Size[i][g]
			}
		}
		for g := range rate {
			rate[g] = sum[g] / size[g]
		}
	}), nil
}
