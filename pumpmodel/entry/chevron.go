package entry

import (
	"cmp"
	"time"

	"pumplab/pumpmodel/quantity"
)

// defaultTick is the slower of the reported repeat periods of a held chevron (shared/domain/entry-methods.md).
const defaultTick = 250 * time.Millisecond

// countdown is where the countdown to the tenfold step starts with each press.
const countdown = 5

// chevron is the method of two pairs of arrow keys, small (up, dn) and large (UP, DN). The step is chosen by the value before the
// press, so leaving a region is not symmetric: up from 99.9 is 100, dn from 100 is 99.
type chevron struct {
	base
	regions []region
	period  time.Duration
	delay   time.Duration
	scaled  bool // steps of its own: the conditions of acceleration follow the region instead of the device's 10 and 100
}

func newChevron(p Params, name string, steps ...quantity.Decimal) Method {
	c := chevron{
		base:    base{name: name, keys: []string{"up", "UP", "dn", "DN"}, min: p.Minimum, max: cmp.Or(p.Maximum, quantity.Int(1200))},
		regions: regionsOf(steps),
		period:  cmp.Or(p.Tick, defaultTick),
		delay:   cmp.Or(p.Delay, p.Tick, defaultTick),
	}
	if len(p.Steps) > 0 {
		c.regions, c.scaled = regionsOf(p.Steps), true
	}
	return c
}

// Press makes the first step at once and begins a hold.
func (c chevron) Press(s State, key string) (State, Answer) {
	if !c.has(key) {
		return s, c.lacks(key)
	}
	s.Held, s.Next, s.Count, s.Factor = heldAs(key), c.delay, 0, 0
	if large(key) {
		s.Count = countdown
	}
	return c.tick(s)
}

// Release ends the hold: the countdown and the step start afresh.
func (c chevron) Release(s State, key string) State {
	if key == s.Held.String() {
		s.Held, s.Next, s.Count, s.Factor = 0, 0, 0, 0
	}
	return s
}

// Wait is the time to the next repeat of the held key.
func (c chevron) Wait(s State) (time.Duration, bool) { return s.Next, s.Held != 0 }

// Elapse lets d pass; every tick that falls due is one step. The answer is the last step's, or none.
func (c chevron) Elapse(s State, d time.Duration) (State, Answer) {
	var a Answer
	if s.Held == 0 {
		return s, a
	}
	for d >= s.Next {
		d -= s.Next
		s.Next = c.period
		s, a = c.tick(s)
	}
	s.Next -= d
	return s, a
}

// tick is one step of the held key. The countdown falls first; the conditions look at the value before the step.
func (c chevron) tick(s State) (State, Answer) {
	key := s.Held.String()
	v, up := s.Value, key == "up" || key == "UP"
	r := regionAt(c.regions, v)
	if !large(key) {
		return c.set(s, next(v, r.small, up))
	}
	s.Count = max(0, s.Count-1)
	switch {
	case s.Factor == 1 && !up && v == 10*r.large: // at 10 and at 100 the tenfold step would reach 0
		s.Factor = 0
	case s.Factor == 0 && s.Count == 0 && c.accelerates(v, up):
		s.Factor = 1
	}
	step := r.large
	if s.Factor == 1 {
		step *= 10
	}
	return c.set(s, next(v, step, up))
}

// accelerates reports whether a held large chevron may pass to the tenfold step at v.
func (c chevron) accelerates(v quantity.Decimal, up bool) bool {
	ten, hundred := quantity.Int(10), quantity.Int(100)
	if c.scaled {
		tenfold := 10 * regionAt(c.regions, v).large
		return v%tenfold == 0 && (up || v > tenfold)
	}
	if v < hundred {
		return v%ten == 0 && (up || v > ten)
	}
	return v > hundred && v%hundred == 0
}

func large(key string) bool { return key == "UP" || key == "DN" }
