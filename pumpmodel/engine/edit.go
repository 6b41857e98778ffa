package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// blankEntry is the editor while no field is open.
var blankEntry = entry.State{}

// valueText is the number in the editor as outputs tell it; empty while nothing is entered.
func valueText(e entry.State) string {
	return textOf(e.Value, e.Empty)
}

// openField begins to edit a field.
func (t *stepper) openField(f field.Field) {
	t.discard()
	s := t.s
	s.Field, s.Entry, s.Note = f, blankEntry, note{}
	switch {
	case f == field.Conc:
		s.Row = max(s.Draft.Setup-1, 0)
	case f.Numeric():
		v, set := s.Draft.value(f)
		if f == field.Dose && s.Draft.Source == field.Dose && t.m.screens[s.Screen].Kind != "form" {
			v = s.Draft.Entered // a page of its own shows what was typed; a form goes on from what it shows
		}
		if start, ok := t.m.prefilled(s, f); ok {
			v, set = start, true
		}
		s.Entry = t.m.methods[f].Start(v, set)
	}
}

// prefilled is the library's start value for an empty field, where the design opens fields with it and the pump can be set to it.
func (m *mach) prefilled(s *state, f field.Field) (quantity.Decimal, bool) {
	x := m.setup(&s.Draft)
	if f.Extra() || s.Draft.Has.of(f) || x == nil || !m.prefill[f] || !x.limits[f].Start.Set {
		return 0, false
	}
	v := x.limits[f].Start.Value
	return v, m.scale(f).Holds(v)
}

// discard reports what is dropped when a field is left without confirming it.
func (t *stepper) discard() {
	s := t.s
	if s.Entry.Dirty && s.Field.Numeric() && valueText(s.Entry) != t.m.text(&s.Draft, s.Field) {
		t.emit(pumpmodel.Output{
			Kind: pumpmodel.FieldDiscarded, Field: s.Field.String(), Before: valueText(s.Entry), After: t.m.text(&s.Draft, s.Field),
		})
	}
	s.Entry.Dirty = false
}

// text is a field of the plan as a decimal string; empty while it is not set.
func (m *mach) text(p *plan, f field.Field) string {
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
	t.s.Editing, t.s.Entry, t.s.Note = false, blankEntry, note{}
	t.s.Row, t.s.Field = int16(t.m.menuRow(t.s, c, f)), field.None
}

// typeKey hands a key to the field's entry method.
func (t *stepper) typeKey(key string) {
	s := t.s
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
	s, f := t.s, t.s.Field
	if f.Extra() {
		return t.storeExtra(anew)
	}
	if !f.Numeric() || !s.Entry.Dirty && !s.Entry.Empty && s.Draft.Has.of(f) {
		return true
	}
	if s.Entry.Empty && f.Blank() {
		return t.leaveOut(f)
	}
	v, why := t.m.unfit(f, s.Entry)
	if why != "" {
		t.refuse(pumpmodel.Blocked, noteNumber, 0)
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
		t.raise(alert{Kind: alertRange, Field: no.field})
		return false
	}
	if find, bad := t.m.check(&next, s.base()); bad {
		s.Draft.Over = draft.Over
		t.raise(alert{Kind: kindOf(find), Find: find, Field: find.field, After: afterField})
		return false
	}
	t.m.within(&next, s.base())
	before := t.m.text(&s.Draft, f)
	s.Draft = next
	s.Entry.Dirty = false
	t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: f.String(), Before: before, After: v.String()})
	return true
}

// unfit is the number in the editor of a field, and why it cannot be programmed; empty if it can.
func (m *mach) unfit(f field.Field, e entry.State) (v quantity.Decimal, why string) {
	v, ok, why := m.methods[f].Value(e)
	if ok {
		why = m.ungraded(f, v)
	}
	if ok && why == "" && f.Extra() && v == 0 {
		why = "it must be more than 0"
	}
	return v, why
}

// forget drops the overrides that a new number for f could rest on.
func (p *plan) forget(f field.Field) {
	p.Over.drop(f)
	if f == field.Dose || f == field.Rate {
		p.Over.drop(field.Dose, field.Rate, field.Titration)
	}
	if f.PCA() {
		p.Over.drop(field.Titration)
	}
	if f == field.Amount || f == field.Diluent {
		p.Over.drop(field.Conc, field.Dose)
	}
	if f == field.Time {
		p.Over.drop(field.VTBI)
	}
}

// ungraded is why the pump cannot be set to v as it stands; empty if it can. A number is refused, never rounded or clipped.
func (m *mach) ungraded(f field.Field, v quantity.Decimal) string {
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
