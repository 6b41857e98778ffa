package session

import (
	"slices"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/studies"
)

// count counts accepted presses in the fields that questions wait for, and begins the question whose press this was. One whose press
// falls while something else disturbs comes with the first press in its fields once that is over.
func (t *turn) count(outs []pumpmodel.Output) {
	field := ""
	for _, o := range outs {
		if o.Kind == pumpmodel.KeyAnswered && o.Answer == pumpmodel.Accepted && o.Field != "" {
			field = o.Field
			break
		}
	}
	if field == "" {
		return
	}
	for i, d := range t.step().Disturbances {
		if d.After <= 0 || !waitsFor(d.Field, field) {
			continue
		}
		t.s.Presses[i] = min(t.s.Presses[i], 254) + 1
		if int(t.s.Presses[i]) < d.After || t.s.Fired[i] > 0 {
			continue
		}
		switch {
		case studies.Surrounds(d.Kind):
			t.s.Fired[i]++
			t.enclose(i, d)
		case t.s.On.Kind == "":
			t.s.Fired[i]++
			t.start(d)
		}
	}
}

// waitsFor reports whether field is one of those a disturbance names: "dose", "dose or rate".
func waitsFor(fields, field string) bool {
	return fields == field || strings.Contains(fields, " or ") && slices.Contains(strings.Split(fields, " or "), field)
}

// ring begins the disturbance by the clock that is due, the first in the plan's order if several are.
func (t *turn) ring() {
	for i, d := range t.step().Disturbances {
		if n := int(t.s.Fired[i]); !studies.Surrounds(d.Kind) && n < len(d.At) && d.At[n] <= t.s.Spent {
			t.s.Fired[i]++
			t.start(d)
			return
		}
	}
}

// start begins a disturbance, or its warning.
func (t *turn) start(d studies.Disturbance) {
	t.s.On = Disturbing{Kind: d.Kind, Prompt: d.Prompt, Right: d.Right, Priority: d.Priority, Covers: d.Covers, For: d.For, From: t.s.Spent, Warning: d.Warn}
	if d.Warn == 0 {
		t.emit(studies.Output{Kind: studies.DisturbBegan, Which: d.Kind, Value: d.Prompt})
	}
}

// quiet ends the disturbance; one that was only announced leaves no trace.
func (t *turn) quiet(o studies.Output) {
	on := t.s.On
	t.s.On = Disturbing{}
	if on.Warning > 0 {
		return
	}
	o.Kind, o.Which = studies.DisturbEnded, on.Kind
	t.emit(o)
}

// disturb begins a disturbance by the experimenter's hand: a phone, or a question of the experimenter's words that covers the pump.
func (t *turn) disturb(e studies.Event) (refused string) {
	switch {
	case t.s.Pump == nil:
		return "no task is on"
	case t.s.Held:
		return "the session is held"
	case t.s.On.Kind != "":
		return "something disturbs already"
	}
	switch e.Item {
	case "phone":
		t.start(studies.Disturbance{Kind: "phone"})
	case "question":
		t.start(studies.Disturbance{Kind: "question", Prompt: e.Value, Covers: true})
	default:
		return "unknown kind of disturbance: question or phone"
	}
	return ""
}

// reply answers what disturbs. A question wants words; a question without a right answer takes any.
func (t *turn) reply(value string) (refused string) {
	on := t.s.On
	value = strings.TrimSpace(value)
	switch {
	case on.Kind == "" || on.Warning > 0:
		return "nothing disturbs"
	case on.Kind == "question" && value == "":
		return "a question wants an answer"
	}
	right := on.Right == "" || strings.EqualFold(value, on.Right)
	t.quiet(studies.Output{Why: "answered", Value: value, Right: right})
	return ""
}
