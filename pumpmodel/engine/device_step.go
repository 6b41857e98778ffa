package engine

import (
	"slices"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// turning is one step of a device in the making.
type turning struct {
	k   *deck
	d   *device // changed in place
	out []pumpmodel.Output
}

// step applies one event: keys act on the lane that is shown, a release on the lane where the key went down, faults of a line on its
// channel, faults of the device on all.
func (k *deck) step(d *device, e pumpmodel.Event) []pumpmodel.Output {
	t := turning{k: k, d: d}
	if e.Kind == pumpmodel.Touch { // a device with channels has keys of its own: they are pressed
		if m := k.of(int(d.Shown)); m != nil {
			if key := m.under(&d.Lane[d.Shown], e); key != nil && key.Kind != "dial" && key.Shape != design.Slider {
				e = pumpmodel.Press(key.Name)
			}
		}
	}
	switch e.Kind {
	case pumpmodel.Elapse:
		t.elapse(e)
	case pumpmodel.Down:
		t.down(e)
	case pumpmodel.Up:
		i := int(t.d.Shown)
		for j := range lanes {
			if key := k.primary.keys[e.Control]; k.of(j) != nil && t.d.Lane[j].Held == key && key != 0 {
				i = j
			}
		}
		t.lane(i, e)
	case pumpmodel.Ordered:
		t.ordered(e)
	case pumpmodel.Fault, pumpmodel.Repair:
		t.condition(e)
	case pumpmodel.Library:
		t.everywhere(e)
	default:
		t.lane(int(t.d.Shown), e)
	}
	t.settle()
	return t.out
}

// take keeps a lane's outputs. They may be shared with other steps: the first are kept as they are, and added to in a copy.
func (t *turning) take(out []pumpmodel.Output) {
	if len(t.out) == 0 {
		t.out = out[:len(out):len(out)]
		return
	}
	t.out = append(t.out[:len(t.out):len(t.out)], out...)
}

// answer answers a key on lane i.
func (t *turning) answer(i int, control string, a pumpmodel.Answer, why string) {
	t.take([]pumpmodel.Output{{Kind: pumpmodel.KeyAnswered, Channel: t.k.of(i).label, Control: control, Answer: a, Why: why}})
}

// lane lets an event happen on one lane, unless what comes of it does not agree with the others.
func (t *turning) lane(i int, e pumpmodel.Event) {
	if t.k.others(t.d, i, infusing) {
		t.guarded(i, e)
		return
	}
	t.came(i, t.k.of(i).step(&t.d.Lane[i], e))
}

// guarded is lane while another lane infuses: what may not be is not done, and the key says why.
func (t *turning) guarded(i int, e pumpmodel.Event) {
	now := &t.d.Lane[i]
	next := *now
	next.Waiting = 0 // a library is not adopted while anything is infusing
	out := t.k.of(i).step(&next, e)
	if e.Kind != pumpmodel.Library {
		next.Waiting = now.Waiting
	}
	why := t.forbidden(i, out)
	if why == (note{}) {
		*now = next
		t.came(i, out)
		return
	}
	now.Held, now.HeldFor, now.Note = t.k.primary.keys[e.Control], 0, why
	now.Idle, now.Nagging = 0, false
	t.answer(i, e.Control, pumpmodel.Blocked, t.k.of(i).noted(now))
}

// came keeps what came of an event on lane i, and follows it.
func (t *turning) came(i int, out []pumpmodel.Output) {
	t.take(out)
	for n := range out {
		t.follow(i, &out[n])
	}
}

// forbidden is why an outcome on lane i may not be while another lane infuses: all lanes are one patient's, in one care area.
func (t *turning) forbidden(i int, out []pumpmodel.Output) note {
	for _, o := range out {
		switch {
		case o.Kind == pumpmodel.NewPatient:
			return note{Why: noteSamePatient}
		case o.Kind == pumpmodel.FieldConfirmed && o.Field == "area":
			for j := range lanes {
				m := t.k.of(j)
				if m == nil || j == i || !infusing(&t.d.Lane[j]) {
					continue
				}
				if name := m.areas[t.d.Lane[j].Run.Area-1].name; name != o.After {
					at := slices.IndexFunc(t.k.of(i).areas, func(a area) bool { return a.name == name })
					return note{noteSameArea, int16(at)}
				}
			}
		}
	}
	return note{}
}

// follow is what an output of lane i means for the others.
func (t *turning) follow(i int, o *pumpmodel.Output) {
	partner := i ^ 1
	switch {
	case o.Kind == pumpmodel.NewPatient, o.Kind == pumpmodel.LibraryChanged:
		for j := range lanes {
			if j != i {
				t.d.Lane[j] = t.k.blank(&t.d.Lane[j])
				t.d.Lane[j].Lib, t.d.Lane[j].Waiting = t.d.Lane[i].Lib, t.d.Lane[i].Waiting
			}
		}
	case o.Kind == pumpmodel.AlertAnswered && o.Limit != nil && o.Limit.Kind == sameDrug:
		t.answered(i, o.Choice)
	case i%2 == 0 && o.Kind == pumpmodel.InfusionStopped && t.k.others(t.d, i, func(s *state) bool { return infusing(s) && s != &t.d.Lane[partner] }):
		st := stepper{m: t.k.of(i), s: &t.d.Lane[i]}
		st.enter(st.m.screens[0].then) // the patient is known: another channel still infuses
		t.take(st.outputs())
		t.stopSecondary(i, partner)
	case t.k.of(partner) == nil:
	case i%2 == 1 && o.Kind == pumpmodel.InfusionStarted:
		t.hold(i / 2)
	case i%2 == 1 && o.Kind == pumpmodel.VolumeComplete:
		t.secondaryDone(i)
	case i%2 == 1 && o.Kind == pumpmodel.InfusionStopped:
		t.free(i / 2)
	case i%2 == 0 && o.Kind == pumpmodel.InfusionStopped:
		t.stopSecondary(i, partner)
	}
}

// stopSecondary ends a secondary infusion with its primary.
func (t *turning) stopSecondary(i, partner int) {
	if t.k.of(partner) == nil || !infusing(&t.d.Lane[partner]) {
		return
	}
	t.d.Holding[i/2] = false
	st := stepper{m: t.k.of(partner), s: &t.d.Lane[partner]}
	st.end()
	t.d.Lane[partner] = t.k.blank(st.s)
	t.take(st.outputs())
}

// elapse lets time pass on all lanes alike, each timeout at its moment.
func (t *turning) elapse(e pumpmodel.Event) {
	for left := e.For; left > 0; {
		part := left
		if w, ok := t.k.wait(t.d); ok {
			part = min(part, w)
		}
		n := len(t.out)
		left -= part
		for i := range lanes {
			if t.k.of(i) != nil {
				t.lane(i, pumpmodel.Event{Kind: pumpmodel.Elapse, For: part})
			}
		}
		for i := range t.out[n:] {
			t.out[n+i].At = -left
		}
		t.settle()
	}
}

// ordered is an order over the network: it goes to the channel it names, which is then shown, or to the one that is shown.
func (t *turning) ordered(e pumpmodel.Event) {
	i := t.k.laneNamed(t.d, design.OrderedChannel(e.Text))
	if i%2 == 1 && !infusing(&t.d.Lane[i-1]) {
		t.answer(i, "", pumpmodel.Ignored, "there is no primary infusion")
		return
	}
	before := t.d.Lane[i].Screen
	t.lane(i, e)
	if t.d.Lane[i].Screen != before {
		t.d.Shown = int8(i)
	}
}

// settle keeps what holds between lanes after every step.
func (t *turning) settle() {
	for c := range t.k.names {
		if t.k.of(2*c+1) != nil && !infusing(&t.d.Lane[2*c+1]) {
			t.d.Holding[c] = false
		}
	}
	for i := range lanes {
		s := &t.d.Lane[i]
		if i%2 == 1 && t.k.of(i) != nil && !infusing(s) && s.Screen != 0 && t.k.secondary.before(s.Screen) {
			t.d.Lane[i] = t.k.blank(s) // back from its first screen: a secondary infusion is given up
		}
		if t.d.Twice[i] != s.Draft.Drug {
			t.d.Twice[i] = 0
		}
	}
	if i := int(t.d.Shown); i%2 == 1 && t.d.Lane[i].Screen == 0 && !t.d.Lane[i].Alert.On {
		t.d.Shown--
	}
	t.same(int(t.d.Shown))
}
