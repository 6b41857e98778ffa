package mixed_test

import (
	"math"
	"testing"

	"pumplab/analysis/mixed"
)

func TestRangeOfTwoMeansIsStudentsT(t *testing.T) {
	// Q of two means is √2|T|: with one degree of freedom P(|T| > x) = 2 atan(1/x)/π, with two 1 − x/√(2 + x²), with
	// infinitely many erfc(x/√2).
	for _, x := range []float64{0.1, 1, 2.5, 6, 20} {
		q := x * math.Sqrt2
		r := math.Sqrt(2 + x*x)
		for _, c := range []struct{ df, want float64 }{
			{1, 2 * math.Atan(1/x) / math.Pi}, {2, 2 / (r * (r + x))}, {math.Inf(1), math.Erfc(x / math.Sqrt2)},
		} {
			if got := mixed.RangeSurvival(q, 2, c.df); math.Abs(got-c.want) > 1e-10*c.want {
				t.Errorf("Q(%v; 2, %v): got %.15g, want %.15g", q, c.df, got, c.want)
			}
		}
	}
}

func TestRangeAgreesWithR(t *testing.T) {
	// R 4.2.2: ptukey(q, k, df, lower.tail = FALSE), where R itself is good to 1e-9; qtukey(0.95, k, df).
	for _, c := range []struct{ q, k, df, want float64 }{
		{0.5, 4, 12, 0.9841062789093},
		{3, 4, 12, 0.20126407659284},
		{6, 4, 12, 5.431890759549e-03},
		{0.5, 3, math.Inf(1), 0.9334219451353},
		{3, 3, math.Inf(1), 0.08554257165496},
		{6, 3, math.Inf(1), 6.557349843317e-05},
		{3, 10, 300.5, 0.51391818920789},
		{6, 10, 300.5, 1.205681257628e-03},
	} {
		if got := mixed.RangeSurvival(c.q, c.k, c.df); math.Abs(got-c.want) > 2e-9 {
			t.Errorf("Q(%v; %v, %v): got %.13g, want %.13g", c.q, c.k, c.df, got, c.want)
		}
	}
	for _, c := range []struct{ k, df, want float64 }{{4, 12, 4.198660229967}, {3, math.Inf(1), 3.314493157553}} {
		if got := mixed.RangeQuantile(0.05, c.k, c.df); math.Abs(got-c.want) > 1e-7 {
			t.Errorf("quantile of %v, %v: got %.12g, want %.12g", c.k, c.df, got, c.want)
		}
	}
}

func TestRangeQuantileInvertsSurvival(t *testing.T) {
	for _, alpha := range []float64{1e-6, 0.05, 0.9} {
		for _, k := range []float64{2, 5, 15} {
			for _, df := range []float64{2.5, 40, math.Inf(1)} {
				q := mixed.RangeQuantile(alpha, k, df)
				if back := mixed.RangeSurvival(q, k, df); math.Abs(back-alpha) > 1e-8*alpha {
					t.Errorf("P(Q > %v; %v, %v) = %v, want %v", q, k, df, back, alpha)
				}
			}
		}
	}
}
