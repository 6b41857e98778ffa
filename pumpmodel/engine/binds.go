package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/field"
)

// bind is what one control does in one state.
type bind struct {
	control string
	action  string // pumpmodel.Hint's Action
	key     string // of the entry method, for actions that type
	does    string // in words, where those are always the same
}

// binds are all working controls of a state, in the order in which a display lists them. The first binding of a control holds.
type binds struct {
	only string          // collect the binding of this control alone; empty for all
	off  map[string]bool // controls that are not on this screen
	n    int
	one  bind             // the one
	at   *[bindsMost]bind // all
}

// bindsMost is how many controls can work at once.
const bindsMost = 64

func (b *binds) add(control, action string) { b.put(bind{control: control, action: action}) }

func (b *binds) put(x bind) {
	switch {
	case b.only != "":
		if x.control == b.only && b.n == 0 && !b.off[x.control] {
			b.one, b.n = x, 1
		}
		return
	case x.control == "" || b.n == len(b.at) || b.off[x.control]:
		return
	case b.binds(x.control):
		return
	}
	b.at[b.n] = x
	b.n++
}

// found reports that the one control is bound: no later binding counts.
func (b *binds) found() bool { return b.only != "" && b.n > 0 }

func (b *binds) binds(control string) bool {
	last := control[len(control)-1]
	for i := range b.at[:b.n] {
		if c := b.at[i].control; c[len(c)-1] == last && c == control { // the last letter tells most apart
			return true
		}
	}
	return false
}

// typingAction is the machine-readable word for a key of an entry method.
func typingAction(key string) string {
	switch {
	case len(key) == 1 && key[0] >= '0' && key[0] <= '9':
		return "digit"
	case key == ".":
		return "point"
	case key == "UP":
		return "fast-up"
	case key == "DN":
		return "fast-down"
	case key == "dn":
		return "down"
	case key == "left":
		return "cursor-left"
	case key == "right":
		return "cursor-right"
	}
	return key // up, clear, backspace, up0, dn3 …
}

// bindings fills b with what each control does in s. alerts come first: while one waits, only it can be answered.
func (m *mach) bindings(s *state, b *binds) {
	k := &m.acts
	b.off = m.off[s.Screen]
	if s.Alert.On {
		m.alertBindings(s, b)
		if s.Alarms.Audible() {
			b.add(k.silence, "silence")
		}
		return
	}
	c := &m.screens[s.Screen]
	switch c.Kind {
	case "choose":
		m.listBindings(s, c, b)
		if c.Choose == "drugs" {
			b.add(k.anaesthesia, "anaesthesia")
		}
	case "options":
		m.listBindings(s, c, b)
	case "message":
		b.add(k.confirm, "confirm")
	case "enter":
		if m.typing(s, b); b.found() {
			return
		}
		b.add(k.confirm, "confirm")
		if m.alternative(s) != s.Field {
			b.add(k.toggle, "toggle")
		}
	case "form":
		if m.formBindings(s, b); b.found() {
			return
		}
		m.rowBindings(s, c, b)
		m.startBinding(s, c, b)
	case "menu":
		if s.Editing {
			m.typing(s, b)
			b.add(k.confirm, "confirm")
			m.rowBindings(s, c, b)
		} else {
			m.listBindings(s, c, b)
		}
		m.startBinding(s, c, b)
	case "review":
		b.add(k.start, "start")
	case "running":
		m.runningBindings(s, b)
	}
	m.extraBindings(s, b)
	if s.Alarms.Audible() {
		b.add(k.silence, "silence")
	}
	if m.canGoBack(s) {
		b.add(k.back, "back")
	}
}

func (m *mach) listBindings(s *state, c *screen, b *binds) {
	k := &m.acts
	m.rowBindings(s, c, b)
	b.add(k.up, "up")
	b.add(k.down, "down")
	b.add(k.pageUp, "page-up")
	b.add(k.pageDown, "page-down")
	b.add(k.confirm, "confirm")
	switch c.As {
	case "search":
		for _, x := range m.search {
			if s.Query != (query{}) || x.action == "search" {
				b.put(x)
			}
		}
	case "letters":
		for _, x := range m.letters {
			b.put(x)
		}
	}
}

// rowNumbers are the keys of row bindings: which visible row, from 0.
var rowNumbers = [...]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19"}

// rowBindings bind the controls beside the visible rows: those of a list, or the fields of a form or menu that can be entered.
func (m *mach) rowBindings(s *state, c *screen, b *binds) {
	rows := m.d.Rows
	if len(rows) == 0 {
		return
	}
	switch {
	case c.Kind == "choose" || c.Kind == "options" || c.Kind == "menu" && !s.Editing:
		first, last := window(int(s.Row), m.rows(s, c), c.Rows)
		for i := range min(last-first, len(rows), len(rowNumbers)) {
			b.put(bind{control: rows[i], action: "row", key: rowNumbers[i]})
		}
	case c.Kind == "form":
		i := 0
		for _, f := range c.fields {
			if !m.has(&s.Draft, f) {
				continue
			}
			if i < min(len(rows), len(rowNumbers)) && m.open(s, f) {
				b.put(bind{control: rows[i], action: "row", key: rowNumbers[i]})
			}
			i++
		}
	}
}

// shownField is the field of a form in its i-th row: those that belong to the programme count.
func (m *mach) shownField(s *state, c *screen, i int) field.Field {
	for _, f := range c.fields {
		if !m.has(&s.Draft, f) {
			continue
		}
		if i == 0 {
			return f
		}
		i--
	}
	return field.None
}

// startBinding starts a programme on a screen that leads to the running one without a review, once nothing is missing.
func (m *mach) startBinding(s *state, c *screen, b *binds) {
	if c.then == m.running && !s.Editing && m.missing(&s.Draft) == field.None {
		b.add(m.acts.start, "start")
	}
}

// typing binds the keys of the field's entry method. A control that both clears and goes back goes back while there is nothing to
// clear.
func (m *mach) typing(s *state, b *binds) {
	if !s.Field.Numeric() {
		return
	}
	blank := !s.Entry.Dirty || s.Entry.Fault == 0 && s.Entry.Blank()
	for _, x := range m.typed[s.Field] {
		if x.control == m.acts.back && blank {
			b.add(x.control, "back")
			continue
		}
		b.put(x)
	}
}

func (m *mach) formBindings(s *state, b *binds) {
	k := &m.acts
	if s.Field == field.None {
		return
	}
	if s.Field == field.Conc {
		b.add(k.up, "up")
		b.add(k.down, "down")
	} else {
		m.typing(s, b)
	}
	b.add(k.confirm, "confirm")
	b.add(k.nextField, "next-field")
	b.add(k.previousField, "previous-field")
	if s.Draft.Extra.Kind != exNone { // a design of single pages has no keys to go between fields
		b.add(k.toggle, "next-field")
		b.add(k.down, "next-field")
		b.add(k.up, "previous-field")
	}
}

func (m *mach) runningBindings(s *state, b *binds) {
	k := &m.acts
	flows := s.Flow.Flow() > 0 || s.dosing() || s.Flow.Mode == delivery.Infusing // on demand only, nothing may flow for a while
	switch {
	case flows:
		b.add(k.pause, "pause")
	case m.blocking(s) == "":
		b.add(k.start, "start")
		b.add(k.stop, "stop")
	default:
		b.add(k.stop, "stop")
	}
	if flows && k.stop != k.pause {
		b.add(k.stop, "stop")
	}
	b.add(k.change, "change")
}

// hints are the bindings as the display tells them.
func (m *mach) hints(s *state, b *binds) []pumpmodel.Hint {
	out := make([]pumpmodel.Hint, b.n, b.n+m.spare)
	for i, x := range b.at[:b.n] {
		out[i] = pumpmodel.Hint{Control: x.control, Does: m.does(s, x), Action: x.action}
	}
	return out
}
