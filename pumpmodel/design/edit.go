package design

import (
	"slices"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// blankEntry is the editor while no field is open.
var blankEntry = entry.State{}

// valueText is the number in the editor as outputs tell it; empty while nothing is entered.
func valueText(e entry.State) string {
	return textOf(e.Value, e.Empty)
}

// firstOf is the alternative a one-field page opens with: what was entered before, or the first that is open.
func (m *mach) firstOf(s *state, c *screen) field {
	first := noField
	for _, f := range c.fields {
		if !m.open(s, f) {
			continue
		}
		if first == noField {
			first = f
		}
		if f == s.Draft.Source && s.Draft.Has[f] || f == fTime && s.Draft.ByTime {
			return f
		}
	}
	return first
}

// alternative is the next open alternative of a one-field page; the field itself if there is no other.
func (m *mach) alternative(s *state) field {
	fields := m.screens[s.Screen].fields
	for i, f := range fields {
		if f != s.Field {
			continue
		}
		for j := 1; j < len(fields); j++ {
			if x := fields[(i+j)%len(fields)]; m.open(s, x) {
				return x
			}
		}
	}
	return s.Field
}

// unset reports that the field is open and still empty.
func (m *mach) unset(s *state, f field) bool {
	if f == fConc {
		return m.open(s, f) && s.Draft.Setup == 0
	}
	_, set := s.Draft.value(f)
	return m.open(s, f) && !set
}

// nextUnset is the next open and empty field of the screen behind f, in a ring; noField if all are filled.
func (m *mach) nextUnset(s *state, c *screen, f field) field {
	at := m.position(c, f)
	for i := 1; i <= len(c.fields); i++ {
		if x := c.fields[(at+i)%len(c.fields)]; m.unset(s, x) {
			return x
		}
	}
	return noField
}

// nextOpen is nextUnset, or the first open field of the screen if all are filled.
func (m *mach) nextOpen(s *state, c *screen, f field) field {
	if x := m.nextUnset(s, c, f); x != noField {
		return x
	}
	if f == noField && c.Kind == "menu" && !s.Changing {
		return noField
	}
	first := noField
	for _, x := range c.fields {
		if m.open(s, x) && (first == noField || first == fConc) {
			first = x // the concentration only if nothing else is open: it is rarely what a person comes back for
		}
	}
	return first
}

// position is the index of f among the screen's fields; the last one for noField, so that the search begins with the first.
func (m *mach) position(c *screen, f field) int {
	for i, x := range c.fields {
		if x == f {
			return i
		}
	}
	return len(c.fields) - 1
}

// openField begins to edit a field.
func (t *stepper) openField(f field) {
	t.discard()
	s := &t.s
	s.Field, s.Entry, s.Note = f, blankEntry, ""
	switch {
	case f == fConc:
		s.Row = max(s.Draft.Setup-1, 0)
	case f.numeric():
		v, set := s.Draft.value(f)
		if f == fDose && s.Draft.Source == fDose && t.m.screens[s.Screen].Kind != "form" {
			v = s.Draft.Entered // a page of its own shows what was typed; a form goes on from what it shows
		}
		if start, ok := t.m.prefilled(s, f); ok {
			v, set = start, true
		}
		s.Entry = t.m.methods[f].Start(v, set)
	}
}

// prefilled is the library's start value for an empty field, where the design opens fields with it and the pump can be set to it.
func (m *mach) prefilled(s *state, f field) (quantity.Decimal, bool) {
	x := m.setup(&s.Draft)
	if f.extra() || s.Draft.Has[f] || x == nil || !m.prefill[f] || !x.limits[f].Start.Set {
		return 0, false
	}
	v := x.limits[f].Start.Value
	return v, m.scale(f).Holds(v)
}

// discard reports what is dropped when a field is left without confirming it.
func (t *stepper) discard() {
	s := &t.s
	if s.Entry.Dirty && s.Field.numeric() && valueText(s.Entry) != t.m.text(&s.Draft, s.Field) {
		t.emit(pumpmodel.Output{
			Kind: pumpmodel.FieldDiscarded, Field: s.Field.String(), Before: valueText(s.Entry), After: t.m.text(&s.Draft, s.Field),
		})
	}
	s.Entry.Dirty = false
}

// text is a field of the plan as a decimal string; empty while it is not set.
func (m *mach) text(p *plan, f field) string {
	v, set := p.value(f)
	if !set {
		return ""
	}
	return v.String()
}

// closeField ends the editing of a menu's row.
func (t *stepper) closeField(c *screen) {
	f := t.s.Field
	t.discard()
	t.s.Editing, t.s.Entry, t.s.Note = false, blankEntry, ""
	t.s.Row, t.s.Field = int16(t.m.menuRow(&t.s, c, f)), noField
}

// typeKey hands a key to the field's entry method.
func (t *stepper) typeKey(key string) {
	s := &t.s
	before := s.Entry
	next, a := t.m.methods[s.Field].Press(s.Entry, key)
	s.Entry = next
	t.first.Answer, t.first.Why = pumpmodel.Answer(a.Kind), a.Why
	t.edit = edit{of: int8(s.Field) + 1, was: before.Value, is: next.Value, no: before.Empty, gone: next.Empty}
}

// commit confirms the number in the editor: refused, stopped by an alert, or stored; then the screen goes on. Anew is false when
// an answered alert lets the same number through.
func (t *stepper) commit(anew bool) {
	if f := t.s.Field; t.store(anew) {
		t.stored(f)
	}
}

// store puts the editor's number into the draft with all that follows from it. False if it is refused or an alert waits.
func (t *stepper) store(anew bool) bool {
	s, f := &t.s, t.s.Field
	if f.extra() {
		return t.storeExtra(anew)
	}
	if !f.numeric() || !s.Entry.Dirty && !s.Entry.Empty && s.Draft.Has[f] {
		return true
	}
	if s.Entry.Empty && f.blank() {
		return t.leaveOut(f)
	}
	v, ok, why := t.m.methods[f].Value(s.Entry)
	if ok {
		why = t.m.ungraded(f, v)
	}
	if why != "" || !ok {
		t.refuse(pumpmodel.Blocked, why)
		return false
	}
	draft := s.Draft
	if anew && !t.m.areas[draft.Area-1].once {
		draft.forget(f)
	}
	next := draft.with(f, v)
	if find, bad := t.m.verdict(&next, s.base(), f); bad && find.hard() { // before the pump's own range: it is the graver fault
		t.raise(alert{Kind: alertHard, Find: find, Field: f})
		return false
	}
	next, no := t.m.derive(next)
	if no != nil {
		t.raise(alert{Kind: alertRange, Text: no.text, Field: no.field, Bound: no.value, Entered: no.entered, Unit: no.unit})
		return false
	}
	if find, bad := t.m.check(&next, s.base()); bad {
		s.Draft.Over = draft.Over
		t.raise(alert{Kind: kindOf(find), Find: find, Field: find.field, After: afterField})
		return false
	}
	before := t.m.text(&s.Draft, f)
	s.Draft = next
	s.Entry.Dirty = false
	t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: f.String(), Before: before, After: v.String()})
	return true
}

// forget drops the overrides that a new number for f could rest on.
func (p *plan) forget(f field) {
	p.Over.drop(f)
	if f == fDose || f == fRate {
		p.Over.drop(fDose, fRate, fTitration)
	}
	if f == fAmount || f == fDiluent {
		p.Over.drop(fConc, fDose)
	}
	if f == fTime {
		p.Over.drop(fVTBI)
	}
}

// ungraded is why the pump cannot be set to v as it stands; empty if it can. A number is refused, never rounded or clipped.
func (m *mach) ungraded(f field, v quantity.Decimal) string {
	sc := m.scale(f)
	if sc.Holds(v) {
		return ""
	}
	got, err := sc.Round(v.Rat())
	switch {
	case err != nil:
		return err.Error()
	case got != v:
		return v.String() + " is finer than the pump's step of " + sc.StepAt(v).String()
	}
	return ""
}

// stored goes on after field f was confirmed.
func (t *stepper) stored(f field) {
	c := &t.m.screens[t.s.Screen]
	if c.extra != exNone {
		t.extraStored(c, f)
		return
	}
	next := t.m.nextUnset(&t.s, c, f)
	switch {
	case c.Kind == "menu":
		t.closeField(c)
		t.s.Row = int16(t.m.menuRow(&t.s, c, next))
	case c.Kind == "form" && next != noField:
		t.openField(next)
	case c.then == t.m.running:
		t.openField(f) // the start key goes on from here
	default:
		t.enter(c.then)
	}
}

// leaveField goes to the next or previous open field of a form, after what leaving a field does in this design.
func (t *stepper) leaveField(c *screen, forward bool) {
	if !t.mayLeave(c) {
		return
	}
	s := &t.s
	at, n := t.m.position(c, s.Field), len(c.fields)
	for i := 1; i <= n; i++ {
		j := (at + i) % n
		if !forward {
			j = (at - i + n) % n
		}
		if x := c.fields[j]; x != s.Field && t.m.open(s, x) {
			t.leave(x)
			return
		}
	}
	t.refuse(pumpmodel.Blocked, "there is no other field to go to")
}

// goTo goes to a field of a form that was pointed at.
func (t *stepper) goTo(c *screen, f field) {
	if f != t.s.Field && t.mayLeave(c) {
		t.leave(f)
	}
}

// leave opens another field; what is dropped with the present one is told, unless the design is silent about it by intent.
func (t *stepper) leave(to field) {
	s := &t.s
	lost := int8(0)
	if s.Entry.Dirty && s.Field.numeric() && valueText(s.Entry) != t.m.text(&s.Draft, s.Field) && !slices.Contains(t.m.d.Flaws, flawDiscard) {
		lost = int8(s.Field) + 1
	}
	t.openField(to)
	s.Lost = lost
}

// mayLeave does what leaving a field does in this design; false if the field cannot be left.
func (t *stepper) mayLeave(c *screen) bool {
	s := &t.s
	blank := s.Entry.Empty || s.Entry.Value == 0 && s.Entry.Text == ""
	if s.Entry.Dirty && !blank {
		switch c.Leaving {
		case "confirms":
			return t.store(true)
		case "refuses":
			t.refuse(pumpmodel.Blocked, "confirm or clear the "+s.Field.String()+" first")
			return false
		}
	}
	return true
}
