package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pumplab/studies"
)

// Finding is a pattern of errors: one design, one field, one class of wrong number.
type Finding struct {
	Number   int    `json:"number"`
	Design   string `json:"design"`
	Field    string `json:"field"` // empty: not known, put right before the pump checked it
	Class    string `json:"class"`
	Tasks    int    `json:"tasks"`
	People   int    `json:"people"`
	Wrong    int    `json:"ended_wrong"`
	Caught   int    `json:"caught_or_corrected"`
	Critical int    `json:"critical_tasks"`
	Points   int    `json:"severity_points"`
	Worst    Num    `json:"worst_fold"` // of what ran against what was ordered; null if nothing ran wrong
	Example  Place  `json:"example"`    // the gravest of them
}

// Place is where to look in a replay.
type Place struct {
	Session string `json:"session"`
	Step    int    `json:"step"`
	Task    string `json:"task"`
	Seconds Num    `json:"seconds"` // since the session's start, when the task ended
}

func (p Place) String() string {
	return fmt.Sprintf("%s, step %d (%s), at %s s", p.Session, p.Step, p.Task, fixed(p.Seconds, 1))
}

func placeOf(t studies.TaskRow) Place {
	return Place{t.Session, t.Step, t.Task, Num(t.Ended.Seconds())}
}

// find groups the tasks in which something was wrong, the gravest pattern first.
func (r *Results) find(rows []studies.TaskRow, alerts []studies.AlertRow, by *checker) {
	type where struct {
		session string
		step    int
	}
	alerted := map[where]string{} // field of the first wrong value that raised an alert
	for _, a := range alerts {
		if w := (where{a.Session, a.Step}); a.Wrong && alerted[w] == "" {
			alerted[w] = a.Field
		}
	}
	type pattern struct{ design, field, class string }
	at := map[pattern]int{}
	who := map[pattern]map[string]bool{}
	gravest := map[pattern]float64{}
	for _, t := range rows {
		if t.NumberClass == "" && !t.Outcome.Error() {
			continue
		}
		d := deviation(t)
		p := pattern{t.Design, alerted[where{t.Session, t.Step}], t.NumberClass}
		if p.field == "" {
			p.field = d.field
		}
		if p.class == "" {
			switch p.class = string(t.Outcome); p.field {
			case "drug", "area", "concentration":
				p.class = "wrong choice"
			}
		}
		i, seen := at[p]
		if !seen {
			i = len(r.Findings)
			at[p], who[p], gravest[p] = i, map[string]bool{}, -1
			r.Findings = append(r.Findings, Finding{Design: p.design, Field: p.field, Class: p.class, Worst: Num(math.NaN())})
		}
		f := &r.Findings[i]
		f.Tasks++
		who[p][t.Participant] = true
		f.People, f.Points = len(who[p]), f.Points+by.points(t)
		if t.Outcome.Error() {
			f.Wrong++
		} else {
			f.Caught++
		}
		if t.Critical {
			f.Critical++
		}
		if running(t) && !(float64(f.Worst) >= d.fold) {
			f.Worst = Num(d.fold)
		}
		if g := float64(by.points(t)) + d.fold/1e6; g > gravest[p] {
			gravest[p], f.Example = g, placeOf(t)
		}
	}
	slices.SortFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(b.Tasks, a.Tasks), cmp.Compare(a.Design, b.Design), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Class, b.Class))
	})
	for i := range r.Findings {
		r.Findings[i].Number = i + 1
	}
}

// Deviation is a way in which the study did not go as planned.
type Deviation struct {
	What  string   `json:"what"`
	Count int      `json:"count"`
	Where []string `json:"where"`
}

// poorTiming is the deviation that key times hang on.
const poorTiming = "sessions whose key times are poor"

// clockChanges is the deviation that times hang on.
const clockChanges = "times the computer slept, or its clock or time zone changed, in mid-session"

// deviate lists what did not go as planned.
func (r *Results) deviate(in Input, rows []studies.TaskRow) {
	add := func(what string, where []string) {
		if len(where) > 0 {
			r.Deviations = append(r.Deviations, Deviation{What: what, Count: len(where), Where: where})
		}
	}
	sessions := func(of func(Session) bool) (out []string) {
		for _, s := range in.Sessions {
			if of(s) {
				out = append(out, s.ID)
			}
		}
		return out
	}
	add("sessions stopped early", sessions(func(s Session) bool { return s.Ended != "" && s.Ended != "complete" }))
	add("sessions not ended", sessions(func(s Session) bool { return s.Ended == "" }))
	add("sessions resumed after the program had ended", sessions(func(s Session) bool { return s.Resumed }))
	add(poorTiming, in.Poor)
	add(clockChanges, in.Clock)
	var skipped, helped, timed []string
	why := map[string][]string{}
	for _, t := range in.Unjudged {
		why[string(t.Outcome)] = append(why[string(t.Outcome)], placeOf(t).String())
	}
	for _, reason := range []string{"skipped", "stopped", "interrupted"} {
		add("tasks without an outcome: "+reason, why[reason])
		delete(why, reason)
	}
	for _, list := range why {
		skipped = append(skipped, list...)
	}
	slices.Sort(skipped)
	add("tasks without an outcome for another reason", skipped)
	for _, t := range rows {
		if t.Assisted {
			helped = append(helped, placeOf(t).String())
		}
		if t.Outcome == studies.NotCompleted {
			timed = append(timed, placeOf(t).String())
		}
	}
	add("measured tasks in which the experimenter helped", helped)
	add("measured tasks not completed (time over, or given up)", timed)
}
