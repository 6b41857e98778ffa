package draw

import (
	"image/color"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// touchRows notes where the rows are that can be touched on this screen.
func (s *sheet) touchRows(f *design.Design, d pumpmodel.Display) {
	if d.Kind != "choose" && d.Kind != "form" && d.Kind != "menu" {
		return
	}
	for _, name := range f.Rows {
		if k, ok := s.keyNamed(name); ok && k.Kind == "touch" {
			s.rows = append(s.rows, s.place(k.Box()))
		}
	}
}

// card is the ground of a row that can be touched.
func (s sheet) card(b box, chosen bool) {
	ground, edge, w := rgb(0xFFFFFF), s.pal.line, max(1, 0.25*s.k)
	if chosen {
		ground, edge, w = s.pal.chosen, s.pal.ink, max(1.5, 0.45*s.k)
	}
	s.fill(rounded(b.moved(0, 0.35*s.k), 1.6*s.k), solid(color.NRGBA{10, 20, 32, 38}))
	s.fill(rounded(b, 1.6*s.k), solid(ground))
	s.stroke(b, 1.6*s.k, w, solid(edge))
}

// listCards draws a list in rows that can be touched.
func (s sheet) listCards(items []pumpmodel.Item) {
	for i, it := range items {
		b := s.rows[i]
		s.card(b, it.Selected)
		size := min(b.h*0.46, 6.2*s.k)
		right := b.right() - 3*s.k
		base := b.y + b.h/2 + capital(size)/2
		if it.Detail != "" {
			z := size * 0.82
			detail := shortened(it.Detail, z, b.w*0.5, s.plain)
			right -= width(detail, z, s.plain)
			s.text(detail, right, base, z, s.plain, solid(s.pal.dim))
			right -= 2 * s.k
		}
		label, z := squeezed(it.Label, size, 0.6, right-b.x-3*s.k, s.bold)
		s.text(label, b.x+3*s.k, base, z, s.bold, solid(s.pal.ink))
	}
}

// formCards draws a form in rows that can be touched.
func (s sheet) formCards(fields []pumpmodel.Field) {
	for i, f := range fields {
		b := s.rows[i]
		if !f.Fixed {
			s.card(b, false)
		}
		s.row(f, b, min(b.h*0.46, 6.4*s.k), false)
	}
}

// searchLine is what a list is searched for.
func (s sheet) searchLine(query string, b box) box {
	line, rest := b.cut(6.4 * s.u)
	z := normal * s.u
	at := pt{line.x + 1.8*s.u, line.y + 2.6*s.u}
	s.fill(circle(at, 1.7*s.u), solid(s.pal.dim))
	s.fill(circle(at, 1.1*s.u), solid(s.pal.back))
	s.fill(path{{{at.x + 0.9*s.u, at.y + 1.3*s.u}, {at.x + 1.3*s.u, at.y + 0.9*s.u}, {at.x + 2.9*s.u, at.y + 2.5*s.u}, {at.x + 2.5*s.u, at.y + 2.9*s.u}}}, solid(s.pal.dim))
	base := at.y + capital(z)/2
	if query == "" {
		s.text("type to search", line.x+6*s.u, base, z, s.plain, solid(s.pal.dim))
		return rest
	}
	x := s.text(query, line.x+6*s.u, base, z, s.bold, solid(s.pal.ink))
	s.fill(rect(box{x + 0.3*s.u, base - capital(z) - 0.4*s.u, max(1, 0.35*s.u), capital(z) + 0.8*s.u}), solid(s.pal.ink))
	return rest
}

// touchKeys draws the keys on the display that do something now; rows are drawn with the content.
func (s sheet) touchKeys(d pumpmodel.Display) {
	hints := d.Keys
	if d.Alert != nil {
		hints = append(hints[:len(hints):len(hints)], d.Alert.Answers...)
	}
	for _, h := range hints {
		k, ok := s.keyNamed(h.Control)
		if !ok || k.Kind != "touch" || h.Action == "row" {
			continue
		}
		b := s.place(k.Box())
		if k.Shape == "slider" {
			s.slider(b, d)
			continue
		}
		body, ink := keyColours(k)
		s.fill(rounded(b.moved(0, 0.4*s.k), 1.8*s.k), solid(color.NRGBA{10, 20, 32, 60}))
		s.fill(rounded(b, 1.8*s.k), down(b, lighter(body, 0.25), lighter(body, -0.04)))
		s.stroke(b, 1.8*s.k, max(1, 0.2*s.k), solid(lighter(body, -0.3)))
		s.print(k, b, ink)
	}
}
