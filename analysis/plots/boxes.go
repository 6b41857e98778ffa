package plots

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Box is how the values of one group lie: a thin line from the 5th to the 95th of a hundred, a thick one over the middle half, the
// median, and every value as a dot.
type Box struct {
	Group  string
	Label  string
	Gap    bool
	Series int
	Values []float64
	P5, Q1 float64
	Median float64
	Q3     float64
	P95    float64
	Text   string
}

// Boxes are distributions, one row each.
type Boxes struct {
	XLabel string
	Rows   []Box
	Log    bool
	Format func(float64) string
	Note   string
}

// page is the figure, 6.9 inches wide.
func (b Boxes) page() page {
	p := plot.New()
	p.BackgroundColor = nil
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, r := range b.Rows {
		for _, v := range r.Values {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if lo > hi {
		lo, hi = 1, 10
	}
	top := hi
	if b.Log {
		lo, hi = lo/1.08, hi*math.Pow(max(hi/lo, 1.5), 0.38)
		p.X.Scale = plot.LogScale{}
	} else {
		hi += 0.38 * max(hi-lo, 1e-9)
	}
	p.X.Min, p.X.Max = lo, hi
	p.Y.Min, p.Y.Max = -0.7, float64(len(b.Rows))-0.3
	var ticks []plot.Tick
	for i, r := range b.Rows {
		ticks = append(ticks, plot.Tick{Value: float64(len(b.Rows) - 1 - i), Label: orBlank(r.Label)})
	}
	axes(p)
	p.X.Label.Text = b.XLabel
	p.X.Tick.Marker = upTo{ticker{format: b.Format, log: b.Log}, top}
	p.Y.Tick.Marker = plot.ConstantTicks(ticks)
	p.Add(grid{}, boxes{b})
	return render(p, width, vg.Length(len(b.Rows))*0.34*vg.Inch+0.75*vg.Inch, b.Note)
}

func orBlank(s string) string {
	if s == "" {
		return " "
	}
	return s
}

type boxes struct{ Boxes }

// Plot implements plot.Plotter.
func (b boxes) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	for i, r := range b.Rows {
		if r.Gap || len(r.Values) == 0 {
			continue
		}
		y := ty(float64(len(b.Rows) - 1 - i))
		col, faint := Colour(r.Series), Colour(r.Series)
		faint.A = 60
		right := tx(slices.Max(r.Values))
		for k, v := range r.Values {
			// dots are spread by the golden ratio, evenly and the same every time
			up := (math.Mod(float64(k)*0.6180339887498949, 1) - 0.5) * 0.17
			c.DrawGlyph(draw.GlyphStyle{Color: faint, Radius: 1.3, Shape: draw.CircleGlyph{}}, vg.Point{X: tx(v), Y: y + vg.Length(up)*vg.Inch})
		}
		c.StrokeLine2(draw.LineStyle{Color: col, Width: 1}, tx(r.P5), y, tx(r.P95), y)
		c.StrokeLine2(draw.LineStyle{Color: col, Width: 5}, tx(r.Q1), y, tx(r.Q3), y)
		c.DrawGlyph(draw.GlyphStyle{Color: lighter(col, 9), Radius: 3.4, Shape: draw.CircleGlyph{}}, vg.Point{X: tx(r.Median), Y: y})
		c.DrawGlyph(draw.GlyphStyle{Color: ink, Radius: 1.8, Shape: draw.CircleGlyph{}}, vg.Point{X: tx(r.Median), Y: y})
		sty := style(fontSize)
		sty.YAlign = draw.YCenter
		onPaper(c, sty, vg.Point{X: right + 6, Y: y}, r.Text)
	}
}

// CSV is one line a value.
func (b Boxes) CSV() []byte {
	var s sheet
	s.add("group", "label", "value")
	group := ""
	for _, r := range b.Rows {
		if r.Group != "" {
			group = r.Group
		}
		for _, v := range r.Values {
			s.add(group, r.Label, v)
		}
	}
	return s.bytes()
}
