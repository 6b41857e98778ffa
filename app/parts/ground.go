package parts

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2/canvas"
)

// ground is a round rectangle with a fine edge as a kept picture: in every frame a picture costs a sixth of a round rectangle that
// is computed anew.
type ground struct {
	*canvas.Raster
	fill   color.NRGBA
	radius float32 // Fyne units
	kept   *image.NRGBA
}

func newGround(fill color.Color, radius float32) *ground {
	g := &ground{Raster: &canvas.Raster{ScaleMode: canvas.ImageScalePixels}, radius: radius}
	g.fill = color.NRGBAModel.Convert(fill).(color.NRGBA)
	g.Generator = func(w, h int) image.Image {
		if g.kept == nil || g.kept.Rect.Dx() != w || g.kept.Rect.Dy() != h {
			g.kept = g.picture(w, h, float64(w)/max(1, float64(g.Size().Width)))
		}
		return g.kept
	}
	return g
}

// colour gives it another colour.
func (g *ground) colour(fill color.Color) {
	c := color.NRGBAModel.Convert(fill).(color.NRGBA)
	if c == g.fill {
		return
	}
	g.fill, g.kept = c, nil
	g.Refresh()
}

// picture draws it on w by h pixels, k pixels a Fyne unit.
func (g *ground) picture(w, h int, k float64) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	r := float64(g.radius) * k
	const edge = 40.0 / 255 // black that shines through
	for y := range h {
		for x := range w {
			dx := math.Abs(float64(x)+0.5-float64(w)/2) - float64(w)/2 + r
			dy := math.Abs(float64(y)+0.5-float64(h)/2) - float64(h)/2 + r
			inside := r - math.Hypot(max(dx, 0), max(dy, 0)) - min(max(dx, dy), 0)
			c := g.fill
			dark := 1 - edge*min(1, max(0, k-inside+0.5))
			c.R, c.G, c.B = uint8(float64(c.R)*dark), uint8(float64(c.G)*dark), uint8(float64(c.B)*dark)
			c.A = uint8(float64(c.A) * min(1, max(0, inside+0.5)))
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}
