package design

import "pumplab/pumpmodel"

// bind is what one control does in one state.
type bind struct {
	control string
	action  string // pumpmodel.Hint's Action
	key     string // of the entry method, for actions that type
}

// binds are all working controls of a state, in the order in which a display lists them. The first binding of a control holds.
type binds struct {
	only string // collect the binding of this control alone; empty for all
	n    int
	at   [40]bind
}

func (b *binds) add(control, action string) { b.put(bind{control: control, action: action}) }

func (b *binds) put(x bind) {
	switch {
	case x.control == "" || b.n == len(b.at):
		return
	case b.only != "":
		if x.control != b.only || b.n > 0 {
			return
		}
	case b.of(x.control) != nil:
		return
	}
	b.at[b.n] = x
	b.n++
}

func (b *binds) of(control string) *bind {
	for i := range b.at[:b.n] {
		if b.at[i].control == control {
			return &b.at[i]
		}
	}
	return nil
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
	k := m.d.Keys
	if s.Alert.On {
		m.alertBindings(s, b)
		if s.Alarms.Audible() {
			b.add(k["silence"], "silence")
		}
		return
	}
	c := &m.screens[s.Screen]
	switch c.Kind {
	case "choose":
		m.listBindings(b)
		if c.As == "letters" {
			for _, x := range m.letters {
				b.put(x)
			}
		}
	case "enter":
		m.typing(s, b)
		b.add(k["confirm"], "confirm")
		if m.alternative(s) != s.Field {
			b.add(k["toggle"], "toggle")
		}
	case "form":
		m.formBindings(s, b)
	case "menu":
		if s.Editing {
			m.typing(s, b)
			b.add(k["confirm"], "confirm")
		} else {
			m.listBindings(b)
		}
	case "review":
		b.add(k["start"], "start")
	case "running":
		m.runningBindings(s, b)
	}
	if s.Alarms.Audible() {
		b.add(k["silence"], "silence")
	}
	if m.canGoBack(s) {
		b.add(k["back"], "back")
	}
}

func (m *mach) listBindings(b *binds) {
	k := m.d.Keys
	b.add(k["up"], "up")
	b.add(k["down"], "down")
	b.add(k["page-up"], "page-up")
	b.add(k["page-down"], "page-down")
	b.add(k["confirm"], "confirm")
}

// typing binds the keys of the field's entry method. A control that both clears and goes back goes back while there is nothing to
// clear.
func (m *mach) typing(s *state, b *binds) {
	if s.Field < fWeight || s.Field > fTime {
		return
	}
	blank := !s.Entry.Dirty || s.Entry.Fault == "" && s.Entry.Value == 0 && s.Entry.Text == ""
	for _, x := range m.typed[s.Field] {
		if x.control == m.d.Keys["back"] && blank {
			b.add(x.control, "back")
			continue
		}
		b.put(x)
	}
}

func (m *mach) formBindings(s *state, b *binds) {
	k := m.d.Keys
	if s.Field == fConc {
		b.add(k["up"], "up")
		b.add(k["down"], "down")
	} else {
		m.typing(s, b)
	}
	b.add(k["confirm"], "confirm")
	b.add(k["next-field"], "next-field")
	b.add(k["previous-field"], "previous-field")
}

func (m *mach) runningBindings(s *state, b *binds) {
	k := m.d.Keys
	switch {
	case s.Flow.Flow() > 0:
		b.add(k["pause"], "pause")
	case m.blocking(s) == "":
		b.add(k["start"], "start")
		b.add(k["stop"], "stop")
	default:
		b.add(k["stop"], "stop")
	}
	if s.Flow.Flow() > 0 && k["stop"] != k["pause"] {
		b.add(k["stop"], "stop")
	}
	b.add(k["change"], "change")
}

// hints are the bindings as the display tells them.
func (m *mach) hints(s *state, b *binds) []pumpmodel.Hint {
	out := make([]pumpmodel.Hint, b.n)
	for i, x := range b.at[:b.n] {
		out[i] = pumpmodel.Hint{Control: x.control, Does: m.does(s, x), Action: x.action}
	}
	return out
}
