package engine_test

import (
	"reflect"
	"sync"
	"testing"

	"pumplab/pumpmodel"
)

// The goal of the engine: a key that edits a number costs one allocation, the box of the new state.
func TestAStepAllocatesItsStateAndNothingElse(t *testing.T) {
	for _, name := range shipped {
		m := mustMachine(t, name)
		s, _ := press(m, m.Start(), toDose[name]...)
		k, i := number[name], 0
		got := testing.AllocsPerRun(200, func() {
			s, _ = m.Step(s, pumpmodel.Press(k[i%2]))
			s, _ = m.Step(s, pumpmodel.Release(k[i%2]))
			i++
		})
		if got != 2 {
			t.Errorf("%s: a press and a release made %v allocations, not 2", name, got)
		}
	}
}

// Two goroutines on one machine, and one that appends to what it was given: each gets what it would get alone.
func TestOutputsAreTheSameWhoeverAsks(t *testing.T) {
	alone := mustMachine(t, "chevron-form")
	walk := func(m pumpmodel.Machine) (all [][]pumpmodel.Output) {
		s, _ := press(m, m.Start(), toDose["chevron-form"]...)
		for i := range 3000 {
			var out []pumpmodel.Output
			s, out = m.Step(s, pumpmodel.Press([]string{"up", "UP", "dn", "up"}[i%4]))
			all = append(all, out[:len(out):len(out)])
			_ = append(out, pumpmodel.Output{Kind: "mine"})
		}
		return all
	}
	want, shared := walk(alone), mustMachine(t, "chevron-form")
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			if !reflect.DeepEqual(walk(shared), want) {
				t.Error("the outputs differ from those of a machine of one's own")
			}
		})
	}
	wait.Wait()
}
