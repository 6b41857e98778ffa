package engine_test

import (
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/engine"
)

// FuzzEvents: any order of events leaves a machine that can be shown and waited for, and answers one it does not know by changing
// nothing. A byte is a control going down or up, a dial turned, an order, a library, a fault or its repair, or a time.
func FuzzEvents(f *testing.F) {
	f.Add(uint8(0), []byte{0, 1, 2, 250, 130, 200}, "")
	f.Add(uint8(1), []byte{7, 7, 7, 135, 251, 252, 6, 12, 230, 231}, "area: Adult ICU; drug: DOPamine; dose: 5 mcg/kg/min; weight: 82 kg; vtbi: 100 mL")
	f.Add(uint8(2), []byte{3, 3, 3, 255, 224, 225, 8, 8}, "power")
	f.Add(uint8(7), []byte{228, 229, 228, 230, 231, 232}, "drug: DOPamine; dose: 0.000001 mcg/kg/min; weight: 9999999 kg; vtbi: 9999 mL")
	f.Add(uint8(12), []byte{1, 1, 2, 230, 4, 101, 240, 220, 221, 255}, "drug: heparin; rate: 1 mL/h; vtbi: 1 mL; concentration: 25000 units/250 mL")
	var machines []pumpmodel.Machine
	for _, name := range shipped {
		machines = append(machines, mustMachine(f, name))
	}
	conditions := []string{"occlusion", "air", "empty", "door", "flow", "battery", "network", "complete", "", "key", "power"}
	f.Fuzz(func(t *testing.T, which uint8, acts []byte, text string) {
		m := machines[int(which)%len(machines)]
		controls := m.Info().Controls
		s := m.Start()
		for _, b := range acts[:min(len(acts), 300)] {
			switch n := int(b); {
			case n < 100:
				s, _ = m.Step(s, pumpmodel.Press(controls[n%len(controls)].Name))
			case n < 200:
				s, _ = m.Step(s, pumpmodel.Release(controls[n%len(controls)].Name))
			case n < 222:
				kind := pumpmodel.Fault
				if n%2 == 0 {
					kind = pumpmodel.Repair
				}
				s, _ = m.Step(s, pumpmodel.Event{Kind: kind, Text: conditions[n/2%len(conditions)], N: n})
			case n < 224:
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Fault, Text: text, N: len(text) - 9})
			case n < 230:
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Turn, Control: controls[n%len(controls)].Name, N: (n - 226) << 40})
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Turn, Control: "dial", N: n - 226})
			case n < 233:
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Ordered, Text: text})
			case n < 235:
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Library, Text: text})
			case n < 237:
				next, out := m.Step(s, pumpmodel.Event{Kind: pumpmodel.EventKind("x" + text), Control: text, Text: text, X: n, N: n})
				if next != s || len(out) != 1 || out[0].Answer != pumpmodel.Ignored {
					t.Fatalf("an unknown kind of event changed something: %v", out)
				}
			default:
				s, _ = pumpmodel.Advance(m, s, time.Duration(n-236)*time.Duration(n-236)*time.Duration(n-236)*500*time.Millisecond)
			}
			if w, ok := m.Wait(s); ok && w <= 0 {
				t.Fatalf("Wait is %v", w)
			}
			_ = m.Show(s).String()
		}
	})
}

// FuzzLoad: whatever a file says, Load answers with a design that builds, or with an error.
func FuzzLoad(f *testing.F) {
	for _, name := range shipped {
		f.Add(mustSource(f, name))
	}
	f.Add("design: x\nface: {controls: {a: {at: 1 1}}}\n")
	f.Add("a: &a [*a]\n")
	f.Add("design: {design: {design: {}}}\nkeys: []\nscreens: [1]\nentry: 5\nalerts: []\n")
	lib := mustLibrary(f)
	f.Fuzz(func(t *testing.T, text string) {
		d, err := load(text)
		if err != nil {
			return
		}
		m, err := engine.New(d, lib)
		if err != nil {
			return
		}
		s := m.Start()
		for _, c := range m.Info().Controls {
			s, _ = press(m, s, c.Name, c.Name)
			m.Show(s)
		}
	})
}
