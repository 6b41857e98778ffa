package report_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/report"
)

// rich is the made-up study with questions, alerts of every kind, orders in words, helped and skipped tasks.
func rich(people int) report.Input {
	in := input(people)
	in.Study.Questions = []studies.Question{
		{Name: "main", Measure: "wrong", Compare: []string{"a", "b"}, Kind: "superiority", Alpha: 0.05},
		{Name: "third", Measure: "undetected", Compare: []string{"c", "a"}, Kind: "non-inferiority", Alpha: 0.025, Margin: 0.06},
		{Name: "pace", Measure: "time", Compare: []string{"a", "c"}, Kind: "equivalence", Alpha: 0.05, Margin: 0.1},
		{Name: "liking", Measure: "sus", Compare: []string{"a", "b", "c"}, Kind: "superiority", Alpha: 0.05},
	}
	in.Study.Conditions[1].Distractions = []studies.Distraction{{Kind: "phone"}}
	kinds := []string{"upperSoft", "upperHard", "lowerSoft"}
	for i := range in.Tasks {
		t := &in.Tasks[i]
		if t.Practice {
			continue
		}
		t.Ordered = "drug: DOPamine; dose: 5 mcg/kg/min; vtbi: 250 mL"
		t.Programmed = t.Ordered
		if t.Outcome.Error() {
			t.Programmed = "drug: DOPamine; dose: 50 mcg/kg/min; vtbi: 250 mL"
		}
		if i%5 == 0 {
			answer := []string{"override", "reprogram"}[i%2]
			kind := kinds[i%3]
			if kind == "upperHard" {
				answer = "reprogram"
			}
			in.Alerts = append(in.Alerts, studies.AlertRow{Session: t.Session, Step: t.Step, Task: t.Task, Field: "dose", LimitKind: kind, LimitValue: "20", Answer: answer, Latency: time.Duration(1+i%4) * time.Second})
		}
		if i%50 == 7 {
			t.Assisted = true
		}
	}
	in.Unjudged = []studies.TaskRow{{Session: "P01", Step: 99, Task: "t1", Outcome: "skipped", Ended: 77 * time.Second}}
	in.Sessions[0].Resumed = true
	in.Timing = "Stamps were taken raw; the interval error had a standard deviation of 0.4 ms."
	in.Clock = []string{"P03, t2, 71.3s: the computer slept for 90 s"}
	return in
}

func TestQuestionsAreAnsweredAsTheyWereAsked(t *testing.T) {
	r := compute(t, rich(24))
	by := map[string]report.Answer{}
	for _, a := range r.Answers {
		by[a.Question+" "+a.First+a.Second] = a
	}
	if len(r.Answers) != 6 {
		t.Fatalf("%d answers, want 1 + 1 + 1 + 3", len(r.Answers))
	}
	main := by["main ab"]
	if !main.Shown || main.Sides != 2 || main.Level != 0.95 || !(main.Difference < 0) || main.Flips == 0 {
		t.Errorf("main: %+v", main)
	}
	if !strings.HasPrefix(r.Verdict(), "a had fewer tasks that ended wrong than b: ") {
		t.Errorf("verdict: %s", r.Verdict())
	}
	third := by["third ca"]
	if third.Sides != 1 || third.Level != 0.95 || third.Margin != 0.06 || third.Shown != (third.P < 0.025) {
		t.Errorf("third: %+v", third)
	}
	if third.Shown != (third.CI.High < 0.06) { // the test and the interval are of one kind: Tango's
		t.Errorf("the bound %g and p %g disagree about the margin", third.CI.High, float64(third.P))
	}
	if pace := by["pace ac"]; pace.Scale != "ratio" || math.Abs(pace.Level-0.9) > 1e-12 || !pace.Shown {
		t.Errorf("pace: %+v", pace)
	}
	for _, a := range r.Answers {
		if a.Question == "liking" && a.PHolm < a.P {
			t.Errorf("Holm made p smaller: %+v", a)
		}
	}
}

func TestSeverityCountsHowFarOffAndHowCritical(t *testing.T) {
	in := rich(1)
	for i := range in.Tasks {
		in.Tasks[i].Outcome, in.Tasks[i].Critical = studies.Correct, false
	}
	set := func(i int, o studies.Outcome, programmed string, critical bool) {
		in.Tasks[i].Outcome, in.Tasks[i].Programmed, in.Tasks[i].Critical = o, programmed, critical
	}
	set(0, studies.Undetected, "drug: DOPamine; dose: 50 mcg/kg/min; vtbi: 250 mL", true)     // 10 doubled
	set(1, studies.Undetected, "drug: DOPamine; dose: 5 mcg/kg/min; vtbi: 100 mL", false)     // 5: 2.5 times
	set(2, studies.OverriddenSoft, "drug: DOPamine; dose: 6 mcg/kg/min; vtbi: 250 mL", false) // 2
	set(3, studies.NotCompleted, "", false)                                                   // 1
	set(4, studies.Undetected, "drug: DOBUTamine; dose: 5 mcg/kg/min; vtbi: 250 mL", false)   // 10: another drug
	r := compute(t, in)
	if k := r.Risk[0]; k.Design != "a" || k.Points != 38 || fmt.Sprint(k.Rungs) != "[1 1 1 2]" {
		t.Errorf("risk of a: %+v, want 38 points", k)
	}
	if r.Findings[0].Points != 20 || float64(r.Findings[0].Worst) != 10 {
		t.Errorf("gravest finding: %+v", r.Findings[0])
	}
}

func TestDistractionIsPairedOnPeopleAndTasks(t *testing.T) {
	in := rich(10)
	for i := range in.Tasks {
		row := &in.Tasks[i]
		row.Outcome = studies.Correct
		if row.Condition == "interrupted" && row.Task == "t1" && !row.Practice {
			row.Outcome = studies.NotCompleted
		}
		row.Ended = row.Started + 20*time.Second
		if row.Condition == "interrupted" {
			row.Ended = row.Started + 30*time.Second + time.Duration(i%7)*time.Millisecond
		}
	}
	r := compute(t, in)
	e := r.Effects[0]
	if e.Units != 180 || e.WithOnly != 30 || e.Only != 0 || math.Abs(float64(e.Difference)-1.0/6) > 1e-12 {
		t.Errorf("effect over all designs: %+v", e)
	}
	if math.Abs(float64(e.Ratio)-1.5) > 0.001 {
		t.Errorf("time ratio %g, want 1.5", float64(e.Ratio))
	}
}

func TestMonitoringCountsInfusionsAndAlerts(t *testing.T) {
	in := rich(20)
	m := compute(t, in).Monitor
	infusions, alerts := 0, 0
	for _, row := range in.Tasks {
		if !row.Practice && row.Programmed != "" {
			infusions++
		}
	}
	for range in.Alerts {
		alerts++
	}
	if m.Infusions != infusions || m.Alerts != alerts || m.Compliance.K != infusions {
		t.Errorf("%d infusions, %d alerts, %d within the library; want %d, %d", m.Infusions, m.Alerts, m.Compliance.K, infusions, alerts)
	}
	if want := 100 * float64(alerts) / float64(infusions); math.Abs(float64(m.PerHundred)-want) > 1e-9 {
		t.Errorf("%g alerts per 100, want %g", float64(m.PerHundred), want)
	}
	for _, p := range m.Alarms.Points { // Montgomery, Introduction to Statistical Quality Control, u chart: ū ± 3 sqrt(ū/n)
		u := float64(m.Alarms.Centre) / 100
		if want := 100 * (u + 3*math.Sqrt(u/float64(p.Size))); math.Abs(float64(p.High)-want) > 1e-9 {
			t.Errorf("upper limit of %s is %g, want %g", p.Session, float64(p.High), want)
		}
	}
}

func TestASessionFarFromTheOthersIsSignalled(t *testing.T) {
	in := rich(12)
	var odd studies.AlertRow
	for _, a := range in.Alerts {
		if a.Session == "P05" && a.LimitKind != "" {
			odd = a
		}
	}
	for range 60 {
		in.Alerts = append(in.Alerts, odd)
	}
	m := compute(t, in).Monitor
	if s := strings.Join(m.Alarms.Signals, "; "); !strings.Contains(s, "P05 lies outside") {
		t.Errorf("signals: %s", s)
	}
}

func TestDeviationsAreListedWithTheirPlaces(t *testing.T) {
	r := compute(t, rich(6))
	by := map[string]report.Deviation{}
	for _, d := range r.Deviations {
		by[d.What] = d
	}
	if d := by["tasks without an outcome: skipped"]; d.Count != 1 || !strings.Contains(d.Where[0], "P01, step 99") {
		t.Errorf("skipped: %+v", d)
	}
	if by["sessions resumed after the program had ended"].Count != 1 || by["measured tasks in which the experimenter helped"].Count == 0 {
		t.Errorf("deviations: %+v", r.Deviations)
	}
	doc, err := r.Document()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range doc.Sections {
		if s.ID == "timing" && !strings.Contains(fmt.Sprint(s.Blocks), "P03, t2, 71.3s: the computer slept for 90 s") {
			t.Errorf("timing does not say that the computer slept: %v", s.Blocks)
		}
	}
}
