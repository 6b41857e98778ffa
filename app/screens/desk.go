// Package screens provides the laboratory's screens, one file each. A screen declares the small interfaces it needs.
package screens

import (
	"fmt"
	"image/color"
	"time"

	"pumplab/app/capture"
	"pumplab/app/face"
	"pumplab/app/parts"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/session"
)

// Driver is a session as the window drives it: *session.Session.
type Driver interface {
	Apply(at time.Duration, e studies.Event) (session.View, error)
	Look(at time.Duration) session.View
	NextDue(at time.Duration) (time.Duration, bool)
	View() session.View
	Last() journal.Record
}

var _ Driver = (*session.Session)(nil)

// Clock is the session's clock.
type Clock interface {
	Stamp() capture.Stamp
	Now() time.Duration
	Anchor() (at time.Duration, utc string)
	Changes() []capture.Change
}

var _ Clock = (*capture.Clock)(nil)

// Moment is what a watcher of a session hears: a record that was written, or only that time has changed the screen.
type Moment struct {
	View   session.View
	Record *journal.Record // nil: time alone
	Event  studies.Event
	At     time.Duration // when the session changed
}

// Desk is a running session on the window's goroutine: inputs go in with their stamps, watchers hear what came of them.
type Desk struct {
	Driver  Driver
	Clock   Clock
	Trouble func(error)                        // hears what kept an input from being taken; may be nil
	Release func(code string, s capture.Stamp) // lets go, on the pump, of what that button holds; may be nil
	Part    face.Part                          // has the pump's changes painted alone; may be nil
	Frames  Frames                             // tells when a change was seen; may be nil

	Prompt bool // what time alone brings about is journalled when it happens, for others to hear of it

	watchers []func(Moment)
	onsets   onsets
	anchored time.Duration
	looked   time.Duration // when the machine's clocks were last looked at
	due      time.Duration
	timed    bool
	stopped  bool
}

// anchorEvery is how often the wall clock is written beside the session's.
const anchorEvery = time.Minute

// lookEvery is how often the machine's clocks are held against each other: a change is dated to within it.
const lookEvery = 250 * time.Millisecond

// NewDesk is a desk for a session that has begun.
func NewDesk(d Driver, c Clock) *Desk {
	k := &Desk{Driver: d, Clock: c, anchored: c.Now()}
	k.plan(c.Now())
	return k
}

// Watch adds a watcher; it hears the present moment at once.
func (k *Desk) Watch(f func(Moment)) {
	k.watchers = append(k.watchers, f)
	f(Moment{View: k.Driver.Look(k.Clock.Now())})
}

// Tell takes one outside fact with its stamp. Watchers hear of it when it is in the journal.
func (k *Desk) Tell(s capture.Stamp, e studies.Event) {
	if k.stopped {
		return
	}
	if e.Stamp == "" {
		e.Stamp = s.Kind
	}
	e.Device, e.Together = s.Device, s.Together
	at := max(s.At, k.Driver.Last().At)
	view, err := k.Driver.Apply(at, e)
	if err != nil {
		if k.Trouble != nil {
			k.Trouble(err)
		}
		return
	}
	record := k.Driver.Last()
	k.plan(at)
	if e.Kind == studies.Pointer && len(record.Outputs) == 0 {
		return // nothing to be seen: a pointer moves often
	}
	k.hear(Moment{View: view, Record: &record, Event: e, At: at})
}

// Say is Tell for what has no input stamp of its own: anchors, measurements.
func (k *Desk) Say(e studies.Event) { k.Tell(capture.Stamp{At: k.Clock.Now(), Kind: "callback"}, e) }

// Do journals what a person did with the key or click that is being delivered, at its time.
func (k *Desk) Do(e studies.Event) { k.Tell(k.Clock.Stamp(), e) }

// letGo takes the release of a mouse button on something that lies over the pump: it belongs to where the button went down.
func (k *Desk) letGo(code string, s capture.Stamp) {
	if k.Release != nil {
		k.Release(code, s)
	}
}

// plate is a button of the participant's screen.
func (k *Desk) plate(text, key string, ground, ink color.Color, pressed func(capture.Stamp)) *parts.Plate {
	p := parts.NewPlate(text, key, ground, ink, k.Clock, pressed)
	p.Missed = func(s capture.Stamp) { k.letGo("button1", s) }
	return p
}

// Program turns moments of the program into the session's time.
type Program interface {
	Of(at time.Duration) time.Duration
}

// Moved is the pointer's motion over the participant's screen in one frame.
func (k *Desk) Moved(c Program, m capture.Motion) {
	if k.Driver.View().Ended != "" {
		return // what the pointer does on the last page is no fact of the session
	}
	first, last := c.Of(m.First), c.Of(m.Last)
	k.Tell(capture.Stamp{At: last, Kind: m.Kind}, studies.Event{
		Kind: studies.Pointer, First: max(0, first), Value: fmt.Sprintf("x=%.1f y=%.1f n=%d", m.X, m.Y, m.Events),
	})
}

// Anchor journals the wall time of this moment, and before it whatever has happened to the machine's clocks.
func (k *Desk) Anchor() {
	k.lookAtClocks()
	k.writeOnsets(k.Clock.Now())
	at, utc := k.Clock.Anchor()
	k.anchored = at
	k.Tell(capture.Stamp{At: at, Kind: capture.Callback}, studies.Event{Kind: studies.Anchor, Value: utc})
}

// lookAtClocks journals whatever has happened to the machine's clocks since they were last looked at, and reports whether anything has.
func (k *Desk) lookAtClocks() bool {
	changes := k.Clock.Changes()
	for _, c := range changes {
		k.Say(studies.Event{Kind: studies.Clock, Item: c.Kind, Value: c.Value()})
	}
	return len(changes) > 0
}

// Tick lets time show: call it often. Watchers hear only when something is due.
func (k *Desk) Tick() {
	now := k.Clock.Now()
	if now-k.looked >= lookEvery {
		k.looked = now
		if k.lookAtClocks() {
			k.Anchor() // what comes now has its wall time from here
		}
	}
	if now-k.anchored >= anchorEvery {
		k.Anchor()
	}
	if now-k.onsets.written >= writeEvery {
		k.writeOnsets(now)
	}
	if k.timed && now >= k.due && k.Prompt {
		k.Anchor()
		return
	}
	if k.timed && now >= k.due {
		due, view := k.due, k.Driver.Look(now)
		k.plan(now)
		k.hear(Moment{View: view, At: due})
	}
}

// Look is the session as it is now.
func (k *Desk) Look() session.View { return k.Driver.Look(k.Clock.Now()) }

// Stop takes no further facts.
func (k *Desk) Stop() { k.stopped = true }

func (k *Desk) plan(at time.Duration) { k.due, k.timed = k.Driver.NextDue(at) }

func (k *Desk) hear(m Moment) {
	for _, f := range k.watchers {
		f(m)
	}
	k.await(m)
}
