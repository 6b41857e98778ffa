package learn_test

import (
	"math"
	"testing"

	"pumplab/analysis/learn"

	"pgregory.net/rapid"
)

var times = []float64{30.1, 24.2, 21.9, 19.5, 18.1, 17.9, 16.8, 16.9, 16.2, 15.7, 16.1, 15.5}

func trials(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i + 1)
	}
	return x
}

// Reference: R 4.2.2, nls(y ~ A + B*exp(-C*(n-1))) and nls(y ~ A + B*n^-C), nls.control(tol=1e-7): coef, standard errors, deviance, AIC.
func TestCurvesAgreeWithR(t *testing.T) {
	for shape, want := range map[learn.Shape][8]float64{
		learn.Exponential: {15.79270367605465, 14.02410011435958, 0.4372340024112286, 0.2166859320484374, 0.3835946084802507, 0.02901586567934617, 1.394382146252124, 16.22506193444508},
		learn.Power:       {9.667785891431564, 20.5471301545848, 0.5155565206870603, 1.484913108736068, 1.376418797074843, 0.06910889985283251, 1.195039019552492, 14.37379104580309},
	} {
		c, err := learn.Fit(shape, trials(12), times)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range [8]float64{c.A, c.B, c.C, c.SE[0], c.SE[1], c.SE[2], c.SSE, c.AIC} {
			if math.Abs(got-want[i]) > 1e-6*math.Abs(want[i]) {
				t.Errorf("%s %d: %.15g, want %.15g", shape, i, got, want[i])
			}
		}
	}
}

func TestATrueCurveIsFoundAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := learn.Curve{
			Shape: rapid.SampledFrom([]learn.Shape{learn.Exponential, learn.Power}).Draw(t, "shape"),
			A:     rapid.Float64Range(2, 30).Draw(t, "A"), B: rapid.Float64Range(3, 60).Draw(t, "B"), C: rapid.Float64Range(.2, 2).Draw(t, "C"),
		}
		n := trials(rapid.IntRange(8, 30).Draw(t, "n"))
		y := make([]float64, len(n))
		for i, x := range n {
			y[i] = want.At(x)
		}
		got, err := learn.Fit(want.Shape, n, y)
		if err != nil || math.Abs(got.A-want.A) > 1e-3*want.B || math.Abs(got.B-want.B) > 1e-3*want.B || math.Abs(got.C-want.C) > 1e-3 {
			t.Fatalf("%+v, want %+v, %v", got, want, err)
		}
		half := want.A + want.B/2
		if math.Abs(want.At(want.TrialsTo(0.5))-half) > 1e-9*half {
			t.Fatalf("half of the gain at %g", want.TrialsTo(0.5))
		}
	})
}

func TestNothingLearntIsSaidInWords(t *testing.T) {
	flat, err := learn.Fit(learn.Power, trials(5), []float64{7, 7, 7, 7, 7})
	if err != nil || !flat.Flat || flat.A != 7 || flat.Note == "" {
		t.Errorf("%+v %v", flat, err)
	}
	slower, err := learn.Fit(learn.Exponential, trials(6), []float64{1, 2, 3, 4, 5, 6})
	if err != nil || !slower.Flat {
		t.Errorf("%+v %v", slower, err)
	}
	line, err := learn.Fit(learn.Exponential, trials(6), []float64{10, 9, 8, 7, 6, 5})
	if err != nil || !line.Linear || !math.IsNaN(line.SE[0]) {
		t.Errorf("%+v %v", line, err)
	}
	nan := math.NaN()
	for _, y := range [][]float64{{1, 2, 3}, {1, nan, nan, 2, 3}, {1, 2, math.Inf(1), 3}} {
		if _, err := learn.Fit(learn.Power, trials(len(y)), y); err == nil {
			t.Errorf("%v was accepted", y)
		}
	}
	if _, err := learn.Fit("line", trials(12), times); err == nil {
		t.Error("an unknown shape was accepted")
	}
}
