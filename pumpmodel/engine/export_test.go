package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// ProveTight is Prove about the dose, held against a lower hard limit than the pump was given.
func ProveTight(d *design.Design) (Proof, error) {
	judge := proveLibrary("dose", false)
	set := judge.Areas[0].Setups[0].Limits[library.Dose]
	set.UpperHard = library.At(quantity.Int(25))
	judge.Areas[0].Setups[0].Limits[library.Dose] = set
	w, err := newProver(d, "dose", proveLibrary("dose", false), judge)
	if err != nil {
		return Proof{}, err
	}
	return w.prove(0), nil
}

// ProveFlawed is Prove on a machine that has one flaw: the name of a field whose limits it does not know (" soft": whose soft limits),
// or what it does of its own.
func ProveFlawed(d *design.Design, about, flaw string) (Proof, error) {
	lib := proofLibrary(d, about, false)
	w, err := newProver(d, about, lib, lib)
	if err != nil {
		return Proof{}, err
	}
	running := func(s *state) bool { return s.Screen == w.m.running && !s.Alert.On && s.Flow.Mode == delivery.Infusing }
	switch flaw {
	case "one key changes the rate":
		w.change = func(s *state, e pumpmodel.Event) []pumpmodel.Output {
			if e.Kind == pumpmodel.Down && e.Control == onward(d)[0] && running(s) {
				s.Flow.Rate += quantity.One
				s.Run.Val[field.Rate] = s.Flow.Rate
				return nil
			}
			return w.m.step(s, e)
		}
	case "standby goes on by itself":
		w.change = func(s *state, e pumpmodel.Event) []pumpmodel.Output {
			held := s.Dose.Hold == exStandby
			out := w.m.step(s, e)
			if held && e.Kind == pumpmodel.Elapse && s.Dose.Hold == exNone {
				s.Flow = s.Flow.Resume()
			}
			return out
		}
	case "a bolus is doubled":
		w.change = func(s *state, e pumpmodel.Event) []pumpmodel.Output {
			was := s.Dose.Extra.Volume
			out := w.m.step(s, e)
			if was == 0 {
				s.Dose.Extra.Volume *= 2
			}
			return out
		}
	default:
		name, soft := strings.CutSuffix(flaw, " soft")
		for i := range w.m.areas[0].drugs {
			w.m.areas[0].drugs[i].setups[0].unlimit(field.Named(name), soft)
		}
	}
	return w.prove(0), nil
}

// ProveJointFlawed is Prove about two infusions at once, on a device that does after every step what it must not.
func ProveJointFlawed(d *design.Design, about, flaw string) (Proof, error) {
	w, err := newJoint(d, about, false)
	if err != nil {
		return Proof{}, err
	}
	w.change = func(x *device, e pumpmodel.Event) []pumpmodel.Output {
		out := w.k.step(x, e)
		for i := range x.Lane {
			s := &x.Lane[i]
			switch {
			case flaw == "the same drug is not told" && s.Alert.Kind == alertDrug:
				s.Alert = alert{}
			case flaw == "a secondary does not hold its primary" && i%2 == 0 && x.Holding[i/2]:
				s.Flow = s.Flow.Resume()
			case flaw == "a channel starts the other" && e.Control == "A" && s.Flow.Mode == delivery.Paused:
				s.Flow = s.Flow.Resume()
			}
		}
		return out
	}
	return w.prove(0), nil
}

// unlimit takes the limits of a field away.
func (s *setup) unlimit(f field.Field, soft bool) {
	of := func(l *library.LimitSet) {
		if soft {
			l.LowerSoft, l.UpperSoft = library.Bound{}, library.Bound{}
			return
		}
		*l = library.LimitSet{}
	}
	switch f {
	case field.Bolus:
		of(&s.bolus.dose)
	case field.BolusRate:
		of(&s.bolus.rate)
	case field.Loading:
		of(&s.load.dose)
	case field.Delay:
		s.hold = quantity.Int(9999)
	default:
		of(&s.limits[f])
	}
}

// Escaped proves a scenario, then walks the concrete machine at random, n steps in all: each state must lie in a class that the proof
// walked from, each step keep the properties. The text says what did not; it is empty if all did.
func Escaped(d *design.Design, about string, n int, r *rand.Rand) (string, error) {
	w, err := newProver(d, about, proofLibrary(d, about, false), proofLibrary(d, about, false))
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
