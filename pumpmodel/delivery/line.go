package delivery

import (
	"errors"
	"math/big"
	"time"

	"pumplab/pumpmodel/quantity"
)

// MostPressure is what an occlusion limit may be at most: 20 psi, 1034 mmHg (GIP 1.10). MostReleased is how much may be released
// when an occlusion is cleared, in mL (GIP 1.10).
const (
	MostPressure = 1034 * quantity.One
	MostReleased = quantity.One / 2
)

// Line is the tubing downstream of the pump: pressure rises by volume ÷ compliance behind an occlusion.
type Line struct {
	Compliance quantity.Decimal // µL/mmHg; 1 to 2 for a usual set
	Limit      quantity.Decimal // mmHg at which the pump stops and sounds the alarm
}

// Check refuses a limit above MostPressure, and a line that would release more than MostReleased.
func (l Line) Check() error {
	switch {
	case l.Limit <= 0 || l.Compliance <= 0:
		return errors.New("check line: its limit and its compliance must be positive")
	case l.Limit >= MostPressure:
		return errors.New("check line: an occlusion limit of " + l.Limit.String() + " mmHg is not below 1034 mmHg (20 psi)")
	case l.Released() > MostReleased:
		return errors.New("check line: " + l.Released().String() + " mL would be released when the occlusion is cleared, more than 0.5 mL")
	}
	return nil
}

// Released is the bolus behind the occlusion at the limit, mL: compliance × limit.
func (l Line) Released() quantity.Decimal {
	x := new(big.Rat).Mul(l.Compliance.Rat(), l.Limit.Rat())
	return quantity.Round(x.Quo(x, big.NewRat(1000, 1)), 1)
}

// Pressure is the pressure t after the line was closed, at a rate in mL/h: mmHg, at most the limit, at which the pump stops.
func (l Line) Pressure(rate quantity.Decimal, t time.Duration) quantity.Decimal {
	x := new(big.Rat).Mul(volume(rate, t).Rat(), big.NewRat(1000, 1))
	if x.Quo(x, l.Compliance.Rat()).Cmp(l.Limit.Rat()) >= 0 {
		return l.Limit
	}
	return quantity.Round(x, 1)
}

// AlarmAfter is the time from the closing of the line to the alarm, at a rate in mL/h; false if nothing flows.
func (l Line) AlarmAfter(rate quantity.Decimal) (time.Duration, bool) {
	if rate <= 0 {
		return 0, false
	}
	return timeFor(l.Released(), rate)
}

// AirAlarm reports that a bubble is an alarm at a care area's limit: it is larger than it (both µL). Without a limit every bubble
// over 200 µL is (GIP 1.9.1).
func AirAlarm(bubble, limit quantity.Decimal) bool {
	if limit <= 0 {
		limit = quantity.Int(200)
	}
	return bubble > limit
}

// Level is the condition of a container of a known content after given mL of it: Empty at nothing left, LowReservoir at most low mL
// before, none otherwise (GIP 1.5.5, 1.5.6). Both are false for a container whose content is not known (0).
func Level(content, given, low quantity.Decimal) Condition {
	switch left := content - given; {
	case content <= 0:
	case left <= 0:
		return Empty
	case left <= low:
		return LowReservoir
	}
	return ""
}

// Charge is the condition of a battery that lasts for another t: BatteryEmpty under 5 min, Battery (low) under 15 min, none
// otherwise (GIP 5.1.4, 5.1.6).
func Charge(t time.Duration) Condition {
	switch {
	case t < 5*time.Minute:
		return BatteryEmpty
	case t < 15*time.Minute:
		return Battery
	}
	return ""
}
