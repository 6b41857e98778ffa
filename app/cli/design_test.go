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
	status = cli.Run(append([]string{"design"}, args...), x, func(cli.Opening) error { return nil })
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
	for _, word := range []string{"up*x", "up@fast", "wait:soon", "fault:occlusio", "repair:dor"} {
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

// What was not walked to its end is not proved: each walk says so, the account of the design too, and the status is 1.
func TestDesignCheckFailsWhereAProofIsCutOff(t *testing.T) {
	status, out, errs := runDesign(t, "check", "chevron-form", "--walks", "5", "--prove", "--states", "40")
	for _, want := range []string{
		"What is proved: in no reachable state of this design",
		"chevron-form, dose, checked once: ", "NOT PROVED, cut off before its end, no counterexample so far",
		"NOT PROVED: 28 of 28 walks",
	} {
		if status != 1 || !strings.Contains(out, want) {
			t.Errorf("status %d, without %q\n%s%s", status, want, out, errs)
		}
	}
	status, out, _ = runDesign(t, "check", "chevron-form", "--walks", "5", "--prove", "--states", "40", "--json")
	var got struct {
		OK         bool
		Violations []string
		Proved     struct {
			Walks int
			Open  int `json:"not_proved"`
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || status != 1 || got.OK || got.Proved.Walks != 28 || got.Proved.Open != 28 || len(got.Violations) != 28 {
		t.Errorf("status %d, %v: %+v", status, err, got)
	}
}

// The pictures have the sizes and the kinds their names promise; nothing opens a window.
func TestDesignRenderWritesPNGAndSVG(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{"a.png": "\x89PNG", "b.svg": "<svg "} {
		file := filepath.Join(dir, name)
		status, out, errs := runDesign(t, "render", "touch-tablet", "--press", "row 1,row 1,D,O", "--out", file, "--scale", "1")
		data, err := os.ReadFile(file)
		if status != 0 || err != nil || !strings.HasPrefix(string(data), want) || !strings.Contains(out, "screen drug") {
			t.Errorf("%s: status %d, %v, begins %.8q\n%s%s", name, status, err, data, out, errs)
		}
	}
	zones := filepath.Join(dir, "zones.svg")
	if status, _, errs := runDesign(t, "render", "vendor-example", "--outlines", "--out", zones); status != 0 || !strings.Contains(mustRead(t, zones), `aria-label="31 × 14"`) {
		t.Errorf("the size of START is not on the outlines: status %d, %s", status, errs)
	}
	for _, args := range [][]string{{"--out", "x.gif"}, {"--out", filepath.Join(dir, "c.png"), "--scale", "99"}, {"--out", filepath.Join(dir, "c.png"), "--press", "up@soon"}} {
		if status, _, _ := runDesign(t, append([]string{"render", "chevron-form"}, args...)...); status != 2 {
			t.Errorf("%v: status %d", args, status)
		}
	}
}

func TestDesignPressTakesABuiltInLibraryByItsName(t *testing.T) {
	for name, want := range map[string]string{"hospital": "alfentanil", "nowhere": "no built-in library of that name"} {
		_, out, errs := runDesign(t, "press", "chevron-fine-syringe", "--library", name, "--last", "enter", "dn*4", "enter")
		if !strings.Contains(out+errs, want) {
			t.Errorf("%s:\n%s%s", name, out, errs)
		}
	}
}

func TestDesignSheetShowsEveryDesign(t *testing.T) {
	file := filepath.Join(t.TempDir(), "all.png")
	status, out, errs := runDesign(t, "sheet", "--out", file, "--width", "400")
	if status != 0 || !strings.Contains(out, "15 designs") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
}

// Shares add up to one; a blocking keypad stops slips that arrow keys let through.
func TestDesignGraphTellsWhatSlipsComeTo(t *testing.T) {
	blocked := map[string]float64{}
	for _, name := range []string{"keypad-wizard", "chevron-form"} {
		_, out, errs := runDesign(t, "graph", name, "--field", "rate", "--json")
		var g struct {
			Slips map[string]struct{ Right, Wrong, Blocked float64 }
		}
		if err := json.Unmarshal([]byte(out), &g); err != nil || len(g.Slips) < 5 {
			t.Fatalf("%s: %v\n%s%s", name, err, out, errs)
		}
		for v, s := range g.Slips {
			if sum := s.Right + s.Wrong + s.Blocked; sum < 0.999 || sum > 1.001 {
				t.Errorf("%s %s: shares add up to %v", name, v, sum)
			}
			blocked[name] += s.Blocked
		}
	}
	if blocked["keypad-wizard"] <= blocked["chevron-form"] {
		t.Errorf("blocked: %v", blocked)
	}
}
