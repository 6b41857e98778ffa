package engine

import (
	"strconv"
	"strings"

	"pumplab/pumpmodel/design"
)

// reasonMost is the longest reason that is kept.
const reasonMost = 40

// reasonBindings bind what an overridden alert wants: a reason typed or chosen.
func (m *mach) reasonBindings(a *alert, b *binds) {
	k, r := &m.acts, m.d.Alerts.Soft
	if r.Reason == "typed" {
		n := len(a.Reason.String())
		for _, x := range m.reason {
			if x.action == "letter" && n < reasonMost || x.action != "letter" && n > 0 {
				b.put(x)
			}
		}
		if len(strings.TrimSpace(a.Reason.String())) >= design.ReasonLeast {
			b.add(k.confirm, "override")
		}
	} else {
		if a.Row > 0 {
			b.add(k.up, "up")
		}
		if int(a.Row) < len(r.Reasons)-1 {
			b.add(k.down, "down")
		}
		b.add(k.confirm, "override")
	}
	b.add(r.Change, "reprogram")
}

// reason is a key while a reason is wanted, or the override that asks for one. It reports that the alert stays.
func (t *stepper) reason(action string) bool {
	a := &t.s.Alert
	r := t.m.d.Alerts.Soft
	if a.Kind != alertSoft && a.Kind != alertDrug || r.Reason == "" && len(r.Reasons) == 0 {
		return false
	}
	switch {
	case action == "override" && !a.Asking:
		a.Asking = true
	case action == "up":
		a.Row--
	case action == "down":
		a.Row++
	case action == "backspace":
		typed := a.Reason.String()
		a.Reason = reasonOf(typed[:len(typed)-1])
	case action == "clear":
		a.Reason = reason{}
	default:
		return false
	}
	return true
}

// reasonOf is the reason given with an override; empty if the design asks for none.
func (m *mach) reasonOf(a *alert, action string) string {
	r := m.d.Alerts.Soft
	switch {
	case a.Kind != alertSoft && a.Kind != alertDrug || action != "override":
		return ""
	case len(r.Reasons) > 0:
		return r.Reasons[a.Row]
	}
	return strings.TrimSpace(a.Reason.String())
}

// reasonText is what an alert shows while it wants a reason.
func (m *mach) reasonText(a *alert) []string {
	r := m.d.Alerts.Soft
	if r.Reason == "typed" {
		return []string{"Why? Type at least " + strconv.Itoa(design.ReasonLeast) + " letters", a.Reason.String() + "_"}
	}
	out := []string{"Why?"}
	for i, text := range r.Reasons {
		mark := ""
		if i == int(a.Row) {
			mark = "→ "
		}
		out = append(out, mark+text)
	}
	return out
}

// reopen gives the programme back after an alert on starting it was answered with a change: the screen before the review, or the
// field itself where there is no review.
func (t *stepper) reopen(a alert) {
	c := &t.m.screens[t.s.Screen]
	switch f := a.Find.field; {
	case f.Extra() && c.extra == exNone:
		t.callExtra(kindOfField(f), t.s.Screen)
	case c.Kind == "review":
		t.back()
	case c.Kind == "form" && t.m.open(t.s, a.Find.field):
		t.openField(a.Find.field)
	}
}
