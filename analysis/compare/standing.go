package compare

import (
	"fmt"
	"math/rand/v2"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// Standing is what is believed about the place of one of several error rates: Rank[0] is the probability that it is the lowest.
type Standing struct {
	Rank   []float64
	Regret float64 // expected excess over the truly lowest rate: what it costs to choose this one if it is not the best
}

// NewStandings draws rates from Jeffreys' posterior of each group, Beta(k+½, n-k+½), groups independent of each other, and counts
// places. rng makes the answer repeatable; with 20,000 draws a probability has a Monte Carlo error of at most 0.0036.
func NewStandings(k, n []int, draws int, rng *rand.Rand) ([]Standing, error) {
	if len(k) == 0 || len(k) != len(n) || draws < 1 {
		return nil, fmt.Errorf("rank designs: %d counts of %d sizes in %d draws", len(k), len(n), draws)
	}
	beta := make([]distuv.Beta, len(k))
	for i := range k {
		if err := (Two{K1: k[i], N1: n[i], K2: 0, N2: 1}).Check(); err != nil {
			return nil, fmt.Errorf("rank designs: %w", err)
		}
		beta[i] = distuv.Beta{Alpha: float64(k[i]) + 0.5, Beta: float64(n[i]-k[i]) + 0.5, Src: rng}
	}
	return standings(len(k), draws, func(rate []float64) {
		for i := range rate {
			rate[i] = beta[i].Rand()
		}
	}), nil
}

// standings counts the places of rates that draw fills in, draws times.
func standings(groups, draws int, draw func(rate []float64)) []Standing {
	out := make([]Standing, groups)
	for g := range out {
		out[g].Rank = make([]float64, groups)
	}
	rate, place := make([]float64, groups), make([]int, groups)
	for range draws {
		for g := range place {
			place[g] = g
		}
		draw(rate)
		sort.Slice(place, func(a, b int) bool { return rate[place[a]] < rate[place[b]] })
		lowest := rate[place[0]]
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
	return out
}
