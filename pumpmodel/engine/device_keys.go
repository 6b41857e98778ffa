package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
)

// own is what a control does for the device: turn to another channel, to the secondary infusion and back, silence the alarms of all
// lanes. Empty if it belongs to the lane that is shown.
func (k *deck) own(d *device, control string) string {
	if control == "" || !k.owned[control] {
		return ""
	}
	for _, x := range k.ownKeys(d) {
		if x.control == control {
			return x.action
		}
	}
	return ""
}

// ownKeys are the device's controls that work now.
func (k *deck) ownKeys(d *device) []bind {
	s := &d.Lane[d.Shown]
	keys := k.primary.d.Keys
	var out []bind
	off := k.of(int(d.Shown)).off[s.Screen]
	add := func(control, action string) {
		if control != "" && !off[control] {
			out = append(out, bind{control: control, action: action})
		}
	}
	if s.inert() != "" {
		return nil
	}
	if !s.Alert.On {
		if len(k.names) > 1 {
			add(keys["channel"], "channel")
			for c, action := range [channels]string{"channel-a", "channel-b"} {
				if int(d.Shown) != 2*c {
					add(keys[action], action)
				}
			}
		}
		if k.primary.d.Secondary && (d.Shown%2 == 1 || infusing(s)) {
			add(keys["secondary"], "secondary")
		}
	}
	for i := range lanes {
		if k.of(i) != nil && d.Lane[i].Alarms.Audible() {
			add(keys["silence"], "silence")
			break
		}
	}
	return out
}

// toward is the lane an action of ownKeys turns to.
func (d *device) toward(action string) int {
	i := int(d.Shown)
	switch action {
	case "channel":
		return (i/2 + 1) % channels * 2
	case "channel-a":
		return 0
	case "channel-b":
		return 2
	}
	return i ^ 1
}

// down is a control going down.
func (t *turning) down(e pumpmodel.Event) {
	i := int(t.d.Shown)
	switch action := t.k.own(t.d, e.Control); {
	case action == "silence":
		t.pressed(e.Control)
		for j := range lanes {
			if m := t.k.of(j); m != nil && t.d.Lane[j].Alarms.Active != 0 {
				st := stepper{m: m, s: &t.d.Lane[j]}
				st.silence()
				for _, o := range st.outputs() {
					if o.Kind == pumpmodel.AlarmSilenced {
						t.once([]pumpmodel.Output{o})
					} else {
						t.take([]pumpmodel.Output{o})
					}
				}
			}
		}
	case action != "":
		t.pressed(e.Control)
		t.turnTo(t.d.toward(action))
	case t.k.vetoed(t.d, e.Control):
		t.answer(i, e.Control, pumpmodel.Ignored, "the secondary infusion is given first")
	default:
		t.lane(i, e)
	}
}

// pressed is what a control of the device does to the lane that is shown, as any other key: it ends a hold and a reminder.
func (t *turning) pressed(control string) {
	i := int(t.d.Shown)
	st := stepper{m: t.k.of(i), s: &t.d.Lane[i]}
	st.release()
	st.awake()
	st.s.Held, st.s.HeldFor, st.s.Note, st.s.Lost = st.m.keys[control], 0, note{}, 0
	t.answer(i, control, pumpmodel.Accepted, "")
}

// vetoed reports that a control would let a primary flow while its secondary has not ended.
func (k *deck) vetoed(d *device, control string) bool {
	i := int(d.Shown)
	s := &d.Lane[i]
	if i%2 == 1 || k.of(i+1) == nil || !infusing(&d.Lane[i+1]) || s.Alert.On || s.Screen != k.primary.running {
		return false
	}
	b := binds{only: control}
	k.primary.bindings(s, &b)
	return b.found() && b.one.action == "start"
}

// turnTo shows another lane. One on which nothing is begun takes over patient and care area from the others.
func (t *turning) turnTo(j int) {
	if t.k.of(j) == nil || !t.prepare(j) {
		s, answer := &t.d.Lane[t.d.Shown], &t.out[len(t.out)-1]
		s.Note = note{Why: noteNoSecondary}
		answer.Answer, answer.Why = pumpmodel.Blocked, t.k.of(int(t.d.Shown)).noted(s)
		return
	}
	from := t.k.primary.screens[t.d.Lane[t.d.Shown].Screen].Name
	t.d.Shown = int8(j)
	t.take([]pumpmodel.Output{{Kind: pumpmodel.ScreenChanged, Channel: t.k.of(j).label, Before: from, After: t.k.primary.screens[t.d.Lane[j].Screen].Name}})
}

// prepare gives a lane on which nothing is begun the patient and care area of the others; a secondary infusion begins with its drug.
func (t *turning) prepare(j int) bool {
	m, s := t.k.of(j), &t.d.Lane[j]
	if infusing(s) || s.Draft.Drug != 0 || s.Screen != 0 || s.Alert.On {
		return true
	}
	next := *s
	st := stepper{m: m, s: &next}
	if j%2 == 1 {
		p := &t.d.Lane[j-1]
		st.s.Lib = p.Lib
		st.s.Draft = p.Run.fresh()
		st.s.Draft.Anaesthesia = false
		if st.s.Draft.Area = m.areaOf(st.s, t.k.primary.areas[p.Run.Area-1].name); st.s.Draft.Area == 0 {
			return false
		}
		st.land(m.choosing("drugs"))
		*s = next
		return true
	}
	for i := range lanes {
		other := &t.d.Lane[i]
		if i == j || i%2 == 1 || t.k.of(i) == nil {
			continue
		}
		if p := t.k.primary.plan(other); p.Area != 0 {
			st.s.Draft = p.fresh()
			st.s.Draft.Anaesthesia = false
			st.enter(m.screens[0].then)
			*s = next
			return true
		}
	}
	return true
}

// choosing is the first screen that chooses what is named.
func (m *mach) choosing(what string) int8 {
	for i := range m.screens {
		if m.screens[i].Choose == what {
			return int8(i)
		}
	}
	return 0
}

// before reports that a screen comes before the choice of a drug.
func (m *mach) before(i int8) bool {
	c := m.screens[i].Choose
	return c == "patient" || c == "care-areas"
}

// hold keeps the primary from flowing while its secondary is given.
func (t *turning) hold(c int) {
	p := &t.d.Lane[2*c]
	if p.Flow.Flow() == 0 {
		return
	}
	p.Flow.PauseLimit = 0
	p.Flow = p.Flow.Pause()
	t.d.Holding[c] = true
}

// free is a primary whose secondary was stopped by hand: it stays paused, and a person resumes it.
func (t *turning) free(c int) {
	if f := &t.d.Lane[2*c].Flow; t.d.Holding[c] && f.Mode == delivery.Paused {
		f.PauseLimit, f.Since = pauseLimit, 0
	}
	t.d.Holding[c] = false
}

// secondaryDone is the return to the primary when the secondary's volume is given. Its alarm stays until a person answers it.
func (t *turning) secondaryDone(i int) {
	t.d.Lane[i] = t.k.blank(&t.d.Lane[i])
	c := i / 2
	p := &t.d.Lane[i-1]
	p.Flow.PauseLimit = pauseLimit
	if t.d.Holding[c] {
		t.d.Holding[c] = false
		p.Flow = p.Flow.Resume()
		t.take([]pumpmodel.Output{{Kind: pumpmodel.InfusionResumed, Channel: t.k.of(i - 1).label, Programme: t.k.of(i - 1).programme(&p.Run)}})
	}
	if int(t.d.Shown) == i {
		t.d.Shown--
	}
}
