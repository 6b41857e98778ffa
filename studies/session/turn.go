package session

import (
	"strings"

	"pumplab/pumpmodel"
	"pumplab/studies"
)

// turn is one call of the machine at work: the state as it becomes and what has come of it so far.
type turn struct {
	m   *Machine
	s   State
	out []studies.Output
}

func (t *turn) step() *place { return &t.m.steps[t.s.Index] }

// emit adds an output of this moment and step.
func (t *turn) emit(o studies.Output) {
	o.At, o.Step = t.s.Now, t.s.Index
	t.out = append(t.out, o)
}

// begin enters step i of the plan, past practice that is no longer needed. Beyond the last step the session is complete.
func (t *turn) begin(i int) {
	steps := t.m.steps
	for i < len(steps) && steps[i].Practice && steps[i].UntilRight > 0 && t.s.Right >= steps[i].UntilRight {
		i++
	}
	right := t.s.Right
	if i >= len(steps) || !steps[i].Practice {
		right = 0
	}
	if i >= len(steps) {
		t.end("complete", "")
		return
	}
	t.s = State{Now: t.s.Now, Index: i, Began: t.s.Now, Held: t.s.Held, Right: right}
	if steps[i].Kind == studies.StepTask {
		t.s.Pump = steps[i].pump.Start()
	}
	t.emit(studies.Output{Kind: studies.StepBegan})
	if steps[i].Kind == studies.StepEnd {
		t.end("complete", "")
	}
}

// finish ends the present step and whatever disturbs it. Right says of a task whether the pump runs what was ordered.
func (t *turn) finish(why string) {
	if t.s.On.Kind != "" {
		t.quiet(studies.Output{Why: "step-ended"})
	}
	t.clearAll()
	o := studies.Output{Kind: studies.StepEnded, Why: why}
	if p := t.step(); p.Kind == studies.StepTask {
		o.Right = Right(p.task, t.s.running(), p.pump.Info().Pump)
		if p.Practice && o.Right {
			t.s.Right++
		} else {
			t.s.Right = 0
		}
	}
	t.emit(o)
	t.s.Pump, t.s.Down = nil, ""
}

// leave ends the present step and begins the next.
func (t *turn) leave(why string) {
	t.finish(why)
	t.begin(t.s.Index + 1)
}

func (t *turn) end(why, value string) {
	t.s.Ended, t.s.Held = why, false
	t.emit(studies.Output{Kind: studies.SessionEnded, Why: why, Value: value})
}

// pumped takes over what a pump has put out, and follows what it runs.
func (t *turn) pumped(outs []pumpmodel.Output) {
	for _, o := range outs {
		at := t.s.Now + o.At
		o.At = 0
		switch o.Kind {
		case pumpmodel.InfusionStarted, pumpmodel.InfusionChanged, pumpmodel.DoseStarted, pumpmodel.DoseStopped, pumpmodel.InfusionStopped:
			if task := t.step().task; task != nil {
				t.s.runs(t.s.running().After(task.Order, &o))
			}
		}
		t.out = append(t.out, studies.Output{Kind: studies.FromPump, At: at, Step: t.s.Index, Pump: &o})
	}
}

// hold notes that a control went down or came up, and reports whether it was down before.
func (t *turn) hold(control string, down bool) (was bool) {
	line := control + "\n"
	i := strings.Index("\n"+t.s.Down, "\n"+line)
	switch {
	case i >= 0 && !down:
		t.s.Down = t.s.Down[:i] + t.s.Down[i+len(line):]
	case i < 0 && down:
		t.s.Down += line
	}
	return i >= 0
}
