package engine

import (
	"fmt"
	"slices"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/field"
)

// entries builds the entry method of each field, with the pump's maximum where the design says none.
func (m *mach) entries() error {
	for f := field.Amount; f < field.All; f++ {
		if !f.Numeric() || f.Optional() && !m.d.Asks(f) {
			continue
		}
		rule := m.d.Rule(f)
		if p := &rule.Params; p.Maximum == 0 {
			p.Maximum = m.scale(f).Max()
		}
		var err error
		if m.methods[f], err = entry.New(rule.Method, m.ticking(rule)); err != nil {
			return fmt.Errorf("field %s: %w", f, err)
		}
		m.prefill[f] = rule.Prefill
		if x := m.instead[f]; x != nil {
			m.methods[f] = x
		}
		for _, k := range m.d.Face.Keys {
			if k.Kind == "dial" {
				m.typed[f] = append(m.typed[f], m.turns(m.methods[f], k)...)
			} else if k.Shape == design.Slider && rule.Method == design.Slider {
				m.typed[f] = append(m.typed[f], bind{control: k.Name, action: "slide", key: "@"})
			} else if k.Types != "enter" && slices.Contains(m.methods[f].Keys(), k.Types) {
				m.typed[f] = append(m.typed[f], typed(k.Name, k.Types, k.Types))
			}
		}
	}
	for _, k := range m.d.Face.Keys {
		if len(k.Types) == 1 && k.Types[0] >= '2' && k.Types[0] <= '9' {
			m.letters = append(m.letters, bind{k.Name, "letter", k.Types, "jump to " + phone[k.Types]})
		}
	}
	m.writing()
	return nil
}

// typed is the binding of a control that types key; as says which of the pump's words for keys that is.
func typed(control, as, key string) bind {
	b := bind{control: control, action: typingAction(as), key: key}
	if b.does = said(b.action); b.action == "digit" || b.action == "point" {
		b.does = key
	}
	return b
}

// turns are what the two ways of a dial type: a detent of the dial method, or a step of one with arrow keys.
func (m *mach) turns(of entry.Method, k design.Key) []bind {
	var out []bind
	for _, way := range [...]struct{ sign, turn, step string }{{"+", "cw", "up"}, {"-", "ccw", "dn"}} {
		for _, key := range []string{way.turn, way.step} {
			if slices.Contains(of.Keys(), key) {
				out = append(out, typed(k.Name+way.sign, way.step, key))
				break
			}
		}
	}
	return out
}

// writing collects the keys that search lists (letters, or digits with the letters of a telephone) and write reasons.
func (m *mach) writing() {
	var digits []bind
	var wipe []bind
	for _, k := range m.d.Face.Keys {
		switch {
		case design.Letter(k.Types):
			m.search = append(m.search, bind{k.Name, "search", k.Types, "search " + k.Types})
			m.reason = append(m.reason, bind{k.Name, "letter", k.Types, k.Types})
		case len(k.Types) == 1 && k.Types[0] >= '0' && k.Types[0] <= '9':
			digits = append(digits, bind{k.Name, "search", k.Types, "search " + k.Types})
		case k.Types == "space":
			m.reason = append(m.reason, bind{k.Name, "letter", " ", " "})
		case k.Types == "backspace":
			wipe = append(wipe, bind{k.Name, "backspace", k.Types, "backspace"})
		case k.Types == "clear":
			wipe = append(wipe, bind{k.Name, "clear", k.Types, "clear"})
		}
	}
	if len(m.search) == 0 {
		m.search = digits
	}
	m.search, m.reason = append(m.search, wipe...), append(m.reason, wipe...)
}

// ticking is the rule's parameters with the delay and period of repeat of the face's keys, unless the rule has a period.
func (m *mach) ticking(rule design.EntryRule) entry.Params {
	p := rule.Params
	for _, k := range m.d.Face.Keys {
		if p.Tick == 0 && k.Repeat.Every > 0 {
			p.Tick, p.Delay = k.Repeat.Every, k.Repeat.After
		}
	}
	return p
}
