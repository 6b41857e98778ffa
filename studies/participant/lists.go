package participant

import (
	"slices"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
)

// choose is the next move on a list: towards the wanted row, then confirm it. A list in which nothing fits the order tells the
// person that something was chosen wrongly before: back.
func (p *Person) choose(d *pumpmodel.Display) Move {
	if p.numeric(p.fix) {
		p.fix = "" // too far back: the way to the field leads on again
	}
	at, want := p.rows(d)
	switch {
	case want < 0 && d.More != "":
		return p.search(d)
	case want < 0:
		return p.back(d)
	case at == want:
		p.fix, p.searched, p.entered = "", 0, map[string]bool{}
		delete(p.wrongAt, "drug")
		return p.pressed(d, "confirm", true)
	case at < want:
		return p.pressed(d, "down", p.last == "")
	}
	return p.pressed(d, "up", p.last == "")
}

func (p *Person) numeric(field string) bool { _, ok := p.goal.number[field]; return ok }

// rows are the selected and the wanted row among those visible; -1 for none. A question for a new patient is answered with yes.
func (p *Person) rows(d *pumpmodel.Display) (at, want int) {
	at = slices.IndexFunc(d.Items, func(i pumpmodel.Item) bool { return i.Selected })
	want = slices.IndexFunc(d.Items, func(i pumpmodel.Item) bool { return p.goal.wanted(i) })
	if want < 0 {
		want = slices.IndexFunc(d.Items, func(i pumpmodel.Item) bool { return strings.Contains(strings.ToLower(i.Label), "new patient") })
	}
	if title := strings.ToLower(d.Title); want < 0 && d.More == "" &&
		(strings.Contains(title, "area") && p.goal.area == "" || strings.Contains(title, "conc") && p.goal.concentration == "") {
		want = 0 // the order says nothing about it
	}
	return at, want
}

// mostRows is how many keys a person spends on finding a row.
const mostRows = 25

// search goes on through a list of which the wanted row is not visible: by its first letter where keys jump, else page by page.
func (p *Person) search(d *pumpmodel.Display) Move {
	if p.searched++; p.searched > mostRows { // it is not in this list: another one was opened by mistake
		p.searched = 0
		return p.back(d)
	}
	if c := p.spelt(d); c != "" {
		return p.press(c, p.last == "")
	}
	if p.goal.drug != "" {
		first := strings.ToLower(p.goal.drug[:1])
		for _, h := range d.Keys {
			if h.Action == "letter" && strings.Contains(strings.TrimPrefix(h.Does, "jump to "), first) {
				return p.press(h.Control, p.last == "")
			}
		}
	}
	if p.bottom(d) {
		return p.pressed(d, "up", false)
	}
	if c := hinted(d, "page-down", "down"); c != "" {
		return p.press(c, p.last == "")
	}
	return p.lost(d)
}

// spelt is the key of the drug's next letter where a list is searched; empty elsewhere, and once three letters have not sufficed.
func (p *Person) spelt(d *pumpmodel.Display) string {
	at := slices.IndexFunc(d.Lines, func(l pumpmodel.Line) bool { return l.Role == "search" })
	name := strings.ToLower(p.goal.drug)
	if at < 0 || len(d.Lines[at].Text) >= min(3, len(name)) || !strings.HasPrefix(name, d.Lines[at].Text) {
		return ""
	}
	next := name[len(d.Lines[at].Text) : len(d.Lines[at].Text)+1]
	i := slices.IndexFunc(d.Keys, func(h pumpmodel.Hint) bool { return h.Action == "search" && h.Does == "search "+next })
	if i < 0 {
		return ""
	}
	return d.Keys[i].Control
}

// bottom reports that the list ends here without the wanted row: up again. The position is told as 7/12.
func (p *Person) bottom(d *pumpmodel.Display) bool {
	row, all, ok := strings.Cut(d.More, "/")
	return ok && row == all
}

// menu is the next move on a menu of fields: the first that is not done, else the row that leads on.
func (p *Person) menu(d *pumpmodel.Display) Move {
	if m, ok := p.options(d); ok {
		return m
	}
	at, want := -1, -1
	for i, it := range d.Items {
		if it.Selected {
			at = i
		}
		name := strings.ToLower(it.Label)
		if want < 0 && p.todo(name, it.Detail) {
			want = i
		}
	}
	if want < 0 {
		want = slices.IndexFunc(d.Items, func(i pumpmodel.Item) bool {
			return strings.EqualFold(i.Label, "review") || strings.EqualFold(i.Label, "start")
		})
	}
	switch {
	case want < 0:
		return p.search(d)
	case at < want:
		return p.pressed(d, "down", false)
	case at > want:
		return p.pressed(d, "up", false)
	}
	return p.pressed(d, "confirm", true)
}

// todo reports whether a field still has to be entered, given the value a menu shows for it ("250 mL", "----").
func (p *Person) todo(field, shown string) bool {
	if p.fix != "" {
		return field == p.fix
	}
	want, asked := p.reading[field]
	if !asked || p.entered[field] {
		return false
	}
	number, _, _ := strings.Cut(shown, " ")
	got, err := quantity.Parse(number)
	return err != nil || got != want
}

// pressed is the control for an action, with the slips of a finger.
func (p *Person) pressed(d *pumpmodel.Display, action string, chunk bool) Move {
	c := d.Does(action)
	if c == "" {
		return p.lost(d)
	}
	if action != "confirm" && chance(p.Slips, p.slipNow()) && !chance(p.Slips, p.sees(p.SeeStepped)) {
		// one step too few or too many, and not noticed: the row under the bar is taken
		if k := d.Does("confirm"); k != "" {
			if d.Kind == "choose" {
				p.wrongAt["drug"] = "" // or the area, or the concentration: all are put right from the lists
			}
			return p.press(k, true)
		}
	}
	return p.press(c, chunk)
}
