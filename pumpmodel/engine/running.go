package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/field"
)

// startKey is the start key: on the review it starts or changes the infusion, on the running screen it resumes it.
func (t *stepper) startKey(c *screen) {
	if c.Kind != "running" {
		if f := t.s.Field; f.Numeric() && (valueText(t.s.Entry) != t.m.text(&t.s.Draft, f) || t.s.Entry.Fault != 0) {
			t.refuse(pumpmodel.Blocked, noteUnconfirmed, int16(f))
			return
		}
		t.begin()
		return
	}
	if t.again() {
		return
	}
	t.unhold("started")
	t.proceed()
	t.s.Answered = 0
	for _, cause := range t.s.Alarms.Active.List() {
		if !t.m.present(t.s, cause.Condition) {
			t.clear(cause.Condition)
		}
	}
	t.emit(pumpmodel.Output{Kind: pumpmodel.InfusionResumed, Programme: t.m.programme(&t.s.Run)})
}

// again refuses the third start within ten minutes after the same alarm stopped the pump, with an alarm of its own.
func (t *stepper) again() bool {
	s := t.s
	if s.Flow.Mode != delivery.Alarmed {
		return false
	}
	for _, cause := range s.Alarms.Active.List() {
		if cause.Action != delivery.Off || cause.Condition == delivery.RestartLoop {
			continue
		}
		var loop bool
		if s.Restarts, loop = s.Restarts.Again(cause.Condition); loop {
			t.refuse(pumpmodel.Blocked, noteAgain, causeIndex(cause.Condition))
			t.sound(delivery.RestartLoop)
			return true
		}
		break
	}
	return false
}

// begin starts the reviewed programme, or puts it in the place of the running one. Nothing beyond a hard limit, nor beyond a soft
// one that nobody overrode, gets past here, however the draft came about.
func (t *stepper) begin() {
	s := t.s
	if k := s.Draft.Extra.Kind; k != exNone && k != exWeight {
		t.beginExtra()
		return
	}
	if f := t.m.missing(&s.Draft); f != field.None {
		t.refuse(pumpmodel.Blocked, noteMissing, int16(f))
		return
	}
	if c := t.m.blocking(s); c != "" && !s.Changing {
		t.refuse(pumpmodel.Blocked, noteCause, causeIndex(c))
		return
	}
	if find, bad := t.m.check(&s.Draft, s.base()); bad {
		t.raise(alert{Kind: kindOf(find), Find: find, Field: find.field, After: afterStart})
		return
	}
	if !s.Changing && !t.loadable() {
		return
	}
	kind := pumpmodel.InfusionStarted
	rate, vtbi := s.Draft.Val[field.Rate], s.Draft.Val[field.VTBI]
	if s.Changing {
		kind = pumpmodel.InfusionChanged
		s.Draft.Extra.Kind = exNone
		s.Dose.Extra = t.m.boluses(s).WithBasal(rate).Normal
		s.Flow = s.Flow.Change(rate, vtbi)
	} else {
		x := t.m.setup(&s.Draft)
		if s.Flow = s.Flow.Start(rate, vtbi, x.kvo); x.pca {
			s.Flow = s.Flow.Open(rate, vtbi, x.kvo)
		}
	}
	s.Run, s.Changing = s.Draft, false
	t.emit(pumpmodel.Output{Kind: kind, Programme: t.m.programme(&s.Run)})
	if kind == pumpmodel.InfusionStarted {
		t.putOff()
	}
	if s.Flow.Mode == delivery.Infusing {
		t.clear(delivery.Complete)
	}
	t.land(t.m.running)
}

func (t *stepper) pause() {
	t.s.Flow = t.s.Flow.Pause()
	t.emit(pumpmodel.Output{Kind: pumpmodel.InfusionPaused})
}

// end stops the infusion for good and goes back to where programming begins; the patient's weight and the area stay.
func (t *stepper) end() {
	s := t.s
	given := t.m.total(s)
	s.Flow = s.Flow.Halt()
	t.stopDose("the infusion was ended")
	t.unhold("the infusion was ended")
	t.emit(pumpmodel.Output{Kind: pumpmodel.InfusionStopped, Text: given.String(), Programme: t.m.programme(&s.Run)})
	s.Flow = s.Flow.Stop()
	for _, cause := range s.Alarms.Active.List() {
		if !t.m.present(s, cause.Condition) {
			t.clear(cause.Condition)
		}
	}
	s.Draft, s.Run, s.Changing, s.Dose = s.Run.fresh(), plan{}, false, giving{}
	t.land(0)
}

// change opens the running programme for a change; what runs goes on unchanged until the change is started (GIP 1.1.7).
func (t *stepper) change(c *screen) {
	t.s.Changing, t.s.Draft = true, t.s.Run
	t.enter(c.edit)
}

func (m *mach) canGoBack(s *state) bool { return s.Screen != m.running && (s.Screen > 0 || s.Editing) }

// dropChange gives an open change up; what runs is untouched.
func (t *stepper) dropChange() {
	t.s.Changing, t.s.Draft = false, t.s.Run
	t.land(t.m.running)
}
