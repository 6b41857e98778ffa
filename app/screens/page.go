package screens

import (
	"fmt"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pumplab/analysis/document"
	"pumplab/app/charts"
	"pumplab/app/look"
	"pumplab/app/parts"
)

// pageWidth is the width of a report's words and figures on the screen: some seventy letters.
const pageWidth = 656

// numbering is how many tables and figures stand before a section, so that they have the numbers of the printed report.
type numbering struct{ tables, figures int }

// before counts the tables and figures of the sections before the i-th.
func before(d document.Document, i int) (n numbering) {
	for _, s := range d.Sections[:i] {
		for _, b := range s.Blocks {
			switch b.(type) {
			case document.Table:
				n.tables++
			case document.Figure:
				n.figures++
			}
		}
	}
	return n
}

// sectionPage is one section of a report as the window shows it: the same words, tables and figures.
func sectionPage(s document.Section, n numbering) fyne.CanvasObject {
	col := parts.Column(0, parts.Title(s.Title), parts.Gap(2*look.Grid))
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case document.Para:
			col.Add(column(parts.Prose(string(b), look.Ink, look.Text)))
		case document.Head:
			col.Add(parts.Gap(look.Grid))
			col.Add(parts.Bold(string(b), look.Ink))
		case document.Verdict:
			col.Add(column(verdictOf(string(b))))
		case document.Terms:
			col.Add(column(termsOf(b)))
		case document.Numbers:
			col.Add(column(numbersOf(b)))
		case document.List:
			col.Add(column(listOf(b)))
		case document.Table:
			n.tables++
			col.Add(tableOf(b, n.tables))
		case document.Figure:
			n.figures++
			col.Add(figureOf(b, n.figures))
		}
		col.Add(parts.Gap(2 * look.Grid))
	}
	return col
}

// column keeps words as narrow as they are read well.
func column(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(narrow{pageWidth}, o)
}

// narrow is a layout at most so wide.
type narrow struct{ most float32 }

func (n narrow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, c := range o {
		c.Resize(fyne.NewSize(min(n.most, s.Width), s.Height))
	}
}

func (n narrow) MinSize(o []fyne.CanvasObject) (s fyne.Size) {
	for _, c := range o {
		s = s.Max(c.MinSize())
	}
	return s
}

func verdictOf(text string) fyne.CanvasObject {
	bar := canvas.NewRectangle(look.Of(look.Accent))
	bar.SetMinSize(fyne.NewSize(4, 4))
	return container.NewBorder(nil, nil, parts.Row(0, bar, parts.Gap(2*look.Grid)), nil, parts.Strong(text))
}

func termsOf(terms document.Terms) fyne.CanvasObject {
	col := parts.Column(look.Grid)
	for _, t := range terms {
		name := container.NewVBox(parts.Wide(look.Line(t.Name, look.Ink, look.Text, true), 112))
		col.Add(container.NewBorder(nil, nil, name, nil, parts.Prose(t.Text, look.Ink, look.Text)))
	}
	return col
}

func numbersOf(numbers document.Numbers) fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for _, n := range numbers {
		bar := canvas.NewRectangle(colourOf(n.Colour))
		bar.SetMinSize(fyne.NewSize(1, 4))
		cells = append(cells, container.NewVBox(parts.Column(0, bar, parts.Gap(look.Grid), look.Line(n.Value, look.Ink, look.Title, true),
			parts.Gap(2), parts.Prose(n.Range, look.Quiet, look.Small), parts.Gap(2), parts.Prose(n.Label, look.Ink, look.Small))))
	}
	return container.New(layout.NewGridLayoutWithColumns(3), cells...)
}

// colourOf reads #RRGGBB; ink if there is none.
func colourOf(s string) color.Color {
	v, err := strconv.ParseUint(s[min(1, len(s)):], 16, 32)
	if err != nil || len(s) != 7 {
		return look.Of(look.Ink)
	}
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

func listOf(items document.List) fyne.CanvasObject {
	col := parts.Column(4)
	for _, item := range items {
		dot := container.NewVBox(parts.Wide(look.Line("•", look.Quiet, look.Text, false), 2*look.Grid))
		col.Add(container.NewBorder(nil, nil, dot, nil, parts.Prose(item, look.Ink, look.Text)))
	}
	return col
}

func tableOf(t document.Table, number int) fyne.CanvasObject {
	col := parts.Column(4, column(parts.Prose(fmt.Sprintf("Table %d. %s", number, t.Caption), look.Quiet, look.Text)), charts.NewTable(t))
	for _, n := range t.Notes {
		col.Add(column(parts.Prose(n, look.Quiet, look.Small)))
	}
	return col
}

func figureOf(f document.Figure, number int) fyne.CanvasObject {
	return parts.Column(look.Grid, charts.NewFigure(f.Picture, pageWidth),
		column(parts.Prose(fmt.Sprintf("Figure %d. %s", number, f.Caption), look.Quiet, look.Text)))
}
