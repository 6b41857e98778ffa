package design

import (
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
)

// turning is one step of a device in the making.
type turning struct {
	k   *deck
	d   device
	out []pumpmodel.Output
}

// step applies one event: keys act on the lane that is shown, a release on the lane where the key went down, faults of a line on its
// channel, faults of the device on all.
func (k *deck) step(d device, e pumpmodel.Event) (device, []pumpmodel.Output) {
	t := turning{k: k, d: d}
	if e.Kind == pumpmodel.Touch { // a device with channels has keys of its own: they are pressed
		if m := k.of(int(d.Shown)); m != nil {
			if key := m.under(&d.Lane[d.Shown], e); key != nil && key.Kind != "dial" && key.Shape != slide {
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
			if k.of(j) != nil && t.d.Lane[j].Held == e.Control && e.Control != "" {
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
	return t.d, t.out
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
	before := t.d.Lane[i]
	busy := t.k.others(&t.d, i, infusing)
	s, waiting := before, before.Waiting
	if busy {
		s.Waiting = 0 // a library is not adopted while anything is infusing
	}
	next, out := t.k.of(i).step(s, e)
	if busy && e.Kind != pumpmodel.Library {
		next.Waiting = waiting
	}
	if why := t.forbidden(i, busy, out); why != "" {
		before.Held, before.HeldFor, before.Note = e.Control, 0, why
		before.Idle, before.Nagging = 0, false
		t.d.Lane[i] = before
		t.answer(i, e.Control, pumpmodel.Blocked, why)
		return
	}
	t.d.Lane[i] = next
	t.take(out)
	for _, o := range out {
		t.follow(i, o)
	}
}

// forbidden is why an outcome on lane i may not be while another lane infuses: all lanes are one patient's, in one care area.
func (t *turning) forbidden(i int, busy bool, out []pumpmodel.Output) string {
	if !busy {
		return ""
	}
	for _, o := range out {
		switch {
		case o.Kind == pumpmodel.NewPatient:
			return "the pump is infusing: it is the same patient"
		case o.Kind == pumpmodel.FieldConfirmed && o.Field == "area":
			for j := range lanes {
				m := t.k.of(j)
				if m == nil || j == i || !infusing(&t.d.Lane[j]) {
					continue
				}
				if name := m.areas[t.d.Lane[j].Run.Area-1].name; name != o.After {
					return "the pump is infusing in " + name
				}
			}
		}
	}
	return ""
}

// follow is what an output of lane i means for the others.
func (t *turning) follow(i int, o pumpmodel.Output) {
	partner := i ^ 1
	switch {
	case o.Kind == pumpmodel.NewPatient, o.Kind == pumpmodel.LibraryChanged:
		for j := range lanes {
			if j != i {
				t.d.Lane[j] = t.k.blank(t.d.Lane[j])
				t.d.Lane[j].Lib, t.d.Lane[j].Waiting = t.d.Lane[i].Lib, t.d.Lane[i].Waiting
			}
		}
	case o.Kind == pumpmodel.AlertAnswered && o.Limit != nil && o.Limit.Kind == sameDrug:
		t.answered(i, o.Choice)
	case i%2 == 0 && o.Kind == pumpmodel.InfusionStopped && t.k.others(&t.d, i, func(s *state) bool { return infusing(s) && s != &t.d.Lane[partner] }):
		st := stepper{m: t.k.of(i), s: t.d.Lane[i]}
		st.enter(st.m.screens[0].then) // the patient is known: another channel still infuses
		t.d.Lane[i] = st.s
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
	st := stepper{m: t.k.of(partner), s: t.d.Lane[partner]}
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

// everywhere lets an event happen on all lanes; what several of them say is said once, for the device.
func (t *turning) everywhere(e pumpmodel.Event) {
	for i := range lanes {
		if t.k.of(i) == nil {
			continue
		}
		next, out := t.k.of(i).step(t.d.Lane[i], e)
		t.d.Lane[i] = next
		t.once(out)
	}
}

// once keeps the outputs that are not there yet.
func (t *turning) once(out []pumpmodel.Output) {
	for _, o := range out {
		o.Channel = ""
		said := false
		for _, x := range t.out {
			said = said || x.Kind == o.Kind && x.Text == o.Text && x.Why == o.Why && x.Answer == o.Answer && x.After == o.After
		}
		if !said {
			t.out = append(t.out, o)
		}
	}
}

// wide are the conditions of the whole device; all others are those of a channel's line.
var wide = []delivery.Condition{
	delivery.Battery, delivery.BatteryEmpty, delivery.Network, delivery.StuckKey, delivery.Overheated, delivery.OrderMissing,
	delivery.ClockWrong, delivery.PowerLost,
}

// condition is a fault or its end: of the device, or of one channel's line ("occlusion B"; without a name that of the first). A line
// is one: what keeps it from flowing keeps the primary and the secondary.
func (t *turning) condition(e pumpmodel.Event) {
	for _, c := range wide {
		if delivery.Condition(e.Text) == c {
			t.everywhere(e)
			if c == delivery.PowerLost && !t.k.others(&t.d, -1, func(s *state) bool { return s.Draft.Area != 0 || s.Power.Off }) {
				t.d.Shown = 0 // the settings are lost: a pump just switched on
			}
			return
		}
	}
	i := 0
	for c, name := range t.k.names {
		if cause, named := strings.CutSuffix(e.Text, " "+name); named && name != "" {
			i, e.Text = 2*c, cause
		}
	}
	partner := i + 1
	if t.k.of(partner) == nil {
		t.lane(i, e)
		return
	}
	if e.Kind == pumpmodel.Repair {
		n := len(t.out)
		for _, j := range [2]int{i, partner} {
			next, out := t.k.of(j).step(t.d.Lane[j], e)
			t.d.Lane[j] = next
			if len(t.out) == n || len(out) > 0 && out[0].Kind != pumpmodel.KeyAnswered {
				t.take(out)
			}
		}
		return
	}
	if infusing(&t.d.Lane[partner]) {
		i, partner = partner, i
	}
	t.lane(i, e)
	if c := delivery.Condition(e.Text); t.d.Lane[i].Faults.Has(c) {
		t.d.Lane[partner].Faults = t.d.Lane[partner].Faults.With(c)
	}
}

// ordered is an order over the network: it goes to the channel it names, which is then shown, or to the one that is shown.
func (t *turning) ordered(e pumpmodel.Event) {
	i := t.k.laneNamed(&t.d, orderedChannel(e.Text))
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
			t.d.Lane[i] = t.k.blank(*s) // back from its first screen: a secondary infusion is given up
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
