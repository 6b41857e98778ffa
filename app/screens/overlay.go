package screens

import (
	"image/color"
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pumplab/app/capture"
	"pumplab/app/parts"
	"pumplab/studies"
	"pumplab/studies/session"
)

// phoneKey answers the phone.
const phoneKey = fyne.KeyF10

// overlay is what lies over a task: a colleague's question, a ringing phone, the experimenter's pause.
type overlay struct {
	desk  *Desk
	root  *fyne.Container
	shown string // what is on: "", held, warning, question + prompt, phone, alarm + text

	typing string // the reply so far
	fresh  bool   // no key has gone down since the question came: a character still belongs to the key before it
	reply  *canvas.Text
	phone  *fyne.Container
	alarm  *alarmBar
	rest   fyne.Position
}

func newOverlay(desk *Desk) *overlay {
	return &overlay{desk: desk, root: container.NewStack()}
}

// update shows what disturbs in a view.
func (o *overlay) update(v session.View) {
	want := ""
	d := v.Disturbance
	switch {
	case v.Ended != "":
	case v.Held:
		want = "held"
	case d == nil:
	case d.Warning:
		want = "warning"
	case d.Kind == "phone":
		want = "phone"
	case d.Kind == "alarm":
		want = "alarm " + d.Priority + " " + d.Prompt
	default:
		want = "question " + d.Prompt
	}
	if want == o.shown {
		return
	}
	o.shown, o.typing, o.reply, o.phone, o.alarm, o.fresh = want, "", nil, nil, nil, true
	o.root.Objects = nil
	switch {
	case want == "":
	case want == "held":
		o.root.Add(o.heldPage())
	case want == "warning" && d.Kind == "alarm":
		o.root.Add(corner(sheetOf(line("Something beeps at the next bed …", cardInk, 18, true), 16)))
	case want == "warning":
		o.root.Add(corner(sheetOf(line("Somebody is coming towards you …", cardInk, 18, true), 16)))
	case strings.HasPrefix(want, "alarm "):
		o.alarm = newAlarmBar(d.Priority, d.Prompt, o.desk.plate("Silence", "F10", platePale, cardInk, o.pickUp))
		o.root.Add(o.alarm.root)
	case want == "phone":
		o.root.Add(o.phoneCard())
	default:
		o.root.Add(o.question(d.Prompt, d.Covers))
	}
	o.root.Refresh()
}

// asks reports whether a question has the keyboard.
func (o *overlay) asks() bool { return o.reply != nil }

func (o *overlay) keyDown(name fyne.KeyName, s capture.Stamp) bool {
	switch {
	case (o.phone != nil || o.alarm != nil) && name == phoneKey:
		o.pickUp(s)
		return true
	case !o.asks():
		return false
	}
	o.fresh = false
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if o.typing != "" {
			o.send(s)
			return true
		}
	case fyne.KeyBackspace:
		o.erase()
	}
	o.desk.Tell(s, studies.Event{Kind: studies.Stray, Code: string(name), Item: "reply"})
	return true
}

// typed takes a character into the reply; false if nothing is asked. The window system tells a key and its character apart, so the
// character of the press that brought the question arrives when the question is already there: it is not part of the reply.
func (o *overlay) typed(r rune) bool {
	if !o.asks() {
		return false
	}
	if r >= ' ' && !o.fresh && len(o.typing) < 40 {
		o.typing += string(r)
		o.write()
	}
	return true
}

func (o *overlay) erase() {
	if runes := []rune(o.typing); len(runes) > 0 {
		o.typing = string(runes[:len(runes)-1])
		o.write()
	}
}

func (o *overlay) write() {
	o.reply.Text = o.typing + "|"
	o.reply.Refresh()
}

func (o *overlay) send(s capture.Stamp) {
	if o.typing != "" {
		o.desk.Tell(s, studies.Event{Kind: studies.Reply, Value: o.typing, Code: "Return"})
	}
}

func (o *overlay) pickUp(s capture.Stamp) {
	o.desk.Tell(s, studies.Event{Kind: studies.Reply, Code: string(phoneKey)})
}

// question is a colleague's speech card with a line for the answer, and digits for a person with the mouse in the hand.
func (o *overlay) question(prompt string, covers bool) fyne.CanvasObject {
	page := parts.Column(0)
	page.Add(line("A colleague asks", cardQuiet, 14, false))
	page.Add(parts.Gap(10))
	for _, l := range parts.Broken(prompt, 24, 460) {
		page.Add(line(l, cardInk, 24, true))
	}
	page.Add(parts.Gap(22))
	o.reply = line("|", cardInk, 24, true)
	frame := canvas.NewRectangle(rgb(0xF4F7FA))
	frame.CornerRadius, frame.StrokeColor, frame.StrokeWidth = 6, plateMain, 2
	send := o.desk.plate("Answer", "Enter", plateMain, plateInk, o.send)
	page.Add(container.NewBorder(nil, nil, nil, parts.Wide(send, 150),
		container.New(layout.NewCustomPaddedLayout(0, 0, 0, 12), container.NewStack(frame, inset(o.reply, 10)))))
	page.Add(parts.Gap(14))
	digits := container.NewGridWithColumns(6)
	for _, d := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "⌫"} {
		digits.Add(tall(o.desk.plate(d, "", platePale, cardInk, func(capture.Stamp) { o.tapped(d) }), 42))
	}
	page.Add(digits)
	card := container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 0, 18), colleague()), nil,
		parts.Wide(sheetOf(page, 28), 560))
	middle := container.NewCenter(card)
	if !covers {
		return corner(card)
	}
	pumpSide := container.NewStack(newGround(o.desk, rgb(0xC9D1D9), rgb(0xB2BCC6)), middle)
	return container.NewBorder(nil, nil, gapWide(372), nil, pumpSide)
}

func (o *overlay) tapped(d string) {
	if d == "⌫" {
		o.erase()
		return
	}
	o.typed([]rune(d)[0])
}

// colleague is a head and shoulders.
func colleague() fyne.CanvasObject {
	head := canvas.NewCircle(rgb(0x8A5E45))
	hair := canvas.NewCircle(rgb(0x2E2622))
	coat := canvas.NewRectangle(rgb(0x3E7C86))
	coat.CornerRadius = 34
	neck := canvas.NewRectangle(rgb(0x7C5440))
	c := container.NewWithoutLayout(hair, neck, coat, head)
	put := func(o fyne.CanvasObject, x, y, w, h float32) { o.Move(fyne.NewPos(x, y)); o.Resize(fyne.NewSize(w, h)) }
	put(hair, 19, 4, 58, 58)
	put(neck, 40, 58, 16, 22)
	put(coat, 6, 76, 84, 66)
	put(head, 24, 14, 48, 52)
	return parts.Sized(container.NewBorder(c, nil, nil, nil), fyne.NewSize(96, 150))
}

// phoneCard is a phone at the lower right that vibrates until it is answered.
func (o *overlay) phoneCard() fyne.CanvasObject {
	body := canvas.NewRectangle(rgb(0x14181D))
	body.CornerRadius, body.StrokeColor, body.StrokeWidth = 22, rgb(0x3C444D), 2
	screen := canvas.NewLinearGradient(rgb(0x20364A), rgb(0x101C28), 180)
	name := line("Ward desk", color.White, 20, true)
	what := line("is calling …", rgb(0xB7C3CF), 14, false)
	name.Alignment, what.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	answer := o.desk.plate("Answer", "F10", rgb(0x2E7D46), plateInk, o.pickUp)
	inner := container.NewBorder(parts.Column(2, parts.Gap(22), name, what), tall(answer, 46), nil, nil)
	o.phone = container.NewStack(body, inset(container.NewStack(screen, inset(inner, 12)), 8))
	return container.New(&lowerRight{w: 176, h: 236}, o.phone)
}

func (o *overlay) heldPage() fyne.CanvasObject {
	page := parts.Column(10, line("Paused", cardInk, 30, true), line("Please wait for the experimenter.", cardInk, 18, false))
	return container.NewStack(newGround(o.desk, rgb(0xD3D9DF), rgb(0xBCC5CE)), container.NewCenter(sheetOf(page, 48)))
}

// tick lets the phone vibrate: two bursts a second and a half, as phones do.
func (o *overlay) tick(at time.Duration) {
	if o.alarm != nil {
		o.alarm.tick(at)
	}
	if o.phone == nil {
		return
	}
	if o.rest.IsZero() || at%(2*time.Second) > 1500*time.Millisecond {
		o.rest = restOf(o.phone, o.root.Size())
	}
	dx := float32(0)
	if at%(2*time.Second) < 1200*time.Millisecond {
		dx = float32(3 * math.Sin(2*math.Pi*18*at.Seconds()))
	}
	o.phone.Move(o.rest.AddXY(dx, 0))
}

func restOf(phone fyne.CanvasObject, in fyne.Size) fyne.Position {
	s := phone.Size()
	return fyne.NewPos(in.Width-s.Width-24, in.Height-s.Height-20)
}

// lowerRight is a layout with one object of fixed size in the lower right corner.
type lowerRight struct{ w, h float32 }

func (l *lowerRight) Layout(objects []fyne.CanvasObject, in fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(l.w, l.h))
		o.Move(restOf(o, in))
	}
}

func (l *lowerRight) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(l.w, l.h) }

// corner puts an object at the upper right.
func corner(o fyne.CanvasObject) fyne.CanvasObject {
	return inset(container.NewBorder(container.NewHBox(layout.NewSpacer(), o), nil, nil, nil), 36)
}

func gapWide(w float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(w, 1))
	return r
}
