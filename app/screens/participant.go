package screens

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"pumplab/app/capture"
	"pumplab/app/face"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/design"
	"pumplab/studies"
	"pumplab/studies/session"
)

// Sounds makes the pump's tones, the phone's ring, another pump's tones and a room's noise; nil is silent.
type Sounds interface {
	Play(tones []pumpmodel.Tone)
	Ring(on bool)
	Elsewhere(tones []pumpmodel.Tone)
	Room(name string, level int)
}

// stage is one step of a session on the participant's screen.
type stage interface {
	object() fyne.CanvasObject
	update(v session.View)
	keyDown(name fyne.KeyName, s capture.Stamp) bool // true: the key meant something here
	keyUp(name fyne.KeyName, s capture.Stamp)
	rune(r rune)
	tick(at time.Duration)
	leave(s capture.Stamp)
}

// Participant is the screen a participant sees: the order, the pump, what disturbs, and nothing else.
type Participant struct {
	desk    *Desk
	designs map[string]*design.Design
	millis  float64 // Fyne units a millimetre
	sounds  Sounds

	root    *fyne.Container
	now     stage
	light   *glare
	over    *overlay
	index   int
	ended   string
	started bool
	leave   func() // the experimenter's way back once the session has ended
	fit     fit
	control bool // a Control key is down: what is typed with it is no key of the pump
}

// NewParticipant is the participant's screen of a session; designs by name, millis Fyne units a true millimetre.
func NewParticipant(desk *Desk, designs map[string]*design.Design, millis float64, sounds Sounds) *Participant {
	p := &Participant{desk: desk, designs: designs, millis: millis, sounds: sounds, index: -1}
	p.over = newOverlay(desk)
	p.light = newGlare()
	p.root = container.NewStack(newGround(desk, nil, nil), container.NewStack(), p.light.root, p.over.root)
	desk.Watch(func(m Moment) { p.show(m.View) })
	desk.Release = func(code string, s capture.Stamp) {
		if p.now != nil {
			p.now.keyUp(fyne.KeyName(code), s)
		}
	}
	return p
}

// Object is what goes into the window.
func (p *Participant) Object() fyne.CanvasObject { return p.root }

// Listen takes the keyboard of a canvas. Nothing on this screen takes the focus, so every key arrives here.
func (p *Participant) Listen(c fyne.Canvas) {
	if d, ok := c.(interface {
		SetOnKeyDown(func(*fyne.KeyEvent))
		SetOnKeyUp(func(*fyne.KeyEvent))
	}); ok {
		d.SetOnKeyDown(func(e *fyne.KeyEvent) { p.KeyDown(e.Name, p.desk.Clock.Stamp()) })
		d.SetOnKeyUp(func(e *fyne.KeyEvent) { p.KeyUp(e.Name, p.desk.Clock.Stamp()) })
	}
	c.SetOnTypedRune(p.Rune)
}

// OnLeave says what Escape does once the session has ended.
func (p *Participant) OnLeave(f func()) { p.leave = f }

// KeyDown is a key of the keyboard going down, with its stamp. Auto-repeats do not come here.
func (p *Participant) KeyDown(name fyne.KeyName, s capture.Stamp) {
	if p.leave != nil && p.ended != "" && name == fyne.KeyEscape {
		p.leave()
		return
	}
	if name == desktop.KeyControlLeft || name == desktop.KeyControlRight {
		p.control = true
	}
	if !p.control && (p.over.keyDown(name, s) || p.now != nil && p.now.keyDown(name, s)) {
		return
	}
	p.desk.Tell(s, studies.Event{Kind: studies.Stray, Code: string(name)})
}

// KeyUp is a key of the keyboard coming up.
func (p *Participant) KeyUp(name fyne.KeyName, s capture.Stamp) {
	if name == desktop.KeyControlLeft || name == desktop.KeyControlRight {
		p.control = false
	}
	if p.now != nil {
		p.now.keyUp(name, s)
	}
}

// LetGo lets every key of the pump come up: while another window had the keyboard nobody heard whether they did.
func (p *Participant) LetGo() {
	if t, ok := p.now.(*task); ok {
		t.pump.LetGo(p.desk.Clock.Stamp())
	}
}

// Rune is a character typed.
func (p *Participant) Rune(r rune) {
	if !p.over.typed(r) && p.now != nil {
		p.now.rune(r)
	}
}

// Tick lets lamps flash, countdowns run and the phone vibrate.
func (p *Participant) Tick() {
	p.desk.Tick()
	at := p.desk.Clock.Now()
	if p.now != nil {
		p.now.tick(at)
	}
	if t, ok := p.now.(*task); ok && p.ended == "" {
		p.fit.see(p.desk, t.design, t.pump.Share(), at)
	}
	p.over.tick(at)
}

// show brings the screen up to a view: another stage when the step is another one.
func (p *Participant) show(v session.View) {
	if !p.started || v.Index != p.index || v.Ended != p.ended {
		if p.now != nil {
			p.now.leave(p.desk.Clock.Stamp())
		}
		p.started, p.index, p.ended = true, v.Index, v.Ended
		p.now = p.build(v)
		p.root.Objects[1] = p.now.object()
		p.root.Refresh()
	}
	p.now.update(v)
	p.light.update(v)
	p.over.update(v)
	p.sound(v)
}

// sound makes what is to be heard heard; while the session is held nothing is.
func (p *Participant) sound(v session.View) {
	if p.sounds == nil {
		return
	}
	room, level := "", 0
	var elsewhere []pumpmodel.Tone
	if !v.Held && v.Ended == "" {
		for _, a := range v.Around {
			if a.Kind == "noise" {
				room, level = a.Name, a.Level
			}
		}
		if d := v.Disturbance; d != nil && d.Kind == "alarm" && !d.Warning {
			_, tone := delivery.Signal(delivery.Priority(d.Priority))
			elsewhere = []pumpmodel.Tone{tone}
		}
	}
	p.sounds.Room(room, level)
	p.sounds.Elsewhere(elsewhere)
	p.sounds.Ring(v.Disturbance != nil && v.Disturbance.Ringing && !v.Held)
	if v.Pump != nil && !v.Held {
		p.sounds.Play(v.Pump.Tones)
	} else {
		p.sounds.Play(nil)
	}
}

func (p *Participant) build(v session.View) stage {
	switch {
	case v.Ended != "":
		r := newReading(p.desk, endOf(v))
		r.close = func() {
			if p.leave != nil {
				p.leave()
			}
		}
		return r
	case v.Step.Kind == studies.StepTask:
		return newTask(p.desk, p.designs[v.Step.Design], p.millis, v)
	case v.Step.Kind == studies.StepAsk:
		return newAsk(p.desk, v)
	}
	return newReading(p.desk, v)
}

// endOf is the last page: the plan's thanks, or one that says that it was stopped.
func endOf(v session.View) session.View {
	if v.Ended == "stopped" || v.Title == "" {
		v.Title, v.Text = "Thank you", "The session is over. Please tell the experimenter."
	}
	return v
}

// The participant's screen has its own quiet colours: no theme, light and dark are for the laboratory.
var (
	cardPaper = rgb(0xFFFFFF)
	cardInk   = rgb(0x1B2430)
	cardQuiet = rgb(0x556272)
	plateInk  = rgb(0xFFFFFF)
	plateMain = rgb(0x27435F)
	platePale = rgb(0xEEF1F4)
)

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

// line is a line of text on a participant's card.
func line(s string, c color.Color, size float32, bold bool) *canvas.Text {
	t := canvas.NewText(s, c)
	t.TextSize = size
	t.TextStyle.Bold = bold
	return t
}

var _ face.Clock = Clock(nil)
