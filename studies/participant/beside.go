package participant

import (
	"slices"

	"pumplab/pumpmodel"
)

// What an order asks for beside the infusion: a loading dose or a delay before it is started, a bolus while it runs. A person looks for
// the control that says so, or for one that leads to options.

// rowsOf are the rows of an options menu by what they lead to.
var rowsOf = map[string]string{"Bolus": "bolus", "Loading dose": "loading", "Delay the start": "delay"}

// lacks is what the order asks for beside the infusion and is not entered yet, before its start or while it runs; empty for nothing.
func (p *Person) lacks(running bool) string {
	for _, field := range []string{"loading", "delay", "bolus"} {
		if (field == "bolus") == running && p.numeric(field) && !p.entered[field] {
			return field
		}
	}
	return ""
}

// beside is the key to what is lacking; false if nothing is, or the design has no way to it.
func (p *Person) beside(d *pumpmodel.Display, running bool) (Move, bool) {
	want := p.lacks(running)
	if want == "" {
		return Move{}, false
	}
	if c := hinted(d, want, "options"); c != "" && p.calls < mostCalls {
		p.calls++
		p.field = typing{}
		return p.press(c, true), true
	}
	return Move{}, false
}

// mostCalls is how often a person asks for the screen of a bolus, a loading dose or a delay in one task.
const mostCalls = 8

// options is the next move on a menu of options: to the row that is wanted, or back. False if the menu is another one.
func (p *Person) options(d *pumpmodel.Display) (Move, bool) {
	if !slices.ContainsFunc(d.Items, func(i pumpmodel.Item) bool { return optionRow(i.Label) }) {
		return Move{}, false
	}
	at := slices.IndexFunc(d.Items, func(i pumpmodel.Item) bool { return i.Selected })
	want := slices.IndexFunc(d.Items, func(i pumpmodel.Item) bool {
		field := rowsOf[i.Label]
		return field != "" && p.numeric(field) && !p.entered[field]
	})
	switch {
	case want < 0:
		return p.back(d), true
	case at < want:
		return p.pressed(d, "down", false), true
	case at > want:
		return p.pressed(d, "up", false), true
	}
	return p.pressed(d, "confirm", true), true
}

// optionRow reports that a label is a row that only options have.
func optionRow(label string) bool {
	return rowsOf[label] != "" || slices.Contains([]string{"Stand by", "Patient weight", "Anaesthesia mode", "Stop the bolus"}, label)
}
