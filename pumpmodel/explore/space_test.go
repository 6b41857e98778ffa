package explore_test

import (
	"slices"
	"testing"

	"pumplab/pumpmodel/explore"
)

// tally counts up to nine; Keys are those that were used, as bits.
type tally struct{ N, Keys int }

// numbers is a space of tallies: one counts by one, two by two. A walk ends at a step to goal that key two was never used for.
func numbers(goal int, unpacked *int) explore.Space[tally, int] {
	return explore.Space[tally, int]{
		Pack:   func(s *tally) (int, int32) { return s.N, int32(s.Keys) },
		Unpack: func(n int, keys int32) tally { *unpacked++; return tally{n, int(keys)} },
		Covers: func(kept, found int32) bool { return kept&^found == 0 },
		Steps: func(from *tally, take func(explore.Taken[tally]) bool) {
			for i, key := range []string{"one", "two"} {
				to := tally{min(from.N+i+1, 9), from.Keys | 1<<i}
				step := explore.Taken[tally]{Key: key, To: &to, Goal: to.N == goal && to.Keys&2 == 0}
				if to.N == from.N {
					step = explore.Taken[tally]{Key: key}
				}
				if !take(step) {
					return
				}
			}
		},
	}
}

// Every number from 1 on is met by key one alone, every even one and 9 by key two alone, every one from 3 on by both: by then the even
// ones from 4 to 8 were met by one key alone, which covers it.
func TestAWalkLeavesOutWhatAnotherStateStandsFor(t *testing.T) {
	n := 0
	all := numbers(-1, &n)
	all.Covers = func(int32, int32) bool { return false }
	if r := explore.Walk(all, 100); !r.Complete || r.Visited != 1+9+5+7 {
		t.Errorf("without covering %+v", r)
	}
	n = 0
	if r := explore.Walk(numbers(-1, &n), 100); !r.Complete || r.Found || r.Visited != 22-3 || n != r.Visited {
		t.Errorf("%+v, %d walked from", r, n)
	}
}

// The goal is met by the past that was kept, in the fewest steps.
func TestAWalkTellsTheShortestWayToItsGoal(t *testing.T) {
	n := 0
	r := explore.Walk(numbers(4, &n), 100)
	if !r.Found || !slices.Equal(r.Path, []string{"one", "one", "one", "one"}) {
		t.Errorf("%+v", r)
	}
}

func TestAWalkOverASpaceSaysThatItWasCut(t *testing.T) {
	n := 0
	if r := explore.Walk(numbers(-1, &n), 5); r.Complete || r.Found || r.Frontier == 0 {
		t.Errorf("%+v", r)
	}
}
