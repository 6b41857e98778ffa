package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/questionnaire"
	"pumplab/studies/session"
)

// tinyPump has two fields: digits go into the active one, enter goes on to the next, start runs. Left alone for 30 s it nags.
func tinyPump() pumpmodel.Machine {
	return pumpmodel.New(pumpmodel.Spec[tinyState]{
		Info: func() pumpmodel.Info {
			return pumpmodel.Info{Name: "tiny", Pump: "large-volume", Controls: []pumpmodel.Control{
				{Name: "1"}, {Name: "2"}, {Name: "5"}, {Name: "enter"}, {Name: "start"}, {Name: "stop"},
			}}
		},
		Start: func() tinyState { return tinyState{Field: "dose"} },
		Step:  tinyStep,
		Wait:  func(s tinyState) (time.Duration, bool) { return 30*time.Second - s.Idle, true },
		Show: func(s tinyState) pumpmodel.Display {
			return pumpmodel.Display{
				Screen: "programme", Kind: "form", Lit: true, Title: fmt.Sprint(s.Nags, " nags, ", s.Down, " down"),
				Fields: []pumpmodel.Field{{Name: "dose", Label: "DOSE", Text: s.Dose, Active: s.Field == "dose", Cursor: -1}, {Name: "vtbi", Label: "VTBI", Text: s.VTBI, Active: s.Field == "vtbi", Cursor: -1}},
			}
		},
	})
}

type tinyState struct {
	Dose, VTBI, Field string
	Idle              time.Duration
	Nags, Down        int
	Running           bool
}

func tinyStep(s tinyState, e pumpmodel.Event) (tinyState, []pumpmodel.Output) {
	answer := func(a pumpmodel.Answer, field string, more ...pumpmodel.Output) []pumpmodel.Output {
		return append([]pumpmodel.Output{{Kind: pumpmodel.KeyAnswered, Control: e.Control, Answer: a, Field: field}}, more...)
	}
	switch e.Kind {
	case pumpmodel.Elapse:
		s.Idle += e.For
		if s.Idle < 30*time.Second {
			return s, nil
		}
		s.Idle = 0
		s.Nags++
		return s, []pumpmodel.Output{{Kind: pumpmodel.Nagged}}
	case pumpmodel.Up:
		s.Down--
		return s, answer(pumpmodel.Accepted, "")
	case pumpmodel.Down:
		s.Down++
		s.Idle = 0
	default:
		return s, nil
	}
	field := &s.Dose
	if s.Field == "vtbi" {
		field = &s.VTBI
	}
	switch e.Control {
	case "1", "2", "5":
		if len(*field) >= 3 {
			return s, answer(pumpmodel.Ignored, s.Field)
		}
		*field += e.Control
		return s, answer(pumpmodel.Accepted, s.Field)
	case "enter":
		s.Field = "vtbi"
		return s, answer(pumpmodel.Accepted, "")
	case "start":
		s.Running = true
		return s, answer(pumpmodel.Accepted, "", pumpmodel.Output{Kind: pumpmodel.InfusionStarted, Programme: &pumpmodel.Programme{
			Drug: "DOPamine", Dose: s.Dose, DoseUnit: "mcg/kg/min", VTBI: s.VTBI,
		}})
	case "stop":
		s.Running = false
		return s, answer(pumpmodel.Accepted, "", pumpmodel.Output{Kind: pumpmodel.InfusionStopped})
	}
	return s, answer(pumpmodel.Ignored, "")
}

func tinyStudy() *studies.Study {
	dose, _ := quantity.ParseDoseUnit("mcg/kg/min")
	return &studies.Study{Name: "tiny", Tasks: []studies.Task{
		{ID: "a", Order: order.Order{Drug: "DOPamine", Dose: quantity.Int(5), DoseUnit: dose, VTBI: quantity.Int(12)}},
		{ID: "h", Beyond: "hard", Order: order.Order{Drug: "DOPamine", Dose: quantity.Int(155), DoseUnit: dose, VTBI: quantity.Int(12)}},
	}}
}

func scale() *questionnaire.Instrument {
	return &questionnaire.Instrument{Name: "scale", Items: []questionnaire.Item{
		{ID: "one", Min: 0, Max: 100, Step: 5}, {ID: "two", Min: 1, Max: 5, Step: 1},
	}}
}

// mustMachine is the machine of these steps on the tiny pump.
func mustMachine(t testing.TB, steps ...studies.Step) *session.Machine {
	t.Helper()
	for i := range steps {
		if steps[i].Kind == studies.StepTask {
			steps[i].Design = "tiny"
		}
	}
	m, err := session.New(session.Parts{
		Study: tinyStudy(), Plan: studies.Plan{Study: "tiny", Participant: "P01", Steps: steps},
		Pumps:       map[string]pumpmodel.Machine{"tiny": tinyPump()},
		Instruments: map[string]*questionnaire.Instrument{"scale": scale()},
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// memory keeps records; it fails from record number failAt on.
type memory struct {
	records []journal.Record
	failAt  int
}

func (m *memory) Append(r journal.Record) error {
	if m.failAt > 0 && r.Seq >= m.failAt {
		return fmt.Errorf("disk full")
	}
	m.records = append(m.records, r)
	return nil
}

func press(c string) studies.Event {
	e := pumpmodel.Press(c)
	return studies.Event{Kind: studies.Pump, Pump: &e}
}

func release(c string) studies.Event {
	e := pumpmodel.Release(c)
	return studies.Event{Kind: studies.Pump, Pump: &e}
}

func just(k studies.EventKind) studies.Event { return studies.Event{Kind: k} }

// told is outputs in one line each: time, step, kind and the rest.
func told(outs []studies.Output) string {
	var b strings.Builder
	for _, o := range outs {
		fmt.Fprintf(&b, "%v %d %s", o.At, o.Step, o.Kind)
		if o.Pump != nil {
			fmt.Fprintf(&b, " %s", o.Pump.Kind)
		}
		for _, s := range []string{o.Which, o.Why, o.Value} {
			if s != "" {
				b.WriteString(" " + s)
			}
		}
		if o.Right {
			b.WriteString(" right")
		}
		b.WriteString("\n")
	}
	return b.String()
}
