package report_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/report"
)

// input is a small made-up study: design b is wrong more often than a and c.
func input(people int) report.Input {
	rng := rand.New(rand.NewPCG(1, 2))
	in := report.Input{
		Study: &studies.Study{
			Name: "made-up", Version: 1, Title: "Do chevrons prevent what keypads let through?", Designs: []string{"a", "b", "c"},
			Conditions: []studies.Condition{{Name: "quiet"}, {Name: "interrupted"}}, People: studies.People{Planned: people},
			Questions: []studies.Question{{Name: "main", Measure: "wrong", Alpha: 0.05}},
		},
		Program: "pumplab test", Made: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Files: map[string]string{"study.yaml": strings.Repeat("ab", 32)},
	}
	wrong := map[string]float64{"a": 0.04, "b": 0.2, "c": 0.06}
	for p := range people {
		person := fmt.Sprintf("P%02d", p+1)
		in.Sessions = append(in.Sessions, report.Session{ID: person, Participant: person, Ended: "complete"})
		step := 0
		for _, d := range in.Study.Designs {
			for _, c := range in.Study.Conditions {
				for task := range 6 {
					step++
					at := time.Duration(step) * time.Minute
					row := studies.TaskRow{
						Session: person, Participant: person, Design: d, Condition: c.Name, Task: fmt.Sprint("t", task), Outcome: studies.Correct, Step: step,
						Started: at, Ended: at + time.Duration(20+rng.IntN(20))*time.Second, Presses: 20 + rng.IntN(10), Optimal: 18, Critical: task == 0,
					}
					if rng.Float64() < wrong[d] {
						row.Outcome, row.NumberClass = studies.Undetected, "zero added"
						in.Alerts = append(in.Alerts, studies.AlertRow{Session: person, Step: step, LimitKind: "upperSoft", Answer: "reprogram", Wrong: true, Latency: 3 * time.Second})
					}
					if c.Name == "interrupted" {
						row.Interrupts, row.Resumption = 1, 2*time.Second+time.Duration(rng.IntN(2000))*time.Millisecond
					}
					in.Tasks = append(in.Tasks, row)
				}
			}
			in.Tasks = append(in.Tasks, studies.TaskRow{Session: person, Participant: person, Design: d, Practice: true, Outcome: studies.Undetected})
			in.Scores = append(in.Scores, report.Score{Participant: person, Design: d, Instrument: "sus", Value: 60 + 10*rng.Float64()}, report.Score{Participant: person, Design: d, Instrument: "raw-tlx", Value: 30 + 20*rng.Float64()})
		}
	}
	return in
}

func compute(t *testing.T, in report.Input) *report.Results {
	t.Helper()
	r, err := report.Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReportCountsMeasuredTasksOnly(t *testing.T) {
	in := input(12)
	r := compute(t, in)
	if r.Practice != 36 {
		t.Errorf("%d practice tasks left out, want 36", r.Practice)
	}
	for _, d := range r.Designs {
		if d.Tasks != 144 || d.People != 12 {
			t.Errorf("%s has %d tasks of %d people, want 144 of 12", d.Design, d.Tasks, d.People)
		}
	}
	total := 0
	for _, p := range r.Pairs {
		if got := p.Both + p.FirstOnly + p.SecondOnly + p.Neither; got != 144 || p.Units != 144 {
			t.Errorf("pair %s – %s counts %d units, want 144", p.First, p.Second, got)
		}
		total++
	}
	if total != 3 || r.Omnibus.N != 144 || r.Omnibus.K != 3 {
		t.Errorf("%d pairs, Cochran over %d units and %d designs", total, r.Omnibus.N, r.Omnibus.K)
	}
}

func TestReportNamesTheDesignWithFewestErrors(t *testing.T) {
	r := compute(t, input(24))
	if v := r.Verdict(); !strings.HasPrefix(v, "a left the fewest errors") || !strings.Contains(v, "with b") {
		t.Errorf("verdict: %s", v)
	}
}

func TestReportWithoutATaskSaysWhatToDo(t *testing.T) {
	in := input(1)
	in.Tasks = nil
	if _, err := report.Compute(in); err == nil || !strings.Contains(err.Error(), "run a session to its end") {
		t.Errorf("error: %v", err)
	}
}

func TestReportOfOnePersonAndOneDesignIsWhole(t *testing.T) {
	in := input(1)
	in.Study.Designs = in.Study.Designs[:1]
	if _, err := compute(t, in).Bytes(); err != nil {
		t.Error(err)
	}
}

func TestReportOfPerfectPeopleIsWhole(t *testing.T) {
	in := input(3)
	for i := range in.Tasks {
		in.Tasks[i].Outcome, in.Tasks[i].NumberClass = studies.Correct, ""
	}
	in.Alerts = nil
	files, err := compute(t, in).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(files["report.html"]), "NaN") {
		t.Error("the report shows NaN")
	}
}

func TestMethodsSayInWhichOrdersPeopleMetTheDesigns(t *testing.T) {
	for _, c := range []struct {
		sequence studies.Sequence
		want     string
	}{
		{studies.Sequence{Designs: "williams", Conditions: "latin-square"}, "Designs came in the orders of a Williams square. Conditions came in the orders of a Latin square."},
		{studies.Sequence{Designs: "fixed", Conditions: "mixed", Tasks: "random"}, "Designs came in one order for everybody, so that practice cannot be told from what came later. The tasks of all conditions alternated at random."},
		{studies.Sequence{}, "There was one order for everybody."},
	} {
		in := input(2)
		in.Study.Sequence = c.sequence
		if got := compute(t, in).Orders; got != c.want {
			t.Errorf("%+v: %s", c.sequence, got)
		}
	}
}
