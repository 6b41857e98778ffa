package screens

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"pumplab/studies/session"
)

// glare is light on the screen: a window's reflection that lies over card and pump and takes no click.
type glare struct {
	root  *fyne.Container
	level int
}

func newGlare() *glare { return &glare{root: container.NewStack()} }

// update shows the light that is on, if any.
func (g *glare) update(v session.View) {
	level := 0
	if !v.Held && v.Ended == "" {
		for _, a := range v.Around {
			if a.Kind == "glare" {
				level = max(level, a.Level)
			}
		}
	}
	if level == g.level {
		return
	}
	g.level = level
	g.root.Objects = nil
	if level > 0 {
		light := canvas.NewImageFromImage(reflection(level))
		light.FillMode, light.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleSmooth
		g.root.Add(light)
	}
	g.root.Refresh()
}

// reflection is the picture of a window with two panes in a screen, and the haze around it; level in per cent is how much of what is
// beneath the brightest place is lost.
func reflection(level int) image.Image {
	const w, h = 320, 256
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := float64(x)/w, float64(y)/h
			slanted := u + 0.32*v
			panes := math.Max(band(slanted, 0.62, 0.745), band(slanted, 0.765, 0.89)) * band(v, 0.06, 0.66)
			haze := math.Exp(-((u-0.66)*(u-0.66)/0.055 + (v-0.34)*(v-0.34)/0.075))
			a := min(1, 0.72*panes+0.55*haze) * float64(level) / 100
			out.SetNRGBA(x, y, color.NRGBA{255, 252, 242, uint8(255 * a)})
		}
	}
	return out
}

// band is 1 between two edges and falls off softly beyond.
func band(v, low, high float64) float64 {
	const soft = 0.012
	edge := func(t float64) float64 { return 1 / (1 + math.Exp(-t/soft*2)) }
	return edge(v-low) * edge(high-v)
}
