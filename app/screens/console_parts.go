package screens

import (
	"fmt"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pumplab/app/capture"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/studies"
	"pumplab/studies/session"
)

// timelineRow is one step of the plan: a mark, what it is, what it came to.
type timelineRow struct {
	step   studies.Step
	dot    *canvas.Rectangle
	ground *canvas.Rectangle
	what   *canvas.Text
	result *canvas.Text
	over   bool
	root   fyne.CanvasObject
}

func newTimelineRow(i int, s studies.Step) *timelineRow {
	r := &timelineRow{step: s}
	r.dot = canvas.NewRectangle(look.Of(look.Lines))
	r.dot.CornerRadius = 4
	r.dot.SetMinSize(fyne.NewSize(8, 8))
	r.ground = canvas.NewRectangle(color.Transparent)
	r.ground.CornerRadius = 4
	text := s.Task
	if s.Kind != studies.StepTask {
		text = stepTitle(s)
	}
	r.what = look.Line(text, look.Ink, look.Small, false)
	r.result = look.Number("", look.Quiet, look.Small)
	row := container.NewHBox(container.NewCenter(r.dot), r.what, layout.NewSpacer(), r.result)
	item := container.NewStack(r.ground, container.New(layout.NewCustomPaddedLayout(2, 2, 6, 12), row))
	r.root = item
	if s.Kind == studies.StepTask && s.Position == 1 {
		title := s.Design + " · " + s.Condition
		if s.Practice {
			title += " · practice"
		}
		r.root = parts.Column(0, parts.Gap(4), look.Line(title, look.Quiet, look.Small, true), item)
	}
	return r
}

// mark shows where the session is.
func (r *timelineRow) mark(i int, v session.View) {
	now := i == v.Index && v.Ended == ""
	over := i < v.Index || v.Ended != ""
	dot, ground := look.Lines, color.Color(color.Transparent)
	switch {
	case now:
		dot, ground = look.Accent, look.Of(look.Wash)
	case over:
		dot = look.Quiet
	}
	if r.over == over && !now && r.ground.FillColor == ground {
		return
	}
	r.over = over
	r.dot.FillColor, r.ground.FillColor = look.Of(dot), ground
	r.what.TextStyle.Bold = now
	r.dot.Refresh()
	r.ground.Refresh()
	r.what.Refresh()
}

// ended writes how the step ended.
func (r *timelineRow) ended(why string) {
	if why == "done" && r.step.Kind != studies.StepTask {
		why = ""
	}
	r.result.Text = why
	r.result.Refresh()
}

// eventLog are the last events, the newest at the top.
type eventLog struct {
	root  fyne.CanvasObject
	lines *fyne.Container
}

// logLines is how many events stay on the console; all are in the journal.
const logLines = 40

func newEventLog() *eventLog {
	l := &eventLog{lines: parts.Column(2)}
	l.root = container.NewVScroll(l.lines)
	return l
}

// add puts a record at the top: its time, what it was, what came of it.
func (l *eventLog) add(m Moment) {
	what, answer, role := eventWords(m)
	if what == "" {
		return
	}
	at := look.Number(seconds(m.Record.At), look.Quiet, look.Small)
	row := container.NewBorder(nil, nil, parts.Wide(at, 64), look.Line(answer, role, look.Small, role != look.Quiet),
		container.NewHBox(parts.Gap(4), look.Line(what, look.Ink, look.Small, false)))
	objects := append([]fyne.CanvasObject{row}, l.lines.Objects...)
	if len(objects) > logLines {
		objects = objects[:logLines]
	}
	l.lines.Objects = objects
}

// seconds is a time with two fixed decimals.
func seconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }

// eventWords is a record in words: what happened, what came of it, and the colour of that. Releases are left out.
func eventWords(m Moment) (what, answer string, role look.Role) {
	e := m.Event
	role = look.Quiet
	switch e.Kind {
	case studies.Pump:
		if e.Pump.Kind == "up" {
			return "", "", role
		}
		what = e.Pump.Control
	case studies.Stray:
		what, answer = e.Code, "bound to nothing"
		if e.Item != "" {
			answer = e.Item
		}
	case studies.Rate:
		what, answer = e.Item, e.Value
	case studies.Note, studies.Assist, studies.Reply:
		if e.Item == capture.TimingItem {
			return "key times", e.Value, look.Caution
		}
		if e.Item == sizeItem {
			return "size", "see above", look.Caution
		}
		what, answer = map[studies.EventKind]string{studies.Note: "note", studies.Assist: "help given", studies.Reply: "reply"}[e.Kind], e.Value
	case studies.Clock:
		return "computer's clock", e.Item, look.Caution // in words in the line at the top
	case studies.Anchor, studies.Pointer, studies.Shown:
		return "", "", role // the wall clock beside the session's, where the pointer was, when what was seen: for the data
	default:
		what = happened(e.Kind)
	}
	for _, o := range m.Record.Outputs {
		switch {
		case o.Kind == studies.Refused:
			return what, "refused: " + o.Why, look.Caution
		case o.Kind == studies.StepEnded:
			answer = "step ended: " + o.Why
		case o.Pump == nil:
		case o.Pump.Kind == "key":
			answer = string(o.Pump.Answer)
			if o.Pump.After != "" {
				answer = o.Pump.After
			}
			if o.Pump.Answer != "accepted" {
				answer, role = string(o.Pump.Answer), look.Caution
			}
		case o.Pump.Kind == "alert":
			answer, role = "alert", look.Caution
		case o.Pump.Kind == "started":
			answer, role = "infusion started", look.Fine
		}
	}
	return what, answer, role
}
