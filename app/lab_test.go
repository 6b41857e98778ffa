package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pumplab/app/capture"
	"pumplab/app/cli"
	"pumplab/studies"
	"pumplab/studies/report"
)

func mustLab(t *testing.T) *Lab {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "study")
	if _, err := cli.NewStudy(assetFiles(), "short", dir); err != nil {
		t.Fatal(err)
	}
	lab, err := OpenLab(dir, "pumplab test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lab.Close() })
	return lab
}

// giveUpAll walks through a session: every task is given up, every page left.
func giveUpAll(t *testing.T, run *Run, from time.Duration) {
	t.Helper()
	at := from
	for run.Session.View().Ended == "" {
		at += time.Second
		kind := studies.Next
		if run.Session.View().Step.Kind == studies.StepTask {
			kind = studies.GiveUp
		}
		if _, err := run.Session.Apply(at, studies.Event{Kind: kind}); err != nil {
			t.Fatal(err)
		}
		if at > from+time.Hour {
			t.Fatal("the session does not end")
		}
	}
}

func TestASessionInTheLabGivesResults(t *testing.T) {
	lab := mustLab(t)
	start := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	run, err := lab.Begin("P01", map[string]string{"role": "nurse"}, start)
	if err != nil {
		t.Fatal(err)
	}
	if run.ID != "P01-20260304T050607" {
		t.Errorf("session %s", run.ID)
	}
	if _, err := lab.Results(start); err == nil {
		t.Error("results without a finished session")
	}
	giveUpAll(t, run, 0)
	if err := lab.Finish(run.ID); err != nil {
		t.Fatal(err)
	}
	r, err := lab.Results(start)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range lab.Kit.Study.Designs {
		c, ok := r.Cell(name, "")
		if !ok || c.Tasks != 2 || c.Errors.K != 2 {
			t.Errorf("%s: %+v, want 2 tasks that ended wrong", name, c.Errors)
		}
	}
	if err := lab.CheckCode("P01"); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("a code was given twice: %v", err)
	}
	page, err := lab.WriteReport(filepath.Join(t.TempDir(), "report"), start)
	if err != nil || filepath.Base(page) != "report.html" {
		t.Errorf("report %s: %v", page, err)
	}
}

func TestAnInterruptedSessionGoesOnAfterItsTask(t *testing.T) {
	lab := mustLab(t)
	run, err := lab.Begin("P02", nil, time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	for i, kind := range []studies.EventKind{studies.Next, studies.Next} {
		if _, err := run.Session.Apply(time.Duration(i+1)*time.Second, studies.Event{Kind: kind}); err != nil {
			t.Fatal(err)
		}
	}
	was := run.Session.View()
	if was.Step.Kind != studies.StepTask {
		t.Fatalf("step %+v, want a task", was.Step)
	}
	id, err := lab.Unfinished("P02")
	if err != nil || id != run.ID {
		t.Fatalf("unfinished %q: %v", id, err)
	}
	again, err := lab.Resume(id)
	if err != nil {
		t.Fatal(err)
	}
	v := again.Session.View()
	if v.Index != was.Index+1 || !v.Held {
		t.Errorf("goes on at step %d held %v, want step %d held", v.Index, v.Held, was.Index+1)
	}
	if _, err := again.Session.Apply(5*time.Second, studies.Event{Kind: studies.Continue}); err != nil {
		t.Fatal(err)
	}
	giveUpAll(t, again, 5*time.Second)
	if id, _ := lab.Unfinished("P02"); id != "" {
		t.Errorf("session %s is still unfinished after its end", id)
	}
}

func TestCodesThatCouldBeNamesAreRefused(t *testing.T) {
	lab := mustLab(t)
	for code, good := range map[string]bool{"P01": true, "p-7": true, "": false, "Ann Smith": false, "P01/..": false, "é": false} {
		if err := lab.CheckCode(code); (err == nil) != good {
			t.Errorf("%q: %v", code, err)
		}
	}
}

func TestErrorsBecomeSentences(t *testing.T) {
	for err, want := range map[string]string{
		"open study x: no such file":          "Open study x: no such file.",
		"study.yaml:3:1: title is missing":    "study.yaml:3:1: title is missing.",
		"give a participant code, for P01":    "Give a participant code, for P01.",
		"/data/st/study.yaml:3:1: what is it": "/data/st/study.yaml:3:1: what is it.",
	} {
		if got := sentence(problem(err)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

type problem string

func (p problem) Error() string { return string(p) }

func TestWhatTimesHangOnIsADeviationInTheReport(t *testing.T) {
	lab := mustLab(t)
	start := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	run, err := lab.Begin("P01", map[string]string{"role": "nurse"}, start)
	if err != nil {
		t.Fatal(err)
	}
	for run.Session.View().Step.Kind != studies.StepTask {
		if _, err := run.Session.Apply(time.Second, studies.Event{Kind: studies.Next}); err != nil {
			t.Fatal(err)
		}
	}
	before := run.Session.View()
	slept := studies.Event{Kind: studies.Clock, Item: capture.Slept, Value: "1m30s"}
	if v, err := run.Session.Apply(time.Second, slept); err != nil || v.Index != before.Index || v.Pump.Digest() != before.Pump.Digest() {
		t.Fatalf("%v; a fact about the clock changed the screen", err)
	}
	seen := studies.Event{Kind: studies.Shown, Value: `{"frames":[[2,1000000000,1003500000]],"dropped":2}`}
	if v, err := run.Session.Apply(time.Second, seen); err != nil || v.Index != before.Index || v.Pump.Digest() != before.Pump.Digest() {
		t.Fatalf("%v; a fact about a frame changed the screen", err)
	}
	poor := capture.Quality{Way: capture.Callback, Bad: true, Verdict: "Keystroke times lie on a grid."}
	text, err := json.Marshal(poor)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []studies.Event{
		{Kind: studies.Quality, Value: `{"way":"raw","bad":true,"verdict":"The first time."}`},
		{Kind: studies.Note, Item: capture.TimingItem, Value: capture.MeasuredAgain},
		{Kind: studies.Quality, Value: string(text)},
		{Kind: studies.Note, Item: capture.TimingItem, Value: capture.WentOn},
	} {
		if _, err := run.Session.Apply(time.Second, e); err != nil {
			t.Fatal(err)
		}
	}
	giveUpAll(t, run, time.Second)
	if err := lab.Finish(run.ID); err != nil {
		t.Fatal(err)
	}
	r, err := lab.Results(start)
	if err != nil {
		t.Fatal(err)
	}
	chosen := run.ID + ": the experimenter measured again, then went on. Keystroke times lie on a grid."
	if i := slices.IndexFunc(r.Deviations, func(d report.Deviation) bool { return d.What == "sessions whose key times are poor" }); i < 0 || r.Deviations[i].Where[0] != chosen {
		t.Errorf("deviations %+v, want %q among them", r.Deviations, chosen)
	}
	if want := "on the screen 3.5 ms later (median of 1 changes; 95 of 100 within 3.5 ms)"; !strings.Contains(r.Timing, want) ||
		!strings.Contains(r.Timing, "0 of them came later than one refresh") {
		t.Errorf("timing: %s", r.Timing)
	}
	i := slices.IndexFunc(r.Deviations, func(d report.Deviation) bool { return strings.HasPrefix(d.What, "times the computer slept") })
	if i < 0 {
		t.Fatalf("deviations %+v", r.Deviations)
	}
	want := run.ID + ", " + before.Step.Task + ", 1s: the computer slept for 1m30s, and the session's time stood still"
	if d := r.Deviations[i]; d.Count != 1 || d.Where[0] != want {
		t.Errorf("%+v, want %q", d, want)
	}
	if !strings.Contains(r.Timing, "among the deviations") {
		t.Errorf("timing: %s", r.Timing)
	}
}

// Simulated people try a study out before real ones come: they take no row of the plan, and are left out of the results once a real
// person has completed a session.
func TestSimulatedPeopleTakeNoPlaceAndLeaveTheResultsToRealOnes(t *testing.T) {
	lab := mustSimulated(t)
	before, err := lab.Results(time.Now())
	if err != nil || before.People.Simulated != 2 || before.People.LeftOut != 0 {
		t.Fatalf("before real people: %+v, %v", before.People, err)
	}
	run, err := lab.Begin("P01", nil, time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if row := run.Session.Machine().Plan().Row; row != 0 {
		t.Errorf("the first real person got row %d", row)
	}
	giveUpAll(t, run, 0)
	if err := lab.Finish(run.ID); err != nil {
		t.Fatal(err)
	}
	after, err := lab.Results(time.Now())
	if err != nil || after.People.Started != 1 || after.People.Simulated != 0 || after.People.LeftOut != 2 {
		t.Errorf("with a real person: %+v, %v", after.People, err)
	}
	if n := after.Designs[0].Tasks; n != 2 {
		t.Errorf("%s has %d tasks, one person did 2", after.Designs[0].Design, n)
	}
}
