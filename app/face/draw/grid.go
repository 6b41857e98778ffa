package draw

import (
	"strings"

	"pumplab/pumpmodel"
)

// grid draws many fields in two columns: the label at the left of its cell, the number with its unit at the right.
func (s sheet) grid(fields []pumpmodel.Field, b box) {
	rows := (len(fields) + 1) / 2
	h := min(9.4*s.u, b.h/float64(rows))
	gutter := 5 * s.u
	w := (b.w - gutter) / 2
	for i, f := range fields {
		cell := box{b.x, b.y + float64(i%rows)*h, w, h}
		if i >= rows {
			cell.x += w + gutter
		}
		s.cell(f, cell)
		if i%rows < rows-1 {
			s.rule(cell.x, cell.bottom(), cell.w, faded(s.pal.line, 150))
		}
	}
}

// cell is one field of a grid. A limit passed is a sign before the number; what it means stands in the marks of the screen.
func (s sheet) cell(f pumpmodel.Field, b box) {
	f = split(f)
	size := min(5.0*s.u, b.h*0.62)
	z := size * 0.72
	base := b.y + b.h/2 + capital(size)/2
	if f.Active {
		s.fill(rounded(box{b.x - s.u, b.y + 0.3*s.u, b.w + 2*s.u, b.h - 0.6*s.u}, 0.8*s.u), solid(s.pal.chosen))
		s.stroke(box{b.x - s.u, b.y + 0.3*s.u, b.w + 2*s.u, b.h - 0.6*s.u}, 0.8*s.u, max(1.5, 0.42*s.u), solid(s.pal.ink))
	}
	right := b.right()
	least := min(3.3*s.u, size*0.72) * 0.72 // below that a label would not be read
	left := b.x + max(0.36*b.w, width(f.Label, least, s.plain)+s.u)
	if numeric(f.Text) {
		for size > 1.7*s.u && s.numberWidth(f, size)+width(f.Unit, z, s.plain)+1.2*s.u > right-left {
			size *= 0.95
			z = size * 0.72
		}
		right -= width(f.Unit, z, s.plain)
		s.text(f.Unit, right, base, z, s.plain, solid(s.pal.ink))
		right -= 1.2*s.u + s.numberWidth(f, size)
		s.number(f, right, base, size, s.pal.ink)
	} else {
		text := f.Text
		if f.Unit != "" {
			text += " " + f.Unit
		}
		y := max(fit(text, size*0.86, right-left, s.bold), size*0.55)
		text = shortened(text, y, right-left, s.bold)
		right -= width(text, y, s.bold)
		s.text(text, right, base, y, s.bold, solid(s.pal.ink))
	}
	if f.Beyond != "" {
		right -= 4.2 * s.u
		sign := "triangle"
		if strings.HasPrefix(f.Beyond, "▼") {
			sign = "triangle-down"
		}
		s.fill(symbol(sign, pt{right + 1.8*s.u, base - capital(size)/2}, 3.2*s.u), solid(s.pal.ink))
	}
	y := min(3.3*s.u, size*0.72)
	y = max(fit(f.Label, y, right-b.x-s.u, s.plain), min(y, least*0.8))
	s.text(shortened(f.Label, y, right-b.x-s.u, s.plain), b.x, base, y, s.plain, solid(s.pal.dim))
}
