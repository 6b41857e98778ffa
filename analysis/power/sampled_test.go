package power_test

import (
	"math"
	"strings"
	"sync"
	"testing"

	"pumplab/analysis/power"
	"pumplab/analysis/tail"
)

func oneByOne(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}

func atOnce(n int, f func(int)) {
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { f(i) })
	}
	wait.Wait()
}

// Six pairs are significant only when all differ in the same direction, so the power is known.
func allSix(shift float64) float64 {
	return math.Pow(tail.Normal(-shift), 6) + math.Pow(tail.Normal(shift), 6)
}

// Under two conditions Friedman's test counts how many people are higher under the second.
func signs(n int, p float64) (found float64) {
	for k := range n + 1 {
		if d := float64(2*k - n); tail.ChiSquared(d*d/float64(n), 1) < 0.05 {
			found += tail.BinomialPoint(k, n, p)
		}
	}
	return found
}

// Under two conditions Cochran's Q is McNemar's chi-squared.
func discordant(n int, first, second float64) (found float64) {
	for m := 1; m <= n; m++ {
		for b := range m + 1 {
			if d := float64(2*b - m); tail.ChiSquared(d*d/float64(m), 1) < 0.05 {
				found += tail.BinomialPoint(m, n, first+second) * tail.BinomialPoint(b, m, first/(first+second))
			}
		}
	}
	return found
}

func TestSimulatedPowerIsThePower(t *testing.T) {
	const runs = 20000
	for name, c := range map[string]struct {
		design power.Sampled
		n      int
		want   float64
		error  float64 // standard error of want
	}{
		"six pairs":      {power.Wilcoxon{Delta: 1.5, SD: 1, Alpha: 0.05, Sides: 2}, 6, allSix(1.5), 0},
		"six, downwards": {power.Wilcoxon{Delta: -3, SD: 2, Alpha: 0.02, Sides: 1}, 6, math.Pow(tail.Normal(-1.5), 6), 0},
		"two conditions": {power.Friedman{Means: []float64{3, 5}, SD: 2, Alpha: 0.05}, 25, signs(25, tail.Normal(-1/math.Sqrt2)), 0},
		"two shares":     {power.CochranQ{Shares: []float64{0.2, 0.5}, Alpha: 0.05}, 30, discordant(30, 0.2*0.5, 0.8*0.5), 0},
		// R 4.2.2, set.seed(1), 20,000 studies each: friedman.test(matrix(rnorm(45, rep(c(0,.5,1), each=15)), 15)); wilcox.test(rnorm(20,.6,1));
		// Cochran's Q by its formula on u<-rnorm(40); sapply(qnorm(c(.1,.15,.3)), function(q) sqrt(.3)*u+sqrt(.7)*rnorm(40) < q).
		"R, Friedman":  {power.Friedman{Means: []float64{0, 0.5, 1}, SD: 1, Alpha: 0.05}, 15, 0.48535, 0.0036},
		"R, Wilcoxon":  {power.Wilcoxon{Delta: 0.6, SD: 1, Alpha: 0.05, Sides: 2}, 20, 0.7028, 0.0033},
		"R, Cochran's": {power.CochranQ{Shares: []float64{0.1, 0.15, 0.3}, Correlation: 0.3, Alpha: 0.05}, 40, 0.6259, 0.0035},
	} {
		got, err := power.Sample(c.design, c.n, power.Plan{Seed: 5, To: runs}, atOnce)
		if err != nil {
			t.Fatal(name, err)
		}
		share := float64(got.Found) / runs
		if noise := 3.5 * math.Hypot(c.error, math.Sqrt(c.want*(1-c.want)/runs)); math.Abs(share-c.want) > noise {
			t.Errorf("%s: power %.4f, expected %.4f ± %.4f", name, share, c.want, noise)
		}
	}
}

func TestSimulatedPowerIsTheSameOnAnyNumberOfCores(t *testing.T) {
	d := power.CochranQ{Shares: []float64{0.1, 0.2, 0.4}, Correlation: 0.2, Alpha: 0.05}
	a, err1 := power.Sample(d, 30, power.Plan{Seed: 2, To: 777}, oneByOne)
	b, err2 := power.Sample(d, 30, power.Plan{Seed: 2, To: 777}, atOnce)
	if err1 != nil || err2 != nil || a != b || a.Runs != 777 {
		t.Errorf("%+v (%v) and %+v (%v)", a, err1, b, err2)
	}
}

func TestSimulatedSizeIsTheSmallestThatReachesThePower(t *testing.T) {
	d := power.Wilcoxon{Delta: 0.7, SD: 1, Alpha: 0.05, Sides: 2}
	p := power.Plan{Seed: 1, To: 4000}
	n, at, err := power.SampledSize(d, 0.8, p, atOnce)
	if err != nil {
		t.Fatal(err)
	}
	less, err := power.Sample(d, n-1, p, atOnce)
	if err != nil || at.Found < 3200 || less.Found >= 3200 {
		t.Errorf("%d people find in %d of 4000 studies, one less in %d (%v)", n, at.Found, less.Found, err)
	}
	// The test is 3/π as efficient as Student's for normal differences.
	student, err := power.SampleSize(power.Means{Delta: 0.7, SD: 1, Alpha: 0.05, Sides: 2, Paired: true}, 0.8)
	if err != nil || math.Abs(float64(n)-student*math.Pi/3) > 2 {
		t.Errorf("%d pairs where Student's test needs %.1f (%v)", n, student, err)
	}
}

func TestSimulatedDesignsRefuseWhatCannotBe(t *testing.T) {
	for want, d := range map[string]power.Sampled{
		"0 means":              power.Friedman{SD: 1, Alpha: 0.05},
		"all means are 3":      power.Friedman{Means: []float64{3, 3}, SD: 1, Alpha: 0.05},
		"standard deviation 0": power.Friedman{Means: []float64{3, 4}, Alpha: 0.05},
		"share 1.2":            power.CochranQ{Shares: []float64{0.1, 1.2}, Alpha: 0.05},
		"correlation 1":        power.CochranQ{Shares: []float64{0.1, 0.2}, Correlation: 1, Alpha: 0.05},
		"alpha 0 ":             power.CochranQ{Shares: []float64{0.1, 0.2}},
		"difference 0":         power.Wilcoxon{SD: 1, Alpha: 0.05, Sides: 2},
	} {
		if _, err := power.Sample(d, 10, power.Plan{To: 10}, oneByOne); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, expected %q", d, err, want)
		}
	}
	if _, _, err := power.SampledSize(power.Wilcoxon{Delta: 1e-6, SD: 1, Alpha: 0.05, Sides: 2}, 0.9, power.Plan{To: 20}, oneByOne); err == nil {
		t.Error("a difference of a millionth is not found with 5,000 people")
	}
}
