package screens

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"pumplab/app/capture"
	"pumplab/app/parts"
	"pumplab/studies"
	"pumplab/studies/session"
)

// reading is the stage of a text: intro, break, end.
type reading struct {
	desk  *Desk
	goes  bool
	count *canvas.Text
	close func() // set on the last page
	root  fyne.CanvasObject
}

func newReading(desk *Desk, v session.View) *reading {
	r := &reading{desk: desk, goes: v.Ended == "" && v.Step.Kind != studies.StepEnd}
	page := parts.Column(0)
	title := v.Title
	if title == "" {
		title = map[studies.StepKind]string{studies.StepBreak: "A short break", studies.StepEnd: "Thank you"}[v.Step.Kind]
	}
	page.Add(line(title, cardInk, 30, true))
	page.Add(parts.Gap(18))
	for _, para := range paragraphs(v.Text) {
		for _, l := range parts.Broken(para, 18, 620) {
			page.Add(line(l, cardInk, 18, false))
			page.Add(parts.Gap(4))
		}
		page.Add(parts.Gap(10))
	}
	if v.Step.Kind == studies.StepBreak && v.Remain > 0 && v.Ended == "" {
		r.count = line(countdown(v.Remain), cardInk, 56, true)
		page.Add(parts.Gap(8))
		page.Add(r.count)
		page.Add(line("until it goes on by itself", cardQuiet, 14, false))
		page.Add(parts.Gap(16))
	}
	if r.goes {
		next := desk.plate("Continue", "Enter", plateMain, plateInk, r.next)
		page.Add(parts.Gap(12))
		page.Add(container.NewHBox(parts.Sized(next, fyne.NewSize(220, 52))))
	}
	if v.Ended != "" {
		back := desk.plate("Close", "Esc", platePale, cardInk, func(capture.Stamp) { r.close() })
		page.Add(parts.Gap(12))
		page.Add(container.NewHBox(parts.Sized(back, fyne.NewSize(160, 44)), inset(line("for the experimenter", cardQuiet, 12, false), 12)))
	}
	r.root = container.NewCenter(parts.Wide(sheetOf(page, 48), 720))
	return r
}

// paragraphs are parted by empty lines; in a text without any, every line is one.
func paragraphs(text string) []string {
	if !strings.Contains(text, "\n\n") {
		return strings.Split(text, "\n")
	}
	return strings.Split(text, "\n\n")
}

// countdown is a time left as minutes and seconds, rounded up.
func countdown(d time.Duration) string {
	s := int((d + time.Second - 1) / time.Second)
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

func (r *reading) object() fyne.CanvasObject { return r.root }
func (r *reading) update(session.View)       {}

func (r *reading) keyDown(name fyne.KeyName, s capture.Stamp) bool {
	if r.goes && (name == fyne.KeyReturn || name == fyne.KeyEnter || name == fyne.KeySpace) {
		r.next(s)
		return true
	}
	return false
}

func (r *reading) next(s capture.Stamp) {
	r.desk.Tell(s, studies.Event{Kind: studies.Next, Code: "Return"})
}

func (r *reading) keyUp(fyne.KeyName, capture.Stamp) {}
func (r *reading) rune(rune)                         {}
func (r *reading) leave(capture.Stamp)               {}

func (r *reading) tick(time.Duration) {
	if r.count == nil {
		return
	}
	if t := countdown(r.desk.Look().Remain); t != r.count.Text {
		r.count.Text = t
		r.count.Refresh()
	}
}
