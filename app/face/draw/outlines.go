package draw

import (
	"image"
	"image/color"
	"io"
	"slices"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// Outlined is Render with the place, name and size in millimetres of every control, display and lamp drawn over it, so that one sees
// whether they fit a picture of the front panel.
func Outlined(d *design.Design, show pumpmodel.Display, k float64, pressed ...string) *image.RGBA {
	img := Render(d, show, k, pressed...)
	NewPen(img, k).outlines(d, show.Screen)
	return img
}

// SVGOutlined is SVG with the same drawn over it.
func SVGOutlined(w io.Writer, d *design.Design, show pumpmodel.Display, pressed ...string) error {
	return writeSVG(w, d, func(p Pen) {
		p.whole(d, show, pressed)
		p.outlines(d, show.Screen)
	})
}

// The colours of outlines stand out from any panel: controls, and what only shows.
var (
	controlLine = rgb(0xD4007A)
	displayLine = rgb(0x0067C8)
	labelPlate  = color.NRGBA{255, 255, 255, 225}
)

// outlines draws every box of the face; of touch keys those of the screen.
func (p Pen) outlines(d *design.Design, screen string) {
	for _, l := range d.Face.Lamps {
		p.outline(p.place(design.Box{X: l.X, Y: l.Y, W: l.Size, H: l.Size}), displayLine, l.Name, "")
	}
	for _, key := range d.Face.Keys {
		if len(key.On) == 0 || slices.Contains(key.On, screen) {
			p.outline(p.place(key.Box()), controlLine, key.Name, measures(key.W, key.H))
		}
	}
	for _, panel := range d.Face.Displays {
		b := p.place(panel.Box)
		p.stroke(b, 0, 0.35*p.k, solid(displayLine))
		p.plate(b, panel.Name+" "+measures(panel.Box.W, panel.Box.H)+" mm", displayLine, true)
	}
}

// measures is a size in millimetres as 40 × 14.
func measures(w, h design.MM) string { return w.String() + " × " + h.String() }

// outline frames a box; its name stands in the upper left corner and its size in the lower right one, where they hide least.
func (p Pen) outline(b box, line color.NRGBA, name, size string) {
	tint := line
	tint.A = 26
	p.fill(rect(b), solid(tint))
	p.stroke(b, 0, 0.35*p.k, solid(line))
	p.plate(b, name, line, false)
	p.plate(b, size, line, true)
}

// plate writes a text on white into a corner of a box: the upper left or the lower right one.
func (p Pen) plate(b box, text string, line color.NRGBA, last bool) {
	if text == "" {
		return
	}
	z := max(fit(text, 2.3*p.k, b.w-0.8*p.k, bold), 1.2*p.k)
	at := box{b.x, b.y, width(text, z, bold) + 0.8*p.k, 1.25 * z}
	if last {
		at = at.moved(b.w-at.w, b.h-at.h)
	}
	p.fill(rect(at), solid(labelPlate))
	p.text(text, at.x+0.4*p.k, at.y+at.h/2+capital(z)/2, z, bold, solid(line))
}
