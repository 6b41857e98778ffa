//go:build !headless

package main

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"pumplab/app/capture"
	"pumplab/app/screens"
	"pumplab/app/sound"
)

// usualMillis is Fyne units a millimetre where nobody has held a bank card to the screen: a unit is a 96th of an inch on a screen the
// toolkit knows the size of.
const usualMillis = 96 / 25.4

// millisKey keeps the calibrated value between runs.
const millisKey = "millis"

func (w *window) millis() float64 {
	return w.app.Preferences().FloatWithFallback(millisKey, usualMillis)
}

// Size lets the person calibrate the screen.
func (h homeActions) Size() {
	w := h.w
	c := screens.NewCalibrate(w.millis(), func(m float64) {
		w.app.Preferences().SetFloat(millisKey, m)
		w.home()
	}, w.home)
	w.show(c.Object())
	c.Listen(w.main.Canvas())
}

// tickEvery is how often time may show on the participant's screen (lamps, countdowns, the phone): half a refresh, so that what time
// brings is still painted within one.
const tickEvery = 8 * time.Millisecond

// openSession opens the window at once on a participant's session.
func (w *window) openSession(folder, code string) error {
	lab, err := OpenLab(folder, programName())
	if err != nil {
		return err
	}
	w.lab = lab
	if err := lab.CheckCode(code); err != nil {
		lab.Close()
		return fmt.Errorf("run session: %w", err)
	}
	w.remember(folder)
	if lab.Kit.Consent != "" || len(lab.Kit.Study.People.Ask) > 0 {
		w.intake(code)
		return nil
	}
	return w.begin(code, nil)
}

// intake shows the intake of a participant for the open study.
func (w *window) intake(code string) {
	lab := w.lab
	in := screens.NewIntake(screens.IntakeParts{
		Study: lab.Kit.Study, Consent: lab.Kit.Consent, Code: code, Check: lab.CheckCode,
		Unfinished: func(code string) bool { id, err := lab.Unfinished(code); return err == nil && id != "" },
		Course:     lab.Course,
		Begin: func(code string, answers map[string]string) {
			if err := w.begin(code, answers); err != nil {
				w.tell("The session did not begin", err)
			}
		},
		Back: w.home,
	})
	w.show(in.Object())
	w.main.Canvas().Focus(in.First())
}

// begin begins (or goes on with) a session: the participant's screen fills this window, the console opens in a second one.
func (w *window) begin(code string, answers map[string]string) error {
	lab := w.lab
	var run *Run
	var clock *capture.Clock
	id, err := lab.Unfinished(code)
	switch {
	case err != nil:
		return err
	case id != "":
		if run, err = lab.Resume(id); err == nil {
			clock = capture.NewFastClock(run.Session.Last().At, speed())
		}
	default:
		clock = capture.NewFastClock(0, speed())
		run, err = lab.Begin(code, answers, clock.Start())
	}
	if err != nil {
		return err
	}
	w.run(run, clock)
	return nil
}

// run shows a session until it has ended.
func (w *window) run(run *Run, clock *capture.Clock) {
	desk := screens.NewDesk(run.Session, clock)
	began := run.Session.Last() // how the session began, or began again
	desk.Anchor()
	desk.Part, desk.Frames = w.input.Part(w.main), frames{w.input, w.main, clock}
	var sounds screens.Sounds
	if w.sound == nil {
		w.sound, _ = sound.Open() // without a card the session is silent; the lamps are there
	}
	if w.sound != nil {
		sounds = w.sound
	}
	participant := screens.NewParticipant(desk, run.Designs, w.millis(), sounds)
	console := screens.NewConsole(desk, run.Designs, run.Session.Machine().Plan())
	second := &consoleWindow{app: w.app, console: console, input: w.input}

	w.show(participant.Object())
	w.main.Canvas().SetOnTypedKey(nil) // every key is the participant's
	participant.Listen(w.main.Canvas())
	w.main.Canvas().Unfocus()
	w.main.SetFullScreen(true)
	silence := w.listen(desk, clock, func() {
		participant.Tick()
		w.input.Paint(w.main)
		console.Tick()
	})
	unmark := w.mark(run, began, clock, desk)
	rest := endure(desk)
	unvet := func() {}
	stop := func() { unvet(); silence(); unmark(); rest() }
	desk.Trouble = w.trouble(run, desk, participant.LetGo)
	ended := false
	desk.Watch(func(m screens.Moment) {
		if m.View.Ended == "" || ended {
			return
		}
		ended = true
		desk.Anchor() // what time alone brought about is in the journal now
		w.conclude(run.ID, func(err error) {
			stop()
			desk.Stop()
			second.close()
			w.finish(err)
		}, participant)
	})
	w.main.SetCloseIntercept(func() {
		stop()
		second.close()
		w.main.Close()
	})
	second.open()
	w.main.Canvas().AddShortcut(reopen, func(fyne.Shortcut) { second.open() })
	w.main.RequestFocus()
	unvet = w.vet(desk, clock, second)
}

// conclude computes what a session came to while the participant reads the last page; leave follows once both have ended.
func (w *window) conclude(id string, leave func(error), participant *screens.Participant) {
	lab := w.lab
	var result error
	computed, asked := false, false
	try := func() {
		if computed && asked {
			asked = false
			leave(result)
		}
	}
	participant.OnLeave(func() { asked = true; try() })
	capture.Work(func(context.Context, func(float64, string)) error { return lab.Finish(id) }, nil, func(err error) {
		computed, result = true, err
		try()
	})
}

// finish goes back to the laboratory; err is why the outcomes could not be computed.
func (w *window) finish(err error) {
	w.main.SetCloseIntercept(nil)
	if w.sound != nil {
		w.sound.Play(nil)
		w.sound.Ring(false)
		w.sound.Room("", 0)
		w.sound.Elsewhere(nil)
	}
	w.main.SetFullScreen(false)
	unlisten(w.main.Canvas())
	w.main.Canvas().RemoveShortcut(reopen)
	w.home()
	if err != nil {
		w.tell("The session is kept, but not all was done after it", err)
	}
}

// unlisten takes the keyboard back from the participant's screen.
func unlisten(c fyne.Canvas) {
	if d, ok := c.(interface {
		SetOnKeyDown(func(*fyne.KeyEvent))
		SetOnKeyUp(func(*fyne.KeyEvent))
	}); ok {
		d.SetOnKeyDown(nil)
		d.SetOnKeyUp(nil)
	}
	c.SetOnTypedRune(nil)
}
