package engine

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/quantity"
)

// extraWait is the time until a dose is given or what is held falls due; false if nothing will.
func (m *mach) extraWait(s *state) (time.Duration, bool) {
	least, any := s.Dose.Left, s.Dose.Hold != exNone
	if s.dosing() {
		if w, ok := m.boluses(s).Wait(); ok && (!any || w < least) {
			least, any = w, true
		}
	}
	if h, ok := m.holding(s).Wait(); ok && h < least {
		least = h
	}
	return least, any
}

// holding is the hold as the component that counts it.
func (m *mach) holding(s *state) delivery.Hold {
	h := delivery.Hold{Left: s.Dose.Left}
	if x := m.setup(&s.Run); x != nil {
		h.Call = span(x.before)
	}
	switch s.Dose.Hold {
	case exDelay:
		h.Kind = delivery.DelayedStart
	case exStandby:
		h.Kind = delivery.Standby
	case exCall:
		h.Kind, h.Call = delivery.Standby, 0
	default:
		return delivery.Hold{}
	}
	return h
}

// span is a number of minutes as a time.
func span(minutes quantity.Decimal) time.Duration {
	return time.Duration(minutes/quantity.One) * time.Minute
}

// due is the end of what was held: a delayed start begins, unless an alarm keeps the pump from it; a standby asks for a person.
func (t *stepper) due() {
	s := t.s
	kind := s.Dose.Hold
	s.Dose.Hold, s.Dose.Left = exNone, 0
	if kind == exCall {
		t.sound(delivery.CallBack)
		return
	}
	t.emit(pumpmodel.Output{Kind: pumpmodel.HoldEnded, Field: extraWords[kind]})
	s.Run.Extra.forget(kind)
	s.Draft.Extra.forget(kind)
	if x := t.m.setup(&s.Run); x != nil && x.after > 0 {
		s.Dose.Hold, s.Dose.Left = exCall, span(x.after)
	}
	switch {
	case kind == exStandby:
		s.Flow = s.Flow.Pause()
		t.sound(delivery.StandbyOver)
	case t.m.blocking(s) != "":
		s.Flow = s.Flow.Halt()
		t.sound(delivery.CallBack)
	default:
		t.proceed()
	}
}

// unhold ends a hold before its time.
func (t *stepper) unhold(why string) {
	s := t.s
	if k := s.Dose.Hold; k == exDelay || k == exStandby {
		t.emit(pumpmodel.Output{Kind: pumpmodel.HoldEnded, Field: extraWords[k], Why: why})
		s.Run.Extra.forget(k)
		s.Draft.Extra.forget(k)
		s.Dose.Hold, s.Dose.Left = exNone, 0
	}
}

// standBy holds a paused infusion for a number of minutes.
func (t *stepper) standBy(minutes quantity.Decimal) {
	s := t.s
	h, ok := delivery.Hold{}.Begin(delivery.Standby, span(minutes), 0)
	if !ok {
		return
	}
	s.Flow = s.Flow.Hold()
	s.Dose.Hold, s.Dose.Left = exStandby, h.Left
	t.clear(delivery.PauseLong)
	t.emit(pumpmodel.Output{Kind: pumpmodel.HoldBegan, Field: "standby", After: minutes.String()})
}

// putOff is the start of an infusion whose start is put off, or that has a loading dose.
func (t *stepper) putOff() {
	s := t.s
	s.Dose.Total, s.Dose.Extra, s.Dose.What = 0, delivery.Extra{}, noDose
	if h, ok := (delivery.Hold{}).Begin(delivery.DelayedStart, span(s.Run.delay()), 0); ok {
		s.Flow = s.Flow.Hold()
		s.Dose.Hold, s.Dose.Left = exDelay, h.Left
		t.emit(pumpmodel.Output{Kind: pumpmodel.HoldBegan, Field: "delay", After: s.Run.delay().String()})
		return
	}
	t.proceed()
}
