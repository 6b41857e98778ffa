package delivery

import "time"

// How long settings are kept without power: at least four hours (GIP 1.7.1), a PCA prescription 96 hours (Open PCA R6.6.0(4)).
const (
	KeptFor    = 4 * time.Hour
	KeptForPCA = 96 * time.Hour
)

// SelfTest is how long the pump tests itself after it is switched on; GIP 3.4.3 allows at most 70 s.
const SelfTest = 5 * time.Second

// Power is the state of the pump's power: a comparable value; the zero value is on and tested.
type Power struct {
	Off     bool
	OffFor  time.Duration // counted until the settings are lost
	Testing time.Duration // left of the self-test
}

// Lost is the power going.
func (p Power) Lost() Power { return Power{Off: true} }

// Back is the power coming back, into the self-test. Kept reports that the settings are still there.
func (p Power) Back(keeps time.Duration) (next Power, kept bool) {
	if !p.Off {
		return p, true
	}
	return Power{Testing: SelfTest}, p.OffFor <= keeps
}

// Ready reports that the pump can be operated: it is on and has tested itself.
func (p Power) Ready() bool { return !p.Off && p.Testing == 0 }

// Elapse lets t pass.
func (p Power) Elapse(t, keeps time.Duration) Power {
	if p.Off {
		p.OffFor = min(p.OffFor+t, keeps+1)
	}
	p.Testing = max(p.Testing-t, 0)
	return p
}

// Wait is the time until the self-test ends; false if none runs.
func (p Power) Wait() (time.Duration, bool) { return p.Testing, p.Testing > 0 }
