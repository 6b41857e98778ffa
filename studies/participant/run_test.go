package participant_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"pumplab/assets"
	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/participant"
	"pumplab/studies/plan"
	"pumplab/studies/protocol"
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

// memory is a journal in memory.
type memory []journal.Record

func (m *memory) Append(r journal.Record) error {
	*m = append(*m, r)
	return nil
}

func streams(seed uint64, who string) participant.Streams {
	return participant.Streams{
		Slips: plan.Stream(seed, who, "slips"), Times: plan.Stream(seed, who, "times"), Choices: plan.Stream(seed, who, "choices"),
	}
}

// MustRun lets a person of these parameters work through their session of the study.
func MustRun(t testing.TB, k *protocol.Kit, who string, row int, p participant.Params) (session.State, []journal.Record) {
	t.Helper()
	pl, err := plan.Make(k.Study, who, row)
	if err != nil {
		t.Fatal(err)
	}
	m, err := k.Machine(pl)
	if err != nil {
		t.Fatal(err)
	}
	var j memory
	s, err := session.Open(m, journal.Head{Session: who, Participant: who, Started: "2026-01-01T00:00:00Z"}, &j)
	if err != nil {
		t.Fatal(err)
	}
	if err := participant.Run(s, participant.New(p, streams(7, who))); err != nil {
		t.Fatal(err)
	}
	return s.State(), j
}

// story is what happened to each task, one line each.
func story(k *protocol.Kit, records []journal.Record) string {
	var b strings.Builder
	head, _ := journal.DecodeHead(records[0].Event)
	presses := 0
	var began time.Duration
	for _, r := range records {
		if e, err := journal.DecodeEvent(r.Event); err == nil && e.Pump != nil && e.Pump.Kind == pumpmodel.Down {
			presses++
		}
		for _, o := range r.Outputs {
			st := head.Plan.Steps[o.Step]
			switch {
			case o.Kind == studies.StepBegan:
				presses, began = 0, o.At
			case o.Kind == studies.StepEnded && st.Task != "":
				fmt.Fprintf(&b, "%s %s %s: %s right=%v %d presses %v\n", st.Design, st.Condition, st.Task, o.Why, o.Right, presses, (o.At - began).Round(time.Second))
			}
		}
	}
	return b.String()
}

func TestFaultlessPersonDoesEveryTaskOnEveryDesignRight(t *testing.T) {
	k := MustKit(t, "demo")
	end, records := MustRun(t, k, "P01", 0, participant.Faultless())
	if end.Ended != "complete" {
		t.Errorf("ended %q", end.Ended)
	}
	told := story(k, records)
	if os.Getenv("STORY") != "" {
		t.Log(told)
	}
	for line := range strings.Lines(told) {
		if !strings.Contains(line, "right=true") {
			t.Error(line)
		}
	}
}
