//go:build !headless

package main

import (
	"os"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"pumplab/app/capture"
	"pumplab/app/look"
	"pumplab/app/screens"
)

// newInput is the capture of inputs, without the parts that PUMPLAB_WITHOUT names (hook, pump, raw, realtime, parts, at-once; several with commas):
// for a machine where one of them does harm, and for measuring what each is worth.
func newInput() *capture.Input {
	in := capture.NewInput()
	for _, part := range strings.Split(os.Getenv("PUMPLAB_WITHOUT"), ",") {
		switch strings.TrimSpace(part) {
		case "hook":
			in.NoHook = true
		case "pump":
			in.NoPump = true
		case "raw":
			in.NoRaw = true
		case "parts":
			in.NoParts = true
		case "realtime":
			in.NoRealtime = true
		case "at-once":
			in.AtOnce = false
		}
	}
	return in
}

// frames tells a session when the participant's window shows what has changed.
type frames struct {
	input  *capture.Input
	window fyne.Window
	clock  *capture.Clock
}

var _ screens.Frames = frames{}

// Onset calls shown with the session's time of the window's next picture.
func (f frames) Onset(shown func(at time.Duration)) {
	f.input.Onset(f.window, func(at time.Duration) { shown(f.clock.Of(at)) })
}

// Refresh is how long the participant's screen shows a picture.
func (f frames) Refresh() time.Duration { return f.input.Refresh(f.window) }

// listen takes inputs as near to the keyboard as this machine lets us, and lets time show.
func (w *window) listen(desk *screens.Desk, clock *capture.Clock, tick func()) (stop func()) {
	w.app.Settings().SetTheme(look.Session())
	clock.Attend(w.input)
	silence := w.input.Start()
	w.input.Moved = func(of fyne.Window, m capture.Motion) {
		if of == w.main { // what the experimenter's pointer does is no fact of the session
			desk.Moved(clock, m)
		}
	}
	still := capture.Tick(tickEvery, func() {
		w.input.Settle()
		tick()
	})
	calm := w.restless()
	return func() {
		calm()
		still()
		silence()
		w.input.Moved = nil
		w.applyTheme()
	}
}

// restless keeps the toolkit drawing 60 times a second if PUMPLAB_ANIMATE is set: the metronome's harder half.
func (w *window) restless() (calm func()) {
	if os.Getenv("PUMPLAB_ANIMATE") == "" {
		return func() {}
	}
	a := fyne.NewAnimation(time.Second, func(float32) { w.input.Redraw(w.main) })
	a.RepeatCount = fyne.AnimationRepeatForever
	a.Start()
	return a.Stop
}
