package compare_test

import (
	"math"
	"testing"

	"pumplab/analysis/compare"

	"pgregory.net/rapid"
)

// Reference: R 4.2.2, t.test(x, y) and t.test(x, y, paired=TRUE) on the depression data.
func TestMeansAgreeWithR(t *testing.T) {
	w := must(compare.Welch(must(compare.NewMoments(depressionBefore)), must(compare.NewMoments(depressionAfter))))
	p := must(compare.PairedMeans(depressionBefore, depressionAfter))
	for _, x := range [][2]float64{
		{w.DF, 15.79503558254125},
		{w.CI(0.95).Low, -0.3286079301898116},
		{w.CI(0.95).High, 1.192385707967589},
		{w.P(), 0.2458828385331708},
		{p.CI(0.95).Low, 0.1037787122721685},
		{p.CI(0.95).High, 0.7599990655056093},
		{p.P(), 0.01617662743490809},
	} {
		near(t, "means", x[0], x[1], 1e-11)
	}
	// t.test(paired=TRUE, mu=-.8, alternative="greater") and (mu=.8, alternative="less")
	e := must(compare.EquivalentMeans(p, compare.Margins{Low: -0.8, High: 0.8, Alpha: 0.05}))
	near(t, "p low", e.PLow, 1.230875620770606e-05, 1e-11)
	near(t, "p high", e.PHigh, 0.01612819999095291, 1e-11)
	if !e.Equivalent || e.P != e.PHigh {
		t.Errorf("%+v", e)
	}
	if _, err := compare.PairedMeans([]float64{1, 2}, []float64{0, 1}); err == nil {
		t.Error("equal differences gave an answer")
	}
}

// The verdict and the interval are the same statement.
func TestEquivalenceAgreesWithItsInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := compare.Margins{Low: -rapid.Float64Range(0.02, 0.6).Draw(t, "low"), High: rapid.Float64Range(0.02, 0.6).Draw(t, "high"), Alpha: 0.05}
		pair := drawPaired(t)
		two := drawTwo(t)
		for name, e := range map[string]compare.Equivalence{
			"paired": must(compare.EquivalentPaired(pair, m)), "two": must(compare.EquivalentProportions(two, m)),
		} {
			for _, x := range [][2]float64{{e.CI.Low, m.Low}, {e.CI.High, m.High}} {
				if math.Abs(x[0]-x[1]) < 1e-6 {
					return
				}
			}
			if e.AboveLow != (e.CI.Low > m.Low) || e.BelowHigh != (e.CI.High < m.High) || e.Equivalent != (e.AboveLow && e.BelowHigh) {
				t.Fatalf("%s %+v against %+v: %+v %+v", name, e, m, pair, two)
			}
		}
	})
}

func TestImpossibleMarginsAreRefused(t *testing.T) {
	p := compare.Paired{Both: 5, First: 2, Second: 1, Neither: 9}
	for _, m := range []compare.Margins{{0.1, -0.1, 0.05}, {-5, 5, 0.05}, {-0.1, 0.1, 0.7}, {-0.1, math.NaN(), 0.05}} {
		if _, err := compare.EquivalentPaired(p, m); err == nil {
			t.Errorf("%+v was accepted", m)
		}
	}
}

// Reference: R 4.2.2, qnorm(20.5/26)-qnorm(10.5/26) and -(qnorm(20.5/26)+qnorm(10.5/26))/2.
func TestDetectionUsesTheLogLinearCorrection(t *testing.T) {
	d := must(compare.NewDetection(20, 5, 10, 15, 0.95))
	near(t, "d'", d.DPrime, 1.044498707092581, 1e-12)
	near(t, "c", d.C, -0.2788451757356595, 1e-12)
	if perfect := must(compare.NewDetection(10, 0, 0, 10, 0.95)); math.IsInf(perfect.DPrime, 0) || perfect.DPrime < 3 {
		t.Errorf("%+v", perfect)
	}
	if _, err := compare.NewDetection(0, 0, 3, 3, 0.95); err == nil {
		t.Error("no signal trial gave an answer")
	}
}
