package mixed_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// MustPrepare prepares or fails.
func MustPrepare(t testing.TB, s mixed.Spec, table *frame.Frame) *mixed.Model {
	t.Helper()
	m, err := mixed.Prepare(s, table)
	if err != nil {
		t.Fatalf("%s: %v", s.Formula, err)
	}
	return m
}

func TestProfileIntervalsAgreeWithR(t *testing.T) {
	// R 4.2.2, glmmTMB 1.1.5: the ends found by uniroot (tol 1e-11) on 2·(nlminb of the objective with the coefficient held −
	// minimum) − qchisq(.95, 1). The GLM: MASS 7.3-58.2 confint, which interpolates, hence 1e-5.
	mm := mixed.Spec{Formula: "error ~ design + (1|participant) + (1|task)", Family: "binomial"}
	glm := mixed.Spec{Formula: "error ~ design + order", Family: "binomial"}
	clm := mixed.Spec{Formula: "rating ~ design + order", Family: "cumulative"}
	table := MustRead(t, "study.csv")
	for _, c := range []struct {
		spec           mixed.Spec
		term           string
		low, high, tol float64
	}{
		{mm, "(Intercept)", -1.937150945, -0.2697236207, 1e-8},
		{mm, "designB", 0.6540667733, 1.843895551, 1e-8},
		{mm, "designC", -1.051785939, 0.2170842909, 1e-8},
		{mm, "designD", 0.7754485606, 1.971405588, 1e-8},
		{glm, "designB", 0.5459905145, 1.62658739027, 1e-4},
		{glm, "order", -0.3912444455, -0.03797119017, 1e-4},
		{clm, "designD", -1.42736069088, -0.49616069627, 1e-4},
	} {
		low, high, err := MustPrepare(t, c.spec, table).Profile(c.term, 0.95)
		if err != nil || !near(low, c.low, c.tol) || !near(high, c.high, c.tol) {
			t.Errorf("%s of %s: %.10g to %.10g (%v), want %.10g to %.10g", c.term, c.spec.Formula, low, high, err, c.low, c.high)
		}
	}
}

func TestLikelihoodRatioAndPosterior(t *testing.T) {
	table := MustRead(t, "study.csv")
	big := MustFit(t, mixed.Spec{Formula: "error ~ design", Family: "binomial", Contrasts: "design"}, table)
	small := MustFit(t, mixed.Spec{Formula: "error ~ 1", Family: "binomial"}, table)
	got, err := big.Ratio(small)
	// R 4.2.2: anova(glm(error ~ 1, binomial, d), glm(error ~ design, binomial, d), test = "Chisq")
	if err != nil || got.DF != 3 || !near(got.Chi2, 2*(big.LogLik-small.LogLik), 1e-12) || !(got.P > 0 && got.P < 1e-6) {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := small.Ratio(big); err == nil {
		t.Error("the smaller model must come second")
	}
	c := big.Contrasts[0]
	if p := c.Below(0) + mixed.Contrast.Below(mixed.Contrast{Estimate: -c.Estimate, SE: c.SE, DF: c.DF}, 0); !near(p, 1, 1e-12) || c.Below(c.Estimate) != 0.5 {
		t.Errorf("posterior probabilities %v", p)
	}
}

func TestResamplingPeopleIsRefittingTheirRows(t *testing.T) {
	table := MustRead(t, "study.csv")
	who, _ := table.Col("participant")
	levels, code := who.Factor()
	rng := rand.New(rand.NewPCG(3, 4))
	for _, s := range []mixed.Spec{
		{Formula: "error ~ design + (1|participant) + (1|task)", Family: "binomial"},
		{Formula: "keys ~ order + (1|participant/order) + (1|task)", Family: "poisson"},
		{Formula: "log(seconds) ~ design + (1+order|participant)"},
	} {
		picks := make([]int, len(levels))
		for k := range picks {
			picks[k] = rng.IntN(len(levels))
		}
		var rows []int
		var name []string
		for k, pick := range picks {
			for i, c := range code {
				if c == pick {
					rows, name = append(rows, i), append(name, fmt.Sprintf("copy%02d", k))
				}
			}
		}
		again := table.Take(rows)
		for _, c := range again.Cols {
			if c.Name == "participant" {
				c.Text = name
			}
		}
		m, err := MustPrepare(t, s, table).Resample("participant", picks)
		if err != nil {
			t.Fatal(err)
		}
		got, ok, err := m.Estimate()
		if err != nil || !ok {
			t.Fatalf("%s: %v, converged %v", s.Formula, err, ok)
		}
		for i, c := range MustFit(t, s, again).Fixed {
			if !near(got[i], c.Estimate, 1e-5) {
				t.Errorf("%s: %s is %.9g by resampling, %.9g by refitting", s.Formula, c.Term, got[i], c.Estimate)
			}
		}
	}
}

// coverage counts how often the interval of a contrast holds the truth and how often a contrast that is zero is called
// significant, over simulated studies of 24 people, 4 designs and 8 tasks.
func coverage(t testing.TB, s mixed.Spec, truth mixed.Truth, studies int, seed uint64) (held, wrong, fits float64) {
	m := MustPrepare(t, s, MustSimulate(t, 24, 4, 8, 2))
	rng := rand.New(rand.NewPCG(seed, 9))
	skip := len(truth.Fixed) - 4
	for range studies {
		y, err := m.Simulate(truth, rng)
		if err != nil {
			t.Fatal(err)
		}
		one, err := m.WithResponse(y)
		if err != nil {
			continue
		}
		r, err := one.Fit()
		if err != nil || !r.Converged {
			continue
		}
		fits++
		b, c := r.Fixed[skip+1], r.Fixed[skip+2]
		if b.Low <= truth.Fixed[skip+1] && truth.Fixed[skip+1] <= b.High {
			held++
		}
		if c.P < 0.05 {
			wrong++
		}
	}
	return held / fits, wrong / fits, fits
}

// covered are the models whose coverage is measured; designB differs, designC does not.
var covered = map[string]struct {
	spec  mixed.Spec
	truth mixed.Truth
}{
	"logistic": {mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, mixed.Truth{Fixed: []float64{-1, 0.8, 0, 0.4}, SD: []float64{0.8, 0.5}}},
	"poisson":  {mixed.Spec{Formula: "count" + crossed, Family: "poisson"}, mixed.Truth{Fixed: []float64{0.2, 0.5, 0, 0.3}, SD: []float64{0.4, 0.3}}},
	"linear":   {mixed.Spec{Formula: "seconds" + crossed}, mixed.Truth{Fixed: []float64{2, 0.5, 0, 0.3}, SD: []float64{0.4, 0.3}, Sigma: 0.7}},
}

func TestIntervalsHoldTheTruth(t *testing.T) {
	for name, c := range covered {
		held, wrong, fits := coverage(t, c.spec, c.truth, 300, 5)
		noise := 3.5 * math.Sqrt(0.95*0.05/fits)
		if fits < 295 || math.Abs(held-0.95) > noise+0.01 || math.Abs(wrong-0.05) > noise+0.01 {
			t.Errorf("%s: %v of 300 fits, coverage %.3f, type-I error %.3f", name, fits, held, wrong)
		}
	}
}

// BenchmarkCoverage is the table of make bench: 2,000 studies per model.
func BenchmarkCoverage(b *testing.B) {
	for _, name := range []string{"logistic", "poisson", "linear"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				held, wrong, fits := coverage(b, covered[name].spec, covered[name].truth, 2000, 11)
				b.ReportMetric(100*held, "%coverage")
				b.ReportMetric(100*wrong, "%type-I")
				b.ReportMetric(fits, "fits")
			}
		})
	}
}

func TestClusteredBootstrapOfAContrast(t *testing.T) {
	table := MustRead(t, "study.csv")
	s := mixed.Spec{Formula: "error ~ design + (1|participant) + (1|task)", Family: "binomial", Contrasts: "design"}
	m, r := MustPrepare(t, s, table), MustFit(t, s, table)
	b, err := m.ContrastBootstrap("participant", "design", "A", "B")
	if err != nil {
		t.Fatal(err)
	}
	b.Replicates = 400
	got, err := b.Run(rand.New(rand.NewPCG(1, 2)), 0.95)
	if err != nil {
		t.Fatal(err)
	}
	c := r.Contrasts[0]
	if !near(got.Estimate, c.Estimate, 1e-5) || got.Failed > 8 || got.SE < 0.6*c.SE || got.SE > 1.7*c.SE {
		t.Errorf("bootstrap %v ± %v with %d failures, model %v ± %v", got.Estimate, got.SE, got.Failed, c.Estimate, c.SE)
	}
	if !(got.BCa.Low < c.Estimate && c.Estimate < got.BCa.High && got.BCa.High < 0) {
		t.Errorf("BCa %v", got.BCa)
	}
	if _, err := m.ContrastBootstrap("ward", "design", "A", "B"); err == nil {
		t.Error("ward is no grouping factor")
	}
}

// BenchmarkBootstrap10000 is the BCa interval of a contrast with 10,000 clustered replicates, on every core; the goal is a minute.
func BenchmarkBootstrap10000(b *testing.B) {
	m := MustPrepare(b, mixed.Spec{Formula: "error ~ design + (1|participant) + (1|task)", Family: "binomial", Workers: pool}, MustRead(b, "study.csv"))
	boot, err := m.ContrastBootstrap("participant", "design", "A", "B")
	if err != nil {
		b.Fatal(err)
	}
	boot.Replicates = 10_000
	for b.Loop() {
		if _, err := boot.Run(rand.New(rand.NewPCG(1, 2)), 0.95); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s")
	b.ReportMetric(60, "goal-s")
}
