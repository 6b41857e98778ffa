package parts

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/capture"
	"pumplab/app/look"
)

// Work shows a progress bar and a cancel button over a window while long work runs elsewhere. done runs on the window's
// goroutine when the work has ended, with its error.
func Work(over fyne.Canvas, title string, work func(ctx context.Context, report func(float64, string)) error, done func(error)) {
	what := look.Line("", look.Quiet, look.Text, false)
	bar := widget.NewProgressBar()
	var stop func()
	cancel := widget.NewButton("Cancel", nil)
	box := Column(2*look.Grid, look.Line(title, look.Ink, look.Heading, true), bar, what,
		container.NewHBox(layout.NewSpacer(), cancel))
	pop := widget.NewModalPopUp(Wide(Inset(box, 2*look.Grid), 480), over)
	cancel.OnTapped = func() {
		stop()
		cancel.Disable()
		what.Text = "Cancelling …"
		what.Refresh()
	}
	pop.Show()
	stop = capture.Work(work, func(share float64, text string) {
		bar.SetValue(share)
		what.Text = text
		what.Refresh()
	}, func(err error) {
		pop.Hide()
		done(err)
	})
}

// Tell shows a sentence over a window, with a button that closes it. More may hold the details of many problems.
func Tell(over fyne.Canvas, title, sentence string) {
	Choose(over, title, sentence, Choice{Text: "Close"})
}

// Choice is one answer to a question.
type Choice struct {
	Text string
	Do   func() // nil: it only closes
}

// Choose shows a sentence over a window with a button for each choice; the first is the one that does no harm and has the keyboard.
func Choose(over fyne.Canvas, title, sentence string, choices ...Choice) {
	text := Prose(sentence, look.Ink, look.Text)
	lines := 0
	for _, l := range strings.Split(sentence, "\n") {
		lines += max(1, len(Broken(l, look.Text, 530)))
	}
	var pop *widget.PopUp
	row := container.NewHBox(layout.NewSpacer())
	var first *widget.Button
	for i, c := range choices {
		b := widget.NewButton(c.Text, func() {
			pop.Hide()
			if c.Do != nil {
				c.Do()
			}
		})
		if i == 0 {
			b.Importance, first = widget.HighImportance, b
		}
		row.Objects = slices.Insert(row.Objects, 1, fyne.CanvasObject(b)) // the first at the right end
	}
	body := container.NewVScroll(text)
	body.SetMinSize(fyne.NewSize(560, min(360, float32(lines)*24+16)))
	sign := canvas.NewText("!", look.Of(look.Caution))
	sign.TextSize, sign.TextStyle.Bold = look.Title, true
	box := container.NewBorder(container.NewHBox(sign, Gap(8), look.Line(title, look.Ink, look.Heading, true)),
		row, nil, nil, container.New(layout.NewCustomPaddedLayout(2*look.Grid, 2*look.Grid, 0, 0), body))
	pop = widget.NewModalPopUp(Inset(box, 2*look.Grid), over)
	pop.Show()
	over.Focus(first)
}
