package engine

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
)

// waiting reports that something is begun and not finished, so that the pump may not be left alone for long.
func (m *mach) waiting(s *state) bool {
	return s.Alert.On || s.Screen != m.running && s.Screen != 0
}

// wait is the time until the next thing falls due; false if nothing will.
func (m *mach) wait(s *state) (time.Duration, bool) {
	least := time.Duration(-1)
	due := func(d time.Duration, ok bool) {
		if ok && (least < 0 || d < least) {
			least = d
		}
	}
	if s.Power != (delivery.Power{}) {
		return s.Power.Wait()
	}
	if s.Field.Numeric() {
		due(m.methods[s.Field].Wait(s.Entry))
	}
	due(s.Flow.Wait())
	due(s.Alarms.Wait())
	if s.Dose != (giving{}) {
		due(m.extraWait(s))
	}
	if m.waiting(s) {
		next := m.d.Idle.Nag
		if s.Nagging {
			next = m.d.Idle.Clear
		}
		due(next-s.Idle, true)
	}
	due(s.Alert.Left, s.Alert.Left > 0)
	due(stuckAfter-s.HeldFor, s.Held != 0 && s.HeldFor < stuckAfter)
	return least, least >= 0
}

// elapse lets d pass, each timeout at its moment. A driver that asks for more than Wait gets the same as one that goes step by
// step; the outputs then lie before the end of d.
func (t *stepper) elapse(d time.Duration) {
	for d > 0 {
		part := d
		if w, ok := t.m.wait(t.s); ok {
			part = min(part, w)
		}
		n := t.n
		t.pass(part)
		d -= part
		t.timed(n, -d)
	}
}

// pass lets a time not longer than wait pass.
func (t *stepper) pass(d time.Duration) {
	s := t.s
	s.Restarts = s.Restarts.Elapse(d)
	if s.Power != (delivery.Power{}) {
		s.Power = s.Power.Elapse(d, t.m.keeps())
		return
	}
	idle := t.m.waiting(s)
	if s.Field.Numeric() {
		s.Entry, _ = t.m.methods[s.Field].Elapse(s.Entry, d)
	}
	s.Alarms = s.Alarms.Elapse(d)
	s.Alert.Left = max(s.Alert.Left-d, 0)
	var happened delivery.Event
	if s.Flow, happened = s.Flow.Elapse(d); happened != "" {
		t.delivered(happened)
	}
	if s.Dose != (giving{}) {
		t.passExtras(d)
	}
	if s.Held != 0 && s.HeldFor < stuckAfter {
		if s.HeldFor += d; s.HeldFor >= stuckAfter {
			s.Faults = s.Faults.With(delivery.StuckKey)
			t.sound(delivery.StuckKey)
		}
	}
	if idle {
		t.idle(d)
	}
}

// delivered is what the delivery itself brings about.
func (t *stepper) delivered(e delivery.Event) {
	switch e {
	case delivery.Completed:
		t.emit(pumpmodel.Output{Kind: pumpmodel.VolumeComplete, Text: t.s.Flow.Given().String()})
		t.sound(delivery.Complete)
	case delivery.NearlyDone:
		t.sound(delivery.NearDone)
	case delivery.LongPause:
		t.sound(delivery.PauseLong)
	}
}

// idle lets time pass on something unfinished: a reminder first, then it is given up (GIP 2.2.4, 2.2.5).
func (t *stepper) idle(d time.Duration) {
	s, r := t.s, t.m.d.Idle
	s.Idle += d
	switch {
	case s.Idle >= r.Clear:
		t.emit(pumpmodel.Output{Kind: pumpmodel.Nagged, Text: "programming was cleared"})
		t.giveUp()
		t.awake()
	case s.Idle >= r.Nag && !s.Nagging:
		s.Nagging = true
		t.emit(pumpmodel.Output{Kind: pumpmodel.Nagged, Text: "programming is not finished"})
	}
}

// awake is what any working key does to the reminder.
func (t *stepper) awake() { t.s.Idle, t.s.Nagging = 0, false }

// giveUp clears what is unfinished; what runs is untouched.
func (t *stepper) giveUp() {
	s := t.s
	if a := s.Alert; a.On {
		s.Alert = alert{}
		if a.Kind != alertConfirm {
			t.emit(pumpmodel.Output{
				Kind: pumpmodel.AlertAnswered, Field: t.m.alertField(&a), Choice: "cancel", Limit: t.m.alertLimit(s, &a),
			})
		}
	}
	t.discard()
	switch {
	case s.Changing, s.Flow.Active():
		t.dropChange()
	case s.Screen != t.m.running:
		s.Draft = plan{}
		t.land(0)
	}
}
