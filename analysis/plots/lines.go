package plots

import (
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Line is one series of points with intervals, and a curve through them.
type Line struct {
	Label     string
	Series    int
	X, Y      []float64
	Low, High []float64 // NaN draws none
	Curve     func(float64) float64
	Shown     string // formula or name of the curve, for the data file
}

// Lines are series over a common axis, each named at its right end.
type Lines struct {
	XLabel, YLabel string
	Series         []Line
	FromZero       bool
	Format         func(float64) string // of the y axis
	Note           string
}

// page is the figure, 6.9 inches wide.
func (l Lines) page() page {
	p := plot.New()
	p.BackgroundColor = nil
	lo, hi, left, right := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	most := l.most()
	for _, s := range l.Series {
		for i, x := range s.X {
			left, right = min(left, x), max(right, x)
			for _, y := range []float64{s.Y[i], s.Low[i], min(s.High[i], most)} {
				if !math.IsNaN(y) && !math.IsInf(y, 0) {
					lo, hi = min(lo, y), max(hi, y)
				}
			}
		}
	}
	if left > right || lo > hi {
		left, right, lo, hi = 0, 1, 0, 1
	}
	if l.FromZero {
		lo = min(lo, 0)
	}
	if hi == lo {
		hi = lo + 1
	}
	wide := max(right-left, 1)
	p.X.Min, p.X.Max = left-0.04*wide, right+0.24*wide
	p.Y.Min, p.Y.Max = lo, hi+0.04*(hi-lo)
	axes(p)
	p.X.Label.Text, p.Y.Label.Text = l.XLabel, l.YLabel
	p.X.Tick.Marker = upTo{ticker{}, right}
	if left == math.Trunc(left) && right-left < 16 { // trials: each its own
		var each []plot.Tick
		for x := left; x <= right; x++ {
			each = append(each, plot.Tick{Value: x, Label: fmt.Sprintf("%g", x)})
		}
		p.X.Tick.Marker = plot.ConstantTicks(each)
	}
	p.Y.Tick.Marker = ticker{format: l.Format}
	p.Add(rungs{}, lines{l})
	return render(p, width, 3.1*vg.Inch, l.Note)
}

// most is how high an interval is drawn: two and a half times the largest value; beyond it is open.
func (l Lines) most() float64 {
	top := 0.0
	for _, s := range l.Series {
		for _, y := range s.Y {
			if y > top {
				top = y
			}
		}
	}
	return 2.5 * top
}

type lines struct{ Lines }

// Plot implements plot.Plotter.
func (l lines) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	type end struct {
		line Line
		x, y vg.Length
	}
	var ends []end
	for k, s := range l.Series {
		col := Colour(s.Series)
		shift := (float64(k) - float64(len(l.Series)-1)/2) * 0.12 // so that intervals of one place do not hide each other
		for i, x := range s.X {
			if math.IsNaN(s.Y[i]) {
				continue
			}
			at := tx(x + shift)
			if !math.IsNaN(s.Low[i]) && !math.IsNaN(s.High[i]) {
				faint := col
				faint.A = 150
				c.StrokeLine2(draw.LineStyle{Color: faint, Width: 1.1}, at, ty(s.Low[i]), at, ty(min(s.High[i], l.most())))
			}
			c.DrawGlyph(draw.GlyphStyle{Color: col, Radius: 3, Shape: Glyph(s.Series)}, vg.Point{X: at, Y: ty(s.Y[i])})
		}
		last := len(s.X) - 1
		if last < 0 {
			continue
		}
		height := s.Y[last]
		if s.Curve != nil {
			var path []vg.Point
			for i := range 61 {
				x := s.X[0] + (s.X[last]-s.X[0])*float64(i)/60
				path = append(path, vg.Point{X: tx(x), Y: ty(s.Curve(x))})
			}
			c.StrokeLines(draw.LineStyle{Color: col, Width: 1.6}, path)
			height = s.Curve(s.X[last])
		}
		if !math.IsNaN(height) {
			ends = append(ends, end{s, tx(s.X[last]) + 12, ty(height)})
		}
	}
	sort.SliceStable(ends, func(i, j int) bool { return ends[i].y < ends[j].y })
	for i := range ends {
		if i > 0 && ends[i].y-ends[i-1].y < 12 {
			ends[i].y = ends[i-1].y + 12
		}
		sty := style(fontSize)
		sty.YAlign = draw.YCenter
		sty.Color = darker(Colour(ends[i].line.Series))
		c.FillText(sty, vg.Point{X: ends[i].x, Y: ends[i].y}, ends[i].line.Label)
	}
}

// rungs draws thin horizontal lines at the labelled ticks.
type rungs struct{}

// Plot implements plot.Plotter.
func (rungs) Plot(c draw.Canvas, p *plot.Plot) {
	_, ty := p.Transforms(&c)
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		if t.Label != "" {
			c.StrokeLine2(draw.LineStyle{Color: line, Width: 0.6}, c.Min.X, ty(t.Value), c.Max.X, ty(t.Value))
		}
	}
}

// CSV is one line a point.
func (l Lines) CSV() []byte {
	var out sheet
	out.add("series", "x", "y", "low", "high", "fitted")
	for _, s := range l.Series {
		for i, x := range s.X {
			fitted := math.NaN()
			if s.Curve != nil {
				fitted = s.Curve(x)
			}
			out.add(s.Label, x, s.Y[i], s.Low[i], s.High[i], fitted)
		}
	}
	return out.bytes()
}
