//go:build !headless

package capture

import (
	"errors"
	"image"
	"image/color"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// Input stands between the window system and Fyne. All its methods are called on the window's goroutine.
type Input struct {
	// AtOnce paints right after an input that changed the picture instead of at the next of Fyne's ticks.
	AtOnce bool
	// Moved hears of the pointer's motion over a window, a frame at a time; nil: nobody does.
	Moved func(of fyne.Window, m Motion)
	// Visible is what a check's change makes look different on the screen; nil: nothing that can be seen.
	Visible fyne.CanvasObject
	// Parts that are left out, for a machine where one does harm and for tests: capture falls back a step.
	NoHook, NoPump, NoRaw, NoRealtime, NoParts bool

	hooked map[*glfw.Window]fyne.Window
	sparks map[fyne.Window]*canvas.Rectangle // see-through, a point large: refreshing it has the window drawn
	away   map[fyne.Window]bool              // windows that have lost the keyboard
	beside map[fyne.Window]bool              // windows that are never painted at once

	keeps    map[fyne.Window]bool            // windows that keep what they have shown: parts of them may be painted alone
	stale    map[fyne.Window]image.Rectangle // what of them must be painted, in pixels
	painting fyne.Window                     // that is being painted at once

	onsets map[fyne.Window][]func(at time.Duration) // what waits for its first picture
	coming map[fyne.Window]bool                     // windows whose picture the toolkit is painting

	raw    *listener
	rawWhy error // why there are no raw events
	match  Matcher
	mover  Mover
	moving fyne.Window // over which the pointer moves

	started    bool  // between Start and its stop
	now        Stamp // of the input being delivered
	delivering bool
	poll, last uint64        // number of the present poll, and of the last delivery's
	settled    time.Duration // everything the display sent before has been delivered
	pumps      atomic.Int32
	probe      *probe // a check that is under way
}

// NewInput stands ready; Around and Start let it work.
func NewInput() *Input {
	return &Input{
		AtOnce: true, hooked: map[*glfw.Window]fyne.Window{}, sparks: map[fyne.Window]*canvas.Rectangle{}, away: map[fyne.Window]bool{}, beside: map[fyne.Window]bool{},
		keeps: map[fyne.Window]bool{}, stale: map[fyne.Window]image.Rectangle{},
		onsets: map[fyne.Window][]func(time.Duration){}, coming: map[fyne.Window]bool{},
	}
}

// around is the layout of one object that fills its place. The toolkit asks for its least size with the window's context current:
// that is how the window beneath is found.
type around struct {
	in     *Input
	w      fyne.Window
	beside bool
}

// Around is the content with the hook around it. Every content of the window w goes through here.
func (in *Input) Around(w fyne.Window, content fyne.CanvasObject) fyne.CanvasObject {
	spark := canvas.NewRectangle(color.Transparent)
	in.sparks[w] = spark
	return container.New(around{in: in, w: w}, content, spark)
}

// Beside is the content of a window beside the participant's, with the hook around it: its inputs are stamped as well, but it is
// painted by the toolkit's ticks alone. Leave it when it closes.
func (in *Input) Beside(w fyne.Window, content fyne.CanvasObject) fyne.CanvasObject {
	in.beside[w] = true
	return container.New(around{in: in, w: w, beside: true}, content, canvas.NewRectangle(color.Transparent))
}

// Leave forgets a window that closes.
func (in *Input) Leave(w fyne.Window) {
	for g, of := range in.hooked {
		if of == w {
			delete(in.hooked, g)
		}
	}
	delete(in.beside, w)
	delete(in.away, w)
	if in.moving == w {
		in.moving = nil
	}
}

// Redraw has the window drawn again without changing anything on it.
func (in *Input) Redraw(w fyne.Window) {
	if s := in.sparks[w]; s != nil {
		canvas.Refresh(s)
	}
}

// Start begins to listen and to pump; stop ends both. Without raw events or pump capture falls back a step.
func (in *Input) Start() (stop func()) {
	switch {
	case in.NoRaw || in.NoHook:
		in.rawWhy = errors.New("switched off")
	case in.raw == nil:
		in.raw, in.rawWhy = newListener(!in.NoRealtime)
	}
	in.started = true
	lax := punctual()
	halt := func() {}
	if !in.NoPump {
		halt = in.pump()
	}
	stopped := false
	return func() {
		if stopped {
			return
		}
		stopped, in.started = true, false
		halt()
		lax()
		if in.raw != nil {
			in.raw.close()
			in.raw = nil
		}
	}
}

// Settle hands on the pointer's motion whose frame has passed. The pump does so by itself; without one, call it often.
func (in *Input) Settle() { in.flush(moment(), false) }

// flush hands on the motion that waits; before is the time of an input that came after it.
func (in *Input) flush(before time.Duration, force bool) {
	m, ok := in.mover.Flush(moment(), before, force)
	if ok && in.Moved != nil && in.moving != nil {
		in.Moved(in.moving, m)
	}
}

// Current is the stamp of the input being delivered.
func (in *Input) Current() (Stamp, bool) { return in.now, in.delivering }

var _ Source = (*Input)(nil)
