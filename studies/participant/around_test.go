package participant_test

import (
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/participant"
)

// undetected are the numbers of measured tasks and of those that ran wrong, of many people in surroundings with these distractions.
func undetected(t *testing.T, people int, ds ...studies.Distraction) (wrong, tasks int) {
	t.Helper()
	k := MustKit(t, "short")
	for i := range k.Study.Conditions {
		k.Study.Conditions[i].Distractions = ds
	}
	p := participant.Typical()
	p.Slip, p.Misread = 0.06, 0.12 // so that there is something to notice
	for row := range people {
		_, records := MustRun(t, k, "P"+string(rune('A'+row%26))+string(rune('A'+row/26)), row, p)
		head, err := journal.DecodeHead(records[0].Event)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			for _, o := range r.Outputs {
				if o.Kind == studies.StepEnded && o.Why == "done" && head.Plan.Steps[o.Step].Kind == studies.StepTask {
					tasks++
					if !o.Right {
						wrong++
					}
				}
			}
		}
	}
	return wrong, tasks
}

func TestNoiseAndGlareMakeSimulatedPeopleWorse(t *testing.T) {
	const people = 60
	quiet, n := undetected(t, people)
	noise, m := undetected(t, people, studies.Distraction{Kind: "noise", Text: "ward-day", Level: -18})
	glare, g := undetected(t, people, studies.Distraction{Kind: "glare", Level: 60})
	t.Logf("wrong: quiet %d of %d, noise %d of %d, glare %d of %d", quiet, n, noise, m, glare, g)
	if noise*n <= quiet*m || glare*n <= quiet*g {
		t.Error("neither noise nor glare may make them better")
	}
}

func TestSimulatedPeopleSilenceAnotherPumpAndGoOn(t *testing.T) {
	k := MustKit(t, "short")
	for i := range k.Study.Conditions {
		k.Study.Conditions[i].Distractions = []studies.Distraction{{Kind: "alarm", Text: "Bed 6", Priority: "medium", Every: 20 * time.Second}}
	}
	end, records := MustRun(t, k, "P01", 0, participant.Typical())
	if end.Ended != "complete" {
		t.Fatalf("the session ended %q", end.Ended)
	}
	began, answered := 0, 0
	for _, r := range records {
		for _, o := range r.Outputs {
			switch {
			case o.Kind == studies.DisturbBegan && o.Which == "alarm":
				began++
			case o.Kind == studies.DisturbEnded && o.Which == "alarm" && o.Why == "answered":
				answered++
			}
		}
	}
	if began == 0 || answered < began/2 {
		t.Errorf("%d of %d alarms were silenced", answered, began)
	}
}
