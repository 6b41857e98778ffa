package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pumplab/app/cli"
	"pumplab/assets"
)

// inFolder is a copy of the demo library as a draft in a folder of its own, with its tests.
func inFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"demo.yaml", "demo.tests.yaml"} {
		data, err := os.ReadFile("../../assets/libraries/" + name)
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.Replace(data, []byte("status: released"), []byte("status: draft"), 1)
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "demo.yaml")
}

func libraryOut(t *testing.T, line ...string) string {
	t.Helper()
	out, status, err := runLibrary(t, line...)
	if status != 0 {
		t.Fatalf("%v: status %d, %v\n%s", line, status, err, out)
	}
	return out
}

func rewrite(t *testing.T, name, from, to string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil || !bytes.Contains(data, []byte(from)) {
		t.Fatalf("%s: %v, no %q", name, err, from)
	}
	if err := os.WriteFile(name, bytes.Replace(data, []byte(from), []byte(to), 1), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAReleasedLibraryIsRefusedWhenAByteChanges(t *testing.T) {
	file := inFolder(t)
	dir := filepath.Dir(file)
	for _, who := range []string{"p", "n", "h"} {
		libraryOut(t, "library", "key", filepath.Join(dir, who))
	}
	step := func(to, role, who string) string {
		return libraryOut(t, "library", "release", file, "--to", to, "--role", role, "--who", who, "--why", "tested", "--key", filepath.Join(dir, who+".key"))
	}
	step("in review", "pharmacist", "p")
	step("approved", "nurse", "n")
	if out := step("approved", "pharmacist", "p"); !strings.Contains(out, "is in review, waiting for the approval of human factors") {
		t.Error(out)
	}
	step("approved", "human factors", "h")
	step("released", "nurse", "n")
	out := libraryOut(t, "library", "release", file, "--json")
	var got struct {
		Status  string
		Version int
		History []struct{ Who, When, Why, To string }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || got.Status != "released" || len(got.History) != 5 || got.History[4].Who != "n" || got.History[4].When == "" {
		t.Errorf("%v %s", err, out)
	}
	trust := []string{"--trust", filepath.Join(dir, "p.pub"), "--trust", filepath.Join(dir, "n.pub")}
	if out, status, _ := runLibrary(t, append([]string{"library", "check", file}, trust...)...); status != 1 || !strings.Contains(out, "not among the trusted") {
		t.Errorf("%d %s", status, out)
	}
	libraryOut(t, append([]string{"library", "check", file, "--trust", filepath.Join(dir, "h.pub")}, trust...)...)
	rewrite(t, file, "hard: ..50, soft: 1..20", "hard: ..51, soft: 1..20")
	const refused = "refused: the file was changed after n (nurse) signed version 3 as released"
	for _, line := range [][]string{
		{"library", "diff", file, "demo"},
		{"library", "test", file},
		{"ders", file, "--area", "Adult ICU", "--drug", "DOPamine", "--field", "dose-rate", "--value", "1"},
	} {
		if _, status, err := runLibrary(t, line...); status != 2 || err == nil || !strings.Contains(err.Error(), refused) {
			t.Errorf("%v: %d %v", line, status, err)
		}
	}
	if out, status, _ := runLibrary(t, "library", "check", file); status != 1 || !strings.Contains(out, refused) {
		t.Errorf("%d %s", status, out)
	}
	rewrite(t, file, "hard: ..51, soft: 1..20", "hard: ..50, soft: 1..20")
	step("draft", "pharmacist", "p")
	rewrite(t, file, "hard: ..50, soft: 1..20", "hard: ..51, soft: 1..20")
	if out := libraryOut(t, "library", "diff", "demo", file); !strings.Contains(out, "version: 3 → 4") {
		t.Error(out)
	}
}

func TestAReleaseStopsAtFindingsAndFailingTests(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"start: 3}", "start: 20}", "start-on-limit"},
		{"hard: ..50, soft: 1..20", "hard: ..40, soft: 1..20", "its tests fail"},
	} {
		file := inFolder(t)
		rewrite(t, file, c.from, c.to)
		libraryOut(t, "library", "key", file)
		line := []string{"library", "release", file, "--to", "in review", "--role", "nurse", "--who", "n", "--why", "w", "--key", file + ".key"}
		if _, status, err := runLibrary(t, line...); status != 1 || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d %v", status, err)
		}
		libraryOut(t, append(line, "--findings")...)
	}
}

func TestAKeyIsNeverOverwritten(t *testing.T) {
	name := filepath.Join(t.TempDir(), "k")
	libraryOut(t, "library", "key", name)
	if info, err := os.Stat(name + ".key"); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if _, status, err := runLibrary(t, "library", "key", name); status != 2 || err == nil {
		t.Error(status, err)
	}
}

func TestTheTestsOfALibraryRun(t *testing.T) {
	if out := libraryOut(t, "library", "test", "demo", "hospital"); !strings.HasPrefix(out, "libraries/demo.yaml: 100 entries passed\nlibraries/hospital.yaml: ") {
		t.Error(out)
	}
	file := inFolder(t)
	rewrite(t, file, "hard: ..50, soft: 1..20", "hard: ..40, soft: 1..20")
	out, status, _ := runLibrary(t, "library", "test", file)
	if status != 1 || !strings.Contains(out, "demo.tests.yaml:11:") || !strings.Contains(out, "dose 50 mcg/kg/min: expected upper soft, is upper hard (the limit is 40 mcg/kg/min)") {
		t.Errorf("%d %s", status, out)
	}
	out, status, _ = runLibrary(t, "library", "test", file, "--json")
	if status != 1 || !strings.Contains(out, `"passed":98,"failed":2`) || !json.Valid([]byte(out)) {
		t.Errorf("%d %.300s", status, out)
	}
	rewrite(t, strings.TrimSuffix(file, ".yaml")+".tests.yaml", "tests: demo", "tests: ward")
	if _, status, err := runLibrary(t, "library", "test", file); status != 2 || !strings.Contains(err.Error(), `the tests are of library "ward"`) {
		t.Error(status, err)
	}
}

func TestASheetIsPreviewedAndImported(t *testing.T) {
	file := inFolder(t)
	sheet := filepath.Join(filepath.Dir(file), "demo.csv")
	libraryOut(t, "library", "export", file, "--format", "csv", "--out", sheet)
	if out := libraryOut(t, "library", "import", sheet, "--into", file); out != file+": nothing changes\n" {
		t.Error(out)
	}
	rewrite(t, sheet, "mcg/kg/min,,1,3,20,50", "mcg/kg/min,,1,3,20,45")
	before, _ := os.ReadFile(file)
	out := libraryOut(t, "library", "import", sheet, "--into", file, "--preview")
	want := "tightened: Adult ICU, DOPamine 400 mg/250 mL, dose upper hard: 50 → 45\n"
	if after, _ := os.ReadFile(file); !bytes.Equal(before, after) || out != want+file+": 1 difference would be written; it is unchanged\n" {
		t.Error(out)
	}
	if out := libraryOut(t, "library", "import", sheet, "--into", file); out != want+file+": 1 difference written\n" {
		t.Error(out)
	}
	if after, _ := os.ReadFile(file); string(after) != strings.Replace(string(before), "hard: ..50, soft: 1..20", "hard: ..45, soft: 1..20", 1) {
		t.Error("more than one line changed")
	}
	rewrite(t, sheet, "mcg/kg/min,,1,3,20,45", `mcg/kg/min,,1,3,20,"4,5"`)
	if _, status, err := runLibrary(t, "library", "import", sheet, "--into", file); status != 2 || !strings.Contains(err.Error(), `column "dose upper hard": "4,5" has a comma: write 4.5`) {
		t.Error(status, err)
	}
}

// program runs a line as the program itself does.
func program(t *testing.T, line ...string) (string, int) {
	t.Helper()
	var b bytes.Buffer
	x := &cli.Context{Context: context.Background(), Out: &b, Err: &b, Version: "test", Assets: cli.Assets{
		Designs: assets.Designs, Libraries: assets.Libraries, Studies: assets.Studies, Questionnaires: assets.Questionnaires, Texts: assets.Texts,
	}}
	status := cli.Run(line, x, nil)
	return b.String(), status
}

// A study does not open on a signed library of which a byte changed.
func TestAStudyRefusesASignedLibraryThatWasChanged(t *testing.T) {
	study := filepath.Join(t.TempDir(), "study")
	if out, status := program(t, "study", "new", study, "--template", "demo"); status != 0 {
		t.Fatal(out)
	}
	file := filepath.Join(study, "libraries", "demo.yaml")
	rewrite(t, file, "status: released", "status: draft")
	libraryOut(t, "library", "key", file)
	libraryOut(t, "library", "release", file, "--to", "in review", "--role", "nurse", "--who", "n", "--why", "w", "--key", file+".key")
	if out, status := program(t, "study", "check", study); status != 0 {
		t.Fatal(out)
	}
	rewrite(t, file, "status: in review", "status: released")
	if out, status := program(t, "study", "check", study); status == 0 || !strings.Contains(out, "libraries/demo.yaml: refused: the file was changed after n (nurse) signed") {
		t.Errorf("%d %s", status, out)
	}
}
