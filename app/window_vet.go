//go:build !headless

package main

import (
	"context"
	"encoding/json"
	"time"

	"fyne.io/fyne/v2"

	"pumplab/app/capture"
	"pumplab/app/parts"
	"pumplab/app/screens"
	"pumplab/studies"
)

// checkFor is how long the instrument measures itself at the start of each session.
const checkFor = 2 * time.Second

// vetting is the instrument's measurement of itself while the participant still reads the first page. After a poor one the session is
// held until the experimenter has chosen what to do.
type vetting struct {
	w       *window
	desk    *screens.Desk
	clock   *capture.Clock
	console *consoleWindow
	ctx     context.Context
	held    bool // by us, not by the experimenter
}

// vet begins the measurement.
func (w *window) vet(desk *screens.Desk, clock *capture.Clock, console *consoleWindow) (cancel func()) {
	v := &vetting{w: w, desk: desk, clock: clock, console: console}
	v.ctx, cancel = context.WithCancel(context.Background())
	v.measure()
	return cancel
}

// measure has the instrument measure itself once; what it finds is a fact of the session.
func (v *vetting) measure() {
	v.w.input.Check(v.ctx, v.w.main, checkFor, func() { v.w.input.Redraw(v.w.main) }, func(q capture.Quality) {
		if v.ctx.Err() != nil || v.desk.Look().Ended != "" {
			return
		}
		q.Monotonic = v.clock.Monotonic().Nanoseconds()
		q.Sound = v.w.soundName()
		if text, err := json.Marshal(q.Brief()); err == nil {
			v.desk.Say(studies.Event{Kind: studies.Quality, Value: string(text)})
		}
		if !q.Bad {
			v.release()
			return
		}
		if !v.desk.Look().Held {
			v.held = true
			v.desk.Say(studies.Event{Kind: studies.Hold, Item: capture.TimingItem})
		}
		v.console.ask(func(over fyne.Canvas) { v.ask(over, q.Verdict) })
	})
}

// ask shows the experimenter what is wrong, and what can be done.
func (v *vetting) ask(over fyne.Canvas, verdict string) {
	does := func(f func()) func() {
		return func() {
			v.console.question = nil
			if v.desk.Look().Ended == "" {
				f()
			}
		}
	}
	parts.Choose(over, "Key times will be poor", verdict+
		"\nThe participant has not begun and sees that the session is paused. End other programs and measure again, or go on: the session keeps this result and your choice, and the report says both.",
		parts.Choice{Text: "Measure again", Do: does(func() {
			v.note(capture.MeasuredAgain)
			v.w.main.RequestFocus()
			v.measure()
		})},
		parts.Choice{Text: "Go on with poor times", Do: does(func() {
			v.note(capture.WentOn)
			v.release()
			v.w.main.RequestFocus()
		})},
		parts.Choice{Text: "Stop the session", Do: does(func() {
			v.note(capture.WasStopped)
			v.desk.Say(studies.Event{Kind: studies.Stop, Item: capture.TimingItem, Value: "key times would have been poor"})
		})})
}

// note keeps the experimenter's choice.
func (v *vetting) note(choice string) {
	v.desk.Say(studies.Event{Kind: studies.Note, Item: capture.TimingItem, Value: choice})
}

// release lets the session go on if it was held here and nobody has let it go on meanwhile.
func (v *vetting) release() {
	if v.held && v.desk.Look().Held {
		v.desk.Say(studies.Event{Kind: studies.Continue, Item: capture.TimingItem})
	}
	v.held = false
}

// soundName says whether there is a sound card.
func (w *window) soundName() string {
	if w.sound == nil {
		return "none"
	}
	return "open"
}
