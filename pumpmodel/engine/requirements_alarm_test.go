package engine_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
)

func fault(m pumpmodel.Machine, s pumpmodel.State, kind pumpmodel.EventKind, what string) (pumpmodel.State, []pumpmodel.Output) {
	return m.Step(s, pumpmodel.Event{Kind: kind, Text: what})
}

func TestGIP_2_3_1_KeyHeldForAMinute(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		key := m.Show(s).Does("change")
		s, _ = m.Step(s, pumpmodel.Press(key))
		s, out := pumpmodel.Advance(m, s, time.Minute)
		if !alarm(out, "key") {
			t.Error("no key alarm after a minute")
		}
		if _, out = m.Step(s, pumpmodel.Release(key)); !has(out, pumpmodel.AlarmCleared) {
			t.Error("the alarm outlasts the key")
		}
	})
}

func TestGIP_3_1_1_And_3_1_2_AlarmsAreHeardSeenAndNamed(t *testing.T) {
	names := map[string]string{
		"occlusion": "OCCLUSION", "air": "AIR", "empty": "EMPTY", "door": "DOOR", "flow": "FLOW", "battery": "BATTERY", "network": "NETWORK",
	}
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		for what, word := range names {
			after, out := fault(m, s, pumpmodel.Fault, what)
			d := m.Show(after)
			if !alarm(out, what) || !sounds(d) || !lit(d, "alarm") || d.Alert == nil || !strings.Contains(d.Alert.Title, word) {
				t.Errorf("%s is not heard, seen and named:\n%s", what, d)
			}
			if after, _ = fault(m, after, pumpmodel.Repair, what); m.Show(after).Alert != nil {
				if after, out = does(t, m, after, "silence"); !has(out, pumpmodel.AlarmCleared) || m.Show(after).Alert != nil {
					t.Errorf("%s does not end when its cause is gone and it was answered:\n%s", what, m.Show(after))
				}
			}
		}
	})
}

func TestGIP_1_10_OcclusionStopsTheFlowUntilAPersonResumes(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		s, _ = fault(m, s, pumpmodel.Fault, "occlusion")
		before := text(t, m.Show(s), "remaining")
		s, _ = pumpmodel.Advance(m, s, time.Hour)
		if got := text(t, m.Show(s), "remaining"); got != before {
			t.Errorf("remaining went from %s to %s while stopped", before, got)
		}
		if c := m.Show(s).Does("start"); c != "" {
			t.Errorf("%s would resume in spite of the occlusion", c)
		}
		s, _ = fault(m, s, pumpmodel.Repair, "occlusion")
		if m.Show(s).Status == "INFUSING" {
			t.Error("it resumed by itself")
		}
		s, out := does(t, m, s, "start")
		if !has(out, pumpmodel.InfusionResumed) || m.Show(s).Status != "INFUSING" {
			t.Errorf("not resumed:\n%s", m.Show(s))
		}
	})
}

func TestGIP_3_2_1_SilenceLastsTwoMinutes(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		s, _ = fault(m, s, pumpmodel.Fault, "occlusion")
		s, _ = does(t, m, s, "silence")
		if sounds(m.Show(s)) || !lit(m.Show(s), "alarm") {
			t.Fatal("not silenced, or not seen any more")
		}
		s, _ = pumpmodel.Advance(m, s, 2*time.Minute-1)
		if sounds(m.Show(s)) {
			t.Error("it sounds before two minutes")
		}
		s, _ = pumpmodel.Advance(m, s, 1)
		if !sounds(m.Show(s)) {
			t.Error("it is silent after two minutes")
		}
	})
}

// Whatever is pressed while the cause is there, no silence outlasts two minutes.
func TestGIP_3_2_2_NothingSilencesForGood(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		rng := rand.New(rand.NewPCG(3, 22))
		s, _ = fault(m, s, pumpmodel.Fault, "door")
		quiet := time.Duration(0)
		controls := m.Info().Controls
		for range 3000 {
			s, _ = press(m, s, controls[rng.IntN(len(controls))].Name)
			d := time.Duration(rng.Int64N(int64(20 * time.Second)))
			if sounds(m.Show(s)) {
				quiet = 0
			}
			s, _ = pumpmodel.Advance(m, s, d)
			if quiet += d; sounds(m.Show(s)) {
				quiet = 0
			}
			if quiet > 2*time.Minute {
				t.Fatalf("silent for %v with an open door:\n%s", quiet, m.Show(s))
			}
		}
	})
}

func TestGIP_3_2_4_InvalidInputIsHeard(t *testing.T) {
	for _, name := range shipped {
		m := mustMachine(t, name)
		s, _ := press(m, m.Start(), toDose[name]...)
		s, out := does(t, m, s, "confirm") // nothing is entered
		if out[0].Answer != pumpmodel.Blocked && out[0].Answer != pumpmodel.Accepted || len(m.Show(s).Tones) == 0 && out[0].Answer == pumpmodel.Blocked {
			t.Errorf("%s: an empty field was confirmed without a sound:\n%s", name, m.Show(s))
		}
	}
}

func TestGIP_6_1_7_BasicInfusionSaysSoAllTheTime(t *testing.T) {
	for _, name := range builtIn {
		m := mustMachine(t, name)
		s, _ := press(m, m.Start(), "enter", "enter")
		for range 60 {
			s, _ = does(t, m, s, "down")
		}
		s, _ = does(t, m, s, "confirm")
		if d := m.Show(s); len(d.Marks) == 0 || d.Marks[0] != "NO LIBRARY LIMITS" {
			t.Errorf("%s does not say that there are no limits:\n%s", name, d)
		}
	}
}

// GIP 6.2.1, 6.2.2: another drug needs the infusion stopped and everything programmed anew.
func TestGIP_6_2_1_AnotherDrugStartsAnew(t *testing.T) {
	each(t, func(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) {
		s, _ = does(t, m, s, "pause", "stop", "confirm")
		s, _ = does(t, m, s, "down", "confirm", "confirm") // the same patient, the same area
		if d := m.Show(s); d.Title != "Drug" {
			t.Fatalf("not at the drugs:\n%s", d)
		}
		s, _ = does(t, m, s, "confirm")
		for _, f := range m.Show(s).Fields {
			if (f.Name == "dose" || f.Name == "rate" || f.Name == "vtbi") && f.Text != "" {
				t.Errorf("%s is still %s", f.Name, f.Text)
			}
		}
	})
}
