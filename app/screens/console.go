package screens

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/capture"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/pumpmodel/design"
	"pumplab/studies"
	"pumplab/studies/session"
)

// Console is the experimenter's window: what happens, as it happens, and the few things an experimenter may do. Closing it does
// not end the session.
type Console struct {
	desk    *Desk
	designs map[string]*design.Design
	plan    studies.Plan
	root    fyne.CanvasObject

	clock, task, state *canvas.Text
	rows               []*timelineRow
	timeline           *container.Scroll
	events             *eventLog
	copy               *screenCopy
	pause              *deed
	deeds              []*deed
	entry              *noteEntry
	warnings           map[string]string // by design: what was said last about its size
	warning            *canvas.Text
	warned             *fyne.Container
	clocked            string      // what last happened to the computer's clocks, and …
	clockedStep        int         // … in which step
	canvas             fyne.Canvas // of the window it is in; nil while it is in none
	held               bool
	ended              bool

	waiting []Moment // heard and not drawn yet
	heard   time.Duration
	drawn   time.Duration
}

// drawEvery is how often the console is drawn at most: its paint must not delay the participant's.
const drawEvery = 250 * time.Millisecond

// between reports whether a person who types may press the next key any moment. The console takes as long to draw as a frame, so it is
// drawn right after a key, or when no key has come for a while, or when it has waited for a second.
func (c *Console) between(now time.Duration) bool {
	since := now - c.heard
	return since > 40*time.Millisecond && since < 600*time.Millisecond && now-c.drawn < time.Second
}

// NewConsole is the console of a session; code is the participant's.
func NewConsole(desk *Desk, designs map[string]*design.Design, plan studies.Plan) *Console {
	c := &Console{desk: desk, designs: designs, plan: plan, warnings: map[string]string{}}
	c.clock = look.Line("0:00:00", look.Ink, look.Heading, true)
	c.task = look.Line("", look.Ink, look.Strong, false)
	c.state = look.Line("", look.Quiet, look.Strong, false)
	c.events = newEventLog()
	c.copy = newScreenCopy(designs)
	paper := canvas.NewRectangle(look.Light().Color(theme.ColorNameBackground, theme.VariantLight)) // the session's ground is the participant's
	c.root = container.NewStack(paper, container.NewBorder(c.top(), c.bottom(), c.left(), c.right(), c.middle()))
	desk.Watch(func(m Moment) { c.waiting, c.heard = append(c.waiting, m), m.At })
	c.flush()
	return c
}

// Object is what goes into the window.
func (c *Console) Object() fyne.CanvasObject { return c.root }

// Listen gives each action its key, wherever the focus is in that window.
func (c *Console) Listen(w fyne.Canvas) {
	c.canvas = w
	w.SetOnTypedKey(func(e *fyne.KeyEvent) { c.key(e.Name) })
}

// help shows what the keys do.
func (c *Console) help() {
	if c.canvas != nil {
		Help(c.canvas)
	}
}

func (c *Console) top() fyne.CanvasObject {
	who := look.Line(c.plan.Participant, look.Accent, look.Heading, true)
	row := container.NewHBox(c.clock, parts.Gap(16), who, parts.Gap(16), c.task, layout.NewSpacer(), c.state,
		parts.Gap(16), widget.NewButtonWithIcon("F1", theme.HelpIcon(), c.help))
	c.warning = look.Line("", look.Caution, look.Text, true)
	c.warned = container.NewBorder(nil, parts.Rule(), nil, nil, container.New(layout.NewCustomPaddedLayout(look.Grid, look.Grid, 2*look.Grid, 2*look.Grid), c.warning))
	c.warned.Hide()
	return parts.Column(0, container.NewBorder(nil, parts.Rule(), nil, nil, parts.Inset(row, 2*look.Grid)), c.warned)
}

// left is the plan as a timeline.
func (c *Console) left() fyne.CanvasObject {
	list := parts.Column(0)
	for i, s := range c.plan.Steps {
		r := newTimelineRow(i, s)
		c.rows = append(c.rows, r)
		list.Add(r.root)
	}
	c.timeline = container.NewVScroll(list)
	return parts.Wide(container.NewBorder(nil, nil, nil, parts.Rule(), parts.Inset(
		container.NewBorder(heading("Plan"), nil, nil, nil, c.timeline), 2*look.Grid)), 300)
}

func heading(s string) fyne.CanvasObject {
	return parts.Column(0, look.Line(s, look.Quiet, look.Small, true), parts.Gap(look.Grid))
}

// right are the keys as they come.
func (c *Console) right() fyne.CanvasObject {
	return parts.Wide(container.NewBorder(nil, nil, parts.Rule(), nil, parts.Inset(
		container.NewBorder(heading("Events"), nil, nil, nil, c.events.root), 2*look.Grid)), 380)
}

// middle is a small live copy of the participant's screen.
func (c *Console) middle() fyne.CanvasObject {
	return parts.Inset(container.NewBorder(heading("The participant sees"), nil, nil, nil, c.copy.root), 2*look.Grid)
}

// Tick moves the clock and draws what was heard.
func (c *Console) Tick() {
	now := c.desk.Clock.Now()
	if now-c.drawn < drawEvery || c.between(now) {
		return
	}
	c.drawn = now
	c.lapse(now)
	c.flush()
	if t := clockText(now); t != c.clock.Text && !c.ended {
		c.clock.Text = t
		c.clock.Refresh()
	}
	c.copy.tick(now)
}

// flush draws what was heard since it was last called.
func (c *Console) flush() {
	if len(c.waiting) == 0 {
		return
	}
	for _, m := range c.waiting {
		c.record(m)
	}
	c.hear(c.waiting[len(c.waiting)-1])
	c.waiting = c.waiting[:0]
	c.events.lines.Refresh()
}

// record writes what one record brought into the timeline and the list of events.
func (c *Console) record(m Moment) {
	if m.Record == nil {
		return
	}
	if m.Event.Kind == studies.Note && m.Event.Item == sizeItem {
		c.warnings[m.View.Step.Design] = m.Event.Value
	}
	if m.Event.Kind == studies.Clock {
		c.clocked, c.clockedStep = "At "+clockText(m.Record.At)+" "+capture.ClockWords(m.Event.Item, m.Event.Value)+".", m.View.Index
	}
	for _, o := range m.Record.Outputs {
		if o.Kind == studies.StepEnded && o.Step < len(c.rows) {
			c.rows[o.Step].ended(o.Why)
		}
	}
	c.events.add(m)
}

func clockText(d time.Duration) string {
	s := int(d / time.Second)
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// warn says what is not as the method wants it: with the pump that is on, as long as it is so, and what happened to the computer's
// clocks, until the step in which it happened is over.
func (c *Console) warn(v session.View) {
	text := c.warnings[v.Step.Design]
	if !strings.HasPrefix(text, notTrue) {
		text = ""
	}
	if c.clocked != "" && v.Index == c.clockedStep {
		text = strings.TrimSpace(c.clocked + " " + text)
	}
	if text != c.warning.Text {
		c.warning.Text = text
		c.warned.Hidden = text == ""
		c.root.Refresh()
	}
}

// hear shows where the session is.
func (c *Console) hear(m Moment) {
	v := m.View
	c.task.Text = fmt.Sprintf("Step %d of %d · %s", v.Index+1, v.Count, stepTitle(v.Step))
	c.state.Text = stateWords(v)
	c.state.Color, c.state.TextStyle.Bold = look.Of(look.Quiet), v.Held
	if v.Held {
		c.state.Color = look.Of(look.Caution)
	}
	c.warn(v)
	c.task.Refresh()
	c.state.Refresh()
	if c.held != v.Held {
		c.held = v.Held
		c.pause.plain = map[bool]string{true: "Go on", false: "Pause"}[v.Held]
		c.pause.say(c.pause.plain, false)
	}
	if v.Ended != "" && !c.ended {
		c.ended = true
		c.over()
	}
	for i, r := range c.rows {
		r.mark(i, v)
	}
	if v.Index != c.copy.step && v.Index < len(c.rows) {
		c.timeline.ScrollToOffset(fyne.NewPos(0, max(0, c.rows[v.Index].root.Position().Y-160)))
	}
	c.copy.show(v)
}

// noClock is for a pump nobody operates.
type noClock struct{}

func (noClock) Stamp() capture.Stamp { return capture.Stamp{} }
