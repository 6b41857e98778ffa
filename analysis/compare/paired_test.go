package compare_test

import (
	"math"
	"testing"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if math.IsNaN(want) && math.IsNaN(got) {
		return
	}
	if !(math.Abs(got-want) <= rel*math.Abs(want)+1e-300) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// Reference: R 4.2.2, mcnemar.test(matrix(c(a,c,b,d),2), correct=FALSE or TRUE) and binom.test(b, b+c)$p.value; mid-p as
// binom.test's p minus dbinom(b, b+c, .5).
func TestMcNemarAgreesWithR(t *testing.T) {
	for _, c := range []struct {
		table compare.Paired
		want  [6]float64 // chi2, p, chi2 corrected, p, exact, mid-p
	}{
		{compare.Paired{Both: 1, First: 1, Second: 7, Neither: 12}, [6]float64{4.5, 0.03389485352468927, 3.125, 0.07709987174354196, 0.07031250000000003, 0.03906250000000001}},
		{compare.Paired{Both: 10, First: 5, Second: 20, Neither: 100}, [6]float64{9, 0.002699796063260192, 7.84, 0.005110260660855865, 0.004077315330505368, 0.002493917942047115}},
		{compare.Paired{Both: 0, First: 3, Second: 3, Neither: 4}, [6]float64{0, 1, 0, 1, 1, 0.84375}},
		{compare.Paired{Both: 100, First: 2, Second: 90, Neither: 1000}, [6]float64{84.17391304347827, 4.53110141263878e-20, 82.27173913043478, 1.18605908123652e-19, 1.728274336481645e-24, 8.829183686723229e-25}},
		{compare.Paired{Both: 50, First: 10, Second: 900, Neither: 10}, [6]float64{870.4395604395604, 2.618329352545599e-191, 868.4846153846154, 6.966623304759843e-191, 2.386026047926784e-251, 1.206239037546933e-251}},
	} {
		m, err := compare.NewMcNemar(c.table, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range [6]float64{m.Chi2, m.PChi2, m.Chi2CC, m.PChi2CC, m.PExact, m.PMidP} {
			near(t, "mcnemar", got, c.want[i], 1e-10)
		}
	}
}

// Reference: Fagerland, Lydersen & Laake, Stat Med 2014;33:2850, table III (airway hyper-responsiveness 1, 1, 7, 12), printed
// to three digits; the Tango interval also by R 4.2.2 uniroot(tol=1e-14) on the score statistic.
func TestPairedIntervalsAgreeWithPublished(t *testing.T) {
	m, err := compare.NewMcNemar(compare.Paired{Both: 1, First: 1, Second: 7, Neither: 12}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ got, want describe.Interval }{
		"wald":     {m.Wald, describe.Interval{Low: -0.520, High: -0.0514}},
		"bp":       {m.BonettPrice, describe.Interval{Low: -0.508, High: -0.0139}},
		"newcombe": {m.Newcombe, describe.Interval{Low: -0.507, High: -0.0256}},
		"tango":    {m.Tango, describe.Interval{Low: -0.517, High: -0.0256}},
	} {
		if math.Abs(c.got.Low-c.want.Low) > 6e-4 || math.Abs(c.got.High-c.want.High) > 6e-4 {
			t.Errorf("%s %v, want %v", name, c.got, c.want)
		}
	}
}

// Reference: tests of the R package contingencytables (Fagerland, Lydersen & Laake 2017) on Cavo et al. 2012, printed to four digits.
func TestPairedIntervalsAgreeWithContingencytables(t *testing.T) {
	m := must(compare.NewMcNemar(compare.Paired{Both: 59, First: 6, Second: 16, Neither: 80}, 0.95))
	for name, c := range map[string]struct{ got, want describe.Interval }{
		"wald":     {m.Wald, describe.Interval{Low: -0.1184, High: -0.0058}},
		"bp":       {m.BonettPrice, describe.Interval{Low: -0.1195, High: -0.0032}},
		"newcombe": {m.Newcombe, describe.Interval{Low: -0.1186, High: -0.0046}},
		"tango":    {m.Tango, describe.Interval{Low: -0.1240, High: -0.0054}},
	} {
		if math.Abs(c.got.Low-c.want.Low) > 5.1e-5 || math.Abs(c.got.High-c.want.High) > 5.1e-5 {
			t.Errorf("%s %v, want %v", name, c.got, c.want)
		}
	}
	near(t, "mid-p", m.PMidP, 0.034690, 2e-5)
}

func drawPaired(t *rapid.T) compare.Paired {
	g := rapid.IntRange(0, 60)
	p := compare.Paired{Both: g.Draw(t, "a"), First: g.Draw(t, "b"), Second: g.Draw(t, "c"), Neither: g.Draw(t, "d")}
	if p.N() == 0 {
		p.Both = 1
	}
	return p
}

func TestPairedIntervalsAreInRangeAndTurnWithTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPaired(t)
		q := compare.Paired{Both: p.Both, First: p.Second, Second: p.First, Neither: p.Neither}
		m, err := compare.NewMcNemar(p, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := compare.NewMcNemar(q, 0.95)
		for name, i := range map[string][2]describe.Interval{
			"wald": {m.Wald, r.Wald}, "newcombe": {m.Newcombe, r.Newcombe}, "tango": {m.Tango, r.Tango}, "bp": {m.BonettPrice, r.BonettPrice},
		} {
			if !(-1 <= i[0].Low && i[0].Low <= i[0].High && i[0].High <= 1) {
				t.Fatalf("%s %v of %+v", name, i[0], p)
			}
			if math.Abs(i[0].Low+i[1].High) > 1e-9 {
				t.Fatalf("%s of the turned table %v is not the mirror of %v", name, i[1], i[0])
			}
			if name != "bp" && !i[0].Contains(m.Difference) {
				t.Fatalf("%s %v lacks %g", name, i[0], m.Difference)
			}
		}
		if p.First+p.Second > 0 && !(0 <= m.PMidP && m.PMidP <= m.PExact && m.PExact <= 1) {
			t.Fatalf("mid-p %g, exact %g", m.PMidP, m.PExact)
		}
	})
}

// The Tango interval is where the score test stops rejecting.
func TestTangoIntervalInvertsItsTest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPaired(t)
		p.First, p.Second, p.Neither = p.First+1, p.Second+1, p.Neither+1
		m, _ := compare.NewMcNemar(p, 0.95)
		for _, end := range []float64{m.Tango.Low, m.Tango.High} {
			if z := math.Abs(compare.TangoZ(p, end)); math.Abs(z-1.959963984540054) > 1e-8 {
				t.Fatalf("z at the end %g is %g", end, z)
			}
		}
	})
}

func TestMcNemarWithoutDiscordantPairsSaysSo(t *testing.T) {
	m, err := compare.NewMcNemar(compare.Paired{Both: 5, Neither: 7}, 0.95)
	if err != nil || !math.IsNaN(m.PChi2) || m.PExact != 1 || m.PMidP != 1 {
		t.Errorf("%+v %v", m, err)
	}
	if !(m.Tango.Low < 0 && m.Tango.High > 0 && m.Tango.High < 0.5) {
		t.Errorf("tango %v", m.Tango)
	}
	if _, err := compare.NewMcNemar(compare.Paired{}, 0.95); err == nil {
		t.Error("an empty table was accepted")
	}
	if _, err := compare.NewMcNemar(compare.Paired{Both: -1, Neither: 3}, 0.95); err == nil {
		t.Error("a negative count was accepted")
	}
}
