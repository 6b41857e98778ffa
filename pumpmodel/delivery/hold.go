package delivery

import "time"

// Hold is a channel that is programmed and does not run yet (a delayed start) or stands by between infusions: a comparable value.
// The zero value holds nothing.
type Hold struct {
	Kind string        // delay, standby; empty for none
	Left time.Duration // until it ends
	Call time.Duration // a person is called this long before the end; 0 for not
}

// The kinds of a hold.
const (
	DelayedStart = "delay"
	Standby      = "standby"
)

// Begin holds for d, at most most (the care area's delay limit; 0 for none): a longer one is refused, never shortened.
func (h Hold) Begin(kind string, d, most time.Duration) (Hold, bool) {
	if d <= 0 || most > 0 && d > most || kind != DelayedStart && kind != Standby {
		return h, false
	}
	return Hold{Kind: kind, Left: d, Call: h.Call}, true
}

// HoldEvent is what letting time pass on a hold brought about; empty if nothing.
type HoldEvent string

// The events of a hold. At Due a delayed start begins, and a standby asks a person to go on: it never starts anything.
const (
	Callback HoldEvent = "callback"
	Due      HoldEvent = "due"
)

// Wait is the time until something falls due; false if nothing will. It is positive.
func (h Hold) Wait() (time.Duration, bool) {
	if h.Kind == "" {
		return 0, false
	}
	if h.Call > 0 && h.Left > h.Call {
		return h.Left - h.Call, true
	}
	return h.Left, true
}

// Elapse lets t pass, at most Wait.
func (h Hold) Elapse(t time.Duration) (Hold, HoldEvent) {
	if h.Kind == "" || t <= 0 {
		return h, ""
	}
	h.Left -= t
	switch {
	case h.Left <= 0:
		return Hold{Call: h.Call}, Due
	case h.Call > 0 && h.Left == h.Call:
		return h, Callback
	}
	return h, ""
}
