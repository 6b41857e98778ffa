package tail_test

import (
	"math"
	"testing"

	"pumplab/analysis/tail"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if !(math.Abs(got-want) <= rel*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g (relative difference %.2g)", what, got, want, math.Abs(got/want-1))
	}
}

// Reference: R 4.2.2, pnorm pt pf pchisq pbinom with lower.tail=FALSE (pbinom upper asked as k-1), qt qf qchisq qnorm qbeta;
// printed with 16 digits.
func TestTailsAgreeWithRFarOut(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"pnorm 1", tail.Normal(1), 1.586552539314570e-01},
		{"pnorm 10", tail.Normal(10), 7.619853024160527e-24},
		{"pnorm 37", tail.Normal(37), 5.725571222524577e-300},
		{"pt 1,5", tail.Student(1, 5), 1.816087338245613e-01},
		{"pt 30,5", tail.Student(30, 5), 3.859324310248023e-07},
		{"pt 100,5", tail.Student(100, 5), 9.480007112311828e-10},
		{"pt 10,100", tail.Student(10, 100), 4.950844492297047e-17},
		{"pt 10,1000", tail.Student(10, 1000), 8.335351479300041e-23},
		{"pt 10,1e6", tail.Student(10, 1e6), 7.639305384089150e-24},
		{"pt .001,1e5", tail.Student(.001, 1e5), 4.996010587834439e-01},
		{"pt .5,.5", tail.Student(.5, .5), 3.786590364647183e-01},
		{"pf 1,3,20", tail.F(1, 3, 20), 4.132519140624602e-01},
		{"pf 10,3,20", tail.F(10, 3, 20), 3.094054635144074e-04},
		{"pf 1000,3,20", tail.F(1000, 3, 20), 5.986006215689489e-22},
		{"pf 1e5,3,20", tail.F(1e5, 3, 20), 6.412135069615488e-42},
		{"pf 50,2,500", tail.F(50, 2, 500), 1.602095822884923e-20},
		{"pf .01,1,1e5", tail.F(.01, 1, 1e5), 9.203445259067262e-01},
		{"pchisq .1,3", tail.ChiSquared(.1, 3), 9.918374237318764e-01},
		{"pchisq 200,3", tail.ChiSquared(200, 3), 4.218541107192042e-43},
		{"pchisq 1000,3", tail.ChiSquared(1000, 3), 1.799420876531448e-216},
		{"pbinom 60,60,.5", tail.BinomialUpper(60, 60, .5), 8.673617379884026e-19},
		{"pbinom 400,1000,.1", tail.BinomialUpper(400, 1000, .1), 2.090942017811160e-137},
		{"pbinom 5001,20000,.2", tail.BinomialUpper(5001, 20000, .2), 1.479359219223747e-66},
		{"pbinom lower 3,1000,.5", tail.BinomialLower(3, 1000, .5), 1.555447150701664e-293},
		{"qt .975,1", tail.StudentQuantile(.975, 1), 12.706204736174694},
		{"qt .975,2.5", tail.StudentQuantile(.975, 2.5), 3.574654842003692},
		{"qt .975,1e5", tail.StudentQuantile(.975, 1e5), 1.959987707534609},
		{"qt 1e-12,7", tail.StudentQuantile(1e-12, 7), -104.021829262647174},
		{"qf .975,3,20", tail.FQuantile(.975, 3, 20), 3.85869866627321656},
		{"qf .025,3,20", tail.FQuantile(.025, 3, 20), 0.07058467426541259},
		{"qf .999,10,2.3", tail.FQuantile(.999, 10, 2.3), 445.02499323590149061},
		{"qchisq .025,1", tail.ChiSquaredQuantile(.025, 1), 9.820691171752562e-04},
		{"qchisq .975,40", tail.ChiSquaredQuantile(.975, 40), 5.934170714317120e+01},
		{"qchisq 1e-10,3", tail.ChiSquaredQuantile(1e-10, 3), 5.209397621434480e-07},
		{"qnorm 1e-300", tail.NormalQuantile(1e-300), -37.0470962993612005},
		{"qnorm .025", tail.NormalQuantile(.025), -1.9599639845400538},
		{"qnorm .999", tail.NormalQuantile(.999), 3.0902323061678132},
		{"qbeta .025,1e5,3", tail.BetaQuantile(.025, 1e5, 3), 9.999277564554681e-01},
		{"qbeta 1e-8,2,900", tail.BetaQuantile(1e-8, 2, 900), 1.570550072540281e-07},
		{"qbeta .9,.5,.5", tail.BetaQuantile(.9, .5, .5), 9.755282581475768e-01},
	} {
		near(t, c.name, c.got, c.want, 2e-10)
	}
}

func TestQuantilesInvertTails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := math.Pow(10, rapid.Float64Range(-12, -0.01).Draw(t, "log10 p"))
		d1 := rapid.Float64Range(0.3, 400).Draw(t, "df1")
		d2 := rapid.Float64Range(0.3, 400).Draw(t, "df2")
		for name, back := range map[string]float64{
			"normal":  tail.Normal(-tail.NormalQuantile(p)),
			"student": tail.Student(-tail.StudentQuantile(p, d1), d1),
			"beta":    tail.Beta(tail.BetaQuantile(p, d1, d2), d1, d2),
			"f":       tail.F(1/tail.FQuantile(p, d1, d2), d2, d1),
			"gamma":   tail.ChiSquared(2*tail.GammaUpperQuantile(p, d1), 2*d1),
		} {
			if !(math.Abs(back-p) <= 1e-8*p) {
				t.Fatalf("%s: p %g came back as %g", name, p, back)
			}
		}
	})
}

func TestTailsFallAsTheStatisticGrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(0, 60).Draw(t, "x")
		y := x + rapid.Float64Range(1e-3, 10).Draw(t, "more")
		df := rapid.Float64Range(0.5, 500).Draw(t, "df")
		for name, f := range map[string]func(float64) float64{
			"normal":  tail.NormalTwoSided,
			"student": func(v float64) float64 { return tail.Student(v, df) },
			"chi2":    func(v float64) float64 { return tail.ChiSquared(v, df) },
			"f":       func(v float64) float64 { return tail.F(v, df, 7) },
		} {
			if a, b := f(x), f(y); b > a*(1+1e-12) || a < 0 || a > 1 {
				t.Fatalf("%s(%g)=%g then %s(%g)=%g", name, x, a, name, y, b)
			}
		}
	})
}
