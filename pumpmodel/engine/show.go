package engine

import (
	"cmp"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/field"
)

// show is everything a person can perceive in s.
func (m *mach) show(s *state) pumpmodel.Display {
	if s.inert() != "" {
		return m.dark(s)
	}
	c := &m.screens[s.Screen]
	d := pumpmodel.Display{Screen: c.Name, Kind: c.Kind, Title: m.title(s, c), Lit: true, Status: m.status(s)}
	d.Marks = m.marks(s)
	full := s.Alert.On && m.rule(&s.Alert).As == "full-screen"
	if full {
		d.Kind, d.Title = "alert", m.alertTitle(s)
	} else {
		m.body(s, c, &d)
	}
	m.about(s, c, &d)
	var room [bindsMost]bind
	b := binds{at: &room}
	m.bindings(s, &b)
	hints := m.hints(s, &b)
	switch {
	case s.Alert.On:
		d.Alert = &pumpmodel.Alert{
			Style: m.rule(&s.Alert).As, Kind: alertNames[s.Alert.Kind], Title: m.alertTitle(s), Text: m.alertText(s), Answers: hints,
		}
	default:
		d.Keys = hints
	}
	m.alarms(s, &d)
	m.signals(s, &d)
	return d
}

// body is the screen's own content.
func (m *mach) body(s *state, c *screen, d *pumpmodel.Display) {
	switch c.Kind {
	case "choose":
		m.list(s, c, d)
	case "message":
		d.Lines = append(d.Lines, pumpmodel.Line{Role: "prompt", Text: c.Text})
	case "options":
		d.Kind = "menu"
		m.optionRows(s, c, d)
	case "menu":
		if s.Editing {
			d.Kind = "enter"
			m.fields(s, alone[s.Field+1:s.Field+2], d)
			m.notes(s, d)
			return
		}
		m.menu(s, c, d)
	case "enter":
		m.fields(s, alone[s.Field+1:s.Field+2], d)
	default:
		m.fields(s, c.fields, d)
	}
	m.notes(s, d)
}

var kindTitles = map[string]string{"form": "PROGRAMME", "message": "PLEASE NOTE", "menu": "PROGRAMME", "review": "REVIEW", "running": "INFUSION"}

var chooseTitles = map[string]string{
	"patient": "New patient?", "care-areas": "Care area", "drugs": "Drug", "concentrations": "Concentration",
}

func (m *mach) title(s *state, c *screen) string {
	title := c.Title
	switch {
	case c.extra != exNone:
		title = cmp.Or(title, extraTitles[c.extra])
	case c.Kind == "options":
		title = cmp.Or(title, "OPTIONS")
	case c.Kind == "enter" || c.Kind == "menu" && s.Editing:
		title = field.Labels[max(s.Field, 0)]
	case title != "":
	case c.Kind == "choose":
		title = chooseTitles[c.Choose]
	default:
		title = kindTitles[c.Kind]
	}
	if s.Changing && (c.extra == exNone || c.extra == exWeight) {
		title = "CHANGE · " + title
	}
	if c.Kind != "choose" || c.Choose == "concentrations" {
		if dr := m.drug(m.plan(s)); dr != nil && !m.among(s, c) {
			title += " · " + dr.shown
		}
	}
	return title
}

// status is what the pump is doing, in the word that stays on the display; empty while nothing was started.
func (m *mach) status(s *state) string {
	switch s.Flow.Mode {
	case delivery.Held:
		return m.heldStatus(s)
	case delivery.Infusing:
		if s.Dose.on() {
			return "INFUSING · BOLUS"
		}
		return "INFUSING"
	case delivery.Paused:
		return "PAUSED"
	case delivery.KVO:
		if s.Flow.Remaining() == 0 {
			return "COMPLETE · KVO " + s.Flow.Flow().String() + " mL/h"
		}
		return "KVO " + s.Flow.Flow().String() + " mL/h"
	case delivery.Alarmed:
		return "STOPPED BY ALARM"
	}
	return ""
}

// marks are what must not be overlooked: an infusion outside the library, limits that were overridden.
func (m *mach) marks(s *state) []string {
	p := m.plan(s)
	x := m.setup(p)
	var out []string
	if p.Anaesthesia {
		out = append(out, "ANAESTHESIA MODE")
	}
	if x == nil {
		return out
	}
	if x.basic {
		out = append(out, m.d.Show.BasicMark)
	}
	if m.beyond(p) {
		out = append(out, m.beyondMark(p))
	}
	return m.doseMarks(s, p, out)
}

// beyondMark says which limit a programme is beyond that somebody overrode.
func (m *mach) beyondMark(p *plan) string {
	for f := field.Conc; f < field.Titration; f++ {
		if find, found := m.verdict(p, nil, f); found && find.relaxed {
			return "BEYOND HARD LIMIT"
		}
	}
	return "BEYOND SOFT LIMIT"
}

// notes are the lines under a screen's content.
func (m *mach) notes(s *state, d *pumpmodel.Display) {
	add := func(role, text string) { d.Lines = append(d.Lines, pumpmodel.Line{Role: role, Text: text}) }
	p := m.plan(s)
	x := m.setup(p)
	if x != nil && x.dosed && p.Source == field.Dose && p.Has.of(field.Rate) && p.Entered != p.Val[field.Dose] && !s.Entry.Dirty {
		add("note", "entered "+p.Entered.String()+", given "+p.Val[field.Dose].String()+" "+x.doseUnit+" at "+p.Val[field.Rate].String()+" mL/h")
	}
	if s.Changing {
		add("note", "running unchanged: "+s.Run.Val[field.Rate].String()+" mL/h")
	}
	m.extraNotes(s, add)
	if s.Lost > 0 {
		add("note", field.Labels[s.Lost-1]+" was not confirmed and is unchanged")
	}
	if s.Note != (note{}) && !s.Field.Numeric() {
		add("note", m.noted(s))
	}
	if s.Waiting > 0 {
		add("note", "A new drug library waits: choose the care area again when nothing is infusing")
	}
	if s.Nagging {
		add("prompt", "Programming is not finished")
	}
	if x != nil && s.Screen == m.running && x.advisory != "" {
		add("advisory", x.advisory)
	}
}

// alarms names the present alarms: over the screen while they sound, as lines while they are silenced or another alert waits.
func (m *mach) alarms(s *state, d *pumpmodel.Display) {
	worst, ok := s.Alarms.Active.Worst()
	if !ok {
		return
	}
	if !s.Alarms.Audible() || d.Alert != nil {
		for _, c := range s.Alarms.Active.List() {
			text := c.Title
			if !s.Alarms.Audible() {
				text += " (silenced)"
			}
			d.Lines = append(d.Lines, pumpmodel.Line{Role: "alarm", Text: text})
		}
		return
	}
	a := &pumpmodel.Alert{Style: "banner", Kind: "alarm", Title: worst.Title}
	for _, c := range s.Alarms.Active.List()[1:] {
		a.Text = append(a.Text, c.Title)
	}
	for i, h := range d.Keys {
		if h.Action == "silence" {
			a.Answers = []pumpmodel.Hint{h}
			d.Keys = append(d.Keys[:i:i], d.Keys[i+1:]...)
			break
		}
	}
	d.Alert = a
}

// signals are lamps and tones.
func (m *mach) signals(s *state, d *pumpmodel.Display) {
	lamp, tone := s.Alarms.Signal()
	if lamp.Name == "" {
		lamp.Name = "alarm"
	}
	if tone.Name == "" && s.Nagging {
		lamp, tone = delivery.Signal(delivery.Low)
	}
	d.Lamps = []pumpmodel.Lamp{lamp, runLamp(s)}
	switch {
	case tone.Name != "":
		d.Tones = append(d.Tones, tone)
	case (s.Note != (note{}) || s.Entry.Fault != 0) && m.d.Sounds.Refused:
		d.Tones = append(d.Tones, errorTone)
	case s.Alert.On && (s.Alert.Kind == alertSoft || s.Alert.Kind == alertHard || s.Alert.Kind == alertRange || s.Alert.Kind == alertDrug) && m.d.Sounds.Alert:
		d.Tones = append(d.Tones, alertTone)
	}
}

// runLamp is the lamp of a delivery: steady while it infuses, flashing while less than the set rate flows.
func runLamp(s *state) pumpmodel.Lamp {
	f := s.Flow
	run := pumpmodel.Lamp{Name: "run"}
	switch {
	case f.Mode == delivery.Infusing, s.dosing():
		run.Colour, run.Duty = "green", 100
	case f.Flow() > 0:
		run.Colour, run.Flash, run.Duty = "green", 500, 50
	}
	return run
}
