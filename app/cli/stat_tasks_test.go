package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pumplab/app/cli"
)

const eventTable = "session,participant,seq,at_ns,task,phase,answer\n" +
	"s1,P01,2,1000000000,bolus,down,accepted\ns1,P01,3,1500000000,bolus,up,accepted\ns1,P01,4,4000000000,bolus,down,ignored\n" +
	"s1,P01,5,5000000000,,down,accepted\ns2,P02,2,10,rate,down,blocked\n"

func TestEventsBecomeTasks(t *testing.T) {
	m := mustStat(t, eventTable, "tasks", "-")
	if m["events"] != 5.0 || m["groups"] != 2.0 || m["left_out"] != 1.0 {
		t.Fatalf("%v", m)
	}
	first := row(t, m, "rows", 0)
	for key, want := range map[string]any{
		"participant": "P01", "task": "bolus", "events": 3.0, "presses": 2.0, "ignored": 1.0, "blocked": 0.0, "started_ns": 1e9, "ended_ns": 4e9, "seconds": 3.0,
	} {
		if first[key] != want {
			t.Errorf("%s: %v, want %v", key, first[key], want)
		}
	}
	by := mustStat(t, "who;ms;kind\nA;5;slip\nA;7;ok\nB;1;slip\n", "tasks", "-", "--by", "who", "--time", "ms", "--count", "slips=kind:slip")
	if r := row(t, by, "rows", 0); r["slips"] != 1.0 || r["started"] != 5.0 || r["ended"] != 7.0 || r["seconds"] != nil {
		t.Errorf("%v", r)
	}
}

func TestTasksAreReadyToFit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tasks.csv")
	var out, msg bytes.Buffer
	if code := cli.Run([]string{"stat", "tasks", "-", "--out", path}, &cli.Context{In: strings.NewReader(eventTable), Out: &out, Err: &msg}, nil); code != 0 {
		t.Fatal(msg.String())
	}
	if !strings.Contains(out.String(), "2 rows from 5 events") || !strings.Contains(out.String(), "1 outside any task left out") {
		t.Errorf("%q", out.String())
	}
	data, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(data), "session,participant,task,events,blocked,clipped,ignored,presses,started_ns,ended_ns,seconds\ns1,P01,bolus,3,0,0,1,2,1000000000,4000000000,3\n") {
		t.Errorf("%s %v", data, err)
	}
	if m := fit(t, path, "presses ~ task", "--family", "poisson"); m["n"] != 2.0 {
		t.Errorf("%v", m)
	}
}

func TestTasksSayWhatIsMissing(t *testing.T) {
	for want, args := range map[string]string{
		`no column "answer"`: "tasks - --by who", "NAME=COLUMN:VALUE": "tasks - --count x=y", "no such file": "tasks /nowhere/x.csv",
	} {
		if _, err := stat(t, "who,x\na,1\n", true, strings.Fields(args)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", args, err)
		}
	}
}
