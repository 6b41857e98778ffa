package participant

import (
	"slices"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/session"
)

// typing is what a person has in mind while entering one field.
type typing struct {
	name    string
	started bool             // a key of this entry was pressed
	blind   bool             // a slip was not noticed: the rest is typed without looking
	left    string           // symbols still to type, where digits are typed
	again   string           // a control whose second press the person does not mean
	offset  quantity.Decimal // stepped fields: how far the person's idea of the number is off
	expect  quantity.Decimal // stepped fields: the value the person takes to be there now …
	missed  bool             // … because a slip was not noticed
	before  quantity.Decimal // value before the last step
	action  string           // the last step
	size    map[string]quantity.Decimal
	turns   int // changes of direction
	way     int
	shown   string // text before the last press
	stuck   int    // presses in a row that changed nothing
	refused int
}

// work is the next move on a screen with an active field.
func (p *Person) work(v session.View, f pumpmodel.Field) Move {
	d := v.Pump
	switch {
	case p.fix != "" && p.fix != f.Name:
		if other, ok := d.FieldNamed(p.fix); ok && !other.Active && hinted(d, "next-field") != "" {
			return p.press(hinted(d, "next-field"), p.last == "")
		}
		return p.back(d)
	case p.fix == f.Name:
		p.fix, p.checked = "", false
		delete(p.entered, f.Name)
		p.look(f.Name)
		p.field = typing{}
	}
	if f.Name == "concentration" || f.Name == "drug" {
		return p.option(d, f)
	}
	if p.entered[f.Name] && f.Error == "" && p.ready(d) {
		return p.review(d)
	}
	if !p.numeric(f.Name) || p.entered[f.Name] && f.Text != "" && p.field.name != f.Name {
		return p.pass(d, f)
	}
	if p.field.name != f.Name {
		p.field = typing{name: f.Name, size: map[string]quantity.Decimal{}}
	}
	if p.field.stuck > 6 || p.field.refused > 2 {
		return p.say(studies.GiveUp, p.Mental)
	}
	return p.enter(v, f)
}

func (p *Person) enter(v session.View, f pumpmodel.Field) Move {
	d := v.Pump
	if c := p.field.again; c != "" {
		p.field.again = ""
		return p.press(c, false)
	}
	if p.last != "" && p.field.started && f.Text == p.field.shown {
		p.field.stuck++
	} else {
		p.field.stuck = 0
	}
	p.field.shown = f.Text
	for _, h := range d.Keys {
		if h.Action == "digit" {
			return p.typeNext(v, f)
		}
	}
	return p.stepNext(v, f)
}

// option is a field in which one of several is chosen.
func (p *Person) option(d *pumpmodel.Display, f pumpmodel.Field) Move {
	if p.goal.concentration == "" || p.goal.strength(f.Text) || p.field.stuck > 12 {
		p.field = typing{}
		return p.pressed(d, "confirm", true)
	}
	if p.field.name != f.Name {
		p.field = typing{name: f.Name}
	}
	p.field.stuck++
	action := "down"
	if p.field.stuck > 6 { // not further down: up again
		action = "up"
	}
	return p.pressed(d, action, p.last == "")
}

// ready reports that a form without a review can be started as it stands: no field the order names is left.
func (p *Person) ready(d *pumpmodel.Display) bool {
	left := slices.ContainsFunc(d.Fields, func(o pumpmodel.Field) bool { return !o.Fixed && p.numeric(o.Name) && !p.entered[o.Name] })
	return !left && d.Kind == "form" && hinted(d, "start") != ""
}

// pass leaves a field the order says nothing about, or one that is done: to the next that is not, by another alternative, or on.
func (p *Person) pass(d *pumpmodel.Display, f pumpmodel.Field) Move {
	open := slices.ContainsFunc(d.Fields, func(o pumpmodel.Field) bool {
		return !o.Active && p.numeric(o.Name) && !p.entered[o.Name]
	})
	if c := hinted(d, "next-field"); c != "" && open {
		return p.press(c, true)
	}
	if c := d.Does("confirm"); c != "" && f.Text == "" && leftOut(f.Name) { // nothing of it is ordered
		return p.press(c, true)
	}
	if c := hinted(d, "toggle"); c != "" && !p.entered[f.Name] && p.last != c {
		return p.press(c, true)
	}
	if f.Text != "" || !p.numeric(f.Name) {
		if c := d.Does("confirm"); c != "" && f.Error == "" {
			return p.press(c, true)
		}
	}
	return p.back(d)
}

// done confirms the field; what was typed wrongly and not noticed is remembered as the truth about it.
func (p *Person) done(d *pumpmodel.Display, f pumpmodel.Field) Move {
	c := d.Does("confirm")
	if c == "" {
		return p.lost(d)
	}
	delete(p.wrongAt, f.Name)
	if got, err := quantity.Parse(f.Text); err != nil || got != p.goal.number[f.Name] {
		p.wrongAt[f.Name] = f.Text
	}
	p.entered[f.Name] = true
	p.field.started = true
	return p.press(c, true)
}

// typeNext is the next key of a number typed digit by digit.
func (p *Person) typeNext(v session.View, f pumpmodel.Field) Move {
	d, t, want := v.Pump, &p.field, p.reading[f.Name].String()
	number, err := quantity.Parse(f.Text)
	switch {
	case f.Error != "":
		t.refused++
		p.look(f.Name)
		c := hinted(d, "clear", "cancel", "backspace")
		t.started, t.blind = c != "", false
		if c == "" {
			return p.say(studies.GiveUp, p.Mental)
		}
		return p.press(c, true)
	case !t.started && err == nil && number == p.reading[f.Name]:
		return p.done(d, f)
	case !t.started:
		t.left = want
	case !t.blind && !strings.HasPrefix(want, f.Text):
		if c := hinted(d, "backspace", "clear", "cancel"); c != "" {
			return p.press(c, p.last != c)
		}
	case !t.blind:
		t.left = want[len(f.Text):]
	}
	chunk := !t.started
	t.started = true
	if p.pause.lapse { // the place in the number is lost: a symbol again, or one left out
		p.pause.lapse = false
		t.blind = !chance(p.Slips, p.sees(p.SeeTyped))
		if n := len(want) - len(t.left); n > 0 && chance(p.Slips, 2.0/3) {
			t.left = want[n-1:]
		} else if len(t.left) > 1 {
			t.left = t.left[1:]
		}
	}
	if t.left == "" {
		return p.done(d, f)
	}
	symbol := p.finger(v, t)
	if symbol == "" {
		return p.enterAgain(v, f)
	}
	c := symbolKey(d, symbol)
	if c == "" {
		return p.say(studies.GiveUp, p.Mental)
	}
	return p.press(c, chunk)
}

// enterAgain goes on after a symbol that was left out: with the next, or by confirming.
func (p *Person) enterAgain(v session.View, f pumpmodel.Field) Move {
	if p.field.left == "" {
		return p.done(v.Pump, f)
	}
	symbol := p.field.left[:1]
	p.field.left = p.field.left[1:]
	if c := symbolKey(v.Pump, symbol); c != "" {
		return p.press(c, false)
	}
	return p.say(studies.GiveUp, p.Mental)
}

func symbolKey(d *pumpmodel.Display, symbol string) string {
	for _, h := range d.Keys {
		if (h.Action == "digit" || h.Action == "point") && (h.Does == symbol || h.Control == symbol) {
			return h.Control
		}
	}
	return ""
}

// leftOut reports that a field may be confirmed empty, for nothing.
func leftOut(field string) bool { return field == "continuous" || field == "pca-loading" }
