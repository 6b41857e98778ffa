// Package parts provides the small widgets the screens are made of.
package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

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

// Bold is a short strong text that breaks into lines if it must.
func Bold(text string, role look.Role) fyne.CanvasObject {
	t := widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: look.Name(role), SizeName: theme.SizeNameText, TextStyle: fyne.TextStyle{Bold: true},
	}})
	t.Wrapping = fyne.TextWrapWord
	return container.New(layout.NewCustomPaddedLayout(-look.Grid, -look.Grid, -look.Grid, -look.Grid), t)
}

// Title is a screen's title, in lines if it must.
func Title(text string) fyne.CanvasObject { return strong(text, theme.SizeNameHeadingText) }

// Strong is a sentence that is read first: strong, a size larger, in lines if it must.
func Strong(text string) fyne.CanvasObject { return strong(text, theme.SizeNameSubHeadingText) }

func strong(text string, size fyne.ThemeSizeName) fyne.CanvasObject {
	t := widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: look.Name(look.Ink), SizeName: size, TextStyle: fyne.TextStyle{Bold: true},
	}})
	t.Wrapping = fyne.TextWrapWord
	return container.New(layout.NewCustomPaddedLayout(-look.Grid, -look.Grid, -look.Grid, -look.Grid), t)
}

// Prose is text that breaks into lines, flush with single lines of text above it.
func Prose(text string, role look.Role, size float32) fyne.CanvasObject {
	name := theme.SizeNameText
	switch {
	case size <= look.Small:
		name = theme.SizeNameCaptionText
	case size >= look.Heading:
		name = theme.SizeNameSubHeadingText
	}
	t := widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{ColorName: look.Name(role), SizeName: name}})
	t.Wrapping = fyne.TextWrapWord
	return container.New(layout.NewCustomPaddedLayout(-look.Grid, -look.Grid, -look.Grid, -look.Grid), t)
}

// frame is the layout of Frame: fixed columns left and right, a line beside each.
type frame struct{ left, right float32 }

func (f frame) Layout(o []fyne.CanvasObject, s fyne.Size) {
	put := func(i int, x, w float32) {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(w, s.Height))
	}
	put(0, 0, f.left)
	put(1, f.left, 1)
	put(2, f.left+1, s.Width-f.left-f.right-2)
	put(3, s.Width-f.right-1, 1)
	put(4, s.Width-f.right, f.right)
}

func (f frame) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[2].MinSize()
	return fyne.NewSize(f.left+f.right+2+m.Width, max(m.Height, o[0].MinSize().Height, o[4].MinSize().Height))
}

// Frame is the one shape of every laboratory screen: left where am I, middle the thing, right about the thing, and the primary
// action always at the lower right corner.
func Frame(where, thing, about, primary fyne.CanvasObject) fyne.CanvasObject {
	side := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewStack(canvas.NewRectangle(look.Of(look.Raised)), Inset(o, 3*look.Grid))
	}
	var foot fyne.CanvasObject
	if primary != nil {
		foot = Column(2*look.Grid, Rule(), primary)
	}
	return container.New(frame{224, 312}, side(where), Rule(), Inset(thing, 3*look.Grid), Rule(),
		side(container.NewBorder(nil, foot, nil, nil, about)))
}
