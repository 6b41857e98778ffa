package capture

import "time"

// Class is what kind of input was seen.
type Class uint8

// The classes of inputs.
const (
	Key Class = iota
	Button
	Wheel
)

// What names an input on both sides: the window system's key code or button number, going down or up.
type What struct {
	Class Class
	Code  int
	Down  bool
}

// Sight is one raw event.
type Sight struct {
	What   What
	At     time.Duration // when our thread saw it
	Server time.Duration // when the display server says it happened, on the same clock, rounded down; 0 if it does not say
	Device int
}

// Matcher joins raw events with the deliveries of the same inputs to our window, first to first. Raw events arrive whatever
// program has the focus; those that never reach our window are forgotten. The zero value is ready.
type Matcher struct {
	seen map[What][]Sight
	owed map[What][]time.Duration // deliveries that came before their raw event
}

const (
	// forgetAfter is how long a raw event may wait for its delivery while deliveries flow.
	forgetAfter = 500 * time.Millisecond
	// latest is how much later than its delivery a raw event may be when the server's own time is unknown.
	latest = 40 * time.Millisecond
)

// happened is the earliest moment a raw event can have been known to anyone.
func (s Sight) happened() time.Duration {
	if s.Server > 0 && s.Server <= s.At+time.Millisecond && s.At-s.Server < forgetAfter {
		return s.Server
	}
	return s.At - latest
}

// Saw takes a raw event in.
func (m *Matcher) Saw(s Sight) {
	owed := m.owed[s.What]
	for len(owed) > 0 {
		at := owed[0]
		owed = owed[1:]
		m.owed[s.What] = owed
		if s.happened() <= at { // the delivery was quicker: this is its event
			return
		}
	}
	m.ready()
	m.seen[s.What] = append(m.seen[s.What], s)
}

// Delivered is the raw event of an input that reached our window at a moment; false if it has not been seen (yet). What the display
// sent before settled has been delivered; a window that was busy for a second gets its events late, and their raw events count.
func (m *Matcher) Delivered(w What, at, settled time.Duration) (Sight, bool) {
	m.ready()
	m.Prune(settled)
	list := m.seen[w]
	if len(list) == 0 || list[0].happened() > at {
		m.owed[w] = append(m.owed[w], at)
		return Sight{}, false
	}
	m.seen[w] = list[1:]
	return list[0], true
}

func (m *Matcher) ready() {
	if m.seen == nil {
		m.seen, m.owed = map[What][]Sight{}, map[What][]time.Duration{}
	}
}

// Prune forgets what has waited for too long, on both sides, when all that the display sent before settled has been delivered.
func (m *Matcher) Prune(settled time.Duration) {
	for w, list := range m.seen {
		for len(list) > 0 && settled-list[0].At > forgetAfter {
			list = list[1:]
		}
		m.seen[w] = list
	}
	for w, list := range m.owed {
		for len(list) > 0 && settled-list[0] > forgetAfter {
			list = list[1:]
		}
		m.owed[w] = list
	}
}

// Forget drops the raw events of a class that wait: the focus or the pointer came from elsewhere, they were not for us.
func (m *Matcher) Forget(c Class) {
	for w := range m.seen {
		if w.Class == c {
			delete(m.seen, w)
		}
	}
}
