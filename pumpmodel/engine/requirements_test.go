package engine_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
)

// Rows of shared/data/requirements.csv (Generic Infusion Pump 2009), each test named by its id and run on every built-in design.

// toRunning are the keys that start DOPamine in each design, within all limits.
var toRunning = map[string][]string{
	"keypad-wizard": append(slices.Clone(toDose["keypad-wizard"]), "5", "enter", "2", "5", "0", "enter", "start"),
	"chevron-form": slices.Concat(toDose["chevron-form"], times("UP", 82), []string{"enter"}, times("UP", 50), []string{"enter"},
		times("UP", 100), []string{"enter", "start"}),
	"fivekey-menu": {
		"enter", "enter", "right", "dn", "enter", "enter", "enter", "left", "up", "up", "up", "up", "up", "up", "up", "up", "right", "up", "up",
		"enter", "enter", "left", "up", "right", "up", "up", "up", "up", "up", "enter", "enter", "left", "left", "up", "up", "enter", "enter", "START/STOP",
	},
}

func times(key string, n int) []string { return slices.Repeat([]string{key}, n) }

func mustRun(t *testing.T, name string) (pumpmodel.Machine, pumpmodel.State) {
	t.Helper()
	m := mustMachine(t, name)
	keys, typed := toRunning[name]
	if !typed {
		return m, mustStartOrdered(t, m)
	}
	s, out := press(m, m.Start(), keys...)
	if !has(out, pumpmodel.InfusionStarted) {
		t.Fatalf("%s did not start:\n%s", name, m.Show(s))
	}
	return m, s
}

// mustStartOrdered starts an infusion that was ordered over the network.
func mustStartOrdered(t *testing.T, m pumpmodel.Machine) pumpmodel.State {
	t.Helper()
	var why []pumpmodel.Output
	for _, order := range []string{
		"area: Adult ICU; drug: DOPamine; concentration: 400 mg/250 mL; weight: 82 kg; dose: 5 mcg/kg/min; vtbi: 250 mL",
		"area: Paediatrics; drug: DOPamine; weight: 20 kg; dose: 5 mcg/kg/min; vtbi: 40 mL",
	} {
		s, out := m.Step(m.Start(), pumpmodel.Event{Kind: pumpmodel.Ordered, Text: order})
		if why = out; len(out) == 1 && out[0].Answer == pumpmodel.Ignored {
			continue
		}
		if m.Show(s).Does("acknowledge") != "" {
			s, _ = does(t, m, s, "acknowledge")
		}
		s, out = does(t, m, s, "start")
		if !has(out, pumpmodel.InfusionStarted) {
			t.Fatalf("%s did not start an order:\n%s", m.Info().Name, m.Show(s))
		}
		return s
	}
	t.Fatalf("%s takes no order: %v", m.Info().Name, why)
	return nil
}

func has(out []pumpmodel.Output, kind pumpmodel.OutputKind) bool {
	return slices.ContainsFunc(out, func(o pumpmodel.Output) bool { return o.Kind == kind })
}

func alarm(out []pumpmodel.Output, what string) bool {
	return slices.ContainsFunc(out, func(o pumpmodel.Output) bool { return o.Kind == pumpmodel.AlarmRaised && o.Text == what })
}

func sounds(d pumpmodel.Display) bool {
	return slices.ContainsFunc(d.Tones, func(t pumpmodel.Tone) bool { return t.Name == "high" || t.Name == "medium" || t.Name == "low" })
}

func lit(d pumpmodel.Display, lamp string) bool {
	return slices.ContainsFunc(d.Lamps, func(l pumpmodel.Lamp) bool { return l.Name == lamp && l.Colour != "" })
}

func text(t *testing.T, d pumpmodel.Display, field string) string {
	t.Helper()
	f, ok := d.FieldNamed(field)
	if !ok {
		t.Fatalf("no field %s in\n%s", field, d)
	}
	return f.Text
}

// each runs a test on every design of one channel with a running infusion.
func each(t *testing.T, f func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State)) {
	for _, name := range single {
		t.Run(name, func(t *testing.T) {
			m, s := mustRun(t, name)
			f(t, m, s)
		})
	}
}

func does(t *testing.T, m pumpmodel.Machine, s pumpmodel.State, actions ...string) (pumpmodel.State, []pumpmodel.Output) {
	t.Helper()
	var all []pumpmodel.Output
	for _, a := range actions {
		s = readAdvisory(m, s)
		c := m.Show(s).Does(a)
		if c == "" {
			t.Fatalf("nothing does %s on\n%s", a, m.Show(s))
		}
		var out []pumpmodel.Output
		s, out = press(m, s, c)
		all = append(all, out...)
	}
	return s, all
}

func TestGIP_1_1_7_WhatRunsIsUnchangedWhileAChangeIsProgrammed(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		alone, _ := pumpmodel.Advance(m, s, 4*time.Minute)
		open, _ := does(t, m, s, "change")
		if m.Show(open).Screen == m.Show(s).Screen {
			t.Fatal("no change was opened")
		}
		open, _ = pumpmodel.Advance(m, open, 4*time.Minute)
		open, _ = does(t, m, open, "back")
		for _, f := range []string{"rate", "remaining"} {
			if got, want := text(t, m.Show(open), f), text(t, m.Show(alone), f); got != want {
				t.Errorf("%s is %s with an open change, %s without", f, got, want)
			}
		}
	})
}

func TestGIP_1_1_8_KVOAfterTheVolume(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		s, out := pumpmodel.Advance(m, s, 24*time.Hour)
		kvo := "KVO 5 mL/h" // demo library, Adult ICU
		if m.Info().Pump == "syringe" {
			kvo = "KVO 1 mL/h" // Paediatrics, where the library has syringe pumps
		}
		if !has(out, pumpmodel.VolumeComplete) || !alarm(out, "complete") || !strings.Contains(m.Show(s).Status, kvo) {
			t.Errorf("no %s after the volume:\n%s", kvo, m.Show(s))
		}
	})
}

func TestGIP_2_1_1_NoSingleKeyChangesTheRate(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		for _, c := range m.Info().Controls {
			next, out := m.Step(s, pumpmodel.Press(c.Name))
			if has(out, pumpmodel.InfusionChanged) || has(out, pumpmodel.InfusionStarted) {
				t.Errorf("%s alone changed the infusion", c.Name)
			}
			if has(out, pumpmodel.InfusionPaused) {
				continue // stopping may take one key
			}
			before, after := remaining(t, m, s), remaining(t, m, next)
			if before != after {
				t.Errorf("after %s %s mL remain, otherwise %s", c.Name, after, before)
			}
		}
	})
}

// remaining is what is left of the volume after four minutes, read on the running screen.
func remaining(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) string {
	s, _ = pumpmodel.Advance(m, s, 4*time.Minute)
	for range 5 {
		d := m.Show(s)
		if d.Kind == "running" && (d.Alert == nil || d.Alert.Style == "banner") {
			return text(t, d, "remaining")
		}
		c := d.Does("cancel")
		if c == "" {
			c = d.Does("back")
		}
		s, _ = press(m, s, c)
	}
	t.Fatalf("no way back to the running screen from\n%s", m.Show(s))
	return ""
}

func TestGIP_2_1_2_WeightCannotBeChangedWhileInfusing(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		s, _ = does(t, m, s, "change")
		for range 20 {
			d := m.Show(s)
			if f, ok := d.ActiveField(); ok && (f.Name == "weight" || f.Name == "concentration") {
				t.Fatalf("%s can be edited:\n%s", f.Name, d)
			}
			for _, i := range d.Items {
				if i.Label == "WEIGHT" {
					t.Fatalf("the weight can be chosen:\n%s", d)
				}
			}
			c := d.Does("next-field")
			if c == "" {
				c = d.Does("down")
			}
			s, _ = press(m, s, c)
		}
	})
}

func TestGIP_2_2_2_AlertWhenPausedForTwoMinutes(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		s, out := does(t, m, s, "pause")
		if !has(out, pumpmodel.InfusionPaused) {
			t.Fatal("not paused")
		}
		s, out = pumpmodel.Advance(m, s, 2*time.Minute-1)
		if alarm(out, "long pause") {
			t.Error("alert before two minutes")
		}
		_, out = pumpmodel.Advance(m, s, 1)
		if !alarm(out, "long pause") {
			t.Error("no alert at two minutes")
		}
	})
}

func TestGIP_2_2_3_StoppingForGoodAsksFirst(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		s, _ = does(t, m, s, "pause")
		s, out := does(t, m, s, "stop")
		if has(out, pumpmodel.InfusionStopped) || m.Show(s).Alert == nil || m.Show(s).Alert.Kind != "confirm" {
			t.Fatalf("stopping does not ask:\n%s", m.Show(s))
		}
		if back, _ := does(t, m, s, "cancel"); m.Show(back).Status != "PAUSED" {
			t.Error("cancel does not keep the infusion")
		}
		s, out = does(t, m, s, "confirm")
		if !has(out, pumpmodel.InfusionStopped) || m.Show(s).Status != "" {
			t.Errorf("not stopped:\n%s", m.Show(s))
		}
	})
}

func TestGIP_2_2_4_And_2_2_5_ProgrammingLeftAlone(t *testing.T) {
	for _, name := range shipped {
		m := mustMachine(t, name)
		s, _ := press(m, m.Start(), toDose[name]...)
		s, out := pumpmodel.Advance(m, s, 5*time.Minute-1)
		if has(out, pumpmodel.Nagged) {
			t.Errorf("%s: reminder before five minutes", name)
		}
		s, out = pumpmodel.Advance(m, s, 1)
		if !has(out, pumpmodel.Nagged) || !sounds(m.Show(s)) || !lit(m.Show(s), "alarm") {
			t.Errorf("%s: no reminder to be heard and seen at five minutes", name)
		}
		s, out = pumpmodel.Advance(m, s, 5*time.Minute)
		if !has(out, pumpmodel.Nagged) || s != m.Start() {
			t.Errorf("%s: not cleared after ten minutes:\n%s", name, m.Show(s))
		}
	}
}

func TestGIP_2_2_6_PowerOnAsksForPatientAndPlace(t *testing.T) {
	for _, name := range shipped {
		m := mustMachine(t, name)
		s := m.Start()
		if d := m.Show(s); !strings.HasSuffix(d.Title, "New patient?") {
			t.Errorf("%s begins with\n%s", name, d)
		}
		s, out := does(t, m, s, "confirm")
		if d := m.Show(s); !has(out, pumpmodel.NewPatient) || !strings.HasSuffix(d.Title, "Care area") {
			t.Errorf("%s goes on with\n%s", name, d)
		}
	}
}
