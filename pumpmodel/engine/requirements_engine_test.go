package engine_test

import (
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
)

const dopamine = "area: Adult ICU; drug: DOPamine; concentration: 400 mg/250 mL; weight: 82 kg; vtbi: 100 mL; dose: "

// dopamineFor is the order for DOPamine in the demo library, for the kind of pump a design is: large volume in the ICU, syringes in
// Paediatrics. within is inside all limits, soft beyond a soft one and hard beyond a hard one, in mcg/kg/min.
func dopamineFor(m pumpmodel.Machine) (order, within, soft, hard string) {
	if m.Info().Pump == "syringe" {
		return "area: Paediatrics; drug: DOPamine; weight: 20 kg; vtbi: 40 mL; dose: ", "5 mcg/kg/min", "18 mcg/kg/min", "60 mcg/kg/min"
	}
	return dopamine, "5 mcg/kg/min", "30 mcg/kg/min", "60 mcg/kg/min"
}

// infusers are the designs that infuse continuously.
var infusers = append(slices.Clone(single), "two-channel")

func TestGIP_1_7_1_SettingsAreKeptForFourHoursWithoutPower(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		s, _ = pumpmodel.Advance(m, s, time.Hour)
		rate, left := text(t, m.Show(s), "rate"), text(t, m.Show(s), "remaining")
		off, _ := fault(m, s, pumpmodel.Fault, "power")
		if d := m.Show(off); d.Lit || len(d.Keys) > 0 || len(d.Tones) > 0 {
			t.Errorf("it works without power:\n%s", d)
		}
		back := func(after time.Duration) pumpmodel.State {
			x, _ := pumpmodel.Advance(m, off, after)
			x, _ = fault(m, x, pumpmodel.Repair, "power")
			x, _ = pumpmodel.Advance(m, x, 70*time.Second)
			return x
		}
		kept := m.Show(back(3*time.Hour + 59*time.Minute))
		if kept.Status != "STOPPED BY ALARM" || text(t, kept, "rate") != rate || text(t, kept, "remaining") != left || !sounds(kept) {
			t.Errorf("after 3:59 h it was at %s mL/h with %s mL left:\n%s", rate, left, kept)
		}
		resumed, out := does(t, m, back(4*time.Hour), "start")
		if !has(out, pumpmodel.InfusionResumed) || m.Show(resumed).Status != "INFUSING" {
			t.Errorf("not resumed:\n%s", m.Show(resumed))
		}
		if back(4*time.Hour+time.Second) != m.Start() {
			t.Error("settings outlast four hours")
		}
	})
}

func TestGIP_3_4_3_And_3_4_6_SelfTest(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		s, _ = fault(m, s, pumpmodel.Fault, "power")
		s, _ = fault(m, s, pumpmodel.Repair, "power")
		for _, c := range m.Info().Controls {
			if next, out := m.Step(s, pumpmodel.Press(c.Name)); next != s || out[0].Answer != pumpmodel.Ignored {
				t.Errorf("%s works during the self-test", c.Name)
			}
		}
		if d := m.Show(s); d.Title != "SELF-TEST" || d.Status != "" {
			t.Errorf("it does not say that it tests itself:\n%s", d)
		}
		if w, ok := m.Wait(s); !ok || w > 70*time.Second {
			t.Errorf("the self-test takes %v", w)
		}
	})
}

// Each thing that happens has exactly one answer, and what was recorded brings the same state and outputs again.
func TestGIP_4_1_1_EveryEventIsLoggedOnceAndTheLogReplays(t *testing.T) {
	for _, name := range shipped {
		m := mustMachine(t, name)
		rng := rand.New(rand.NewPCG(4, 1))
		controls := m.Info().Controls
		type record struct {
			wait  time.Duration
			event pumpmodel.Event
			out   []pumpmodel.Output
		}
		var log []record
		s := m.Start()
		for range 500 {
			r := record{wait: time.Duration(rng.IntN(3000)) * time.Millisecond, event: pumpmodel.Press(controls[rng.IntN(len(controls))].Name)}
			s, _ = pumpmodel.Advance(m, s, r.wait)
			s, r.out = m.Step(s, r.event)
			answers := 0
			for _, o := range r.out {
				if o.Kind == pumpmodel.KeyAnswered {
					answers++
				}
			}
			if answers != 1 {
				t.Fatalf("%s: %d answers to %s", name, answers, r.event.Control)
			}
			log = append(log, r)
		}
		again := m.Start()
		for i, r := range log {
			var out []pumpmodel.Output
			again, _ = pumpmodel.Advance(m, again, r.wait)
			if again, out = m.Step(again, r.event); !reflect.DeepEqual(out, r.out) {
				t.Fatalf("%s: record %d replays differently", name, i)
			}
		}
		if again != s {
			t.Errorf("%s: the log does not lead to the same state", name)
		}
	}
}

func TestGIP_6_1_1_LimitsGoByCareArea(t *testing.T) {
	for _, name := range builtIn {
		m := mustMachine(t, name)
		// demo library: furosemide up to 20 mg/h in the ICU, up to 10 mg/h on the ward
		for area, starts := range map[string]bool{"Adult ICU": true, "General ward": false} {
			s, _ := mustOrder(t, m, m.Start(), "area: "+area+"; drug: furosemide; concentration: 200 mg/100 mL; vtbi: 100 mL; dose: 15 mg/h")
			if _, out := does(t, m, s, "start"); has(out, pumpmodel.InfusionStarted) != starts || alerted(out) == starts {
				t.Errorf("%s, %s: %+v", name, area, out)
			}
		}
	}
}

func alerted(out []pumpmodel.Output) bool { return has(out, pumpmodel.AlertRaised) }

const everyField = `library: all
version: 1
use: research and teaching only, never for clinical use
history: [{version: 1, when: 2026-11-22, who: A. Author, why: first}]
care areas:
  A:
    device: {max rate: 999 mL/h, max vtbi: 3000 mL, kvo: 5 mL/h, max weight: 250 kg, occlusion: 400 mmHg, air: 100 uL}
    setups:
      - drug: morphine
        concentration: 60 mg/60 mL
        delivery: continuous+bolus
        dose: {unit: mg/h, soft: 1..5, hard: 0.5..10}
        bolus: {unit: mg, soft: ..2, hard: ..4}
        loading: {unit: mg, soft: ..5, hard: ..8}
        vtbi: {soft: ..60 mL, hard: ..120 mL}
`

func TestGIP_6_1_2_WhatAnEntryOfTheLibraryHolds(t *testing.T) {
	lib, err := library.Read("all.yaml", []byte(everyField))
	if err != nil {
		t.Fatal(err)
	}
	s := lib.Areas[0].Setups[0]
	if s.Drug != "morphine" || s.Concentration.String() != "60 mg/60 mL" || s.DoseUnit.String() != "mg/h" {
		t.Errorf("%+v", s)
	}
	for _, f := range []library.Field{library.Dose, library.Bolus, library.Loading, library.VTBI} {
		if set := s.Limits[f]; !set.UpperSoft.Set || !set.UpperHard.Set {
			t.Errorf("%s has not both limits: %+v", f, set)
		}
	}
}

func TestGIP_6_1_3_BeyondAHardLimitNothingStarts(t *testing.T) {
	for _, name := range infusers {
		m := mustMachine(t, name)
		order, _, _, hard := dopamineFor(m)
		s, _ := mustOrder(t, m, m.Start(), order+hard)
		s, out := does(t, m, s, "start")
		if d := m.Show(s); has(out, pumpmodel.InfusionStarted) || d.Alert == nil || d.Alert.Kind != "hard" || d.Does("override") != "" || d.Does("reprogram") == "" {
			t.Errorf("%s:\n%s", name, m.Show(s))
		}
	}
}

func TestGIP_6_1_4_BeyondASoftLimitAnAnswerIsNeeded(t *testing.T) {
	for _, name := range infusers {
		m := mustMachine(t, name)
		order, _, soft, _ := dopamineFor(m)
		s, _ := mustOrder(t, m, m.Start(), order+soft)
		s, out := does(t, m, s, "start")
		if d := m.Show(s); has(out, pumpmodel.InfusionStarted) || d.Alert == nil || d.Alert.Kind != "soft" {
			t.Fatalf("%s:\n%s", name, d)
		}
		s, out = override(t, m, s, pumpmodel.InfusionStarted)
		if d := m.Show(s); !has(out, pumpmodel.InfusionStarted) || len(d.Marks) == 0 {
			t.Errorf("%s: overridden it does not start, or does not say so:\n%s", name, d)
		}
	}
}

func TestPCA_R6_5_0_9_ASoftLimitIsSeenAndHeard(t *testing.T) {
	for _, name := range infusers {
		m := mustMachine(t, name)
		order, _, soft, _ := dopamineFor(m)
		s, _ := mustOrder(t, m, m.Start(), order+soft)
		s, _ = does(t, m, s, "start")
		if d := m.Show(s); d.Alert == nil || len(d.Tones) == 0 || !strings.Contains(d.Alert.Title, "SOFT LIMIT") {
			t.Errorf("%s:\n%s", name, d)
		}
	}
}

func TestPCA_R6_5_0_10_AHardLimitIsRejectedWhenConfirmed(t *testing.T) {
	m := mustMachine(t, "keypad-wizard")
	s, _ := press(m, m.Start(), toDose["keypad-wizard"]...)
	s, out := press(m, s, "6", "0", "enter")
	if d := m.Show(s); has(out, pumpmodel.FieldConfirmed) || d.Alert == nil || d.Alert.Kind != "hard" {
		t.Errorf("\n%s", d)
	}
}

// Nothing that can be operated changes the library or the design's settings: both are what they were after any walk.
func TestGIP_6_1_5_And_6_3_2_NoControlChangesLibraryOrDefaults(t *testing.T) {
	for _, name := range shipped {
		lib, d := mustLibraryOf(t, name), mustDesign(t, name)
		m, err := engine.New(d, lib)
		if err != nil {
			t.Fatal(err)
		}
		info, rng := m.Info(), rand.New(rand.NewPCG(6, 1))
		s := m.Start()
		for range 2000 {
			s, _ = press(m, s, info.Controls[rng.IntN(len(info.Controls))].Name)
		}
		if !reflect.DeepEqual(lib, mustLibraryOf(t, name)) || !reflect.DeepEqual(d, mustDesign(t, name)) || !reflect.DeepEqual(info, m.Info()) {
			t.Errorf("%s: the library or the settings were changed", name)
		}
	}
}

func TestGIP_6_1_6_TheLibrarysHistoryHasDates(t *testing.T) {
	lib, err := library.Read("all.yaml", []byte(everyField))
	if err != nil || len(lib.History) != 1 || lib.History[0].When != "2026-11-22" || lib.History[0].Version != 1 {
		t.Errorf("%+v, %v", lib, err)
	}
}

var withoutVolume, weighed = regexp.MustCompile(`vtbi: \d+ mL; `), regexp.MustCompile(`weight: \d+ kg; `)

func TestAnOrderIsFilledInAndNothingStartsByItself(t *testing.T) {
	for _, name := range infusers {
		m := mustMachine(t, name)
		order, within, soft, _ := dopamineFor(m)
		s, taken := mustOrder(t, m, m.Start(), order+within)
		d := m.Show(s)
		rate, vtbi := 15.4, 100.0
		if m.Info().Pump == "syringe" {
			rate, vtbi = 7.5, 40
		}
		if !taken || d.Does("start") == "" || !reads(d, "rate", rate) || !reads(d, "vtbi", vtbi) || d.Status != "" {
			t.Errorf("%s:\n%s", name, d)
		}
		run, out := does(t, m, s, "start")
		if !has(out, pumpmodel.InfusionStarted) {
			t.Errorf("%s: %+v", name, out)
		}
		if after, taken := mustOrder(t, m, run, order+soft); taken || after != run {
			t.Errorf("%s: an order changes what runs", name)
		}
		part, _ := mustOrder(t, m, m.Start(), withoutVolume.ReplaceAllString(order, "")+within)
		if d := m.Show(part); d.Does("start") != "" {
			t.Errorf("%s: an order without a volume is at the review:\n%s", name, d)
		}
	}
}

func TestAnOrderTheLibraryDoesNotHaveIsRefused(t *testing.T) {
	m := mustMachine(t, "keypad-wizard")
	for _, text := range []string{
		"area: Adult ICU; drug: unobtainium; dose: 5 mg/h", "area: Nowhere; drug: DOPamine", "drug", dopamine + "5 mg/h",
		"area: Adult ICU; drug: DOPamine; concentration: 1 mg/250 mL; weight: 82 kg; dose: 5 mcg/kg/min",
		"area: Adult ICU; rate: 15.45 mL/h; vtbi: 100 mL",
	} {
		if s, taken := mustOrder(t, m, m.Start(), text); taken || s != m.Start() {
			t.Errorf("%q is taken", text)
		}
	}
}

// The weight belongs to the patient: an order that leaves it out can be started for the same patient, and not for a new one.
func TestGIP_2_2_6_ANewPatientHasNoWeightYet(t *testing.T) {
	for _, name := range infusers {
		m := mustMachine(t, name)
		order, within, _, _ := dopamineFor(m)
		s, _ := mustOrder(t, m, m.Start(), order+within)
		s, _ = does(t, m, s, "start", "pause", "stop", "confirm")
		unweighed := weighed.ReplaceAllString(order, "") + within
		same, _ := does(t, m, s, "down", "confirm")
		if same, _ = mustOrder(t, m, same, unweighed); m.Show(same).Does("start") == "" {
			t.Errorf("%s: the same patient's weight is not known:\n%s", name, m.Show(same))
		}
		other, out := does(t, m, s, "confirm")
		if !has(out, pumpmodel.NewPatient) {
			t.Errorf("%s: %+v", name, out)
		}
		if other, _ = mustOrder(t, m, other, unweighed); m.Show(other).Does("start") != "" {
			t.Errorf("%s: a new patient has the weight of the one before:\n%s", name, m.Show(other))
		}
	}
}

// A library that is delivered while infusing waits until nothing infuses and the care area is chosen again.
func TestANewLibraryWaits(t *testing.T) {
	for _, name := range shipped {
		next := mustLibraryOf(t, name)
		next.Hash, next.Version = "new", next.Version+1
		for i := range next.Areas {
			next.Areas[i].Name += " (new)"
		}
		m, err := engine.New(mustDesign(t, name), mustLibraryOf(t, name), next)
		if err != nil {
			t.Fatal(err)
		}
		order, within, _, _ := dopamineFor(m)
		if name == "pca-handset" {
			order, within = onDemand, ""
		}
		s, _ := mustOrder(t, m, m.Start(), order+within)
		if m.Show(s).Alert != nil {
			s, _ = does(t, m, s, "acknowledge")
		}
		s, _ = does(t, m, s, "start")
		running := m.Show(s)
		s, out := m.Step(s, pumpmodel.Event{Kind: pumpmodel.Library, Text: "new"})
		if len(out) != 0 || m.Show(s).Status != running.Status || running.Kind != "running" {
			t.Fatalf("%s: %+v\n%s", name, out, m.Show(s))
		}
		s, _ = does(t, m, s, "pause", "stop")
		s, out = does(t, m, s, "confirm")
		if has(out, pumpmodel.LibraryChanged) {
			t.Errorf("%s: it changes before the care area is entered", name)
		}
		s, out = does(t, m, s, "confirm")
		if d := m.Show(s); !has(out, pumpmodel.LibraryChanged) || len(d.Items) == 0 || !strings.HasSuffix(d.Items[0].Label, " (new)") {
			t.Errorf("%s: it does not change where care areas are chosen:\n%s", name, d)
		}
		if _, out = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Library, Text: "unknown"}); out[0].Answer != pumpmodel.Ignored {
			t.Errorf("%s: a library it does not know: %+v", name, out)
		}
	}
}

// A duration is held exactly, not as the whole minutes shown: 50 mL at 101 mL/h takes 29.7 min, which reads as 30 but is under 30.
func TestDurationLimitsAreRateLimitsThroughTheVolume(t *testing.T) {
	src := strings.Replace(everyField, "delivery: continuous+bolus\n        dose: {unit: mg/h, soft: 1..5, hard: 0.5..10}",
		"delivery: intermittent\n        time: {soft: 30..60 min, hard: 20.. min}", 1)
	src = strings.Replace(src, "vtbi: {soft: ..60 mL, hard: ..120 mL}", "vtbi: {hard: ..500 mL}", 1)
	lib, err := library.Read("all.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.New(mustDesign(t, "keypad-wizard"), lib)
	if err != nil {
		t.Fatal(err)
	}
	// 50 mL in 30 to 60 min is 50 to 100 mL/h (shared/domain/ders.md)
	for rate, want := range map[string]string{"49.9": "soft", "50": "", "100": "", "101": "soft", "150": "soft", "151": "hard"} {
		s, taken := mustOrder(t, m, m.Start(), "area: A; drug: morphine; concentration: 60 mg/60 mL; vtbi: 50 mL; rate: "+rate+" mL/h")
		s, _ = does(t, m, s, "start")
		got := ""
		if a := m.Show(s).Alert; a != nil {
			got = a.Kind
		}
		if !taken || got != want {
			t.Errorf("%s mL/h: %q, want %q\n%s", rate, got, want, m.Show(s))
		}
	}
}
