package plots

import (
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Stage is one box of a flow, with what left the flow before the next one.
type Stage struct {
	Lines []string // the first is bold
	Count int
	Left  []string // lines of the box at the side; none draws none
}

// Flow is a chain of boxes from top to bottom with boxes at the side for what left it, as CONSORT draws the flow of people.
type Flow struct {
	Stages []Stage
	Note   string
}

const (
	flowLine = 0.175 * vg.Inch
	flowPad  = 0.09 * vg.Inch
	flowGap  = 0.26 * vg.Inch
)

func boxHeight(lines int) vg.Length { return vg.Length(lines)*flowLine + 2*flowPad }

// page is the figure, 6.9 inches wide.
func (f Flow) page() page {
	h := 0.1 * vg.Inch
	for i, s := range f.Stages {
		h += boxHeight(len(s.Lines))
		if i+1 < len(f.Stages) {
			h += f.gap(s)
		}
	}
	if f.Note != "" {
		h += 0.25 * vg.Inch
	}
	return page{width, h, f.paint}
}

func (f Flow) paint(c draw.Canvas) {
	left, right := 0.05*vg.Inch, 3.5*vg.Inch
	y := c.Max.Y - 0.05*vg.Inch
	for i, s := range f.Stages {
		bottom := y - boxHeight(len(s.Lines))
		flowBox(c, left, right, bottom, y, s.Lines, true)
		y = bottom
		if i+1 == len(f.Stages) {
			break
		}
		middle, next := (left+right)/2, y-f.gap(s)
		arrow(c, vg.Point{X: middle, Y: y}, vg.Point{X: middle, Y: next})
		if len(s.Left) > 0 {
			half := boxHeight(len(s.Left)) / 2
			centre := (y + next) / 2
			arrow(c, vg.Point{X: middle, Y: centre}, vg.Point{X: 3.85 * vg.Inch, Y: centre})
			flowBox(c, 3.85*vg.Inch, 6.85*vg.Inch, centre-half, centre+half, s.Left, false)
		}
		y = next
	}
	if f.Note != "" {
		sty := style(8)
		sty.Color, sty.XAlign = quiet, draw.XRight
		c.FillText(sty, vg.Point{X: c.Max.X - 2, Y: c.Min.Y + 4}, f.Note)
	}
}

// gap is the room below a stage: enough for the box at the side.
func (f Flow) gap(s Stage) vg.Length {
	if len(s.Left) == 0 {
		return flowGap
	}
	return max(flowGap, boxHeight(len(s.Left))+0.12*vg.Inch)
}

func flowBox(c draw.Canvas, left, right, bottom, top vg.Length, lines []string, bold bool) {
	edge := draw.LineStyle{Color: quiet, Width: 0.9}
	if !bold {
		edge.Color = line
	}
	c.StrokeLines(edge, []vg.Point{{X: left, Y: bottom}, {X: right, Y: bottom}, {X: right, Y: top}, {X: left, Y: top}, {X: left, Y: bottom}})
	for i, text := range lines {
		sty := style(fontSize)
		if i == 0 && bold {
			sty.Font.Weight = 3 // bold
		}
		if !bold {
			sty.Color = quiet
		}
		c.FillText(sty, vg.Point{X: left + 8, Y: top - flowPad - vg.Length(i+1)*flowLine + 4}, text)
	}
}

func arrow(c draw.Canvas, from, to vg.Point) {
	c.StrokeLine2(draw.LineStyle{Color: quiet, Width: 0.9}, from.X, from.Y, to.X, to.Y)
	const size = 4
	if from.X == to.X {
		c.FillPolygon(quiet, []vg.Point{to, {X: to.X - size/2 - 1, Y: to.Y + size + 2}, {X: to.X + size/2 + 1, Y: to.Y + size + 2}})
		return
	}
	c.FillPolygon(quiet, []vg.Point{to, {X: to.X - size - 2, Y: to.Y - size/2 - 1}, {X: to.X - size - 2, Y: to.Y + size/2 + 1}})
}

// CSV is one line a box.
func (f Flow) CSV() []byte {
	var s sheet
	s.add("stage", "count", "left")
	for _, x := range f.Stages {
		s.add(strings.Join(x.Lines, "; "), x.Count, strings.Join(x.Left, "; "))
	}
	return s.bytes()
}
