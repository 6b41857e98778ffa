package engine

import (
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/field"
)

// about is the line that says for whom and in which care area the screen works, and on pages what was programmed so far: whatever is
// remembered and leads the keys, but has no field on the screen. Without it two states of different limits or weights look alike.
func (m *mach) about(s *state, c *screen, d *pumpmodel.Display) {
	p := m.plan(s)
	var parts [5]string
	n := 0
	put := func(text string) { parts[n] = text; n++ }
	if p.Area > 0 && c.Choose != "care-areas" {
		put(m.areas[p.Area-1].name)
	}
	for _, f := range [...]field.Field{field.Weight, field.Height, field.Surface} {
		if p.Has.of(f) && absent(d, f) && (f == field.Weight || m.d.Asks(field.Height) || m.d.Asks(field.Surface)) {
			put(m.number(f, p.Val[f]) + " " + m.unit(p, f))
		}
	}
	if m.setup(p) != nil && c.page(s) && !m.among(s, c) {
		if text := m.soFar(p, d); text != "" {
			put(text)
		}
	}
	if n > 0 {
		d.Lines = append(d.Lines, pumpmodel.Line{Role: "about", Text: strings.Join(parts[:n], " · ")})
	}
}

// among reports that the screen was called from a list, as the options are: nothing is chosen there, and back leads to it.
func (m *mach) among(s *state, c *screen) bool {
	return (c.Kind == "options" || c.extra != exNone) && m.screens[s.Dose.From].Kind == "choose"
}

// page reports that the screen asks for one thing and shows nothing of the others.
func (c *screen) page(s *state) bool {
	switch c.Kind {
	case "enter", "message", "options":
		return true
	case "menu":
		return s.Editing
	}
	return c.Choose == "concentrations" || c.extra != exNone
}

// soFar is the dose and rate of a programme, the one that was entered first, and its volume or time.
func (m *mach) soFar(p *plan, d *pumpmodel.Display) string {
	out := ""
	add := func(join string, f field.Field) {
		if p.Has.of(f) && absent(d, f) && (f != field.Dose || m.has(p, field.Dose)) {
			if out != "" {
				out += join
			}
			out += m.number(f, p.Val[f]) + " " + m.unit(p, f)
		}
	}
	first, second := field.Dose, field.Rate
	if p.Source == field.Rate {
		first, second = field.Rate, field.Dose
	}
	if m.has(p, field.Amount) {
		add("", field.Amount)
		add(" in ", field.Diluent)
	}
	add(" · ", first)
	add(" = ", second)
	if p.ByTime {
		add(" · ", field.Time)
	} else {
		add(" · ", field.VTBI)
	}
	return out
}

// absent reports that the display has no field of that name.
func absent(d *pumpmodel.Display, f field.Field) bool {
	for i := range d.Fields {
		if d.Fields[i].Name == f.String() {
			return false
		}
	}
	return true
}
