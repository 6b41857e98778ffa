package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"runtime"
	"strings"
	"testing"

	"pumplab/app/cli"
)

// powerJSON runs power and returns its JSON without the time it took.
func powerJSON(t *testing.T, c cli.PowerCmd) map[string]any {
	t.Helper()
	var out bytes.Buffer
	if err := c.Run(planContext(&out)); err != nil {
		t.Fatal(err)
	}
	m := map[string]any{}
	if err := json.Unmarshal(out.Bytes(), &m); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	delete(m, "seconds")
	return m
}

func TestStudiesThatMayStopEarly(t *testing.T) {
	c := cli.PowerCmd{
		Study: demoFolder(t), Rate: map[string]float64{"keypad-wizard": 0.2, "chevron-form": 0.05}, SD: 0.5, TaskSD: 0.3, Odds: 1, People: []int{24}, Runs: 300, Seed: 2,
		PowerLooks: cli.PowerLooks{Looks: []float64{0.5, 1}, Spending: "obrien-fleming"},
	}
	r := row(t, powerJSON(t, c), "results", 0)
	looks := r["looks"].([]any)
	first, last := looks[0].(map[string]any), looks[1].(map[string]any)
	// As published: Lan & DeMets (1983) with the O'Brien-Fleming-like spending, two equal looks, two-sided 0.05: z = 2.963 and 1.969
	if math.Abs(first["z"].(float64)-2.9626) > 1e-3 || math.Abs(last["z"].(float64)-1.9686) > 1e-3 || math.Abs(last["alpha_spent"].(float64)-0.05) > 1e-9 {
		t.Errorf("boundaries %v %v", first, last)
	}
	stopped := first["stopped"].(float64) + last["stopped"].(float64)
	if math.Abs(stopped-r["power"].(float64)) > 1e-9 || first["people"] != 12.0 || first["stopped"].(float64) < 0.2 {
		t.Errorf("%v", r)
	}
	if want := 12*first["stopped"].(float64) + 24*(1-first["stopped"].(float64)); math.Abs(r["people_expected"].(float64)-want) > 1e-9 {
		t.Errorf("on average %v people, want %v", r["people_expected"], want)
	}
	// equal rates: the error rate over both looks stays the question's
	c.Rate, c.SD, c.TaskSD, c.Runs, c.Spending = map[string]float64{"keypad-wizard": 0.3, "chevron-form": 0.3}, 0, 0, 1000, "pocock"
	if p := row(t, powerJSON(t, c), "results", 0)["power"].(float64); p > 0.05+3*math.Sqrt(0.05*0.95/1000) {
		t.Errorf("equal designs were told apart in %.3f of the studies", p)
	}
}

func TestPowerWithSimulatedParticipants(t *testing.T) {
	c := cli.PowerCmd{Study: demoFolder(t), People: []int{2}, Runs: 20, Seed: 5, Odds: 1, PowerEngine: cli.PowerEngine{Engine: true, Slips: 8}}
	run := func(processors int) map[string]any {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		return powerJSON(t, c)
	}
	one, two := run(1), run(2)
	a, _ := json.Marshal(one)
	b, _ := json.Marshal(two)
	if string(a) != string(b) {
		t.Errorf("one processor:\n%s\ntwo:\n%s", a, b)
	}
	seen := row(t, one, "results", 0)["rates_observed"].(map[string]any)
	if one["model"] != "engine" || len(seen) != 2 || seen["keypad-wizard"].(float64)+seen["chevron-form"].(float64) <= 0 {
		t.Errorf("%s", a)
	}
}

func TestPowerOnTheEngineCanBeStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out bytes.Buffer
	x := planContext(&out)
	x.Context = ctx
	c := cli.PowerCmd{Study: demoFolder(t), People: []int{24}, Odds: 1, PowerEngine: cli.PowerEngine{Engine: true, Slips: 1}}
	if err := c.Run(x); err == nil || !strings.Contains(err.Error(), "plan study: stopped") || strings.Contains(out.String(), "{") {
		t.Errorf("%v %q", err, out.String())
	}
}

func TestLooksAndEngineSayWhatTheyNeed(t *testing.T) {
	dir := demoFolder(t)
	rates := map[string]float64{"keypad-wizard": 0.2, "chevron-form": 0.05}
	for want, c := range map[string]cli.PowerCmd{
		"so it must be 1, not 0.8":  {Study: dir, Rate: rates, Odds: 1, PowerLooks: cli.PowerLooks{Looks: []float64{0.5, 0.8}, Spending: "pocock"}},
		"shares rise":               {Study: dir, Rate: rates, Odds: 1, PowerLooks: cli.PowerLooks{Looks: []float64{0.5, 0.4, 1}, Spending: "pocock"}},
		"the designs make the rate": {Study: dir, Rate: rates, Odds: 1, PowerEngine: cli.PowerEngine{Engine: true, Slips: 1}},
		"--slips must be from 0":    {Study: dir, Odds: 1, PowerEngine: cli.PowerEngine{Engine: true, Slips: -1}},
		"is 0 or not given: say what you expect of both designs": {Study: dir, Odds: 1, Runs: 50},
	} {
		var out bytes.Buffer
		if err := c.Run(planContext(&out)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
