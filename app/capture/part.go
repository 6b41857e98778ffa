//go:build !headless

package capture

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// Part lets one object of a window say that a change is seen only in a part of it, so that no more than that part is painted again.
// Where the window system does not keep what it has shown, a change is painted like any other. What changes the window in any other
// way has all of it painted: the toolkit's own mark of a picture out of date stays what it is.
type Part struct {
	in *Input
	of fyne.Window
}

// Part is for an object in the window w.
func (in *Input) Part(w fyne.Window) *Part { return &Part{in, w} }

// dirty is the toolkit's mark that a canvas must be painted.
type dirty interface {
	CheckDirtyAndClear() bool
	SetDirty()
}

// Change makes a change of o that is seen only in the rectangle at, size of it.
func (p *Part) Change(o fyne.CanvasObject, at fyne.Position, size fyne.Size, change func()) {
	mark, ok := p.of.Canvas().(dirty)
	if !ok || !p.in.partly(p.of) {
		change()
		return
	}
	before := mark.CheckDirtyAndClear()
	change()
	if !mark.CheckDirtyAndClear() && !before {
		return
	}
	if before {
		mark.SetDirty()
		return
	}
	at = fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Add(at)
	k := float64(p.of.Canvas().Scale())
	pixel := func(v float32, round func(float64) float64) int { return int(round(float64(v) * k)) }
	box := image.Rect(pixel(at.X, math.Floor), pixel(at.Y, math.Floor), pixel(at.X+size.Width, math.Ceil), pixel(at.Y+size.Height, math.Ceil))
	p.in.stale[p.of] = p.in.stale[p.of].Union(box.Inset(-1))
}

// partly reports whether parts of a window may be painted alone: it is painted at once, keeps what it has shown, and nothing lies
// over it that would have to be mixed with it again.
func (in *Input) partly(of fyne.Window) bool {
	if !in.AtOnce || !in.started || in.away[of] || of.Canvas().Overlays().Top() != nil {
		return false
	}
	if _, tried := in.keeps[of]; !tried {
		in.try(of)
	}
	return in.keeps[of]
}

// Paint shows what has changed in a window since it was last painted, if only parts of it have; all else is left to the toolkit's
// next tick. Call it where time, and no input, has changed the picture.
func (in *Input) Paint(of fyne.Window) {
	if !in.stale[of].Empty() {
		in.paint(of)
	}
}

// clip has the painting of a window that begins now touch no more than what is stale. It is called with the window's context current.
func (in *Input) clip(of fyne.Window) {
	if !in.keeps[of] {
		return
	}
	if in.painting != of || in.stale[of].Empty() {
		scissor(image.Rectangle{})
		return
	}
	scissor(in.stale[of])
}

// try finds out whether a window keeps what it has shown. On what is not known to do so always, everything is painted always.
func (in *Input) try(of fyne.Window) {
	for g, w := range in.hooked {
		if w != of || in.NoParts {
			continue
		}
		if c, ok := of.(interface{ RunWithContext(func()) }); ok {
			c.RunWithContext(func() { guarded(func() { in.keeps[of] = keepsPicture(g) }) })
		}
		g.SetAttrib(glfw.FocusOnShow, glfw.False) // painting at once must not ask for the keyboard
	}
}
