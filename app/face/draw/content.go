package draw

import (
	"image/color"
	"strings"

	"pumplab/pumpmodel"
)

// content draws what is between head and foot: prompts, list rows, fields, notes, in this order.
func (s sheet) content(d pumpmodel.Display, b box) {
	notes := s.notesHeight(d.Lines, b.w)
	for _, l := range d.Lines {
		if l.Role == "search" {
			b = s.searchLine(l.Text, b)
		}
		if l.Role == "prompt" {
			b = s.paragraph(l.Text, b, normal*s.u, s.bold, s.pal.ink)
		}
	}
	b.h -= notes
	bottom := box{b.x, b.bottom(), b.w, notes}
	switch {
	case len(d.Items) > 0 && len(d.Fields) > 0:
		top, rest := b.cut(min(b.h*0.5, float64(len(d.Fields))*8.4*s.u))
		s.form(d.Fields, top)
		s.list(d.Items, rest)
	case len(d.Items) > 0:
		s.list(d.Items, b)
	case d.Kind == "enter":
		s.entry(d.Fields, b)
	case d.Kind == "running":
		s.running(d.Fields, b)
	case len(d.Fields) > 0:
		s.form(d.Fields, b)
	}
	s.notes(d.Lines, bottom)
}

// list draws rows; the selected one is inverted.
func (s sheet) list(items []pumpmodel.Item, b box) {
	if len(s.rows) >= len(items) {
		s.listCards(items)
		return
	}
	row := min(8.6*s.u, b.h/float64(len(items)))
	size := min(large*s.u, row*0.60)
	for i, it := range items {
		r := box{b.x - 1.2*s.u, b.y + float64(i)*row, b.w + 2.4*s.u, row}
		ink, dim := s.pal.ink, s.pal.dim
		if it.Selected {
			s.fill(rounded(r.inset(0.25*s.u), 0.8*s.u), solid(s.pal.ink))
			ink, dim = s.pal.onInk, s.pal.onInk
		}
		base := r.y + r.h/2 + capital(size)/2
		x, right := r.x+2.0*s.u, r.right()-2.0*s.u
		if it.Detail != "" {
			z := size * 0.82
			room := r.w * 0.55
			detail := shortened(it.Detail, z, room, s.plain)
			w := width(detail, z, s.plain)
			s.text(detail, right-w, base, z, s.plain, solid(dim))
			right -= w + 2*s.u
		}
		label, z := squeezed(it.Label, size, 0.6, right-x, s.bold)
		s.text(label, x, base, z, s.bold, solid(ink))
		if !it.Selected && i+1 < len(items) && !items[i+1].Selected {
			s.rule(r.x+2*s.u, r.bottom(), r.w-4*s.u, faded(s.pal.line, 150))
		}
	}
}

// form draws one row a field: label, number, unit; the active one is framed.
func (s sheet) form(fields []pumpmodel.Field, b box) {
	if len(fields) == 0 {
		return
	}
	if len(s.rows) >= len(fields) {
		s.formCards(fields)
		return
	}
	if b.h/float64(len(fields)) < 6.6*s.u && len(fields) > 3 {
		s.grid(fields, b)
		return
	}
	row := min(9.4*s.u, b.h/float64(len(fields)))
	size := min(5.6*s.u, row*0.62)
	for i, f := range fields {
		s.row(f, box{b.x - 1.2*s.u, b.y + float64(i)*row, b.w + 2.4*s.u, row}, size, i+1 < len(fields))
	}
}

// row is one field of a form: the label at the left, the number right-aligned at two thirds, the unit after it.
func (s sheet) row(f pumpmodel.Field, b box, size float64, ruled bool) {
	if ruled {
		s.rule(b.x+1.2*s.u, b.bottom(), b.w-2.4*s.u, faded(s.pal.line, 170))
	}
	if f.Active {
		r := b.inset(0.3 * s.u)
		s.fill(rounded(r, 1.0*s.u), solid(s.pal.chosen))
		s.stroke(r, 1.0*s.u, max(1.5, 0.42*s.u), solid(s.pal.ink))
	}
	base := b.y + b.h/2 + capital(size)/2
	z := size * 0.68
	f = split(f)
	isNumber, edge := numeric(f.Text) || f.Text == "", b.x+b.w*0.60
	room := b.w * 0.33
	if isNumber {
		room = max(room, edge-s.numberWidth(f, size)-1.2*s.u-(b.x+2.2*s.u))
	}
	y := max(fit(f.Label, z, room, s.plain), z*0.6)
	s.text(shortened(f.Label, y, room, s.plain), b.x+2.2*s.u, base, y, s.plain, solid(s.pal.dim))
	if isNumber {
		s.number(f, edge-s.numberWidth(f, size), base, size, s.pal.ink)
		x := s.text(f.Unit, edge+1.3*s.u, base, z, s.plain, solid(s.pal.ink)) + 1.6*s.u
		s.remark(f, x, base, b.right()-1.6*s.u, z)
		return
	}
	x := b.x + b.w*0.37
	value := f.Text
	if f.Unit != "" {
		value += " " + f.Unit
	}
	t := fit(value, size*0.86, b.right()-1.6*s.u-x, s.bold)
	s.text(value, x, base, max(t, size*0.5), s.bold, solid(s.pal.ink))
	if f.Error != "" || f.Beyond != "" {
		s.remark(f, x+width(value, t, s.bold)+1.6*s.u, base, b.right()-1.6*s.u, z)
	}
}

// split makes a number and a unit of a text that begins with a number ("400 mg/250 mL"), so that it stands in the columns.
func split(f pumpmodel.Field) pumpmodel.Field {
	if f.Name == "drug" {
		return f // 0.9 % sodium chloride is a name
	}
	head, tail, found := strings.Cut(f.Text, " ")
	if found && f.Cursor < 0 && numeric(head) {
		f.Text, f.Unit = head, strings.TrimSpace(tail+" "+f.Unit)
	}
	return f
}

// entry draws one number a page: what is known above, the number large in the middle.
func (s sheet) entry(fields []pumpmodel.Field, b box) {
	var main *pumpmodel.Field
	var known []pumpmodel.Field
	for i := range fields {
		if fields[i].Active || (main == nil && i == len(fields)-1) {
			main = &fields[i]
			continue
		}
		known = append(known, fields[i])
	}
	if main == nil {
		return
	}
	if len(known) > 0 {
		top, rest := b.cut(min(b.h*0.48, float64(len(known))*7.0*s.u))
		s.form(known, top)
		b = rest
	}
	s.one(*main, b)
}

// one draws a single field as large as the room allows: label above, number and unit in a frame.
func (s sheet) one(f pumpmodel.Field, b box) {
	z := normal * s.u
	b.y += 0.6 * s.u
	s.text(f.Label, b.x, b.y+capital(z)+0.8*s.u, z, s.plain, solid(s.pal.dim))
	_, b = b.cut(z*1.25 + 0.8*s.u)
	foot := 0.0
	if f.Error != "" || f.Beyond != "" {
		foot = 6.4 * s.u
	}
	frame := box{b.x, b.y, b.w, min(b.h-foot, 24*s.u)}
	s.fill(rounded(frame, 1.2*s.u), solid(s.pal.chosen))
	s.stroke(frame, 1.2*s.u, max(1.5, 0.42*s.u), solid(s.pal.ink))
	size := min(17*s.u, frame.h*0.76)
	unit := size * 0.46
	room := frame.w - 5*s.u
	for size > 4*s.u && s.numberWidth(f, size)+size*0.35+width(f.Unit, unit, s.plain) > room {
		size *= 0.94
		unit = size * 0.46
	}
	uw := width(f.Unit, unit, s.plain)
	base := frame.y + frame.h/2 + capital(size)/2
	end := frame.right() - 2.5*s.u - uw
	s.text(f.Unit, end, base, unit, s.plain, solid(s.pal.ink))
	s.number(f, end-size*0.3-s.numberWidth(f, size), base, size, s.pal.ink)
	if foot > 0 {
		s.remark(f, b.x, frame.bottom()+foot*0.72, frame.right(), normal*s.u)
	}
}

// running draws what is infused: the first number large, the others as a form.
func (s sheet) running(fields []pumpmodel.Field, b box) {
	first := -1
	for i, f := range fields {
		if f.Name == "rate" || (first < 0 && numeric(f.Text)) {
			first = i
		}
	}
	if first < 0 || len(fields) == 1 || b.h < 30*s.u {
		s.form(fields, b)
		return
	}
	f := fields[first]
	rest := append(append([]pumpmodel.Field{}, fields[:first]...), fields[first+1:]...)
	top, below := b.cut(min(18*s.u, b.h*0.42))
	size := min(13*s.u, top.h*0.86)
	z := normal * s.u
	base := top.y + top.h/2 + capital(size)/2
	s.text(f.Label, top.x+1*s.u, top.y+capital(z)+1.2*s.u, z, s.plain, solid(s.pal.dim))
	unit := size * 0.46
	end := top.right() - 1.0*s.u - width(f.Unit, unit, s.plain)
	s.text(f.Unit, end, base, unit, s.plain, solid(s.pal.ink))
	s.number(f, end-size*0.3-s.numberWidth(f, size), base, size, s.pal.ink)
	if f.Beyond != "" || f.Error != "" {
		z = small * s.u
		s.remark(f, top.x, top.bottom()-2.2*s.u, top.x+s.u+s.remarkWidth(f, z), z)
	}
	s.rule(top.x, top.bottom(), top.w, s.pal.line)
	s.form(rest, below)
}

// numeric reports whether a field's text is a number.
func numeric(t string) bool {
	return t != "" && strings.Trim(t, "0123456789.-–_ ") == ""
}

// number draws a field's text: the point unmistakable, digits after it smaller, the symbol under the cursor inverted.
func (s sheet) number(f pumpmodel.Field, x, base, size float64, ink color.NRGBA) {
	after := false
	caret := func(at float64) {
		s.fill(rect(box{at + size*0.03, base - capital(size) - size*0.06, max(2, size*0.07), capital(size) + size*0.14}), solid(ink))
	}
	for i, r := range f.Text {
		z := s.digitSize(size, after)
		w := s.symbolWidth(r, z, size)
		c := ink
		if f.Active && i == f.Cursor {
			s.fill(rounded(box{x - size*0.02, base - capital(size) - size*0.10, w + size*0.04, capital(size) + size*0.22}, size*0.06), solid(ink))
			c = s.pal.onInk
		}
		if r == '.' {
			after = true
			s.fill(circle(pt{x + w/2, base - size*0.095}, size*0.105), solid(c))
		} else if !s.segments || size < leastSegments*s.u || !s.segmentDigit(r, box{x + w*0.14, base - capital(z), w * 0.72, capital(z)}, solid(c), solid(faded(c, 16))) {
			s.text(string(r), x+(w-width(string(r), z, s.bold))/2, base, z, s.bold, solid(c))
		}
		x += w
	}
	if f.Active && f.Cursor >= len(f.Text) && f.Cursor >= 0 {
		caret(x)
	}
}

func (s sheet) digitSize(size float64, after bool) float64 {
	if after && s.decimals {
		return size * 0.76
	}
	return size
}

// symbolWidth is the room a symbol takes: the point has more than the font gives it.
func (s sheet) symbolWidth(r rune, z, size float64) float64 {
	if r == '.' {
		return size * 0.40
	}
	return width(string(r), z, s.bold) * 1.02
}

func (s sheet) numberWidth(f pumpmodel.Field, size float64) float64 {
	sum, after := 0.0, false
	for _, r := range f.Text {
		sum += s.symbolWidth(r, s.digitSize(size, after), size)
		after = after || r == '.'
	}
	if f.Active && f.Cursor >= len(f.Text) && f.Cursor >= 0 {
		sum += size * 0.12
	}
	return sum
}
