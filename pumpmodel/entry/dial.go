package entry

import (
	"cmp"
	"time"

	"pumplab/pumpmodel/quantity"
)

// dial is the method of a knob: one detent (cw or ccw) is one small step of the chevron's region; detents that follow so fast
// that Params.Detents of them fall within a second are worth ten each, while the speed lasts. Turning back starts slowly again.
type dial struct {
	base
	regions []region
	fast    int
}

func newDial(p Params) Method {
	d := dial{
		base:    base{name: "dial", keys: []string{"cw", "ccw", "enter"}, min: p.Minimum, max: cmp.Or(p.Maximum, quantity.Int(1200))},
		regions: regionsOf([]quantity.Decimal{power(-1), quantity.One, quantity.Int(10)}),
		fast:    cmp.Or(p.Detents, DetentsMax),
	}
	if len(p.Steps) > 0 {
		d.regions = regionsOf(p.Steps)
	}
	return d
}

// Press applies one detent, or checks the number on enter (the knob pressed).
func (d dial) Press(s State, key string) (State, Answer) {
	switch {
	case !d.has(key):
		return s, d.lacks(key)
	case key == "enter":
		return check(d, s)
	}
	way := int8(1)
	if key == "ccw" {
		way = -1
	}
	if s.Count != way {
		s.Count, s.Turns = way, [DetentsMax - 1]int32{}
	}
	r := regionAt(d.regions, s.Value)
	step := r.small
	if s.Turns[d.fast-2] > 0 {
		step = r.large
	}
	copy(s.Turns[1:], s.Turns[:])
	s.Turns[0] = int32(time.Second)
	return d.set(s, next(s.Value, step, way > 0))
}

// Wait is the time until the oldest of the latest detents no longer counts.
func (d dial) Wait(s State) (time.Duration, bool) {
	var left int32
	for _, t := range s.Turns {
		if t > 0 {
			left = t
		}
	}
	return time.Duration(left), left > 0
}

// Elapse lets d pass: detents older than a second no longer count.
func (d dial) Elapse(s State, t time.Duration) (State, Answer) {
	for i := range s.Turns {
		s.Turns[i] = int32(max(0, time.Duration(s.Turns[i])-t))
	}
	if s.Turns[0] == 0 {
		s.Count = 0
	}
	return s, Answer{}
}

// check answers enter for methods that show their value at all times.
func check(m Method, s State) (State, Answer) {
	if _, ok, why := m.Value(s); !ok {
		return s, blocked(why)
	}
	return s, accepted()
}
