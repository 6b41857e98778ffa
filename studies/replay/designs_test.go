package replay_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/plan"
	"pumplab/studies/protocol"
	"pumplab/studies/replay"
	"pumplab/studies/session"
)

func mustKit(t testing.TB, name string) *protocol.Kit {
	t.Helper()
	files, err := protocol.Template(protocol.Sources{
		Studies: os.DirFS("../../assets/studies"), Designs: os.DirFS("../../assets/designs"),
		Libraries: os.DirFS("../../assets/libraries"), Questionnaires: os.DirFS("../../assets/questionnaires"),
	}, name)
	if err != nil {
		t.Fatal(err)
	}
	k, err := protocol.Load(protocol.Frozen(files))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// press is a random key of the pump on the screen, mostly one that does something now.
func press(rng *rand.Rand, m *session.Machine, s *session.Session) pumpmodel.Event {
	pump, ok := m.PumpOf(s.State())
	if !ok {
		return pumpmodel.Press("lost")
	}
	control := ""
	if hints := s.View().Pump.Keys; len(hints) > 0 && rng.IntN(3) > 0 {
		control = hints[rng.IntN(len(hints))].Control
	} else {
		controls := pump.Info().Controls
		control = controls[rng.IntN(len(controls))].Name
	}
	if rng.IntN(3) == 0 {
		return pumpmodel.Release(control)
	}
	return pumpmodel.Press(control)
}

// play runs one random session of the study on its real designs, at most n events, and keeps every state.
func play(t testing.TB, k *protocol.Kit, seed uint64, n int) (tape, []session.State) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 3))
	p, err := plan.Make(k.Study, fmt.Sprint("P", seed), int(seed))
	if err != nil {
		t.Fatal(err)
	}
	m, err := k.Machine(p)
	if err != nil {
		t.Fatal(err)
	}
	var j tape
	s, err := session.Open(m, journal.Head{Session: fmt.Sprint(seed), Participant: p.Participant, Files: k.Hashes()}, &j)
	if err != nil {
		t.Fatal(err)
	}
	states := []session.State{s.State()}
	at := time.Duration(0)
	for i := 0; i < n && s.View().Ended == ""; i++ {
		at += time.Duration(rng.ExpFloat64() * float64(900*time.Millisecond))
		e := studies.Event{Kind: studies.Next}
		if v := s.View(); v.Step.Kind == studies.StepTask {
			switch r := rng.IntN(60); {
			case v.Disturbance != nil && r < 30:
				e = studies.Event{Kind: studies.Reply, Value: "42"}
			case r == 59:
				e = studies.Event{Kind: studies.Done}
			default:
				key := press(rng, m, s)
				e = studies.Event{Kind: studies.Pump, Pump: &key}
			}
		}
		if _, err := s.Apply(at, e); err != nil {
			t.Fatal(err)
		}
		states = append(states, s.State())
	}
	return j, states
}

// The same on the three built-in designs, from the bytes a session froze.
func TestRandomSessionsOnTheBuiltInDesignsReplayStateByState(t *testing.T) {
	k := mustKit(t, "demo")
	frozen, err := protocol.Load(protocol.Frozen(k.Files))
	if err != nil {
		t.Fatal(err)
	}
	accepted, designs := 0, map[string]bool{}
	for seed := range uint64(12) {
		records, states := play(t, k, seed, 1500)
		i := 0
		for m, err := range replay.Run(replay.Of(records), func(h journal.Head) (*session.Machine, error) { return frozen.Machine(h.Plan) }) {
			if err != nil {
				t.Fatalf("session %d: %v", seed, err)
			}
			if m.State != states[i] {
				t.Fatalf("session %d, record %d:\nreplayed %+v\nwas      %+v", seed, i+1, m.State, states[i])
			}
			for _, o := range m.Outputs {
				if o.Pump != nil && o.Pump.Answer == pumpmodel.Accepted {
					accepted++
				}
			}
			designs[m.View.Step.Design] = true
			i++
		}
		if i != len(states) {
			t.Fatalf("session %d: %d of %d moments", seed, i, len(states))
		}
	}
	if accepted < 2000 || len(designs) < 4 {
		t.Errorf("%d keys were accepted on %v: the test proves little", accepted, designs)
	}
}

// A session on a real design can be left alone in one piece or in two: a late tick of the window changes no data.
func TestTimeOnTheBuiltInDesignsIsAdditive(t *testing.T) {
	k := mustKit(t, "demo")
	rng := rand.New(rand.NewPCG(9, 9))
	for seed := range uint64(6) {
		_, states := play(t, k, seed, 600)
		p, err := plan.Make(k.Study, fmt.Sprint("P", seed), int(seed))
		if err != nil {
			t.Fatal(err)
		}
		m, err := k.Machine(p)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(states); i += 7 {
			a, b := time.Duration(rng.Int64N(int64(40*time.Second))), time.Duration(rng.Int64N(int64(400*time.Second)))
			whole, outs := m.Advance(states[i], a+b)
			half, first := m.Advance(states[i], a)
			halves, second := m.Advance(half, b)
			x, _ := journal.EncodeOutputs(outs)
			y, _ := journal.EncodeOutputs(append(first, second...))
			if whole != halves || string(x) != string(y) {
				t.Fatalf("session %d, state %d, %v + %v:\n%+v\n%+v\n%s\n%s", seed, i, a, b, whole, halves, x, y)
			}
		}
	}
}

// BenchmarkEvent is one event through machine and driver with its record, encoding included.
func BenchmarkEvent(b *testing.B) {
	k := mustKit(b, "demo")
	n := 0
	for b.Loop() {
		records, _ := play(b, k, uint64(n), 500)
		n += len(records)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/event")
}
