package delivery

import "time"

// MaxSilence is how long an alarm's sound may be switched off: two minutes, never for good (GIP 3.2.1, 3.2.2).
const MaxSilence = 2 * time.Minute

// Alarms are the conditions present on a channel and what is left of their silence: a comparable value.
type Alarms struct {
	Active Conditions
	Quiet  time.Duration // silence left
}

// Raise adds a condition. A new one ends the silence; one that is present already changes nothing.
func (a Alarms) Raise(c Condition) Alarms {
	if next := a.Active.With(c); next != a.Active {
		return Alarms{Active: next}
	}
	return a
}

// Clear removes a condition; with the last one the silence goes too.
func (a Alarms) Clear(c Condition) Alarms {
	a.Active = a.Active.Without(c)
	if a.Active == 0 {
		a.Quiet = 0
	}
	return a
}

// Silence switches the sound off for d, at most MaxSilence. Without a condition there is nothing to silence.
func (a Alarms) Silence(d time.Duration) Alarms {
	if a.Active != 0 {
		a.Quiet = min(max(d, 0), MaxSilence)
	}
	return a
}

// Elapse lets t pass, at most Wait.
func (a Alarms) Elapse(t time.Duration) Alarms {
	a.Quiet = max(a.Quiet-max(t, 0), 0)
	return a
}

// Wait is the time until the silence ends; false if it is not silenced.
func (a Alarms) Wait() (time.Duration, bool) { return a.Quiet, a.Quiet > 0 }

// Audible reports that a sound is being made.
func (a Alarms) Audible() bool { return a.Active != 0 && a.Quiet == 0 }
