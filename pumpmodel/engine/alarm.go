package engine

import (
	"slices"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/quantity"
)

// present reports that the cause of a condition is still there.
func (m *mach) present(s *state, c delivery.Condition) bool {
	switch c {
	case delivery.PauseLong:
		return s.Flow.Mode == delivery.Paused
	case delivery.Complete:
		return s.Flow.Mode == delivery.KVO && s.Flow.Remaining() == 0
	}
	return s.Faults.Has(c)
}

// blocking is a present condition that keeps the pump from running; empty if none does.
func (m *mach) blocking(s *state) delivery.Condition {
	for _, cause := range delivery.Causes {
		if s.Faults.Has(cause.Condition) && cause.Action != delivery.CarryOn {
			return cause.Condition
		}
	}
	return ""
}

// causeIndex is a condition's place among the causes.
func causeIndex(c delivery.Condition) int16 {
	return int16(slices.IndexFunc(delivery.Causes, func(x delivery.Cause) bool { return x.Condition == c }))
}

// sound raises the alarm of a condition.
func (t *stepper) sound(c delivery.Condition) {
	cause, _ := delivery.CauseOf(c)
	had := t.s.Alarms.Active.Has(c)
	t.s.Alarms = t.s.Alarms.Raise(c)
	t.s.Answered = t.s.Answered.Without(c)
	if !had {
		t.emit(pumpmodel.Output{Kind: pumpmodel.AlarmRaised, Text: string(c), Why: string(cause.Priority())})
	}
}

// clear ends the alarm of a condition, if there is one.
func (t *stepper) clear(c delivery.Condition) {
	if !t.s.Alarms.Active.Has(c) {
		return
	}
	t.s.Alarms = t.s.Alarms.Clear(c)
	t.s.Answered = t.s.Answered.Without(c)
	t.emit(pumpmodel.Output{Kind: pumpmodel.AlarmCleared, Text: string(c)})
}

// outer reports that a condition comes from outside, as a fault.
func outer(c delivery.Condition) bool {
	switch c {
	case delivery.Complete, delivery.NearDone, delivery.PauseLong, delivery.RestartLoop, delivery.PowerLost, delivery.CallBack, delivery.StandbyOver:
		return false // these the pump finds by itself, and power is more than an alarm
	}
	_, known := delivery.CauseOf(c)
	return known
}

// Faults are the words that a fault or repair event may have, the most urgent first.
func Faults() []string {
	out := []string{string(delivery.PowerLost)}
	for _, c := range delivery.Causes {
		if outer(c.Condition) {
			out = append(out, string(c.Condition))
		}
	}
	return out
}

// fault is the onset of a condition from outside: the pump does what it must and sounds the alarm. Size is that of an air bubble in
// µL; one within the care area's limit is none, and 0 is any.
func (t *stepper) fault(c delivery.Condition, size int) {
	switch x := t.m.setup(t.m.plan(t.s)); {
	case c == delivery.PowerLost:
		t.powerLost()
		return
	case !outer(c):
		t.ignore("", "there is no such fault")
		return
	case c == delivery.Air && size > 0 && x != nil && !delivery.AirAlarm(quantity.Int(int64(min(size, 1_000_000))), x.air):
		t.ignore("", "the bubble is within the limit")
		return
	case t.s.Power.Off:
		t.s.Faults = t.s.Faults.With(c)
		t.s.Alarms.Active = t.s.Alarms.Active.With(c)
		return
	}
	t.s.Faults = t.s.Faults.With(c)
	t.suffer(c)
	t.sound(c)
}

// repair is the end of a condition. Its alarm ends with it if a person has answered it, or if it need not be answered; otherwise it
// stays until the silence key.
func (t *stepper) repair(c delivery.Condition) {
	if c == delivery.PowerLost {
		t.powerBack()
		return
	}
	if !outer(c) {
		t.ignore("", "there is no such fault")
		return
	}
	t.s.Faults = t.s.Faults.Without(c)
	if cause, _ := delivery.CauseOf(c); !cause.Latched || t.s.Answered.Has(c) {
		t.clear(c)
	}
}

// silence answers all alarms: those whose cause is gone end, the others are quiet for a while, at most two minutes.
func (t *stepper) silence() {
	s := t.s
	for _, cause := range s.Alarms.Active.List() {
		if t.m.present(s, cause.Condition) {
			s.Answered = s.Answered.With(cause.Condition)
		} else {
			t.clear(cause.Condition)
		}
	}
	s.Alarms = s.Alarms.Silence(t.m.d.Idle.Silence)
	t.emit(pumpmodel.Output{Kind: pumpmodel.AlarmSilenced})
}
