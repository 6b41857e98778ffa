package cli

import (
	"slices"

	"pumplab/studies"
	"pumplab/studies/outcome"
	"pumplab/studies/sqlite"
)

// onlyPeople leaves out what simulated people did once a real person has completed a session: simulated people try a study out, they are
// no data of it. left is how many of their sessions were left out.
func onlyPeople(sessions []sqlite.SessionInfo, all outcome.Result) (people []sqlite.SessionInfo, theirs outcome.Result, left int) {
	done := func(s sqlite.SessionInfo) bool { return !s.Simulated && s.Status == "complete" }
	if !slices.ContainsFunc(sessions, done) {
		return sessions, all, 0
	}
	simulated := map[string]bool{}
	for _, s := range sessions {
		if s.Simulated {
			simulated[s.ID] = true
			left++
			continue
		}
		people = append(people, s)
	}
	tasks := func(rows []studies.TaskRow) []studies.TaskRow {
		return slices.DeleteFunc(slices.Clone(rows), func(t studies.TaskRow) bool { return simulated[t.Session] })
	}
	theirs = outcome.Result{
		Tasks: tasks(all.Tasks), Unjudged: tasks(all.Unjudged),
		Alerts:  slices.DeleteFunc(slices.Clone(all.Alerts), func(a studies.AlertRow) bool { return simulated[a.Session] }),
		Ratings: slices.DeleteFunc(slices.Clone(all.Ratings), func(r studies.RatingRow) bool { return simulated[r.Session] }),
	}
	return people, theirs, left
}
