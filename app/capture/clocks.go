package capture

import (
	"fmt"
	"strings"
	"time"
)

// Readings are a machine's clocks, read together.
type Readings struct {
	Monotonic time.Duration // CLOCK_MONOTONIC: stands still while the machine sleeps; what a session's time runs on
	Boot      time.Duration // CLOCK_BOOTTIME: goes on while it sleeps; 0 where the system does not tell
	Real      time.Time     // the wall clock, UTC
	Zone      string        // the time zone in force, "Europe/Berlin CET +01:00"; empty if it was not looked up
	Within    time.Duration // how long reading took: the clocks may be so far apart
}

// The kinds of what can happen to a machine's clocks.
const (
	Slept   = "slept"   // the machine was suspended: session time stood still for so long
	Stepped = "stepped" // the wall clock was set, ahead or back
	Leapt   = "leapt"   // the wall clock went ahead; the system does not tell sleep from a clock that was set
	Zoned   = "zone"    // another time zone, or summer time began or ended
)

// Change is something that happened to a machine's clocks between two readings.
type Change struct {
	Kind     string
	By       time.Duration // slept for so long; the wall clock went ahead (below 0: back) by so much
	From, To string        // time zones
}

// Value is a change as a session's journal keeps it: "12.345s", "-1h0m0s", "Europe/Berlin CET +01:00 → Etc/UTC UTC +00:00".
func (c Change) Value() string {
	if c.Kind == Zoned {
		return c.From + " → " + c.To
	}
	return c.By.Round(time.Millisecond).String()
}

// ClockWords says in words what a journal's fact about the clock means, from its kind and its value.
func ClockWords(kind, value string) string {
	back, isBack := strings.CutPrefix(value, "-")
	switch {
	case kind == Slept:
		return "the computer slept for " + value + ", and the session's time stood still"
	case kind == Stepped && isBack:
		return "the computer's clock was set back by " + back + "; session times go on unharmed"
	case kind == Stepped:
		return "the computer's clock was set ahead by " + value + "; session times go on unharmed"
	case kind == Leapt:
		return "the computer slept, or its clock was set ahead, by " + value
	case kind == Zoned:
		return "the computer's time zone changed: " + value
	}
	return fmt.Sprintf("the computer's clock changed (%s %s)", kind, value)
}

// Vigil holds each reading of a machine's clocks against the one before. The zero value is ready.
type Vigil struct {
	last  Readings
	zone  string
	begun bool
}

// Differences that are no news: how far two clocks read together may seem to drift. CLOCK_REALTIME is slewed together with
// CLOCK_MONOTONIC on Linux, so that there any difference beyond the time of reading is a step; elsewhere slewing is let pass.
const (
	sleepSlack = 5 * time.Millisecond
	stepSlack  = 2 * time.Millisecond
	slewSlack  = 250 * time.Millisecond
)

// See says what has happened since the last reading, if anything.
func (v *Vigil) See(now Readings) (changes []Change) {
	last, zone := v.last, v.zone
	v.last = now
	if now.Zone != "" {
		v.zone = now.Zone
	}
	if !v.begun {
		v.begun = true
		return nil
	}
	noise := last.Within + now.Within
	passed := now.Monotonic - last.Monotonic
	ahead := now.Real.Sub(last.Real) - passed
	told := now.Boot > 0 && last.Boot > 0
	if told {
		if slept := now.Boot - last.Boot - passed; slept > sleepSlack+noise {
			changes = append(changes, Change{Kind: Slept, By: slept})
			ahead -= slept
		}
	}
	slack := stepSlack + noise
	if !told {
		slack = slewSlack + noise
	}
	if ahead.Abs() > slack {
		kind := Stepped
		if !told && ahead > 0 {
			kind = Leapt
		}
		changes = append(changes, Change{Kind: kind, By: ahead})
	}
	if now.Zone != "" && zone != "" && now.Zone != zone {
		changes = append(changes, Change{Kind: Zoned, From: zone, To: now.Zone})
	}
	return changes
}
