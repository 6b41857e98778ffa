// Package delivery provides what the pump does once it runs: volume over time, keep-vein-open, alarms as data.
//
// A Delivery is a plain value. Volume is kept as base + rate × elapsed, so that letting a+b pass equals letting a and then b
// pass, to the last unit.
package delivery

import (
	"math/bits"
	"time"

	"pumplab/pumpmodel/quantity"
)

// Mode is what the pump is doing.
type Mode string

// The modes of delivery.
const (
	Stopped  Mode = "stopped"
	Infusing Mode = "infusing"
	Paused   Mode = "paused"
	KVO      Mode = "kvo"     // after the VTBI, at min(KVO, set rate)
	Alarmed  Mode = "alarmed" // stopped by an alarm condition
)

// Delivery is one channel's infusion: a comparable value.
type Delivery struct {
	Mode    Mode
	Rate    quantity.Decimal // mL/h as set
	VTBI    quantity.Decimal // mL to be infused in all at this setting
	KVORate quantity.Decimal // mL/h
	Base    quantity.Decimal // mL given before the present stretch, rounded down to a millionth
	KVOBase quantity.Decimal // mL given at KVO before the present stretch
	Since   time.Duration    // length of the present stretch
}

// volume is rate [mL/h] × t, rounded down to a millionth of a mL, without overflow for any rate a pump can have.
func volume(rate quantity.Decimal, t time.Duration) quantity.Decimal {
	hi, lo := bits.Mul64(uint64(rate), uint64(t))
	q, _ := bits.Div64(hi, lo, uint64(time.Hour))
	return quantity.Decimal(q)
}

// Flow is the rate at which fluid moves now, mL/h.
func (d Delivery) Flow() quantity.Decimal {
	switch d.Mode {
	case Infusing:
		return d.Rate
	case KVO:
		return min(d.KVORate, d.Rate)
	}
	return 0
}

// Given is the volume infused of the VTBI, mL.
func (d Delivery) Given() quantity.Decimal {
	if d.Mode == Infusing {
		return d.Base + volume(d.Rate, d.Since)
	}
	return d.Base
}
