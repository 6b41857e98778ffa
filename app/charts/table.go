package charts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"pumplab/analysis/document"
	"pumplab/app/look"
	"pumplab/app/parts"
)

const (
	cellGap  = 2 * look.Grid // between columns
	lineHigh = 19
	cellPad  = 5   // above and below
	widest   = 250 // a column of words breaks its lines beyond it
)

// NewTable is a report's table: its head, a line under each row, words at the left and numbers at the right of their column. It
// scrolls sideways where there is less room than its columns need.
func NewTable(t document.Table) fyne.CanvasObject {
	g := &grid{table: t, wide: make([]float32, len(t.Head))}
	for i, row := range append([][]string{t.Head}, t.Rows...) {
		line := make([][]*canvas.Text, len(t.Head))
		high := 1
		for j := range t.Head {
			cell := ""
			if j < len(row) {
				cell = row[j]
			}
			line[j] = g.cell(i, j, cell)
			high = max(high, len(line[j]))
		}
		g.lines, g.high = append(g.lines, line), append(g.high, float32(high)*lineHigh+2*cellPad)
	}
	var all []fyne.CanvasObject
	for i, line := range g.lines {
		for _, cell := range line {
			for _, text := range cell {
				all = append(all, text)
			}
		}
		rule := canvas.NewRectangle(look.Of(look.Lines))
		if i == 0 {
			rule.FillColor = look.Of(look.Quiet)
		}
		g.rules = append(g.rules, rule)
		all = append(all, rule)
	}
	return container.NewHScroll(container.New(g, all...))
}

// grid lays a table out.
type grid struct {
	table document.Table
	lines [][][]*canvas.Text // row, column, lines
	rules []*canvas.Rectangle
	wide  []float32
	high  []float32
}

func (g *grid) words(column int) bool {
	return column == 0 || g.table.Lead < 0 || column <= g.table.Lead
}

func (g *grid) cell(row, column int, text string) (out []*canvas.Text) {
	role, size := look.Ink, float32(look.Text)
	if row == 0 {
		role, size = look.Quiet, look.Small
	} else if g.table.Tight {
		size = look.Small + 1
	}
	most := float32(widest)
	switch {
	case row == 0 && g.table.Tight:
		most = 60
	case row == 0:
		most = 96
	}
	lines := []string{text}
	if row == 0 || g.words(column) {
		lines = parts.Broken(text, size, most)
	}
	for _, l := range lines {
		t := look.Line(l, role, size, false)
		if !g.words(column) {
			t.Alignment = fyne.TextAlignTrailing
		}
		g.wide[column] = max(g.wide[column], t.MinSize().Width)
		out = append(out, t)
	}
	return out
}

// Layout places the cells; room that is left over goes to the columns of words.
func (g *grid) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	spare := max(0, s.Width-g.width())
	first := min(spare, 160)
	gap := g.gap()
	if n := len(g.wide); n > 1 {
		gap += (spare - first) / float32(n-1)
	}
	y := float32(0)
	for i, line := range g.lines {
		x := float32(0)
		for j, cell := range line {
			w := g.wide[j]
			if j == 0 {
				w += first
			}
			top := y + cellPad
			if i == 0 { // heads stand on their line
				top = y + g.high[0] - cellPad - float32(len(cell))*lineHigh
			}
			for k, t := range cell {
				t.Move(fyne.NewPos(x, top+float32(k)*lineHigh))
				t.Resize(fyne.NewSize(w, lineHigh))
			}
			x += w + gap
		}
		y += g.high[i]
		g.rules[i].Move(fyne.NewPos(0, y-1))
		g.rules[i].Resize(fyne.NewSize(s.Width, 1))
	}
}

func (g *grid) gap() float32 {
	if g.table.Tight {
		return cellGap * 0.75
	}
	return cellGap
}

func (g *grid) width() float32 {
	w := float32(0)
	for _, c := range g.wide {
		w += c
	}
	return w + g.gap()*float32(max(0, len(g.wide)-1))
}

// MinSize has room for every cell.
func (g *grid) MinSize([]fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, r := range g.high {
		h += r
	}
	return fyne.NewSize(g.width(), h)
}
