package explore

import (
	"slices"
	"strings"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// Slips are what single slips on the way to a number come to, as counts: each key of the shortest way left out, pressed twice, changed
// for one beside it, or exchanged with the next. Right and Blocked end with the number meant, or with none that can be confirmed;
// the others end with a wrong number, and OutByTen of those with one at least ten times too large or too small.
type Slips struct{ All, Right, Wrong, OutByTen, Blocked int }

// Path is a shortest sequence of presses (no holds) from a state to a value: typed from left to right where digits are typed, else
// found breadth first. ok is false if the value cannot be reached.
func Path(m entry.Method, from entry.State, v quantity.Decimal) (path []string, ok bool) {
	if entry.Types(m) {
		path = strings.Split(v.String(), "")
		got, _, _ := m.Value(play(m, from, path))
		return path, got == v
	}
	type step struct {
		state  entry.State
		parent int
		key    string
	}
	steps := []step{{from, -1, ""}}
	seen := map[entry.State]bool{from: true}
	for i := 0; i < len(steps) && len(steps) < statesMax; i++ {
		if s := steps[i].state; s.Value == v && !s.Empty {
			for ; steps[i].parent >= 0; i = steps[i].parent {
				path = append(path, steps[i].key)
			}
			slices.Reverse(path)
			return path, true
		}
		for _, key := range m.Keys() {
			next := play(m, steps[i].state, []string{key})
			if next.Fault == 0 && !seen[next] {
				seen[next] = true
				steps = append(steps, step{next, i, key})
			}
		}
	}
	return nil, false
}

// play presses keys one after the other, slowly.
func play(m entry.Method, s entry.State, keys []string) entry.State {
	for _, key := range keys {
		s, _ = m.Press(s, key)
		s = rest(m, m.Release(s, key))
	}
	return s
}

// SlipsOn are what the single slips on a path to v come to. Beside says which keys a finger may hit for a key; nil means every other
// key of the method.
func SlipsOn(m entry.Method, from entry.State, v quantity.Decimal, path []string, beside func(key string) []string) Slips {
	if beside == nil {
		beside = func(key string) []string {
			return slices.DeleteFunc(m.Keys(), func(k string) bool { return k == key })
		}
	}
	var out Slips
	for i, key := range path {
		before, after := path[:i:i], path[i+1:]
		ways := [][]string{nil, {key, key}}
		for _, other := range beside(key) {
			ways = append(ways, []string{other})
		}
		if i+1 < len(path) && path[i+1] != key {
			ways = append(ways, []string{path[i+1], key})
		}
		for n, way := range ways {
			rest := after
			if n == len(ways)-1 && len(way) == 2 && n > 1 {
				rest = after[1:] // the next key has been pressed already
			}
			out.add(m, play(m, from, slices.Concat(before, way, rest)), v)
		}
	}
	return out
}

// add counts where one slip ended.
func (s *Slips) add(m entry.Method, end entry.State, meant quantity.Decimal) {
	s.All++
	got, ok, _ := m.Value(end)
	switch {
	case !ok:
		s.Blocked++
	case got == meant:
		s.Right++
	default:
		s.Wrong++
		if got >= 10*meant || 10*got <= meant {
			s.OutByTen++
		}
	}
}
