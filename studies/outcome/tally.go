package outcome

import (
	"strings"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/coding"
)

// tally counts one task as its records pass.
type tally struct {
	task    *studies.Task
	pump    quantity.Pump
	layout  coding.Layout
	targets targets
	base    studies.TaskRow

	presses, ignored int
	editing          editing
	wrong            []wrongNumber // in the order in which they were entered
	wrongStart       bool          // another programme than ordered was started at some time
	alerts           []raised
	assisted         bool

	library string // in use: its file and hash
	running order.Running
	second  *targets          // of the order's second infusion; nil for none
	held    map[string]string // last value confirmed, by channel and field

	interrupts int
	resuming   bool // a disturbance is over and no task key has come yet
	resumeFrom time.Duration
	lags       []time.Duration
}

// wrongNumber is a number that was entered, confirmed or alerted, and is not the ordered one.
type wrongNumber struct {
	field string
	coding.Number
	alert int // index of the limit alert raised for it, in the tally's alerts; -1 for none
}

func (t *tally) output(e studies.Event, o studies.Output) {
	switch o.Kind {
	case studies.FromPump:
		t.pumped(e, o)
	case studies.DisturbBegan:
		if studies.Surrounds(o.Which) {
			return // around the task, no interruption
		}
		t.interrupts++
		t.resuming = false
	case studies.DisturbEnded:
		if o.Why != "step-ended" && !studies.Surrounds(o.Which) {
			t.resuming, t.resumeFrom = true, o.At
		}
	case studies.Noted:
		t.assisted = t.assisted || o.Which == string(studies.Assist)
	}
}

func (t *tally) pumped(e studies.Event, o studies.Output) {
	p := o.Pump
	switch p.Kind {
	case pumpmodel.KeyAnswered:
		if isPress(e) {
			t.key(o)
		}
	case pumpmodel.FieldConfirmed:
		t.confirmed(p.Channel, p.Field, p.After)
	case pumpmodel.LibraryChanged:
		t.library = p.After
	case pumpmodel.AlertRaised:
		t.raise(o)
	case pumpmodel.AlertAnswered:
		t.answer(o)
	case pumpmodel.InfusionStarted, pumpmodel.InfusionChanged:
		t.running = t.running.After(t.task.Order, p)
		t.wrongStart = t.wrongStart || t.task.Beyond == "hard" || len(t.soFar()) > 0
	case pumpmodel.DoseStarted, pumpmodel.DoseStopped:
		t.running = t.running.After(t.task.Order, p)
		t.wrongStart = t.wrongStart || p.Kind == pumpmodel.DoseStarted && len(t.deviations()) > 0
	case pumpmodel.InfusionStopped:
		t.running = t.running.After(t.task.Order, p)
	}
}

func (t *tally) key(o studies.Output) {
	t.presses++
	if t.resuming {
		t.lags = append(t.lags, o.At-t.resumeFrom)
		t.resuming = false
	}
	switch o.Pump.Answer {
	case pumpmodel.Ignored, pumpmodel.Blocked:
		t.ignored++
	default:
		t.editing.key(*o.Pump)
	}
}

// confirmed notes a field's new value and whether it is the ordered one. A field the order says nothing about is never wrong.
func (t *tally) confirmed(channel, field, value string) {
	if t.held == nil {
		t.held = map[string]string{}
	}
	t.held[channel+" "+field] = value
	t.note(channel, field, value, "", -1)
}

// note keeps a value that is not the ordered one; unit is empty if it is not known.
func (t *tally) note(channel, field, value, unit string, alert int) (wrong bool) {
	of := t.targetsOf(channel)
	target, known := of.of(field, unit)
	if !known || target.fits(value) {
		return false
	}
	n := wrongNumber{field: field, Number: coding.Classify(value, target.text, of.others(field), t.layout), alert: alert}
	if target.name { // a choice: the classes of numbers say nothing about it
		n.Number = coding.Number{}
	}
	t.wrong = append(t.wrong, n)
	return true
}

// row is the task as it ended. It is not judged when it was not the participant who ended it, nor the clock.
func (t *tally) row(o studies.Output) (row studies.TaskRow, judged bool) {
	row = t.base
	row.Ended, row.Presses, row.Ignored, row.Corrections = o.At, t.presses, t.ignored, t.editing.corrections
	row.Interrupts, row.Assisted = t.interrupts, t.assisted
	if n := len(t.lags); n > 0 {
		var sum time.Duration
		for _, l := range t.lags {
			sum += l
		}
		row.Resumption = sum / time.Duration(n)
	}
	for _, a := range t.alerts {
		if a.limit() {
			row.Alerts++
			if a.row.Answer == "override" {
				row.Overrides++
			}
		}
	}
	if t.running.Runs {
		row.Programmed = programmeText(t.running.Programme)
	}
	if t.running.RunsSecond {
		row.Programmed = strings.TrimPrefix(row.Programmed+" + "+programmeText(t.running.Second), " + ")
	}
	switch o.Why {
	case "done", "given up", "timeout":
		row.Outcome = t.ladder(o.Why)
		t.number(&row)
		switch row.Outcome {
		case studies.Corrected, studies.CaughtSoft, studies.CaughtHard:
			row.CloseCall = true
		}
		return row, true
	}
	row.Outcome = studies.Outcome(o.Why)
	return row, false
}

// number is the class of the first wrong number of the task, and whether any was out by ten.
func (t *tally) number(row *studies.TaskRow) {
	for _, w := range t.wrong {
		if row.NumberClass == "" {
			row.NumberClass = string(w.Class)
		}
		row.OutByTen = row.OutByTen || w.OutBy >= 10
	}
	if row.NumberClass != "" || !t.running.All(t.task.Order) || t.task.Beyond == "hard" {
		return
	}
	for _, d := range t.deviations() {
		if d.Unit == "" || row.NumberClass != "" {
			continue
		}
		n := coding.Classify(d.Programmed, d.Ordered, t.targets.others(d.Field), t.layout)
		row.NumberClass, row.OutByTen = string(n.Class), n.OutBy >= 10
	}
}

// targetsOf are the targets of what is programmed on a channel.
func (t *tally) targetsOf(channel string) *targets {
	if t.second != nil && channel == t.second.order.Channel {
		return t.second
	}
	return &t.targets
}
