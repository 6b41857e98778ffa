package engine

import (
	"cmp"
	"fmt"
	"slices"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// The walks over two infusions of one device at once. The other walks are of one infusion by itself, over all values: what a lane does
// with its own keys depends on nothing else. What connects the lanes (the same drug twice, the secondary that holds its primary, what
// one patient has in common, alarms silenced for all) reads of another lane only whether it is begun, runs or is held, which drug, and
// the patient's data, never another number. So here one number stands for all, a dose beyond its soft limit, so that alerts and overrides
// are met; and every pair of states of two lanes is walked: both channels, and a channel with its secondary. Three and four infusions
// at once are not.

// together are the scenarios of two infusions at once: the controls that are left out, so that no third begins, nor anything beside
// them (what an options screen offers is walked on one infusion).
var together = map[string][]string{
	"two channels": {"secondary", "options", "bolus", "loading"}, "secondary infusion": {"channel", "channel-a", "channel-b", "options", "bolus", "loading"},
}

// both is a device's state with what the properties need to know of its past.
type both struct {
	D device
	bothPast
}

type bothPast struct {
	Overrides [lanes]overridden
	Same      [lanes]int16 // the drug for which "the same on another channel" was overridden last, until another is chosen
}

// bothKey is a device's state, small: each lane by the number of its class.
type bothKey struct {
	lane    [lanes]int32
	shown   int8
	holding [channels]bool
	twice   [lanes]int16
}

// joint walks a device; lane are the provers of its lanes, one each.
type joint struct {
	k      *deck
	change func(*device, pumpmodel.Event) []pumpmodel.Output // the device's step
	lane   [lanes]*prover
	packed [lanes]numbered[packed]
	pasts  numbered[bothPast]
	moves  []jointMove
	p      *Proof
	to     both
}

// jointMove is a move; a clock's is of one lane.
type jointMove struct {
	move
	lane int
}

// jointLibrary is one drug as a continuous infusion, and one as a secondary where the scenario is about it.
func jointLibrary(about string, once bool) *library.Library {
	lib := proveLibrary("dose", once)
	if about == "secondary infusion" {
		a := &lib.Areas[0]
		next := a.Setups[0]
		next.Drug, next.Delivery = "beside", "secondary"
		a.Setups = append(a.Setups[:1:1], next)
	}
	return lib
}

func newJoint(d *design.Design, about string, once bool) (*joint, error) {
	lib := jointLibrary(about, once)
	instead := map[field.Field]entry.Method{}
	entered := map[field.Field][]quantity.Decimal{field.Weight: numbers("82"), field.Dose: numbers("30"), field.VTBI: numbers("100")}
	onward := onward(d)
	if slices.ContainsFunc(d.Face.Keys, func(k design.Key) bool { return k.Types == "up" }) {
		onward = []string{"up"} // in a form the arrow back goes nowhere the arrow on does not: it is spent, and the walk ends
	}
	for f := field.Amount; f < field.All; f++ {
		instead[f] = classes{entered[f], onward}
	}
	k, err := compileDeck(d, instead, lib)
	if err != nil {
		return nil, err
	}
	w := &joint{k: k, change: k.step, p: &Proof{Design: d.Name, About: about + ", checked " + lib.Areas[0].Checking}}
	left := map[string]bool{}
	for _, action := range together[about] {
		left[d.Keys[action]] = true
	}
	for i := range lanes {
		m := k.of(i)
		if m == nil {
			continue
		}
		w.lane[i] = &prover{m: m, change: m.step, judges: []*library.Library{lib}, p: w.p, events: []string{}}
		for _, mv := range w.lane[i].controls() {
			if !left[mv.name] && (mv.clock != nil || i == 0) {
				if mv.clock != nil {
					mv.name += " (" + cmp.Or(k.label(i), "primary") + ")"
				}
				w.moves = append(w.moves, jointMove{mv, i})
			}
		}
	}
	return w, nil
}

func (w *joint) start() both {
	x := both{D: w.k.start()}
	for i := range x.D.Lane {
		x.D.Lane[i].Flow = flowClass(x.D.Lane[i].Flow)
	}
	return x
}

func (w *joint) pack(x *both) (bothKey, int32) {
	key := bothKey{shown: x.D.Shown, holding: x.D.Holding, twice: x.D.Twice}
	for i, l := range w.lane {
		if l != nil {
			one, _ := l.pack(&watched{S: x.D.Lane[i]})
			key.lane[i] = w.packed[i].number(&one)
		}
	}
	return key, w.pasts.number(&x.bothPast)
}

func (w *joint) unpack(key bothKey, past int32) both {
	x := both{bothPast: w.pasts.all[past]}
	x.D.Shown, x.D.Holding, x.D.Twice = key.shown, key.holding, key.twice
	for i, l := range w.lane {
		if l == nil {
			x.D.Lane[i] = w.k.primary.start()
			continue
		}
		x.D.Lane[i] = l.unpack(w.packed[i].all[key.lane[i]], 0).S
	}
	return x
}

// covers is that of one lane on each, and of the answers about the same drug.
func (w *joint) covers(kept, found int32) bool {
	a, b := &w.pasts.all[kept], &w.pasts.all[found]
	for i := range a.Overrides {
		if a.Same[i] != 0 && a.Same[i] != b.Same[i] || !a.Overrides[i].within(&b.Overrides[i]) {
			return false
		}
	}
	return true
}

func (w *joint) steps(from *both, take func(explore.Taken[both]) bool) {
	to := &w.to
	for i := range w.moves {
		mv := &w.moves[i]
		*to = *from
		out := w.do(to, mv)
		step := explore.Taken[both]{Key: mv.name}
		if *to != *from {
			w.p.Broken = w.breaks(from, to, out, mv)
			step.To, step.Goal = to, w.p.Broken != ""
		}
		if !take(step) {
			return
		}
	}
}

func (w *joint) do(x *both, mv *jointMove) []pumpmodel.Output {
	if mv.clock != nil {
		if !mv.clock.soon(w.lane[mv.lane], &x.D.Lane[mv.lane]) {
			return nil
		}
		wait, any := w.k.wait(&x.D)
		if !any {
			return nil
		}
		return w.step(x, pumpmodel.Event{Kind: pumpmodel.Elapse, For: wait})
	}
	out := w.step(x, mv.events[0])
	if len(mv.events) == 1 {
		return out
	}
	return append(out[:len(out):len(out)], w.step(x, mv.events[1])...)
}

func (w *joint) step(x *both, e pumpmodel.Event) []pumpmodel.Output {
	out := w.change(&x.D, e)
	for n := range out {
		o := &out[n]
		i := w.k.laneNamed(&x.D, o.Channel)
		switch {
		case o.Kind == pumpmodel.NewPatient, o.Kind == pumpmodel.LibraryChanged:
			x.bothPast = bothPast{}
		case o.Kind == pumpmodel.FieldConfirmed && o.Field == field.Drug.String():
			if x.Overrides[i] = (overridden{}); x.Same[i] != x.D.Lane[i].Draft.Drug {
				x.Same[i] = 0
			}
		case o.Kind == pumpmodel.AlertAnswered && o.Choice == "override" && o.Limit.Kind == sameDrug:
			x.Same[i] = x.D.Lane[i].Draft.Drug
		case o.Kind == pumpmodel.AlertAnswered && o.Choice == "override":
			x.Overrides[i].allow(o)
		}
	}
	return out
}

// breaks holds the properties of one infusion on each lane, and those between lanes.
func (w *joint) breaks(before, after *both, out []pumpmodel.Output, mv *jointMove) string {
	for i, l := range w.lane {
		if l == nil {
			continue
		}
		b, a := &before.D.Lane[i], &after.D.Lane[i]
		var own []pumpmodel.Output
		for _, o := range out {
			if o.Channel == w.k.label(i) {
				own = append(own, o)
				if o.Kind == pumpmodel.InfusionStarted || o.Kind == pumpmodel.InfusionChanged {
					w.p.Started++
				}
			}
		}
		broken := l.rate(b, a, own)
		if broken == "" && a.Flow.Active() && (a.Run != b.Run || !b.Flow.Active()) {
			broken = l.within(&watched{*a, after.Overrides[i]}, l.m.programme(&a.Run))
		}
		if broken = cmp.Or(broken, w.between(before, after, i, mv)); broken != "" {
			return fmt.Sprintf("on %s: %s", cmp.Or(w.k.label(i), "primary"), broken)
		}
	}
	return ""
}

// between holds what must be between lane i and the others: no drug on two without an answered alert (GIP 2.2.7.2), never a primary and
// its secondary at once, and nothing flows that its own key did not start, but a primary after its secondary.
func (w *joint) between(before, after *both, i int, mv *jointMove) string {
	b, a := &before.D.Lane[i], &after.D.Lane[i]
	if a.Flow.Flow() > 0 && i%2 == 0 && w.lane[i+1] != nil && after.D.Lane[i+1].Flow.Flow() > 0 {
		return "the primary and the secondary flow at once"
	}
	if a.Flow.Flow() > 0 && b.Flow.Flow() == 0 {
		held := i%2 == 0 && before.D.Holding[i/2]
		if mv.clock == nil && int(before.D.Shown) != i || mv.clock != nil && !held {
			return "it began to flow by itself"
		}
	}
	if !a.Flow.Active() || b.Flow.Active() || after.Same[i] == a.Run.Drug {
		return ""
	}
	for j, other := range w.lane {
		if s := &after.D.Lane[j]; other != nil && j != i && s.Flow.Active() {
			if name := w.lane[i].m.drug(&a.Run).name; name != "" && name == other.m.drug(&s.Run).name {
				return name + " was started twice without an answer"
			}
		}
	}
	return ""
}

func (w *joint) space() explore.Space[both, bothKey] {
	return explore.Space[both, bothKey]{Start: w.start(), Pack: w.pack, Unpack: w.unpack, Covers: w.covers, Steps: w.steps}
}

func (w *joint) prove(most int) Proof {
	r := explore.Walk(w.space(), cmp.Or(most, provedStates))
	w.p.States, w.p.Steps, w.p.Complete, w.p.Path = r.Visited, r.Steps, r.Complete, r.Path
	return *w.p
}
