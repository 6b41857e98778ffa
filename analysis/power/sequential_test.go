package power_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pumplab/analysis/power"
)

// Reference: documentation of R package ldbounds, ldBounds(t=seq(.2,1,.2), alpha=.05, two-sided): O'Brien-Fleming type 4.8769, 3.3569,
// 2.6803, 2.2898, 2.0310; Pocock type 2.4380, 2.4268, 2.4101, 2.3966, 2.3859, from a coarser grid than ours, so to 1.5e-4.
func TestBoundariesAgreeWithLdbounds(t *testing.T) {
	for how, want := range map[power.Spending][]float64{
		power.OBrienFleming: {4.8769, 3.3569, 2.6803, 2.2898, 2.0310},
		power.Pocock:        {2.4380, 2.4268, 2.4101, 2.3966, 2.3859},
	} {
		looks, err := power.Sequential([]float64{.2, .4, .6, .8, 1}, .05, 2, how)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range looks {
			if math.Abs(l.Z-want[i]) > 1.5e-4 {
				t.Errorf("%s look %d: %.5f, want %.4f", how, i+1, l.Z, want[i])
			}
		}
		if math.Abs(looks[4].Spent-.05) > 1e-12 {
			t.Errorf("%s spends %g", how, looks[4].Spent)
		}
	}
}

// 20,000 studies without a difference stop wrongly as often as planned.
func TestSequentialStudiesKeepTheirErrorRate(t *testing.T) {
	for _, sides := range []int{1, 2} {
		looks, err := power.Sequential([]float64{.3, .5, 1}, .05, sides, power.Pocock)
		if err != nil {
			t.Fatal(err)
		}
		tally, err := power.Simulate(power.Plan{Seed: 11, To: 20000}, func(rng *rand.Rand) (bool, error) {
			s, at := 0.0, 0.0
			for _, l := range looks {
				s += rng.NormFloat64() * math.Sqrt(l.Information-at)
				at = l.Information
				z := s / math.Sqrt(at)
				if z >= l.Z || (sides == 2 && -z >= l.Z) {
					return true, nil
				}
			}
			return false, nil
		})
		p, _ := tally.Power(.999)
		if err != nil || !p.CI.Contains(.05) {
			t.Errorf("%d sides: %+v %v", sides, p, err)
		}
	}
}

func TestImpossibleLooksAreRefused(t *testing.T) {
	for _, info := range [][]float64{{.5, .5}, {0, 1}, {.5, 1.2}, {math.NaN()}} {
		if _, err := power.Sequential(info, .05, 2, power.Pocock); err == nil {
			t.Errorf("%v was accepted", info)
		}
	}
	if _, err := power.Sequential([]float64{1}, .05, 2, "haybittle"); err == nil {
		t.Error("an unknown spending was accepted")
	}
	one, err := power.Sequential([]float64{1}, .05, 2, power.OBrienFleming)
	if err != nil || math.Abs(one[0].Z-1.959963984540054) > 1e-9 {
		t.Errorf("%+v %v", one, err)
	}
}
