package compare_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"pumplab/analysis/describe"
	"pumplab/analysis/power"
)

// A promise is what a method says about its error rate: the share of studies without a difference in which it finds one, or the share of
// studies in which an interval does not hold the truth.
type promise string

const (
	nominal promise = "nominal" // the level, up to approximation
	atMost  promise = "at most" // never above the level: exact and corrected tests
	broken  promise = "broken"  // an assumption is violated on purpose: the rate must be seen to exceed the level
)

// A method is one line of the table.
type method struct {
	name  string
	level float64 // nominal share of errors
	says  promise
}

// A world simulates studies in which there is nothing to find, with the shares in common drawn anew for each study (so that the steps of
// one particular share average out), and says which of its methods erred.
type world struct {
	name    string
	methods []method
	study   func(rng *rand.Rand) ([]bool, error)
}

// errorRates counts the errors of each method over the studies, on every core. Study i has its own source, so cores change nothing.
func errorRates(t testing.TB, w world, studies int, seed uint64) []int {
	const parts = 16
	counts := [parts][]int{}
	var wait sync.WaitGroup
	cores := min(parts, runtime.GOMAXPROCS(0))
	failed := [parts]error{}
	for c := range cores {
		wait.Go(func() {
			for part := c; part < parts; part += cores {
				counts[part] = make([]int, len(w.methods))
				tally, err := power.Simulate(power.Plan{Seed: seed, From: part * studies / parts, To: (part + 1) * studies / parts}, func(rng *rand.Rand) (bool, error) {
					erred, err := w.study(rng)
					for k, e := range erred {
						if e {
							counts[part][k]++
						}
					}
					return false, err
				})
				if failed[part] = err; tally.FirstFailure != nil {
					failed[part] = tally.FirstFailure
				}
			}
		})
	}
	wait.Wait()
	total := make([]int, len(w.methods))
	for part := range parts {
		if failed[part] != nil {
			t.Fatalf("%s: %v", w.name, failed[part])
		}
		for k, n := range counts[part] {
			total[k] += n
		}
	}
	return total
}

// verdict compares the Monte-Carlo interval of an error rate with what the method says.
func (m method) verdict(i describe.Interval) string {
	switch {
	case m.says == broken && i.Low > m.level:
		return "above, as it must be"
	case m.says == broken:
		return "NOT SEEN ABOVE"
	case i.Low > m.level:
		return "ABOVE"
	case i.Contains(m.level):
		return "holds"
	case m.says == atMost:
		return "holds, below"
	}
	return "below: conservative"
}

// TestErrorRatesAreAsPromised simulates 4,000 studies for each method; a wrong tail, a forgotten correction or one degree of freedom too many
// moves a rate beyond these bounds.
func TestErrorRatesAreAsPromised(t *testing.T) {
	const studies = 4000
	for _, w := range worlds {
		for k, n := range errorRates(t, w, studies, 3) {
			m, rate := w.methods[k], float64(n)/studies
			noise := 3.5 * math.Sqrt(m.level*(1-m.level)/studies)
			low, high := m.level-noise-0.01, m.level+noise
			switch m.says {
			case nominal:
				high += 0.005
			case atMost:
				low = 0.0005
			case broken:
				low, high = m.level+0.01, 0.3
			}
			if rate < low || rate > high {
				t.Errorf("%s, %s: errs in %.4f of the studies, expected %.4f to %.4f", w.name, m.name, rate, low, high)
			}
		}
	}
}

// BenchmarkErrorRates is the table of make bench-analysis: type-I error and coverage of every test and interval for counts, ranks, means and
// times, 10,000 studies each.
func BenchmarkErrorRates(b *testing.B) {
	const studies = 10_000
	for b.Loop() {
		begin := time.Now()
		var out strings.Builder
		fmt.Fprintf(&out, "%d simulated studies a line; interval: 99 %%, of the simulation\n%-34s %-8s %7s %7s  %-15s  %s\n", studies, "method", "says", "level", "errs", "interval", "verdict")
		lines, over, under := 0, 0, 0
		for _, w := range worlds {
			fmt.Fprintf(&out, "%s\n", w.name)
			for k, n := range errorRates(b, w, studies, 17) {
				m := w.methods[k]
				i, err := describe.Wilson(n, studies, 0.99)
				if err != nil {
					b.Fatal(err)
				}
				v := m.verdict(i)
				if lines++; v == strings.ToUpper(v) {
					over++
				}
				if m.says == nominal && i.High < m.level {
					under++
				}
				fmt.Fprintf(&out, "  %-32s %-8s %6.1f%% %6.2f%%  %5.2f – %5.2f%%  %s\n", m.name, m.says, 100*m.level, 100*float64(n)/studies, 100*i.Low, 100*i.High, v)
			}
		}
		fmt.Printf("%s%d methods: %d not as they say, and %d more careful than they say; %.0f s\n", out.String(), lines, over, under, time.Since(begin).Seconds())
		b.ReportMetric(float64(over), "not-as-said")
	}
}
