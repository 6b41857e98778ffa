package design_test

import (
	"testing"
	"time"

	"pumplab/pumpmodel"
)

// FuzzEvents: any order of events leaves a machine that can be shown and waited for. A byte is a control going down or up, a fault
// or its repair, or a time.
func FuzzEvents(f *testing.F) {
	f.Add(uint8(0), []byte{0, 1, 2, 250, 130, 200})
	f.Add(uint8(1), []byte{7, 7, 7, 135, 251, 252, 6, 12})
	f.Add(uint8(2), []byte{3, 3, 3, 255, 220, 221, 8, 8})
	var machines []pumpmodel.Machine
	for _, name := range shipped {
		machines = append(machines, mustMachine(f, name))
	}
	conditions := []string{"occlusion", "air", "empty", "door", "flow", "battery", "network", "complete", "", "key"}
	f.Fuzz(func(t *testing.T, which uint8, acts []byte) {
		m := machines[int(which)%len(machines)]
		controls := m.Info().Controls
		s := m.Start()
		for _, b := range acts {
			switch n := int(b); {
			case n < 100:
				s, _ = m.Step(s, pumpmodel.Press(controls[n%len(controls)].Name))
			case n < 200:
				s, _ = m.Step(s, pumpmodel.Release(controls[n%len(controls)].Name))
			case n < 220:
				kind := pumpmodel.Fault
				if n%2 == 0 {
					kind = pumpmodel.Repair
				}
				s, _ = m.Step(s, pumpmodel.Event{Kind: kind, Text: conditions[n/2%len(conditions)]})
			default:
				s, _ = pumpmodel.Advance(m, s, time.Duration(n-219)*time.Duration(n-219)*500*time.Millisecond)
			}
			m.Show(s)
			if w, ok := m.Wait(s); ok && w <= 0 {
				t.Fatalf("Wait is %v", w)
			}
		}
	})
}
