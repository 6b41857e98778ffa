package engine

import (
	"cmp"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/field"
)

// rows is how many rows the list of a choose or menu screen has.
func (m *mach) rows(s *state, c *screen) int {
	switch {
	case c.Kind == "menu":
		return m.menuRow(s, c, field.None) + 1
	case c.Kind == "options":
		return m.optionCount(s)
	case c.Choose == "patient":
		return 2
	case c.Choose == "care-areas":
		first, last := m.shelved(s)
		return last - first
	case c.Choose == "drugs" && s.Draft.Area > 0 && c.As == "search" && s.Query != (query{}):
		return m.foundRows(s.Draft.Area, s.Query.String())
	case c.Choose == "drugs" && s.Draft.Area > 0:
		return len(m.areas[s.Draft.Area-1].drugs)
	case m.drug(&s.Draft) != nil:
		return len(m.drug(&s.Draft).setups)
	}
	return 0
}

// chosen is the row selected when a list opens: what was chosen before, or the first.
func (m *mach) chosen(s *state, c *screen) int16 {
	row := int16(0)
	switch c.Choose {
	case "care-areas":
		first, _ := m.shelved(s)
		row = s.Draft.Area - 1 - int16(first)
	case "drugs":
		row = s.Draft.Drug - 1
	case "concentrations":
		row = s.Draft.Setup - 1
	}
	return max(row, 0)
}

// menuRow is the row of field f in a menu: the open fields in their order, then "review". noField gives the review row.
func (m *mach) menuRow(s *state, c *screen, f field.Field) int {
	n := 0
	for _, x := range c.fields {
		if x == f {
			return n
		}
		if m.open(s, x) {
			n++
		}
	}
	return n
}

// menuField is the field in a row of a menu; noField for the review row.
func (m *mach) menuField(s *state, c *screen, row int16) field.Field {
	for _, x := range c.fields {
		if !m.open(s, x) {
			continue
		}
		if row == 0 {
			return x
		}
		row--
	}
	return field.None
}

// scroll moves the selection of a list, or the choice of a form's list.
func (t *stepper) scroll(c *screen, x bind) {
	n := t.m.rows(t.s, c)
	if c.Kind == "form" {
		n = len(t.m.drug(&t.s.Draft).setups)
	}
	row := int(t.s.Row)
	switch x.action {
	case "up":
		row--
	case "down":
		row++
	case "page-up":
		row -= c.Rows
	case "page-down":
		row += c.Rows
	case "letter":
		row = t.letter(x.key, row, n)
	}
	to := min(max(row, 0), n-1)
	if c.As == "pages" && (x.action == "up" || x.action == "down") {
		first, last := window(int(t.s.Row), n, c.Rows)
		to = min(max(row, first), last-1) // only the page keys leave a page
	}
	if to == int(t.s.Row) {
		t.first.Answer, t.first.Why = pumpmodel.Clipped, "end of the list"
		return
	}
	t.s.Row = int16(to)
}

// phone are the letters on a telephone's keys.
var phone = map[string]string{"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}

// letter is the next row, in a ring, that begins with one of the key's letters; the row itself if none does.
func (t *stepper) letter(key string, row, n int) int {
	drugs := t.m.areas[t.s.Draft.Area-1].drugs
	for i := 1; i <= n; i++ {
		r := (row + i) % n
		if strings.ContainsRune(phone[key], rune(strings.ToLower(drugs[r].shown)[0])) {
			return r
		}
	}
	return row
}

// confirm is the confirming key on any screen that has one.
func (t *stepper) confirm(c *screen) {
	switch {
	case c.Kind == "choose":
		t.choose(c)
	case c.Kind == "options":
		t.chooseOption()
	case c.Kind == "message":
		t.enter(c.then)
	case c.Kind == "form" && t.s.Field == field.Conc:
		t.pick(t.s.Row + 1)
	case c.Kind == "menu" && !t.s.Editing:
		t.openRow(c)
	default:
		t.commit(true)
	}
}

func (t *stepper) choose(c *screen) {
	s := t.s
	switch c.Choose {
	case "patient":
		if s.Row == 0 {
			s.Draft = plan{}
			t.emit(pumpmodel.Output{Kind: pumpmodel.NewPatient})
		} else {
			s.Draft = s.Draft.fresh()
		}
		t.enter(c.then)
	case "care-areas":
		first, _ := t.m.shelved(s)
		if at := int16(first) + s.Row; s.Draft.Area != at+1 {
			s.Draft = s.Draft.fresh()
			s.Draft.Area = at + 1
		}
		s.Draft.Anaesthesia = false // it ends on leaving the area
		t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: "area", After: t.m.areas[s.Draft.Area-1].name})
		t.enter(c.then)
	case "drugs":
		row := t.m.foundRow(s, c, s.Row)
		s.Draft = s.Draft.fresh()
		s.Draft.Drug = row + 1
		t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: field.Drug.String(), After: cmp.Or(t.m.drug(&s.Draft).name, "Basic infusion")})
		if len(t.m.drug(&s.Draft).setups) == 1 {
			t.pick(1)
			return
		}
		t.enter(c.then)
	case "concentrations":
		t.pick(s.Row + 1)
	}
}

// pick chooses a setup of the drug: its advisory first, then on.
func (t *stepper) pick(setup int16) {
	p := &t.s.Draft
	if p.Setup == setup {
		t.picked()
		return
	}
	drug := p.Drug
	*p = p.fresh()
	p.Drug, p.Setup = drug, setup
	x := t.m.setup(p)
	if find, bad := t.m.check(p, nil); bad && find.field == field.Weight {
		p.drop(field.Weight) // the same patient's weight is beyond this drug's limits: it is asked for again
	}
	if x.concText != "" {
		t.emit(pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: field.Conc.String(), After: x.concText})
	}
	if x.advisory != "" {
		t.raise(alert{Kind: alertAdvisory, After: afterPick})
		return
	}
	t.picked()
}

// picked goes on after a setup was chosen.
func (t *stepper) picked() {
	c := &t.m.screens[t.s.Screen]
	if c.Kind == "form" {
		t.openField(t.m.nextOpen(t.s, c, field.Conc))
		return
	}
	t.enter(c.then)
}

func (t *stepper) openRow(c *screen) {
	f := t.m.menuField(t.s, c, t.s.Row)
	if f != field.None {
		t.s.Editing = true
		t.openField(f)
		return
	}
	if f := t.m.missing(&t.s.Draft); f != field.None {
		t.refuse(pumpmodel.Blocked, noteMissing, int16(f))
		return
	}
	if c.then == t.m.running {
		t.begin()
		return
	}
	t.enter(c.then)
}
