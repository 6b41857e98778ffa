package screens

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/look"
	"pumplab/app/parts"
)

// A bank card's size in millimetres: ID-1 of ISO/IEC 7810.
const (
	cardWidth  = 85.60
	cardHeight = 53.98
	cardRadius = 3.18
)

// Calibrate sets the true size of everything in millimetres: a card is drawn, and made larger or smaller until a bank card held to
// the screen covers it exactly.
type Calibrate struct {
	millis float64
	card   *canvas.Rectangle
	text   *canvas.Text
	hold   *fyne.Container
	done   func(millis float64)
	root   fyne.CanvasObject
}

// NewCalibrate begins at millis Fyne units a millimetre; done hears the size that matches.
func NewCalibrate(millis float64, done func(float64), back func()) *Calibrate {
	c := &Calibrate{millis: millis, done: done}
	c.card = canvas.NewRectangle(look.Of(look.Wash))
	c.card.StrokeColor, c.card.StrokeWidth = look.Of(look.Accent), 2
	c.text = look.Line("", look.Quiet, look.Text, false)
	c.hold = container.NewWithoutLayout(c.card)
	buttons := container.NewHBox(
		widget.NewButtonWithIcon("Smaller  ←", theme.ContentRemoveIcon(), func() { c.change(-1) }),
		widget.NewButtonWithIcon("Larger  →", theme.ContentAddIcon(), func() { c.change(1) }),
	)
	thing := container.NewBorder(
		parts.Column(0, look.Line("True size", look.Ink, look.Title, true), parts.Gap(look.Grid),
			parts.Prose("Hold a bank card to the screen, its upper left corner in the corner of the frame. Make the frame larger or smaller until the card covers it exactly.", look.Ink, look.Text),
			parts.Gap(2*look.Grid)),
		parts.Column(look.Grid, c.text, buttons), nil, nil, c.hold)
	about := parts.Column(look.Grid, heading("Why"),
		parts.Prose("Pumps are drawn in true millimetres, so that reach and size of keys are those of the instrument. A screen does not say how large it is; this is done once for each screen.", look.Ink, look.Text))
	c.root = parts.Frame(place("True size", leading(widget.NewButton("Back to the studies", back))), thing, about,
		primary("It matches", func() { c.done(c.millis) }))
	c.draw()
	return c
}

// Object is what goes into the window.
func (c *Calibrate) Object() fyne.CanvasObject { return c.root }

// Listen lets the arrows change the size, by half a per cent a press.
func (c *Calibrate) Listen(w fyne.Canvas) {
	w.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyLeft:
			c.change(-1)
		case fyne.KeyRight:
			c.change(1)
		case fyne.KeyReturn, fyne.KeyEnter:
			c.done(c.millis)
		}
	})
}

// change makes the frame larger or smaller by half a per cent a step, within what screens can be.
func (c *Calibrate) change(steps float64) {
	c.millis = min(20, max(1.5, c.millis*(1+0.005*steps)))
	c.draw()
}

func (c *Calibrate) draw() {
	c.card.CornerRadius = float32(cardRadius * c.millis)
	c.card.Resize(fyne.NewSize(float32(cardWidth*c.millis), float32(cardHeight*c.millis)))
	c.card.Refresh()
	c.text.Text = fmt.Sprintf("%.3f screen units a millimetre: the frame is %.0f units wide", c.millis, cardWidth*c.millis)
	c.text.Refresh()
}
