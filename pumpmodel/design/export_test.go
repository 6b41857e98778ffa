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
	w, err := d.prover(about, proveLibrary(about, false), proveLibrary(about, false))
	if err != nil {
		return "", err
	}
	known := map[pumpmodel.State]bool{}
	m, keys := w.machine(), w.keys()
	got := explore.Explore(m, explore.Options{Keys: keys, Limit: provedStates, Edge: w.edge, Class: func(s pumpmodel.State) pumpmodel.State {
		c := w.class(s)
		known[c] = true
		return c
	}})
	if !got.Complete || got.Found {
		return "the proof does not hold: " + w.p.Broken, nil
	}
	s := m.Start()
	var path []string
	for i := range n {
		if i%400 == 0 {
			s, path = m.Start(), nil
		}
		key := keys[r.IntN(len(keys))]
		if d := m.Show(s); r.IntN(4) > 0 && len(d.Keys) > 0 {
			key = d.Keys[r.IntN(len(d.Keys))].Control // one that does something
		}
		next, out := explore.Do(m, s, key)
		path = append(path, key)
		if w.edge(explore.Edge{From: s, Key: key, To: next, Out: out}) {
			return fmt.Sprintf("%s after %v", w.p.Broken, path), nil
		}
		if s = next; !known[w.class(s)] {
			return fmt.Sprintf("after %v the pump is in a class that the proof did not visit", path), nil
		}
	}
	return "", nil
}

// Explained are the keys that meanings explains to an editor.
func Explained() []string { return slices.Sorted(maps.Keys(meanings)) }
