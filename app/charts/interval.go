// Package charts provides figures as Fyne objects.
package charts

import (
	"image/color"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/look"
)

// Row is one estimate with its interval, labelled directly.
type Row struct {
	Label, Below string // below the label, smaller: n
	Value        string // the estimate in words, at the right
	Estimate     float64
	Low, High    float64
	Colour       color.Color
	Marker       look.Marker
	Minor        bool // a part of the row above: thinner, indented
}

// Intervals is a chart of estimates with intervals on one axis that begins at zero.
type Intervals struct {
	widget.BaseWidget
	rows []Row
	axis string
	max  float64
	tick func(float64) string
}

// NewIntervals is a chart of rows; axis says what is measured, tick writes a value of the axis.
func NewIntervals(rows []Row, axis string, tick func(float64) string) *Intervals {
	c := &Intervals{rows: rows, axis: axis, tick: tick}
	for _, r := range rows {
		c.max = math.Max(c.max, math.Max(r.High, r.Estimate))
	}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer builds the picture.
func (c *Intervals) CreateRenderer() fyne.WidgetRenderer { return newIntervalLook(c) }

const (
	rowHeight   = 44
	minorHeight = 26
	labelWidth  = 170
	valueWidth  = 140
	axisHeight  = 44
)

type intervalLook struct {
	c      *Intervals
	ticks  []float64
	grid   []*canvas.Line
	marks  []*canvas.Text
	title  *canvas.Text
	labels []*canvas.Text
	below  []*canvas.Text
	values []*canvas.Text
	lines  []*canvas.Line
	ends   [][2]*canvas.Line
	points []fyne.CanvasObject
	all    []fyne.CanvasObject
}

func newIntervalLook(c *Intervals) *intervalLook {
	l := &intervalLook{c: c, ticks: niceTicks(c.max)}
	add := func(o fyne.CanvasObject) { l.all = append(l.all, o) }
	for i, t := range l.ticks {
		g := canvas.NewLine(look.Of(look.Lines))
		g.StrokeWidth = 1
		if i == 0 {
			g.StrokeColor = look.Of(look.Quiet)
		}
		m := look.Line(c.tick(t), look.Quiet, look.Small, false)
		m.Alignment = fyne.TextAlignCenter
		l.grid, l.marks = append(l.grid, g), append(l.marks, m)
		add(g)
		add(m)
	}
	l.title = look.Line(c.axis, look.Quiet, look.Small, false)
	l.title.Alignment = fyne.TextAlignCenter
	add(l.title)
	for _, r := range c.rows {
		size, w := float32(look.Text), float32(3)
		if r.Minor {
			size, w = look.Small, 1.5
		}
		label, below := look.Line(r.Label, look.Ink, size, !r.Minor), look.Line(r.Below, look.Quiet, look.Small, false)
		if r.Minor {
			label.Color = look.Of(look.Quiet)
		}
		value := look.Number(r.Value, look.Ink, size)
		line := canvas.NewLine(r.Colour)
		line.StrokeWidth = w
		ends := [2]*canvas.Line{canvas.NewLine(r.Colour), canvas.NewLine(r.Colour)}
		ends[0].StrokeWidth, ends[1].StrokeWidth = w, w
		point := markerOf(r.Marker, r.Colour)
		l.labels, l.below, l.values = append(l.labels, label), append(l.below, below), append(l.values, value)
		l.lines, l.ends, l.points = append(l.lines, line), append(l.ends, ends), append(l.points, point)
		for _, o := range []fyne.CanvasObject{label, below, value, line, ends[0], ends[1], point} {
			add(o)
		}
	}
	return l
}

// niceTicks are three to six round values from zero to at least max.
func niceTicks(max float64) []float64 {
	if max <= 0 || math.IsNaN(max) || math.IsInf(max, 0) {
		max = 1
	}
	step := math.Pow(10, math.Floor(math.Log10(max)))
	for _, f := range []float64{0.1, 0.2, 0.25, 0.5, 1, 2} {
		if max/(step*f) <= 5 {
			step *= f
			break
		}
	}
	var out []float64
	for i := 0; ; i++ {
		v := float64(i) * step
		out = append(out, v)
		if v >= max*0.999 {
			return out
		}
	}
}

// markerOf is a design's shape.
func markerOf(m look.Marker, c color.Color) fyne.CanvasObject {
	polygon := func(sides uint, angle float32) fyne.CanvasObject {
		p := canvas.NewPolygon(sides, c)
		p.Angle = angle
		return p
	}
	switch m {
	case look.Square:
		return canvas.NewRectangle(c)
	case look.Triangle:
		return polygon(3, 0)
	case look.Diamond:
		return polygon(4, 0)
	case look.Pentagon:
		return polygon(5, 0)
	case look.Hexagon:
		return polygon(6, 0)
	case look.Ring:
		r := canvas.NewCircle(color.Transparent)
		r.StrokeColor, r.StrokeWidth = c, 3
		return r
	}
	return canvas.NewCircle(c)
}

func (l *intervalLook) height(i int) float32 {
	if l.c.rows[i].Minor {
		return minorHeight
	}
	return rowHeight
}

// Layout places labels at the left, values at the right, the axis between.
func (l *intervalLook) Layout(size fyne.Size) {
	x0, w := float32(labelWidth), size.Width-labelWidth-valueWidth
	top := l.ticks[len(l.ticks)-1]
	at := func(v float64) float32 { return x0 + w*float32(v/top) }
	y := float32(4)
	for i, r := range l.c.rows {
		h := l.height(i)
		mid := y + h/2
		indent := float32(0)
		if r.Minor {
			indent = 16
		}
		ly := mid - 10
		if r.Below != "" {
			ly = mid - 18
		}
		place(l.labels[i], indent, ly, labelWidth-indent-8, 20)
		place(l.below[i], indent, mid+1, labelWidth-8, 16)
		place(l.values[i], size.Width-valueWidth, mid-10, valueWidth, 20)
		a, b := at(math.Max(0, r.Low)), at(math.Min(r.High, top))
		span(l.lines[i], a, mid, b, mid)
		cap := float32(5)
		if r.Minor {
			cap = 3
		}
		span(l.ends[i][0], a, mid-cap, a, mid+cap)
		span(l.ends[i][1], b, mid-cap, b, mid+cap)
		d := float32(15)
		if r.Minor {
			d = 9
		}
		place(l.points[i], at(r.Estimate)-d/2, mid-d/2, d, d)
		y += h
	}
	for i, t := range l.ticks {
		span(l.grid[i], at(t), 0, at(t), y+4)
		place(l.marks[i], at(t)-40, y+6, 80, 16)
	}
	place(l.title, x0, y+24, w, 16)
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

func span(l *canvas.Line, x1, y1, x2, y2 float32) {
	l.Position1, l.Position2 = fyne.NewPos(x1, y1), fyne.NewPos(x2, y2)
}

// MinSize has room for every row.
func (l *intervalLook) MinSize() fyne.Size {
	h := float32(axisHeight)
	for i := range l.c.rows {
		h += l.height(i)
	}
	return fyne.NewSize(labelWidth+valueWidth+200, h)
}

// Refresh draws it anew.
func (l *intervalLook) Refresh() {
	for _, o := range l.all {
		o.Refresh()
	}
}

// Objects are all parts.
func (l *intervalLook) Objects() []fyne.CanvasObject { return l.all }

// Destroy has nothing to free.
func (l *intervalLook) Destroy() {}

// Percent writes a share as a percentage, with decimals only where there are some.
func Percent(v float64) string {
	return strconv.FormatFloat(math.Round(10000*v)/100, 'f', -1, 64) + " %"
}
