package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/field"
)

// watched is a machine's state with what the properties need to know of its past.
type watched struct {
	S         state
	Overrides overridden
}

// overridden are the limits overridden since the drug was chosen, by field, a bit each.
type overridden [field.All]uint8

// packed is a state, small: each of its parts by its number among all that were met. Nothing is lost by it.
type packed struct{ draft, run, alert, entry, rest int32 }

// parts are the parts of the states met so far.
type parts struct {
	plans   numbered[plan]
	alerts  numbered[alert]
	entries numbered[entry.State]
	rests   numbered[state]
	pasts   numbered[overridden]
}

// numbered are values by the order in which they were met first.
type numbered[T comparable] struct {
	at  map[T]int32
	all []T
}

func (n *numbered[T]) number(v *T) int32 {
	if i, known := n.at[*v]; known {
		return i
	}
	if n.at == nil {
		n.at = map[T]int32{}
	}
	i := int32(len(n.all))
	n.at[*v] = i
	n.all = append(n.all, *v)
	return i
}

// pack is the class of a state.
func (w *prover) pack(x *watched) (packed, int32) {
	s := x.S
	w.class(&s)
	k := packed{
		draft: w.plans.number(&s.Draft), run: w.plans.number(&s.Run), alert: w.alerts.number(&s.Alert), entry: w.entries.number(&s.Entry),
	}
	s.Draft, s.Run, s.Alert, s.Entry = plan{}, plan{}, alert{}, blankEntry
	k.rest = w.rests.number(&s)
	return k, w.pasts.number(&x.Overrides)
}

func (w *prover) unpack(k packed, past int32) watched {
	x := watched{S: w.rests.all[k.rest], Overrides: w.pasts.all[past]}
	x.S.Draft, x.S.Run, x.S.Alert, x.S.Entry = w.plans.all[k.draft], w.plans.all[k.run], w.alerts.all[k.alert], w.entries.all[k.entry]
	return x
}

// covers reports that of two states which differ only in what was overridden, the one with fewer overrides stands for both: an
// override only ever allows more, so what is wrong after the other is wrong after it too.
func (w *prover) covers(kept, found int32) bool {
	return w.pasts.all[kept].within(&w.pasts.all[found])
}

// within reports that every limit overridden is overridden in b too.
func (a *overridden) within(b *overridden) bool {
	for f := range a {
		if a[f]&^b[f] != 0 {
			return false
		}
	}
	return true
}

// allow notes an override.
func (a *overridden) allow(o *pumpmodel.Output) {
	a[field.Named(o.Field)] |= allows[limitIndex(o.Limit.Kind)]
}

// space is what is walked.
func (w *prover) space() explore.Space[watched, packed] {
	return explore.Space[watched, packed]{Start: w.start(), Pack: w.pack, Unpack: w.unpack, Covers: w.covers, Steps: w.steps}
}

// start is the pump just switched on, without the alarms that lead up to the end of a volume and of a pause.
func (w *prover) start() watched {
	x := watched{S: w.m.start()}
	x.S.Flow = flowClass(x.S.Flow)
	return x
}

// steps takes every step from a state and holds the properties in each.
func (w *prover) steps(from *watched, take func(explore.Taken[watched]) bool) {
	to := &w.to // one for all: taking it keeps what matters of it
	for i := range w.moves {
		*to = *from
		out := w.do(to, &w.moves[i])
		step := explore.Taken[watched]{Key: w.moves[i].name}
		if *to != *from {
			step.To, step.Goal = to, w.breaks(from, to, out, w.moves[i].clock)
		}
		if !take(step) {
			return
		}
	}
}

// move is one thing that can be done to the pump, a key pressed and let go, a dial turned by a detent, something from outside; or a
// clock that comes to its end while it is left alone.
type move struct {
	name   string
	events []pumpmodel.Event
	clock  *clock
}

// do makes a move.
func (w *prover) do(x *watched, mv *move) []pumpmodel.Output {
	if mv.clock != nil {
		out, _ := w.due(x, mv.clock)
		return out
	}
	out := w.step(x, mv.events[0])
	if len(mv.events) == 1 || x.S.Held == 0 {
		return out // nothing is held that could be released
	}
	return append(out[:len(out):len(out)], w.step(x, mv.events[1])...)
}

func (w *prover) step(x *watched, e pumpmodel.Event) []pumpmodel.Output {
	out := w.change(&x.S, e)
	for i := range out {
		x.notice(&out[i])
	}
	return out
}
