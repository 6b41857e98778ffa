package participant_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/outcome"
	"pumplab/studies/participant"
	"pumplab/studies/plan"
	"pumplab/studies/protocol"
	"pumplab/studies/replay"
	"pumplab/studies/session"
)

func MustOutcomes(t testing.TB, k *protocol.Kit, records []journal.Record) outcome.Result {
	t.Helper()
	r, err := outcome.Of(replay.Of(records), outcome.Context{Study: k.Study, Instruments: k.Instruments})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTypicalPeopleFinishAndAnswerEverything(t *testing.T) {
	k := MustKit(t, "demo")
	for i := range 6 {
		who := fmt.Sprint("P", i)
		end, records := MustRun(t, k, who, i, participant.Typical().Slipping(10).Personal(plan.Stream(1, who)))
		if end.Ended != "complete" {
			t.Errorf("%s ended %q", who, end.Ended)
		}
		if _, err := replay.Check(replay.Of(records), func(h journal.Head) (*session.Machine, error) { return k.Machine(h.Plan) }); err != nil {
			t.Errorf("%s: %v", who, err)
		}
		if got := len(MustOutcomes(t, k, records).Ratings); got != 3*(6+10) { // designs × (TLX and SUS items)
			t.Errorf("%s rated %d items", who, got)
		}
	}
}

func TestTheSameStreamsGiveTheSameJournal(t *testing.T) {
	k := MustKit(t, "short")
	_, one := MustRun(t, k, "P01", 0, participant.Typical())
	_, two := MustRun(t, k, "P01", 0, participant.Typical())
	if d := cmp.Diff(one, two); d != "" {
		t.Error(d)
	}
}

// A person whose slips are ten times as frequent goes wrong more often: the model's truth reaches the outcomes.
func TestMoreSlipsGiveMoreErrors(t *testing.T) {
	k := MustKit(t, "short")
	wrong := func(factor float64) (n int) {
		for i := range 20 {
			_, records := MustRun(t, k, fmt.Sprint("P", i), i, participant.Typical().Slipping(factor))
			for _, row := range MustOutcomes(t, k, records).Tasks {
				if row.Outcome != studies.Correct {
					n++
				}
			}
		}
		return n
	}
	few, many := wrong(1), wrong(10)
	if few > 20 || many < few+15 { // of 120 tasks
		t.Errorf("%d of 120 tasks went wrong with typical slips, %d with ten times as many", few, many)
	}
}

// Resumption takes what the parameter says: 3.8 s (Altmann & Trafton 2004), here without noise and practice.
func TestResumptionLagIsTheParameter(t *testing.T) {
	k := MustKit(t, "demo")
	_, records := MustRun(t, k, "P01", 0, participant.Faultless())
	var lags []time.Duration
	for _, row := range MustOutcomes(t, k, records).Tasks {
		if row.Resumption > 0 {
			lags = append(lags, row.Resumption)
		}
	}
	slices.Sort(lags)
	if len(lags) < 10 || lags[len(lags)/2] != 3800*time.Millisecond {
		t.Errorf("%d lags, median %v", len(lags), lags[len(lags)/2])
	}
}

func TestEveryParameterHasANameAndASource(t *testing.T) {
	list := participant.Typical().List()
	seen := map[string]bool{}
	for _, p := range list {
		if p.Name == "" || p.Source == "" || seen[p.Name] {
			t.Errorf("%+v", p)
		}
		seen[p.Name] = true
	}
	record := participant.Typical().Record()
	if len(record) != len(list) || record["resumption"] != "3.8; Altmann & Trafton 2004" {
		t.Error(record)
	}
}

// stuck is a pump that takes every key and shows the same: nothing on it ever leads anywhere.
func stuck(kind string, fields ...pumpmodel.Field) pumpmodel.Machine {
	type state struct{ Presses int }
	return pumpmodel.New(pumpmodel.Spec[state]{
		Info:  func() pumpmodel.Info { return pumpmodel.Info{Name: "stuck", Pump: "large-volume"} },
		Start: func() state { return state{} },
		Step: func(s state, e pumpmodel.Event) (state, []pumpmodel.Output) {
			if e.Kind == pumpmodel.Elapse {
				return s, nil
			}
			s.Presses++
			return s, []pumpmodel.Output{{Kind: pumpmodel.KeyAnswered, Control: e.Control, Answer: pumpmodel.Ignored}}
		},
		Wait: func(state) (time.Duration, bool) { return 0, false },
		Show: func(state) pumpmodel.Display {
			d := pumpmodel.Display{Kind: kind, Screen: kind, Lit: true, Fields: fields, More: "1/99", Items: []pumpmodel.Item{{Label: "nothing", Selected: true}}}
			for _, a := range []string{"confirm", "back", "up", "down", "fast-up", "fast-down", "next-field", "start", "clear"} {
				d.Keys = append(d.Keys, pumpmodel.Hint{Control: a, Action: a})
			}
			if kind == "alert" {
				d.Alert = &pumpmodel.Alert{Kind: "soft", Answers: []pumpmodel.Hint{{Control: "yes", Action: "override"}}}
			}
			if kind == "mute" {
				d.Keys = nil
			}
			if kind == "busy" {
				d.Alert = &pumpmodel.Alert{Kind: "hard"}
			}
			return d
		},
	})
}

func TestPeopleGiveUpOnAPumpThatLeadsNowhere(t *testing.T) {
	k := MustKit(t, "short")
	typed := pumpmodel.Field{Name: "rate", Active: true, Cursor: -1}
	stepped := pumpmodel.Field{Name: "dose", Text: "3", Active: true, Cursor: 0}
	bad := pumpmodel.Field{Name: "vtbi", Text: "x", Error: "no", Active: true, Cursor: -1}
	for _, kind := range []string{"choose", "menu", "form", "enter", "review", "message", "alert", "mute", "busy"} {
		for _, f := range []pumpmodel.Field{typed, stepped, bad} {
			m, err := session.New(session.Parts{
				Study: k.Study, Plan: studies.Plan{Steps: []studies.Step{{Kind: studies.StepTask, Task: "dopamine", Design: "stuck"}}},
				Pumps: map[string]pumpmodel.Machine{"stuck": stuck(kind, f)},
			})
			if err != nil {
				t.Fatal(err)
			}
			var j memory
			s, err := session.Open(m, journal.Head{Session: "x", Participant: "x"}, &j)
			if err != nil {
				t.Fatal(err)
			}
			if err := participant.Run(s, participant.New(participant.Typical(), streams(3, kind))); err != nil {
				t.Errorf("%s, %s: %v", kind, f.Name, err)
			}
			if len(j) > 1000 {
				t.Errorf("%s, %s: %d records", kind, f.Name, len(j))
			}
		}
	}
}
