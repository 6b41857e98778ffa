package engine_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pumplab/pumpmodel/engine"
)

// The shortest scenarios on every design, checked always; make proofs walks all of them, checked always and once.
func TestGIP_6_1_3_And_6_1_4_And_2_1_1_HoldInEveryReachableState(t *testing.T) {
	for _, name := range append(slices.Clone(single), "two-channel") {
		t.Run(name, func(t *testing.T) {
			for _, about := range []string{"titration", "orders", "new library"} {
				p, err := engine.Prove(mustDesign(t, name), about, false, 0)
				if err != nil {
					t.Fatal(err)
				}
				if !p.Proved() {
					t.Error(p)
				}
				t.Log(p)
			}
		})
	}
}

// Held against tighter limits than the pump was given, the walk must find what runs beyond them, by the shortest way.
func TestAProofFindsWhatRunsBeyondALimit(t *testing.T) {
	p, err := engine.ProveTight(mustDesign(t, "keypad-wizard"))
	if err != nil || p.Broken != "runs beyond the upperHard of dose" || len(p.Path) == 0 {
		t.Errorf("%v, %v", p, err)
	}
}

// Of a machine with one flaw the walk about it gives the way to it: nothing is proved. Each flaw alone, so that each check counts.
func TestAProofFindsEachFlaw(t *testing.T) {
	for _, c := range []struct{ design, about, flaw, want string }{
		{"keypad-wizard", "weight", "weight", "beyond the lowerHard of weight"},
		{"keypad-wizard", "weight", "weight soft", "Soft of weight without an override"},
		{"keypad-wizard", "dose", "dose", "of dose"},
		{"keypad-wizard", "dose", "dose soft", "Soft of dose without an override"},
		{"chevron-form", "rate", "rate", "beyond the lowerHard of rate"},
		{"dial-touch", "rate by upper dose", "dose soft", "upperSoft of dose without an override"},
		{"fivekey-menu", "vtbi", "vtbi", "beyond the lowerHard of vtbi"},
		{"keypad-wizard", "time", "time", "Hard of time"},
		{"keypad-wizard", "bolus", "bolus", "beyond the lowerHard of bolus"},
		{"chevron-fine-syringe", "bolus", "bolus soft", "Soft of bolus without an override"},
		{"digitpairs-syringe", "bolus rate", "bolus-rate", "of bolus-rate"},
		{"keypad-wizard", "loading dose", "loading", "beyond the lowerHard of loading"},
		{"keypad-wizard", "delay", "delay", "put off for longer than the care area allows"},
		{"keypad-wizard", "standby", "standby goes on by itself", "began to flow by itself"},
		{"keypad-wizard", "bolus", "a bolus is doubled", "another dose is given than was programmed"},
		{"chevron-form", "titration", "one key changes the rate", "one key changed the rate"},
		{"pca-handset", "demand dose", "pca-dose", "beyond the lowerHard of pca-dose"},
		{"pca-handset", "most in 1 h", "in-1h soft", "Soft of in-1h without an override"},
	} {
		p, err := engine.ProveFlawed(mustDesign(t, c.design), c.about, c.flaw)
		if err != nil || p.Proved() || !strings.Contains(p.Broken, c.want) || len(p.Path) == 0 || !strings.Contains(p.String(), "NOT PROVED") {
			t.Errorf("%s, %s: %v, %v", c.about, c.flaw, p, err)
		}
	}
}

// What must be between two infusions of one device is looked at too.
func TestAProofFindsEachFlawBetweenTwoInfusions(t *testing.T) {
	for _, c := range []struct{ about, flaw, want string }{
		{"two channels", "the same drug is not told", "on B: drug was started twice without an answer"},
		{"two channels", "a channel starts the other", "it began to flow by itself"},
		{"secondary infusion", "a secondary does not hold its primary", "the primary and the secondary flow at once"},
	} {
		p, err := engine.ProveJointFlawed(mustDesign(t, "two-channel"), c.about, c.flaw)
		if err != nil || p.Proved() || !strings.Contains(p.Broken, c.want) || len(p.Path) == 0 {
			t.Errorf("%s: %v, %v", c.flaw, p, err)
		}
	}
}

// A walk that was cut off, or that could not begin what it is about, proves nothing, and says so.
func TestAWalkThatWasCutOffProvesNothing(t *testing.T) {
	p, err := engine.Prove(mustDesign(t, "keypad-wizard"), "titration", false, 300)
	if err != nil || p.Proved() || !strings.HasSuffix(p.String(), "NOT PROVED, cut off before its end, no counterexample so far") {
		t.Errorf("%v, %v", p, err)
	}
	p, err = engine.Prove(mustDesign(t, "chevron-form"), "bolus", false, 0) // a design without a bolus
	if err != nil || p.Proved() || !strings.HasSuffix(p.String(), "NOT PROVED, no step could begin a dose") {
		t.Errorf("%v, %v", p, err)
	}
}

// The classes of states are closed: whatever the pump comes to in a walk with its own clocks and counts, the proof was there.
func TestNoWalkLeavesTheClassesOfAProof(t *testing.T) {
	abouts := []string{"weight", "orders", "new library", "power"}
	more := map[string]string{"keypad-wizard": "standby", "chevron-fine-syringe": "bolus", "digitpairs-syringe": "loading dose", "touch-tablet": "delay", "pca-handset": "loading"}
	for i, name := range append(slices.Clone(single), "two-channel", "pca-handset") {
		about := cmp.Or(more[name], abouts[(i+1)%len(abouts)])
		what, err := engine.Escaped(mustDesign(t, name), about, 6000, rand.New(rand.NewPCG(1, uint64(i))))
		if err != nil || what != "" {
			t.Errorf("%s, %s: %s %v", name, about, what, err)
		}
	}
}
