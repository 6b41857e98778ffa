package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pumplab/app/cli"
	"pumplab/assets"
)

func planContext(out *bytes.Buffer) *cli.Context {
	return &cli.Context{
		Context: context.Background(), JSON: true, Out: out, Err: out,
		Assets: cli.Assets{Designs: assets.Designs, Libraries: assets.Libraries, Studies: assets.Studies, Questionnaires: assets.Questionnaires, Texts: assets.Texts},
	}
}

func demoFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "study")
	var out bytes.Buffer
	if _, err := cli.NewStudy(planContext(&out).Assets, "demo", dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestPowerIsTheSameOnOneProcessorAndOnTwo(t *testing.T) {
	dir := demoFolder(t)
	run := func(processors int) map[string]any {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		var out bytes.Buffer
		c := cli.PowerCmd{Study: dir, Rate: map[string]float64{"keypad-wizard": 0.12, "chevron-form": 0.02}, SD: 0.7, TaskSD: 0.5, Odds: 1.5, People: []int{6, 18}, Runs: 105, Seed: 3}
		if err := c.Run(planContext(&out)); err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("%v: %s", err, out.String())
		}
		delete(got, "seconds")
		return got
	}
	one, two := run(1), run(2)
	a, _ := json.Marshal(one)
	b, _ := json.Marshal(two)
	if string(a) != string(b) {
		t.Errorf("one processor:\n%s\ntwo:\n%s", a, b)
	}
	results := one["results"].([]any)
	small, large := results[0].(map[string]any)["power"].(float64), results[1].(map[string]any)["power"].(float64)
	if !(large > small) || one["pairs_per_person"].(float64) != 12 || one["sides"].(float64) != 2 {
		t.Errorf("result: %s", a)
	}
}

func TestPowerFindsHowManyPeople(t *testing.T) {
	var out bytes.Buffer
	c := cli.PowerCmd{Study: demoFolder(t), Rate: map[string]float64{"keypad-wizard": 0.2, "chevron-form": 0.03}, Odds: 1, Power: 0.8, Runs: 100, Seed: 3}
	if err := c.Run(planContext(&out)); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Needed   int `json:"people_needed"`
		Balanced int `json:"people_balanced"`
		Results  []struct {
			People int
			Power  float64
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Needed < 3 || got.Needed > 20 || got.Balanced < got.Needed || got.Results[0].Power < 0.8 {
		t.Errorf("result: %s", out.String())
	}
}

func TestPowerThatIsStoppedSaysSo(t *testing.T) {
	var out bytes.Buffer
	x := planContext(&out)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	x.Context = ctx
	c := cli.PowerCmd{Study: demoFolder(t), Rate: map[string]float64{"keypad-wizard": 0.2, "chevron-form": 0.03}, Odds: 1, People: []int{24}, Runs: 100_000}
	if err := c.Run(x); err == nil || !strings.Contains(err.Error(), "stopped") {
		t.Errorf("error: %v", err)
	}
}

func TestPowerNamesTheDesignsOfTheQuestion(t *testing.T) {
	var out bytes.Buffer
	c := cli.PowerCmd{Study: demoFolder(t), Rate: map[string]float64{"fivekey-menu": 0.2}, Odds: 1, Runs: 100}
	if err := c.Run(planContext(&out)); err == nil || !strings.Contains(err.Error(), "compares chevron-form and keypad-wizard") {
		t.Errorf("error: %v", err)
	}
}
