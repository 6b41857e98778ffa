package design_test

import (
	"slices"
	"testing"

	"pumplab/pumpmodel/design"
)

// Checked always in every scenario; checked once where that is a matter of seconds. pumplab design check --prove does them all.
func TestGIP_6_1_3_And_6_1_4_And_2_1_1_HoldInEveryReachableState(t *testing.T) {
	quick := []string{"weight", "titration", "all fields"}
	for _, name := range builtIn {
		t.Run(name, func(t *testing.T) {
			for _, about := range design.Scenarios() {
				for _, once := range []bool{false, true} {
					if once && !slices.Contains(quick, about) {
						continue
					}
					p, err := mustDesign(t, name).Prove(about, once)
					if err != nil {
						t.Fatal(err)
					}
					if p.Broken != "" || !p.Complete || p.Started == 0 {
						t.Error(p)
					}
					t.Log(p)
				}
			}
		})
	}
}

// Held against tighter limits than the pump was given, the walk must find what runs beyond them, by the shortest way.
func TestAProofFindsWhatRunsBeyondALimit(t *testing.T) {
	p, err := design.ProveTight(mustDesign(t, "keypad-wizard"))
	if err != nil || p.Broken != "runs beyond the upperHard of dose" || len(p.Path) == 0 {
		t.Errorf("%v, %v", p, err)
	}
}
