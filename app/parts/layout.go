// Package parts provides the small widgets the screens are made of.
package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pumplab/app/look"
)

// Inset is an object with room around it, in Fyne units.
func Inset(o fyne.CanvasObject, room float32) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(room, room, room, room), o)
}

// Wide is an object of at least that width.
func Wide(o fyne.CanvasObject, w float32) fyne.CanvasObject {
	return Sized(o, fyne.NewSize(w, 0))
}

// Sized is an object of at least that size.
func Sized(o fyne.CanvasObject, s fyne.Size) fyne.CanvasObject {
	space := canvas.NewRectangle(color.Transparent)
	space.SetMinSize(s)
	return container.NewStack(space, o)
}

// Gap is empty room of that height (and width).
func Gap(h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(h, h))
	return r
}

// Rule is a thin line.
func Rule() fyne.CanvasObject {
	r := canvas.NewRectangle(look.Of(look.Lines))
	r.SetMinSize(fyne.NewSize(1, 1))
	return r
}

// Card is content on a raised ground with a thin frame.
func Card(content fyne.CanvasObject) fyne.CanvasObject {
	ground := canvas.NewRectangle(look.Of(look.Raised))
	ground.CornerRadius = look.Grid
	ground.StrokeColor = look.Of(look.Lines)
	ground.StrokeWidth = 1
	return container.NewStack(ground, Inset(content, 2*look.Grid))
}

// Column stacks objects with gap between them.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Row places objects side by side with gap between them.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// Frame is the one shape of every laboratory screen: left where am I, middle the thing, right about the thing, and the primary
// action always at the lower right corner.
func Frame(where, thing, about, primary fyne.CanvasObject) fyne.CanvasObject {
	side := func(o fyne.CanvasObject, w float32) fyne.CanvasObject {
		ground := canvas.NewRectangle(look.Of(look.Raised))
		return container.NewStack(ground, Wide(Inset(o, 3*look.Grid), w))
	}
	left := container.NewBorder(nil, nil, nil, Rule(), side(where, 232))
	var foot fyne.CanvasObject
	if primary != nil {
		foot = Column(2*look.Grid, Rule(), primary)
	}
	right := container.NewBorder(nil, nil, Rule(), nil, side(container.NewBorder(nil, foot, nil, nil, about), 320))
	return container.NewBorder(nil, nil, left, right, Inset(thing, 4*look.Grid))
}
