package participant

import (
	"maps"
	"slices"
	"time"

	"pumplab/pumpmodel"
)

// alerted is the next move while an alert waits for an answer.
func (p *Person) alerted(d *pumpmodel.Display) Move {
	a := d.Alert
	if len(a.Answers) == 0 {
		return Move{After: time.Second}
	}
	fresh := p.deciding == ""
	if fresh {
		p.deciding = p.decide(a)
	}
	c := d.Does(p.deciding)
	if c == "" {
		c = a.Answers[0].Control
	}
	if p.deciding == "reprogram" {
		p.reprogram()
	}
	return p.press(c, fresh)
}

// decide is the answer to an alert, made once for each.
func (p *Person) decide(a *pumpmodel.Alert) string {
	switch a.Kind {
	case "soft":
		if len(p.wrongAt) > 0 {
			if chance(p.Choices, p.sees(p.SeeAlert)) {
				return "reprogram"
			}
			return "override"
		}
		if !p.doubted && chance(p.Choices, p.Doubt) {
			p.doubted = true
			return "reprogram"
		}
		return "override"
	case "hard", "range":
		if len(p.wrongAt) == 0 {
			p.impossible = true // it is what was ordered, and it cannot be
		}
		return "reprogram"
	case "advisory":
		return "acknowledge"
	case "confirm":
		return "cancel"
	}
	return "silence"
}

// reprogram makes the person enter again what was wrong: the field in hand, or another one noticed now.
func (p *Person) reprogram() {
	name := p.field.name
	if _, here := p.wrongAt[name]; !here && len(p.wrongAt) > 0 {
		p.fix = slices.Min(slices.Collect(maps.Keys(p.wrongAt)))
		name = p.fix
	}
	p.look(name)
	delete(p.wrongAt, name)
	delete(p.entered, name)
	p.field = typing{}
}
