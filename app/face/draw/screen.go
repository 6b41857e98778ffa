package draw

import (
	"image/color"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// sheet is one display being drawn: where it is, its light, and its measure u: pixels of a millimetre on a display of usual
// size, less on a small one.
type sheet struct {
	Pen
	design   *design.Design
	pal      palette
	area     box
	u        float64
	labels   map[string]string // what is printed on each control
	keys     []design.Key
	rows     []box // where the rows of a list or form are that can be touched, in their order
	decimals bool  // digits after the point are smaller

	plain, bold weight // the letters of the display
	segments    bool   // numbers are in seven segments
}

// line heights and type sizes in units of u.
const (
	headHeight = 7.4
	hintHeight = 6.6
	small      = 3.3
	normal     = 3.9
	large      = 4.7

	leastSegments = 6.5 // below that bars are too thin to be read
)

// Display draws a Display into a panel of the face.
func (p Pen) Display(f *design.Design, panel design.Panel, d pumpmodel.Display) {
	b := p.place(panel.Box)
	content := panel.Box
	if panel.Content.W > 0 {
		content = panel.Content
	}
	s := sheet{Pen: p, design: f, pal: paletteOf(panel), area: p.place(content), labels: labelsOf(f), keys: f.Face.Keys, decimals: f.Show.Decimals != "plain"}
	s.plain, s.bold, s.segments = plain, bold, panel.Letters == "segments"
	if panel.Letters == "dots" {
		s.plain, s.bold = dots, dots
	}
	s.u = p.k * min(1.35, max(0.55, min(float64(content.W)/11000, float64(content.H)/7000)))
	if !d.Lit || d.Kind == "off" {
		p.fill(rect(b), down(b, s.pal.dark, lighter(s.pal.dark, -0.15)))
		return
	}
	p.fill(rect(b), down(b, s.pal.back, s.pal.backLow))
	s.touchRows(f, d)
	full := d.Alert != nil && d.Alert.Style == "full-screen"
	if full {
		s.alertPage(*d.Alert, d.Lines)
	} else {
		s.page(d)
	}
	s.area = b
	s.touchKeys(d)
	s.glass()
}

// page draws a screen without a full-screen alert: head, marks, content, hints; a banner takes its place at the bottom.
func (s sheet) page(d pumpmodel.Display) {
	head, rest := s.area.cut(headHeight * s.u)
	s.head(d, head)
	if h := s.stripHeight(d); h > 0 {
		var band box
		band, rest = rest.cut(h)
		s.strip(d.Channels, band)
	}
	for _, m := range d.Marks {
		var band box
		band, rest = rest.cut(5.6 * s.u)
		s.mark(m, band)
	}
	if d.Alert != nil {
		var band box
		whole := rest
		band, rest = rest.cutBottom(s.bannerHeight(*d.Alert))
		if len(s.rows) > 0 {
			rest = whole // rows stay where the finger expects them; the banner covers the lower ones
		}
		defer s.banner(*d.Alert, band)
	} else {
		rest = s.foot(d.Keys, rest)
	}
	s.content(d, box{rest.x + 2.6*s.u, rest.y + 1.4*s.u, rest.w - 5.2*s.u, rest.h - 2.4*s.u})
}

// head is the line with the screen's title, where one is in a list, and what the pump does.
func (s sheet) head(d pumpmodel.Display, b box) {
	base := b.y + b.h/2 + capital(normal*s.u)/2
	right := b.right() - 2.6*s.u
	if d.Status != "" {
		right = s.pill(d.Status, right, b) - 2*s.u
	}
	if d.More != "" {
		w := width(d.More, small*s.u, s.plain)
		s.text(d.More, right-w, base, small*s.u, s.plain, solid(s.pal.dim))
		right -= w + 2*s.u
	}
	title, size := s.title(d.Title, right-b.x-2.6*s.u)
	s.text(title, b.x+2.6*s.u, base, size, s.bold, solid(s.pal.ink))
	s.rule(b.x, b.bottom(), b.w, s.pal.line)
}

// title is the screen's title as it fits: smaller first, then without what stands before the drug, last with an ellipsis. The drug is
// at its end, and the screen shows by itself what it is for.
func (s sheet) title(text string, room float64) (string, float64) {
	const least = 0.72
	for {
		size := fit(text, normal*s.u, room, s.bold)
		parts := strings.Split(text, " · ")
		if size >= least*normal*s.u || len(parts) < 3 {
			return squeezed(text, normal*s.u, least*0.9, room, s.bold)
		}
		text = strings.Join(append(parts[:len(parts)-2:len(parts)-2], parts[len(parts)-1]), " · ")
	}
}

// pill is what the pump does, inverted so that it is read first; it returns its left edge.
func (s sheet) pill(status string, right float64, b box) float64 {
	size := small * s.u
	w := width(status, size, s.bold) + 3.2*s.u
	r := box{right - w, b.y + 1.3*s.u, w, b.h - 2.6*s.u}
	ground, ink := s.pal.ink, s.pal.onInk
	if s.pal.coloured {
		switch {
		case strings.HasPrefix(status, "INFUS"):
			ground, ink = rgb(0x1E8E4A), rgb(0xFFFFFF)
		case status == "ALARM" || strings.HasPrefix(status, "STOP"):
			ground, ink = rgb(0xC62121), rgb(0xFFFFFF)
		default:
			ground, ink = rgb(0xFFC21A), rgb(0x1A1400)
		}
	}
	s.fill(rounded(r, r.h/2), solid(ground))
	s.text(status, r.x+1.6*s.u, r.y+r.h/2+capital(size)/2, size, s.bold, solid(ink))
	return r.x
}

// mark is a band nobody overlooks: hatched ends, inverted capitals.
func (s sheet) mark(text string, b box) {
	ground, ink := s.pal.caution()
	s.fill(rect(b), solid(ground))
	size := fit(text, 3.7*s.u, b.w*0.72, s.bold)
	w := width(text, size, s.bold)
	x := b.x + (b.w-w)/2
	s.text(text, x, b.y+b.h/2+capital(size)/2, size, s.bold, solid(ink))
	stripe := 2.0 * s.u
	for left := b.x; left+stripe < x-2*s.u; left += 2 * stripe {
		s.hatch(left, stripe, b, ink)
	}
	for left := b.right() - stripe; left > x+w+2*s.u; left -= 2 * stripe {
		s.hatch(left, stripe, b, ink)
	}
}

func (s sheet) hatch(x, w float64, b box, c color.NRGBA) {
	slant := b.h * 0.5
	l, r := max(b.x, x-slant/2), min(b.right(), x+w+slant/2)
	s.fill(path{{{l + slant, b.y}, {min(r+slant/4, b.right()), b.y}, {r - slant, b.bottom()}, {l, b.bottom()}}}, solid(faded(c, 225)))
}

// answers draws keycaps with what they do beside, one after the other, smaller until they fit in b.
func (s sheet) answers(hints []pumpmodel.Hint, b box, size float64, capInk, ink color.NRGBA) {
	total := func(z float64) float64 {
		sum := -z * 1.3
		for _, h := range hints {
			sum += width(s.label(h.Control), z*0.92, s.bold) + z*1.6 + width(h.Does, z, s.plain) + z*1.3
		}
		return sum
	}
	for size > 0.6*small*s.u && total(size) > b.w {
		size *= 0.95
	}
	x, mid := b.x, b.y+b.h/2
	for _, h := range hints {
		x = s.keycap(s.label(h.Control), x, mid, size, capInk) + size*0.5
		if x >= b.right() {
			return
		}
		does := shortened(h.Does, size, b.right()-x, s.plain)
		x = s.text(does, x, mid+capital(size)/2, size, s.plain, solid(ink)) + size*1.3
	}
}

// keycap is the name of a control in a small frame; it returns the x after it.
func (s sheet) keycap(label string, x, mid, size float64, ink color.NRGBA) float64 {
	h := size * 1.5
	z := size * 0.92
	sym := symbol(label, pt{x + h/2, mid}, size*0.8)
	w := width(label, z, s.bold) + size*1.0
	if sym != nil {
		w = h
	}
	w = max(w, h)
	frame := box{x, mid - h/2, w, h}
	s.stroke(frame, h*0.22, max(1, 0.28*s.u), solid(ink))
	if sym != nil {
		s.fill(sym, solid(ink))
		return frame.right()
	}
	s.text(label, x+(w-width(label, z, s.bold))/2, mid+capital(z)/2, z, s.bold, solid(ink))
	return frame.right()
}

// label is what is printed on a control; the symbol's name where a symbol is printed.
func (s sheet) label(control string) string {
	if l, ok := s.labels[control]; ok {
		return l
	}
	return control
}

func labelsOf(f *design.Design) map[string]string {
	out := map[string]string{}
	for _, k := range f.Face.Keys {
		out[k.Name] = keyLabel(k)
		if k.Label == "" && symbol(k.Shape, pt{}, 1) != nil {
			out[k.Name] = k.Shape
		}
	}
	return out
}

func (s sheet) rule(x, y, w float64, c color.NRGBA) {
	t := max(1, 0.2*s.u)
	s.fill(rect(box{x, y - t, w, t}), solid(c))
}

// glass is the faint reflection and the inner shadow that make a display look behind glass.
func (s sheet) glass() {
	top, _ := s.area.cut(1.6 * s.k)
	s.fill(rect(top), down(top, color.NRGBA{0, 0, 0, 70}, color.NRGBA{0, 0, 0, 0}))
	left := s.area
	left.w = 0.5 * s.k
	s.fill(rect(left), solid(color.NRGBA{0, 0, 0, 28}))
}
