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

// words are the text of a cell from left to right at most, in two lines where one would be too small; it returns where they begin.
func (s sheet) words(text string, size, left, right, base float64) float64 {
	room, y := right-left, fit(text, size*0.86, right-left, s.bold)
	if y >= size*0.6 {
		s.text(text, right-width(text, y, s.bold), base, y, s.bold, solid(s.pal.ink))
		return right - width(text, y, s.bold)
	}
	y = size * 0.56
	lines := wrap(text, y, room, s.bold)
	if len(lines) > 2 {
		lines = []string{lines[0], strings.Join(lines[1:], " ")}
	}
	widest := 0.0
	for i, line := range lines {
		line, z := squeezed(line, y, 0.7, room, s.bold)
		at := base + (float64(i)-float64(len(lines)-1)/2)*y*1.1
		s.text(line, right-width(line, z, s.bold), at, z, s.bold, solid(s.pal.ink))
		widest = max(widest, width(line, z, s.bold))
	}
	return right - widest
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
		right = s.words(text, size, left, right, base)
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
