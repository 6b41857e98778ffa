package session

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/studies"
)

// Advance lets d pass: the pump's timeouts, time limits, breaks, disturbances by the clock. It is additive: two advances give what
// one over the sum gives. At one instant the pump comes first, then the session's own timeouts, then what happens from outside.
func (m *Machine) Advance(s State, d time.Duration) (State, []studies.Output) {
	t := turn{m: m, s: s}
	t.advance(d)
	return t.s, t.out
}

// Wait is how long the state may be left alone before the pump or the session changes by itself; false means for ever.
func (m *Machine) Wait(s State) (time.Duration, bool) {
	if s.Ended != "" || s.Held {
		return 0, false
	}
	t := turn{m: m, s: s}
	wait, ok := t.due()
	if s.Pump != nil {
		if w, timed := m.steps[s.Index].pump.Wait(s.Pump); timed && (!ok || w < wait) {
			wait, ok = w, true
		}
	}
	return wait, ok
}

func (t *turn) advance(d time.Duration) {
	for d > 0 {
		if t.s.Ended != "" || t.s.Held {
			t.s.Now += d
			return
		}
		part := d
		if due, ok := t.due(); ok {
			part = min(part, due)
		}
		if t.s.Pump != nil {
			var outs []pumpmodel.Output
			t.s.Pump, outs = pumpmodel.Advance(t.step().pump, t.s.Pump, part)
			t.pumped(outs)
		}
		t.s.Now += part
		t.s.Spent += part
		d -= part
		t.settle()
	}
}

// due is the time until the next of the session's own timeouts; positive in a settled state.
func (t *turn) due() (time.Duration, bool) {
	var at time.Duration
	found := false
	add := func(spent time.Duration) {
		if !found || spent < at {
			at, found = spent, true
		}
	}
	p := t.step()
	if p.For > 0 && (p.Kind == studies.StepTask || p.Kind == studies.StepBreak) {
		add(p.For)
	}
	on := t.s.On
	switch {
	case on.Warning > 0:
		add(on.From + on.Warning)
	case on.Kind != "" && on.For > 0:
		add(on.From + on.For)
	}
	if p.Kind == studies.StepTask {
		for i, d := range p.Disturbances {
			switch around, n := studies.Surrounds(d.Kind), int(t.s.Fired[i]); {
			case t.s.Around[i].On:
				if d.For > 0 {
					add(t.s.Around[i].From + d.For)
				}
			case n < len(d.At) && (around || on.Kind == ""):
				add(d.At[n])
			}
		}
	}
	return at - t.s.Spent, found
}

// settle lets everything happen that is due now. Each turn of its loop ends a step, or begins or ends a disturbance.
func (t *turn) settle() {
	for t.s.Ended == "" && !t.s.Held {
		due, ok := t.due()
		if !ok || due > 0 {
			return
		}
		p := t.step()
		switch on := t.s.On; {
		case p.For > 0 && t.s.Spent >= p.For && p.Kind == studies.StepTask:
			t.leave("timeout")
		case p.For > 0 && t.s.Spent >= p.For && p.Kind == studies.StepBreak:
			t.leave("done")
		case t.surround():
		case on.Warning > 0 && t.s.Spent >= on.From+on.Warning:
			t.s.On.From, t.s.On.Warning = t.s.Spent, 0
			t.emit(studies.Output{Kind: studies.DisturbBegan, Which: on.Kind, Value: on.Prompt})
		case on.Kind != "" && on.Warning == 0 && on.For > 0 && t.s.Spent >= on.From+on.For:
			t.quiet(studies.Output{Why: "over"})
		default:
			t.ring()
		}
	}
}
