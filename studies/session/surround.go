package session

import (
	"fmt"

	"pumplab/studies"
)

// surround begins or ends the first thing around the task that is due; false if none is.
func (t *turn) surround() bool {
	p := t.step()
	if p.Kind != studies.StepTask {
		return false
	}
	for i, d := range p.Disturbances {
		if !studies.Surrounds(d.Kind) {
			continue
		}
		n, on := int(t.s.Fired[i]), t.s.Around[i]
		switch {
		case on.On && d.For > 0 && t.s.Spent >= on.From+d.For:
			t.clear(i, "over")
			return true
		case !on.On && n < len(d.At) && d.At[n] <= t.s.Spent:
			t.s.Fired[i]++
			t.enclose(i, d)
			return true
		}
	}
	return false
}

// enclose begins what is around the task.
func (t *turn) enclose(i int, d studies.Disturbance) {
	t.s.Around[i] = Surrounding{On: true, From: t.s.Spent}
	t.emit(studies.Output{Kind: studies.DisturbBegan, Which: d.Kind, Value: aroundWords(d)})
}

// clear ends what is around the task.
func (t *turn) clear(i int, why string) {
	t.s.Around[i] = Surrounding{}
	t.emit(studies.Output{Kind: studies.DisturbEnded, Which: t.step().Disturbances[i].Kind, Why: why})
}

// clearAll ends all that is around the task, which ends.
func (t *turn) clearAll() {
	for i, a := range t.s.Around {
		if a.On {
			t.clear(i, "step-ended")
		}
	}
}

// aroundWords is how strong it is: "ward-day -18 dB", "60 %".
func aroundWords(d studies.Disturbance) string {
	if d.Kind == "noise" {
		return fmt.Sprintf("%s %d dB", d.Prompt, d.Level)
	}
	return fmt.Sprintf("%d %%", d.Level)
}
