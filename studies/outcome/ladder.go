package outcome

import (
	"strings"

	"pumplab/pumpmodel/order"
	"pumplab/studies"
)

// ladder is the outcome by shared/domain/science.md.
//
// An order beyond a hard limit cannot be carried out: the right end is that nothing runs, and one says so by done or by giving
// up. For an order beyond a soft limit the right end is to override it with the ordered value: that is correct. Wrong at some
// time means a value that was confirmed or started; what was put right before it was confirmed counts as a correction of keys,
// not as an outcome, for else every overshoot of a chevron would be an error.
func (t *tally) ladder(why string) studies.Outcome {
	switch {
	case !t.running.Runs && !t.running.RunsSecond && t.task.Beyond == "hard" && why != "timeout":
		if t.wrongStart {
			return studies.Corrected
		}
		return studies.Correct
	case !t.running.All(t.task.Order):
		return studies.NotCompleted
	case t.running.Programme.Basic && t.task.Order.Drug != "":
		return studies.Bypassed
	case t.task.Beyond != "hard" && len(t.deviations()) == 0:
		return t.recovered()
	case t.stands():
		return studies.OverriddenSoft
	}
	return studies.Undetected
}

// recovered is the outcome of a task whose programme is right in the end.
func (t *tally) recovered() studies.Outcome {
	out := studies.Correct
	if len(t.wrong) > 0 || t.wrongStart {
		out = studies.Corrected
	}
	for _, w := range t.wrong {
		if w.alert < 0 {
			continue
		}
		switch a := t.alerts[w.alert].row; {
		case strings.HasSuffix(a.LimitKind, "Hard"):
			return studies.CaughtHard
		case a.Answer != "override": // overridden and put right later: the limit did not catch it
			out = studies.CaughtSoft
		}
	}
	return out
}

// stands reports whether a soft limit was overridden for a wrong value of which the programme still holds a trace.
func (t *tally) stands() bool {
	wrong := map[string]bool{}
	for _, d := range t.deviations() {
		wrong[d.Field] = true
	}
	for _, a := range t.alerts {
		f := a.row.Field
		same := wrong[f] || (f == "dose" || f == "rate") && (wrong["dose"] || wrong["rate"])
		if a.row.Answer == "override" && a.row.Wrong && a.limit() && (same || t.task.Beyond == "hard") {
			return true
		}
	}
	return false
}

// soFar are the deviations of what was started: a bolus that was ordered is given later.
func (t *tally) soFar() []order.Deviation {
	o, r := t.task.Order, t.running
	if !o.Loading && r.Programme.Bolus == "" {
		o.Bolus = 0
	}
	if !r.RunsSecond {
		o.Second = ""
	}
	if !r.Runs && r.RunsSecond {
		return nil // the second was begun first: it is judged when both run
	}
	return r.Deviates(o, t.pump)
}

func (t *tally) deviations() []order.Deviation {
	return t.running.Deviates(t.task.Order, t.pump)
}
