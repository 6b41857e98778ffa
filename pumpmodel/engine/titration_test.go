package engine_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/engine"
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
	m, err := engine.New(mustDesign(t, name), lib)
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

// onDemandTitrated is analgesia whose numbers may be changed by 30 % at once, and by 100 % if somebody overrides.
const onDemandTitrated = `library: titrated
version: 1
use: research and teaching only, never for clinical use
history: [{version: 1, when: 2026-11-22, who: A. Author, why: first}]
care areas:
  A:
    device: {max rate: 100 mL/h, max vtbi: 60 mL, kvo: 1 mL/h, max weight: 250 kg}
    setups:
      - {drug: morphine, delivery: pca, pump: pca, concentration: 60 mg/60 mL, pca dose: {unit: mg, hard: ..9}, lockout: {hard: 4..60 min},
         continuous: {unit: mg/h, hard: ..9}, in 1 h: {unit: mg, hard: ..30}, in 4 h: {unit: mg, hard: ..90}, titration: {soft: 30 %, hard: 100 %}}
`

// Of patient-controlled analgesia the demand dose, the lockout and the continuous rate are titrated, each against what it was.
func TestAnalgesiaIsHeldAgainstTheTitrationLimits(t *testing.T) {
	lib, err := library.Read("titrated.yaml", []byte(onDemandTitrated))
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.New(mustDesign(t, "pca-handset"), lib)
	if err != nil {
		t.Fatal(err)
	}
	s, taken := mustOrder(t, m, m.Start(), "area: A; drug: morphine; pca dose: 1 mg; lockout: 10 min; continuous: 1 mg/h; in 1 h: 8 mg; in 4 h: 24 mg")
	s, out := does(t, m, s, "start")
	if !taken || !has(out, pumpmodel.InfusionStarted) {
		t.Fatalf("an order does not start: %+v\n%s", out, m.Show(s))
	}
	for _, c := range []struct{ keys, kind, percent string }{
		{"enter 1 . 3 enter", "", ""},
		{"enter 1 . 4 enter", "upperSoft", "40"},
		{"dn enter 6 enter", "upperSoft", "40"},
		{"dn enter 2 1 enter", "upperHard", "110"},
		{"dn dn enter 1 . 5 enter", "upperSoft", "50"},
		{"dn dn enter 0 . 8 enter", "", ""},
		{"enter 1 . 2 enter up up up up enter 1 4 enter", "upperSoft", "40"}, // the largest of the two
	} {
		changed, out := does(t, m, s, "change")
		changed, _ = press(m, changed, keysOf(c.keys)...)
		for i := 0; i < 6 && m.Show(changed).Alert == nil && !has(out, pumpmodel.InfusionChanged); i++ {
			way := "confirm"
			if m.Show(changed).Does("start") != "" {
				way = "start"
			}
			changed, out = does(t, m, changed, way)
		}
		a := m.Show(changed).Alert
		if (a == nil) != (c.kind == "") {
			t.Errorf("%s: %+v\n%s", c.keys, out, m.Show(changed))
			continue
		}
		if c.kind == "" {
			continue
		}
		if !strings.Contains(strings.Join(a.Text, " "), c.percent+" % is above the upper "+map[string]string{"upperSoft": "soft", "upperHard": "hard"}[c.kind]+" limit") {
			t.Errorf("%s: %q %q", c.keys, a.Title, a.Text)
		}
	}
}
