package cli_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pumplab/app/cli"
	"pumplab/assets"
)

func runDesign(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	x := &cli.Context{
		Context: t.Context(), Out: &o, Err: &e, Version: "test",
		Assets: cli.Assets{Designs: assets.Designs, Libraries: assets.Libraries},
	}
	status = cli.Run(append([]string{"design"}, args...), x, func(string, string) error { return nil })
	return status, o.String(), e.String()
}

func TestDesignListNamesEveryBuiltInDesign(t *testing.T) {
	status, out, errs := runDesign(t, "list", "--json")
	var rows []struct{ Name, Entry string }
	if err := json.Unmarshal([]byte(out), &rows); err != nil || status != 0 {
		t.Fatalf("status %d, %v\n%s%s", status, err, out, errs)
	}
	want := map[string]string{"keypad-wizard": "keypad-blocking", "chevron-form": "chevron", "fivekey-menu": "fivekey-carry"}
	for _, r := range rows {
		if w, ok := want[r.Name]; ok && w == r.Entry {
			delete(want, r.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing %v in\n%s", want, out)
	}
}

// Dopamine 5 mcg/kg/min, 82 kg, 400 mg/250 mL: 15.4 mL/h (shared/data/worked_examples.csv).
func TestDesignPressShowsTheRunningInfusion(t *testing.T) {
	status, out, errs := runDesign(t, "press", "keypad-wizard",
		"enter", "enter", "3*4", "enter", "enter", "8", "2", "enter", "5", "enter", "2", "5", "0", "enter", "start", "wait:30m", "--last")
	if status != 0 || !strings.Contains(out, "RATE = 15.4 mL/h") || !strings.Contains(out, "REMAINING = 242.3 mL") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
}

func TestDesignPressRefusesWhatItCannotRead(t *testing.T) {
	for _, word := range []string{"up*x", "up@fast", "wait:soon"} {
		if status, _, errs := runDesign(t, "press", "chevron-form", word); status != 2 || !strings.Contains(errs, word) {
			t.Errorf("%s: status %d, %s", word, status, errs)
		}
	}
}

func TestDesignCheckOfAFolder(t *testing.T) {
	data, err := fs.ReadFile(assets.Designs(), "fivekey-menu/design.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "design.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(string(data))
	if status, out, errs := runDesign(t, "check", dir, "--walks", "5"); status != 0 || !strings.Contains(out, "0 laws broken") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	write(strings.Replace(string(data), "pump: large-volume", "pump: big", 1))
	status, out, _ := runDesign(t, "check", dir)
	if status != 1 || !strings.Contains(out, `design.yaml:5:7: unknown pump "big"`) {
		t.Errorf("status %d\n%s", status, out)
	}
}
