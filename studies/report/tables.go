package report

import (
	"fmt"
	"slices"
	"sort"

	"pumplab/analysis/document"
)

func (r *Results) errorTable() document.Table {
	t := document.Table{
		Caption: "Tasks that ended wrong, by design and condition", Head: []string{"design", "condition", "wrong", "tasks", "share", "95 % Wilson", "out by ten"}, Lead: 1,
		Notes: []string{"A task ended wrong if the pump was left running with another programme than ordered, a soft limit was overridden with a wrong value, the drug library was bypassed, or the task was not completed.", "Out by ten: tasks in which a number was entered ten times too large or too small or more, whether or not it was caught."},
	}
	line := func(c Cell, condition string) {
		t.Rows = append(t.Rows, []string{c.Design, condition, fmt.Sprint(c.Errors.K), fmt.Sprint(c.Errors.N), percent(c.Errors.Estimate), percents(c.Errors.CI), fmt.Sprint(c.OutByTen)})
	}
	for _, d := range r.Designs {
		n := 0
		for _, c := range r.Cells {
			if c.Design == d.Design {
				line(c, c.Condition)
				n++
			}
		}
		if n > 1 {
			line(d, "all")
		}
	}
	return t
}

func (r *Results) pairTable() document.Table {
	t := document.Table{
		Caption: "Designs compared on the same people, tasks and conditions",
		Head:    []string{"pair", "only first wrong", "only second wrong", "difference", "95 % Newcombe", "exact p", "Holm"},
		Notes:   []string{"Difference of the shares that ended wrong, first minus second, in percentage points. p by McNemar's exact test, two-sided, and after Holm's adjustment over the pairs."},
	}
	for _, p := range r.Pairs {
		t.Rows = append(t.Rows, []string{
			p.First + " – " + p.Second, fmt.Sprint(p.FirstOnly), fmt.Sprint(p.SecondOnly), signed(100 * float64(p.Difference)),
			signed(100*p.CI.Low) + " to " + signed(100*p.CI.High), pCell(p.P), pCell(p.PHolm),
		})
	}
	return t
}

func (r *Results) omnibusText() string {
	o := r.Omnibus
	if o.Note != "" {
		return "Over all designs at once: " + o.Note + "."
	}
	return fmt.Sprintf("Over all designs at once, Cochran's Q = %s with %d degrees of freedom (%s, %d units of one person, task and condition).",
		fixed(o.Q, 2), o.DF, pValue(o.P), o.N)
}

func (r *Results) modelTable() document.Table {
	t := document.Table{
		Caption: "Odds of ending wrong, mixed logistic model " + r.Model.Formula, Head: []string{"contrast", "odds ratio", "95 %, simultaneous", "p (Holm)"},
		Notes: []string{r.Model.Status},
	}
	for _, c := range r.Model.Ratios {
		t.Rows = append(t.Rows, []string{c.Name, fixed(c.Ratio, 2), span(c.CI, 2), pCell(c.P)})
	}
	for _, s := range r.Model.SDs {
		t.Notes = append(t.Notes, fmt.Sprintf("Standard deviation between %ss: %s on the logit scale.", s.Group, fixed(s.SD, 2)))
	}
	return t
}

func (r *Results) ladderTable() document.Table {
	t := document.Table{Caption: "Outcomes by design", Head: []string{"outcome"}}
	for _, d := range r.Designs {
		t.Head = append(t.Head, d.Design)
	}
	for _, l := range ladder {
		row := []string{string(l.outcome)}
		any := false
		for _, d := range r.Designs {
			n := d.Ladder[string(l.outcome)]
			any = any || n > 0
			row = append(row, fmt.Sprint(n))
		}
		if any {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// classTable lists the classes of wrong numbers, the most frequent first; ok is false if no number was wrong.
func (r *Results) classTable() (document.Table, bool) {
	total := map[string]int{}
	for _, d := range r.Designs {
		for class, n := range d.Classes {
			total[class] += n
		}
	}
	var classes []string
	for c := range total {
		classes = append(classes, c)
	}
	sort.Strings(classes)
	slices.SortStableFunc(classes, func(a, b string) int { return total[b] - total[a] })
	t := document.Table{Caption: "First wrong number of a task, by class", Head: []string{"class"}, Notes: []string{"Class by the first rule that fits: another field's value, decimal point, zeros, doubled, transposed, adjacent key, wrong, omitted or inserted digit, other."}}
	for _, d := range r.Designs {
		t.Head = append(t.Head, d.Design)
	}
	for _, c := range classes {
		row := []string{c}
		for _, d := range r.Designs {
			row = append(row, fmt.Sprint(d.Classes[c]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, len(classes) > 0
}

func (r *Results) effortTable() document.Table {
	t := document.Table{
		Caption: "Time and keys by design", Head: []string{"design", "seconds", "95 % interval", "presses", "over shortest path", "corrections", "refused keys"},
		Notes: []string{"Seconds: geometric mean of each person's geometric mean, Student's interval between people. Presses a task: mean over people. Corrections and refused keys: sums."},
	}
	for _, d := range r.Designs {
		t.Rows = append(t.Rows, []string{
			d.Design, fixed(d.Seconds.Estimate, 1), span(d.Seconds.CI, 1), fixed(d.Presses.Estimate, 1),
			fixed(d.Excess.Estimate, 1), fmt.Sprint(d.Corrections), fmt.Sprint(d.Ignored),
		})
	}
	return t
}

func (r *Results) alertTable() document.Table {
	t := document.Table{
		Caption: "Limit alerts in measured tasks", Head: []string{"design", "limit alerts", "per 100 tasks", "soft", "hard", "over-ridden", "of these wrong", "good catches", "nuisance", "median s"},
		Notes: []string{"Good catch: a wrong entry that was changed after the alert. Nuisance: an alert on the value that was ordered, as orders beyond a limit on purpose must raise. Median seconds from alert to answer. Advisories are not limit alerts and are not counted here."},
	}
	for _, a := range r.AlertUse {
		t.Rows = append(t.Rows, []string{
			a.Design, fmt.Sprint(a.Shown), fixed(a.PerHundred, 1), fmt.Sprint(a.Soft), fmt.Sprint(a.Hard), fmt.Sprint(a.Overridden),
			fmt.Sprint(a.Wrongly), fmt.Sprint(a.GoodCatch), fmt.Sprint(a.Nuisance), fixed(a.Seconds, 1),
		})
	}
	return t
}

func (r *Results) distractionSection() document.Section {
	t := document.Table{
		Caption: "Interruptions and getting back to work", Head: []string{"design", "condition", "interruptions", "resumption lag, s", "95 % interval", "ended wrong"}, Lead: 1,
		Notes: []string{"Resumption lag: from the end of an interruption to the next key of the task; geometric mean over people."},
	}
	for _, c := range r.Cells {
		t.Rows = append(t.Rows, []string{c.Design, c.Condition, fmt.Sprint(c.Interrupted), fixed(c.Resumption.Estimate, 2), span(c.Resumption.CI, 2), percent(c.Errors.Estimate)})
	}
	return document.Section{ID: "distraction", Title: "Distraction", Blocks: []document.Block{t}}
}

func (r *Results) workloadTable() document.Table {
	t := document.Table{Caption: "Questionnaires by design", Head: []string{"questionnaire", "design", "people", "mean", "95 % interval", "incomplete"}, Lead: 1, Notes: []string{"A questionnaire with an unanswered item has no score and is counted as incomplete; nothing is imputed."}}
	for _, w := range r.Workload {
		t.Rows = append(t.Rows, []string{w.Instrument, w.Design, fmt.Sprint(w.Score.N), fixed(w.Score.Estimate, 1), span(w.Score.CI, 1), fmt.Sprint(w.Missing)})
	}
	return t
}
