package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/field"
)

// note is why the last key was refused, as a state keeps it; the field shows it until the next key. The zero value is nothing.
type note struct {
	Why int8
	Of  int16 // what it is about: a field, a condition, a letter, a care area
}

const (
	noteNone        int8 = iota
	noteNumber           // the number in the editor cannot be programmed
	noteMissing          // a field is wanted first
	noteUnconfirmed      // a field is to be confirmed first
	noteUnfinished       // it is to be confirmed or cleared
	noteOnly             // there is no other field
	noteNotFound         // a letter after which a search finds nothing
	noteCause            // a condition that keeps the pump from starting
	noteAgain            // the same condition for the third time
	noteShot             // a bolus or loading dose that the pump cannot give
	noteNoFlow           // a bolus on a pump that does not infuse
	noteNoBolus          // a bolus refused by what gives it
	noteNoSecondary
	noteSamePatient
	noteSameArea
)

// refuse makes the key's answer a refusal, and the field says why until the next key.
func (t *stepper) refuse(answer pumpmodel.Answer, why int8, of int16) {
	t.s.Note = note{why, of}
	t.first.Answer, t.first.Why = answer, t.m.noted(t.s)
}

// noted is the note in words; empty if there is none.
func (m *mach) noted(s *state) string {
	of := int(s.Note.Of)
	switch s.Note.Why {
	case noteNumber:
		_, why := m.unfit(s.Field, s.Entry)
		return why
	case noteMissing:
		return "enter the " + field.Field(of).Words() + " first"
	case noteUnconfirmed:
		return "confirm the " + field.Field(of).Words() + " first"
	case noteUnfinished:
		return "confirm or clear the " + field.Field(of).String() + " first"
	case noteOnly:
		return "there is no other field to go to"
	case noteNotFound:
		return "no drug begins with " + s.Query.String() + string(rune(of))
	case noteCause:
		return delivery.Causes[of].Title + ": put it right first"
	case noteAgain:
		return delivery.Causes[of].Title + " three times in ten minutes: find the cause"
	case noteShot:
		if _, no := m.shot(&s.Draft); no != nil {
			return no.text
		}
	case noteNoFlow:
		return "a bolus is only given while the pump infuses"
	case noteNoBolus:
		return "no bolus: " + string(noBolus[of])
	case noteNoSecondary:
		return "the library has nothing for a secondary infusion here"
	case noteSamePatient:
		return "the pump is infusing: it is the same patient"
	case noteSameArea:
		if of >= 0 {
			return "the pump is infusing in " + m.areas[of].name
		}
		return "the pump is infusing in another care area"
	}
	return ""
}

// noBolus are the refusals of a bolus.
var noBolus = []delivery.Refusal{
	delivery.NoBolus, delivery.InAlarm, delivery.DoseLimit, delivery.AlreadyRuns, delivery.NoRateLeft,
}
