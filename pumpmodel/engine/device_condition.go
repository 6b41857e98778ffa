package engine

import (
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
)

// everywhere lets an event happen on all lanes; what several of them say is said once, for the device.
func (t *turning) everywhere(e pumpmodel.Event) {
	for i := range lanes {
		if t.k.of(i) == nil {
			continue
		}
		t.once(t.k.of(i).step(&t.d.Lane[i], e))
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

// widely is wide as a set.
var widely = func() (s delivery.Conditions) {
	for _, c := range wide {
		s = s.With(c)
	}
	return s
}()

// condition is a fault or its end: of the device, or of one channel's line ("occlusion B"; without a name that of the first). A line
// is one: what keeps it from flowing keeps the primary and the secondary.
func (t *turning) condition(e pumpmodel.Event) {
	for _, c := range wide {
		if delivery.Condition(e.Text) == c {
			t.everywhere(e)
			if c == delivery.PowerLost && !t.k.others(t.d, -1, func(s *state) bool { return s.Draft.Area != 0 || s.Power.Off }) {
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
			out := t.k.of(j).step(&t.d.Lane[j], e)
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
