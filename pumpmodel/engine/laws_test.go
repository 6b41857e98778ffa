package engine_test

import (
	"strings"
	"testing"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/designtest"
	"pumplab/pumpmodel/engine"
)

func TestBuiltInDesignsKeepTheLaws(t *testing.T) {
	for _, name := range shipped {
		t.Run(name, func(t *testing.T) {
			d, lib := mustDesign(t, name), mustLibraryOf(t, name)
			started, walks := 0, 60
			if name == "two-channel" {
				walks = 24 // each step is of four states
			}
			designtest.Laws(t, mustMachine(t, name), designtest.Options{
				Seed: 20, Walks: walks, Length: 600, Orders: orders[name], Limits: func(p pumpmodel.Programme) []pumpmodel.Output {
					started++
					return engine.Passed(lib, d.Pump, p)
				},
			})
			if started < walks/2 {
				t.Errorf("only %d infusions were started in %d walks: the laws saw too little", started, walks)
			}
			t.Logf("%d infusions started or changed", started)
		})
	}
}

// orders arrive now and then on designs whose programmes are long to enter.
var orders = map[string][]string{"pca-handset": {
	onDemand, strings.Replace(onDemand, "pca dose: 1 mg", "pca dose: 3 mg", 1), strings.Replace(onDemand, "continuous: 0.5 mg/h; ", "", 1),
	"area: Paediatrics; drug: morphine; weight: 23.5 kg; pca dose: 15 mcg/kg; lockout: 8 min; in 1 h: 80 mcg/kg; in 4 h: 250 mcg/kg",
	"area: General ward; drug: fentaNYL; pca dose: 20 mcg; lockout: 6 min; in 1 h: 45 mcg; in 4 h: 600 mcg",
}}

// onDemand is within all limits of the hospital library.
const onDemand = "area: General ward; drug: morphine; pca dose: 1 mg; lockout: 8 min; continuous: 0.5 mg/h; pca loading: 2 mg; in 1 h: 8 mg; in 4 h: 24 mg"
