package engine

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
)

// clock is one of the things a pump that is left alone waits for. A class of states does not keep how far each has come: whichever is
// running may be the next that falls due. Soon brings a state to the moment before; it reports whether the clock runs at all.
type clock struct {
	name string
	soon func(w *prover, s *state) bool
}

// leastVolume is the smallest volume that is counted.
const leastVolume quantity.Decimal = 1

// always are the clocks of every walk, timed those of the walks about what happens while the pump runs.
var (
	always = []clock{
		{"wait: the alert can be answered", func(_ *prover, s *state) bool { return tick(&s.Alert.Left) }},
		{"wait: left alone for too long", func(w *prover, s *state) bool {
			if !w.m.waiting(s) || s.inert() != "" {
				return false
			}
			s.Nagging, s.Idle = true, w.m.d.Idle.Clear-1
			return true
		}},
	}
	timed = []clock{
		{"wait: the self-test ends", func(_ *prover, s *state) bool { return tick(&s.Power.Testing) }},
		{"wait: the silence ends", func(_ *prover, s *state) bool { return tick(&s.Alarms.Quiet) }},
		{"wait: the hold ends", func(_ *prover, s *state) bool { return s.Dose.Hold != exNone && tick(&s.Dose.Left) }},
		{"wait: the volume is given", func(_ *prover, s *state) bool {
			_, runs := s.Flow.Wait()
			if runs {
				s.Flow.Base, s.Flow.Since = s.Flow.VTBI-leastVolume, 0
			}
			return runs
		}},
		{"wait: the dose is given", func(_ *prover, s *state) bool {
			if !s.dosing() {
				return false
			}
			s.Dose.Extra.Base, s.Dose.Extra.Since = s.Dose.Extra.Volume-leastVolume, 0
			return true
		}},
	}
)

// tick brings what is left of a time to its last moment.
func tick(left *time.Duration) bool {
	if *left <= 0 {
		return false
	}
	*left = 1
	return true
}

// due lets a clock come to its end; false if it does not run.
func (w *prover) due(x *watched, c *clock) ([]pumpmodel.Output, bool) {
	if !c.soon(w, &x.S) {
		return nil, false
	}
	wait, any := w.m.wait(&x.S)
	if !any {
		return nil, false
	}
	return w.step(x, pumpmodel.Event{Kind: pumpmodel.Elapse, For: wait}), true
}

// unattended holds what may happen by itself: a start that was put off, and the rate after a loading dose. Nothing else begins to flow, and
// nothing flows while it is held.
func unattended(before, after *state, by *clock) string {
	flows := func(s *state) bool { return s.Flow.Flow() > 0 || s.dosing() }
	switch {
	case after.Dose.Hold != exNone && after.Dose.Hold != exCall && after.inert() == "" && flows(after):
		return "it flows while it is held"
	case by != nil && !flows(before) && flows(after) && before.Dose.Hold != exDelay:
		return "it began to flow by itself"
	}
	return ""
}
