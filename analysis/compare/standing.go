package compare

import (
	"fmt"
	"math"
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
	out := make([]Standing, len(k))
	beta := make([]distuv.Beta, len(k))
	for i := range k {
		if err := (Two{K1: k[i], N1: n[i], K2: 0, N2: 1}).Check(); err != nil {
			return nil, fmt.Errorf("rank designs: %w", err)
		}
		out[i].Rank = make([]float64, len(k))
		beta[i] = distuv.Beta{Alpha: float64(k[i]) + 0.5, Beta: float64(n[i]-k[i]) + 0.5, Src: rng}
	}
	rate, place := make([]float64, len(k)), make([]int, len(k))
	for range draws {
		lowest := math.Inf(1)
		for i := range k {
			rate[i], place[i] = beta[i].Rand(), i
			lowest = min(lowest, rate[i])
		}
		sort.Slice(place, func(a, b int) bool { return rate[place[a]] < rate[place[b]] })
		for at, i := range place {
			out[i].Rank[at]++
			out[i].Regret += rate[i] - lowest
		}
	}
	for i := range out {
		for at := range out[i].Rank {
			out[i].Rank[at] /= float64(draws)
		}
		out[i].Regret /= float64(draws)
	}
	return out, nil
}
