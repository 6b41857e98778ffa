//go:build !headless

package capture

import (
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// Layout fills the place with the content; the spark stays a point.
func (a around) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(1, 1))
}

// MinSize is the content's, and the moment to put the hook in.
func (a around) MinSize(objects []fyne.CanvasObject) fyne.Size {
	guarded(func() {
		if w := glfw.GetCurrentContext(); w != nil {
			a.in.hook(w, a.w)
			if !a.beside {
				a.in.clip(a.w)
			}
			a.in.comes(a.w)
		}
	})
	return objects[0].MinSize()
}

// hook puts our callbacks in front of Fyne's, once a window.
func (in *Input) hook(w *glfw.Window, of fyne.Window) {
	if _, done := in.hooked[w]; done || in.NoHook || !belongs(w, of) {
		return
	}
	in.hooked[w] = of
	key := w.SetKeyCallback(nil)
	w.SetKeyCallback(func(w *glfw.Window, k glfw.Key, code int, action glfw.Action, mods glfw.ModifierKey) {
		next := func() {
			if key != nil {
				key(w, k, code, action, mods)
			}
		}
		if action == glfw.Repeat { // never a press: Fyne hears of it, nobody stamps it
			next()
			return
		}
		in.deliver(of, What{Key, code, action == glfw.Press}, next)
	})
	button := w.SetMouseButtonCallback(nil)
	w.SetMouseButtonCallback(func(w *glfw.Window, b glfw.MouseButton, action glfw.Action, mods glfw.ModifierKey) {
		in.deliver(of, What{Button, buttonCode(b), action == glfw.Press}, func() {
			if button != nil {
				button(w, b, action, mods)
			}
		})
	})
	scroll := w.SetScrollCallback(nil)
	w.SetScrollCallback(func(w *glfw.Window, x, y float64) {
		in.deliver(of, What{Wheel, wheelCode(x, y), true}, func() {
			if scroll != nil {
				scroll(w, x, y)
			}
		})
	})
	place := w.SetCursorPosCallback(nil)
	w.SetCursorPosCallback(func(w *glfw.Window, x, y float64) {
		in.move(of, w, x, y)
		if place != nil {
			place(w, x, y)
		}
	})
	focus := w.SetFocusCallback(nil)
	w.SetFocusCallback(func(w *glfw.Window, on bool) {
		in.away[of] = !on
		if on {
			in.listen()
			in.match.Forget(Key) // what was typed elsewhere is not ours
		}
		if focus != nil {
			focus(w, on)
		}
	})
}

// buttonCode is the X11 number of a button: GLFW counts left, right, middle from 0, X11 left, middle, right from 1.
func buttonCode(b glfw.MouseButton) int {
	switch b {
	case glfw.MouseButtonLeft:
		return 1
	case glfw.MouseButtonMiddle:
		return 2
	case glfw.MouseButtonRight:
		return 3
	}
	return int(b) + 5 // 8 is the first of those beyond the wheel
}

// wheelCode is the X11 button of a turn of the wheel.
func wheelCode(x, y float64) int {
	switch {
	case y > 0:
		return 4
	case y < 0:
		return 5
	case x > 0:
		return 6
	}
	return 7
}

// deliver stamps an input, lets Fyne deliver it and paints what it changed.
func (in *Input) deliver(of fyne.Window, w What, next func()) {
	at := moment()
	in.now = Stamp{At: at, Kind: Hook, Together: in.poll == in.last && in.pumps.Load() > 0}
	in.last = in.poll
	if in.raw != nil {
		in.listen()
		if s, ok := in.match.Delivered(w, at, in.settledAt(at)); ok {
			in.now.Device = s.Device
			if s.At < at {
				in.now.At, in.now.Kind = s.At, Raw
			}
		}
	}
	in.flush(in.now.At, true)
	if in.probe != nil && in.probe.takes(w, in.now, func() time.Duration { return in.paint(of) }) {
		return
	}
	in.delivering = true
	defer func() { in.delivering = false }()
	next()
	in.delivering = false
	in.paint(of)
}

// move takes in where the pointer is.
func (in *Input) move(of fyne.Window, w *glfw.Window, x, y float64) {
	at := moment()
	in.listen()
	if in.moving != of {
		in.flush(at, true)
		in.moving = of
	}
	scale := float64(of.Canvas().Scale())
	if wide, _ := w.GetSize(); wide > 0 { // GLFW counts screen coordinates, the canvas its own units of them
		if pixels, _ := w.GetFramebufferSize(); pixels > 0 {
			scale *= float64(wide) / float64(pixels)
		}
	}
	in.mover.Delivered(x/scale, y/scale, at, in.settledAt(at))
	in.flush(at, false)
}

// settledAt is the moment before which everything has been delivered, as far as the pump knows; without one, now.
func (in *Input) settledAt(now time.Duration) time.Duration {
	if in.pumps.Load() == 0 {
		return now
	}
	return in.settled
}

// listen takes in what the raw thread has seen.
func (in *Input) listen() {
	if in.raw != nil {
		in.raw.drain(in.match.Saw, in.mover.Saw)
	}
}

// paint draws and swaps at once if the picture is out of date: Show on a window that is already visible does nothing else. The
// mark that says so is taken away first, so that the next tick does not draw the same picture again. Show may also ask for the
// keyboard, so a window that has lost it (the console has it now, and GLFW lets go of the keys that were down) is left to the next
// tick. It returns when the picture was handed over; 0 if nothing was painted.
func (in *Input) paint(of fyne.Window) time.Duration {
	c, ok := of.Canvas().(dirty)
	if !ok || !in.AtOnce || !in.started || in.beside[of] {
		return 0
	}
	part := !in.stale[of].Empty()
	if in.away[of] {
		if part {
			c.SetDirty()
		}
		return 0
	}
	if whole := c.CheckDirtyAndClear(); whole || !in.partly(of) {
		if !whole && !part {
			delete(in.onsets, of) // nothing to be seen came of it
			return 0
		}
		delete(in.stale, of)
	} else if !part {
		delete(in.onsets, of) // nothing to be seen came of it
		return 0
	}
	in.painting = of
	of.Show()
	in.painting = nil
	delete(in.stale, of)
	at := moment()
	in.shown(of, at)
	return at
}
