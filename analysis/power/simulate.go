package power

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"pumplab/analysis/describe"
)

// Trial simulates one study and says whether it found what it looked for. It must draw only from rng.
type Trial func(rng *rand.Rand) (found bool, err error)

// Tally counts simulated studies.
type Tally struct {
	Runs, Found, Failed int
	FirstFailure        error // of the failed run with the lowest number
	firstAt             int
}

// Plan is which studies to simulate. Study i draws from a source of its own made of Seed and i, so the answer does not depend on how the
// studies are shared out over cores.
type Plan struct {
	Seed     uint64
	From, To int                 // numbers of the studies, To excluded
	Progress func(done int) bool // called after each study; false stops. May be nil.
}

// Simulate runs the studies of the plan one after the other. A trial's error counts as a failed run (a fit that did not converge), never as
// "not found".
func Simulate(p Plan, trial Trial) (Tally, error) {
	if p.From < 0 || p.To <= p.From {
		return Tally{}, fmt.Errorf("simulate studies: from %d to %d are none", p.From, p.To)
	}
	var t Tally
	for i := p.From; i < p.To; i++ {
		found, err := trial(rand.New(rand.NewPCG(p.Seed, uint64(i)*0x9e3779b97f4a7c15+1)))
		t.Runs++
		switch {
		case err != nil:
			if t.Failed == 0 {
				t.FirstFailure, t.firstAt = err, i
			}
			t.Failed++
		case found:
			t.Found++
		}
		if p.Progress != nil && !p.Progress(t.Runs) {
			return t, ErrStopped
		}
	}
	return t, nil
}

// ErrStopped is returned when Progress asked to stop; the tally so far is valid.
var ErrStopped = errors.New("simulate studies: stopped")

// Add returns the tally of both parts.
func (t Tally) Add(u Tally) Tally {
	if u.FirstFailure != nil && (t.FirstFailure == nil || u.firstAt < t.firstAt) {
		t.FirstFailure, t.firstAt = u.FirstFailure, u.firstAt
	}
	t.Runs, t.Found, t.Failed = t.Runs+u.Runs, t.Found+u.Found, t.Failed+u.Failed
	return t
}

// Power is the share of studies that found, among those that did not fail, with its Wilson interval.
func (t Tally) Power(level float64) (describe.Estimate, error) {
	n := t.Runs - t.Failed
	p, err := describe.NewProportion(t.Found, n, level)
	if err != nil {
		return describe.Estimate{}, fmt.Errorf("estimate power: %d of %d simulated studies failed: %w", t.Failed, t.Runs, err)
	}
	return describe.Estimate{N: n, Estimate: p.Estimate, CI: p.Wilson}, nil
}
