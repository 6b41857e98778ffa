// Package draw provides pictures of an instrument: a design's face with a Display on it, as pixels or as SVG.
//
// A face is drawn in true millimetres times a scale, in software and without a window, so the same picture is on the screen, in a
// test and in a manual. It knows no toolkit and no study.
package draw

import (
	"image"
	"image/color"
	"math"
	"slices"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// Size is the picture's width and height in pixels at k pixels a millimetre, the shadow's Margin included.
func Size(d *design.Design, k float64) (w, h int) {
	px := func(v design.MM) int { return int(math.Ceil((float64(v)/100 + 2*Margin) * k)) }
	return px(d.Face.Width), px(d.Face.Height)
}

// Render draws the whole instrument at k pixels a millimetre, with the named controls held down and the lamps lit.
func Render(d *design.Design, show pumpmodel.Display, k float64, pressed ...string) *image.RGBA {
	w, h := Size(d, k)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	NewPen(img, k).whole(d, show, pressed)
	return img
}

// whole draws everything.
func (p Pen) whole(d *design.Design, show pumpmodel.Display, pressed []string) {
	p.Static(d)
	for _, key := range d.Face.Keys {
		if slices.Contains(pressed, key.Name) {
			p.Held(d, key)
		}
	}
	for _, panel := range d.Face.Displays {
		p.Display(d, panel, show)
	}
	for _, place := range d.Face.Lamps {
		if l, ok := LampNamed(show, place.Name); ok && l.Colour != "" {
			p.Lamp(place, l.Colour)
		}
	}
}

// Static draws everything that stays: housing, bezels, displays off, lamps off, keys at rest.
func (p Pen) Static(d *design.Design) {
	photo := p.photograph(d.Face)
	if !photo {
		p.housing(d.Face)
	}
	for _, panel := range d.Face.Displays {
		if !photo {
			p.bezel(panel)
		}
		p.Display(d, panel, pumpmodel.Display{})
	}
	if photo {
		return // lamps and keys are on the picture
	}
	for _, place := range d.Face.Lamps {
		p.Lamp(place, "")
	}
	for _, key := range d.Face.Keys {
		if key.Kind != "touch" {
			p.well(key, false)
			p.key(key, false, false)
		}
	}
}

// HeldReach is how far the picture of a pressed key goes beyond the key, in millimetres.
const HeldReach = 2.3

// Held draws a key that is down over the picture of the one at rest: the housing below comes back without the shadow.
func (p Pen) Held(d *design.Design, key design.Key) {
	b := p.place(design.Box{X: key.X, Y: key.Y, W: key.W, H: key.H})
	if key.Kind == "touch" || len(d.Face.Image) > 0 {
		p.fill(capShape(key, b), solid(color.NRGBA{6, 14, 24, 90}))
		return
	}
	patch := b.inset(-(HeldReach + 0.1) * p.k)
	base := colourOf(d.Face.Housing, rgb(0xE4E6E4))
	whole := p.place(design.Box{W: d.Face.Width, H: d.Face.Height})
	p.fill(capShape(key, patch.inset(0.8*p.k)), down(whole, lighter(base, 0.16), lighter(base, -0.07)))
	p.well(key, true)
	p.key(key, true, false)
}
