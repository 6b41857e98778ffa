package engine

import (
	"slices"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
)

// show is the lane that is shown, with what must be seen of the others: what they do, their alarms and marks.
func (k *deck) show(d *device) pumpmodel.Display {
	i := int(d.Shown)
	m, s := k.of(i), d.Lane[i]
	if s.inert() != "" {
		return m.show(&s)
	}
	s.Alarms = delivery.Alarms{} // alarms are shown for all lanes together
	out := m.show(&s)
	out.Channel = k.label(i)
	if out.Channel != "" {
		out.Title = strings.ToUpper(out.Channel) + " · " + out.Title
	}
	if k.held(d, i) {
		out.Status = "HELD"
	}
	out.Keys = slices.DeleteFunc(out.Keys, func(h pumpmodel.Hint) bool { return k.vetoed(d, h.Control) })
	k.hint(d, &out)
	k.strip(d, &out)
	for j := range lanes {
		if n := k.of(j); n != nil && j != i {
			k.beside(d, j, &out)
		}
	}
	k.alarms(d, &out)
	k.lamps(d, &out)
	return out
}

// held reports that a lane is a primary infusion which its secondary keeps from flowing.
func (k *deck) held(d *device, i int) bool { return i%2 == 0 && d.Holding[i/2] }

// hint adds what the device's own controls do.
func (k *deck) hint(d *device, out *pumpmodel.Display) {
	keys := k.ownKeys(d)
	hints := make([]pumpmodel.Hint, 0, len(keys))
	for _, x := range keys {
		h := pumpmodel.Hint{Control: x.control, Action: x.action}
		switch j := d.toward(x.action); {
		case x.action == "silence":
			h.Does = "silence the alarm"
		case x.action != "secondary":
			h.Does = "channel " + k.names[j/2]
		case d.Shown%2 == 1:
			h.Does = "primary infusion"
		default:
			h.Does = "secondary infusion"
		}
		hints = append(hints, h)
	}
	if out.Alert != nil {
		out.Alert.Answers = append(out.Alert.Answers, hints...)
		return
	}
	own := func(h pumpmodel.Hint) bool {
		return slices.ContainsFunc(hints, func(x pumpmodel.Hint) bool { return x.Control == h.Control })
	}
	out.Keys = append(slices.DeleteFunc(out.Keys, own), hints...)
}

// strip is one line a lane that is in use, and one for each channel in any case.
func (k *deck) strip(d *device, out *pumpmodel.Display) {
	all := make([]pumpmodel.Channel, 0, lanes)
	for i := range lanes {
		m, s := k.of(i), &d.Lane[i]
		own := s.Alarms.Active &^ widely
		if m == nil || i%2 == 1 && s.Draft.Drug == 0 && !infusing(s) && own == 0 && int(d.Shown) != i {
			continue
		}
		c := pumpmodel.Channel{Name: k.label(i), Shown: int(d.Shown) == i, Status: m.status(s)}
		if c.Name == "" {
			c.Name = "primary"
		}
		p := &s.Draft
		if infusing(s) {
			p = &s.Run
		}
		if dr := m.drug(p); dr != nil {
			c.Text = dr.shown
		}
		switch {
		case k.held(d, i):
			c.Status = "HELD"
		case infusing(s):
			c.Rate = s.Flow.Rate.String() + " mL/h"
		case s.Draft.Drug != 0:
			c.Status = "PROGRAMMING"
		case s.Alarms.Active.Has(delivery.Complete):
			c.Status = "COMPLETE"
		default:
			c.Status = "NOT IN USE"
		}
		if worst, any := own.Worst(); any {
			c.Alarm = string(worst.Priority())
		}
		all = append(all, c)
	}
	if len(all) > 1 {
		out.Channels = all
	}
}

// beside is what must not be overlooked of a lane that is not shown.
func (k *deck) beside(d *device, j int, out *pumpmodel.Display) {
	m, s := k.of(j), &d.Lane[j]
	if s.Nagging && !s.Alert.On {
		out.Lines = append(out.Lines, pumpmodel.Line{Role: "prompt", Text: k.called(j) + "Programming is not finished"})
	}
	if s.Alert.On && s.Nagging {
		out.Lines = append(out.Lines, pumpmodel.Line{Role: "prompt", Text: k.called(j) + "An answer is needed"})
	}
	if infusing(s) {
		running := *s
		running.Screen = m.running
		for _, mark := range m.marks(&running) {
			out.Marks = append(out.Marks, k.called(j)+mark)
		}
	}
}

// called is a lane's name before what is said of it.
func (k *deck) called(i int) string {
	if k.label(i) == "" {
		return ""
	}
	return strings.ToUpper(k.label(i)) + ": "
}

// alarms names the alarms of all lanes: over the screen while one sounds, as lines while they are silenced or an alert waits.
func (k *deck) alarms(d *device, out *pumpmodel.Display) {
	var all delivery.Conditions
	for i := range d.Lane {
		all |= d.Lane[i].Alarms.Active
	}
	if all == 0 {
		return
	}
	var titles []string
	loud := false
	for _, cause := range all.List() {
		for i := range lanes {
			if k.of(i) == nil || !d.Lane[i].Alarms.Active.Has(cause.Condition) {
				continue
			}
			title := k.called(i) + cause.Title
			if slices.Contains(wide, cause.Condition) && cause.Condition != delivery.PowerLost {
				title = cause.Title
			}
			loud = loud || d.Lane[i].Alarms.Audible()
			if !slices.Contains(titles, title) {
				titles = append(titles, title)
			}
		}
	}
	if len(titles) == 0 {
		return
	}
	if !loud || out.Alert != nil {
		for _, title := range titles {
			if !loud {
				title += " (silenced)"
			}
			out.Lines = append(out.Lines, pumpmodel.Line{Role: "alarm", Text: title})
		}
		return
	}
	a := &pumpmodel.Alert{Style: "banner", Kind: "alarm", Title: titles[0], Text: titles[1:]}
	for i, h := range out.Keys {
		if h.Action == "silence" {
			a.Answers = []pumpmodel.Hint{h}
			out.Keys = append(out.Keys[:i:i], out.Keys[i+1:]...)
			break
		}
	}
	out.Alert = a
}

// lamps are the alarm lamp and tone of the most urgent alarm anywhere, and a run lamp for each channel and for all together.
func (k *deck) lamps(d *device, out *pumpmodel.Display) {
	var all delivery.Alarms
	quiet, nag := true, false
	for i := range lanes {
		if k.of(i) == nil {
			continue
		}
		all.Active |= d.Lane[i].Alarms.Active
		quiet = quiet && !d.Lane[i].Alarms.Audible()
		nag = nag || d.Lane[i].Nagging
	}
	if quiet && all.Active != 0 {
		all.Quiet = 1
	}
	lamp, tone := all.Signal()
	switch {
	case tone.Name != "":
		out.Tones = []pumpmodel.Tone{tone}
	case nag:
		low, sound := delivery.Signal(delivery.Low)
		if lamp.Name == "" {
			lamp = low
		}
		out.Tones = []pumpmodel.Tone{sound}
	}
	if lamp.Name == "" {
		lamp = pumpmodel.Lamp{Name: "alarm"}
	}
	out.Lamps = []pumpmodel.Lamp{lamp}
	whole := pumpmodel.Lamp{Name: "run"}
	var each []pumpmodel.Lamp
	for c, name := range k.names {
		one := pumpmodel.Lamp{Name: "run " + name}
		for _, i := range [2]int{2 * c, 2*c + 1} {
			if k.of(i) == nil {
				continue
			}
			if l := runLamp(&d.Lane[i]); l.Duty > one.Duty {
				one.Colour, one.Flash, one.Duty = l.Colour, l.Flash, l.Duty
			}
		}
		if one.Duty > whole.Duty {
			whole.Colour, whole.Flash, whole.Duty = one.Colour, one.Flash, one.Duty
		}
		each = append(each, one)
	}
	out.Lamps = append(out.Lamps, whole)
	if len(each) > 1 {
		out.Lamps = append(out.Lamps, each...)
	}
}
