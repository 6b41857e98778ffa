package delivery

import (
	"time"

	"pumplab/pumpmodel/quantity"
)

// Open begins an infusion as Start does, at a basal rate that may be nothing: what is given on demand is on top of it.
func (d Delivery) Open(rate, vtbi, kvo quantity.Decimal) Delivery {
	next := d.Start(max(rate, 1), vtbi, kvo)
	next.Rate = max(rate, 0)
	return next
}

// At lets another rate flow from now on, which may be nothing. The volume to be infused goes on being counted.
func (d Delivery) At(rate quantity.Decimal) Delivery {
	if !d.Active() || rate < 0 || rate == d.Rate {
		return d
	}
	d = d.fold()
	d.Rate = rate
	return d
}

// Until is the time until no more than left mL remain at the present flow; false if that is never, or now.
func (d Delivery) Until(left quantity.Decimal) (time.Duration, bool) {
	if d.Mode != Infusing || d.Rate <= 0 || d.VTBI-d.Base <= left {
		return 0, false
	}
	t, ok := timeFor(d.VTBI-d.Base-left, d.Rate)
	return t - d.Since, ok && t > d.Since
}

// Frees is the time until a dose that was refused for the most in a time would be granted; false if it is not refused for that, or
// never would be. Doses leave a stretch of time one by one, so it is the moment at which one of them does.
func (p PCA) Frees() (time.Duration, bool) {
	if !p.Warn {
		return 0, false
	}
	least, found := time.Duration(0), false
	for _, d := range p.Doses[:p.N] {
		for _, w := range Windows {
			t := d.At + w - p.Now
			if t <= 0 || found && t >= least {
				continue
			}
			next := p
			next.Now += t
			if _, why := next.Grant(p.Rules.Dose); why != MostGiven {
				least, found = t, true
			}
		}
	}
	return least, found
}

// Given is what was granted in the last stretch of time w and given besides since the start, mL: In without the basal volume of a time
// before the start.
func (p PCA) Given(w time.Duration) quantity.Decimal {
	return p.in(w) - volume(p.Rules.Basal, w) + volume(p.Rules.Basal, min(w, p.Now))
}

// Refill is another full container in the place of the old one.
func (d Delivery) Refill() Delivery {
	d = d.fold()
	d.Earlier += d.Base + d.KVOBase
	d.Base, d.KVOBase = 0, 0
	return d
}
