package engine_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// REQUIREMENTS.md has every row of requirements.csv once and in its order, names only tests that exist, and counts right.
func TestRequirementsAreAllAccountedFor(t *testing.T) {
	file, err := os.Open("testdata/requirements.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	want, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../REQUIREMENTS.md")
	if err != nil {
		t.Fatal(err)
	}
	exists := testsOf(t)
	count := map[string]int{}
	var ids []string
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 5 || strings.TrimSpace(cells[0]) == "source" || strings.HasPrefix(cells[0], "---") {
			continue
		}
		id, status, what := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[3]), strings.TrimSpace(cells[4])
		ids = append(ids, id)
		count[status]++
		named := regexp.MustCompile("`([a-z]+)[.](Test[A-Za-z0-9_]+)`").FindAllStringSubmatch(what, -1)
		for _, n := range named {
			if !exists[n[1]+"."+n[2]] {
				t.Errorf("%s names %s.%s, which does not exist", id, n[1], n[2])
			}
		}
		if (status == "tested") != (len(named) > 0) || status != "tested" && len(what) < 10 {
			t.Errorf("%s is %s, with %q", id, status, what)
		}
	}
	for i, row := range want[1:] {
		if i >= len(ids) || ids[i] != row[1] {
			t.Fatalf("row %d is %s in requirements.csv, not in REQUIREMENTS.md: %v", i+1, row[1], ids[min(i, len(ids)):])
		}
	}
	line := fmt.Sprintf("Rows: %d. Tested: %d. Not applicable: %d. Open: %d.", len(want)-1, count["tested"], count["not applicable"], count["open"])
	if len(ids) != len(want)-1 || !strings.Contains(string(data), line) {
		t.Errorf("%d rows, and no line %q", len(ids), line)
	}
}

// testsOf are the tests of pumpmodel's packages as package.Test.
func testsOf(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	files, err := filepath.Glob("../*/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func (Test[A-Za-z0-9_]+)\(t \*testing\.T\)`).FindAllStringSubmatch(string(data), -1) {
			out[filepath.Base(filepath.Dir(f))+"."+m[1]] = true
		}
	}
	return out
}
