package report

import (
	"fmt"
	"strings"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

// peopleSection is the flow of people.
func (r *Results) peopleSection(p *pages) document.Section {
	out := p.draw(r.flowFigure(), true)
	if r.People.Simulated > 0 {
		out = append(out, document.Para(fmt.Sprintf("%s simulated.", count(r.People.Simulated, "of the participants is", "of the participants are"))))
	}
	if n := r.People.LeftOut; n > 0 {
		out = append(out, document.Para(fmt.Sprintf("%s in the database and left out: they tried the study out before real people came.", count(n, "simulated participant is", "simulated participants are"))))
	}
	return document.Section{ID: "people", Title: "People", Blocks: out}
}

// deviationSection lists what did not go as planned.
func (r *Results) deviationSection() document.Section {
	s := document.Section{ID: "deviations", Title: "Deviations from the plan"}
	if len(r.Deviations) == 0 {
		s.Blocks = one(document.Para("None: every session went to its end, no task was skipped, nobody was helped and every task was completed."))
		return s
	}
	t := document.Table{Caption: "What did not go as planned", Head: []string{"what", "where", "times"}, Lead: 1, Notes: []string{"Each place can be replayed: pumplab replay STUDY SESSION --at SECONDS."}}
	for _, d := range r.Deviations {
		t.Rows = append(t.Rows, []string{d.What, some(d.Where, 4), fmt.Sprint(d.Count)})
	}
	s.Blocks = one(t)
	return s
}

// some lists the first few of a list and says how many more there are.
func some(list []string, n int) string {
	if len(list) <= n {
		return strings.Join(list, "; ")
	}
	return strings.Join(list[:n], "; ") + "; and others, listed in results.json"
}

func (r *Results) flowFigure() figure {
	f := r.People
	tasks := r.Totals.Tasks
	lines := func(of ...string) (out []string) {
		for i := 0; i < len(of); i += 2 {
			if of[i] != "0" {
				out = append(out, of[i]+" "+of[i+1])
			}
		}
		return out
	}
	num := func(n int) string { return fmt.Sprint(n) }
	var analysed []string
	for _, d := range r.Designs {
		analysed = append(analysed, fmt.Sprintf("%s: %s, %s", d.Design, count(d.People, "person", "people"), count(d.Tasks, "task", "tasks")))
	}
	meets := "by plan each person meets every design"
	if len(r.Designs) == 1 {
		meets = "one design"
	}
	flow := plots.Flow{Stages: []plots.Stage{
		{Lines: []string{count(f.Planned, "person", "people") + " planned"}, Count: f.Planned, Left: lines(num(max(0, f.Planned-f.Started)), "not begun")},
		{
			Lines: []string{count(f.Started, "session", "sessions") + " begun", meets}, Count: f.Started,
			Left: lines(num(f.Stopped), "stopped early", num(f.Open), "not ended", num(f.Resumed), "resumed (kept)"),
		},
		{Lines: []string{count(f.Completed, "session", "sessions") + " completed"}, Count: f.Completed, Left: lines(num(r.Practice), "practice tasks left out", num(r.Unfinished), "unfinished tasks left out", num(r.Unjudged), "tasks without an outcome left out")},
		{Lines: append([]string{count(tasks, "measured task", "measured tasks") + " analysed"}, analysed...), Count: tasks},
	}}
	alt := fmt.Sprintf("Flow of people: %d planned, %d begun, %d completed, %d stopped early, %d not ended; %d measured tasks analysed.", f.Planned, f.Started, f.Completed, f.Stopped, f.Open, tasks)
	return figure{"flow", flow, alt, fmt.Sprintf("Flow of people and tasks: %d of %d planned people completed the study. Tasks of sessions that ended early count as far as they were done.", f.Completed, f.Planned)}
}
