package outcome_test

import (
	"math/rand/v2"
	"testing"

	"pumplab/assets"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/outcome"
	"pumplab/studies/participant"
	"pumplab/studies/protocol"
	"pumplab/studies/replay"
	"pumplab/studies/session"
)

func MustKit(t testing.TB, template string) *protocol.Kit {
	t.Helper()
	files, err := protocol.Template(protocol.Sources{
		Studies: assets.Studies(), Designs: assets.Designs(), Libraries: assets.Libraries(), Questionnaires: assets.Questionnaires(),
	}, template)
	if err != nil {
		t.Fatal(err)
	}
	k, err := protocol.Load(protocol.Frozen(files))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestFewestPressesAreAtMostThoseOfTheFaultlessPerson(t *testing.T) {
	k := MustKit(t, "short")
	best := outcome.ContextOf(k)
	for _, d := range k.Study.Designs {
		for _, x := range k.Study.Tasks {
			pl := studies.Plan{Steps: []studies.Step{{Kind: studies.StepTask, Design: d, Task: x.ID}}}
			m, err := k.Machine(pl)
			if err != nil {
				t.Fatal(err)
			}
			var j memory
			s, err := session.Open(m, journal.Head{Session: "b", Participant: "b"}, &j)
			if err != nil {
				t.Fatal(err)
			}
			rng := rand.New(rand.NewPCG(1, 1))
			if err := participant.Run(s, participant.New(participant.Faultless(), participant.Streams{Slips: rng, Times: rng, Choices: rng})); err != nil {
				t.Fatal(err)
			}
			r, err := outcome.Of(replay.Of(j), best)
			if err != nil {
				t.Fatal(err)
			}
			row := r.Tasks[0]
			if row.Outcome != studies.Correct || row.Optimal < 8 || row.Optimal > row.Presses {
				t.Errorf("%s %s: %s, %d presses, %d at least", d, x.ID, row.Outcome, row.Presses, row.Optimal)
			}
		}
	}
}

type memory []journal.Record

func (m *memory) Append(r journal.Record) error {
	*m = append(*m, r)
	return nil
}
