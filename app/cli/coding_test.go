package cli_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// judge fills a sheet: every passage with one mode, but for the first few.
func judge(t *testing.T, path string, other int) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range lines[1:] {
		line[4], line[5], line[6] = "A6", "slip", "action"
		if i%2 == 0 {
			line[4] = "A8"
		}
		if i < other {
			line[4] = "C1"
		}
	}
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestTwoRatersSheetsFillTheReportsAgreement(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if out, status := program(t, "demo", "--out", dir, "--participants", "4"); status != 0 {
		t.Fatal(out)
	}
	study := filepath.Join(dir, "study")
	for i, rater := range []string{"R1", "R2"} {
		out, status := program(t, "coding", "sheet", study, "--rater", rater)
		if status != 0 || !strings.Contains(out, "to judge") {
			t.Fatal(out)
		}
		judge(t, filepath.Join(study, "coding", rater+".csv"), 2*i)
	}
	if out, status := program(t, "coding", "sheet", study, "--rater", "R1"); status != 2 || !strings.Contains(out, "may hold judgements") {
		t.Errorf("a sheet with judgements is written over: %d %s", status, out)
	}
	if out, status := program(t, "coding", "check", study); status != 0 || !strings.Contains(out, "judged by R1, R2") || !strings.Contains(out, "Cohen's kappa 0.") {
		t.Errorf("%d %s", status, out)
	}
	if out, status := program(t, "report", study, "--out", dir, "--no-verify"); status != 0 {
		t.Fatal(out)
	}
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil || !strings.Contains(string(page), "Agreement of raters on the causes of errors") {
		t.Errorf("the report has no agreement: %v", err)
	}
	bad := filepath.Join(study, "coding", "R3.csv")
	if err := os.WriteFile(bad, []byte("session,step,from_s,to_s,mode,kind,cause,note\nS01,3,x,4,A6,,,\nS01,4,1,2,Z9,,,\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, status := program(t, "coding", "check", study); status != 2 || !strings.Contains(out, "R3.csv:2:7: from_s is \"x\"") || !strings.Contains(out, "R3.csv:3: check code: mode \"Z9\"") {
		t.Errorf("%d %s", status, out)
	}
}
