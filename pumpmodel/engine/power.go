package engine

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/quantity"
)

// What happens without power: the flow stops, the display is dark, nothing can be operated. Settings are kept for four hours
// (GIP 1.7.1); after the self-test the pump shows them again, stopped, with an alarm that names what happened. After longer it is a
// pump just switched on.

// powerLost is the power going.
func (t *stepper) powerLost() {
	s := t.s
	if s.Power.Off {
		t.ignore("", "the pump has no power already")
		return
	}
	t.release()
	s.Held, s.HeldFor = 0, 0
	s.Flow = s.Flow.Halt()
	t.stopDose("the power was lost")
	t.unhold("the power was lost")
	s.Power = s.Power.Lost()
	t.awake()
}

// powerBack is the power coming back.
func (t *stepper) powerBack() {
	s := t.s
	if !s.Power.Off {
		t.ignore("", "the pump has power")
		return
	}
	next, kept := s.Power.Back(t.m.keeps())
	if !kept {
		faults, lib := s.Faults, s.Lib
		*s = t.m.start()
		s.Faults, s.Lib = faults, lib
		s.Alarms.Active = faults
	}
	s.Power = next
	if s.Flow.Active() {
		t.sound(delivery.PowerLost)
	}
}

// keeps is how long settings are kept: a prescription for patient-controlled analgesia longer (Open PCA R6.6.0(4)).
func (m *mach) keeps() time.Duration {
	if m.d.Pump.Name == quantity.PCA.Name {
		return delivery.KeptForPCA
	}
	return delivery.KeptFor
}

// inert is why nothing can be operated; empty if the pump is on and has tested itself.
func (s *state) inert() string {
	switch {
	case s.Power.Off:
		return "the pump has no power"
	case s.Power.Testing > 0:
		return "the pump is testing itself"
	}
	return ""
}

// dark is the display of a pump that cannot be operated.
func (m *mach) dark(s *state) pumpmodel.Display {
	if s.Power.Off {
		return pumpmodel.Display{Screen: "off", Kind: "off"}
	}
	return pumpmodel.Display{
		Screen: "self-test", Kind: "message", Title: "SELF-TEST", Lit: true,
		Lines: []pumpmodel.Line{{Role: "prompt", Text: "The pump is testing itself"}},
	}
}
