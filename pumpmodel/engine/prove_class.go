package engine

import (
	"strings"
	"time"

	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// class is the state that stands for all that differ from it only in what no check and no later step of a walk depends on:
//
//   - what is only shown: why the last key was refused, which field was left unconfirmed, the reminder;
//   - how long something has lasted: idleness, a hold, a delay or standby, a silence, the power being off, starts after an alarm; an alert that cannot
//     be answered yet stands with the one that can, in which more can be done;
//   - how much was given, but for whether it is all: no check reads it; the alarms near the end and for a long pause are left out;
//   - which letters leave one of the two rows of the drug list;
//   - which letters a reason is written with, and how many beyond the least; which of the reasons to choose from is selected;
//   - which value was overridden, where limits are checked once for an exceed: there the limit alone counts.
//
// Whatever is not named here tells states apart: a new member of the state makes walks longer, never less thorough. That the classes
// are closed, so that whatever a pump comes to lies in one that was walked from, is held by a test on random concrete walks.
func (w *prover) class(y *state) {
	y.Note, y.Lost, y.Nagging, y.Idle, y.HeldFor = note{}, 0, false, 0, 0
	if i := w.m.foundRow(y, &w.m.screens[y.Screen], 0); y.Query != (query{}) && i >= 0 {
		y.Query = queryOf(strings.ToLower(w.m.areas[y.Draft.Area-1].drugs[i].shown[:1]))
	}
	y.Flow = flowClass(y.Flow)
	y.Dose.Total, y.Dose.Extra.Base, y.Dose.Extra.Since = 0, 0, 0
	if y.Alarms.Quiet > 0 {
		y.Alarms.Quiet = w.m.d.Idle.Silence
	}
	y.Power.OffFor = 0
	if y.Dose.Hold != exNone {
		y.Dose.Left = time.Hour
	}
	y.Restarts.Ago = [2]time.Duration{}
	if y.Power.Testing > 0 {
		y.Power.Testing = delivery.SelfTest
	}
	if a := &y.Alert; a.On {
		a.Left, a.Row = 0, 0
		if n := len(strings.TrimSpace(a.Reason.String())); n > 0 {
			a.Reason = reasonOf(strings.Repeat("r", min(n, design.ReasonLeast)))
		} else if a.Reason != (reason{}) {
			a.Reason = reasonOf(" ")
		}
	}
	if w.m.areas[0].once {
		y.Draft.Over.Value, y.Run.Over.Value = [field.Limited]quantity.Decimal{}, [field.Limited]quantity.Decimal{}
	}
}

// flowClass is a delivery without how much it gave, but for whether that is all.
func flowClass(d delivery.Delivery) delivery.Delivery {
	if !d.Active() {
		return delivery.Delivery{}
	}
	all := d.Remaining() == 0
	d.Base, d.KVOBase, d.Earlier, d.Since, d.NearEnd, d.PauseLimit = 0, 0, 0, 0, 0, 0
	if all {
		d.Base = d.VTBI
	}
	return d
}
