package replay_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/plan"
	"pumplab/studies/questionnaire"
	"pumplab/studies/replay"
	"pumplab/studies/session"
)

// dial is a one-field pump: up and down count with hold repeat, start runs, left alone it nags every 20 s.
type dial struct {
	Value, Repeats int
	Held           string
	Idle           time.Duration
}

func dialPump(name string, step int) pumpmodel.Machine {
	turn := func(s dial) dial {
		if s.Held == "up" {
			s.Value += step
		} else {
			s.Value -= step
		}
		return s
	}
	due := func(s dial) time.Duration {
		if s.Held != "" {
			return 300 * time.Millisecond
		}
		return 20 * time.Second
	}
	return pumpmodel.New(pumpmodel.Spec[dial]{
		Info:  func() pumpmodel.Info { return pumpmodel.Info{Name: name, Pump: "large-volume"} },
		Start: func() dial { return dial{} },
		Wait:  func(s dial) (time.Duration, bool) { return due(s) - s.Idle, true },
		Show: func(s dial) pumpmodel.Display {
			return pumpmodel.Display{Screen: "dial", Lit: true, Title: fmt.Sprint(s.Repeats), Fields: []pumpmodel.Field{{Name: "rate", Text: fmt.Sprint(s.Value), Active: true, Cursor: -1}}}
		},
		Step: func(s dial, e pumpmodel.Event) (dial, []pumpmodel.Output) {
			answer := pumpmodel.Output{Kind: pumpmodel.KeyAnswered, Control: e.Control, Answer: pumpmodel.Accepted, Field: "rate"}
			switch e.Kind {
			case pumpmodel.Elapse:
				s.Idle += e.For
				if s.Idle < due(s) {
					return s, nil
				}
				s.Idle = 0
				if s.Held == "" {
					return s, []pumpmodel.Output{{Kind: pumpmodel.Nagged}}
				}
				s.Repeats++
				return turn(s), []pumpmodel.Output{answer}
			case pumpmodel.Up:
				s.Held, s.Idle = "", 0
				return s, []pumpmodel.Output{answer}
			}
			switch e.Control {
			case "up", "down":
				s.Held, s.Idle = e.Control, 0
				return turn(s), []pumpmodel.Output{answer}
			case "start":
				return s, []pumpmodel.Output{answer, {Kind: pumpmodel.InfusionStarted, Programme: &pumpmodel.Programme{Rate: fmt.Sprint(s.Value)}}}
			}
			answer.Answer = pumpmodel.Ignored
			return s, []pumpmodel.Output{answer}
		},
	})
}

func study() *studies.Study {
	s := &studies.Study{
		Name: "dials", Seed: 7, Designs: []string{"one", "ten", "five"},
		Conditions: []studies.Condition{{Name: "quiet"}, {Name: "interrupted", Distractions: []studies.Distraction{
			{Kind: "question", Field: "dose or rate", After: 2, Ask: "arithmetic", Covers: true, Warn: time.Second},
			{Kind: "phone", Every: 10 * time.Second, Random: true},
		}}},
		Sequence: studies.Sequence{Designs: "williams", Conditions: "williams", Tasks: "random", Practice: []string{"p"}, UntilRight: 1, AtMost: 2, After: []string{"one-item"}, Break: 5 * time.Second},
	}
	for i, id := range []string{"p", "a", "b"} {
		s.Tasks = append(s.Tasks, studies.Task{ID: id, Practice: id == "p", Limit: time.Minute, Order: order.Order{Rate: quantity.Int(int64(i + 1))}})
	}
	return s
}

func machine(p studies.Plan, pumps map[string]pumpmodel.Machine) (*session.Machine, error) {
	return session.New(session.Parts{Study: study(), Plan: p, Pumps: pumps, Instruments: map[string]*questionnaire.Instrument{
		"one-item": {Name: "one-item", Items: []questionnaire.Item{{ID: "i", Min: 1, Max: 7}}},
	}})
}

func dials() map[string]pumpmodel.Machine {
	return map[string]pumpmodel.Machine{"one": dialPump("one", 1), "ten": dialPump("ten", 10), "five": dialPump("five", 5)}
}

func build(h journal.Head) (*session.Machine, error) { return machine(h.Plan, dials()) }

type tape []journal.Record

func (t *tape) Append(r journal.Record) error {
	// What is stored is bytes: nothing may survive by sharing a pointer with the session.
	b, err := journal.EncodeOutputs(r.Outputs)
	if err != nil {
		return err
	}
	if r.Outputs, err = journal.DecodeOutputs(b); err != nil {
		return err
	}
	*t = append(*t, r)
	return nil
}

// act is a random thing to do, mostly sensible.
func act(rng *rand.Rand, v session.View) studies.Event {
	pump := func(e pumpmodel.Event) studies.Event {
		return studies.Event{Kind: studies.Pump, Pump: &e, Stamp: "simulated"}
	}
	controls := []string{"up", "down", "start", "lost"}
	control := controls[rng.IntN(len(controls))]
	switch n := rng.IntN(20); {
	case n < 7:
		return pump(pumpmodel.Press(control))
	case n < 12:
		return pump(pumpmodel.Release(control))
	case n < 13 && v.Step.Kind == studies.StepTask:
		return studies.Event{Kind: []studies.EventKind{studies.Done, studies.GiveUp}[rng.IntN(2)]}
	case n < 15 && v.Disturbance != nil:
		return studies.Event{Kind: studies.Reply, Value: fmt.Sprint(rng.IntN(99))}
	case n < 16:
		return studies.Event{Kind: studies.Rate, Item: "i", Value: fmt.Sprint(rng.IntN(9))}
	case n < 18:
		return studies.Event{Kind: studies.Next}
	}
	rare := []studies.EventKind{studies.Hold, studies.Continue, studies.Skip, studies.Note, studies.Stray, studies.Disturb, studies.Anchor, studies.Resume, "dance"}
	return studies.Event{Kind: rare[rng.IntN(len(rare))], Item: "phone", Value: "x"}
}

// record runs one random session and keeps every state it had.
func record(t *testing.T, seed uint64) (tape, []session.State) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 2))
	p, err := plan.Make(study(), fmt.Sprint("P", seed), int(seed))
	if err != nil {
		t.Fatal(err)
	}
	m, err := machine(p, dials())
	if err != nil {
		t.Fatal(err)
	}
	var j tape
	s, err := session.Open(m, journal.Head{Session: fmt.Sprint(seed), Participant: p.Participant}, &j)
	if err != nil {
		t.Fatal(err)
	}
	states := []session.State{s.State()}
	at := time.Duration(0)
	for i := 0; i < 400 && s.View().Ended == ""; i++ {
		at += time.Duration(rng.ExpFloat64() * float64(700*time.Millisecond))
		if _, err := s.Apply(at, act(rng, s.Look(at))); err != nil {
			t.Fatal(err)
		}
		states = append(states, s.State())
	}
	if err := s.Close(at+time.Minute, "2026-11-22T11:00:00Z"); err != nil {
		t.Fatal(err)
	}
	return j, append(states, s.State())
}

func TestReplayOf200RandomSessionsIsEqualStateByState(t *testing.T) {
	kinds := map[studies.OutputKind]int{}
	for seed := range uint64(200) {
		records, states := record(t, seed)
		i := 0
		for m, err := range replay.Run(replay.Of(records), build) {
			if err != nil {
				t.Fatalf("session %d: %v", seed, err)
			}
			if m.State != states[i] {
				t.Fatalf("session %d, record %d:\nreplayed %+v\nwas      %+v", seed, i+1, m.State, states[i])
			}
			for _, o := range m.Outputs {
				kinds[o.Kind]++
			}
			i++
		}
		if i != len(states) {
			t.Fatalf("session %d: %d of %d moments replayed", seed, i, len(states))
		}
	}
	for _, k := range []studies.OutputKind{studies.FromPump, studies.StepBegan, studies.StepEnded, studies.DisturbBegan, studies.DisturbEnded, studies.Refused, studies.ItemRated, studies.SessionHeld, studies.SessionResumed, studies.SessionEnded, studies.Noted} {
		if kinds[k] == 0 {
			t.Errorf("no session had an output %q: the test proves nothing about it", k)
		}
	}
}

func TestAnotherPumpShowsAsADifference(t *testing.T) {
	records, _ := record(t, 1)
	other := func(h journal.Head) (*session.Machine, error) {
		pumps := dials()
		pumps["one"], pumps["ten"], pumps["five"] = dialPump("one", 2), dialPump("ten", 2), dialPump("five", 2)
		return machine(h.Plan, pumps)
	}
	_, err := replay.Check(replay.Of(records), other)
	var diff *replay.Difference
	if !errors.As(err, &diff) || diff.What != "display" {
		t.Errorf("got %v, want a difference of the display", err)
	}
	if last, err := replay.Check(replay.Of(records), build); err != nil || last.Record.Seq != len(records) {
		t.Errorf("the right pump: %v at record %d of %d", err, last.Record.Seq, len(records))
	}
}

func TestAStoredOutputThatWasChangedIsFound(t *testing.T) {
	records, _ := record(t, 2)
	for i := range records {
		if len(records[i].Outputs) > 0 && i > 5 {
			records[i].Outputs[0].Why = "forged"
			_, err := replay.Check(replay.Of(records), build)
			var diff *replay.Difference
			if !errors.As(err, &diff) || diff.Seq != i+1 || diff.What != "outputs" {
				t.Errorf("got %v, want record %d", err, i+1)
			}
			return
		}
	}
	t.Fatal("no output to forge")
}

func TestAChangedKeyEndsTheReplayAtItsRecord(t *testing.T) {
	records, _ := record(t, 3)
	records[9].Event = []byte(strings.Replace(string(records[9].Event), `"kind"`, `"kinD"`, 1))
	_, err := replay.Check(replay.Of(records), build)
	var broken *journal.Broken
	if !errors.As(err, &broken) || broken.Seq != 10 {
		t.Errorf("got %v, want record 10", err)
	}
}

func TestTheScreenBetweenTwoRecordsIsTheOneSeenThen(t *testing.T) {
	p, _ := plan.Make(study(), "P01", 0)
	m, err := machine(p, dials())
	if err != nil {
		t.Fatal(err)
	}
	var j tape
	s, err := session.Open(m, journal.Head{Session: "s"}, &j)
	if err != nil {
		t.Fatal(err)
	}
	press := pumpmodel.Press("up")
	for _, e := range []studies.Event{{Kind: studies.Next}, {Kind: studies.Next}, {Kind: studies.Pump, Pump: &press}} {
		if _, err := s.Apply(time.Second, e); err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range []time.Duration{time.Second, 1500 * time.Millisecond, 10 * time.Second} {
		v, err := replay.At(replay.Of(j), build, at)
		if err != nil {
			t.Fatal(err)
		}
		if want := s.Look(at); v.Pump.String() != want.Pump.String() || v.At != at {
			t.Errorf("at %v: %v, want %v", at, v.Pump, want.Pump)
		}
	}
	if v, _ := replay.At(replay.Of(j), build, 0); v.Index != 0 {
		t.Errorf("at 0 step %d", v.Index)
	}
}
