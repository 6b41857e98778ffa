package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pumplab/app/cli"
	"pumplab/assets"
)

// study runs "pumplab study …" and returns its status, output and messages.
func study(t *testing.T, args ...string) (status int, out, messages string) {
	t.Helper()
	var o, e bytes.Buffer
	x := &cli.Context{Context: t.Context(), Out: &o, Err: &e, Version: "test", Assets: cli.Assets{
		Designs: assets.Designs, Libraries: assets.Libraries, Studies: assets.Studies, Questionnaires: assets.Questionnaires, Texts: assets.Texts,
	}}
	status = cli.Run(append([]string{"study"}, args...), x, func(cli.Opening) error { return nil })
	return status, o.String(), e.String()
}

func TestAStudyIsMadeCheckedAndPlanned(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mine")
	if status, out, msg := study(t, "new", dir); status != 0 || !strings.Contains(out, "pumplab study check") {
		t.Fatal(status, out, msg)
	}
	if status, out, msg := study(t, "check", dir); status != 0 || !strings.Contains(out, "balanced over every 12") ||
		!strings.Contains(out, "is fivekey-menu not worse than keypad-wizard by more than 5 percentage points?") {
		t.Error(status, out, msg)
	}
	status, out, msg := study(t, "plan", dir, "--participants", "12", "--json")
	var plans []struct {
		Participant string
		Steps       []struct{ Kind string }
	}
	if err := json.Unmarshal([]byte(out), &plans); err != nil || status != 0 || len(plans) != 12 || plans[11].Participant != "P12" {
		t.Error(status, err, msg)
	}
	if status, out, _ := study(t, "plan", dir, "-n", "1"); status != 0 || strings.Count(out, "(practice)") != 12 {
		t.Error(status, out)
	}
	if status, _, msg := study(t, "new", dir); status != 2 || !strings.Contains(msg, "not empty") {
		t.Error(status, msg)
	}
}

func TestABadStudyHasStatusOneAndEveryProblem(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "bad")
	study(t, "new", dir, "--template", "short")
	file := filepath.Join(dir, "study.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bad := strings.NewReplacer("seed: 1", "seed: x", "sus", "suss").Replace(string(text))
	if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	status, _, msg := study(t, "check", dir)
	if status != 1 || strings.Count(msg, "pumplab: "+file+":") != 2 {
		t.Error(status, msg)
	}
	status, out, _ := study(t, "check", dir, "--json")
	var got struct {
		OK       bool
		Problems []struct{ Line int }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || status != 1 || got.OK || len(got.Problems) != 2 || got.Problems[0].Line == 0 {
		t.Error(status, err, out)
	}
	if status, _, msg := study(t, "check", filepath.Join(dir, "nowhere")); status != 2 || msg == "" {
		t.Error(status, msg)
	}
}

func TestALinkOutOfTheStudyFolderIsNotFollowed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "linked")
	study(t, "new", dir, "--template", "short")
	lib := filepath.Join(dir, "libraries", "demo.yaml")
	outside := filepath.Join(t.TempDir(), "demo.yaml")
	if err := os.Rename(lib, outside); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, lib); err != nil {
		t.Fatal(err)
	}
	if status, _, msg := study(t, "check", dir); status != 1 || !strings.Contains(msg, "libraries/demo.yaml is a link that leads out of the study folder") {
		t.Error(status, msg)
	}
}

func TestTheSchemaIsPrintedAsJSON(t *testing.T) {
	status, out, _ := study(t, "schema")
	if status != 0 || !json.Valid([]byte(out)) {
		t.Error(status, out)
	}
}
