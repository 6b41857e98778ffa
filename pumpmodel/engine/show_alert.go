package engine

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// The pump's own sounds beside the alarm signals: one low pulse for a key that is refused (GIP 3.2.4), two for a limit alert
// (Open PCA R6.5.0(9): visible and audible).
var (
	errorTone = pumpmodel.Tone{Name: "error", Pulses: []pumpmodel.Pulse{{For: 150 * time.Millisecond, Note: "A3"}}}
	alertTone = pumpmodel.Tone{Name: "alert", Pulses: []pumpmodel.Pulse{
		{For: 150 * time.Millisecond, Note: "E4"}, {At: 250 * time.Millisecond, For: 150 * time.Millisecond, Note: "E4"},
	}}
)

func (m *mach) alertTitle(s *state) string {
	a := &s.Alert
	switch a.Kind {
	case alertHard:
		return "HARD LIMIT · " + field.Labels[a.Field]
	case alertSoft:
		if a.Find.relaxed {
			return "HARD LIMIT, ANAESTHESIA MODE · " + field.Labels[a.Field]
		}
		return "SOFT LIMIT · " + field.Labels[a.Field]
	case alertRange:
		return "OUT OF RANGE · " + field.Labels[a.Field]
	case alertDrug:
		return "SAME DRUG TWICE"
	case alertAdvisory:
		return "ADVISORY · " + m.drug(&s.Draft).shown
	}
	return "END THE INFUSION?"
}

// sentence is what an alert says.
func (m *mach) sentence(s *state, a *alert) string {
	switch a.Kind {
	case alertSoft, alertHard:
		side := "above the upper"
		if limitKinds[a.Find.limit][0] == 'l' {
			side = "below the lower"
		}
		kind := " soft limit of "
		if a.Find.hardest() {
			kind = " hard limit of "
		}
		unit := m.unit(&s.Draft, a.Find.field)
		return a.Find.entered.String() + " " + unit + " is " + side + kind + a.Find.value.String() + " " + unit
	case alertConfirm:
		return "The infusion is stopped and its programme cleared"
	case alertAdvisory:
		return m.setup(&s.Draft).advisory
	case alertDrug:
		return m.drug(&s.Draft).shown + " is given already " + m.places[a.Lane]
	}
	if no := m.refused(s); no != nil {
		return no.text
	}
	return ""
}

// alertText is the alert's sentence and what it asks for.
func (m *mach) alertText(s *state) []string {
	a := &s.Alert
	out := []string{m.sentence(s, a)}
	switch {
	case a.Kind == alertHard:
		out = append(out, "Enter another value")
	case a.Asking:
		out = append(out, m.reasonText(a)...)
	case a.Left > 0:
		out = append(out, "Read this before answering")
	case (a.Kind == alertSoft || a.Kind == alertDrug) && a.Armed:
		out = append(out, "To override press "+m.printed[m.rule(a).Second])
	case (a.Kind == alertSoft || a.Kind == alertDrug) && m.rule(a).Second != "":
		r := m.rule(a)
		out = append(out, "To override press "+m.printed[r.Override]+", then "+m.printed[r.Second])
	}
	if s.Nagging {
		out = append(out, "An answer is needed")
	}
	return out
}

// does is what a control does, in words.
func (m *mach) does(s *state, x bind) string {
	c := &m.screens[s.Screen]
	if s.Alert.On {
		switch {
		case s.Alert.Asking && x.action == "letter":
			return x.key
		case s.Alert.Asking && x.action == "override":
			return "give the reason"
		}
		if s.Alert.Kind == alertDrug && x.action == "reprogram" {
			return "another drug"
		}
		return alertWords[x.action]
	}
	if x.does != "" {
		return x.does
	}
	switch x.action {
	case "stop-dose":
		if s.Dose.What == field.Loading {
			return "stop the loading dose"
		}
	case "row":
		return m.rowText(s, c, x.key)
	case "confirm":
		switch {
		case c.Kind == "choose", c.Kind == "options", s.Field == field.Conc:
			return "choose"
		case c.Kind == "message":
			return "go on"
		case c.Kind == "menu" && !s.Editing:
			if f := m.menuField(s, c, s.Row); f != field.None {
				return entering.of(f)
			}
			if c.then == m.running {
				return "start"
			}
			return "review"
		}
		if s.Field.Blank() && s.Entry.Empty {
			return "none"
		}
		return confirming.of(s.Field)
	case "toggle":
		return going.of(m.alternative(s))
	case "back":
		if s.Changing && s.Screen == m.screens[m.running].edit && !s.Editing {
			return "give up the change"
		}
	case "start":
		switch {
		case c.Kind == "running" && s.Dose.Hold == exDelay:
			return "start now"
		case c.Kind == "running":
			return "resume"
		case s.Draft.Extra.Kind == exBolus:
			return "give the bolus"
		case s.Draft.Extra.Kind == exStandby:
			return "stand by"
		case s.Changing:
			return "confirm the change"
		}
	}
	return said(x.action)
}

// said is an action in words.
func said(action string) string {
	if w := words[action]; w != "" {
		return w
	}
	return action
}

// phrases are a verb with each field's name, put together once.
type phrases [len(field.Names) + 1]string

func (p *phrases) of(f field.Field) string { return p[f+1] }

func with(verb string, name func(field.Field) string) *phrases {
	var p phrases
	for i := range p {
		p[i] = verb + name(field.Field(i)-1)
	}
	return &p
}

var (
	confirming = with("confirm ", fieldWords)
	entering   = with("enter ", fieldWords)
	going      = with("by ", field.Field.String)
	goingTo    = with("go to ", field.Field.String)
	choosing   = with("choose ", func(f field.Field) string { return field.Labels[max(f, 0)] })

	// alone are lists of one field each, by field + 1.
	alone = func() (all [len(field.Names) + 1]field.Field) {
		for i := range all {
			all[i] = field.Field(i) - 1
		}
		return all
	}()
)

var words = map[string]string{
	"page-up": "page up", "page-down": "page down", "next-field": "next field", "previous-field": "previous field",
	"fast-up": "up fast", "fast-down": "down fast", "cursor-left": "cursor left", "cursor-right": "cursor right",
	"stop": "end the infusion", "silence": "silence the alarm", "change": "change the programme",
	"anaesthesia": "anaesthesia mode", "slide": "slide to a value", "bolus": "give a bolus", "loading": "give a loading dose first", "delay": "delay the start",
	"standby": "stand by", "patient-weight": "change the weight", "stop-dose": "stop the bolus",
}

var alertWords = map[string]string{
	"override": "override", "reprogram": "change the value", "acknowledge": "acknowledge", "cancel": "cancel", "confirm": "yes, end it",
	"silence": "silence the alarm", "up": "up", "down": "down", "backspace": "take back", "clear": "clear",
}

// number is v as this design shows numbers: never a trailing zero unless the design asks for the field's own decimals.
func (m *mach) number(f field.Field, v quantity.Decimal) string {
	if m.d.Show.TrailingZeros != "always" || !f.Numeric() {
		return v.String()
	}
	places := 0
	for step := m.scale(f).StepAt(v); step < quantity.One; step *= 10 {
		places++
	}
	return v.Fixed(places)
}
