package session

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
)

// Right reports whether a task has come to its right end, given what the pump of that hardware profile runs. An order within the
// limits, or beyond a soft one, is right when the pump runs exactly what it says (a soft limit is then overridden with intent). An
// order beyond a hard limit cannot be carried out and must not be carried out otherwise: it is right when nothing runs.
func Right(task *studies.Task, p pumpmodel.Programme, runs bool, profile string) bool {
	if task.Beyond == "hard" || !runs {
		return task.Beyond == "hard" && !runs
	}
	pump, err := quantity.PumpNamed(profile)
	if err != nil {
		pump = quantity.LargeVolume
	}
	return len(order.MatchesOn(task.Order, p, pump)) == 0
}
