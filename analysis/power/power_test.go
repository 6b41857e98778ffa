package power_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"pumplab/analysis/power"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if !(math.Abs(got-want) <= rel*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

func size(t *testing.T, d power.Design, wanted float64) float64 {
	t.Helper()
	n, err := power.SampleSize(d, wanted)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Reference: R 4.2.2: power.prop.test(n=100,p1=.1,p2=.25), (p1=.1,p2=.25,power=.9), (n=60,p1=.5,p2=.3,alternative="one.sided",sig.level=.01);
// power.t.test(n=20,delta=1,sd=1.2), (n=12,delta=.8,sd=1,type="paired"), (delta=.5,sd=1,power=.8),
// (n=3,delta=2,sd=1,alternative="one.sided"), (delta=2,sd=5,power=.95,type="paired",sig.level=.01), sizes with tol=1e-12; the
// McNemar sums written out with dbinom and pbinom for n=60, .2, .05.
func TestPowerAgreesWithR(t *testing.T) {
	two := power.Proportions{P1: .1, P2: .25, Alpha: .05, Sides: 2}
	near(t, "prop", two.Power(100), 0.80182993619403, 1e-11)
	near(t, "prop n", size(t, two, .9), 132.7557009239464, 1e-9)
	near(t, "prop one", power.Proportions{P1: .5, P2: .3, Alpha: .01, Sides: 1}.Power(60), 0.4632609797543736, 1e-11)
	near(t, "t", power.Means{Delta: 1, SD: 1.2, Alpha: .05, Sides: 2}.Power(20), 0.7284655047873354, 1e-9)
	near(t, "t paired", power.Means{Delta: .8, SD: 1, Alpha: .05, Sides: 2, Paired: true}.Power(12), 0.7136569728381609, 1e-9)
	near(t, "t n", size(t, power.Means{Delta: .5, SD: 1, Alpha: .05, Sides: 2}, .8), 63.76576372484682, 1e-8)
	near(t, "t one", power.Means{Delta: 2, SD: 1, Alpha: .05, Sides: 1}.Power(3), 0.6452020867590256, 1e-9)
	near(t, "t paired n", size(t, power.Means{Delta: 2, SD: 5, Alpha: .01, Sides: 2, Paired: true}, .95), 114.6801488498785, 1e-8)
	near(t, "exact", power.McNemar{First: .2, Second: .05, Alpha: .05, Sides: 2, Method: "exact"}.Power(60), 0.5808549092029064, 1e-11)
	near(t, "midp", power.McNemar{First: .2, Second: .05, Alpha: .05, Sides: 2, Method: "midp"}.Power(60), 0.6661491256734819, 1e-11)
}

// Reference: R 4.2.2, pt(2,5,1,lower=FALSE), pt(-1,3,.5,lower=FALSE), pt(30,200,25,lower=FALSE).
func TestNoncentralTAgreesWithR(t *testing.T) {
	near(t, "pt", power.NoncentralT(2, 5, 1), 0.221925337384053, 1e-11)
	near(t, "pt", power.NoncentralT(-1, 3, .5), 0.9078787901856372, 1e-11)
	near(t, "pt", power.NoncentralT(30, 200, 25), 0.002658623560455986, 1e-9)
}

func TestPowerGrowsWithPeopleAndSizeGivesItBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p1, gap := rapid.Float64Range(.05, .4).Draw(t, "p1"), rapid.Float64Range(.05, .4).Draw(t, "gap")
		wanted := rapid.Float64Range(.5, .99).Draw(t, "power")
		for name, d := range map[string]power.Design{
			"proportions": power.Proportions{P1: p1, P2: p1 + gap, Alpha: .05, Sides: 2},
			"means":       power.Means{Delta: gap * 3, SD: 1, Alpha: .05, Sides: 2},
			"mcnemar":     power.McNemar{First: p1 + gap, Second: p1 / 4, Alpha: .05, Sides: 2, Method: "normal"},
			"margin":      power.NonInferior{P1: p1, P2: p1, Margin: gap, Alpha: .025},
			"pairs":       power.NonInferior{P1: p1, P2: p1, Margin: gap, Alpha: .025, Paired: true},
			"equivalence": power.Equivalence{Delta: gap / 3, Margin: gap * 4, SD: 1, Alpha: .05},
			"discovery":   power.Discovery{P: p1},
		} {
			if err := d.Check(); err != nil {
				t.Fatal(name, err)
			}
			n, err := power.SampleSize(d, wanted)
			if err != nil {
				t.Fatal(name, err)
			}
			if p := d.Power(n); n > 2 && math.Abs(p-wanted) > 1e-6 {
				t.Fatalf("%s: n %g has power %g, wanted %g", name, n, p, wanted)
			}
			if a, b := d.Power(n+1), d.Power(n+20); a > b+1e-9 || b > 1+1e-9 {
				t.Fatalf("%s: %g then %g", name, a, b)
			}
		}
	})
}

func TestExactSizeIsTheSmallestThatReaches(t *testing.T) {
	d := power.McNemar{First: .25, Second: .05, Alpha: .05, Sides: 2, Method: "midp"}
	n := size(t, d, .8)
	if d.Power(n) < .8 || d.Power(n-1) >= .8 || n != math.Trunc(n) {
		t.Errorf("n %g: %g, one less %g", n, d.Power(n), d.Power(n-1))
	}
}

func TestDesignsWithoutAnythingToFindAreRefused(t *testing.T) {
	for _, d := range []power.Design{
		power.Proportions{P1: .2, P2: .2, Alpha: .05, Sides: 2},
		power.Proportions{P1: 0, P2: .2, Alpha: .05, Sides: 2},
		power.Means{Delta: 0, SD: 1, Alpha: .05, Sides: 2},
		power.Means{Delta: 1, SD: 0, Alpha: .05, Sides: 2},
		power.McNemar{First: .7, Second: .6, Alpha: .05, Sides: 2, Method: "normal"},
		power.McNemar{First: .1, Second: .2, Alpha: .05, Sides: 2, Method: "x"},
		power.NonInferior{P1: .2, P2: .1, Margin: .05, Alpha: .025},
		power.Equivalence{Delta: 2, Margin: 1, SD: 1, Alpha: .05},
		power.Discovery{P: 1},
		power.Proportions{P1: .1, P2: .2, Alpha: 5, Sides: 2},
		power.Proportions{P1: .1, P2: .2, Alpha: .05, Sides: 3},
	} {
		if _, err := power.SampleSize(d, .8); err == nil {
			t.Errorf("%+v was accepted", d)
		}
	}
}

// A coin of chance 0.3: known truth; and the parts of a plan add up to the whole.
func TestSimulationIsTheSameHoweverItIsShared(t *testing.T) {
	coin := func(rng *rand.Rand) (bool, error) {
		if rng.Float64() < 0.01 {
			return false, errors.New("did not converge")
		}
		return rng.Float64() < 0.3, nil
	}
	whole, err := power.Simulate(power.Plan{Seed: 7, To: 20000}, coin)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := power.Simulate(power.Plan{Seed: 7, From: 9001, To: 20000}, coin)
	b, _ := power.Simulate(power.Plan{Seed: 7, To: 9001}, coin)
	if sum := a.Add(b); sum.Found != whole.Found || sum.Failed != whole.Failed || sum.Runs != whole.Runs || sum.FirstFailure == nil {
		t.Errorf("%+v, whole %+v", sum, whole)
	}
	p, err := whole.Power(0.999)
	if err != nil || !p.CI.Contains(0.3) || whole.Failed < 100 || whole.Failed > 320 {
		t.Errorf("%+v %+v %v", p, whole, err)
	}
	stopped, err := power.Simulate(power.Plan{Seed: 7, To: 100, Progress: func(n int) bool { return n < 5 }}, coin)
	if !errors.Is(err, power.ErrStopped) || stopped.Runs != 5 {
		t.Error(stopped, err)
	}
	if _, err := (power.Tally{Runs: 3, Failed: 3}).Power(0.95); err == nil {
		t.Error("only failures gave a power")
	}
}

// The simulated chance of discovery meets its closed form.
func TestSimulationMeetsTheClosedForm(t *testing.T) {
	d := power.Discovery{P: .12}
	tally, err := power.Simulate(power.Plan{Seed: 3, To: 5000}, func(rng *rand.Rand) (bool, error) {
		for range 15 {
			if rng.Float64() < d.P {
				return true, nil
			}
		}
		return false, nil
	})
	p, _ := tally.Power(0.999)
	if err != nil || !p.CI.Contains(d.Power(15)) {
		t.Errorf("%+v, closed %g", p, d.Power(15))
	}
}

// R 4.2.2: the sum of dbinom(a, n, p1)·dbinom(b, n, p2) over all tables with fisher.test()$p.value ≤ 0.05.
func TestPowerOfFishersTestIsTheSumOverAllTables(t *testing.T) {
	for _, c := range []struct{ n, p1, p2, want float64 }{{20, 0.1, 0.5, 0.74238878391147}, {15, 0.2, 0.6, 0.447277301892373}} {
		if got := (power.Fisher{P1: c.p1, P2: c.p2, Alpha: 0.05}).Power(c.n); math.Abs(got-c.want) > 1e-10 {
			t.Errorf("%v: %.14g", c, got)
		}
	}
	n, err := power.SampleSize(power.Fisher{P1: 0.1, P2: 0.5, Alpha: 0.05}, 0.8)
	at := power.Fisher{P1: 0.1, P2: 0.5, Alpha: 0.05}
	if err != nil || at.Power(n) < 0.8 || at.Power(n-1) >= 0.8 {
		t.Errorf("n %v %v", n, err)
	}
}

// Schoenfeld (1981), by the formula in R 4.2.2: (qnorm(.975) + qnorm(.8))^2 / (share·(1 − share)·log(ratio)^2) events.
func TestEventsForTheLogRankTest(t *testing.T) {
	for _, c := range []struct{ ratio, share, want float64 }{{0.6, 0.5, 120.315704377499}, {2, 0.3, 77.7924514986558}} {
		d := power.LogRank{Ratio: c.ratio, Alpha: 0.05, Sides: 2, Share: c.share, Event: 1}
		if n, err := power.SampleSize(d, 0.8); err != nil || math.Abs(n-c.want) > 1e-6 {
			t.Errorf("%v: %v %v", c, n, err)
		}
		d.Event = 0.5
		if n, err := power.SampleSize(d, 0.8); err != nil || math.Abs(n-2*c.want) > 1e-6 {
			t.Errorf("half of the people finish: %v %v", n, err)
		}
	}
	if p := (power.LogRank{Ratio: 0.6, Alpha: 0.05, Sides: 2, Share: 0.5, Event: 1}).Power(80); math.Abs(p-0.627226920650918) > 1e-12 {
		t.Errorf("power %v", p)
	}
	for _, d := range []power.LogRank{{Ratio: 1, Alpha: 0.05, Sides: 2, Share: 0.5, Event: 1}, {Ratio: 2, Alpha: 0.05, Sides: 2, Share: 1, Event: 1}, {Ratio: 2, Alpha: 0.05, Sides: 2, Share: 0.5}} {
		if d.Check() == nil {
			t.Errorf("%+v was accepted", d)
		}
	}
}
