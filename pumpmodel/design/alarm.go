package design

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
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

// blocking is the title of a present condition that keeps the pump from running; empty if none does.
func (m *mach) blocking(s *state) string {
	for _, cause := range delivery.Causes {
		if s.Faults.Has(cause.Condition) && cause.Action != delivery.CarryOn {
			return cause.Title
		}
	}
	return ""
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
	case delivery.Occlusion, delivery.Air, delivery.Empty, delivery.Door, delivery.FlowError, delivery.Battery, delivery.Network:
		return true
	}
	return false
}

// fault is the onset of a condition from outside: the pump does what it must and sounds the alarm.
func (t *stepper) fault(c delivery.Condition) {
	if !outer(c) {
		t.ignore("", "there is no such fault")
		return
	}
	t.s.Faults = t.s.Faults.With(c)
	t.s.Flow = t.s.Flow.Suffer(c)
	t.sound(c)
}

// repair is the end of a condition. Its alarm ends with it if a person has answered it, or if it need not be answered; otherwise it
// stays until the silence key.
func (t *stepper) repair(c delivery.Condition) {
	if !outer(c) && c != delivery.StuckKey {
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
	s := &t.s
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
