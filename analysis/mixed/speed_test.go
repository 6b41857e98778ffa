package mixed_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// MustSimulate makes a crossed study: people × designs × tasks, with a binary, a count and a continuous response.
func MustSimulate(t testing.TB, people, designs, tasks int, seed uint64) *frame.Frame {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	up, ut := make([]float64, people), make([]float64, tasks)
	for i := range up {
		up[i] = 0.9 * rng.NormFloat64()
	}
	for i := range ut {
		ut[i] = 0.6 * rng.NormFloat64()
	}
	var who, what, design []string
	var binary, count, seconds []float64
	for p := range people {
		for d := range designs {
			for k := range tasks {
				who = append(who, fmt.Sprintf("p%04d", p))
				what = append(what, fmt.Sprintf("t%04d", k))
				design = append(design, string(rune('A'+d)))
				eta := -1.2 + 0.3*float64(d) + up[p] + ut[k]
				y := 0.0
				if rng.Float64() < 1/(1+math.Exp(-eta)) {
					y = 1
				}
				binary = append(binary, y)
				seconds = append(seconds, eta+rng.NormFloat64())
				c := 0.0
				for limit := math.Exp(-math.Exp(eta / 2)); ; c++ {
					if limit /= rng.Float64(); limit > 1 {
						break
					}
				}
				count = append(count, c)
			}
		}
	}
	f, err := frame.New("simulated", frame.NewText("participant", who), frame.NewText("task", what), frame.NewText("design", design),
		frame.NewNumber("error", binary), frame.NewNumber("count", count), frame.NewNumber("seconds", seconds))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// pool runs on every core, as the program does.
func pool(n int, f func(int)) {
	var wait sync.WaitGroup
	cores := min(n, runtime.GOMAXPROCS(0))
	for c := range cores {
		wait.Go(func() {
			for i := c; i < n; i += cores {
				f(i)
			}
		})
	}
	wait.Wait()
}

func benchmark(b *testing.B, s mixed.Spec, people, designs, tasks int) {
	table := MustSimulate(b, people, designs, tasks, 1)
	s.Workers = pool
	m, err := mixed.Prepare(s, table)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if r, err := m.Fit(); err != nil || !r.Converged {
			b.Fatal(err, r.States)
		}
	}
}

const crossed = " ~ design + (1|participant) + (1|task)"

func BenchmarkLogistic480(b *testing.B) {
	benchmark(b, mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 20, 4, 6)
}

func BenchmarkLogistic9600(b *testing.B) {
	benchmark(b, mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 60, 4, 40)
}

func BenchmarkLogistic180000(b *testing.B) {
	benchmark(b, mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 300, 6, 100)
}

func BenchmarkPoisson9600(b *testing.B) {
	benchmark(b, mixed.Spec{Formula: "count" + crossed, Family: "poisson"}, 60, 4, 40)
}

func BenchmarkLinear36000(b *testing.B) {
	benchmark(b, mixed.Spec{Formula: "seconds" + crossed}, 150, 6, 40)
}

func BenchmarkPrepare9600(b *testing.B) {
	table := MustSimulate(b, 60, 4, 40, 1)
	for b.Loop() {
		if _, err := mixed.Prepare(mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, table); err != nil {
			b.Fatal(err)
		}
	}
}
