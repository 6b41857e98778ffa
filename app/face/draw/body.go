package draw

import (
	"image/color"
	"math"

	"pumplab/pumpmodel/design"
)

// Margin is the room around the housing for its shadow, in millimetres.
const Margin = 5

// mm is a length of the design in pixels.
func (p Pen) mm(v design.MM) float64 { return float64(v) / 100 * p.k }

// place is a box of the design in pixels of the whole picture.
func (p Pen) place(b design.Box) box {
	m := Margin * p.k
	return box{m + p.mm(b.X), m + p.mm(b.Y), p.mm(b.W), p.mm(b.H)}
}

// housing draws the body: soft shadow, light edge, slight curve, parting line.
func (p Pen) housing(f design.Face) {
	b := p.place(design.Box{W: f.Width, H: f.Height})
	r := min(9*p.k, b.w/8, b.h/8)
	base := colourOf(f.Housing, rgb(0xE4E6E4))
	p.shadow(rounded(b.inset(1.2*p.k).moved(0, 2.2*p.k), r), 3.2*p.k, color.NRGBA{10, 16, 26, 110})
	p.shadow(rounded(b.moved(0, 0.5*p.k), r), 0.7*p.k, color.NRGBA{10, 16, 26, 90})
	p.fill(rounded(b, r), down(b, lighter(base, -0.16), lighter(base, -0.34)))
	edge := b.inset(max(1, 0.35*p.k))
	p.fill(rounded(edge, r), down(edge, lighter(base, 0.75), lighter(base, -0.10)))
	face := edge.inset(max(1, 0.55*p.k))
	p.fill(rounded(face, r-0.5*p.k), down(face, lighter(base, 0.16), lighter(base, -0.07)))
	groove := face.inset(2.2 * p.k)
	w := max(1, 0.16*p.k)
	p.stroke(groove.moved(0, w), r-2.4*p.k, w, solid(faded(lighter(base, 0.8), 150)))
	p.stroke(groove, r-2.4*p.k, w, solid(faded(lighter(base, -0.5), 90)))
}

// bezel draws the dark frame a display sits in.
func (p Pen) bezel(d design.Panel) {
	b := p.place(d.Box)
	frame := b.inset(-2.6 * p.k)
	r := 2.8 * p.k
	lip := frame.inset(-max(1, 0.3*p.k))
	p.fill(rounded(lip, r+0.3*p.k), down(lip, color.NRGBA{0, 0, 0, 90}, color.NRGBA{255, 255, 255, 150}))
	p.fill(rounded(frame, r), down(frame, rgb(0x14181D), rgb(0x2A3037)))
	p.stroke(frame, r, max(1, 0.2*p.k), down(frame, rgb(0x05070A), rgb(0x434B55)))
	p.fill(rounded(b.inset(-0.5*p.k), 1.0*p.k), solid(rgb(0x06080A)))
}

// capShape is the outline of a key.
func capShape(k design.Key, b box) path {
	if k.Shape == "round" || k.Shape == "knob" {
		return circle(b.centre(), min(b.w, b.h)/2)
	}
	return rounded(b, min(b.w, b.h)*0.16)
}

// well is the hollow in the housing a key sits in, with the key's shadow when it is up.
func (p Pen) well(k design.Key, pressed bool) {
	b := p.place(design.Box{X: k.X, Y: k.Y, W: k.W, H: k.H})
	out := max(1, 0.45*p.k)
	hole := b.inset(-out)
	p.fill(capShape(k, hole), down(hole, color.NRGBA{0, 0, 0, 120}, color.NRGBA{0, 0, 0, 40}))
	if !pressed {
		p.shadow(capShape(k, b.moved(0, 0.9*p.k)), 1.0*p.k, color.NRGBA{8, 12, 20, 130})
	}
}

// key draws the cap of a key: lit from above at rest; pressed one pixel lower, darker, without its light edge.
func (p Pen) key(k design.Key, pressed, flat bool) {
	b := p.place(design.Box{X: k.X, Y: k.Y, W: k.W, H: k.H})
	body, print := keyColours(k)
	if k.Shape == "knob" {
		b = p.knob(b, body)
	}
	travel := max(1, math.Round(0.25*p.k))
	switch {
	case flat:
		p.fill(capShape(k, b), solid(mix(body, rgb(0xB8BDC2), 0.5)))
		print = faded(print, 130)
	case pressed:
		b = b.moved(0, travel)
		p.fill(capShape(k, b), down(b, lighter(body, -0.34), lighter(body, -0.20)))
	default:
		p.fill(capShape(k, b), down(b, lighter(body, -0.10), lighter(body, -0.38)))
		top := b
		top.h -= max(1, 0.55*p.k)
		p.fill(capShape(k, top), down(top, lighter(body, 0.62), lighter(body, -0.04)))
		dome := top.inset(max(1, 0.3*p.k))
		p.fill(capShape(k, dome), down(dome, lighter(body, 0.22), lighter(body, -0.08)))
		b = top
	}
	p.print(k, b, print)
}

// knob draws the grip of a dial, with a notch at every few degrees, and returns the place of the cap on it.
func (p Pen) knob(b box, body color.NRGBA) box {
	c, r := b.centre(), min(b.w, b.h)/2
	p.fill(circle(c, r), down(b, rgb(0x6C7681), rgb(0x2D343C)))
	p.fill(circle(c, r-0.5*p.k), down(b, rgb(0x49525C), rgb(0x1D2329)))
	const notches = 40
	for i := range notches {
		a := 2 * math.Pi * float64(i) / notches
		in, out, w := r*0.84, r*0.955, r*0.022
		x, y := math.Cos(a), math.Sin(a)
		p.fill(path{{
			{c.x + in*x - w*y, c.y + in*y + w*x},
			{c.x + out*x - w*y, c.y + out*y + w*x},
			{c.x + out*x + w*y, c.y + out*y - w*x},
			{c.x + in*x + w*y, c.y + in*y - w*x},
		}}, solid(color.NRGBA{255, 255, 255, 46}))
	}
	p.fill(circle(pt{c.x, c.y - r*0.885}, r*0.05), solid(lighter(body, 0.8)))
	p.shadow(circle(pt{c.x, c.y + 0.6*p.k}, r*0.74), 1.0*p.k, color.NRGBA{0, 0, 0, 150})
	return b.inset(r * 0.27)
}

// print puts what is printed on a key onto its cap.
func (p Pen) print(k design.Key, b box, ink color.NRGBA) {
	c := b.centre()
	side := min(b.w, b.h)
	if s := symbol(k.Shape, c, side*0.44); s != nil && k.Label == "" {
		p.fill(s, solid(ink))
		return
	}
	label := keyLabel(k)
	if s := symbol(label, c, side*0.40); s != nil {
		p.fill(s, solid(ink))
		return
	}
	if label == "." {
		p.fill(circle(c, side*0.075), solid(ink))
		return
	}
	size := side * 0.52
	if len([]rune(label)) > 1 {
		size = min(side*0.34, 4.1*p.k)
	}
	size = fit(label, size, b.w*0.84, bold)
	p.text(label, c.x-width(label, size, bold)/2, c.y+capital(size)/2, size, bold, solid(ink))
}

// keyLabel is the text printed on a key.
func keyLabel(k design.Key) string {
	if k.Label != "" {
		return k.Label
	}
	return k.Name
}

// GlowReach is how far a lamp's light is seen, in radii of its lens.
const GlowReach = 3.6

// Lamp draws a lamp's lens, dark or shining in a colour beyond its edge.
func (p Pen) Lamp(l design.LampPlace, colour string) {
	at, r := p.lampAt(l)
	p.fill(circle(pt{at.x, at.y + 0.2*p.k}, r+0.7*p.k), solid(color.NRGBA{255, 255, 255, 110}))
	p.fill(circle(at, r+0.55*p.k), solid(rgb(0x20262C)))
	if colour == "" {
		p.fill(circle(at, r), solid(rgb(0x4A525B)))
		p.fill(circle(pt{at.x - r*0.25, at.y - r*0.3}, r*0.35), solid(color.NRGBA{255, 255, 255, 60}))
		return
	}
	c := lampColour(colour)
	p.glow(at, r*GlowReach, faded(c, 190))
	p.fill(circle(at, r), solid(c))
	p.fill(circle(at, r*0.62), solid(faded(lighter(c, 0.55), 220)))
	p.fill(circle(pt{at.x - r*0.2, at.y - r*0.25}, r*0.28), solid(color.NRGBA{255, 255, 255, 230}))
}

// lampAt is the middle and the radius of a lamp in pixels.
func (p Pen) lampAt(l design.LampPlace) (pt, float64) {
	r := p.mm(l.Size) / 2
	m := Margin * p.k
	return pt{m + p.mm(l.X) + r, m + p.mm(l.Y) + r}, r
}
