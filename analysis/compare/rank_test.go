package compare_test

import (
	"math"
	"testing"

	"pumplab/analysis/compare"

	"pgregory.net/rapid"
)

var (
	depressionBefore = []float64{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30} // Hollander & Wolfe 1973, 29f, as in R's ?wilcox.test
	depressionAfter  = []float64{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29}
)

// Reference: R 4.2.2, wilcox.test(x, y, paired=TRUE, alternative=…).
func TestWilcoxonAgreesWithR(t *testing.T) {
	steps, signed := make([]float64, 40), make([]float64, 55)
	for i := range steps {
		steps[i] = 0.1 + 0.37*float64(i)
	}
	for i := range signed {
		signed[i] = float64(i + 1)
		if (i+1)%4 == 0 {
			signed[i] *= -1
		}
	}
	tiedX, tiedY := []float64{5, 3, 4, 6, 7, 2, 5, 4, 6, 3}, []float64{3, 3, 5, 2, 4, 2, 1, 3, 4, 5}
	for name, c := range map[string]struct {
		x, y        []float64
		side        compare.Side
		v, p        float64
		method      string
		ties, zeros int
	}{
		"exact":            {depressionBefore, depressionAfter, compare.TwoSided, 40, 0.0390625, compare.ExactMethod, 0, 0},
		"exact less":       {depressionBefore, depressionAfter, compare.Less, 40, 0.986328125, compare.ExactMethod, 0, 0},
		"exact greater":    {depressionBefore, depressionAfter, compare.Greater, 40, 0.01953125, compare.ExactMethod, 0, 0},
		"exact far tail":   {steps, make([]float64, 40), compare.TwoSided, 820, 1.818989403545856e-12, compare.ExactMethod, 0, 0},
		"ties and zeros":   {tiedX, tiedY, compare.TwoSided, 30.5, 0.09048792993126757, compare.NormalMethod, 7, 2},
		"ties less":        {tiedX, tiedY, compare.Less, 30.5, 0.9666654763699877, compare.NormalMethod, 7, 2},
		"ties greater":     {tiedX, tiedY, compare.Greater, 30.5, 0.04524396496563379, compare.NormalMethod, 7, 2},
		"fifty and beyond": {signed, make([]float64, 55), compare.TwoSided, 1176, 0.000680042645161887, compare.NormalMethod, 0, 0},
	} {
		w := must(compare.NewWilcoxon(c.x, c.y, c.side))
		near(t, name+" v", w.V, c.v, 0)
		near(t, name+" p", w.P, c.p, 1e-12)
		if w.Method != c.method || w.Ties != c.ties || w.Zeros != c.zeros {
			t.Errorf("%s: %+v", name, w)
		}
	}
}

func TestWilcoxonWithNothingToTest(t *testing.T) {
	w := must(compare.NewWilcoxon([]float64{1, 2, math.NaN()}, []float64{1, 2, 3}, compare.TwoSided))
	if !math.IsNaN(w.P) || w.Note == "" || w.Zeros != 2 || w.Miss != 1 {
		t.Errorf("%+v", w)
	}
	if _, err := compare.NewWilcoxon([]float64{math.NaN()}, []float64{1}, compare.TwoSided); err == nil {
		t.Error("no pair gave an answer")
	}
	if _, err := compare.NewWilcoxon([]float64{math.Inf(1)}, []float64{1}, compare.TwoSided); err == nil {
		t.Error("an infinite value was accepted")
	}
}

// Reference: R 4.2.2, friedman.test on RoundingTimes of its help page (Hollander & Wolfe 1973, p. 140ff).
func TestFriedmanAgreesWithR(t *testing.T) {
	rounding := [][]float64{
		{5.40, 5.50, 5.55},
		{5.85, 5.70, 5.75},
		{5.20, 5.60, 5.50},
		{5.55, 5.50, 5.40},
		{5.90, 5.85, 5.70},
		{5.45, 5.55, 5.60},
		{5.40, 5.40, 5.35},
		{5.45, 5.50, 5.35},
		{5.25, 5.15, 5.00},
		{5.85, 5.80, 5.70},
		{5.25, 5.20, 5.10},
		{5.65, 5.55, 5.45},
		{5.60, 5.35, 5.45},
		{5.05, 5.00, 4.95},
		{5.50, 5.50, 5.40},
		{5.45, 5.55, 5.50},
		{5.55, 5.55, 5.35},
		{5.45, 5.50, 5.55},
		{5.50, 5.45, 5.25},
		{5.65, 5.60, 5.40},
		{5.70, 5.65, 5.55},
		{6.30, 6.30, 6.25},
	}
	f := must(compare.Friedman(rounding))
	near(t, "chi2", f.Statistic, 11.14285714285714, 1e-12)
	near(t, "p", f.P, 0.003805040775511363, 1e-12)
	if f.DF != 2 || f.N != 22 {
		t.Errorf("%+v", f)
	}
}

func TestFriedmanDependsOnRanksOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(2, 12).Draw(t, "n"), rapid.IntRange(2, 5).Draw(t, "k")
		rows, bent := make([][]float64, n), make([][]float64, n)
		for i := range rows {
			for range k {
				x := float64(rapid.IntRange(-5, 5).Draw(t, "x"))
				rows[i] = append(rows[i], x)
				bent[i] = append(bent[i], math.Exp(x)+float64(i))
			}
		}
		a, b := must(compare.Friedman(rows)), must(compare.Friedman(bent))
		if a.P != b.P && !(math.IsNaN(a.P) && math.IsNaN(b.P)) {
			t.Fatalf("%g and %g", a.P, b.P)
		}
		if !math.IsNaN(a.P) && (a.P < 0 || a.P > 1 || a.Statistic < 0) {
			t.Fatalf("%+v", a)
		}
	})
}
