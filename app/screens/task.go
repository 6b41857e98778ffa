package screens

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pumplab/app/capture"
	"pumplab/app/face"
	"pumplab/app/parts"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/order"
	"pumplab/studies"
	"pumplab/studies/session"
)

// The keys of the participant's two buttons.
const (
	doneKey   = fyne.KeyF12
	giveUpKey = fyne.KeyF11
)

// task is the stage of one order: the card at the left, the pump in the middle, two buttons below the card.
type task struct {
	desk   *Desk
	design string
	pump   *face.Pump
	root   fyne.CanvasObject
}

func newTask(desk *Desk, d *design.Design, millis float64, v session.View) *task {
	t := &task{desk: desk, design: v.Step.Design}
	t.pump = face.NewPump(d, millis, desk.Clock, t.used)
	if desk.Part != nil {
		t.pump.On(desk.Part)
	}
	if v.Pump != nil {
		t.pump.Set(*v.Pump)
	}
	done := desk.plate("Done", "F12", plateMain, plateInk, t.done)
	giveUp := desk.plate("Give up", "F11", platePale, cardInk, t.giveUp)
	left := container.NewBorder(nil, parts.Column(12, tall(done, 60), tall(giveUp, 48)), nil, nil,
		container.NewBorder(orderCard(*v.Order), nil, nil, nil))
	t.root = inset(container.NewBorder(nil, nil, parts.Wide(left, 336), nil, inset(t.pump, 12)), 24)
	return t
}

func (t *task) object() fyne.CanvasObject { return t.root }

func (t *task) update(v session.View) {
	if v.Pump != nil {
		t.pump.Set(*v.Pump)
	}
}

func (t *task) keyDown(name fyne.KeyName, s capture.Stamp) bool {
	switch name {
	case doneKey:
		t.done(s)
		return true
	case giveUpKey:
		t.giveUp(s)
		return true
	}
	return t.pump.KeyDown(name, s)
}

func (t *task) keyUp(name fyne.KeyName, s capture.Stamp) { t.pump.KeyUp(name, s) }
func (t *task) rune(rune)                                {}
func (t *task) tick(at time.Duration)                    { t.pump.Tick(at) }
func (t *task) leave(capture.Stamp)                      {}

func (t *task) done(s capture.Stamp) {
	t.desk.Tell(s, studies.Event{Kind: studies.Done, Code: string(doneKey)})
}

func (t *task) giveUp(s capture.Stamp) {
	t.desk.Tell(s, studies.Event{Kind: studies.GiveUp, Code: string(giveUpKey)})
}

// used hands an input of the pump on to the session.
func (t *task) used(in face.Input) {
	if in.Stray {
		t.desk.Tell(in.Stamp, studies.Event{Kind: studies.Stray, Code: in.Code})
		return
	}
	e := in.Event
	t.desk.Tell(in.Stamp, studies.Event{Kind: studies.Pump, Pump: &e, Code: in.Code})
}

// orderCard is an order as it hangs at the bed: what to do, the drug large, then every number with its unit.
func orderCard(o order.Order) fyne.CanvasObject {
	lines := parts.Column(0)
	band := canvas.NewRectangle(rgb(0x27435F))
	band.CornerRadius = 6
	title := line(o.Title(), plateInk, 13, true)
	lines.Add(container.NewStack(band, container.New(layout.NewCustomPaddedLayout(7, 7, 12, 12), title)))
	lines.Add(parts.Gap(12))
	for _, l := range o.Card() {
		size := float32(20)
		if l.Large {
			size = 30
			lines.Add(parts.Gap(6))
		}
		value := line(l.Text, cardInk, size, true)
		shrink(value, 288)
		lines.Add(parts.Column(0, line(l.Label, cardQuiet, 13, false), value))
		lines.Add(parts.Gap(10))
	}
	return sheetOf(lines, 20)
}

// shrink makes a text smaller until it fits in w.
func shrink(t *canvas.Text, w float32) {
	for t.TextSize > 12 && fyne.MeasureText(t.Text, t.TextSize, t.TextStyle).Width > w {
		t.TextSize--
	}
}

// inset is an object with room around it.
func inset(o fyne.CanvasObject, room float32) fyne.CanvasObject { return parts.Inset(o, room) }

// tall is an object of at least that height.
func tall(o fyne.CanvasObject, h float32) fyne.CanvasObject {
	return parts.Sized(o, fyne.NewSize(0, h))
}

// offset is an object moved by (x, y) and larger by grow on each side.
func offset(o fyne.CanvasObject, x, y, grow float32) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(y-grow, -y-grow, x-grow, -x-grow), o)
}
