package delivery

import (
	"math"
	"math/bits"
	"time"

	"pumplab/pumpmodel/quantity"
)

// volume is rate [mL/h] × t, rounded down to a millionth of a mL, without overflow for any rate a pump can have.
func volume(rate quantity.Decimal, t time.Duration) quantity.Decimal {
	hi, lo := bits.Mul64(uint64(rate), uint64(t))
	q, _ := bits.Div64(hi, lo, uint64(time.Hour))
	return quantity.Decimal(q)
}

// timeFor is the least t with volume(rate, t) ≥ v: v ÷ rate rounded up to a nanosecond. False if it is longer than a Duration
// holds.
func timeFor(v, rate quantity.Decimal) (time.Duration, bool) {
	if v <= 0 {
		return 0, true
	}
	if rate <= 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(v), uint64(time.Hour))
	if hi >= uint64(rate) {
		return 0, false
	}
	q, rest := bits.Div64(hi, lo, uint64(rate))
	if rest > 0 {
		q++
	}
	if q > math.MaxInt64 {
		return 0, false
	}
	return time.Duration(q), true
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

// GivenKVO is the volume given at the keep-vein-open rate, mL; it does not count towards the VTBI.
func (d Delivery) GivenKVO() quantity.Decimal {
	if d.Mode == KVO {
		return d.KVOBase + volume(d.Flow(), d.Since)
	}
	return d.KVOBase
}

// Total is everything given since Start, mL: under earlier volumes, of the present one, and at KVO.
func (d Delivery) Total() quantity.Decimal { return d.Earlier + d.Given() + d.GivenKVO() }

// Remaining is what is left of the VTBI, mL; 0 where none was set.
func (d Delivery) Remaining() quantity.Decimal { return max(d.VTBI-d.Given(), 0) }

// RemainingMinutes is the time the rest of the VTBI takes at the set rate, in whole minutes, half up; false where no volume is
// left or set.
func (d Delivery) RemainingMinutes() (int64, bool) {
	if d.Remaining() == 0 {
		return 0, false
	}
	return RemainingMinutes(d.Remaining(), d.Rate)
}

// RemainingMinutes is v [mL] ÷ rate [mL/h] in whole minutes, half up, where rate is the rounded one the pump runs at
// (shared/domain/ders.md, Computing: 250 mL at 15.4 mL/h is 974 min). False if rate is not positive.
func RemainingMinutes(v, rate quantity.Decimal) (int64, bool) {
	minutes, err := quantity.Remaining(v, rate)
	return minutes, err == nil && v >= 0
}
