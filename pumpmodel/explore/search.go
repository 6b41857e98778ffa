// Package explore provides breadth-first walks: over an entry method's values (Values), over any Machine's states (Search, Explore),
// and over millions of states by their classes (Walk), with the shortest way to whatever is looked for.
package explore

import (
	"strings"

	"pumplab/pumpmodel"
)

// Wait is a step of a walk that is no control: the pump is left alone until its next timeout. A walk takes it only if Options.Keys
// names it.
const Wait = "wait"

// Options say what to walk. The zero value walks from the start state over all keys and dials until no new state is found.
type Options struct {
	From     pumpmodel.State                               // nil: Start()
	Keys     []string                                      // steps to take, in order; nil: Controls(machine)
	Limit    int                                           // states to visit at most; 0: 100 000
	Abstract func(pumpmodel.State) any                     // states of equal (comparable) abstraction count as one; nil: the state itself
	Goal     func(pumpmodel.State, pumpmodel.Display) bool // ends the walk at the first state for which it is true; nil: never
	Outputs  func(key string, out []pumpmodel.Output) bool // ends the walk at the first step whose outputs it is true for; nil: never
}

// Result is what a walk found.
type Result struct {
	Visited  int             // distinct states
	Steps    int             // taken from them
	Frontier int             // states found but not walked from, as the limit was reached
	Complete bool            // every reachable state was walked from
	Found    bool            // a goal was met
	Path     []string        // the shortest steps to it, empty if the first state is it already
	State    pumpmodel.State // the state it was met in
}

// Controls are the steps of a machine: each key by name, each dial as NAME+ and NAME- (one detent either way). Touch areas are
// not walked.
func Controls(m pumpmodel.Machine) []string {
	var out []string
	for _, c := range m.Info().Controls {
		switch c.Kind {
		case "dial":
			out = append(out, c.Name+"+", c.Name+"-")
		case "touch", "slider":
		default:
			out = append(out, c.Name)
		}
	}
	return out
}

// Do takes one step: a key pressed and released, a dial turned by one detent, or Wait.
func Do(m pumpmodel.Machine, s pumpmodel.State, key string) (pumpmodel.State, []pumpmodel.Output) {
	if key == Wait {
		w, ok := m.Wait(s)
		if !ok {
			return s, nil
		}
		return pumpmodel.Advance(m, s, w)
	}
	if name, n, ok := detent(m, key); ok {
		return m.Step(s, pumpmodel.Event{Kind: pumpmodel.Turn, Control: name, N: n})
	}
	next, out := m.Step(s, pumpmodel.Press(key))
	if len(out) == 1 && out[0].Answer == pumpmodel.Ignored && next == s {
		return s, out // nothing is held that could be released
	}
	next, more := m.Step(next, pumpmodel.Release(key))
	return next, append(out, more...)
}

func detent(m pumpmodel.Machine, key string) (name string, n int, ok bool) {
	name, n = strings.TrimSuffix(key, "+"), 1
	if strings.HasSuffix(key, "-") {
		name, n = strings.TrimSuffix(key, "-"), -1
	}
	if name == key || name == "" {
		return "", 0, false
	}
	for _, c := range m.Info().Controls {
		if c.Name == name && c.Kind == "dial" {
			return name, n, true
		}
	}
	return "", 0, false
}

type node struct {
	state  pumpmodel.State
	parent int
	key    string
}

// Explore walks a machine's states breadth first. The machine's steps are pure, so every path it gives can be repeated.
func Explore(m pumpmodel.Machine, o Options) Result {
	w := walk{Options: o, m: m, seen: map[any]bool{}}
	if w.From == nil {
		w.From = m.Start()
	}
	if w.Keys == nil {
		w.Keys = Controls(m)
	}
	if w.Limit <= 0 {
		w.Limit = 100_000
	}
	if w.add(w.From, -1, "") {
		return w.result(0, "")
	}
	for i := 0; i < len(w.nodes); i++ {
		for _, key := range w.Keys {
			next, out := Do(m, w.nodes[i].state, key)
			w.steps++
			if w.Outputs != nil && w.Outputs(key, out) {
				r := w.result(i, key)
				r.State = next
				return r
			}
			if next != w.nodes[i].state && w.add(next, i, key) {
				return w.result(len(w.nodes)-1, "")
			}
		}
		if len(w.nodes) >= w.Limit {
			return Result{Visited: len(w.nodes), Steps: w.steps, Frontier: len(w.nodes) - i - 1, Complete: i == len(w.nodes)-1}
		}
	}
	return Result{Visited: len(w.nodes), Steps: w.steps, Complete: true}
}

type walk struct {
	Options
	m     pumpmodel.Machine
	seen  map[any]bool
	nodes []node
	steps int
}

// add takes a state up unless it is known; it reports whether the state is the goal.
func (w *walk) add(s pumpmodel.State, parent int, key string) bool {
	var id any = s
	if w.Abstract != nil {
		id = w.Abstract(s)
	}
	if w.seen[id] {
		return false
	}
	w.seen[id] = true
	w.nodes = append(w.nodes, node{s, parent, key})
	return w.Goal != nil && w.Goal(s, w.m.Show(s))
}

// result is a goal met at node i, or one step behind it.
func (w *walk) result(i int, last string) Result {
	r := Result{Visited: len(w.nodes), Steps: w.steps, Found: true, State: w.nodes[i].state}
	if last != "" {
		r.Path = []string{last}
	}
	for ; w.nodes[i].parent >= 0; i = w.nodes[i].parent {
		r.Path = append(r.Path, w.nodes[i].key)
	}
	for a, b := 0, len(r.Path)-1; a < b; a, b = a+1, b-1 {
		r.Path[a], r.Path[b] = r.Path[b], r.Path[a]
	}
	return r
}

// Search is the shortest sequence of keys from a state to one that meets goal, visiting at most limit states.
func Search(m pumpmodel.Machine, from pumpmodel.State, keys []string, limit int,
	goal func(pumpmodel.State, pumpmodel.Display) bool,
) (path []string, found bool, visited int) {
	r := Explore(m, Options{From: from, Keys: keys, Limit: limit, Goal: goal})
	return r.Path, r.Found, r.Visited
}
