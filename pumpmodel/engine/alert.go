package engine

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// The kinds of alert, as state keeps them.
const (
	alertSoft int8 = iota + 1
	alertHard
	alertRange    // the pump cannot do it
	alertAdvisory // to be read and acknowledged
	alertConfirm  // end the infusion?
	alertDrug     // the drug is given on another channel; answered as a soft limit
)

// What goes on once an alert is answered in favour.
const (
	afterNothing int8 = iota
	afterField        // the field that waits is stored
	afterStart        // the infusion starts
	afterPick         // the chosen setup is taken
)

var alertNames = [...]string{"", "soft", "hard", "range", "advisory", "confirm", "soft"}

// alert is a message that wants an answer; the zero value is none.
type alert struct {
	Find   finding       // soft, hard
	Left   time.Duration // until it can be answered
	Reason reason        // as far as it is typed
	On     bool
	Kind   int8
	Field  field.Field
	Lane   int8 // of the device, that gives the drug too
	After  int8
	Armed  bool // the first of two keys was pressed
	Asking bool // it was overridden, the reason is still wanted
	Row    int8 // of the reasons to choose from
}

func kindOf(f finding) int8 {
	if f.hard() {
		return alertHard
	}
	return alertSoft
}

// rule is how the design shows and answers an alert.
func (m *mach) rule(a *alert) design.AlertRule {
	k := &m.acts
	switch a.Kind {
	case alertSoft, alertDrug:
		return m.d.Alerts.Soft
	case alertAdvisory:
		r := m.d.Alerts.Advisory
		if r.Change == "" {
			r.Change = k.back
		}
		return r
	case alertConfirm:
		return design.AlertRule{As: m.d.Alerts.Hard.As, Override: k.confirm, Change: k.back}
	}
	return m.d.Alerts.Hard
}

func (m *mach) alertBindings(s *state, b *binds) {
	a := &s.Alert
	if a.Left > 0 {
		return
	}
	r := m.rule(a)
	switch a.Kind {
	case alertSoft, alertDrug:
		if a.Asking {
			m.reasonBindings(a, b)
		} else if a.Armed {
			b.add(r.Second, "override")
		} else {
			b.add(r.Override, "override")
		}
		b.add(r.Change, "reprogram")
	case alertAdvisory:
		b.add(r.Override, "acknowledge")
		b.add(r.Change, "cancel")
	case alertConfirm:
		b.add(r.Override, "confirm")
		b.add(r.Change, "cancel")
	default:
		b.add(r.Change, "reprogram")
	}
}

// raise puts an alert up.
func (t *stepper) raise(a alert) {
	a.On = true
	a.Left = t.m.rule(&a).Delay
	t.s.Alert = a
	if a.Kind != alertConfirm {
		t.emit(pumpmodel.Output{
			Kind: pumpmodel.AlertRaised, Field: t.m.alertField(&a), Text: t.m.sentence(t.s, &a), Limit: t.m.alertLimit(t.s, &a),
		})
	}
}

func (m *mach) alertField(a *alert) string {
	if a.Kind == alertAdvisory {
		return "drug"
	}
	return a.Field.String()
}

// alertLimit is the limit behind an alert, as outputs tell it. The plan it is about has the pending number only once it is
// stored, so units are those of the draft.
func (m *mach) alertLimit(s *state, a *alert) *pumpmodel.Limit {
	switch a.Kind {
	case alertSoft, alertHard:
		return m.limit(&s.Draft, a.Find)
	case alertRange:
		if no := m.refused(s); no != nil {
			return &pumpmodel.Limit{Kind: "range", Value: no.value, Entered: no.entered, Unit: no.unit}
		}
	case alertDrug:
		return &pumpmodel.Limit{Kind: sameDrug, Entered: m.drug(&s.Draft).name}
	}
	return &pumpmodel.Limit{Kind: "advisory"}
}

// refused is what the pump cannot do, while an alert says so: what would follow from the number in the editor.
func (m *mach) refused(s *state) *refusal {
	v, _ := m.unfit(s.Field, s.Entry)
	_, no := m.planned(&s.Draft, s.Field, v)
	return no
}

// planned is a plan with a number for one of its fields and all that follows from it; the refusal says what the pump cannot do.
func (m *mach) planned(p *plan, f field.Field, v quantity.Decimal) (plan, *refusal) {
	next := *p
	if !f.Extra() {
		return m.derive(next.with(f, v))
	}
	next.Extra.put(slot(f), v)
	switch slot(f) {
	case 1:
		next.Extra.ByTime = false
	case 2:
		next.Extra.ByTime = true
	}
	return m.deriveShot(next)
}

// answer is a key on an alert.
func (t *stepper) answer(action string) {
	a := t.s.Alert
	if action == "override" && !a.Armed && t.m.rule(&a).Second != "" {
		t.s.Alert.Armed = true
		return
	}
	if t.reason(action) {
		return
	}
	t.s.Alert = alert{}
	if a.Kind == alertConfirm {
		if action == "confirm" {
			t.end()
		}
		return
	}
	t.emit(pumpmodel.Output{
		Kind: pumpmodel.AlertAnswered, Field: t.m.alertField(&a), Choice: action, Limit: t.m.alertLimit(t.s, &a),
		Why: t.m.reasonOf(&a, action),
	})
	switch {
	case a.Kind == alertDrug: // what follows from it is the device's
	case action == "override":
		if f := a.Find.field; f.Extra() {
			t.s.Draft.Extra.Over[slot(f)%2] = a.Find.limit
		} else {
			t.s.Draft.Over.put(f, a.Find.limit, a.Find.entered)
		}
		t.resume(a)
	case action == "acknowledge":
		t.resume(a)
	case action == "cancel":
		t.s.Draft.Setup = 0
		if len(t.m.drug(&t.s.Draft).setups) == 1 {
			t.s.Draft.Drug = 0
		}
	case action == "reprogram":
		t.reenter(a)
	}
}

// resume goes on with what an alert held up.
func (t *stepper) resume(a alert) {
	switch a.After {
	case afterField:
		t.commit(false)
	case afterStart:
		t.begin()
	case afterPick:
		t.picked()
	}
}

// reenter gives the field back to be entered again: empty where digits are typed, as it stands where it is stepped.
func (t *stepper) reenter(a alert) {
	if a.After == afterStart {
		t.reopen(a)
		return
	}
	if f := t.s.Field; f.Numeric() && t.m.serial(f) {
		t.s.Entry = t.m.methods[f].Start(0, false)
	}
}

// serial reports that the field is typed digit by digit.
func (m *mach) serial(f field.Field) bool {
	for _, b := range m.typed[f] {
		if b.action == "digit" {
			return true
		}
	}
	return false
}
