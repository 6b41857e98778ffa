package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"pumplab/studies/export"
)

func rowsOf(rows ...[]string) func(func([]string, error) bool) {
	return func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// twice is a study in which P-1 began two sessions and P1 one.
func twice() []export.Table {
	return []export.Table{
		{
			Name: export.SessionTable, Columns: []string{"session", "participant", "started_utc", "status", "resumed", "program", "role"},
			Fields: map[string]export.Field{"role": {Type: "string", Meaning: "asked: role", Values: []string{"nurse", "other"}}},
			Rows: rowsOf([]string{"a", "P-1", "2026-01-02T03:04:05.5Z", "stopped", "0", "pumplab 1", "nurse"},
				[]string{"b", "P1", "2026-01-02T04:04:05Z", "complete", "1", "pumplab 1", "other"},
				[]string{"c", "P-1", "2026-01-03T03:04:05Z", "complete", "0", "pumplab 1", ""}),
		},
		{
			Name: "event_v1", Columns: []string{"session", "participant", "seq", "at_ns", "kind", "control", "answer", "value_after"},
			Rows: rowsOf([]string{"a", "P-1", "2", "1500000000", "pump", "7", "accepted", "7"},
				[]string{"a", "P-1", "3", "2000000000", "note", "", "", "two\nlines\tand a tab"},
				[]string{"b", "P1", "2", "1", "next", "", "", ""}),
		},
		{
			Name: "task_v1", Columns: []string{"session", "participant", "task", "outcome", "started_ns", "ended_ns", "resumption_ns"},
			Rows: rowsOf([]string{"a", "P-1", "dopamine", "corrected", "1500000000", "3750000000", "250000000"}),
		},
		{
			Name: "alert_v1", Columns: []string{"session", "participant", "task", "at_ns", "answer", "latency_ns"},
			Rows: rowsOf([]string{"a", "P-1", "dopamine", "1600000000", "override", "90000000"}, []string{"c", "P-1", "dopamine", "5", "", "0"}),
		},
	}
}

func MustWrite(t *testing.T, format string, tables []export.Table) (folder, map[string]int) {
	t.Helper()
	f := folder{}
	files, rows, err := export.Write(format, export.Study{Name: "keys-1", Title: "Which keys?", Program: "pumplab 1", Authors: []string{"A. P."}}, tables, f.create)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(f) {
		t.Errorf("it says it wrote %v", files)
	}
	return f, rows
}

func MustJSON(t *testing.T, b *bytes.Buffer, into any) {
	t.Helper()
	if b == nil {
		t.Fatal("the file is missing")
	}
	if err := json.Unmarshal(b.Bytes(), into); err != nil {
		t.Fatal(err)
	}
}

// The rows of tasks, events and alerts come in the order they began, times in exact seconds, what is absent as n/a.
func TestBIDSHasOneEventsFileASession(t *testing.T) {
	f, rows := MustWrite(t, "bids", twice())
	if d := cmp.Diff(map[string]int{"session": 3, "event_v1": 3, "task_v1": 1, "alert_v1": 2}, rows); d != "" {
		t.Error(d)
	}
	want := strings.Join([]string{
		"onset\tduration\ttrial_type\ttask\toutcome\tresumption\tseq\tcontrol\tanswer\tvalue_after",
		"1.5\t2.25\ttask\tdopamine\tcorrected\t0.25\tn/a\tn/a\tn/a\tn/a",
		"1.5\t0\tpump\tn/a\tn/a\tn/a\t2\t7\taccepted\t7",
		"1.6\t0.09\talert\tdopamine\tn/a\tn/a\tn/a\tn/a\toverride\tn/a",
		"2\t0\tnote\tn/a\tn/a\tn/a\t3\tn/a\tn/a\ttwo lines and a tab", "",
	}, "\n")
	if d := cmp.Diff(want, f["sub-P1/ses-01/beh/sub-P1_ses-01_task-pumpprogramming_events.tsv"].String()); d != "" {
		t.Error(d)
	}
	unanswered := f["sub-P1/ses-02/beh/sub-P1_ses-02_task-pumpprogramming_events.tsv"].String()
	if !strings.Contains(unanswered, "\n0.000000005\tn/a\talert\tdopamine\t") {
		t.Error(unanswered)
	}
	if f["sub-P1x2/ses-01/beh/sub-P1x2_ses-01_task-pumpprogramming_events.tsv"] == nil {
		t.Error("P-1 and P1 are two people")
	}
	people := "participant_id\tcode\tsessions\tstarted_utc\tstatus\tresumed\tprogram\trole\n" +
		"sub-P1\tP-1\t2\t2026-01-03T03:04:05Z\tcomplete\t0\tpumplab 1\tn/a\nsub-P1x2\tP1\t1\t2026-01-02T04:04:05Z\tcomplete\t1\tpumplab 1\tother\n"
	if d := cmp.Diff(people, f["participants.tsv"].String()); d != "" {
		t.Error(d)
	}
}

func TestBIDSDescribesEveryColumnWithItsUnitsAndLevels(t *testing.T) {
	f, _ := MustWrite(t, "bids", twice())
	type column struct {
		Description, Units string
		Levels             map[string]string
	}
	for tsv, sidecar := range map[string]string{
		"participants.tsv":           "participants.json",
		"sub-P1/sub-P1_sessions.tsv": "sub-P1/sub-P1_sessions.json",
		"sub-P1/ses-01/beh/sub-P1_ses-01_task-pumpprogramming_events.tsv": "task-pumpprogramming_events.json",
	} {
		var about map[string]column
		MustJSON(t, f[sidecar], &about)
		header, _, _ := strings.Cut(f[tsv].String(), "\n")
		for c := range strings.SplitSeq(header, "\t") {
			if about[c].Description == "" && c != "session_id" && c != "acq_time" { // these two the standard defines
				t.Errorf("%s says nothing of %s", sidecar, c)
			}
		}
		if sidecar == "task-pumpprogramming_events.json" {
			if about["onset"].Units != "s" || about["resumption"].Units != "s" || about["answer"].Levels["override"] == "" || about["answer"].Levels["ignored"] == "" ||
				about["trial_type"].Levels["task"] == "" || about["outcome"].Levels["undetected"] == "" {
				t.Errorf("%+v", about)
			}
		}
	}
	var d struct{ Name, BIDSVersion, DatasetType string }
	if MustJSON(t, f["dataset_description.json"], &d); d.Name != "keys-1" || d.DatasetType != "raw" || d.BIDSVersion == "" || f["README.md"].Len() < 200 {
		t.Errorf("%+v", d)
	}
}

// The rules are those of the schema that the Psych-DS validator brings along (psych-ds/psychds-validator, defaultSchema.json).
func TestPsychDSNamesItsFilesAndColumnsByItsConventions(t *testing.T) {
	f, _ := MustWrite(t, "psych-ds", twice())
	name := regexp.MustCompile(`^data/([a-z]+-[a-zA-Z0-9]+)(_[a-z]+-[a-zA-Z0-9]+)*_data\.csv$`)
	type description struct {
		Context          string `json:"@context"`
		Type             string `json:"@type"`
		Name             string
		Description      string
		VariableMeasured []struct{ Name, Description string }
	}
	var all description
	if MustJSON(t, f["dataset_description.json"], &all); all.Type != "Dataset" || all.Context != "https://schema.org/" || all.Name == "" || all.Description == "" {
		t.Errorf("%+v", all)
	}
	tables := 0
	for file, b := range f {
		if !strings.HasSuffix(file, ".csv") {
			continue
		}
		if tables++; !name.MatchString(file) {
			t.Errorf("%s is not named as the schema asks", file)
		}
		rows, err := csv.NewReader(b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var own description
		MustJSON(t, f[strings.TrimSuffix(file, "csv")+"json"], &own)
		for _, c := range rows[0] {
			for _, d := range []description{all, own} {
				if i := slices.IndexFunc(d.VariableMeasured, func(v struct{ Name, Description string }) bool { return v.Name == c }); i < 0 || d.VariableMeasured[i].Description == "" {
					t.Errorf("%s: %s does not describe %s", file, d.Name, c)
				}
			}
		}
	}
	if tables != 4 {
		t.Errorf("%d tables", tables)
	}
}

// The reader is the library's own; DuckDB 1.5.6 and hyparquet 1.31.5 read the demo's files to the same rows as its CSV (by hand).
func TestParquetIsTypedAndKeepsWhatIsAbsent(t *testing.T) {
	f, rows := MustWrite(t, "parquet", twice())
	b := f["session.parquet"].Bytes()
	file, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if meaning, ok := file.Lookup("role"); !ok || meaning != "asked: role" || rows["session"] != 3 {
		t.Errorf("%q, %v", meaning, rows)
	}
	want := "message session {\n\toptional binary session (STRING);\n\toptional binary participant (STRING);\n\toptional int64 started_utc (TIMESTAMP(isAdjustedToUTC=true,unit=MICROS));\n" +
		"\toptional binary status (STRING);\n\toptional boolean resumed;\n\toptional binary program (STRING);\n\toptional binary role (STRING);\n}"
	if d := cmp.Diff(want, file.Schema().String()); d != "" {
		t.Error(d)
	}
	r := parquet.NewReader(bytes.NewReader(b))
	got := make([]parquet.Row, 3)
	if n, err := r.ReadRows(got); n != 3 || err != nil && err != io.EOF {
		t.Fatal(n, err)
	}
	if got[0][2].Int64() != 1767323045500000 || !got[1][4].Boolean() || got[1][6].String() != "other" || !got[2][6].IsNull() { // date -u -d 2026-01-02T03:04:05.5Z +%s.%N
		t.Errorf("%v", got)
	}
}

func TestAColumnThatIdentifiesIsNeverWritten(t *testing.T) {
	tables := twice()
	tables[0].Fields["role"] = export.Field{Type: "string", Meaning: "name", Identifying: true}
	for _, format := range export.Formats {
		f := folder{}
		if _, _, err := export.Write(format, export.Study{}, tables, f.create); err == nil || !strings.Contains(err.Error(), "identifying") || len(f) > 0 {
			t.Errorf("%s: %v, wrote %d files", format, err, len(f))
		}
	}
}
