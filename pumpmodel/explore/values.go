package explore

import (
	"strings"
	"time"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// statesMax bounds a walk over an entry method, typedMax one over the numbers that can be typed, holdMax the repeats of one hold
// that are followed.
const (
	statesMax = 1_000_000
	typedMax  = 400_000
	holdMax   = 2_000
)

// Graph is what the keys of an entry method can reach from one state. A value counts once, however many states show it.
type Graph struct {
	Presses  map[quantity.Decimal]int // fewest presses to each reachable value
	Diameter int                      // the farthest value's presses
	Total    int                      // sum of all fewest presses; over Reachable it is the mean
	States   int                      // distinct states behind the values, without those that show an error
	Whole    bool                     // nothing was cut off by the bound on states
}

// Reachable is the number of values, the first one included.
func (g Graph) Reachable() int { return len(g.Presses) }

// Values walks an entry method breadth first from a state. A press is a key down and up again at once; with holds, a key held
// for as long as it takes is one press too.
func Values(m entry.Method, from entry.State, holds bool) Graph {
	g := Graph{Presses: map[quantity.Decimal]int{}, Whole: true}
	if entry.Types(m) && from.Empty && from.Fault == 0 {
		g.typeAll(m, from)
		return g
	}
	depth := map[entry.State]int{from: 0}
	queue := []entry.State{from}
	keys := m.Keys()
	visit := func(s entry.State, d int) {
		if _, known := depth[s]; known || s.Fault != 0 { // out of an error leads clear or cancel: no way is shorter for it
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

// typeAll walks the numbers that can be typed. Taking back or clearing never shortens the way to one, so the walk is a tree.
func (g *Graph) typeAll(m entry.Method, from entry.State) {
	layer := []entry.State{from}
	for n := 0; len(layer) > 0; n++ {
		var next []entry.State
		for _, s := range layer {
			g.reach(m, s, n)
			for _, c := range ".0123456789" {
				t, _ := m.Press(s, string(c))
				switch {
				case t.Fault != 0 || t.Text == s.Text:
				case g.States+len(layer)+len(next) >= typedMax:
					g.Whole = false
				default:
					next = append(next, t)
				}
			}
		}
		g.States += len(layer)
		layer = next
	}
}

// Presses is the fewest presses (no holds) from a state to a value; ok is false if it cannot be reached. Where digits are typed
// into an empty or untouched field, that is typing it; elsewhere the keys are walked breadth first until the value is met.
func Presses(m entry.Method, from entry.State, v quantity.Decimal) (n int, ok bool) {
	if from.Value == v && !from.Empty {
		return 0, true
	}
	if entry.Types(m) && (from.Empty || !from.Dirty) && from.Fault == 0 {
		return typed(m, from, v)
	}
	seen := map[entry.State]bool{from: true}
	layer := []entry.State{from}
	for n = 1; len(layer) > 0 && len(seen) < statesMax; n++ {
		var next []entry.State
		for _, s := range layer {
			for _, key := range m.Keys() {
				t, _ := m.Press(s, key)
				t = m.Release(t, key)
				for _, t := range [...]entry.State{t, rest(m, t)} {
					if seen[t] || t.Fault != 0 {
						continue
					}
					if t.Value == v && !t.Empty {
						return n, true
					}
					seen[t] = true
					next = append(next, t)
				}
			}
		}
		layer = next
	}
	return 0, false
}

// typed is how many keys a number takes when it is typed, without the zero before the point if the method does without.
func typed(m entry.Method, from entry.State, v quantity.Decimal) (n int, ok bool) {
	text := v.String()
	for _, symbols := range []string{strings.TrimPrefix(text, "0."), text} {
		if symbols != text {
			symbols = "." + symbols
		}
		s := from
		for _, c := range symbols {
			s, _ = m.Press(s, string(c))
		}
		if s.Value == v && s.Fault == 0 && !s.Empty {
			return len(symbols), true
		}
	}
	return 0, false
}

// reach notes the value of a state; an emptied field shows none.
func (g *Graph) reach(m entry.Method, s entry.State, presses int) {
	if _, known := g.Presses[s.Value]; known || s.Empty && presses > 0 {
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
		if !ok || s.Held == 0 {
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
