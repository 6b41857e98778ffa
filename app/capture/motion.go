package capture

import "time"

// Motion is how the pointer moved over one of our windows during a frame: its events are many and each alone says little, so they are
// put together.
type Motion struct {
	First, Last time.Duration // when its first and last event happened, since the program's start
	Events      int
	X, Y        float64 // where the pointer is after it, in the window's units
	Kind        string  // of its stamps: raw, hook
}

// Mover puts motion together frame by frame and finds the raw events' times for it. Raw events arrive wherever the pointer is, so only
// those between the last moment at which all had been delivered and a delivery to our window count. The zero value is ready.
type Mover struct {
	raw     []time.Duration // raw motion not yet accounted for, first first
	now     Motion
	pending bool
	began   time.Duration // first delivery of the pending motion
}

// motionFrame is how long motion is put together: a frame of the toolkit.
const motionFrame = time.Second / 60

// most bounds how much raw motion waits: a second of the quickest mouse there is.
const most = 8192

// Saw takes a raw motion event in.
func (m *Mover) Saw(at time.Duration) {
	if len(m.raw) == most {
		m.raw = append(m.raw[:0], m.raw[most/2:]...)
	}
	m.raw = append(m.raw, at)
}

// Delivered takes in that the pointer's new place reached our window at a moment. All that the display sent before settled had been
// delivered earlier.
func (m *Mover) Delivered(x, y float64, at, settled time.Duration) {
	first, last := at, at
	kind := Hook
	for _, r := range m.raw {
		if r < settled || r > at {
			continue
		}
		if kind == Hook {
			first, kind = r, Raw
		}
		last = r
	}
	if !m.pending {
		m.pending, m.began = true, at
		m.now = Motion{First: first, Kind: kind}
	}
	m.now.Last = max(last, m.now.First)
	m.now.X, m.now.Y = x, y
	m.now.Events++
}

// Flush is the motion of the frame that has passed: if force is set, or its first event was delivered a frame ago. No time of it is
// after before, the time of an input that the display sent later.
func (m *Mover) Flush(now, before time.Duration, force bool) (Motion, bool) {
	if !m.pending || !force && now-m.began < motionFrame {
		return Motion{}, false
	}
	m.pending = false
	m.forget(m.now.Last)
	m.now.First, m.now.Last = min(m.now.First, before), min(m.now.Last, before)
	return m.now, true
}

// Settle forgets raw motion that was delivered elsewhere: all that the display sent before settled has been delivered.
func (m *Mover) Settle(settled time.Duration) {
	if !m.pending {
		m.forget(settled)
	}
}

// forget drops raw motion up to a moment.
func (m *Mover) forget(until time.Duration) {
	n := 0
	for n < len(m.raw) && m.raw[n] <= until {
		n++
	}
	m.raw = append(m.raw[:0], m.raw[n:]...)
}
