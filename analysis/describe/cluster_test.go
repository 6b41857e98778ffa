package describe_test

import (
	"math"
	"testing"

	"pumplab/analysis/describe"
)

// A cluster that is all one way is one event: ten clusters of four alike tasks have the interval of ten tasks, but for the 10/9 of
// the variance between clusters.
func TestEventsOfOneClusterThatAreAlikeCountOnce(t *testing.T) {
	k, n := make([]int, 10), make([]int, 10)
	for i := range n {
		n[i] = 4
	}
	k[0], k[1], k[2] = 4, 4, 4
	got, effect, err := describe.ClusteredWilson(k, n, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if want := 4 * 10.0 / 9; math.Abs(effect-want) > 1e-12 {
		t.Errorf("design effect %v, want %v", effect, want)
	}
	// Wilson's closed form (Wilson 1927) for 2.7 of 9 events
	z := 1.959963984540054
	for i, sign := range []float64{-1, 1} {
		want := (0.3*9 + z*z/2 + sign*z*math.Sqrt(9*0.3*0.7+z*z/4)) / (9 + z*z)
		if have := []float64{got.Low, got.High}[i]; math.Abs(have-want) > 1e-12 {
			t.Errorf("end %d is %v, want %v", i, have, want)
		}
	}
}

func TestClustersThatDoNotDifferLeaveWilsonAlone(t *testing.T) {
	want, err := describe.Wilson(6, 24, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2][]int{
		"alike": {{1, 1, 1, 1, 1, 1}, {4, 4, 4, 4, 4, 4}}, "one": {{6}, {24}}, "an empty one": {{6, 0}, {24, 0}},
	} {
		got, effect, err := describe.ClusteredWilson(c[0], c[1], 0.95)
		if err != nil || got != want || effect != 1 {
			t.Errorf("%s: %v, effect %v, %v; want %v", name, got, effect, err, want)
		}
	}
	if _, _, err := describe.ClusteredWilson([]int{5}, []int{4}, 0.95); err == nil {
		t.Error("5 of 4 is taken")
	}
}
