package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bar is one count, or an empty line where Gap is true; its Label is a heading for the bars below.
type Bar struct {
	Group  string // for the data file
	Label  string
	Gap    bool
	Value  float64
	Low    float64 // interval; none is drawn unless High is above Low
	High   float64
	Series int    // colour
	Faint  int    // 0 full colour; 1, 2, 3 lighter
	Text   string // printed right of the bar
}

// Bars are horizontal bars of counts from zero, labelled directly: a funnel where each bar is part of the one above.
type Bars struct {
	XLabel string
	Rows   []Bar
	Format func(float64) string
	Note   string
}

// page is the figure, 6.9 inches wide.
func (b Bars) page() page {
	p := plot.New()
	p.BackgroundColor = nil
	top := 0.0
	var ticks []plot.Tick
	for i, r := range b.Rows {
		label := orBlank(r.Label)
		if r.Gap {
			label = " "
		}
		ticks = append(ticks, plot.Tick{Value: float64(len(b.Rows) - 1 - i), Label: label})
		top = max(top, r.Value, r.High)
	}
	if top == 0 {
		top = 1
	}
	p.X.Min, p.X.Max = 0, top*1.45
	p.Y.Min, p.Y.Max = -0.7, float64(len(b.Rows))-0.3
	axes(p)
	p.X.Label.Text = b.XLabel
	p.X.Tick.Marker = upTo{ticker{format: b.Format}, top}
	p.Y.Tick.Marker = plot.ConstantTicks(ticks)
	p.Add(grid{}, bars{b})
	return render(p, width, vg.Length(len(b.Rows))*0.24*vg.Inch+0.75*vg.Inch, b.Note)
}

type bars struct{ Bars }

// Plot implements plot.Plotter.
func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	half := 0.082 * vg.Inch
	for i, r := range b.Rows {
		if r.Gap {
			sty := style(fontSize)
			sty.Font.Weight, sty.YAlign = 3, draw.YCenter
			c.FillText(sty, vg.Point{X: c.Min.X + 2, Y: ty(float64(len(b.Rows) - 1 - i))}, r.Label)
			continue
		}
		y := ty(float64(len(b.Rows) - 1 - i))
		l, w := tx(0), tx(r.Value)
		c.FillPolygon(lighter(Colour(r.Series), r.Faint), []vg.Point{{X: l, Y: y - half}, {X: w, Y: y - half}, {X: w, Y: y + half}, {X: l, Y: y + half}})
		if r.High > r.Low {
			low, high, end := tx(r.Low), tx(r.High), 0.03*vg.Inch
			thin := draw.LineStyle{Color: ink, Width: 0.8}
			c.StrokeLine2(thin, low, y, high, y)
			c.StrokeLine2(thin, low, y-end, low, y+end)
			c.StrokeLine2(thin, high, y-end, high, y+end)
			w = max(w, high)
		}
		sty := style(fontSize)
		sty.YAlign = draw.YCenter
		onPaper(c, sty, vg.Point{X: w + 5, Y: y}, r.Text)
	}
}

// lighter mixes a colour with paper.
func lighter(c color.NRGBA, steps int) color.NRGBA {
	share := []float64{1, 0.72, 0.46, 0.28}[min(steps, 3)]
	mix := func(x uint8) uint8 { return uint8(255 - share*(255-float64(x)) + 0.5) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), 0xFF}
}

// upTo leaves the room for texts at the right without ticks.
type upTo struct {
	plot.Ticker
	top float64
}

// Ticks implements plot.Ticker.
func (u upTo) Ticks(lo, hi float64) []plot.Tick {
	var out []plot.Tick
	for _, t := range u.Ticker.Ticks(lo, hi) {
		if t.Value <= u.top*1.001 {
			out = append(out, t)
		}
	}
	return out
}

// CSV is one line a bar.
func (b Bars) CSV() []byte {
	var s sheet
	s.add("group", "label", "value", "low", "high", "text")
	for _, r := range b.Rows {
		if !r.Gap {
			low, high := math.NaN(), math.NaN()
			if r.High > r.Low {
				low, high = r.Low, r.High
			}
			s.add(r.Group, r.Label, r.Value, low, high, r.Text)
		}
	}
	return s.bytes()
}
