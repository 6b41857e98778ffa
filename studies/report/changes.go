package report

import (
	"fmt"
	"slices"
	"strings"
)

// Changes is what could change the answer, in sentences.
func (r *Results) Changes() []string {
	var out []string
	if n := r.People.Simulated; n > 0 {
		who := fmt.Sprintf("%d of the %s are", n, count(r.People.Started, "participant", "participants"))
		if n == r.People.Started {
			who = "All " + count(n, "participant is", "participants are")
		}
		out = append(out, who+" simulated: they slip by a model with known parameters. Simulated people check an instrument and plan a study; they do not say how people fare.")
	}
	for _, a := range r.Answers {
		out = append(out, a.changes()...)
	}
	if s := r.disagreement(); s != "" {
		out = append(out, s)
	}
	if len(r.Answers) == 0 {
		rank := r.ranked()
		for i, told := 0, 0; i+1 < len(rank) && told < 3; i++ {
			if p, ok := r.pairOf(r.Measure, rank[i+1].Design, rank[i].Design); ok && !p.Distinct {
				told++
				out = append(out, fmt.Sprintf("%s and %s are not told apart: their difference may lie anywhere between %s and %s points (95 %%). More people would narrow it.",
					rank[i].Design, rank[i+1].Design, signed(100*p.CI.Low), signed(100*p.CI.High)))
			}
		}
	}
	if r.People.Completed < 15 {
		out = append(out, fmt.Sprintf("Only %s finished; the FDA asks for at least 15 in each group of users.", count(r.People.Completed, "person", "people")))
	}
	if r.Unfinished > 0 {
		out = append(out, fmt.Sprintf("%s never ended and were left out.", count(r.Unfinished, "task", "tasks")))
	}
	return append(out, "The weights of severity are an assumption of this program, not a law; the tasks by severity are listed so that others can be tried.")
}

// changes is what would turn one answer.
func (a Answer) changes() []string {
	if a.Note != "" {
		return nil
	}
	var out []string
	pair := a.First + " and " + a.Second
	switch {
	case a.Flips > 0 && a.Shown:
		out = append(out, fmt.Sprintf("%s: had %s gone the other way, the difference would not be shown.", pair, count(a.Flips, "task with an error", "of the tasks with an error")))
	case a.Kind == "superiority" && !a.Shown && a.Needed > 0:
		people := ""
		if a.NeedPeople > 0 {
			people = fmt.Sprintf(", about %s on the present plan", count(a.NeedPeople, "person", "people"))
		}
		out = append(out, fmt.Sprintf("%s: at the rates seen here, %d pairs of tasks%s would show the difference in four studies of five.", pair, a.Needed, people))
	case a.Kind == "superiority" && !a.Shown && a.Scale == "share":
		out = append(out, fmt.Sprintf("%s: a true difference anywhere from %s points is compatible with these data; more people would narrow it.", pair, a.span(a.CI)))
	case a.Kind == "non-inferiority" && a.Scale == "share":
		s := fmt.Sprintf("%s against %s: the verdict holds for any margin above %s points", a.First, a.Second, signed(100*a.CI.High))
		if a.Shown && !a.Strict {
			s += fmt.Sprintf(". The study file sets a one-sided α of %g; at the 0.025 that regulators ask for it would not be shown", a.Alpha)
		}
		out = append(out, s+".")
	}
	if v := a.PerPerson; v != nil && v.Shown != a.Shown {
		out = append(out, fmt.Sprintf("%s: with people instead of tasks as units (%d people, difference %s, %s interval %s, %s) the answer is the opposite one: tasks of one person are alike, and the evidence rests on how one counts.",
			pair, v.People, a.difference(v.Difference), a.levelWords(), a.span(v.CI), pValue(v.P)))
	}
	return out
}

// disagreement says where severity and plain counting prefer different designs.
func (r *Results) disagreement() string {
	if len(r.Designs) < 2 || len(r.Risk) == 0 {
		return ""
	}
	safest := slices.MinFunc(r.Risk, func(a, b Risk) int { return a.Points - b.Points })
	best := r.lowest()
	if slices.Contains(best, safest.Design) {
		return ""
	}
	return fmt.Sprintf("What is counted: weighed by severity, %s carries the least risk; by the number of %s it is %s.", safest.Design, counted(r.Measure), strings.Join(best, " and "))
}
