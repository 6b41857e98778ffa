package delivery

import (
	"math/big"
	"time"

	"pumplab/pumpmodel/quantity"
)

// Boluses is what is given on top of the basal rate: at most one bolus at once and at most one spread over a time (a square
// bolus). The one at once goes first; the spread one waits for it and then goes on. The basal rate is never changed by either
// (GIP 1.4.3 to 1.4.12). It is a comparable value; volumes are kept as base + rate × elapsed, as in Delivery.
type Boluses struct {
	Basal  quantity.Decimal // mL/h, as programmed
	Most   quantity.Decimal // mL/h that the pump gives in all
	Dose   quantity.Decimal // mL a bolus may be; 0 for no limit
	Normal Extra
	Square Extra
}

// Extra is one bolus; the zero value is none.
type Extra struct {
	Rate   quantity.Decimal // mL/h asked for, on top of the basal rate
	Volume quantity.Decimal // mL in all
	Base   quantity.Decimal // mL given before the present stretch
	Since  time.Duration
}

// Refusal is why a bolus is not given; empty if it is.
type Refusal string

// The refusals. DoseLimit is an alarm of its own (GIP 1.4.12).
const (
	InAlarm     Refusal = "not in an alarm"           // GIP 1.4.11
	DoseLimit   Refusal = "dose limit exceeded"       // GIP 1.4.12
	AlreadyRuns Refusal = "one is being given"        // GIP 1.4.8
	NoRateLeft  Refusal = "the pump gives no more"    // GIP 1.4.3
	NoBolus     Refusal = "it is nothing"             // no volume, no rate
	TooLong     Refusal = "longer than 6 h"           // Open PCA R5.3.0(5)
	TooShort    Refusal = "shorter than the lockout"  // Open PCA R5.3.0(6)
	Locked      Refusal = "lockout"                   // Open PCA R5.2.0(3)
	MostGiven   Refusal = "the most in a time is met" // Open PCA R5.2.0(5)
)

// Give begins a bolus at once of volume mL at rate mL/h. Alarms are those of the channel.
func (b Boluses) Give(volume, rate quantity.Decimal, alarms Conditions) (Boluses, Refusal) {
	if why := b.refuses(b.Normal, volume, rate, alarms); why != "" {
		return b, why
	}
	b = b.fold()
	b.Normal = Extra{Rate: rate, Volume: volume}
	return b, ""
}

// Spread begins a square bolus: volume mL evenly over a time. Its rate is volume ÷ time, rounded up to a millionth.
func (b Boluses) Spread(volume quantity.Decimal, over time.Duration, alarms Conditions) (Boluses, Refusal) {
	if over <= 0 {
		return b, NoBolus
	}
	rate := rateOver(volume, over)
	if why := b.refuses(b.Square, volume, rate, alarms); why != "" {
		return b, why
	}
	b = b.fold()
	b.Square = Extra{Rate: rate, Volume: volume}
	return b, ""
}

func (b Boluses) refuses(other Extra, volume, rate quantity.Decimal, alarms Conditions) Refusal {
	switch {
	case volume <= 0 || rate <= 0:
		return NoBolus
	case alarms.stopping():
		return InAlarm
	case b.Dose > 0 && volume > b.Dose:
		return DoseLimit
	case other.Volume > 0:
		return AlreadyRuns
	case b.Most <= b.Basal:
		return NoRateLeft
	}
	return ""
}

// stopping reports that a condition in the set keeps a bolus from being given: one that the pump does not carry on under.
func (s Conditions) stopping() bool {
	for i, c := range Causes {
		if s&(1<<i) != 0 && c.Action != CarryOn {
			return true
		}
	}
	return false
}

// WithBasal sets another basal rate; boluses go on with what room it leaves.
func (b Boluses) WithBasal(rate quantity.Decimal) Boluses {
	b = b.fold()
	b.Basal = rate
	return b
}

// Cancel drops what is not given yet, as an alarm or an error demands (GIP 3.1.3), and says how much that was.
func (b Boluses) Cancel() (Boluses, quantity.Decimal) {
	b = b.fold()
	left := b.Normal.Volume - b.Normal.Base + b.Square.Volume - b.Square.Base
	b.Normal, b.Square = Extra{}, Extra{}
	return b, left
}

// Flow is the whole rate now, mL/h: the basal rate and the bolus being given, together at most what the pump gives.
func (b Boluses) Flow() quantity.Decimal {
	if x := b.active(); x != nil {
		return min(b.Basal, b.Most) + b.share(*x)
	}
	return min(b.Basal, b.Most)
}

// active is the bolus being given now; nil if none is.
func (b *Boluses) active() *Extra {
	switch {
	case b.Normal.Volume > 0:
		return &b.Normal
	case b.Square.Volume > 0:
		return &b.Square
	}
	return nil
}

// share is what of a bolus's rate there is room for.
func (b *Boluses) share(x Extra) quantity.Decimal { return min(x.Rate, max(b.Most-b.Basal, 0)) }

// Given is how much of a bolus was given, mL.
func (b Boluses) Given(x Extra) quantity.Decimal {
	if x.Since == 0 {
		return x.Base
	}
	return min(x.Base+volume(b.share(x), x.Since), x.Volume)
}

// Wait is the time until the bolus being given is complete; false if none is.
func (b Boluses) Wait() (time.Duration, bool) {
	x := b.active()
	if x == nil {
		return 0, false
	}
	t, ok := timeFor(x.Volume-x.Base, b.share(*x))
	return max(t-x.Since, 1), ok
}

// Elapse lets t pass, at most Wait. Done reports that a bolus was completed at its end.
func (b Boluses) Elapse(t time.Duration) (next Boluses, done bool) {
	x := b.active()
	if x == nil || t <= 0 {
		return b, false
	}
	x.Since += t
	if b.Given(*x) < x.Volume {
		return b, false
	}
	*x = Extra{}
	return b, true
}

// fold moves what was given into the counts.
func (b Boluses) fold() Boluses {
	if x := b.active(); x != nil {
		x.Base, x.Since = b.Given(*x), 0
	}
	return b
}

// rateOver is volume ÷ time in mL/h, rounded up to a millionth.
func rateOver(volume quantity.Decimal, over time.Duration) quantity.Decimal {
	x := new(big.Rat).SetFrac64(int64(volume), int64(quantity.One))
	x.Mul(x, new(big.Rat).SetFrac64(int64(time.Hour), int64(over)))
	v := quantity.Round(x, 1)
	if v.Rat().Cmp(x) < 0 {
		v++
	}
	return v
}

// ClinicianRate is the rate of a bolus a clinician spreads over a time on top of a basal rate: min(volume ÷ time + basal, most)
// (Open PCA R5.3.0(2)), refused where the time is over six hours or under the lockout (R5.3.0(5), (6)).
func ClinicianRate(volume, basal, most quantity.Decimal, over, lockout time.Duration) (quantity.Decimal, Refusal) {
	switch {
	case volume <= 0 || over <= 0:
		return 0, NoBolus
	case over > 6*time.Hour:
		return 0, TooLong
	case over < lockout:
		return 0, TooShort
	}
	return min(rateOver(volume, over)+basal, most), ""
}
