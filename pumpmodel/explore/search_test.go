package explore_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/explore"
)

// counter is a machine of two keys and a dial that counts to top and falls back to 0 when left alone.
type counterState struct {
	N    int
	Seen int // rises with every key: abstraction must be able to hide it
}

func counter(top int, remembers bool) pumpmodel.Machine {
	change := func(s counterState, by int) counterState {
		s.N = max(0, min(top, s.N+by))
		if remembers {
			s.Seen++
		}
		return s
	}
	return pumpmodel.New(pumpmodel.Spec[counterState]{
		Info: func() pumpmodel.Info {
			return pumpmodel.Info{Name: "counter", Controls: []pumpmodel.Control{
				{Name: "one", Kind: "key"}, {Name: "ten"}, {Name: "knob", Kind: "dial"}, {Name: "glass", Kind: "touch"},
			}}
		},
		Start: func() counterState { return counterState{} },
		Step: func(s counterState, e pumpmodel.Event) (counterState, []pumpmodel.Output) {
			switch {
			case e.Kind == pumpmodel.Down && e.Control == "one":
				s = change(s, 1)
			case e.Kind == pumpmodel.Down && e.Control == "ten":
				s = change(s, 10)
			case e.Kind == pumpmodel.Turn && e.Control == "knob":
				s = change(s, -e.N)
			case e.Kind == pumpmodel.Elapse:
				return counterState{}, nil
			}
			if s.N == top {
				return s, []pumpmodel.Output{{Kind: pumpmodel.InfusionStarted}}
			}
			return s, nil
		},
		Wait: func(s counterState) (time.Duration, bool) { return time.Minute, s.N > 0 },
		Show: func(s counterState) pumpmodel.Display { return pumpmodel.Display{Screen: strconv.Itoa(s.N)} },
	})
}

func showing(screen string) func(pumpmodel.State, pumpmodel.Display) bool {
	return func(_ pumpmodel.State, d pumpmodel.Display) bool { return d.Screen == screen }
}

func TestSearchFindsTheShortestWay(t *testing.T) {
	m := counter(100, false)
	path, found, visited := explore.Search(m, m.Start(), []string{"one", "ten"}, 1000, showing("23"))
	if !found || len(path) != 5 || visited == 0 {
		t.Errorf("path %v, found %v, visited %d; want five steps", path, found, visited)
	}
	s := m.Start()
	for _, key := range path {
		s, _ = explore.Do(m, s, key)
	}
	if got := m.Show(s).Screen; got != "23" {
		t.Errorf("the path leads to %s", got)
	}
	if path, found, _ := explore.Search(m, m.Start(), nil, 0, showing("0")); !found || len(path) != 0 {
		t.Errorf("the start is the goal, but path %v, found %v", path, found)
	}
}

func TestDialAndWaitAreSteps(t *testing.T) {
	m := counter(100, false)
	if got := explore.Controls(m); !slices.Equal(got, []string{"one", "ten", "knob+", "knob-"}) {
		t.Errorf("controls %v", got)
	}
	path, found, _ := explore.Search(m, m.Start(), nil, 0, showing("9"))
	if !found || len(path) != 2 {
		t.Errorf("9 is ten and back: path %v, found %v", path, found)
	}
	s, _ := explore.Do(m, m.Start(), "ten")
	path, found, _ = explore.Search(m, s, []string{explore.Wait, "one"}, 0, showing("0"))
	if !found || !slices.Equal(path, []string{explore.Wait}) {
		t.Errorf("path %v, found %v", path, found)
	}
}

func TestExploreSaysWhetherItSawEverything(t *testing.T) {
	m := counter(100, false)
	if r := explore.Explore(m, explore.Options{}); !r.Complete || r.Visited != 101 || r.Frontier != 0 || r.Found {
		t.Errorf("whole walk: %+v", r)
	}
	if r := explore.Explore(m, explore.Options{Limit: 20}); r.Complete || r.Frontier == 0 || r.Visited < 20 {
		t.Errorf("cut walk: %+v", r)
	}
	if _, found, _ := explore.Search(m, nil, nil, 20, showing("99")); found {
		t.Error("found beyond the limit")
	}
}

func TestAbstractionJoinsStates(t *testing.T) {
	m := counter(50, true) // Seen grows for ever
	r := explore.Explore(m, explore.Options{Abstract: func(s pumpmodel.State) any { return s.(counterState).N }})
	if !r.Complete || r.Visited != 51 {
		t.Errorf("%+v", r)
	}
}

func TestOutputsAreAGoalToo(t *testing.T) {
	m := counter(30, false)
	r := explore.Explore(m, explore.Options{Outputs: func(_ string, out []pumpmodel.Output) bool {
		return slices.ContainsFunc(out, func(o pumpmodel.Output) bool { return o.Kind == pumpmodel.InfusionStarted })
	}})
	if !r.Found || len(r.Path) != 3 || m.Show(r.State).Screen != "30" {
		t.Errorf("%+v", r)
	}
}
