package report_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pumplab/analysis/power"
	"pumplab/studies"
	"pumplab/studies/report"
)

func scenario(t *testing.T, kind string, margin float64) report.Scenario {
	t.Helper()
	s := studies.Study{
		Name: "planned", Designs: []string{"a", "b"}, Conditions: []studies.Condition{{Name: "quiet"}, {Name: "interrupted", Distractions: []studies.Distraction{{Kind: "phone"}}}},
		Questions: []studies.Question{{Name: "main", Measure: "wrong", Compare: []string{"a", "b"}, Kind: kind, Alpha: 0.05, Margin: margin}},
		Tasks:     []studies.Task{{ID: "p", Practice: true}, {ID: "t1"}, {ID: "t2"}, {ID: "t3"}},
	}
	c, err := report.NewScenario(&s, "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// found simulates studies and counts what they found.
func found(t *testing.T, c report.Scenario, people, runs int) (shown, person, mixed float64) {
	t.Helper()
	c, err := c.Ready()
	if err != nil {
		t.Fatal(err)
	}
	for i := range runs {
		v, err := c.Simulate(people, rand.New(rand.NewPCG(7, uint64(i))))
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			to *float64
			by bool
		}{{&shown, v.Shown}, {&person, v.PerPerson}, {&mixed, v.Mixed}} {
			if x.by {
				*x.to += 1 / float64(runs)
			}
		}
	}
	return shown, person, mixed
}

func TestPowerOfIndependentTasksIsThatOfMcNemarsExactTest(t *testing.T) {
	c := scenario(t, "superiority", 0)
	c.Rates = [2]float64{0.05, 0.2}
	shown, _, _ := found(t, c, 20, 600)
	closed := power.McNemar{First: 0.05 * 0.8, Second: 0.2 * 0.95, Alpha: 0.05, Sides: 2, Method: "exact"}
	if want := closed.Power(float64(20 * c.Pairs())); math.Abs(shown-want) > 0.055 { // three standard errors of 600 studies
		t.Errorf("power %.3f by simulation, %.3f in closed form", shown, want)
	}
}

func TestNoDifferenceIsRarelyShown(t *testing.T) {
	c := scenario(t, "superiority", 0)
	c.Rates, c.PersonSD, c.TaskSD, c.Mixed = [2]float64{0.15, 0.15}, 1, 0.5, true
	shown, person, mixed := found(t, c, 24, 400)
	for name, x := range map[string]float64{"McNemar": shown, "people": person, "mixed model": mixed} {
		if x > 0.05+3*math.Sqrt(0.05*0.95/400)+0.005 {
			t.Errorf("%s showed a difference in %.3f of studies without one", name, x)
		}
	}
}

func TestRatesAreThoseOfAllPeople(t *testing.T) {
	c := scenario(t, "non-inferiority", 0.1)
	c.Rates, c.PersonSD = [2]float64{0.1, 0.1}, 1.5
	shown, _, _ := found(t, c, 400, 60) // equal rates and a wide margin: always shown
	if shown < 0.99 {
		t.Errorf("non-inferiority of equals was shown in %.2f of large studies", shown)
	}
	c.Rates = [2]float64{0.2, 0.1} // the excess is the margin: shown in no more than alpha
	if shown, _, _ = found(t, c, 60, 400); shown > 0.05+3*math.Sqrt(0.05*0.95/400)+0.01 {
		t.Errorf("an excess as large as the margin passed in %.3f of studies", shown)
	}
}

func TestMorePeopleAndTheSameSeedBeginWithTheSameStudy(t *testing.T) {
	c := scenario(t, "superiority", 0)
	c.Rates, c.PersonSD = [2]float64{0.05, 0.3}, 0.7
	a, _, _ := found(t, c, 8, 200)
	b, _, _ := found(t, c, 16, 200)
	again, _, _ := found(t, c, 16, 200)
	if b < a || b != again {
		t.Errorf("power %.3f with 8 people, %.3f and %.3f with 16", a, b, again)
	}
}

func TestPlanningSaysWhatItNeeds(t *testing.T) {
	c := scenario(t, "superiority", 0)
	c.Rates = [2]float64{0.1, 0}
	if _, err := c.Ready(); err == nil || !strings.Contains(err.Error(), "error rate of b is 0 or not given: say what you expect of both designs, as --rate a=0.08 --rate b=0.03") {
		t.Errorf("error: %v", err)
	}
	s := studies.Study{Name: "planned", Designs: []string{"a", "b"}, Questions: []studies.Question{{Name: "pace", Measure: "time"}}}
	if _, err := report.NewScenario(&s, ""); err == nil || !strings.Contains(err.Error(), "pumplab stat power means") {
		t.Errorf("error: %v", err)
	}
	if _, err := report.NewScenario(&s, "none"); err == nil || !strings.Contains(err.Error(), "no question none") {
		t.Errorf("error: %v", err)
	}
}
