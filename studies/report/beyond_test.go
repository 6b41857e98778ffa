package report_test

import (
	"fmt"
	"testing"

	"pumplab/pumpmodel/library"
	"pumplab/studies"
)

const small = `library: small
version: 1
status: draft
use: research and teaching only, never for clinical use
care areas:
  ICU:
    device: {max rate: 999 mL/h, max vtbi: 3000 mL, kvo: 5 mL/h, max weight: 250 kg}
    weight: {soft: 40..150 kg, hard: 30..250 kg}
    checking: always
    basic infusion: yes
    setups:
      - drug: DOPamine
        concentration: 400 mg/250 mL
        dose: {unit: mcg/kg/min, hard: ..12, soft: 1..10, start: 3}
        vtbi: {soft: ..250 mL, hard: ..500 mL}
`

// An error of the same size is graver if what runs lies beyond a limit that the library sets for what was ordered.
func TestALimitThatIsPassedMakesAnErrorGraver(t *testing.T) {
	const ordered = "area: ICU; drug: DOPamine; concentration: 400 mg/250 mL; weight: 80 kg; dose: 8 mcg/kg/min; vtbi: 200 mL"
	const high = "area: ICU; drug: DOPamine; concentration: 400 mg/250 mL; weight: 80 kg; dose: 11 mcg/kg/min; vtbi: 200 mL"
	dose := func(d string) string {
		return "area: ICU; weight: 80 kg; drug: DOPamine; concentration: 400 mg/250 mL; dose: " + d + " mcg/kg/min; vtbi: 200 mL"
	}
	lib, err := library.Read("small.yaml", []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what, ordered, programmed string
		outcome                   studies.Outcome
		with, without             int
	}{
		{"within all limits", ordered, dose("9"), studies.Undetected, 2, 2},
		{"beyond a soft limit", ordered, dose("11"), studies.OverriddenSoft, 5, 2},
		{"beyond a hard limit", ordered, dose("13"), studies.Undetected, 10, 2},
		{"ordered beyond the soft limit", high, dose("11.5"), studies.Undetected, 2, 2},
		{"ordered beyond the soft limit, ran beyond the hard one", high, dose("13"), studies.Undetected, 10, 2},
		{"basic infusion within limits", ordered, "area: ICU; basic infusion; rate: 24 mL/h; vtbi: 200 mL", studies.Bypassed, 2, 2},
		{"basic infusion of 15 mcg/kg/min", ordered, "area: ICU; basic infusion; rate: 45 mL/h; vtbi: 200 mL", studies.Bypassed, 10, 2},
		{"ten times off", ordered, dose("80"), studies.Undetected, 10, 10},
	} {
		in := input(1)
		in.Tasks = in.Tasks[:1]
		row := &in.Tasks[0]
		row.Outcome, row.Ordered, row.Programmed, row.Critical = c.outcome, c.ordered, c.programmed, false
		if got := compute(t, in).Risk[0].Points; got != c.without {
			t.Errorf("%s, library not known: %d points, want %d", c.what, got, c.without)
		}
		in.Library = lib
		if got := compute(t, in).Risk[0].Points; got != c.with {
			t.Errorf("%s: %d points, want %d", c.what, got, c.with)
		}
	}
}

// Seven people of whom one made all the errors say little about which design is best.
func TestRanksKnowThatTheTasksOfOnePersonAreAlike(t *testing.T) {
	first := func(lumped bool) float64 {
		in := input(7)
		in.Study.Designs = []string{"a", "b"}
		seen := map[string]int{}
		kept := in.Tasks[:0]
		for _, row := range in.Tasks {
			if row.Design == "c" || row.Practice {
				continue
			}
			key := fmt.Sprint(row.Participant, row.Design)
			seen[key]++
			row.Outcome, row.NumberClass = studies.Correct, ""
			if row.Design == "b" && (lumped && row.Participant == "P01" && seen[key] <= 7 || !lumped && seen[key] == 1) {
				row.Outcome = studies.NotCompleted
			}
			kept = append(kept, row)
		}
		in.Tasks = kept
		r := compute(t, in)
		if k := r.Designs[1].Errors.K; k != 7 {
			t.Fatalf("%d errors with b, want 7", k)
		}
		return float64(r.Standings[0].Places[0])
	}
	if spread, lumped := first(false), first(true); spread < 0.98 || lumped > 0.9 {
		t.Errorf("a is best with %.3f if each of seven people erred once, %.3f if one erred seven times", spread, lumped)
	}
}
