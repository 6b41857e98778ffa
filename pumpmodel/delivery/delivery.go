// Package delivery provides what the pump does once it runs: volume over time, keep-vein-open, alarms as data.
//
// A Delivery is a plain value. Volume is kept as base + rate × elapsed, so that letting a+b pass equals letting a and then b
// pass, to the last unit.
package delivery

import (
	"time"

	"pumplab/pumpmodel/quantity"
)

// Mode is what the pump is doing.
type Mode int8

// The modes of delivery. The zero value is Stopped.
const (
	Stopped Mode = iota
	Infusing
	Paused
	KVO     // after the VTBI, or by an alarm, at min(KVO, set rate)
	Alarmed // stopped by an alarm condition
	Held    // programmed and waiting: a delayed start, a loading dose that goes first, a standby
)

// String is the mode in a word.
func (m Mode) String() string {
	return [...]string{"stopped", "infusing", "paused", "kvo", "alarmed", "held"}[m]
}

// Event is what letting time pass brought about; empty if nothing.
type Event string

// The events of Elapse. At most one falls on one moment.
const (
	Completed  Event = "complete"   // the VTBI was delivered: KVO from now on
	NearlyDone Event = "near end"   // the remaining time fell to NearEnd
	LongPause  Event = "long pause" // the pause reached PauseLimit
)

// Delivery is one channel's infusion: a comparable value.
type Delivery struct {
	Rate    quantity.Decimal // mL/h as set
	VTBI    quantity.Decimal // mL to be infused in all at this setting; 0 runs until it is stopped
	KVORate quantity.Decimal // mL/h
	Base    quantity.Decimal // mL given before the present stretch, rounded down to a millionth
	KVOBase quantity.Decimal // mL given at KVO before the present stretch
	Since   time.Duration    // length of the present stretch
	Earlier quantity.Decimal // mL given under earlier volumes to be infused of the same infusion

	NearEnd    time.Duration // pre-alarm this long before the volume is done; 0 for none
	PauseLimit time.Duration // a pause this long is an event; 0 for none

	Mode Mode
}

// Start begins a new infusion of vtbi mL at rate mL/h, then KVO at min(kvo, rate). Counts begin at 0. A rate that is not
// positive leaves the pump stopped.
func (d Delivery) Start(rate, vtbi, kvo quantity.Decimal) Delivery {
	next := Delivery{Mode: Stopped, NearEnd: d.NearEnd, PauseLimit: d.PauseLimit}
	if rate <= 0 {
		return next
	}
	next.Mode, next.Rate, next.VTBI, next.KVORate = Infusing, rate, max(vtbi, 0), max(kvo, 0)
	return next
}

// Change sets another rate, volume, or both. A vtbi equal to the one set keeps counting towards it; another one counts from now,
// and ends KVO. A paused or alarmed infusion stays so, and so does one at KVO without a new volume; a stopped one, or a rate that
// is not positive, changes nothing.
func (d Delivery) Change(rate, vtbi quantity.Decimal) Delivery {
	if !d.Active() || rate <= 0 {
		return d
	}
	d = d.fold()
	d.Rate = rate
	if vtbi = max(vtbi, 0); vtbi != d.VTBI {
		d.Earlier += d.Base + d.KVOBase
		d.Base, d.KVOBase, d.VTBI = 0, 0, vtbi
		if d.Mode == KVO {
			d.Mode = Infusing
		}
	}
	return d
}

// Pause stops what flows or is held; anything else stays.
func (d Delivery) Pause() Delivery {
	if d.Flow() == 0 && d.Mode != Held && d.Mode != Infusing {
		return d
	}
	return d.to(Paused)
}

// Hold keeps an infusion from flowing until Resume, which begins it or goes on with it. Without an infusion nothing is held.
func (d Delivery) Hold() Delivery {
	if !d.Active() {
		return d
	}
	return d.to(Held)
}

// Resume goes on after a pause, an alarm, or a KVO that came before the volume was done: with the infusion while volume is left,
// at KVO otherwise.
func (d Delivery) Resume() Delivery {
	if !d.Active() {
		return d
	}
	mode := Infusing
	if d.done() {
		mode = KVO
	}
	if d.Mode == mode {
		return d
	}
	return d.to(mode)
}

// Stop ends the infusion; what was given stays readable.
func (d Delivery) Stop() Delivery { return d.to(Stopped) }

// Halt stops the flow because of an alarm condition; Resume goes on. A pump on which nothing flows or is paused stays.
func (d Delivery) Halt() Delivery {
	if !d.Active() {
		return d
	}
	return d.to(Alarmed)
}

// KeepOpen falls back to KVO before the volume is done, as some alarm conditions demand.
func (d Delivery) KeepOpen() Delivery {
	if d.Mode != Infusing {
		return d
	}
	return d.to(KVO)
}

// Active reports that there is an infusion: running, at KVO, paused, held or stopped by an alarm.
func (d Delivery) Active() bool { return d.Mode != Stopped }

func (d Delivery) done() bool { return d.VTBI > 0 && d.Base >= d.VTBI }

// to folds the present stretch into the counts and begins another in mode m.
func (d Delivery) to(m Mode) Delivery {
	d = d.fold()
	d.Mode, d.Since = m, 0
	return d
}

// fold moves the volume of the present stretch into the counts. A pause goes on being one pause.
func (d Delivery) fold() Delivery {
	switch d.Mode {
	case Infusing:
		d.Base, d.Since = d.Given(), 0
	case KVO:
		d.KVOBase, d.Since = d.GivenKVO(), 0
	}
	return d
}

// Elapse lets t pass. It may not be longer than Wait: letting more pass at once would be a broken contract and panics, since
// whatever falls due in between would be lost.
func (d Delivery) Elapse(t time.Duration) (Delivery, Event) {
	if t <= 0 || !d.Active() {
		return d, ""
	}
	if w, ok := d.Wait(); ok && t > w {
		panic("delivery: elapse of " + t.String() + " is beyond the wait of " + w.String())
	}
	d.Since += t
	switch {
	case d.Mode == Paused && d.PauseLimit > 0 && d.Since == d.PauseLimit:
		return d, LongPause
	case d.Mode != Infusing || d.VTBI == 0:
		return d, ""
	case d.Given() >= d.VTBI:
		d.Base, d.Mode, d.Since = d.VTBI, KVO, 0
		return d, Completed
	}
	if end, ok := d.end(); ok && d.NearEnd > 0 && d.Since == end-d.NearEnd {
		return d, NearlyDone
	}
	return d, ""
}

// Wait is the time until something falls due: the end of the volume (the first nanosecond at which it is all given), the
// pre-alarm before it, the limit of a pause. It is positive; false means nothing will.
func (d Delivery) Wait() (time.Duration, bool) {
	switch d.Mode {
	case Paused:
		if left := d.PauseLimit - d.Since; left > 0 {
			return left, true
		}
	case Infusing:
		end, ok := d.end()
		if !ok {
			return 0, false
		}
		if near := end - d.NearEnd; d.NearEnd > 0 && near > d.Since {
			return near - d.Since, true
		}
		return end - d.Since, true
	}
	return 0, false
}

// end is the length of the present stretch at which the volume is all given; false if there is no volume or it takes longer than
// a Duration holds. It is positive: a volume already given is due after a nanosecond.
func (d Delivery) end() (time.Duration, bool) {
	if d.VTBI == 0 {
		return 0, false
	}
	t, ok := timeFor(d.VTBI-d.Base, d.Rate)
	return max(t, d.Since+1), ok
}
