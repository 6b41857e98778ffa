package compare_test

import (
	"math"
	"testing"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"

	"pgregory.net/rapid"
)

// Reference: R 4.2.2, fisher.test(matrix(c(a,b,c,d), 2, byrow=TRUE), alternative=…). R solves for the odds ratio and its ends with
// uniroot's default tolerance on 1/t, so these agree to 1e-2 only; TestFisherIntervalInvertsItsTest pins them down.
func TestFisherAgreesWithR(t *testing.T) {
	for _, c := range []struct {
		n                [4]int
		side             compare.Side
		p, or, low, high float64
	}{
		{[4]int{3, 1, 1, 3}, compare.TwoSided, 0.4857142857142858, 6.408308867005788, 0.2117329153055029, 621.9337505454173},
		{[4]int{3, 1, 1, 3}, compare.Less, 0.9857142857142858, 6.408308867005788, 0, 306.246862520855},
		{[4]int{3, 1, 1, 3}, compare.Greater, 0.2428571428571429, 6.408308867005788, 0.313569264110218, math.Inf(1)},
		{[4]int{10, 2, 3, 15}, compare.TwoSided, 0.0005367241191434359, 21.30533127501673, 2.753438365642032, 300.6827874193978},
		{[4]int{10, 2, 3, 15}, compare.Less, 0.9999845190186861, 21.30533127501673, 0, 199.5880621165706},
		{[4]int{10, 2, 3, 15}, compare.Greater, 0.0004651809433629058, 21.30533127501673, 3.509262759502536, math.Inf(1)},
		{[4]int{0, 5, 8, 4}, compare.TwoSided, 0.02941176470588238, 0, 0, 0.9150566195438914},
		{[4]int{0, 5, 8, 4}, compare.Less, 0.02036199095022628, 0, 0, 0.6597393297117493},
		{[4]int{0, 5, 8, 4}, compare.Greater, 1, 0, 0, math.Inf(1)},
		{[4]int{7, 0, 2, 9}, compare.TwoSided, 0.002262443438914034, math.Inf(1), 2.902658762423376, math.Inf(1)},
		{[4]int{7, 0, 2, 9}, compare.Less, 1, math.Inf(1), 0, math.Inf(1)},
		{[4]int{7, 0, 2, 9}, compare.Greater, 0.001131221719457015, math.Inf(1), 3.999560064865774, math.Inf(1)},
		{[4]int{40, 5, 3, 60}, compare.TwoSided, 1.8360298677909e-20, 142.6409409579997, 31.42496492840757, 989.7623148546988},
		{[4]int{40, 5, 3, 60}, compare.Less, 1, 142.6409409579997, 0, 727.774304919784},
		{[4]int{40, 5, 3, 60}, compare.Greater, 1.836029867790889e-20, 142.6409409579997, 37.73464680048578, math.Inf(1)},
		{[4]int{200, 30, 20, 300}, compare.TwoSided, 5.368633324507271e-91, 98.50026143047094, 53.36687204922887, 188.8980483474295},
		{[4]int{200, 30, 20, 300}, compare.Less, 1, 98.50026143047094, 0, 171.1162812866843},
		{[4]int{200, 30, 20, 300}, compare.Greater, 5.368633324507163e-91, 98.50026143047094, 58.05851646602451, math.Inf(1)},
		{[4]int{5, 5, 5, 5}, compare.TwoSided, 1, 1, 0.1258916153359367, 7.943340764446782},
		{[4]int{5, 5, 5, 5}, compare.Less, 0.6718591006516704, 1, 0, 5.994107569121064},
		{[4]int{5, 5, 5, 5}, compare.Greater, 0.6718591006516703, 1, 0.1668305062043847, math.Inf(1)},
	} {
		f, err := compare.NewFisher(c.n[0], c.n[1], c.n[2], c.n[3], c.side, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "p", f.P, c.p, 1e-12)
		for _, x := range [][2]float64{{f.OddsRatio, c.or}, {f.CI.Low, c.low}, {f.CI.High, c.high}} {
			if math.IsInf(x[1], 1) != math.IsInf(x[0], 1) || math.Abs(x[0]-x[1]) > 1e-2*x[1] {
				t.Errorf("%v %s: got %v, want %v", c.n, c.side, x[0], x[1])
			}
		}
	}
}

// Weights of the noncentral hypergeometric distribution from their definition, without the code under test.
func noncentral(a, b, c, d int, omega float64) (mean, upper, lower float64) {
	m, n, k := a+c, b+d, a+b
	w, s := 1.0, 0.0
	for i := max(0, k-n); i <= min(k, m); i++ {
		s += w
		mean += w * float64(i)
		if i >= a {
			upper += w
		}
		if i <= a {
			lower += w
		}
		w *= float64(m-i) * float64(k-i) / (float64(i+1) * float64(n-k+i+1)) * omega
	}
	return mean / s, upper / s, lower / s
}

func TestFisherIntervalInvertsItsTest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.IntRange(1, 25)
		a, b, c, d := g.Draw(t, "a"), g.Draw(t, "b"), g.Draw(t, "c"), g.Draw(t, "d")
		f := must(compare.NewFisher(a, b, c, d, compare.TwoSided, 0.95))
		mean, _, _ := noncentral(a, b, c, d, f.OddsRatio)
		_, up, _ := noncentral(a, b, c, d, f.CI.Low)
		_, _, low := noncentral(a, b, c, d, f.CI.High)
		for _, x := range [][2]float64{{mean, float64(a)}, {up, 0.025}, {low, 0.025}} {
			if math.Abs(x[0]/x[1]-1) > 1e-9 {
				t.Fatalf("%d %d %d %d: got %g, want %g", a, b, c, d, x[0], x[1])
			}
		}
		if !f.CI.Contains(f.OddsRatio) {
			t.Fatalf("%v lacks %g", f.CI, f.OddsRatio)
		}
	})
}

func TestFisherOfAnEmptyRowSaysNothing(t *testing.T) {
	f, err := compare.NewFisher(0, 0, 3, 4, compare.TwoSided, 0.95)
	if err != nil || f.P != 1 || f.Note == "" || !math.IsNaN(f.OddsRatio) {
		t.Errorf("%+v %v", f, err)
	}
	if _, err := compare.NewFisher(-1, 2, 3, 4, compare.TwoSided, 0.95); err == nil {
		t.Error("a negative count was accepted")
	}
}

// Reference: R 4.2.2, mantelhaen.test(array(c(2,5,3,6, 4,6,1,7, 0,3,5,4, 12,9,5,14), c(2,2,4))) with correct=TRUE and FALSE.
func TestMantelHaenszelAgreesWithR(t *testing.T) {
	m := must(compare.NewMantelHaenszel([]compare.Stratum{{2, 3, 5, 6}, {4, 1, 6, 7}, {0, 5, 3, 4}, {12, 5, 9, 14}}, 0.95))
	for _, x := range [][2]float64{
		{m.OddsRatio, 1.784380952380952},
		{m.CI.Low, 0.7321265653825456},
		{m.CI.High, 4.348995834560744},
		{m.Chi2, 1.126463377952136},
		{m.P, 0.2885309658738605},
		{m.Chi2NC, 1.654409489923928},
		{m.PNC, 0.1983598369448376},
	} {
		near(t, "mantel-haenszel", x[0], x[1], 1e-12)
	}
	if _, err := compare.NewMantelHaenszel([]compare.Stratum{{0, 0, 3, 4}}, 0.95); err == nil {
		t.Error("a stratum with an empty row gave an answer")
	}
}

// Reference: R 4.2.2. Newcombe from prop.test(k, n, correct=FALSE)$conf.int by the square-and-add formula; Miettinen-Nurminen by
// uniroot (tol 1e-15) on the score statistic whose constrained estimate is itself found by uniroot on the likelihood equation;
// p is prop.test(correct=FALSE)$p.value.
func TestTwoProportionsAgreeWithR(t *testing.T) {
	for _, c := range []struct {
		two  compare.Two
		want [5]float64
	}{
		{compare.Two{K1: 7, N1: 34, K2: 1, N2: 34}, [5]float64{0.01892144388577305, 0.3403686870327074, 0.02704162658344678, 0.3452912169662237, 0.02392584348062664}},
		{compare.Two{K1: 56, N1: 70, K2: 48, N2: 80}, [5]float64{0.05243147240236493, 0.3338726540369059, 0.05282971324584473, 0.3381729400158683, 0.008045081368196564}},
		{compare.Two{K1: 9, N1: 10, K2: 3, N2: 10}, [5]float64{0.1705227239345031, 0.809017973535488, 0.170025016424399, 0.8406495439433279, 0.006169899320544153}},
		{compare.Two{K1: 10, N1: 10, K2: 0, N2: 20}, [5]float64{0.6790860371419148, 1, 0.7156186604656227, 1, 4.320463057827497e-08}},
		{compare.Two{K1: 0, N1: 10, K2: 0, N2: 20}, [5]float64{-0.1611251580528193, 0.2775327998628891, -0.1657602275421716, 0.2843813395343772, math.NaN()}},
		{compare.Two{K1: 5, N1: 2000, K2: 30, N2: 1800}, [5]float64{-0.02133712434702721, -0.008181215464179754, -0.02141658799318863, -0.008432735354381674, 5.006611157592964e-06}},
	} {
		r := must(compare.NewTwoProportions(c.two, 0.95))
		for i, got := range [5]float64{r.Newcombe.Low, r.Newcombe.High, r.MiettinenNurminen.Low, r.MiettinenNurminen.High, r.P} {
			near(t, "two proportions", got, c.want[i], 1e-8)
		}
	}
}

func drawTwo(t *rapid.T) compare.Two {
	n1, n2 := rapid.IntRange(1, 80).Draw(t, "n1"), rapid.IntRange(1, 80).Draw(t, "n2")
	return compare.Two{K1: rapid.IntRange(0, n1).Draw(t, "k1"), N1: n1, K2: rapid.IntRange(0, n2).Draw(t, "k2"), N2: n2}
}

func TestTwoProportionIntervalsAreInRangeAndTurn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawTwo(t)
		r := must(compare.NewTwoProportions(a, 0.95))
		b := must(compare.NewTwoProportions(compare.Two{K1: a.K2, N1: a.N2, K2: a.K1, N2: a.N1}, 0.95))
		for name, i := range map[string][2]describe.Interval{"newcombe": {r.Newcombe, b.Newcombe}, "mn": {r.MiettinenNurminen, b.MiettinenNurminen}} {
			if !(-1 <= i[0].Low && i[0].Low <= i[0].High && i[0].High <= 1) || !i[0].Contains(r.Difference) {
				t.Fatalf("%s %v of %+v", name, i[0], a)
			}
			if math.Abs(i[0].Low+i[1].High) > 1e-7 {
				t.Fatalf("%s %v is not the mirror of %v", name, i[0], i[1])
			}
		}
		for _, end := range []float64{r.MiettinenNurminen.Low, r.MiettinenNurminen.High} {
			if z := math.Abs(compare.ScoreZ(a, end)); math.Abs(end) < 1 && math.Abs(z-1.959963984540054) > 1e-6 {
				t.Fatalf("score at the end %g is %g", end, z)
			}
		}
	})
}

// The score statistic from its definition: the constrained maximum found by bisection of the likelihood equation.
func scoreByBisection(a compare.Two, delta float64) float64 {
	k1, n1, k2, n2 := float64(a.K1), float64(a.N1), float64(a.K2), float64(a.N2)
	lo, hi := math.Max(0, -delta), math.Min(1, 1-delta)
	slope := func(p float64) float64 {
		s := 0.0
		for _, c := range [][3]float64{{k1, n1, p + delta}, {k2, n2, p}} {
			if c[0] > 0 {
				s += c[0] / c[2]
			}
			if c[0] < c[1] {
				s -= (c[1] - c[0]) / (1 - c[2])
			}
		}
		return s
	}
	for range 200 {
		if mid := (lo + hi) / 2; slope(mid) > 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	p := (lo + hi) / 2
	v := ((p+delta)*(1-p-delta)/n1 + p*(1-p)/n2) * (n1 + n2) / (n1 + n2 - 1)
	return (k1/n1 - k2/n2 - delta) / math.Sqrt(v)
}

func TestScoreUsesTheConstrainedMaximum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{5, 50, 3000, 1000000}).Draw(t, "size")
		n1, n2 := rapid.IntRange(2, size).Draw(t, "n1"), rapid.IntRange(2, size).Draw(t, "n2")
		a := compare.Two{K1: rapid.IntRange(0, n1).Draw(t, "k1"), N1: n1, K2: rapid.IntRange(0, n2).Draw(t, "k2"), N2: n2}
		delta := rapid.Float64Range(-0.98, 0.98).Draw(t, "delta")
		d := float64(a.K1)/float64(n1) - float64(a.K2)/float64(n2)
		if math.Abs(d-delta) < 1e-3 || math.Abs(delta) < 1e-4 {
			return
		}
		got, want := compare.ScoreZ(a, delta), scoreByBisection(a, delta)
		if math.Abs(got-want) > 1e-6*math.Abs(want) {
			t.Fatalf("%+v at %g: %.12g, want %.12g", a, delta, got, want)
		}
	})
}
