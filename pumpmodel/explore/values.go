package explore

import (
	"time"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// statesMax bounds a walk over an entry method, holdMax the repeats of one hold that are followed.
const (
	statesMax = 3_000_000
	holdMax   = 2_000
)

// Graph is what the keys of an entry method can reach from one state. A value counts once, however many states show it.
type Graph struct {
	Presses  map[quantity.Decimal]int // fewest presses to each reachable value
	Diameter int                      // the farthest value's presses
	Total    int                      // sum of all fewest presses; over Reachable it is the mean
	States   int                      // distinct states behind the values
	Whole    bool                     // nothing was cut off by the bound on states
}

// Reachable is the number of values, the first one included.
func (g Graph) Reachable() int { return len(g.Presses) }

// Values walks an entry method breadth first from a state. A press is a key down and up again at once; with holds, a key held
// for as long as it takes is one press too.
func Values(m entry.Method, from entry.State, holds bool) Graph {
	g := Graph{Presses: map[quantity.Decimal]int{}, Whole: true}
	depth := map[entry.State]int{from: 0}
	queue := []entry.State{from}
	keys := m.Keys()
	visit := func(s entry.State, d int) {
		if _, known := depth[s]; known {
			return
		}
		if len(queue) >= statesMax {
			g.Whole = false
			return
		}
		depth[s] = d
		queue = append(queue, s)
	}
	for i := 0; i < len(queue); i++ {
		s := queue[i]
		d := depth[s]
		g.reach(m, s, d)
		for _, key := range keys {
			down, _ := m.Press(s, key)
			up := m.Release(down, key)
			visit(up, d+1)
			if rested := rest(m, up); rested != up {
				visit(rested, d+1)
			}
			if holds {
				held(m, down, key, func(t entry.State) { visit(t, d+1) })
			}
		}
	}
	g.States = len(queue)
	return g
}

// reach notes the value of a state, unless it is one that may never be confirmed.
func (g *Graph) reach(m entry.Method, s entry.State, presses int) {
	if _, known := g.Presses[s.Value]; known || s.Fault != "" || s.Empty && presses > 0 {
		return
	}
	g.Presses[s.Value] = presses
	g.Total += presses
	g.Diameter = max(g.Diameter, presses)
}

// rest is s after enough time for everything that wears off, as a dial's speed.
func rest(m entry.Method, s entry.State) entry.State {
	if w, ok := m.Wait(s); ok && w > 0 {
		s, _ = m.Elapse(s, w)
	}
	return s
}

// held gives every state that releasing a held key can leave, until the hold changes nothing any more.
func held(m entry.Method, s entry.State, key string, visit func(entry.State)) {
	for range holdMax {
		w, ok := m.Wait(s)
		if !ok || s.Held == "" {
			return
		}
		next, _ := m.Elapse(s, max(w, time.Nanosecond))
		if next == s {
			return
		}
		s = next
		visit(m.Release(s, key))
	}
}
