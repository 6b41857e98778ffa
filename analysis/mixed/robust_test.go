package mixed_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// mustOdd makes a small unbalanced table with variances from nothing to large and a covariate on any scale.
func mustOdd(t *testing.T, rng *rand.Rand) *frame.Frame {
	t.Helper()
	sd, slope := []float64{0, 0.3, 1.5, 4}[rng.IntN(4)], []float64{0, 0.5, 2}[rng.IntN(3)]
	scale := []float64{1, 100, 0.01}[rng.IntN(3)]
	people, tasks := 5+rng.IntN(20), 3+rng.IntN(6)
	var who, task, design []string
	var x, binary, count, size, rating []float64
	for p := range people {
		b, bs := sd*rng.NormFloat64(), slope*rng.NormFloat64()
		for k := range tasks {
			for range 1 + rng.IntN(4) {
				z := rng.NormFloat64()
				eta := -0.5 + b + bs*z + 0.3*float64(k%3)
				who, task, design = append(who, fmt.Sprint("p", p)), append(task, fmt.Sprint("t", k)), append(design, string(rune('A'+k%3)))
				x = append(x, scale*(z+3))
				y := 0.0
				if rng.Float64() < 1/(1+math.Exp(-eta)) {
					y = 1
				}
				binary = append(binary, y)
				count = append(count, math.Floor(math.Exp(min(eta, 6))+2*rng.Float64()*rng.ExpFloat64()))
				size = append(size, eta+rng.NormFloat64())
				rating = append(rating, float64(1+min(3, max(0, int(eta+rng.NormFloat64()+1.5)))))
			}
		}
	}
	f, err := frame.New("odd", frame.NewText("who", who), frame.NewText("task", task), frame.NewText("design", design), frame.NewNumber("x", x),
		frame.NewNumber("binary", binary), frame.NewNumber("count", count), frame.NewNumber("size", size), frame.NewNumber("rating", rating))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEveryFitConvergesOrSaysWhyNot(t *testing.T) {
	for seed := range uint64(25) {
		table := mustOdd(t, rand.New(rand.NewPCG(seed, 3)))
		for _, s := range []mixed.Spec{
			{Formula: "binary ~ design + x + (1+x|who) + (1|task)", Family: "binomial"},
			{Formula: "binary ~ design + (1|who/task)", Family: "binomial"},
			{Formula: "count ~ design + x + (x||who) + (1|task)", Family: "poisson"},
			{Formula: "count ~ design + x + (1|who)", Family: "negbin"},
			{Formula: "count ~ x + (1+x|who)", Family: "negbin"},
			{Formula: "size ~ design*x + (1+x|who) + (1|task)"},
			{Formula: "size ~ design + (1|who/task)", ML: true},
			{Formula: "rating ~ design + x + (1|who) + (1|task)", Family: "cumulative"},
			{Formula: "binary ~ design + x + (1|who)", Family: "binomial", AGQ: 9},
		} {
			r, err := mixed.Fit(s, table)
			if err != nil { // a constant response, an empty level: a sentence
				continue
			}
			if !r.Converged && !r.Has("separation") {
				t.Errorf("table %d, %s: %v", seed, s.Formula, r.States)
			}
			for _, c := range r.Fixed {
				if !r.Has("separation") && !(c.SE > 0 && !math.IsInf(c.SE, 0) && c.Low < c.Estimate && c.Estimate < c.High) {
					t.Errorf("table %d, %s: %+v", seed, s.Formula, c)
				}
			}
		}
	}
}
