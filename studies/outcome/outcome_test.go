package outcome_test

import (
	"testing"
	"time"

	"pumplab/assets"
	"pumplab/studies/outcome"
	"pumplab/studies/protocol"
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

func TestZZ(t *testing.T) {
	k := MustKit(t, "demo")
	c := outcome.ContextOf(k)
	for _, d := range k.Study.Designs {
		for _, x := range k.Study.Tasks {
			t0 := time.Now()
			t.Log(d, x.ID, c.Optimal(d, x.ID), time.Since(t0))
		}
	}
}
