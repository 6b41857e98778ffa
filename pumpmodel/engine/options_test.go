package engine_test

import (
	"slices"
	"strings"
	"testing"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/designtest"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
)

func TestTheOptionsOfTheTabletOfferWhatCanBeDone(t *testing.T) {
	m, _, _ := mustWard(t, "touch-tablet")
	labels := func(s pumpmodel.State) (out []string) {
		for _, i := range m.Show(s).Items {
			out = append(out, i.Label)
		}
		return out
	}
	s, _ := press(m, m.Start(), keysOf("enter enter M I L enter")...)
	s, _ = press(m, s, keysOf("8 0 enter 0 . 3 enter 5 0 enter")...)
	before, _ := does(t, m, s, "options")
	if got := labels(before); !slices.Equal(got, []string{"Loading dose", "Delay the start", "Anaesthesia mode"}) {
		t.Errorf("%q\n%s", got, m.Show(before))
	}
	s, _ = press(m, before, keysOf("dn dn enter")...)
	if d := m.Show(s); d.Screen != "programme" || !slices.Contains(d.Marks, "ANAESTHESIA MODE") {
		t.Fatalf("\n%s", d)
	}
	s, out := does(t, m, s, "start")
	if o := find(out, pumpmodel.InfusionStarted); o.Programme == nil || !o.Programme.Anaesthesia {
		t.Fatalf("%v\n%s", out, m.Show(s))
	}
	during, _ := does(t, m, s, "options")
	if got := labels(during); !slices.Equal(got, []string{"Patient weight"}) {
		t.Errorf("%q", got)
	}
	paused, _ := does(t, m, s, "pause", "options")
	if got := labels(paused); !slices.Equal(got, []string{"Stand by", "Patient weight"}) {
		t.Errorf("%q", got)
	}
	// GIP 2.1.2: another weight is confirmed, and changes nothing before: 0.3 mcg/kg/min at 90 kg is 8.1 mL/h.
	s, out = press(m, during, keysOf("enter clear 9 0 enter")...)
	if d := m.Show(s); has(out, pumpmodel.InfusionChanged) || !strings.Contains(d.String(), "running unchanged: 7.2 mL/h") {
		t.Errorf("%v\n%s", out, d)
	}
	_, out = does(t, m, s, "start")
	if o := find(out, pumpmodel.InfusionChanged); o.Programme == nil || o.Programme.Weight != "90" || o.Programme.Rate != "8.1" {
		t.Errorf("%v", out)
	}
}

// GIP 2.1.2 on every design with options: another weight is confirmed, and what runs changes only with the start.
func TestAnotherWeightIsProgrammedWithTheOptions(t *testing.T) {
	for name, keys := range map[string]string{
		"touch-tablet": "clear 9 0 enter", "two-channel": "clear 9 0 enter", "slider-touch": "up", "dial-touch": "dial+",
	} {
		m, _, _ := mustWard(t, name)
		s, taken := mustOrder(t, m, m.Start(), "area: Adult ICU; drug: DOPamine; concentration: 400 mg/250 mL; weight: 82 kg; dose: 5 mcg/kg/min; vtbi: 250 mL")
		if !taken {
			t.Fatalf("%s takes no order", name)
		}
		s, _ = does(t, m, s, "start", "options")
		if i := m.Show(s).Items; len(i) == 0 || i[len(i)-1].Label != "Patient weight" || i[len(i)-1].Detail != "82 kg" {
			t.Fatalf("%s offers %v", name, i)
		}
		for range len(m.Show(s).Items) - 1 {
			s, _ = does(t, m, s, "down")
		}
		s, _ = does(t, m, s, "confirm")
		s, _ = press(m, s, keysOf(keys)...)
		for n := 0; !reads(m.Show(s), "weight", 90) && n < 40; n++ { // stepped up, where it is not typed
			s, _ = press(m, s, keys)
		}
		if f, _ := m.Show(s).FieldNamed("weight"); f.Pending {
			s, _ = does(t, m, s, "confirm")
		}
		if d := m.Show(s); !strings.Contains(d.String(), "running unchanged: 15.4 mL/h") {
			t.Errorf("%s:\n%s", name, d)
		}
		_, out := does(t, m, s, "start")
		if p := find(out, pumpmodel.InfusionChanged).Programme; p == nil || p.Weight != "90" || p.Rate != "16.9" {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestDesignsWithExtrasKeepTheLawsOnAHospitalsLibrary(t *testing.T) {
	for _, on := range []struct {
		name, area string
		waits      bool // it can put a start off, or stand by
	}{{"keypad-wizard", "Adult ICU", true}, {"touch-tablet", "Adult ICU", true}, {"chevron-fine-syringe", "Theatre", false}, {"digitpairs-syringe", "Theatre", false}, {"slider-touch", "Adult ICU", true}, {"two-channel", "Adult ICU", true}} {
		name := on.name
		_, d, lib := mustWard(t, name)
		lib.Areas = slices.DeleteFunc(lib.Areas, func(a library.Area) bool { return a.Name != on.area })
		lib.Areas[0].Setups = slices.DeleteFunc(lib.Areas[0].Setups, func(s library.Setup) bool {
			return s.Units[library.Bolus] == "" && s.Units[library.Loading] == ""
		})
		m, err := engine.New(d, lib)
		if err != nil {
			t.Fatal(err)
		}
		doses, holds, walks := 0, 0, 80
		if !on.waits || name == "slider-touch" || name == "two-channel" {
			walks = 40
		}
		designtest.Laws(t, m, designtest.Options{Seed: 31, Walks: walks, Length: 700, Limits: func(p pumpmodel.Programme) []pumpmodel.Output {
			if p.Bolus != "" {
				doses++
			}
			if p.Delay != "" {
				holds++
			}
			return engine.Passed(lib, d.Pump, p)
		}})
		if doses == 0 || holds == 0 && on.waits {
			t.Errorf("%s: %d doses and %d delays: the laws saw too little", name, doses, holds)
		}
		t.Logf("%s: %d doses, %d delays", name, doses, holds)
	}
}

// Mosteller: 180 cm and 80 kg are 2 m²; 25 mg/m²/h of 2.5 g/500 mL are 10 mL/h. 8000 mcg in 250 mL are 32 mcg/mL; 0.1 mcg/kg/min at 80 kg of
// it are 15 mL/h.
func TestTheTabletGivesByBodySurfaceAndInACustomConcentration(t *testing.T) {
	m, _, _ := mustWard(t, "touch-tablet")
	_, out := press(m, m.Start(), keysOf("enter enter F L U O enter enter 1 8 0 enter 8 0 enter 2 5 enter 5 0 0 enter start")...)
	if p := find(out, pumpmodel.InfusionStarted).Programme; p == nil || p.Surface != "2" || p.Rate != "10" || p.DoseUnit != "mg/m²/h" {
		t.Errorf("%+v", p)
	}
	_, out = press(m, m.Start(), keysOf("enter enter E P I enter dn enter enter 8 0 0 0 enter 2 5 0 enter 8 0 enter 0 . 1 enter 2 5 0 enter start")...)
	if p := find(out, pumpmodel.InfusionStarted).Programme; p == nil || p.Concentration != "8000 mcg/250 mL" || p.Rate != "15" {
		t.Errorf("%+v", p)
	}
}
