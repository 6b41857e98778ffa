package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"pumplab/studies"
	"pumplab/studies/session"
)

// TestTraces runs testdata/traces: "plan" gives the steps of a session on the tiny pump, "do" tells it events, each with its time
// before it, and prints what came of each and what is on the screen in the end. -rewrite writes the expected output.
func TestTraces(t *testing.T) {
	datadriven.Walk(t, "testdata/traces", func(t *testing.T, path string) {
		var m *session.Machine
		var s session.State
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			var outs []studies.Output
			if d.Cmd == "plan" {
				m = mustMachine(t, steps(t, d.Input)...)
				s, outs = m.Start()
				return told(outs) + screen(m.Show(s))
			}
			text := ""
			for line := range strings.Lines(d.Input) {
				at, e := event(t, strings.TrimSpace(line))
				s, outs = m.Step(s, at, e)
				text += told(outs)
			}
			return text + screen(m.Show(s))
		})
	})
}

// steps reads one step a line: intro, task ID [limit=40s] [question=2] [phone=10s,12s], ask, break 5s, end.
func steps(t *testing.T, text string) []studies.Step {
	var out []studies.Step
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		step := studies.Step{Kind: studies.StepKind(words[0]), Text: "Title\nText"}
		for _, w := range words[1:] {
			key, value, _ := strings.Cut(w, "=")
			switch key {
			case "limit", "for":
				step.For = span(t, value)
			case "practice":
				step.Practice, step.UntilRight = true, 1
			case "question":
				step.Disturbances = append(step.Disturbances, question)
			case "phone":
				d := studies.Disturbance{Kind: "phone"}
				for at := range strings.SplitSeq(value, ",") {
					d.At = append(d.At, span(t, at))
				}
				step.Disturbances = append(step.Disturbances, d)
			default:
				step.Task = w
			}
		}
		if step.Kind == studies.StepAsk {
			step.Instrument = "scale"
		}
		out = append(out, step)
	}
	return out
}

func span(t *testing.T, text string) time.Duration {
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// event reads "12s press 5", "13s reply 15", "14s rate one 55", "15s done".
func event(t *testing.T, line string) (time.Duration, studies.Event) {
	words := append(strings.Fields(line), "", "")
	e := studies.Event{Kind: studies.EventKind(words[1]), Value: words[2]}
	switch words[1] {
	case "press":
		e = press(words[2])
	case "release":
		e = release(words[2])
	case "rate":
		e.Item, e.Value = words[2], words[3]
	case "disturb":
		e.Item, e.Value = words[2], ""
	}
	return span(t, words[0]), e
}

// screen is a view in a few lines.
func screen(v session.View) string {
	var b strings.Builder
	fmt.Fprintf(&b, "-- %v %s %d/%d", v.At, v.Step.Kind, v.Index+1, v.Count)
	for _, s := range []string{v.Title, v.Ended} {
		if s != "" {
			b.WriteString(" " + s)
		}
	}
	if v.Held {
		b.WriteString(" held")
	}
	if v.Remain > 0 {
		fmt.Fprintf(&b, " remain %v", v.Remain)
	}
	b.WriteByte('\n')
	if v.Order != nil {
		fmt.Fprintf(&b, "order: %s\n", v.Order)
	}
	if v.Pump != nil {
		for _, f := range v.Pump.Fields {
			b.WriteString(strings.TrimRight(f.String(), " ") + "\n")
		}
	}
	if v.Disturbance != nil {
		fmt.Fprintf(&b, "disturbed: %+v\n", *v.Disturbance)
	}
	if len(v.Rated) > 0 {
		fmt.Fprintf(&b, "rated: %v\n", v.Rated)
	}
	return b.String()
}
