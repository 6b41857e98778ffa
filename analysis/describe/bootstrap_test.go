package describe_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"pumplab/analysis/describe"
)

func meanOf(x []float64) func([]int) (float64, error) {
	return func(pick []int) (float64, error) {
		s := 0.0
		for _, i := range pick {
			s += x[i]
		}
		return s / float64(len(pick)), nil
	}
}

// The standard error of a bootstrapped mean is sd·sqrt((n-1)/n)/sqrt(n), known exactly; the acceleration of a mean is
// Σ(x-m)³ / (6 (Σ(x-m)²)^1.5).
func TestBootstrapOfTheMeanMeetsItsTheory(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	x := make([]float64, 40)
	for i := range x {
		x[i] = rng.ExpFloat64()
	}
	m, sd := describe.MeanSD(x)
	r, err := describe.Bootstrap{Clusters: len(x), Replicates: 8000, Statistic: meanOf(x)}.Run(rng, 0.95)
	if err != nil || r.Failed != 0 {
		t.Fatal(err, r.Failed)
	}
	se := sd * math.Sqrt(39.0/40) / math.Sqrt(40)
	near(t, "se", r.SE, se, 0.03)
	s2, s3 := 0.0, 0.0
	for _, v := range x {
		s2 += (v - m) * (v - m)
		s3 += (v - m) * (v - m) * (v - m)
	}
	near(t, "acceleration", r.Acceleration, s3/(6*math.Pow(s2, 1.5)), 1e-9)
	if !r.Percentile.Contains(m) || !r.BCa.Contains(m) || r.BCa.High <= r.Percentile.High {
		t.Errorf("percentile %v, bca %v of a skewed sample", r.Percentile, r.BCa)
	}
	near(t, "width", r.Percentile.Width(), 2*1.96*se, 0.06)
}

func TestBootstrapIsRepeatableAndNamesItsFailures(t *testing.T) {
	x := []float64{1, 2, 4, 8, 9, 3}
	run := func() describe.BootstrapResult {
		r, err := describe.Bootstrap{Clusters: 6, Replicates: 500, Statistic: meanOf(x)}.Run(rand.New(rand.NewPCG(4, 4)), 0.9)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if a, b := run(), run(); a.BCa != b.BCa || a.SE != b.SE {
		t.Error("same seed, different answer")
	}
	bad := describe.Bootstrap{Clusters: 6, Replicates: 500, Statistic: func(p []int) (float64, error) {
		if p[0] == p[1] || len(p) == 5 {
			return 0, errors.New("singular")
		}
		return float64(p[0]), nil
	}}
	r, err := bad.Run(rand.New(rand.NewPCG(4, 4)), 0.9)
	if err != nil || r.Failed == 0 || !r.JackknifeSkipped || !math.IsNaN(r.BCa.Low) || r.Note == "" {
		t.Errorf("%v %+v", err, r.Failed)
	}
	for _, b := range []describe.Bootstrap{{Clusters: 1, Replicates: 500, Statistic: meanOf(x)}, {Clusters: 6, Replicates: 10, Statistic: meanOf(x)}} {
		if _, err := b.Run(rand.New(rand.NewPCG(1, 1)), 0.95); err == nil {
			t.Error("too little was accepted")
		}
	}
}
