package plots

import (
	"bytes"
	"fmt"
	"image"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// page is a figure that can be painted on any canvas of its size.
type page struct {
	w, h  vg.Length
	paint func(draw.Canvas)
}

// Chart is a figure that can be drawn, as a file or on a screen, and whose data can be read. All are 6.9 inches wide.
type Chart interface {
	page() page
	CSV() []byte // the numbers drawn, with a header
}

// SVG is the figure as a file.
func SVG(c Chart) ([]byte, error) {
	p := c.page()
	canvas := vgsvg.NewWith(vgsvg.UseWH(p.w, p.h))
	p.paint(draw.New(canvas))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write figure: %w", err)
	}
	return fit(b.Bytes()), nil
}

// Image is the figure as a picture for a screen, on white paper, with that many pixels to the inch.
func Image(c Chart, dpi int) image.Image {
	p := c.page()
	canvas := vgimg.NewWith(vgimg.UseWH(p.w, p.h), vgimg.UseDPI(dpi))
	p.paint(draw.New(canvas))
	return canvas.Image()
}

// render is a plot with how many people and tasks it rests on below it.
func render(p *plot.Plot, w, h vg.Length, note string) page {
	if note != "" {
		h += 0.22 * vg.Inch
	}
	return page{w, h, func(dc draw.Canvas) {
		area := dc
		if note != "" {
			area = draw.Crop(dc, 0, 0, 0.22*vg.Inch, 0)
			sty := style(8)
			sty.Color = quiet
			sty.XAlign = draw.XRight
			dc.FillText(sty, vg.Point{X: dc.Max.X - 2, Y: dc.Min.Y + 4}, note)
		}
		p.Draw(draw.Crop(area, 2, -14, 0, -4))
	}}
}
