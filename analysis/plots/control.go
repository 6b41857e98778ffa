package plots

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ControlPoint is one period of a control chart: its rate and its own limits.
type ControlPoint struct {
	Label            string
	Rate, Low, High  float64
	Outside          bool
	Count, Available int // Rate is Count of Available, for the data file
}

// Control is a run chart with its centre and control limits.
type Control struct {
	XLabel, YLabel string
	Centre         float64
	Points         []ControlPoint
	Format         func(float64) string
	Note           string
}

var alert = color.NRGBA{0xB3, 0x26, 0x1E, 0xFF}

// page is the figure, 6.9 inches wide.
func (k Control) page() page {
	p := plot.New()
	p.BackgroundColor = nil
	top := k.Centre
	for _, q := range k.Points {
		top = max(top, q.Rate, q.High)
	}
	if top == 0 {
		top = 1
	}
	n := float64(max(len(k.Points), 2))
	p.X.Min, p.X.Max = 0.4, n+0.16*n+0.6
	p.Y.Min, p.Y.Max = 0, top*1.06
	axes(p)
	p.X.Label.Text, p.Y.Label.Text = k.XLabel, k.YLabel
	p.X.Tick.Marker = upTo{ticker{}, n}
	p.Y.Tick.Marker = ticker{format: k.Format}
	p.Add(rungs{}, control{k})
	return render(p, width, 2.1*vg.Inch, k.Note)
}

type control struct{ Control }

// Plot implements plot.Plotter.
func (k control) Plot(c draw.Canvas, p *plot.Plot) {
	if len(k.Points) == 0 {
		return
	}
	tx, ty := p.Transforms(&c)
	n := len(k.Points)
	limit := draw.LineStyle{Color: quiet, Width: 0.9, Dashes: []vg.Length{3, 2}}
	var path, low, high []vg.Point
	for i, q := range k.Points {
		x := float64(i + 1)
		path = append(path, vg.Point{X: tx(x), Y: ty(q.Rate)})
		low = append(low, vg.Point{X: tx(x - 0.5), Y: ty(q.Low)}, vg.Point{X: tx(x + 0.5), Y: ty(q.Low)})
		high = append(high, vg.Point{X: tx(x - 0.5), Y: ty(q.High)}, vg.Point{X: tx(x + 0.5), Y: ty(q.High)})
	}
	c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.9}, tx(0.5), ty(k.Centre), tx(float64(n)+0.5), ty(k.Centre))
	c.StrokeLines(limit, low)
	c.StrokeLines(limit, high)
	c.StrokeLines(draw.LineStyle{Color: Colour(0), Width: 1.2}, path)
	for i, q := range k.Points {
		g := draw.GlyphStyle{Color: Colour(0), Radius: 3, Shape: draw.CircleGlyph{}}
		if q.Outside {
			g = draw.GlyphStyle{Color: alert, Radius: 4.5, Shape: draw.BoxGlyph{}}
			sty := style(8.5)
			sty.Color, sty.XAlign = alert, draw.XCenter
			c.FillText(sty, vg.Point{X: path[i].X, Y: path[i].Y + 7}, q.Label)
		}
		c.DrawGlyph(g, path[i])
	}
	show := k.Format
	if show == nil {
		show = func(v float64) string { return fmt.Sprintf("%g", v) }
	}
	last := k.Points[n-1]
	for _, l := range []struct {
		at   float64
		text string
	}{{last.High, "upper limit " + show(last.High)}, {k.Centre, "mean " + show(k.Centre)}, {last.Low, "lower limit " + show(last.Low)}} {
		sty := style(8.5)
		sty.Color, sty.YAlign = quiet, draw.YCenter
		c.FillText(sty, vg.Point{X: tx(float64(n)+0.5) + 5, Y: ty(l.at)}, l.text)
	}
}

// CSV is one line a period.
func (k Control) CSV() []byte {
	var s sheet
	s.add("label", "count", "of", "rate", "centre", "low", "high", "outside")
	for _, q := range k.Points {
		outside := 0
		if q.Outside {
			outside = 1
		}
		s.add(q.Label, q.Count, q.Available, q.Rate, k.Centre, q.Low, q.High, outside)
	}
	return s.bytes()
}
