package describe_test

import (
	"encoding/json"
	"math"
	"testing"

	"pumplab/analysis/describe"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if !(math.Abs(got-want) <= rel*math.Abs(want)+1e-15) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// Reference: R 4.2.2: prop.test(k, n, correct=FALSE)$conf.int, binom.test(k, n)$conf.int, and for Jeffreys
// qbeta(c(.025,.975), k+.5, n-k+.5) with 0 at k=0 and 1 at k=n.
func TestProportionIntervalsAgreeWithR(t *testing.T) {
	for _, c := range []struct {
		k, n int
		want [6]float64
	}{
		{3, 20, [6]float64{0.05236874589621661, 0.36041886474075691, 0.03207093718546373, 0.37892682654531396, 0.04413134197515585, 0.34857771085845424}},
		{0, 10, [6]float64{0, 0.2775327998628891, 0, 0.3084971078187608, 0, 0.2171962675092105}},
		{10, 10, [6]float64{0.7224672001371109, 1, 0.6915028921812392, 1, 0.7828037324907894, 1}},
		{1, 1000, [6]float64{1.765463706260782e-04, 5.642558597957934e-03, 2.531748749129407e-05, 5.558924279826627e-03, 1.079188046809795e-04, 4.664458808791371e-03}},
		{37, 120, [6]float64{0.2327273698891630, 0.3958299772380068, 0.2272551196338317, 0.3991367645319520, 0.2310161476409073, 0.3947702894181109}},
	} {
		p, err := describe.NewProportion(c.k, c.n, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range [6]float64{p.Wilson.Low, p.Wilson.High, p.ClopperPearson.Low, p.ClopperPearson.High, p.Jeffreys.Low, p.Jeffreys.High} {
			near(t, "proportion", got, c.want[i], 1e-12)
		}
	}
}

func TestProportionIntervalsAreOrderedAndContainTheEstimate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 500).Draw(t, "n")
		k := rapid.IntRange(0, n).Draw(t, "k")
		level := rapid.Float64Range(0.5, 0.999).Draw(t, "level")
		p, err := describe.NewProportion(k, n, level)
		if err != nil {
			t.Fatal(err)
		}
		q, _ := describe.NewProportion(n-k, n, level)
		for name, i := range map[string][2]describe.Interval{
			"wald": {p.Wald, q.Wald}, "wilson": {p.Wilson, q.Wilson},
			"cp": {p.ClopperPearson, q.ClopperPearson}, "jeffreys": {p.Jeffreys, q.Jeffreys},
		} {
			if !(0 <= i[0].Low && i[0].Low <= i[0].High && i[0].High <= 1) || !i[0].Contains(p.Estimate) {
				t.Fatalf("%s %v of %d/%d", name, i[0], k, n)
			}
			if math.Abs(i[0].Low-(1-i[1].High)) > 1e-9 {
				t.Fatalf("%s is not symmetric: %v, %v", name, i[0], i[1])
			}
		}
		if p.ClopperPearson.Low > p.Jeffreys.Low+1e-12 || p.ClopperPearson.High < p.Jeffreys.High-1e-12 {
			t.Fatalf("the exact interval %v is narrower than Jeffreys' %v", p.ClopperPearson, p.Jeffreys)
		}
	})
}

func TestImpossibleCountsAreRefusedInWords(t *testing.T) {
	for want, c := range map[string][2]int{
		"check count: 5 events among 4 trials; there cannot be more events than trials": {5, 4},
		"check count: -1 events; a count cannot be negative":                            {-1, 4},
		"check count: 0 trials; at least 1 is needed":                                   {0, 0},
	} {
		if _, err := describe.Wilson(c[0], c[1], 0.95); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := describe.Wilson(1, 2, 95); err == nil {
		t.Error("a level of 95 was accepted")
	}
}

// Reference: R 4.2.2, x <- c(12.1,9.8,15.2,11,30.5,8.7,10.1): t.test(x)$conf.int, exp(t.test(log(x))$conf.int), quantile(x,
// c(.25,.5,.75)), sd(x); poisson.test(7, 3)$conf.int, poisson.test(0, 2)$conf.int.
func TestSampleAgreesWithR(t *testing.T) {
	x := []float64{12.1, 9.8, 15.2, math.NaN(), 11, 30.5, 8.7, 10.1}
	s, err := describe.Summarise(x, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if s.N != 7 || s.Missing != 1 {
		t.Errorf("n %d missing %d", s.N, s.Missing)
	}
	for name, c := range map[string][2]float64{
		"mean": {s.Mean, 13.91428571428571}, "sd": {s.SD, 7.606889108220384}, "low": {s.MeanCI.Low, 6.879086664621279}, "high": {s.MeanCI.High, 20.94948476395015},
		"gm": {s.GeometricMean, 12.69482982639654}, "gm low": {s.GeometricCI.Low, 8.565933467044577}, "gm high": {s.GeometricCI.High, 18.81391035094863},
		"q1": {s.Q1, 9.949999999999999}, "median": {s.Median, 11}, "q3": {s.Q3, 13.65},
		"median low": {s.MedianCI.Low, 8.7}, "median high": {s.MedianCI.High, 30.5},
	} {
		near(t, name, c[0], c[1], 1e-12)
	}
	for _, c := range []struct {
		k         int
		exposure  float64
		low, high float64
	}{{7, 3, 0.9381210171732891, 4.807558453900793}, {0, 2, 0, 1.844439727056968}} {
		r, err := describe.NewRate(c.k, c.exposure, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "rate low", r.CI.Low, c.low, 1e-11)
		near(t, "rate high", r.CI.High, c.high, 1e-11)
	}
}

func TestGeometricMeanOfZeroIsRefused(t *testing.T) {
	if _, err := describe.GeometricMean([]float64{1, 0}, 0.95); err == nil {
		t.Error("zero has no logarithm")
	}
	s, err := describe.Summarise([]float64{4}, 0.95)
	if err != nil || !math.IsNaN(s.SD) || len(s.SkippedReasons) == 0 {
		t.Error(s, err)
	}
}

func TestIntervalIsWrittenAsPairAndNeverAsNaN(t *testing.T) {
	for want, i := range map[string]describe.Interval{
		"[1,2]": {Low: 1, High: 2}, "[null,0.5]": {Low: math.NaN(), High: 0.5}, "[0,null]": {Low: 0, High: math.Inf(1)},
	} {
		b, err := json.Marshal(i)
		if err != nil || string(b) != want {
			t.Errorf("%s %v, want %s", b, err, want)
		}
	}
}

// The median interval of order statistics covers at least its level: checked against the exact binomial count.
func TestMedianIntervalIsConservative(t *testing.T) {
	for n := 6; n < 60; n++ {
		x := make([]float64, n)
		for i := range x {
			x[i] = float64(i)
		}
		s, _ := describe.Summarise(x, 0.95)
		cover := 0.0
		for k := int(s.MedianCI.Low) + 1; k <= int(s.MedianCI.High); k++ {
			c := 1.0
			for j := range k {
				c *= float64(n-j) / float64(j+1) / 1
			}
			cover += c * math.Pow(0.5, float64(n))
		}
		if cover < 0.95 || cover > 0.995 {
			t.Errorf("n=%d covers %.4f", n, cover)
		}
	}
}
