package delivery

import (
	"time"

	"pumplab/pumpmodel/quantity"
)

// Tolerance is how far and how long the measured flow may differ from the one that is set.
type Tolerance struct {
	High, Low quantity.Decimal // per cent of the set rate: 110 and 90
	Over      time.Duration    // over-infusion that lasts longer than this is an alarm
	Under     time.Duration    // under-infusion that lasts this long is one
}

// The tolerances of the requirements: GIP 1.2.2 and 1.2.3; Open PCA R6.4.0(2) to (7) for basal and square bolus, and for a
// patient's bolus.
var (
	GIPTolerance   = Tolerance{quantity.Int(110), quantity.Int(90), 15 * time.Minute, 15 * time.Minute}
	BasalTolerance = Tolerance{quantity.Int(110), quantity.Int(90), 5 * time.Minute, 5 * time.Minute}
	BolusTolerance = Tolerance{quantity.Int(110), quantity.Int(90), time.Minute, time.Minute}
)

// Watch is how long the measured flow has differed: a comparable value.
type Watch struct{ Over, Under time.Duration }

// Elapse lets t pass with a set and a measured flow in mL/h, and says which alarm it came to: FlowError at once for flow where
// none is set (free flow), OverInfusion, UnderInfusion, or none. Without any measured flow where some is set, UnderInfusion comes
// at once (Open PCA R6.4.0: immediate on stop).
func (w Watch) Elapse(set, measured quantity.Decimal, t time.Duration, tol Tolerance) (Watch, Condition) {
	hundred := quantity.Decimal(100)
	high, low := set*(tol.High/quantity.One)/hundred, set*(tol.Low/quantity.One)/hundred
	switch {
	case set == 0 && measured > 0:
		return Watch{}, FlowError
	case set > 0 && measured == 0:
		return Watch{}, UnderInfusion
	case measured > high:
		w = Watch{Over: w.Over + t}
	case measured < low:
		w = Watch{Under: w.Under + t}
	default:
		return Watch{}, ""
	}
	switch {
	case w.Over > tol.Over:
		return w, OverInfusion
	case w.Under > 0 && w.Under >= tol.Under:
		return w, UnderInfusion
	}
	return w, ""
}

// Restarts watches for the same alarm that stops the pump again and again: the third start after it within ten minutes is refused
// (Open PCA R6.5.0(18)). It is a comparable value.
type Restarts struct {
	Of  Conditions // the one
	N   int8
	Ago [2]time.Duration // since each earlier start, the latest first
}

// RestartWindow is the time within which three starts after the same alarm are a sequence.
const RestartWindow = 10 * time.Minute

// Again is a start after the pump was stopped by c. Loop reports that it is the third in the window.
func (r Restarts) Again(c Condition) (next Restarts, loop bool) {
	of := Conditions(0).With(c)
	if of != r.Of || r.N == 0 || r.Ago[0] >= RestartWindow {
		return Restarts{Of: of, N: 1}, false
	}
	if r.N == 2 && r.Ago[1] < RestartWindow {
		return Restarts{}, true
	}
	return Restarts{Of: of, N: 2, Ago: [2]time.Duration{0, r.Ago[0]}}, false
}

// Elapse lets t pass; a sequence that is over is forgotten.
func (r Restarts) Elapse(t time.Duration) Restarts {
	if r.N == 0 {
		return r
	}
	for i := range r.Ago[:r.N] {
		r.Ago[i] = min(r.Ago[i]+max(t, 0), RestartWindow)
	}
	if r.Ago[0] == RestartWindow {
		return Restarts{}
	}
	return r
}
