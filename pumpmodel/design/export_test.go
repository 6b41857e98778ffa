package design

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// ProveTight is Prove about the dose, held against a lower hard limit than the pump was given.
func ProveTight(d *Design) (Proof, error) {
	judge := proveLibrary("dose", false)
	set := judge.Areas[0].Setups[0].Limits[library.Dose]
	set.UpperHard = library.At(quantity.Int(25))
	judge.Areas[0].Setups[0].Limits[library.Dose] = set
	return d.prove("dose", proveLibrary("dose", false), judge)
}

// Escaped proves a scenario, then walks the concrete machine at random, n steps in all: each state must lie in a class that the proof
// walked from, each step keep the properties. The text says what did not; it is empty if all did.
func Escaped(d *Design, about string, n int, r *rand.Rand) (string, error) {
	w, err := d.prover(about, d.proofLibrary(about, false), d.proofLibrary(about, false))
	if err != nil {
		return "", err
	}
	known := map[packed][]int32{}
	space := w.space()
	space.Pack = func(x *watched) (packed, int32) {
		key, past := w.pack(x)
		known[key] = append(known[key], past)
		return key, past
	}
	if got := explore.Walk(space, provedStates); !got.Complete || got.Found {
		return "the proof does not hold: " + w.p.Broken, nil
	}
	var x watched
	var path []string
	for i := range n {
		if i%400 == 0 {
			x, path = w.start(), nil
		}
		mv := &w.moves[r.IntN(len(w.moves))]
		before := x
		var out []pumpmodel.Output
		if wait, any := w.m.wait(&x.S); mv.clock == nil {
			out = w.do(&x, mv)
		} else if any && (w.events != nil || x.S.Alert.Left == wait) { // with its own clocks
			out = w.step(&x, pumpmodel.Event{Kind: pumpmodel.Elapse, For: wait})
		}
		path = append(path, mv.name)
		if w.breaks(&before, &x, out, mv.clock) {
			return fmt.Sprintf("%s after %v", w.p.Broken, path), nil
		}
		key, past := w.pack(&x)
		if !slices.ContainsFunc(known[key], func(kept int32) bool { return kept == past || w.covers(kept, past) }) {
			return fmt.Sprintf("after %v the pump is in a class that the proof did not visit", path), nil
		}
	}
	return "", nil
}

// Explained are the keys that meanings explains to an editor.
func Explained() []string { return slices.Sorted(maps.Keys(meanings)) }
