package report

import (
	"fmt"
	"slices"
	"sort"

	"pumplab/analysis/document"
)

func (r *Results) errorTable() document.Table {
	t := document.Table{
		Caption: "Tasks that ended wrong, by design and condition", Head: []string{"design", "condition", "wrong", "tasks", "share", "95 % interval", "design effect", "out by ten"}, Lead: 1,
		Notes: []string{"A task ended wrong if the pump was left running with another programme than ordered, a soft limit was overridden with a wrong value, the drug library was bypassed, or the task was not completed.", "Intervals are Wilson's with the number of tasks divided by the design effect: above 1 where the tasks of one person are alike.", "Out by ten: tasks in which a number was entered ten times too large or too small or more, whether or not it was caught."},
	}
	line := func(c Cell, condition string) {
		t.Rows = append(t.Rows, []string{c.Design, condition, fmt.Sprint(c.Errors.K), fmt.Sprint(c.Errors.N), percent(c.Errors.Estimate), percents(c.Errors.CI), fixed(c.Errors.Effect, 2), fmt.Sprint(c.OutByTen)})
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

func (r *Results) pairTable(caption string, pairs []Pair) document.Table {
	t := document.Table{
		Caption: caption, Head: []string{"pair", "only first", "only second", "difference", "95 % Newcombe", "95 % Tango", "exact p", "Holm"}, Tight: true,
		Notes: []string{"Difference of the shares, first minus second, in percentage points. p by McNemar's exact test, two-sided, and after Holm's adjustment over the pairs."},
	}
	t.Notes = append(t.Notes, r.leftOut(len(pairs))...)
	for _, p := range r.shownPairs(pairs) {
		t.Rows = append(t.Rows, []string{
			p.First + " – " + p.Second, fmt.Sprint(p.FirstOnly), fmt.Sprint(p.SecondOnly), signed(100 * float64(p.Difference)),
			pointSpan(p.CI.Low, p.CI.High), pointSpan(p.Tango.Low, p.Tango.High), pCell(p.P), pCell(p.PHolm),
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

// classes are the classes of wrong numbers, the most frequent first, with their numbers.
func (r *Results) classes() ([]string, map[string]int) {
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
	return classes, total
}

// classTable lists the classes of wrong numbers; ok is false if no number was wrong.
func (r *Results) classTable() (document.Table, bool) {
	classes, _ := r.classes()
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
		Caption: "Limit alerts in measured tasks", Head: []string{"design", "limit alerts", "per 100 tasks", "soft", "hard", "overridden", "of these wrong", "good catches", "nuisance", "median s"}, Tight: true,
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

func (r *Results) workloadTable() document.Table {
	t := document.Table{Caption: "Questionnaires by design", Head: []string{"questionnaire", "design", "people", "mean", "95 % interval", "incomplete"}, Lead: 1, Notes: []string{"A questionnaire with an unanswered item has no score and is counted as incomplete; nothing is imputed."}}
	for _, w := range r.Workload {
		t.Rows = append(t.Rows, []string{w.Instrument, w.Design, fmt.Sprint(w.Score.N), fixed(w.Score.Estimate, 1), span(w.Score.CI, 1), fmt.Sprint(w.Missing)})
	}
	return t
}
