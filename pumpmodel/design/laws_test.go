package design_test

import (
	"testing"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/designtest"
)

func TestBuiltInDesignsKeepTheLaws(t *testing.T) {
	lib := mustLibrary(t)
	for _, name := range shipped {
		t.Run(name, func(t *testing.T) {
			d := mustDesign(t, name)
			started, walks := 0, 60
			if name == "two-channel" {
				walks = 24 // each step is of four states
			}
			designtest.Laws(t, mustMachine(t, name), designtest.Options{
				Seed: 20, Walks: walks, Length: 600, Limits: func(p pumpmodel.Programme) []pumpmodel.Output {
					started++
					return design.Passed(lib, d.Pump, p)
				},
			})
			if started < walks/2 {
				t.Errorf("only %d infusions were started in %d walks: the laws saw too little", started, walks)
			}
			t.Logf("%d infusions started or changed", started)
		})
	}
}
