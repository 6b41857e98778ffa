package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pumplab/app/look"
)

// Table is rows of text: the first row is the head, the first column is first wide and at the left, the others share the rest,
// right-aligned as numbers are.
func Table(first float32, rows [][]string) fyne.CanvasObject {
	t := table{first: first}
	var cells []fyne.CanvasObject
	for i, row := range rows {
		t.columns = len(row)
		for j, text := range row {
			role, size := look.Ink, float32(look.Text)
			if i == 0 {
				role, size = look.Quiet, look.Small
			}
			if j == 0 {
				cells = append(cells, look.Line(text, role, size, i > 0))
				continue
			}
			cells = append(cells, look.Number(text, role, size))
		}
	}
	return container.New(t, cells...)
}

type table struct {
	first   float32
	columns int
}

const tableRow = 28

func (t table) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := (s.Width - t.first) / float32(max(1, t.columns-1))
	for i, c := range o {
		row, col := i/t.columns, i%t.columns
		x, width := float32(0), t.first
		if col > 0 {
			x, width = t.first+w*float32(col-1), w
		}
		h := c.MinSize().Height
		c.Move(fyne.NewPos(x, float32(row)*tableRow+(tableRow-h)/2))
		c.Resize(fyne.NewSize(width, h))
	}
}

func (t table) MinSize(o []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for i, c := range o {
		if i%t.columns > 0 {
			widest = max(widest, c.MinSize().Width)
		}
	}
	return fyne.NewSize(t.first+(widest+8)*float32(t.columns-1), tableRow*float32(len(o)/max(1, t.columns)))
}
