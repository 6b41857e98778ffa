package outcome

import (
	"cmp"
	"encoding/json"
	"strings"

	"pumplab/studies"
)

// raised is an alert and whether it was answered yet.
type raised struct {
	row      studies.AlertRow
	unit     string
	channel  string
	answered bool
}

// limit reports whether it is a dose limit of the library, not an advisory or the like.
func (a raised) limit() bool {
	return strings.HasSuffix(a.row.LimitKind, "Soft") || strings.HasSuffix(a.row.LimitKind, "Hard")
}

func (t *tally) raise(o studies.Output) {
	a := raised{row: studies.AlertRow{
		Session: t.base.Session, Participant: t.base.Participant, Task: t.base.Task, Step: t.base.Step, At: o.At, Field: o.Pump.Field,
		OnPump: t.onPump(o.Pump.Channel),
	}, channel: o.Pump.Channel}
	if l := o.Pump.Limit; l != nil {
		a.row.LimitKind, a.row.LimitValue, a.row.Entered, a.row.Ratio = l.Kind, l.Value, l.Entered, l.Ratio
		a.unit = l.Unit
		if a.limit() {
			a.row.Wrong = t.note(o.Pump.Channel, a.row.Field, l.Entered, l.Unit, len(t.alerts))
		}
	}
	t.alerts = append(t.alerts, a)
}

// onPump is what is programmed on a channel now: the values confirmed last, there or for the whole pump.
func (t *tally) onPump(channel string) studies.OnPump {
	held := func(field string) string { return cmp.Or(t.held[channel+" "+field], t.held[" "+field]) }
	return studies.OnPump{
		Device: t.base.Design, Channel: channel, Library: t.library, Area: held("area"), Drug: held("drug"), Therapy: held("therapy"),
		Concentration: held("concentration"), Weight: held("weight"),
	}
}

// answer gives the answer to the last alert of its field that has none.
func (t *tally) answer(o studies.Output) {
	for i := len(t.alerts) - 1; i >= 0; i-- {
		a := &t.alerts[i]
		if a.answered || a.row.Field != o.Pump.Field {
			continue
		}
		a.answered = true
		a.row.Answer, a.row.Reason, a.row.Latency = o.Pump.Choice, o.Pump.Why, o.At-a.row.At
		return
	}
}

// shown dates when alerts were first seen: those of the task that is on, and those of a task that ended before its frames were
// journalled.
func (f *fold) shown(value string) error {
	var s studies.ShownFrames
	if err := json.Unmarshal([]byte(value), &s); err != nil {
		return err
	}
	for _, frame := range s.Frames {
		for i := len(f.result.Alerts) - 1; i >= 0 && f.result.Alerts[i].Seen == 0; i-- {
			see(&f.result.Alerts[i], frame)
		}
		if f.task != nil {
			for i := range f.task.alerts {
				see(&f.task.alerts[i].row, frame)
			}
		}
	}
	return nil
}

// see dates an alert by the first frame that showed the session as it was then or later.
func see(a *studies.AlertRow, f studies.Frame) {
	if a.Seen == 0 && a.At <= f.Of {
		a.Seen = f.At
	}
}

// alertRows are the task's alerts with the value that held in the end.
func (t *tally) alertRows() []studies.AlertRow {
	var rows []studies.AlertRow
	for _, a := range t.alerts {
		a.row.Final = t.final(a.channel, a.row.Field)
		rows = append(rows, a.row)
	}
	return rows
}

// final is the field's value when the task ended: what runs, else what was confirmed last.
func (t *tally) final(channel, field string) string {
	p, runs := t.running.Programme, t.running.Runs
	if t.targetsOf(channel) == t.second {
		p, runs = t.running.Second, t.running.RunsSecond
	}
	if runs {
		switch field {
		case "dose":
			return p.Dose
		case "rate":
			return p.Rate
		case "vtbi":
			return p.VTBI
		case "weight":
			return p.Weight
		case "time":
			return p.Time
		}
	}
	return t.held[channel+" "+field]
}
