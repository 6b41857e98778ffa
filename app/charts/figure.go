// Package charts provides a report's figures and tables as Fyne objects.
package charts

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pumplab/app/look"
)

// Inches is the width of every figure of a report.
const Inches = 6.9

const margin = look.Grid

// NewFigure is a figure at that width in Fyne units, on white paper whatever the theme is, drawn anew for the pixels it is given.
func NewFigure(picture func(dpi int) image.Image, width float32) fyne.CanvasObject {
	first := picture(96)
	size := first.Bounds().Size()
	var kept image.Image
	raster := canvas.NewRaster(func(w, h int) image.Image {
		if kept == nil || kept.Bounds().Dx() != w || kept.Bounds().Dy() != h {
			kept = exactly(picture(max(1, int(float64(w)/Inches))), w, h)
		}
		return kept
	})
	raster.SetMinSize(fyne.NewSize(width-2*margin, (width-2*margin)*float32(size.Y)/float32(size.X)))
	paper := canvas.NewRectangle(color.White)
	paper.CornerRadius, paper.StrokeWidth, paper.StrokeColor = look.Grid, 1, look.Of(look.Lines)
	return container.NewHBox(container.NewStack(paper, container.New(layout.NewCustomPaddedLayout(margin, margin, margin, margin), raster)))
}

// exactly is a picture on w by h white pixels: a whole number of pixels to the inch leaves a few over.
func exactly(img image.Image, w, h int) image.Image {
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	b := img.Bounds()
	at := image.Pt((w-b.Dx())/2, (h-b.Dy())/2)
	draw.Draw(out, b.Sub(b.Min).Add(at), img, b.Min, draw.Over)
	return out
}
