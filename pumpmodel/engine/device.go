package engine

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
)

const (
	channels = 2
	lanes    = 2 * channels // primary and secondary of A, then of B
)

// device is everything a pump with more than one infusion remembers: the states of the single-channel machine, one a lane, and what
// is between them. It is a plain comparable value.
type device struct {
	Lane    [lanes]state
	Shown   int8           // the lane that the display shows and the keys act on
	Holding [channels]bool // the primary flowed when its secondary was started, and goes on after it
	Twice   [lanes]int16   // the drug for which "the same on another channel" was overridden, plus one
}

// deck is the machine of a device: the single-channel machine on every lane, with what connects them. Immutable.
type deck struct {
	primary   *mach           // of A
	secondary *mach           // of A, on the setups that can be given as a secondary infusion; nil if the design has none
	all       [lanes]*mach    // the machine of each lane, under its name; nil where the device has no such lane
	owned     map[string]bool // the controls that do something for the whole device
	names     []string        // of the channels; one empty name for a pump with one
}

// newDeck is the machine of a design with several channels or secondary infusions.
func newDeck(d *design.Design, libs ...*library.Library) (pumpmodel.Machine, error) {
	k, err := compileDeck(d, nil, libs...)
	if err != nil {
		return nil, err
	}
	return pumpmodel.NewInPlace(pumpmodel.InPlace[device]{Info: k.primary.info, Start: k.start, Step: k.step, Wait: k.wait, Show: k.show}), nil
}

// compileDeck compiles it; instead are entry methods to use in the place of the design's own.
func compileDeck(d *design.Design, instead map[field.Field]entry.Method, libs ...*library.Library) (*deck, error) {
	m, err := newMach(d, instead, false, libs...)
	if err != nil {
		return nil, err
	}
	k := &deck{primary: m, names: d.Channels, owned: map[string]bool{}}
	for _, action := range []string{"channel", "channel-a", "channel-b", "secondary", "silence"} {
		k.owned[d.Keys[action]] = true
	}
	if len(k.names) == 0 {
		k.names = []string{""}
	}
	if d.Secondary {
		if k.secondary, err = newMach(d, instead, true, libs...); err != nil {
			k.secondary = nil // the library has nothing for it: the key says so
		}
	}
	var places [lanes]string
	for i := range 2 * len(k.names) {
		places[i] = k.where(i)
	}
	for i := range lanes {
		if m := [2]*mach{k.primary, k.secondary}[i%2]; m != nil && i/2 < len(k.names) {
			own := *m
			own.label, own.places, own.answers, own.spare = k.label(i), places, &answers{}, len(k.owned)
			k.all[i] = &own
		}
	}
	k.primary, k.secondary = k.all[0], k.all[1]
	return k, nil
}

func (k *deck) start() device {
	var d device
	for i := range d.Lane {
		d.Lane[i] = k.primary.start()
	}
	return d
}

// of is the machine of a lane; nil where the device has no such lane.
func (k *deck) of(i int) *mach { return k.all[i] }

// label is how outputs and the display name a lane: A, B secondary, secondary; empty for the primary of a pump with one channel.
func (k *deck) label(i int) string {
	name := k.names[i/2]
	switch {
	case i%2 == 0:
		return name
	case name == "":
		return "secondary"
	}
	return name + " secondary"
}

// laneNamed is the lane of that label; the one that is shown if there is none.
func (k *deck) laneNamed(d *device, label string) int {
	for i := range lanes {
		if k.of(i) != nil && k.label(i) == label {
			return i
		}
	}
	return int(d.Shown)
}

// others reports that f holds for a lane other than i.
func (k *deck) others(d *device, i int, f func(*state) bool) bool {
	for j := range lanes {
		if j != i && k.of(j) != nil && f(&d.Lane[j]) {
			return true
		}
	}
	return false
}

func infusing(s *state) bool { return s.Flow.Active() }

// wait is the time until anything falls due on any lane.
func (k *deck) wait(d *device) (time.Duration, bool) {
	least, ok := time.Duration(0), false
	for i := range lanes {
		if m := k.of(i); m != nil {
			if w, timed := m.wait(&d.Lane[i]); timed && (!ok || w < least) {
				least, ok = w, true
			}
		}
	}
	return least, ok
}

// blank is a lane on which nothing is programmed, with what belongs to the pump and not to the programme.
func (k *deck) blank(s *state) state {
	n := k.primary.start()
	n.Lib, n.Waiting, n.Power, n.Restarts = s.Lib, s.Waiting, s.Power, s.Restarts
	n.Alarms, n.Faults, n.Answered, n.Held, n.HeldFor = s.Alarms, s.Faults, s.Answered, s.Held, s.HeldFor
	return n
}

// lane reports that a setup of this kind of delivery is given by the lanes the machine is compiled for: intermittent and secondary
// ones as a secondary infusion, all others and intermittent ones as a primary where the design has both.
func (m *mach) lane(delivery string) bool {
	switch {
	case m.aside:
		return delivery == "intermittent" || delivery == "secondary"
	case m.d.Secondary:
		return delivery != "secondary"
	}
	return true
}
