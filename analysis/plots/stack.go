package plots

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Stack is a set of horizontal bars of shares: what the tasks of each design came to. Shares that add up to less than one leave out
// a part that is named in Texts.
type Stack struct {
	XLabel string   // empty: share of measured tasks
	Texts  []string // printed right of each bar; may be nil
	Rows   []string
	Parts  []string
	Shares [][]float64 // one line a row, one column a part, in Parts' order
	Tints  []Tint      // one a part
	Note   string
}

// Tint is how one part of a stack is filled.
type Tint struct{ R, G, B uint8 }

// page is the figure, 6.9 inches wide, the parts named in a line above the bars.
func (s Stack) page() page {
	p := plot.New()
	p.BackgroundColor = nil
	top := s.top()
	p.X.Min, p.X.Max = 0, top
	if s.Texts != nil {
		p.X.Max = 1.4 * top
	}
	p.Y.Min, p.Y.Max = -0.6, float64(len(s.Rows))-0.4
	axes(p)
	p.X.Tick.Marker = upTo{ticker{format: func(v float64) string { return fmt.Sprintf("%.3g %%", 100*v) }}, top}
	p.X.Label.Text = "share of measured tasks"
	if s.XLabel != "" {
		p.X.Label.Text = s.XLabel
	}
	var ticks []plot.Tick
	for i, r := range s.Rows {
		ticks = append(ticks, plot.Tick{Value: float64(len(s.Rows) - 1 - i), Label: r})
	}
	p.Y.Tick.Marker = plot.ConstantTicks(ticks)
	p.Add(stack{s})
	p.Legend.Top = true
	p.Legend.TextStyle = style(8.5)
	height := vg.Length(len(s.Rows))*0.36*vg.Inch + vg.Length(s.lines())*0.2*vg.Inch + 0.8*vg.Inch
	p.Title.Padding = vg.Length(s.lines()) * 0.2 * vg.Inch
	p.Title.Text = " "
	p.Title.TextStyle = style(2)
	return render(p, width, height, s.Note)
}

// top is the end of the axis: one where the shares add up to it, else the longest bar.
func (s Stack) top() float64 {
	top := 0.0
	for _, shares := range s.Shares {
		sum := 0.0
		for _, x := range shares {
			sum += x
		}
		top = max(top, sum)
	}
	if top == 0 || top > 0.5 {
		return 1
	}
	return top
}

type stack struct{ Stack }

// Plot implements plot.Plotter.
func (s stack) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	half := 0.11 * vg.Inch
	for i := range s.Rows {
		y := ty(float64(len(s.Rows) - 1 - i))
		x := 0.0
		for j, share := range s.Shares[i] {
			if share <= 0 {
				continue
			}
			l, r := tx(x), tx(x+share)
			c.FillPolygon(s.colour(j), []vg.Point{{X: l, Y: y - half}, {X: r, Y: y - half}, {X: r, Y: y + half}, {X: l, Y: y + half}})
			if r-l > 26 {
				sty := style(8.5)
				sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
				sty.Color = s.contrast(j)
				c.FillText(sty, vg.Point{X: (l + r) / 2, Y: y}, s.percent(share))
			}
			x += share
		}
		if s.Texts != nil {
			sty := style(fontSize)
			sty.YAlign = draw.YCenter
			onPaper(c, sty, vg.Point{X: tx(x) + 6, Y: y}, s.Texts[i])
		}
	}
	s.key(c)
}

func (s Stack) percent(share float64) string {
	if s.top() < 0.5 {
		return fmt.Sprintf("%.1f %%", 100*share)
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}

// columns is how many names of parts stand in a line: three, or two where one of them is long.
func (s Stack) columns() int {
	for _, p := range s.Parts {
		if len(p) > 24 {
			return 2
		}
	}
	return 3
}

func (s Stack) lines() int { return (len(s.Parts) + s.columns() - 1) / s.columns() }

// key names the parts above the bars.
func (s stack) key(c draw.Canvas) {
	n, lines := s.columns(), s.lines()
	column := (c.Max.X - c.Min.X) / vg.Length(n)
	for j, name := range s.Parts {
		x := c.Min.X + vg.Length(j%n)*column
		y := c.Max.Y + vg.Length(lines-j/n)*0.19*vg.Inch - 4
		c.FillPolygon(s.colour(j), []vg.Point{{X: x, Y: y}, {X: x + 9, Y: y}, {X: x + 9, Y: y + 9}, {X: x, Y: y + 9}})
		sty := style(8.5)
		c.FillText(sty, vg.Point{X: x + 13, Y: y + 1}, name)
	}
}

func (s Stack) colour(part int) color.Color {
	t := s.Tints[part]
	return color.NRGBA{t.R, t.G, t.B, 0xFF}
}

// contrast is paper on dark tints and ink on light ones.
func (s Stack) contrast(part int) color.Color {
	t := s.Tints[part]
	if int(t.R)*299+int(t.G)*587+int(t.B)*114 > 140_000 {
		return ink
	}
	return color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
}
