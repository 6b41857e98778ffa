package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/capture"
)

// Clock gives the stamp of the input being delivered.
type Clock interface{ Stamp() capture.Stamp }

// Plate is a button of the participant's screen. It never takes the keyboard's focus, so keys keep going to the screen, and it
// hands on the stamp of the release, taken in the event's own handler.
type Plate struct {
	widget.BaseWidget
	Text, Key string // what it says, and the key that does the same
	Ground    color.Color
	Ink       color.Color
	Type      float32 // size of the text

	Missed func(capture.Stamp) // hears a release whose press was elsewhere; may be nil

	clock    Clock
	pressed  func(capture.Stamp)
	down     bool
	hover    bool
	disabled bool
	ground   *ground
	label    *canvas.Text
	hint     *canvas.Text
}

var (
	_ desktop.Mouseable = (*Plate)(nil)
	_ desktop.Hoverable = (*Plate)(nil)
	_ fyne.Draggable    = (*Plate)(nil)
)

// NewPlate is a button with a text and the key that does the same (may be empty).
func NewPlate(text, key string, ground, ink color.Color, clock Clock, pressed func(capture.Stamp)) *Plate {
	p := &Plate{Text: text, Key: key, Ground: ground, Ink: ink, Type: 16, clock: clock, pressed: pressed}
	p.ExtendBaseWidget(p)
	return p
}

// Enable lets the plate be pressed, or not.
func (p *Plate) Enable(on bool) {
	if p.disabled == on {
		p.disabled = !on
		p.Refresh()
	}
}

// MouseDown shows it down.
func (p *Plate) MouseDown(*desktop.MouseEvent) {
	p.down = !p.disabled
	p.Refresh()
}

// MouseUp acts if the pointer is still on it.
func (p *Plate) MouseUp(e *desktop.MouseEvent) {
	stamp := p.clock.Stamp()
	was := p.down
	p.down = false
	p.Refresh()
	s := p.BaseWidget.Size()
	if was && e.Position.X >= 0 && e.Position.Y >= 0 && e.Position.X < s.Width && e.Position.Y < s.Height {
		p.pressed(stamp)
	}
	if !was && p.Missed != nil {
		p.Missed(stamp)
	}
}

// Dragged does nothing: being draggable makes Fyne deliver the release when the pointer has left.
func (p *Plate) Dragged(*fyne.DragEvent) {}

// DragEnd does nothing.
func (p *Plate) DragEnd() {}

// MouseIn shows the pointer is on it.
func (p *Plate) MouseIn(*desktop.MouseEvent) { p.hover = true; p.Refresh() }

// MouseMoved does nothing.
func (p *Plate) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows the pointer has left.
func (p *Plate) MouseOut() { p.hover = false; p.Refresh() }

// Refresh brings the colours up to date.
func (p *Plate) Refresh() {
	if p.ground == nil {
		return
	}
	fill := p.Ground
	switch {
	case p.disabled:
		fill = blend(p.Ground, color.NRGBA{200, 205, 212, 255}, 0.75)
	case p.down:
		fill = blend(p.Ground, color.Black, 0.22)
	case p.hover:
		fill = blend(p.Ground, color.White, 0.12)
	}
	p.ground.colour(fill)
	p.label.Text, p.label.Color, p.label.TextSize = p.Text, p.Ink, p.Type
	p.hint.Color = blend(p.Ink, p.Ground, 0.25)
	p.label.Refresh()
	p.hint.Refresh()
}

// CreateRenderer builds the picture.
func (p *Plate) CreateRenderer() fyne.WidgetRenderer {
	p.ground = newGround(p.Ground, 6)
	p.label = canvas.NewText(p.Text, p.Ink)
	p.label.TextStyle.Bold = true
	p.label.Alignment = fyne.TextAlignCenter
	p.hint = canvas.NewText(p.Key, p.Ink)
	p.hint.TextSize = 12
	row := container.NewCenter(p.label)
	var content fyne.CanvasObject = row
	if p.Key != "" {
		content = container.NewBorder(nil, nil, nil, container.NewCenter(p.hint), row)
	}
	p.Refresh()
	return widget.NewSimpleRenderer(container.NewStack(p.ground.Raster, Inset(content, 10)))
}

// blend moves a colour towards another by a share.
func blend(a, b color.Color, share float64) color.Color {
	x, y := color.NRGBAModel.Convert(a).(color.NRGBA), color.NRGBAModel.Convert(b).(color.NRGBA)
	f := func(p, q uint8) uint8 { return uint8(float64(p) + (float64(q)-float64(p))*share) }
	return color.NRGBA{f(x.R, y.R), f(x.G, y.G), f(x.B, y.B), f(x.A, y.A)}
}
