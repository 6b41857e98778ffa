package report_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/studies"
	"pumplab/studies/report"
)

var (
	outcomes = []studies.Outcome{studies.Correct, studies.Corrected, studies.CaughtSoft, studies.CaughtHard, studies.OverriddenSoft, studies.Undetected, studies.NotCompleted, studies.Bypassed}
	lines    = []string{"", "drug: DOPamine; dose: 5 mcg/kg/min; vtbi: 250 mL", "drug: heparin; dose: 0 units/h", "nonsense", "dose: x; vtbi: 1 mL; ", "drug: DOPamine; dose: 5000 mcg/kg/min; vtbi: 0.1 mL"}
	kinds    = []string{"upperSoft", "lowerSoft", "upperHard", "lowerHard", "advisory", ""}
)

// anyStudy is a study as badly filled as a study can be: people who lack designs, tasks of no time, alerts of no task.
func anyStudy(t *rapid.T) report.Input {
	pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) }
	in := report.Input{Study: &studies.Study{Name: "any", Title: "Any study", People: studies.People{Planned: pick("planned", 9)}}, Program: "pumplab test"}
	for i := range 1 + pick("designs", 4) {
		in.Study.Designs = append(in.Study.Designs, string(rune('a'+i)))
	}
	for i := range 1 + pick("conditions", 3) {
		c := studies.Condition{Name: fmt.Sprintf("condition %c", 'A'+i)}
		if pick("disturbs", 2) == 1 {
			c.Distractions = []studies.Distraction{{Kind: "phone"}}
		}
		in.Study.Conditions = append(in.Study.Conditions, c)
	}
	for i := range pick("questions", 4) {
		q := studies.Question{Name: fmt.Sprintf("question %c", 'A'+i), Measure: rapid.SampledFrom([]string{"undetected", "wrong", "time", "presses", "alerts", "sus"}).Draw(t, "measure"), Alpha: 0.05, Margin: 0.1}
		q.Kind = rapid.SampledFrom([]string{"superiority", "non-inferiority", "equivalence"}).Draw(t, "kind")
		in.Study.Questions = append(in.Study.Questions, q)
	}
	for p := range 1 + pick("people", 5) {
		who := fmt.Sprintf("P%02d", p)
		in.Sessions = append(in.Sessions, report.Session{ID: who, Participant: who, Ended: rapid.SampledFrom([]string{"", "complete", "stopped"}).Draw(t, "ended"), Resumed: pick("resumed", 2) == 1})
		for step := range pick("tasks", 14) {
			row := studies.TaskRow{
				Session: who, Participant: who, Step: step, Design: rapid.SampledFrom(in.Study.Designs).Draw(t, "design"), Task: fmt.Sprintf("t%d", pick("task", 4)),
				Condition: rapid.SampledFrom(in.Study.Conditions).Draw(t, "condition").Name, Outcome: rapid.SampledFrom(outcomes).Draw(t, "outcome"),
				Ordered: rapid.SampledFrom(lines).Draw(t, "ordered"), Programmed: rapid.SampledFrom(lines).Draw(t, "programmed"), Critical: pick("critical", 2) == 1, Assisted: pick("assisted", 9) == 0,
				Started: time.Minute, Ended: time.Minute + time.Duration(pick("seconds", 90))*time.Second, Presses: pick("presses", 40), Optimal: pick("optimal", 20), Interrupts: pick("interrupts", 2),
			}
			if row.Outcome != studies.Correct {
				row.NumberClass = rapid.SampledFrom([]string{"", "zero added", "other"}).Draw(t, "class")
			}
			in.Tasks = append(in.Tasks, row)
			if pick("alert", 3) == 0 {
				in.Alerts = append(in.Alerts, studies.AlertRow{
					Session: who, Step: pick("alert step", 14), Field: "dose", LimitKind: rapid.SampledFrom(kinds).Draw(t, "limit"), LimitValue: "10",
					Answer: rapid.SampledFrom([]string{"", "override", "reprogram"}).Draw(t, "answer"), Wrong: pick("alert wrong", 2) == 1, Latency: time.Duration(pick("latency", 5)) * time.Second,
				})
			}
		}
		for _, d := range in.Study.Designs {
			if pick("scored", 2) == 1 {
				in.Scores = append(in.Scores, report.Score{Participant: who, Design: d, Instrument: "sus", Value: float64(5 * pick("sus", 21)), Missing: pick("missing", 2)})
			}
		}
	}
	return in
}

// A report of any study is whole: no error but the one of no task, nothing that is not a number, every number from the results.
func TestReportOfAnyStudyIsWhole(t *testing.T) {
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue { // each is a whole report
		if err := flag.Set("rapid.checks", "20"); err != nil {
			t.Fatal(err)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		r, err := report.Compute(anyStudy(rt))
		if err != nil {
			if !strings.Contains(err.Error(), "no measured task has ended yet") {
				rt.Fatal(err)
			}
			return
		}
		files, err := r.Bytes()
		if err != nil {
			rt.Fatal(err)
		}
		for name, data := range files {
			for _, bad := range []string{"NaN", "Inf", "%!"} {
				if strings.Contains(string(data), bad) {
					at := strings.Index(string(data), bad)
					rt.Errorf("%s holds %s: …%s…", name, bad, data[max(0, at-80):min(len(data), at+40)])
				}
			}
		}
		odd, _ := strange(string(files["report.html"]), known(t, files["results.json"]))
		for _, o := range odd {
			rt.Errorf("results.json has no %s", o)
		}
	})
}
