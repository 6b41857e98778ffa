package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pumplab/app/cli"
	"pumplab/studies"
)

// One person skips a task, one session is cut off and never finished: what the window evaluates is what pumplab report evaluates.
func TestTheWindowAndTheCommandGiveTheSameResults(t *testing.T) {
	lab := mustLab(t)
	start := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	first, err := lab.Begin("P01", map[string]string{"role": "nurse"}, start)
	if err != nil {
		t.Fatal(err)
	}
	at, skipped := time.Duration(0), false
	for first.Session.View().Ended == "" {
		kind := studies.Next
		if s := first.Session.View().Step; s.Kind == studies.StepTask {
			if kind = studies.GiveUp; !skipped && !s.Practice {
				kind, skipped = studies.Skip, true
			}
		}
		at += time.Second
		if _, err := first.Session.Apply(at, studies.Event{Kind: kind}); err != nil {
			t.Fatal(err)
		}
	}
	if err := lab.Finish(first.ID); err != nil {
		t.Fatal(err)
	}
	cut, err := lab.Begin("P02", map[string]string{"role": "other"}, start.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		kind := studies.Next
		if cut.Session.View().Step.Kind == studies.StepTask {
			kind = studies.GiveUp
		}
		if _, err := cut.Session.Apply(time.Duration(i+1)*time.Second, studies.Event{Kind: kind}); err != nil {
			t.Fatal(err)
		}
	}
	if !skipped {
		t.Fatal("no task was skipped")
	}
	window := map[string]any{}
	for range 2 { // computed, then as it was kept
		r, err := lab.Results(start)
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(r)
		if err == nil {
			err = json.Unmarshal(b, &window)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "report")
	x := &cli.Context{Context: context.Background(), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Version: "test", Assets: assetFiles()}
	if err := (&cli.ReportCmd{Study: lab.Folder, Out: dir}).Run(x); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	command := map[string]any{}
	if err := json.Unmarshal(b, &command); err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"made", "verified"} { // the command verifies first, and says when
		delete(window, k)
		delete(command, k)
	}
	if d := cmp.Diff(command, window); d != "" {
		t.Error(d)
	}
	if people, _ := window["people"].(map[string]any); people["tasks_without_outcome_left_out"] != 1.0 && window["tasks_without_outcome_left_out"] != 1.0 {
		t.Errorf("the skipped task is not counted: %v", window["people"])
	}
}
