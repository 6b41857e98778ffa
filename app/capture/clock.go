// Package capture provides the session clock, the times of inputs, and the one place that posts to the window's goroutine.
//
// A stamp is taken in the event's own handler (kind "callback"). Ways nearer to the hardware (a hook in front of the toolkit's
// callback, raw events from a second connection) put their earlier times into Offer before the handler runs; Stamp hands out
// the earliest one and says its kind.
package capture

import (
	"sync"
	"time"
)

// Stamp is the time of one input and how it was taken.
type Stamp struct {
	At   time.Duration // since the session's start, monotonic
	Kind string        // raw, hook, callback
}

// Clock is the one clock of a session: monotonic, anchored to UTC. The zero value is not usable; call NewClock.
type Clock struct {
	start time.Time

	mu      sync.Mutex
	offered []Stamp
}

// NewClock starts a clock that reads already when it starts: 0 for a new session, the last record's time for one that goes on.
func NewClock(already time.Duration) *Clock {
	return &Clock{start: time.Now().Add(-already)}
}

// Now is the time since the session's start.
func (c *Clock) Now() time.Duration { return time.Since(c.start) }

// Start is the UTC time at which the clock read 0.
func (c *Clock) Start() time.Time { return c.start.UTC() }

// UTC is the present wall time as the journal keeps it.
func (c *Clock) UTC() string { return time.Now().UTC().Format(time.RFC3339Nano) }

// Offer hands in an earlier time for the input that is about to be delivered.
func (c *Clock) Offer(s Stamp) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offered = append(c.offered, s)
}

// Stamp is the time of the input being delivered: the earliest offered within the last half second, else now.
func (c *Clock) Stamp() Stamp {
	now := c.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	best := Stamp{now, "callback"}
	for _, s := range c.offered {
		if s.At < best.At && now-s.At < 500*time.Millisecond {
			best = s
		}
	}
	c.offered = c.offered[:0]
	return best
}

// Wall is the present wall time, for reports and file names.
func Wall() time.Time { return time.Now() }
