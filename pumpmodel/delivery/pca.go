package delivery

import (
	"time"

	"pumplab/pumpmodel/quantity"
)

// PCARules are a patient-controlled analgesia as it was programmed, in mL. The zero value gives nothing.
type PCARules struct {
	Dose    quantity.Decimal    // mL each met demand gives
	Rate    quantity.Decimal    // mL/h at which it is given; its time may not be longer than the lockout
	Basal   quantity.Decimal    // mL/h given all the time
	Lockout time.Duration       // from one met demand to the next
	Most    [3]quantity.Decimal // mL in any 1 h, 2 h, 4 h, basal and demands together; 0 for no limit
}

// Windows are the times the limits Most are for.
var Windows = [3]time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour}

// PCABasal is the range of a basal rate, mL/h (Open PCA R5.1.0(2)).
var PCABasal = quantity.Scale{Min: quantity.One, Bands: []quantity.Band{{To: quantity.Int(10), Step: quantity.One / 10}}}

// remembered is how many doses a PCA remembers; a demand is refused rather than a dose of the last four hours forgotten.
const remembered = 64

// PCA is one patient-controlled analgesia: a comparable value. Every dose counts in full from the moment it is granted, so that
// no stretch of time, wherever it begins, holds more than its limit.
type PCA struct {
	Rules PCARules
	Now   time.Duration // since it was started
	Doses [remembered]Grant
	N     int // of Doses, the oldest first
	Tried int // demands, met or not
	Met   int
	Warn  bool // the last demand was refused for the most in a time: basal falls to KVO (max dose warning)
}

// Grant is a dose that was granted.
type Grant struct {
	At     time.Duration
	Volume quantity.Decimal
}

// Demand is the patient's button: a dose is granted, or refused with its reason; either is counted.
func (p PCA) Demand(alarms Conditions) (PCA, Refusal) {
	p.Tried++
	switch {
	case p.Rules.Dose <= 0:
		return p, NoBolus
	case alarms.stopping():
		return p, InAlarm
	case p.N > 0 && p.Now-p.Doses[p.N-1].At < p.Rules.Lockout:
		return p, Locked
	}
	p, why := p.Grant(p.Rules.Dose)
	if why == "" {
		p.Met++
	}
	return p, why
}

// Grant takes a dose into the account: a demand's, a clinician's, a loading dose. Refused if it would exceed a limit.
func (p PCA) Grant(volume quantity.Decimal) (PCA, Refusal) {
	p = p.forget()
	p.Warn = p.N == remembered
	for i, most := range p.Rules.Most {
		if most > 0 && p.in(Windows[i])+volume > most {
			p.Warn = true
		}
	}
	if p.Warn {
		return p, MostGiven
	}
	p.Doses[p.N] = Grant{p.Now, volume}
	p.N++
	return p, ""
}

// In is what was granted in the last stretch of time w, basal included, mL.
func (p PCA) In(w time.Duration) quantity.Decimal { return p.in(w) }

func (p *PCA) in(w time.Duration) quantity.Decimal {
	sum := volume(p.Rules.Basal, w)
	for _, d := range p.Doses[:p.N] {
		if p.Now-d.At < w {
			sum += d.Volume
		}
	}
	return sum
}

// forget drops doses older than the longest window; the last one is kept for the lockout.
func (p PCA) forget() PCA {
	old := 0
	for old < p.N-1 && p.Now-p.Doses[old].At >= Windows[2] {
		old++
	}
	if old == 0 {
		return p
	}
	copy(p.Doses[:], p.Doses[old:p.N])
	clear(p.Doses[p.N-old:])
	p.N -= old
	return p
}

// Left is what is left of the lockout; 0 if a demand would not be refused for it.
func (p PCA) Left() time.Duration {
	if p.N == 0 {
		return 0
	}
	return max(p.Rules.Lockout-(p.Now-p.Doses[p.N-1].At), 0)
}

// Basal is the rate that flows besides the doses: the programmed one, or KVO after a max dose warning.
func (p PCA) Basal(kvo quantity.Decimal) quantity.Decimal {
	if p.Warn {
		return min(kvo, p.Rules.Basal)
	}
	return p.Rules.Basal
}

// Elapse lets t pass. The warning ends when a dose would be granted again.
func (p PCA) Elapse(t time.Duration) PCA {
	p.Now += max(t, 0)
	if p.Warn {
		_, why := p.Grant(p.Rules.Dose)
		p.Warn = why == MostGiven
	}
	return p
}

// Check says what is wrong with the rules; nothing if they can be used.
func (r PCARules) Check() []string {
	var out []string
	bad := func(wrong bool, what string) {
		if wrong {
			out = append(out, what)
		}
	}
	bad(r.Dose <= 0, "the dose is nothing")
	bad(r.Rate <= 0, "the dose has no rate")
	bad(r.Lockout <= 0, "there is no lockout")
	bad(r.Basal != 0 && (r.Basal < PCABasal.Min || r.Basal > PCABasal.Max()), "the basal rate is outside 1 to 10 mL/h")
	if t, ok := timeFor(r.Dose, r.Rate); ok && t > r.Lockout {
		bad(true, "a dose takes longer than the lockout")
	}
	for i, most := range r.Most {
		bad(most > 0 && volume(r.Basal, Windows[i])+r.Dose > most, "basal and one dose are more than the most in "+Windows[i].String())
	}
	return out
}
