package engine

import (
	"slices"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// boluses is the component that gives a dose on top of the basal rate, for the state as it is: during a loading dose nothing else
// flows.
func (m *mach) boluses(s *state) delivery.Boluses {
	b := delivery.Boluses{Basal: s.Flow.Rate, Normal: s.Dose.Extra}
	if s.Flow.Mode == delivery.Held {
		b.Basal = 0
	}
	if x := m.setup(&s.Run); x != nil {
		b.Most = x.most
	}
	return b
}

// dosing reports that a bolus or loading dose flows now.
func (s *state) dosing() bool {
	switch s.Flow.Mode {
	case delivery.Infusing, delivery.KVO:
		return s.Dose.on()
	case delivery.Held:
		return s.Dose.on() && s.Dose.Hold == exNone
	}
	return false
}

// dosed is what was given of the present bolus or loading dose, mL.
func (m *mach) dosed(s *state) quantity.Decimal { return m.boluses(s).Given(s.Dose.Extra) }

// total is everything given since the start, doses included, mL.
func (m *mach) total(s *state) quantity.Decimal {
	v := s.Flow.Total() + s.Dose.Total
	if s.Dose.on() {
		v += m.dosed(s)
	}
	return v
}

// passExtras lets a time not longer than extraWait pass on doses and holds.
func (t *stepper) passExtras(d time.Duration) {
	s := t.s
	if s.dosing() {
		b, done := t.m.boluses(s).Elapse(d)
		if done {
			t.doseDone()
		} else {
			s.Dose.Extra = b.Normal
		}
	}
	if s.Dose.Hold == exNone {
		return
	}
	h, what := t.m.holding(s).Elapse(d)
	s.Dose.Left = h.Left
	switch what {
	case delivery.Callback:
		t.sound(delivery.CallBack)
	case delivery.Due:
		t.due()
	}
}

// proceed lets the infusion run: the loading dose first, if there is one that was not given.
func (t *stepper) proceed() {
	s := t.s
	if s.Dose.What == field.Loading && s.Dose.on() { // it was interrupted
		s.Flow = s.Flow.Hold()
		return
	}
	s.Flow = s.Flow.Resume()
	if !s.Run.loading() {
		return
	}
	s.Flow = s.Flow.Hold()
	got, no := t.m.shot(&s.Run)
	b, why := t.m.boluses(s).Give(got.volume, got.rate, s.Faults)
	if no != nil || why != "" { // it was possible when it was reviewed: the fault that came since is told by its alarm
		t.emit(pumpmodel.Output{Kind: pumpmodel.DoseStopped, Field: field.Loading.String(), Text: "0", Why: string(why)})
		s.Run.Extra.forget(exLoading)
		s.Flow = s.Flow.Resume()
		return
	}
	s.Dose.Extra, s.Dose.What, s.Dose.Past = b.Normal, field.Loading, t.m.past(&s.Run)
	t.emit(pumpmodel.Output{Kind: pumpmodel.DoseStarted, Field: field.Loading.String(), Programme: t.m.programme(&s.Run)})
}

// doseDone is the end of a dose that was given whole: the maintenance rate goes on, or begins.
func (t *stepper) doseDone() {
	s := t.s
	volume, what := s.Dose.Extra.Volume, s.Dose.What
	t.emit(pumpmodel.Output{Kind: pumpmodel.DoseComplete, Field: what.String(), Text: volume.String()})
	t.doseOver(volume)
	if what == field.Loading {
		s.Flow = s.Flow.Resume()
	}
}

// doseOver takes what was given into the account.
func (t *stepper) doseOver(given quantity.Decimal) {
	s := t.s
	s.Dose.Total += given
	if s.Dose.What == field.Loading {
		s.Run.Extra.forget(exLoading)
		s.Draft.Extra.forget(exLoading)
	}
	s.Dose.Extra, s.Dose.What, s.Dose.Past = delivery.Extra{}, noDose, 0
}

// noDose stands for no dose being given; it is the zero value.
const noDose field.Field = 0

// stopDose stops a dose: what is not given yet is dropped (GIP 3.1.3), the maintenance rate goes on.
func (t *stepper) stopDose(why string) {
	s := t.s
	if !s.Dose.on() {
		return
	}
	given, what := t.m.dosed(s), s.Dose.What
	t.emit(pumpmodel.Output{
		Kind: pumpmodel.DoseStopped, Field: what.String(), Before: s.Dose.Extra.Volume.String(), After: given.String(), Text: given.String(), Why: why,
	})
	t.doseOver(given)
	if what == field.Loading && s.Flow.Mode == delivery.Held {
		s.Flow = s.Flow.Resume()
	}
}

// beginExtra starts what was programmed on the screen of a bolus or of a standby.
func (t *stepper) beginExtra() {
	s := t.s
	p := &s.Draft
	if f := t.m.extraMissing(p); f != field.None {
		t.refuse(pumpmodel.Blocked, noteMissing, int16(f))
		return
	}
	if find, bad := t.m.extraCheck(p); bad {
		t.raise(alert{Kind: kindOf(find), Find: find, Field: find.field, After: afterStart})
		return
	}
	if p.Extra.Kind == exStandby {
		t.standBy(p.Extra.Val[3])
	} else if !t.give() {
		return
	}
	s.Changing, s.Draft = false, s.Run
	t.land(t.m.running)
}

// give begins a bolus on top of what runs; false if it is refused.
func (t *stepper) give() bool {
	s := t.s
	got, no := t.m.shot(&s.Draft)
	if no != nil {
		t.refuse(pumpmodel.Blocked, noteShot, 0)
		return false
	}
	if s.Flow.Mode != delivery.Infusing {
		t.refuse(pumpmodel.Blocked, noteNoFlow, 0)
		return false
	}
	b, why := t.m.boluses(s).Give(got.volume, got.rate, s.Alarms.Active)
	if why != "" {
		t.refuse(pumpmodel.Blocked, noteNoBolus, int16(slices.Index(noBolus, why)))
		return false
	}
	s.Dose.Extra, s.Dose.What, s.Dose.Past = b.Normal, field.Bolus, t.m.past(&s.Draft)
	t.emit(pumpmodel.Output{Kind: pumpmodel.DoseStarted, Field: field.Bolus.String(), Programme: t.m.programme(&s.Draft)})
	return true
}

// loadable reports that the loading dose and the delay of a programme to be started are within their limits, or answered for; else it
// has said why not.
func (t *stepper) loadable() bool {
	s := t.s
	if s.Draft.Extra.Has == 0 {
		return true
	}
	if _, no := t.m.shot(&s.Draft); no != nil {
		t.refuse(pumpmodel.Blocked, noteShot, 0)
		return false
	}
	if find, bad := t.m.extraCheck(&s.Draft); bad {
		t.raise(alert{Kind: kindOf(find), Find: find, Field: find.field, After: afterStart})
		return false
	}
	return true
}

// suffer is what a condition does to the delivery. What is held stays held, for nothing flows; when its time is over the pump looks
// again. A dose is dropped by whatever the pump does not carry on under.
func (t *stepper) suffer(c delivery.Condition) {
	s := t.s
	cause, _ := delivery.CauseOf(c)
	if cause.Action == delivery.CarryOn || s.Dose.Hold == exDelay || s.Dose.Hold == exStandby {
		return
	}
	if s.Flow.Mode == delivery.Held {
		s.Flow = s.Flow.Halt()
	}
	s.Flow = s.Flow.Suffer(c)
	t.stopDose(cause.Title)
}

// past is the gravest limit a plan's dose is beyond, as giving keeps it.
func (m *mach) past(p *plan) int8 {
	switch beyond, hard := m.extraBeyond(p); {
	case hard:
		return 2
	case beyond:
		return 1
	}
	return 0
}
