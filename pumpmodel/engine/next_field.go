package engine

import (
	"slices"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/field"
)

// firstOf is the alternative a one-field page opens with: what was entered before, or the first that is open.
func (m *mach) firstOf(s *state, c *screen) field.Field {
	first := field.None
	for _, f := range c.fields {
		if !m.open(s, f) {
			continue
		}
		if first == field.None {
			first = f
		}
		if f == s.Draft.Source && s.Draft.Has.of(f) || f == field.Time && s.Draft.ByTime {
			return f
		}
	}
	return first
}

// alternative is the next open alternative of a one-field page; the field itself if there is no other.
func (m *mach) alternative(s *state) field.Field {
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
func (m *mach) unset(s *state, f field.Field) bool {
	if f == field.Conc {
		return m.open(s, f) && s.Draft.Setup == 0
	}
	_, set := s.Draft.value(f)
	return m.open(s, f) && !set
}

// nextUnset is the next open and empty field of the screen behind f, in a ring; noField if all are filled.
func (m *mach) nextUnset(s *state, c *screen, f field.Field) field.Field {
	at := m.position(c, f)
	for i := 1; i <= len(c.fields); i++ {
		if x := c.fields[(at+i)%len(c.fields)]; m.unset(s, x) {
			return x
		}
	}
	return field.None
}

// nextOpen is nextUnset, or the first open field of the screen if all are filled.
func (m *mach) nextOpen(s *state, c *screen, f field.Field) field.Field {
	if x := m.nextUnset(s, c, f); x != field.None {
		return x
	}
	if f == field.None && c.Kind == "menu" && !s.Changing {
		return field.None
	}
	first := field.None
	for _, x := range c.fields {
		if m.open(s, x) && (first == field.None || first == field.Conc) {
			first = x // the concentration only if nothing else is open: it is rarely what a person comes back for
		}
	}
	return first
}

// position is the index of f among the screen's fields; the last one for noField, so that the search begins with the first.
func (m *mach) position(c *screen, f field.Field) int {
	for i, x := range c.fields {
		if x == f {
			return i
		}
	}
	return len(c.fields) - 1
}

// stored goes on after field f was confirmed.
func (t *stepper) stored(f field.Field) {
	c := &t.m.screens[t.s.Screen]
	if c.extra != exNone {
		t.extraStored(c, f)
		return
	}
	next := t.m.nextUnset(t.s, c, f)
	switch {
	case c.Kind == "menu":
		t.closeField(c)
		t.s.Row = int16(t.m.menuRow(t.s, c, next))
	case c.Kind == "form" && next != field.None:
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
	s := t.s
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
	t.refuse(pumpmodel.Blocked, noteOnly, 0)
}

// goTo goes to a field of a form that was pointed at.
func (t *stepper) goTo(c *screen, f field.Field) {
	if f != t.s.Field && t.mayLeave(c) {
		t.leave(f)
	}
}

// leave opens another field; what is dropped with the present one is told, unless the design is silent about it by intent.
func (t *stepper) leave(to field.Field) {
	s := t.s
	lost := int8(0)
	if s.Entry.Dirty && s.Field.Numeric() && valueText(s.Entry) != t.m.text(&s.Draft, s.Field) && !slices.Contains(t.m.d.Flaws, design.SilentDiscard) {
		lost = int8(s.Field) + 1
	}
	t.openField(to)
	s.Lost = lost
}

// mayLeave does what leaving a field does in this design; false if the field cannot be left.
func (t *stepper) mayLeave(c *screen) bool {
	s := t.s
	blank := s.Entry.Empty || s.Entry.Blank()
	if s.Entry.Dirty && !blank {
		switch c.Leaving {
		case "confirms":
			return t.store(true)
		case "refuses":
			t.refuse(pumpmodel.Blocked, noteUnfinished, int16(s.Field))
			return false
		}
	}
	return true
}
