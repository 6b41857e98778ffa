package cli_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"pumplab/app/cli"
	"pumplab/assets"
	"pumplab/studies"
)

// runStudy parses a line with kong as the program does, runs the command on a study and gives its output and exit status.
func runStudy(t testing.TB, line ...string) (out string, status int) {
	t.Helper()
	var root struct {
		JSON     bool            `name:"json"`
		Simulate cli.SimulateCmd `cmd:""`
		Verify   cli.VerifyCmd   `cmd:""`
		Replay   cli.ReplayCmd   `cmd:""`
		Outcomes cli.OutcomesCmd `cmd:""`
		Export   cli.ExportCmd   `cmd:""`
		Report   cli.ReportCmd   `cmd:""`
		Demo     cli.DemoCmd     `cmd:""`
		Backup   cli.BackupCmd   `cmd:""`
		Markers  cli.MarkersCmd  `cmd:""`
		Recover  cli.RecoverCmd  `cmd:""`
		Restore  cli.RestoreCmd  `cmd:""`
		People   cli.PeopleCmd   `cmd:""`
		Study    cli.StudyCmd    `cmd:""`
	}
	parser, err := kong.New(&root, kong.Vars{"templates": ""})
	if err != nil {
		t.Fatal(err)
	}
	k, err := parser.Parse(line)
	if err != nil {
		return err.Error(), 2
	}
	var b bytes.Buffer
	x := &cli.Context{
		Context: context.Background(), Out: &b, Err: &b, JSON: root.JSON, Version: "test",
		Assets: cli.Assets{
			Designs: assets.Designs, Libraries: assets.Libraries, Studies: assets.Studies, Questionnaires: assets.Questionnaires, Texts: assets.Texts,
		},
	}
	err = k.Run(x)
	if err != nil {
		b.WriteString(err.Error())
	}
	return b.String(), cli.Exit(err)
}

func mustRunStudy(t testing.TB, into any, line ...string) string {
	t.Helper()
	if into != nil {
		line = append(line, "--json")
	}
	out, status := runStudy(t, line...)
	if status != 0 {
		t.Fatalf("%v: status %d: %s", line, status, out)
	}
	if into != nil {
		if err := json.Unmarshal([]byte(out), into); err != nil {
			t.Fatalf("%v: %v in %s", line, err, out)
		}
	}
	return out
}

// mustDemo is a study folder in which simulated people took part.
func mustDemo(t testing.TB, people string) (study, report string) {
	t.Helper()
	var done struct {
		Study, Report string
		Events        int
		Verified      bool
	}
	mustRunStudy(t, &done, "demo", "--out", filepath.Join(t.TempDir(), "out"), "--participants", people, "--template", "short")
	if !done.Verified || done.Events < 100 {
		t.Fatalf("%+v", done)
	}
	return done.Study, done.Report
}

func TestDemoDoesTheWholeJob(t *testing.T) {
	study, report := mustDemo(t, "4")
	page, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, design := range []string{"keypad-wizard", "chevron-form", "fivekey-menu"} {
		if !strings.Contains(string(page), design) {
			t.Errorf("the report does not speak of %s", design)
		}
	}
	if out, status := runStudy(t, "demo", "--out", filepath.Dir(study)); status != 2 || !strings.Contains(out, "not empty") {
		t.Errorf("status %d: %s", status, out)
	}
}

func TestOutcomesHaveARowForEveryTaskOfEveryParticipant(t *testing.T) {
	study, _ := mustDemo(t, "2")
	var out struct {
		Tasks   []studies.TaskRow
		Ratings []studies.RatingRow
	}
	mustRunStudy(t, &out, "outcomes", study)
	if len(out.Tasks) != 2*3*2 || len(out.Ratings) != 2*3*10 { // people × designs × (tasks, items of the SUS)
		t.Errorf("%d tasks, %d ratings", len(out.Tasks), len(out.Ratings))
	}
	for _, r := range out.Tasks {
		if r.Outcome == "" || r.Presses == 0 || r.Optimal == 0 || r.Ended <= r.Started {
			t.Errorf("%+v", r)
		}
	}
	text := mustRunStudy(t, nil, "outcomes", study)
	if !strings.Contains(text, "12 tasks") {
		t.Error(text)
	}
}

func TestTheSameSeedGivesTheSameKeys(t *testing.T) {
	events := func(seed string) string {
		study := filepath.Join(t.TempDir(), "study")
		if _, err := cli.NewStudy(cli.Assets{
			Designs: assets.Designs, Libraries: assets.Libraries, Studies: assets.Studies, Questionnaires: assets.Questionnaires, Texts: assets.Texts,
		}, "short", study); err != nil {
			t.Fatal(err)
		}
		mustRunStudy(t, nil, "simulate", study, "--participants", "2", "--seed", seed)
		return query(t, study, "SELECT group_concat(session || seq || at_ns || kind || coalesce(control, ''), '|') FROM event_v1")
	}
	one, again, other := events("5"), events("5"), events("6")
	if one != again {
		t.Error("two runs with one seed differ")
	}
	if one == other {
		t.Error("two seeds give the same")
	}
}

func TestMoreParticipantsGetNewCodesAndRows(t *testing.T) {
	study, _ := mustDemo(t, "2")
	mustRunStudy(t, nil, "simulate", study, "--participants", "2")
	if got := query(t, study, "SELECT group_concat(participant || ' ' || row, ', ') FROM session"); got != "S01 0, S02 1, S03 2, S04 3" {
		t.Error(got)
	}
}

// query asks the database as an outsider does.
func query(t *testing.T, study, text string) string {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(study, "study.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var out sql.NullString
	if err := db.QueryRow(text).Scan(&out); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return out.String
}

func exec(t *testing.T, study, text string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(study, "study.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// tamper changes records although triggers forbid it, and puts the trigger back as it was.
func tamper(t *testing.T, study, change string) {
	t.Helper()
	trigger := query(t, study, "SELECT sql FROM sqlite_schema WHERE name = 'record_is_never_changed'")
	exec(t, study, "DROP TRIGGER record_is_never_changed; "+change+"; "+trigger)
}

func TestVerifyNamesTheFirstBrokenRecord(t *testing.T) {
	for name, c := range map[string]struct{ change, want string }{
		"event": {"UPDATE record SET event = CAST(replace(CAST(event AS TEXT), 'simulated', 'callback') AS BLOB) WHERE session = 2 AND seq >= 20", "S02-simulated: broken at record 20"},
		"time":  {"UPDATE record SET at_ns = at_ns + 1 WHERE session = 1 AND seq = 30", "S01-simulated: broken at record 30"},
		"outputs": {
			"UPDATE record SET outputs = replace(outputs, 'accepted', 'ignored'), answer = 'ignored' WHERE session = 1 AND seq = (SELECT min(seq) FROM record WHERE session = 1 AND answer = 'accepted')",
			"its outputs or display are not the ones that were written",
		},
		"display": {"UPDATE record SET display = '0000000000000000' WHERE session = 2 AND seq = 12", "S02-simulated: broken at record 12"},
		"column":  {"UPDATE record SET control = '9' WHERE session = 2 AND seq = 11", "S02-simulated: broken at record 11"},
		"gap":     {"UPDATE record SET seq = 1000000 WHERE session = 2 AND seq = 40", "S02-simulated: broken at record 40"},
	} {
		t.Run(name, func(t *testing.T) {
			study, _ := mustDemo(t, "2")
			tamper(t, study, c.change)
			out, status := runStudy(t, "verify", study)
			if status != 1 || !strings.Contains(out, c.want) || !strings.Contains(out, "1 of 2 sessions broken") {
				t.Errorf("status %d: %s", status, out)
			}
		})
	}
}

func TestVerifyRefusesAChangedFileAndAskForData(t *testing.T) {
	study, _ := mustDemo(t, "2")
	exec(t, study, "DROP TRIGGER record_is_never_deleted")
	if out, status := runStudy(t, "verify", study); status != 1 || !strings.Contains(out, "record_is_never_deleted is missing") {
		t.Errorf("status %d: %s", status, out)
	}
	if out, status := runStudy(t, "verify", t.TempDir()); status != 2 || !strings.Contains(out, "pumplab simulate") {
		t.Errorf("status %d: %s", status, out)
	}
}

func TestReplayShowsTheDisplayAtAMoment(t *testing.T) {
	study, _ := mustDemo(t, "2")
	var at struct {
		Task, Design, Screen string
	}
	mustRunStudy(t, &at, "replay", study, "S01", "--at", "40s")
	if at.Task == "" || at.Design == "" || !strings.Contains(at.Screen, "| Drug: ") || !strings.Contains(at.Screen, "[") {
		t.Errorf("%+v", at)
	}
	all := mustRunStudy(t, nil, "replay", study, "S02-simulated")
	if n := strings.Count(all, "\n"); n < 100 || !strings.Contains(all, "session begins") || !strings.Contains(all, "ended complete") {
		t.Errorf("%d lines", n)
	}
	if out, status := runStudy(t, "replay", study, "S09"); status != 2 || !strings.Contains(out, "there are S01-simulated") {
		t.Errorf("status %d: %s", status, out)
	}
}

func TestExportWritesWhatTheViewsHold(t *testing.T) {
	study, _ := mustDemo(t, "2")
	events := query(t, study, "SELECT count(*) FROM event_v1")
	for format, file := range map[string]string{
		"csv": "dictionary.csv", "datapackage": "datapackage.json", "parquet": "event_v1.parquet",
		"bids":     "sub-S01/beh/sub-S01_task-pumpprogramming_events.tsv",
		"psych-ds": "data/study-short_description-events_data.csv",
	} {
		dir := filepath.Join(t.TempDir(), "data")
		var out struct {
			Files []string
			Rows  map[string]int
		}
		mustRunStudy(t, &out, "export", study, "--format", format, "--out", dir)
		if got := fmt.Sprint(out.Rows["event_v1"]); got != events || out.Rows["session"] != 2 || out.Rows["task_v1"] == 0 || !slices.Contains(out.Files, file) {
			t.Errorf("%s: %+v, the view has %s events", format, out, events)
		}
		for _, name := range out.Files {
			if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil || info.Size() == 0 {
				t.Errorf("%s: %v", format, err)
			}
		}
		if said, status := runStudy(t, "export", study, "--format", format, "--out", dir); status != 2 || !strings.Contains(said, "not empty") {
			t.Errorf("%s wrote over what was there: status %d: %s", format, status, said)
		}
		if format == "csv" {
			f, err := os.Open(filepath.Join(dir, "event_v1.csv"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if rows, err := csv.NewReader(f).ReadAll(); err != nil || fmt.Sprint(len(rows)-1) != events {
				t.Errorf("%d rows, %v", len(rows), err)
			}
		}
	}
}
