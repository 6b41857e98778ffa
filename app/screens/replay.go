package screens

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/pumpmodel/design"
	"pumplab/studies"
	"pumplab/studies/session"
)

// Film is a recorded session, computed again.
type Film interface {
	Plan() studies.Plan
	Designs() map[string]*design.Design
	Count() int                         // of moments, the session's beginning first
	Moment(i int) Moment                // right after the i-th record
	At(i int) time.Duration             // when that was
	Last(at time.Duration) int          // the last moment not after a time
	Look(at time.Duration) session.View // the screen at a time, between records too
	Length() time.Duration
	Outcome(step int) (studies.Outcome, bool) // what a task came to, if it was judged
}

// speeds are how fast a replay runs, against the session.
var speeds = []string{"½×", "1×", "2×", "4×", "16×"}

var factors = map[string]float64{"½×": 0.5, "1×": 1, "2×": 2, "4×": 4, "16×": 16}

// Replay shows a recorded session again: at the left the plan, in the middle what the participant saw, at the right what happened,
// below the time.
type Replay struct {
	Free func() // gives the keyboard back after the pointer was used; may be nil

	film Film
	root fyne.CanvasObject
	back func()

	at      time.Duration
	playing bool
	factor  float64
	turned  time.Duration // clock time up to which playing has come
	clock   Clock

	time, task, state *canvas.Text
	rows              []*timelineRow
	timeline          *container.Scroll
	copy              *screenCopy
	lines             []filmLine
	events            *widget.List
	chosen            int
	slider            *widget.Slider
	play              *widget.Button
	sliding           bool // the slider is being set, not moved by a person
}

// filmLine is one record in the list of events.
type filmLine struct {
	moment       int
	at           time.Duration
	what, answer string
	role         look.Role
}

// NewReplay shows a film from its beginning; back leaves it.
func NewReplay(f Film, clock Clock, back func()) *Replay {
	r := &Replay{film: f, back: back, clock: clock, factor: 1, chosen: -1}
	for i := range f.Count() {
		m := f.Moment(i)
		if m.Record == nil {
			continue
		}
		if what, answer, role := eventWords(m); what != "" {
			r.lines = append(r.lines, filmLine{i, f.At(i), what, answer, role})
		}
	}
	r.time = look.Line("", look.Ink, look.Heading, true)
	r.task = look.Line("", look.Ink, look.Strong, false)
	r.state = look.Line("", look.Quiet, look.Strong, false)
	r.copy = newScreenCopy(f.Designs())
	r.root = container.NewBorder(r.top(), r.bottom(), r.left(), r.right(),
		parts.Inset(container.NewBorder(heading("The participant saw"), nil, nil, nil, r.copy.root), 2*look.Grid))
	r.ends()
	r.Seek(0)
	return r
}

// Object is what goes into the window.
func (r *Replay) Object() fyne.CanvasObject { return r.root }

func (r *Replay) top() fyne.CanvasObject {
	who := look.Line(r.film.Plan().Participant, look.Accent, look.Heading, true)
	row := container.NewHBox(r.time, parts.Gap(16), who, parts.Gap(16), r.task, layout.NewSpacer(), r.state, parts.Gap(16),
		widget.NewButton("Back to the sessions", r.back))
	return container.NewBorder(nil, parts.Rule(), nil, nil, parts.Inset(row, 2*look.Grid))
}

// left is the plan; tapping a step goes to its beginning.
func (r *Replay) left() fyne.CanvasObject {
	list := parts.Column(0)
	for i, s := range r.film.Plan().Steps {
		row := newTimelineRow(i, s)
		r.rows = append(r.rows, row)
		list.Add(newTap(row.root, func() { r.Step(i) }))
	}
	r.timeline = container.NewVScroll(list)
	return parts.Wide(container.NewBorder(nil, nil, nil, parts.Rule(), parts.Inset(
		container.NewBorder(heading("Plan"), nil, nil, nil, r.timeline), 2*look.Grid)), 300)
}

// right are the events; choosing one goes to right after it.
func (r *Replay) right() fyne.CanvasObject {
	r.events = widget.NewList(func() int { return len(r.lines) }, func() fyne.CanvasObject {
		return container.NewBorder(nil, nil, parts.Wide(look.Number("0000.00", look.Quiet, look.Small), 64), look.Line("", look.Quiet, look.Small, false),
			look.Line("", look.Ink, look.Small, false))
	}, func(i widget.ListItemID, o fyne.CanvasObject) {
		l, box := r.lines[i], o.(*fyne.Container)
		set := func(o fyne.CanvasObject, text string, role look.Role, bold bool) {
			t := o.(*canvas.Text)
			t.Text, t.Color, t.TextStyle.Bold = text, look.Of(role), bold
			t.Refresh()
		}
		set(box.Objects[0], l.what, look.Ink, i == r.chosen)
		set(box.Objects[1].(*fyne.Container).Objects[1], seconds(l.at), look.Quiet, false)
		set(box.Objects[2], l.answer, l.role, l.role != look.Quiet)
	})
	r.events.OnSelected = func(i widget.ListItemID) {
		if i != r.chosen {
			r.pause()
			r.Seek(r.lines[i].at)
		}
		r.free()
	}
	return parts.Wide(container.NewBorder(nil, nil, parts.Rule(), nil, parts.Inset(
		container.NewBorder(heading("Events"), nil, nil, nil, r.events), 2*look.Grid)), 380)
}

func (r *Replay) bottom() fyne.CanvasObject {
	r.slider = widget.NewSlider(0, max(1, r.film.Length().Seconds()))
	r.slider.Step = 0.01
	r.slider.OnChanged = func(v float64) {
		if !r.sliding {
			r.pause()
			r.Seek(time.Duration(v * float64(time.Second)))
		}
	}
	r.slider.OnChangeEnded = func(float64) { r.free() }
	r.play = widget.NewButtonWithIcon("Play  Space", theme.MediaPlayIcon(), r.toggle)
	r.play.Importance = widget.HighImportance
	speed := widget.NewRadioGroup(speeds, func(s string) { r.factor = factors[s] })
	speed.Horizontal, speed.Required = true, true
	speed.Selected = "1×"
	key := func(text string, icon fyne.Resource, act func()) *widget.Button {
		return widget.NewButtonWithIcon(text, icon, act)
	}
	row := container.NewHBox(r.play,
		key("Task  Page Up", theme.MediaSkipPreviousIcon(), func() { r.leapTask(-1) }),
		key("Event  Left", theme.MediaFastRewindIcon(), func() { r.leap(-1) }),
		key("Event  Right", theme.MediaFastForwardIcon(), func() { r.leap(1) }),
		key("Task  Page Down", theme.MediaSkipNextIcon(), func() { r.leapTask(1) }),
		layout.NewSpacer(), speed)
	return container.NewBorder(parts.Rule(), nil, nil, nil, parts.Inset(parts.Column(look.Grid, container.NewStack(container.New(track{}, canvas.NewRectangle(look.Of(look.Lines))), r.slider), row), 2*look.Grid))
}

// ends writes beside each step how it ended, beside each task what it came to.
func (r *Replay) ends() {
	for i := range r.film.Count() {
		m := r.film.Moment(i)
		if m.Record == nil {
			continue
		}
		for _, o := range m.Record.Outputs {
			if o.Kind == studies.StepEnded && o.Step < len(r.rows) {
				r.rows[o.Step].ended(o.Why)
			}
		}
	}
	for i, row := range r.rows {
		if o, ok := r.film.Outcome(i); ok {
			role := look.Quiet
			if o.Error() {
				role = look.Critical
			}
			row.ended(string(o))
			row.result.Color, row.result.TextStyle.Bold = look.Of(role), o.Error()
		}
	}
}

// Seek shows the session at a time since its start.
func (r *Replay) Seek(at time.Duration) {
	r.at = min(max(at, 0), r.film.Length())
	v := r.film.Look(r.at)
	step := r.copy.step
	r.copy.show(v)
	r.copy.tick(r.at)
	r.time.Text = fmt.Sprintf("%s.%02d", clockText(r.at), r.at/(10*time.Millisecond)%100)
	r.time.Refresh()
	r.task.Text = fmt.Sprintf("Step %d of %d · %s", v.Index+1, v.Count, stepTitle(v.Step))
	r.task.Refresh()
	r.state.Text = stateWords(v)
	r.state.Refresh()
	for i, row := range r.rows {
		row.mark(i, v)
	}
	if step != v.Index && v.Index < len(r.rows) {
		r.timeline.ScrollToOffset(fyne.NewPos(0, max(0, r.rows[v.Index].root.Position().Y-160)))
	}
	r.sliding = true
	r.slider.SetValue(r.at.Seconds())
	r.sliding = false
	r.choose()
}

// choose marks the last event that has happened.
func (r *Replay) choose() {
	last := r.film.Last(r.at)
	n := -1
	for i, l := range r.lines {
		if l.moment > last {
			break
		}
		n = i
	}
	if n == r.chosen {
		return
	}
	r.chosen = n
	if n < 0 {
		r.events.UnselectAll()
		r.events.ScrollToTop()
		return
	}
	r.events.ScrollTo(min(len(r.lines)-1, n+8)) // what came before and comes after is seen too
	r.events.ScrollTo(max(0, n-8))
	r.events.Select(n)
	r.events.Refresh()
}

// Step goes to the beginning of a step.
func (r *Replay) Step(step int) {
	r.pause()
	for i := range r.film.Count() {
		if m := r.film.Moment(i); m.View.Index >= step {
			r.Seek(r.film.At(i))
			return
		}
	}
}
