// Package capture provides the session clock, the times of inputs, and the one place that posts to the window's goroutine.
//
// Three observers see an input, each a step nearer to the keyboard: Fyne's handler (stamp kind "callback"), a hook in front of
// Fyne's GLFW callback, fed by a pump that waits for events instead of looking 60 times a second ("hook"), and on X11 and Windows
// a thread of its own that hears the raw events ("raw"). The earliest wins; where one is missing the next one counts,
// and every stamp says which it was. Only what also reached our window is kept. Auto-repeat is never a press.
package capture

import (
	"math"
	"sync"
	"time"
)

// The kinds of stamps, from the nearest observer to the farthest.
const (
	Raw      = "raw"      // the thread that hears raw events
	Hook     = "hook"     // in front of Fyne's GLFW callback
	Callback = "callback" // in Fyne's handler
)

// Stamp is the time of one input and how it was taken.
type Stamp struct {
	At       time.Duration // since the session's start, monotonic
	Kind     string        // raw, hook, callback
	Device   int           // number the window system gives the device, 0 if unknown
	Together bool          // delivered in the same poll as the input before it
}

// Source knows the input that is being delivered at this moment: *Input.
type Source interface {
	// Current is when it happened (since the program's start) and how that was taken; false outside a delivery.
	Current() (Stamp, bool)
}

// Clock is the one clock of a session: monotonic, anchored to UTC. The zero value is not usable; call NewClock.
type Clock struct {
	start time.Time     // UTC
	begun time.Duration // the moment at start
	speed int64         // session time for each time that passes: 1, more in a trial of endurance
	zero  time.Duration // what the system's monotonic clock read at start; 0 where programs do not share one

	// Machine reads the machine's clocks: the real ones, unless a test puts others in their place.
	Machine func() Readings
	vigil   Vigil

	mu     sync.Mutex
	source Source
}

// NewClock starts a clock that reads already when it starts: 0 for a new session, the last record's time for one that goes on.
func NewClock(already time.Duration) *Clock { return NewFastClock(already, 1) }

// NewFastClock is a clock that goes so many times as fast as time, for trials of endurance: what it stamps is no measurement.
func NewFastClock(already time.Duration, speed int) *Clock {
	var z zones
	passed := already / time.Duration(speed)
	begun := moment() - passed
	return &Clock{start: wall().Add(-passed), begun: begun, speed: int64(speed), zero: zeroOf(begun), Machine: func() Readings {
		r := readClocks()
		r.Zone = z.at(r.Real)
		return r
	}}
}

// Now is the time since the session's start.
func (c *Clock) Now() time.Duration { return c.Of(moment()) }

// Start is the UTC time at which the clock read 0.
func (c *Clock) Start() time.Time { return c.start.UTC() }

// Anchor is the clock's time and the wall time of the same moment, as the journal keeps it.
func (c *Clock) Anchor() (at time.Duration, utc string) {
	at, now := c.Now(), wall()
	return at, now.UTC().Format(time.RFC3339Nano)
}

// Changes are what has happened to the machine's clocks since they were last looked at: it slept, its wall clock was set, its time
// zone is another one. The first look finds nothing.
func (c *Clock) Changes() []Change { return c.vigil.See(c.Machine()) }

// Of is the session's time at a moment of the program, as onsets have it.
func (c *Clock) Of(at time.Duration) time.Duration { return (at - c.begun) * time.Duration(c.speed) }

// Monotonic is what the clock that the machine's programs share (CLOCK_MONOTONIC, on Windows the performance counter) read when this
// clock read 0, so that others can put their times beside ours; 0 where there is none.
func (c *Clock) Monotonic() time.Duration { return c.zero }

// zeroOf reads both clocks close together: of some tries the one in which nothing came between.
func zeroOf(begun time.Duration) (zero time.Duration) {
	best := time.Duration(math.MaxInt64)
	for range 5 {
		before := monotonic()
		at := moment() - begun
		took := monotonic() - before
		if before == 0 {
			return 0
		}
		if took < best {
			best, zero = took, before+took/2-at
		}
	}
	return zero
}

// Attend lets the clock know the true times of inputs. Without it every stamp is taken in the handler.
func (c *Clock) Attend(s Source) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.source = s
}

// Stamp is the time of the input being delivered: what the source says, else now.
func (c *Clock) Stamp() Stamp {
	now := c.Now()
	c.mu.Lock()
	source := c.source
	c.mu.Unlock()
	if source == nil {
		return Stamp{At: now, Kind: Callback}
	}
	s, ok := source.Current()
	if !ok {
		return Stamp{At: now, Kind: Callback}
	}
	s.At = min(now, c.Of(s.At))
	return s
}

// Wall is the present wall time, for reports and file names.
func Wall() time.Time { return time.Now() }
