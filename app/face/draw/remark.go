package draw

import (
	"image/color"
	"strings"

	"pumplab/pumpmodel"
)

// remark is why an entry is refused, or the mark of a limit passed; right-aligned at the end of a row.
func (s sheet) remark(f pumpmodel.Field, from, base, right, size float64) {
	text, ground, ink := "", s.pal.ink, s.pal.onInk
	switch {
	case f.Error != "":
		text = f.Error
		ground, ink = s.pal.alertColours("hard")
	case f.Beyond != "":
		text = f.Beyond
		ground, ink = s.pal.caution()
	case f.Pending:
		s.unconfirmed(from, base, right, size)
	}
	if text == "" || right-from < 4*s.u {
		return
	}
	t, sign := strings.TrimPrefix(text, "▲ "), "triangle"
	if low, ok := strings.CutPrefix(text, "▼ "); ok {
		t, sign = low, "triangle-down"
	}
	signed := 0.0 // room of the sign before the words
	if f.Error == "" {
		signed = size
	}
	room := right - from - 2*s.u - signed
	if fit(t, size*0.86, room, s.bold) < size*0.6 {
		s.remarkLines(wrap(t, size*0.6, right-from-2*s.u, s.bold), box{from, base - capital(size)/2, right - from, 0}, size*0.6, ground, ink)
		return
	}
	z := fit(t, size*0.86, room, s.bold)
	w := width(t, z, s.bold) + 2*s.u + signed
	r := box{right - w, base - capital(size) - 0.9*s.u, w, capital(size) + 1.8*s.u}
	s.fill(rounded(r, 0.8*s.u), solid(ground))
	x := r.x + s.u
	if signed > 0 {
		s.fill(symbol(sign, pt{x + size*0.35, r.y + r.h/2}, size*0.62), solid(ink))
	}
	s.text(t, x+signed, r.y+r.h/2+capital(z)/2, z, s.bold, solid(ink))
}

// unconfirmed says that the number is not yet the programme's, right-aligned: no ground, it is no warning.
func (s sheet) unconfirmed(from, base, right, size float64) {
	z := fit(pendingText, size*0.8, right-from, s.plain)
	if z >= size*0.5 {
		s.text(pendingText, right-width(pendingText, z, s.plain), base, z, s.plain, solid(s.pal.dim))
	}
}

const pendingText = "not confirmed"

// remarkLines is a remark too long for one line: two lines around the middle of at, without a sign.
func (s sheet) remarkLines(lines []string, at box, z float64, ground, ink color.NRGBA) {
	lines = lines[:min(2, len(lines))]
	w, h := 0.0, z*1.15
	for _, l := range lines {
		w = max(w, width(l, z, s.bold)+2*s.u)
	}
	r := box{at.right() - w, at.y - h*float64(len(lines))/2 - 0.3*s.u, w, h*float64(len(lines)) + 0.6*s.u}
	s.fill(rounded(r, 0.8*s.u), solid(ground))
	for i, l := range lines {
		s.text(l, r.x+s.u, r.y+0.3*s.u+h*(float64(i)+0.5)+capital(z)/2, z, s.bold, solid(ink))
	}
}

// remarkWidth is the room remark wants for a mark at that size.
func (s sheet) remarkWidth(f pumpmodel.Field, size float64) float64 {
	return width(strings.TrimLeft(f.Beyond+f.Error, "▲▼ "), size*0.86, s.bold) + 2*s.u + 2*size
}
