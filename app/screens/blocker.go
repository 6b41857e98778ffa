package screens

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/face"
	"pumplab/studies"
)

// ground is a surface that lets no click through to what it covers; a click on it is a fact that is bound to nothing.
type ground struct {
	widget.BaseWidget
	desk     *Desk
	from, to color.Color
}

var _ desktop.Mouseable = (*ground)(nil)

func newGround(desk *Desk, from, to color.Color) *ground {
	g := &ground{desk: desk, from: from, to: to}
	g.ExtendBaseWidget(g)
	return g
}

// MouseDown records the click.
func (g *ground) MouseDown(e *desktop.MouseEvent) {
	g.desk.Tell(g.desk.Clock.Stamp(), studies.Event{Kind: studies.Stray, Code: face.Button(e.Button)})
}

// MouseUp lets go of what was pressed on the pump before this surface came over it.
func (g *ground) MouseUp(e *desktop.MouseEvent) {
	g.desk.letGo(face.Button(e.Button), g.desk.Clock.Stamp())
}

// CreateRenderer is a gradient; nothing at all where the window's own background shall show.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	if g.from == nil {
		return widget.NewSimpleRenderer(container.NewWithoutLayout())
	}
	return widget.NewSimpleRenderer(canvas.NewLinearGradient(g.from, g.to, 180))
}
