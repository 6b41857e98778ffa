//go:build !headless

package capture

import (
	"time"

	"fyne.io/fyne/v2"
)

// Onset calls shown once, with the moment (since the program's start, as Clock.Of takes it) at which the next picture of a window was
// handed to the screen: call it when the window has been changed and not been painted yet. It is not called if the change turns out
// to be none.
func (in *Input) Onset(of fyne.Window, shown func(at time.Duration)) {
	in.onsets[of] = append(in.onsets[of], shown)
}

// shown tells those who wait for a window's picture that it is there.
func (in *Input) shown(of fyne.Window, at time.Duration) {
	waiting := in.onsets[of]
	delete(in.onsets, of)
	for _, f := range waiting {
		f(at)
	}
}

// comes is called while the toolkit begins to paint a window: the one before it is done now, and what is posted runs when all are.
func (in *Input) comes(of fyne.Window) {
	for before := range in.coming {
		if before != of {
			in.shown(before, moment())
		}
	}
	if in.painting == of || len(in.onsets[of]) == 0 || in.coming[of] {
		return
	}
	in.coming[of] = true
	Post(func() {
		delete(in.coming, of)
		in.shown(of, moment())
	})
}

// Refresh is how long the screen that a window is on shows a picture; a tick of the toolkit where the system does not say.
func (in *Input) Refresh(w fyne.Window) time.Duration {
	if s := in.screen(w); s != nil && s.Refresh > 0 {
		return time.Duration(float64(time.Second) / s.Refresh)
	}
	return FrameTime
}

// watchFrames tells the time from tick to tick of the toolkit until it is ended.
func watchFrames(tick func(gap time.Duration)) (end func()) {
	var last time.Duration
	a := fyne.NewAnimation(time.Second, func(float32) {
		now := moment()
		if last > 0 {
			tick(now - last)
		}
		last = now
	})
	a.RepeatCount = fyne.AnimationRepeatForever
	a.Start()
	return a.Stop
}
