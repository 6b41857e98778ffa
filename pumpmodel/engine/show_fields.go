package engine

import (
	"cmp"
	"slices"
	"strconv"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// list shows the visible rows of a choose screen.
func (m *mach) list(s *state, c *screen, d *pumpmodel.Display) {
	if c.As == "search" {
		d.Lines = append(d.Lines, pumpmodel.Line{Role: "search", Text: s.Query.String()})
	}
	n := m.rows(s, c)
	first, last := window(int(s.Row), n, c.Rows)
	d.Items = make([]pumpmodel.Item, 0, max(last-first, 0))
	for i := first; i < last; i++ {
		d.Items = append(d.Items, m.item(s, c, int16(i)))
	}
	more(d, s.Row, n, last-first)
}

// item is one row of a choose screen.
func (m *mach) item(s *state, c *screen, i int16) pumpmodel.Item {
	it := pumpmodel.Item{Selected: i == s.Row}
	switch c.Choose {
	case "patient":
		it.Label = [...]string{"Yes, new patient", "No, same patient"}[i]
	case "care-areas":
		at, _ := m.shelved(s)
		it.Label = m.areas[at+int(i)].name
	case "drugs":
		it.Label = m.areas[s.Draft.Area-1].drugs[m.foundRow(s, c, i)].shown
	case "concentrations":
		x := &m.drug(&s.Draft).setups[i]
		it.Label, it.Detail = cmp.Or(x.concText, "other concentration"), x.therapy
	}
	return it
}

// window is the stretch of n rows that is visible around row: whole pages, so that rows do not wander while the selection moves.
func window(row, n, rows int) (first, last int) {
	first = row / rows * rows
	return first, min(first+rows, n)
}

func more(d *pumpmodel.Display, row int16, n, visible int) {
	if n > visible {
		d.More = strconv.Itoa(int(row)+1) + "/" + strconv.Itoa(n)
	}
}

// menu shows the fields as rows with their values, and the row that leads on.
func (m *mach) menu(s *state, c *screen, d *pumpmodel.Display) {
	n := m.menuRow(s, c, field.None)
	first, last := window(int(s.Row), n+1, c.Rows)
	d.Items = make([]pumpmodel.Item, 0, max(last-first, 0))
	for i := first; i < last; i++ {
		it := pumpmodel.Item{Label: m.lastRow(c), Selected: i == int(s.Row)}
		if f := m.menuField(s, c, int16(i)); f != field.None {
			it.Label, it.Detail = field.Labels[f], "----"
			if s.Draft.Has.of(f) {
				it.Detail = m.number(f, s.Draft.Val[f]) + " " + m.unit(&s.Draft, f)
				if find, passed := m.verdict(&s.Draft, nil, f); passed {
					it.Detail += " " + beyondMarks[find.limit]
				}
			}
		}
		d.Items = append(d.Items, it)
	}
	more(d, s.Row, n+1, last-first)
	m.closed(s, c, d)
}

// closed shows the fields of a menu that belong to the programme but cannot be edited now.
func (m *mach) closed(s *state, c *screen, d *pumpmodel.Display) {
	for _, f := range c.fields {
		if m.has(&s.Draft, f) && !m.open(s, f) {
			d.Fields = append(d.Fields, m.showField(s, f))
		}
	}
}

func (m *mach) fields(s *state, list []field.Field, d *pumpmodel.Display) {
	p := m.plan(s)
	d.Fields = make([]pumpmodel.Field, 0, len(list))
	for _, f := range list {
		if f != field.None && m.has(p, f) {
			d.Fields = append(d.Fields, m.showField(s, f))
		}
	}
}

// showField is one field: what is being entered where the keys edit it, what is programmed or measured elsewhere.
func (m *mach) showField(s *state, f field.Field) pumpmodel.Field {
	p := m.plan(s)
	out := pumpmodel.Field{
		Name: f.String(), Label: field.Labels[f], Unit: m.unit(p, f), Cursor: -1, Active: f == s.Field && s.Screen != m.running,
		Text: m.fieldText(s, p, f),
	}
	out.Fixed = !out.Active && !(m.open(s, f) && m.editable(s))
	if out.Active {
		out.Error = m.noted(s)
	}
	if out.Active && f.Numeric() {
		v := m.methods[f].View(s.Entry)
		out.Text, out.Cursor = v.Text, v.Cursor
		if out.Error == "" {
			out.Error = v.Error
		}
		out.Pending = m.pending(s, f)
		if s.Entry.Dirty {
			return out
		}
	}
	if f.Extra() {
		if find, passed := m.extraVerdict(p, f); passed {
			out.Beyond = beyondMarks[find.limit]
		}
		return out
	}
	if find, passed := m.verdict(p, nil, limitedBy(f)); passed && f.Numeric() {
		out.Beyond = beyondMarks[find.limit]
	}
	return out
}

// pending reports that the number in the editor is not the programme's, where leaving the screen without confirming it is possible
// and the design does not keep silent about that by intent.
func (m *mach) pending(s *state, f field.Field) bool {
	c := &m.screens[s.Screen]
	if !c.form() || slices.Contains(m.d.Flaws, design.SilentDiscard) {
		return false
	}
	return valueText(s.Entry) != m.text(&s.Draft, f) || c.Leaving == "refuses" && s.Entry.Dirty // touched counts where it must be confirmed
}

// form reports that several fields stand on the screen.
func (c *screen) form() bool { return c.Kind == "form" || c.extra != exNone && len(c.fields) > 1 }

var beyondMarks = [...]string{"", "▼ hard limit", "▼ soft limit", "▲ soft limit", "▲ hard limit"}

// editable reports that the screen is one whose fields are entered.
func (m *mach) editable(s *state) bool {
	k := m.screens[s.Screen].Kind
	return k == "enter" || k == "form" || k == "menu"
}

// fieldText is the value of a field that is not being edited.
func (m *mach) fieldText(s *state, p *plan, f field.Field) string {
	switch f {
	case field.Drug:
		return m.drug(p).shown
	case field.Conc:
		d := m.drug(p)
		if s.Field == field.Conc {
			return cmp.Or(d.setups[s.Row].concText, "other")
		}
		if x := m.setup(p); x != nil {
			return p.concText(x)
		}
		return ""
	case field.Remaining:
		return s.Flow.Remaining().Floor(quantity.One / 10).String()
	case field.Given:
		return m.total(s).Floor(quantity.One / 10).String()
	case field.Time:
		if s.Screen == m.running {
			if left, ok := s.Flow.RemainingMinutes(); ok {
				return strconv.FormatInt(left, 10)
			}
			return "0"
		}
	}
	v, set := p.value(f)
	if !set {
		return ""
	}
	return m.number(f, v)
}

// lastRow is the row of a menu that leads on.
func (m *mach) lastRow(c *screen) string {
	if c.then == m.running {
		return "Start"
	}
	return "Review"
}

// rowText is what the control beside a visible row does.
func (m *mach) rowText(s *state, c *screen, key string) string {
	i, _ := strconv.Atoi(key)
	if c.Kind == "form" {
		return goingTo.of(m.shownField(s, c, i))
	}
	first, _ := window(int(s.Row), m.rows(s, c), c.Rows)
	row := int16(first + i)
	if c.Kind == "options" {
		return "choose " + m.optionItem(s, int(row)).Label
	}
	if c.Kind == "menu" {
		if f := m.menuField(s, c, row); f != field.None {
			return choosing.of(f)
		}
		return "choose " + m.lastRow(c)
	}
	return "choose " + m.item(s, c, row).Label
}

// limitedBy is the field whose limits hold for f: itself.
func limitedBy(f field.Field) field.Field {
	if f >= field.Limited {
		return field.Conc
	}
	return f
}
