package session

import (
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
)

// Right reports whether a task has come to its right end, given what the pump of that hardware profile runs. An order within the
// limits, or beyond a soft one, is right when the pump runs exactly what it says (a soft limit is then overridden with intent). An
// order beyond a hard limit cannot be carried out and must not be carried out otherwise: it is right when nothing runs.
func Right(task *studies.Task, r order.Running, profile string) bool {
	if task.Beyond == "hard" || !r.All(task.Order) {
		return task.Beyond == "hard" && !r.Runs && !r.RunsSecond
	}
	pump, err := quantity.PumpNamed(profile)
	if err != nil {
		pump = quantity.LargeVolume
	}
	return len(r.Deviates(task.Order, pump)) == 0
}

// running is what the pump runs of the task's order.
func (s *State) running() order.Running {
	return order.Running{Programme: s.Programme, Second: s.Second, Runs: s.Runs, RunsSecond: s.SecondRun}
}

func (s *State) runs(r order.Running) {
	s.Programme, s.Second, s.Runs, s.SecondRun = r.Programme, r.Second, r.Runs, r.RunsSecond
}
