package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/field"
)

// offers reports that a person can ask for an extra now.
func (m *mach) offers(s *state, kind int8) bool {
	if kind < exAnaesthesia && m.extras[kind] < 0 || s.Draft.Extra.Kind != exNone {
		return false
	}
	p := &s.Draft
	if s.Flow.Active() {
		p = &s.Run
	}
	x := m.setup(p)
	switch kind {
	case exBolus:
		return s.Flow.Mode == delivery.Infusing && x != nil && x.bolus.on && !s.Dose.on()
	case exStandby:
		return s.Flow.Mode == delivery.Paused
	case exWeight:
		return s.Flow.Active() && x != nil && x.weighed
	case exStop:
		return s.Flow.Active() && s.Dose.on()
	case exLoading:
		return !s.Flow.Active() && x != nil && x.load.on && p.ready(x)
	case exDelay:
		return !s.Flow.Active() && x != nil && x.hold > 0
	case exAnaesthesia:
		return !s.Flow.Active() && s.Draft.Area > 0
	}
	return false
}

// extraBindings bind the controls for extras on the running screen and on the one that starts.
func (m *mach) extraBindings(s *state, b *binds) {
	if m.plainly || s.Editing {
		return
	}
	k := &m.acts
	here := s.Screen == m.running || s.Screen == m.starting && !s.Changing
	if k.options != "" && (here || m.screens[s.Screen].Choose == "drugs") && m.optionCount(s) > 0 {
		b.add(k.options, "options")
	}
	if !here {
		return
	}
	if m.offers(s, exStop) {
		b.add(k.extras[exBolus], "stop-dose")
	}
	for kind := exBolus; kind < exAnaesthesia; kind++ {
		if c := k.extras[kind]; c != "" && m.offers(s, kind) {
			b.add(c, extraWords[kind])
		}
	}
}

// option is what the i-th row of the options does now; exNone if there is no such row. The row of the bolus stops a dose while one is
// given.
func (m *mach) option(s *state, i int) int8 {
	for _, kind := range m.offered {
		if kind == exBolus && m.offers(s, exStop) {
			kind = exStop
		}
		if !m.offers(s, kind) {
			continue
		}
		if i == 0 {
			return kind
		}
		i--
	}
	return exNone
}

func (m *mach) optionCount(s *state) int {
	n := 0
	for m.option(s, n) != exNone {
		n++
	}
	return n
}

// extraKey is a control that asks for an extra, or for the options.
func (t *stepper) extraKey(action string) {
	s := t.s
	switch action {
	case "stop-dose":
		t.stopDose("stopped")
	case "options":
		t.discard()
		s.Dose.From = s.Screen
		t.land(t.m.options)
	default:
		t.discard()
		t.callExtra(extraNamed(action), s.Screen)
	}
}

// chooseOption does what the selected row of the options says.
func (t *stepper) chooseOption() {
	s := t.s
	switch kind := t.m.option(s, int(s.Row)); kind {
	case exNone:
	case exStop:
		t.land(s.Dose.From)
		t.stopDose("stopped")
	case exAnaesthesia:
		t.anaesthesia()
		t.land(s.Dose.From)
	default:
		t.callExtra(kind, s.Dose.From)
	}
}

func (t *stepper) anaesthesia() {
	p := &t.s.Draft
	p.Anaesthesia = !p.Anaesthesia
	t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: "anaesthesia", After: map[bool]string{true: "on", false: "off"}[p.Anaesthesia]})
}

// callExtra opens the screen of an extra; what runs goes on unchanged until it is started.
func (t *stepper) callExtra(kind, from int8) {
	s := t.s
	s.Dose.From = from
	if s.Flow.Active() {
		s.Changing, s.Draft = true, s.Run
		if kind != exWeight { // which leaves a loading dose that is still to come as it is
			s.Draft.Extra = extras{}
		}
	}
	s.Draft.Extra.Kind = kind
	t.land(t.m.extras[kind])
}

// leaveExtra gives an extra up: a loading dose or a delay that was set is none any more.
func (t *stepper) leaveExtra() {
	s := t.s
	t.discard()
	if s.Changing {
		t.dropChange()
		return
	}
	s.Draft.Extra.forget(s.Draft.Extra.Kind)
	s.Draft.Extra.Kind = exNone
	t.land(s.Dose.From)
}

// extraStored goes on after a field of an extra was confirmed: to the next that is empty, then to the start key, or back to the
// programme that a loading dose or a delay belongs to.
func (t *stepper) extraStored(c *screen, f field.Field) {
	s := t.s
	if next := t.m.nextUnset(s, c, f); next != field.None {
		t.openField(next)
		return
	}
	if c.then == t.m.running {
		t.openField(f)
		return
	}
	s.Draft.Extra.Kind = exNone
	t.land(s.Dose.From)
}

// storeExtra puts the editor's number into the extra being programmed. False if it is refused or an alert waits.
func (t *stepper) storeExtra(anew bool) bool {
	s, f := t.s, t.s.Field
	old, set := s.Draft.value(f)
	if !s.Entry.Dirty && !s.Entry.Empty && set {
		return true
	}
	v, why := t.m.unfit(f, s.Entry)
	if why != "" {
		t.refuse(pumpmodel.Blocked, noteNumber, 0)
		return false
	}
	next := s.Draft
	if anew && !t.m.areas[next.Area-1].once {
		next.Extra.Over[slot(f)%2] = 0
	}
	over := next.Extra.Over
	next, no := t.m.planned(&next, f, v)
	if no != nil {
		t.raise(alert{Kind: alertRange, Field: no.field})
		return false
	}
	if find, bad := t.m.extraCheck(&next); bad {
		s.Draft.Extra.Over = over
		t.raise(alert{Kind: kindOf(find), Find: find, Field: find.field, After: afterField})
		return false
	}
	before := ""
	if set {
		before = old.String()
	}
	s.Draft, s.Entry.Dirty = next, false
	t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: f.String(), Before: before, After: v.String()})
	return true
}

// fieldWords is a field's name as a person reads it.
func fieldWords(f field.Field) string { return f.Words() }
