package explore

import "slices"

// Space is what a proof walks: states of type S by their steps, each kept as a small key K and a number of what is remembered of its
// past, so that millions of them fit into memory.
type Space[S any, K comparable] struct {
	Start  S
	Pack   func(*S) (key K, past int32)            // states of equal key and past count as one
	Unpack func(key K, past int32) S               // the state that stands for all of them
	Covers func(kept, found int32) bool            // whatever can go wrong after past found can go wrong after past kept, in states of one key
	Steps  func(from *S, take func(Taken[S]) bool) // every step, until take is false
}

// Taken is one step: its name, where it leads, and whether it is what the walk looks for.
type Taken[S any] struct {
	Key  string
	To   *S // nil: nothing changed
	Goal bool
}

// Walk walks a space breadth first, over limit states at most, until a step is a goal. A state is not walked from if one that covers
// it was found before.
func Walk[S any, K comparable](sp Space[S, K], limit int) Result {
	w := spaceWalk[S, K]{Space: sp, last: map[K]int32{}}
	w.add(&sp.Start, -1, "")
	for i := 0; i < len(w.nodes); i++ {
		from := sp.Unpack(w.nodes[i].key, w.nodes[i].past)
		goal := ""
		sp.Steps(&from, func(t Taken[S]) bool {
			w.steps++
			switch {
			case t.Goal:
				goal = t.Key
			case t.To != nil:
				w.add(t.To, int32(i), t.Key)
			}
			return goal == ""
		})
		if goal != "" {
			return Result{Visited: len(w.nodes), Steps: w.steps, Found: true, Path: w.path(int32(i), goal)}
		}
		if len(w.nodes) >= limit {
			return Result{Visited: len(w.nodes), Steps: w.steps, Frontier: len(w.nodes) - i - 1, Complete: i == len(w.nodes)-1}
		}
	}
	return Result{Visited: len(w.nodes), Steps: w.steps, Complete: true}
}

type spaceNode[K comparable] struct {
	key    K
	past   int32
	parent int32
	same   int32 // another node of the same key, plus one; 0 none
	step   string
}

type spaceWalk[S any, K comparable] struct {
	Space[S, K]
	last  map[K]int32 // the latest node of a key
	nodes []spaceNode[K]
	steps int
}

// add takes a state up unless one that covers it is known.
func (w *spaceWalk[S, K]) add(s *S, parent int32, step string) {
	key, past := w.Pack(s)
	n := spaceNode[K]{key: key, past: past, parent: parent, step: step}
	if last, known := w.last[key]; known {
		for i := last + 1; i > 0; i = w.nodes[i-1].same {
			if kept := w.nodes[i-1].past; kept == past || w.Covers(kept, past) {
				return
			}
		}
		n.same = last + 1
	}
	w.last[key] = int32(len(w.nodes))
	w.nodes = append(w.nodes, n)
}

// path is the way to a step from node i.
func (w *spaceWalk[S, K]) path(i int32, last string) []string {
	out := []string{last}
	for ; w.nodes[i].parent >= 0; i = w.nodes[i].parent {
		out = append(out, w.nodes[i].step)
	}
	slices.Reverse(out)
	return out
}
