package design_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/library"
)

// titrated is a library in which a running dose may be changed by 20 % at once, and by 100 % if somebody overrides.
const titrated = `library: titrated
version: 1
use: research and teaching only, never for clinical use
history: [{version: 1, when: 2026-11-22, who: A. Author, why: first}]
care areas:
  A:
    device: {max rate: 100 mL/h, max vtbi: 60 mL, kvo: 1 mL/h, max weight: 250 kg}
    setups:
      - {drug: morphine, concentration: 50 mg/50 mL, dose: {unit: mg/h, hard: ..90}, titration: {soft: 20 %, hard: 100 %}}
      - {drug: morphine, pump: syringe, concentration: 50 mg/50 mL, dose: {unit: mg/h, hard: ..90}, titration: {soft: 20 %, hard: 100 %}}
`

// infusing is a design giving morphine at 10 mg/h, 10 mL/h, from that library.
func infusing(t *testing.T, name string) (pumpmodel.Machine, pumpmodel.State) {
	t.Helper()
	lib, err := library.Read("titrated.yaml", []byte(titrated))
	if err != nil {
		t.Fatal(err)
	}
	m, err := mustDesign(t, name).Machine(lib)
	if err != nil {
		t.Fatal(err)
	}
	s, taken := mustOrder(t, m, m.Start(), "area: A; drug: morphine; dose: 10 mg/h; vtbi: 50 mL")
	s, out := does(t, m, s, "start")
	if !taken || !has(out, pumpmodel.InfusionStarted) {
		t.Fatalf("an order does not start: %+v\n%s", out, m.Show(s))
	}
	return m, s
}

// mustReach is the nearest state from s whose display is as wanted, by the keys that do one of the actions.
func mustReach(t *testing.T, m pumpmodel.Machine, s pumpmodel.State, actions string, want func(pumpmodel.Display) bool) pumpmodel.State {
	t.Helper()
	var keys []string
	for _, h := range m.Show(s).Keys {
		if strings.Contains(actions, h.Action) && !slices.Contains(keys, h.Control) {
			keys = append(keys, h.Control)
		}
	}
	r := explore.Explore(m, explore.Options{From: s, Keys: keys, Limit: 20_000, Goal: func(_ pumpmodel.State, d pumpmodel.Display) bool { return want(d) }})
	if !r.Found {
		t.Fatalf("%v do not lead on from\n%s", keys, m.Show(s))
	}
	return r.State
}

// reads reports that a field shows a number, however it is written.
func reads(d pumpmodel.Display, field string, n float64) bool {
	f, ok := d.FieldNamed(field)
	got, err := strconv.ParseFloat(f.Text, 64)
	return ok && err == nil && got == n
}

// dosing reports that the keys edit the dose.
func dosing(d pumpmodel.Display) bool {
	f, ok := d.ActiveField()
	return ok && f.Name == "dose"
}

// titrate changes the running dose as a person does, up to the alert or until the change runs.
func titrate(t *testing.T, m pumpmodel.Machine, s pumpmodel.State, to float64) (pumpmodel.State, []pumpmodel.Output) {
	t.Helper()
	s, all := does(t, m, s, "change")
	for range 4 {
		if dosing(m.Show(s)) {
			break
		}
		s = mustReach(t, m, s, "next-field down", func(d pumpmodel.Display) bool {
			return dosing(d) || slices.ContainsFunc(d.Items, func(i pumpmodel.Item) bool { return i.Selected && i.Label == "DOSE" })
		})
		if !dosing(m.Show(s)) {
			s, _ = does(t, m, s, "confirm")
		}
	}
	s = mustReach(t, m, s, "digit clear up down page-up page-down fast-up fast-down cursor-left cursor-right", func(d pumpmodel.Display) bool {
		return dosing(d) && reads(d, "dose", to)
	})
	s, out := does(t, m, s, "confirm")
	all = append(all, out...)
	for i := 0; i < 8 && m.Show(s).Alert == nil && !has(all, pumpmodel.InfusionChanged); i++ {
		next := "confirm"
		if m.Show(s).Does("start") != "" {
			next = "start"
		}
		s, out = does(t, m, s, next)
		all = append(all, out...)
	}
	return s, all
}

// override answers a soft alert with an override, whatever second key or reason the design wants, and goes on until kind comes of it.
func override(t *testing.T, m pumpmodel.Machine, s pumpmodel.State, kind pumpmodel.OutputKind) (pumpmodel.State, []pumpmodel.Output) {
	t.Helper()
	s, _ = pumpmodel.Advance(m, s, 2*time.Second) // some designs let nobody answer before
	var out []pumpmodel.Output
	for i := 0; i < 8 && !has(out, kind); i++ {
		d, action := m.Show(s), "override"
		switch {
		case d.Alert == nil && d.Does("start") != "":
			action = "start"
		case d.Does(action) == "":
			action = "confirm"
		}
		s, out = does(t, m, s, action)
	}
	return s, out
}

// A change of the running dose is held against the library's limits on titration, in per cent of what runs, whatever the design.
func TestAChangeOfTheRunningDoseIsHeldAgainstTheTitrationLimits(t *testing.T) {
	for _, name := range append(slices.Clone(single), "two-channel") {
		t.Run(name, func(t *testing.T) {
			m, s := infusing(t, name)
			if within, out := titrate(t, m, s, 12); !has(out, pumpmodel.InfusionChanged) || alerted(out) || !reads(m.Show(within), "rate", 12) {
				t.Errorf("20 %% is within the limit: %+v\n%s", out, m.Show(within))
			}
			asked, out := titrate(t, m, s, 13)
			if o := find(out, pumpmodel.AlertRaised); o.Field != "titration" || o.Limit == nil || o.Limit.Kind != "upperSoft" ||
				o.Limit.Value != "20" || o.Limit.Entered != "30" || o.Limit.Unit != "%" {
				t.Fatalf("30 %%: %+v\n%s", o, m.Show(asked))
			}
			hard, out := titrate(t, m, s, 21)
			if o := find(out, pumpmodel.AlertRaised); o.Field != "titration" || o.Limit.Kind != "upperHard" || m.Show(hard).Does("override") != "" {
				t.Errorf("110 %%: %+v\n%s", o, m.Show(hard))
			}
			asked, _ = pumpmodel.Advance(m, asked, 2*time.Second)
			changed, out := does(t, m, asked, "reprogram")
			if o := find(out, pumpmodel.AlertAnswered); o.Choice != "reprogram" || has(out, pumpmodel.InfusionChanged) {
				t.Errorf("reprogrammed: %+v\n%s", out, m.Show(changed))
			}
			asked, out = override(t, m, asked, pumpmodel.InfusionChanged)
			if !has(out, pumpmodel.InfusionChanged) || !reads(m.Show(asked), "rate", 13) {
				t.Errorf("overridden it does not run: %+v\n%s", out, m.Show(asked))
			}
			if _, out = titrate(t, m, asked, 15); !has(out, pumpmodel.InfusionChanged) || alerted(out) {
				t.Errorf("15 mg/h after 13 mg/h is within the limit: %+v", out)
			}
		})
	}
}
