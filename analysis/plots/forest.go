package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Row is one estimate of a forest plot, or an empty line where Gap is true; its Label is a heading for the rows below.
type Row struct {
	Group     string // for the data file: what this row and the ones below belong to; empty: as the row above
	Label     string
	Gap       bool
	Value     float64
	Low, High float64   // interval; NaN draws none
	Series    int       // colour and marker
	Text      string    // printed right of the interval: the estimate in words
	Points    []float64 // single observations behind the estimate, drawn small
}

// Forest is a forest plot: one row an estimate with its interval.
type Forest struct {
	XLabel    string
	Rows      []Row
	Log       bool                 // logarithmic axis (times, ratios)
	FromZero  bool                 // rates
	Zero      bool                 // differences: a line at zero
	Margins   []float64            // dashed lines with the word margin
	Reference float64              // a vertical line; NaN or 0 draws none
	Format    func(float64) string // axis labels; nil prints %g
	Note      string               // how many people and tasks
}

const (
	width     = 6.9 * vg.Inch
	rowHeight = 0.27 * vg.Inch
	fontSize  = vg.Length(9.5)
)

func style(size vg.Length) text.Style {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	return text.Style{Color: ink, Font: f, Handler: plot.DefaultTextHandler}
}

// page is the figure, 6.9 inches wide.
func (f Forest) page() page {
	p := plot.New()
	p.BackgroundColor = nil
	lo, hi := f.span()
	p.X.Min, p.X.Max = lo, hi
	p.Y.Min, p.Y.Max = -0.7, float64(len(f.Rows))-0.3
	axes(p)
	p.X.Label.Text = f.XLabel
	if f.Log {
		p.X.Scale = plot.LogScale{}
		p.X.Tick.Marker = ticker{format: f.Format, log: true}
	} else {
		p.X.Tick.Marker = ticker{format: f.Format}
	}
	p.Y.Tick.Marker = plot.ConstantTicks(f.labels())
	p.Add(grid{}, forest{f})
	height := vg.Length(len(f.Rows))*rowHeight + 0.75*vg.Inch
	return render(p, width, height, f.Note)
}

// labels are the row labels as ticks, the first row on top.
func (f Forest) labels() []plot.Tick {
	var out []plot.Tick
	for i, r := range f.Rows {
		label := orBlank(r.Label)
		if r.Gap {
			label = " "
		}
		out = append(out, plot.Tick{Value: f.y(i), Label: label})
	}
	return out
}

func (f Forest) y(row int) float64 { return float64(len(f.Rows) - 1 - row) }

// span is the range of the axis: everything drawn, room for the texts at the right, zero where asked.
func (f Forest) span() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	see := func(x float64) {
		if !math.IsNaN(x) && !math.IsInf(x, 0) && (x > 0 || !f.Log) {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	for _, r := range f.Rows {
		if r.Gap {
			continue
		}
		see(r.Value)
		low, high := f.within(r)
		see(low)
		see(high)
		for _, p := range r.Points {
			see(p)
		}
	}
	for _, m := range f.Margins {
		see(m)
	}
	if f.Zero {
		see(0)
	}
	if f.Reference != 0 {
		see(f.Reference)
	}
	if lo > hi {
		if f.Log {
			return 1, 10
		}
		return 0, 1
	}
	if f.Log {
		return lo / 1.08, hi * math.Pow(hi/lo, 0.35)
	}
	if f.FromZero {
		lo = min(lo, 0)
	}
	if hi == lo {
		hi = lo + 1
	}
	pad := (hi - lo) * 0.32
	if f.FromZero {
		return lo, hi + pad
	}
	return lo - (hi-lo)*0.04, hi + pad
}

// within is a row's interval as far as it is drawn: on a logarithmic axis no further than a hundredfold from the estimate, so that
// an interval that says nothing does not squeeze the others; its end is then open.
func (f Forest) within(r Row) (low, high float64) {
	if !f.Log {
		return r.Low, r.High
	}
	return max(r.Low, r.Value/100), min(r.High, r.Value*100)
}

// forest draws the rows.
type forest struct{ Forest }

// Plot implements plot.Plotter.
func (f forest) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	if f.Reference != 0 && !math.IsNaN(f.Reference) {
		dashed := draw.LineStyle{Color: quiet, Width: 0.8, Dashes: []vg.Length{3, 2}}
		c.StrokeLine2(dashed, tx(f.Reference), c.Min.Y, tx(f.Reference), c.Max.Y)
	}
	if f.Zero {
		c.StrokeLine2(draw.LineStyle{Color: quiet, Width: 0.9}, tx(0), c.Min.Y, tx(0), c.Max.Y)
	}
	for _, m := range f.Margins {
		c.StrokeLine2(draw.LineStyle{Color: alert, Width: 0.9, Dashes: []vg.Length{4, 2}}, tx(m), c.Min.Y, tx(m), c.Max.Y)
		sty := style(8)
		sty.Color, sty.XAlign = alert, draw.XCenter
		c.FillText(sty, vg.Point{X: tx(m), Y: c.Max.Y - 8}, "margin")
	}
	for i, r := range f.Rows {
		if r.Gap {
			sty := style(fontSize)
			sty.Font.Weight, sty.YAlign = 3, draw.YCenter
			c.FillText(sty, vg.Point{X: c.Min.X + 2, Y: ty(f.y(i))}, r.Label)
			continue
		}
		y := ty(f.y(i))
		if math.IsNaN(r.Value) || math.IsInf(r.Value, 0) || f.Log && r.Value <= 0 {
			sty := style(fontSize)
			sty.Color, sty.YAlign = quiet, draw.YCenter
			onPaper(c, sty, vg.Point{X: c.Min.X + 6, Y: y}, "no data")
			continue
		}
		col := Colour(r.Series)
		for _, x := range r.Points {
			faint := col
			faint.A = 70
			c.DrawGlyph(draw.GlyphStyle{Color: faint, Radius: 1.6, Shape: draw.CircleGlyph{}}, vg.Point{X: tx(x), Y: y})
		}
		right := tx(r.Value)
		if !math.IsNaN(r.Low) && !math.IsNaN(r.High) {
			low, high := f.within(r)
			c.StrokeLine2(draw.LineStyle{Color: col, Width: 2}, tx(low), y, tx(high), y)
			right = tx(high)
		}
		for _, x := range r.Points {
			right = max(right, tx(x))
		}
		c.DrawGlyph(draw.GlyphStyle{Color: col, Radius: 4, Shape: Glyph(r.Series)}, vg.Point{X: tx(r.Value), Y: y})
		sty := style(fontSize)
		sty.YAlign = draw.YCenter
		onPaper(c, sty, vg.Point{X: right + 6, Y: y}, r.Text)
	}
}

// onPaper writes a text with paper behind it, so that lines do not cross it.
func onPaper(c draw.Canvas, sty text.Style, at vg.Point, words string) {
	if words == "" {
		return
	}
	w, h := sty.Width(words), sty.Font.Size*0.62
	c.FillPolygon(color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}, []vg.Point{{X: at.X - 1, Y: at.Y - h}, {X: at.X + w + 1, Y: at.Y - h}, {X: at.X + w + 1, Y: at.Y + h}, {X: at.X - 1, Y: at.Y + h}})
	c.FillText(sty, at, words)
}

// grid draws thin vertical lines at the labelled ticks.
type grid struct{}

// Plot implements plot.Plotter.
func (grid) Plot(c draw.Canvas, p *plot.Plot) {
	tx, _ := p.Transforms(&c)
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		if t.Label != "" {
			c.StrokeLine2(draw.LineStyle{Color: line, Width: 0.6}, tx(t.Value), c.Min.Y, tx(t.Value), c.Max.Y)
		}
	}
}

// axes gives both axes the house style: no box, quiet labels.
func axes(p *plot.Plot) {
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.LineStyle.Width = 0
		a.Tick.LineStyle.Width = 0
		a.Tick.Length = 2
		a.Tick.Label.Font = style(fontSize).Font
		a.Tick.Label.Color = ink
		a.Label.TextStyle.Font = style(fontSize).Font
		a.Label.TextStyle.Color = quiet
		a.Padding = 4
	}
	p.Y.Padding = 12
}
