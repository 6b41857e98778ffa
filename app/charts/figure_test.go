package charts_test

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"pumplab/app/charts"
)

func TestAFigureIsDrawnForThePixelsItIsGiven(t *testing.T) {
	test.NewTempApp(t)
	var asked []int
	blue := color.NRGBA{0, 0x72, 0xB2, 255}
	f := charts.NewFigure(func(dpi int) image.Image {
		asked = append(asked, dpi)
		img := image.NewNRGBA(image.Rect(0, 0, dpi*69/10, dpi*3))
		for x := range img.Bounds().Dx() {
			img.SetNRGBA(x, dpi, blue)
		}
		return img
	}, 706)
	if s := f.MinSize(); s.Width < 700 || s.Width > 712 || s.Height < 300 || s.Height > 330 {
		t.Errorf("6.9 by 3 inches are %v", s)
	}
	w := test.NewTempWindow(t, f)
	w.Resize(fyne.NewSize(800, 400))
	img := w.Canvas().Capture()
	found := 0
	for y := range img.Bounds().Dy() {
		r, g, b, _ := img.At(img.Bounds().Dx()/2, y).RGBA()
		if r>>8 == 0 && g>>8 == 0x72 && b>>8 == 0xB2 {
			found++
		}
	}
	if found != 1 || len(asked) < 2 || asked[1] != 100 {
		t.Errorf("the line of one pixel is %d high; drawn at %v pixels to the inch", found, asked)
	}
}
