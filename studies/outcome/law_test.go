package outcome_test

import (
	"fmt"
	"testing"

	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/outcome"
	"pumplab/studies/participant"
	"pumplab/studies/plan"
	"pumplab/studies/replay"
	"pumplab/studies/session"
)

// MustSession is a session of the demo study by a person who slips often.
func MustSession(t *testing.T, row int) (studies.Plan, []journal.Record, outcome.Result) {
	t.Helper()
	k := MustKit(t, "demo")
	who := fmt.Sprint("P", row)
	p, err := plan.Make(k.Study, who, row)
	if err != nil {
		t.Fatal(err)
	}
	m, err := k.Machine(p)
	if err != nil {
		t.Fatal(err)
	}
	var j memory
	s, err := session.Open(m, journal.Head{Session: who, Participant: who}, &j)
	if err != nil {
		t.Fatal(err)
	}
	streams := participant.Streams{Slips: plan.Stream(1, who, "a"), Times: plan.Stream(1, who, "b"), Choices: plan.Stream(1, who, "c")}
	if err := participant.Run(s, participant.New(participant.Typical().Slipping(15), streams)); err != nil {
		t.Fatal(err)
	}
	c := outcome.ContextOf(k)
	c.Optimal = nil // its cost does not belong here
	r, err := outcome.Of(replay.Of(j), c)
	if err != nil {
		t.Fatal(err)
	}
	return p, j, r
}

// The ladder and the session machine judge the end of a task each in its own way; they must agree.
func TestLadderAgreesWithTheSession(t *testing.T) {
	seen := map[studies.Outcome]int{}
	for row := range 12 {
		p, records, r := MustSession(t, row)
		ended := map[int]studies.Output{}
		for _, rec := range records {
			for _, o := range rec.Outputs {
				if o.Kind == studies.StepEnded {
					ended[o.Step] = o
				}
			}
		}
		tasks := 0
		for _, s := range p.Steps {
			if s.Kind == studies.StepTask {
				tasks++
			}
		}
		if len(r.Tasks) != tasks {
			t.Fatalf("%d rows for %d tasks", len(r.Tasks), tasks)
		}
		for _, x := range r.Tasks {
			o := ended[x.Step]
			seen[x.Outcome]++
			if o.Right == x.Outcome.Error() && o.Why != "timeout" {
				t.Errorf("step %d, %s on %s: %s, yet the session says right is %v", x.Step, x.Task, x.Design, x.Outcome, o.Right)
			}
		}
	}
	for _, o := range []studies.Outcome{studies.Correct, studies.Corrected, studies.CaughtSoft, studies.CaughtHard, studies.OverriddenSoft, studies.Undetected} {
		if seen[o] == 0 {
			t.Errorf("no task ended %s: the test sees too little (%v)", o, seen)
		}
	}
}

func TestRowsAddUp(t *testing.T) {
	_, records, r := MustSession(t, 3)
	alerts, overrides := map[int]int{}, map[int]int{}
	for _, a := range r.Alerts {
		switch a.LimitKind {
		case "lowerHard", "lowerSoft", "upperSoft", "upperHard":
			alerts[a.Step]++
			if a.Answer == "override" {
				overrides[a.Step]++
			}
		}
		if a.Answer != "" && a.Latency <= 0 {
			t.Errorf("an alert was answered after %v", a.Latency)
		}
	}
	presses := 0
	for _, x := range r.Tasks {
		presses += x.Presses
		if x.Alerts != alerts[x.Step] || x.Overrides != overrides[x.Step] {
			t.Errorf("step %d: %d alerts, %d overrides; its alert rows say %d, %d", x.Step, x.Alerts, x.Overrides, alerts[x.Step], overrides[x.Step])
		}
		if wrong := x.NumberClass != ""; x.Outcome == studies.Correct && wrong && x.OutByTen {
			t.Errorf("step %d is correct with a number out by ten", x.Step)
		}
	}
	downs := 0
	for _, rec := range records[1:] {
		if e, err := journal.DecodeEvent(rec.Event); err == nil && e.Pump != nil && e.Pump.Kind == "down" {
			downs++
		}
	}
	if presses == 0 || presses > downs {
		t.Errorf("%d presses of %d controls that went down", presses, downs)
	}
}
