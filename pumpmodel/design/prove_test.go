package design_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"pumplab/pumpmodel/design"
)

// The shortest scenarios on every design, checked always; make proofs walks all of them, checked always and once.
func TestGIP_6_1_3_And_6_1_4_And_2_1_1_HoldInEveryReachableState(t *testing.T) {
	for _, name := range append(slices.Clone(single), "two-channel") {
		t.Run(name, func(t *testing.T) {
			for _, about := range []string{"titration", "orders", "new library"} {
				p, err := mustDesign(t, name).Prove(about, false)
				if err != nil {
					t.Fatal(err)
				}
				if p.Broken != "" || !p.Complete || p.Started == 0 {
					t.Error(p)
				}
				t.Log(p)
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

// The classes of states are closed: whatever the pump comes to in a walk with its own clocks and counts, the proof was there.
func TestNoWalkLeavesTheClassesOfAProof(t *testing.T) {
	abouts := []string{"weight", "orders", "new library", "power"}
	more := map[string]string{"keypad-wizard": "standby", "chevron-fine-syringe": "bolus", "digitpairs-syringe": "loading dose", "touch-tablet": "delay", "pca-handset": "loading"}
	for i, name := range append(slices.Clone(single), "two-channel", "pca-handset") {
		about := cmp.Or(more[name], abouts[(i+1)%len(abouts)])
		what, err := design.Escaped(mustDesign(t, name), about, 6000, rand.New(rand.NewPCG(1, uint64(i))))
		if err != nil || what != "" {
			t.Errorf("%s, %s: %s %v", name, about, what, err)
		}
	}
}
