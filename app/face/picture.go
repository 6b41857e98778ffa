package face

import (
	"image"

	"pumplab/app/face/draw"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// Size is the picture's width and height in pixels at k pixels a millimetre, the shadow's margin included.
func Size(d *design.Design, k float64) (w, h int) { return draw.Size(d, k) }

// Render draws the whole instrument at k pixels a millimetre, with the named controls held down and the lamps lit.
func Render(d *design.Design, show pumpmodel.Display, k float64, pressed ...string) *image.RGBA {
	return draw.Render(d, show, k, pressed...)
}
