// Package face provides the pump on screen: it draws a design's face and a Display, and tells which control was operated.
//
// A face is drawn in true millimetres times a scale, in software and without a window, so the same picture is on the screen,
// in a test and in a manual. It knows no study.
package face

import (
	"image"
	"math"
	"slices"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// Size is the picture's width and height in pixels at k pixels a millimetre, the shadow's margin included.
func Size(d *design.Design, k float64) (w, h int) {
	px := func(v design.MM) int { return int(math.Ceil((float64(v)/100 + 2*margin) * k)) }
	return px(d.Face.Width), px(d.Face.Height)
}

// Render draws the whole instrument at k pixels a millimetre, with the named controls held down and the lamps lit.
func Render(d *design.Design, show pumpmodel.Display, k float64, pressed ...string) *image.RGBA {
	img := static(d, k)
	p := pen{img, k}
	for _, key := range d.Face.Keys {
		if slices.Contains(pressed, key.Name) {
			p.held(d, key)
		}
	}
	for _, panel := range d.Face.Displays {
		p.display(d, panel, show)
	}
	for _, place := range d.Face.Lamps {
		if c := lampOn(show, place.Name); c != "" {
			p.lamp(place, c)
		}
	}
	return img
}

// static is everything that stays: housing, bezels, lamps off, keys at rest.
func static(d *design.Design, k float64) *image.RGBA {
	w, h := Size(d, k)
	p := pen{image.NewRGBA(image.Rect(0, 0, w, h)), k}
	p.housing(d.Face)
	for _, panel := range d.Face.Displays {
		p.bezel(panel)
		p.display(d, panel, pumpmodel.Display{})
	}
	for _, place := range d.Face.Lamps {
		p.lamp(place, "")
	}
	for _, key := range d.Face.Keys {
		p.well(key, false)
		p.key(key, false, false)
	}
	return p.img
}

// held draws a key that is down over the picture of the one at rest: the housing below comes back without the shadow.
func (p pen) held(d *design.Design, key design.Key) {
	b := p.place(design.Box{X: key.X, Y: key.Y, W: key.W, H: key.H})
	patch := b.inset(-2.4 * p.k)
	base := colourOf(d.Face.Housing, rgb(0xE4E6E4))
	whole := p.place(design.Box{W: d.Face.Width, H: d.Face.Height})
	p.fill(capShape(key, patch.inset(0.8*p.k)), down(whole, lighter(base, 0.16), lighter(base, -0.07)))
	p.well(key, true)
	p.key(key, true, false)
}

// lampOn is the colour a lamp of the face shows in a display; empty if it is dark.
func lampOn(show pumpmodel.Display, name string) string {
	for _, l := range show.Lamps {
		if l.Name == name {
			return l.Colour
		}
	}
	return ""
}
