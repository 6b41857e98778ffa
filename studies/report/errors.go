package report

import (
	"fmt"
	"math"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

// errorSection has the rates, and the differences between designs on the same people and tasks.
func (r *Results) errorSection(p *pages) document.Section {
	out := blocks(p.draw(r.errorFigure(), true), one(r.errorTable()))
	if len(r.Pairs) > 0 {
		out = append(out, document.Head("Differences between designs"))
		out = append(out, p.draw(r.pairFigure(), true)...)
		out = append(out, r.pairTable("Designs compared on the same people, tasks and conditions: ended wrong", r.Pairs))
		out = append(out, r.pairTable("The same, left running wrong", r.PairsRunning))
		if len(r.PairsCritical) > 0 {
			out = append(out, r.pairTable("The same, critical tasks that ended wrong", r.PairsCritical))
		}
	}
	out = append(out, document.Para(r.omnibusText()))
	if r.Model != nil {
		out = append(out, r.modelTable("Odds of ending wrong, mixed logistic model "+r.Model.Formula, "odds ratio", *r.Model, "logit"))
	}
	return document.Section{ID: "errors", Title: "Errors", Blocks: out}
}

// pairFigure shows every difference of shares with its interval.
func (r *Results) pairFigure() figure {
	f := plots.Forest{XLabel: "difference in percentage points, first minus second", Zero: true, Format: wholePoints, Note: r.note()}
	alt := ""
	add := func(head string, list []Pair) {
		if len(list) == 0 {
			return
		}
		f.Rows = append(f.Rows, plots.Row{Gap: true, Label: head})
		for _, p := range r.shownPairs(list) {
			f.Rows = append(f.Rows, plots.Row{
				Group: head, Label: p.First + " – " + p.Second, Value: 100 * float64(p.Difference), Low: 100 * p.CI.Low, High: 100 * p.CI.High, Series: plots.Neutral,
				Text: fmt.Sprintf("%s (%s)", signed(100*float64(p.Difference)), pointSpan(p.CI.Low, p.CI.High)),
			})
			alt += fmt.Sprintf(" %s minus %s %s.", p.First, p.Second, signed(100*float64(p.Difference)))
		}
	}
	add("Ended wrong", r.Pairs)
	add("Left running wrong", r.PairsRunning)
	add("Critical tasks, ended wrong", r.PairsCritical)
	return figure{
		"differences", f, "Differences between designs in percentage points, with intervals." + alt,
		fmt.Sprintf("Of %s of designs, %d differ in tasks that ended wrong (Holm-adjusted). Bars are Newcombe's 95 %% intervals for paired shares; a bar across zero leaves the direction open.", count(r.Totals.Pairs, "pair", "pairs"), r.Totals.Distinct),
	}
}

func pointSpan(low, high float64) string { return signed(100*low) + " to " + signed(100*high) }

// severitySection lists the wrong tasks by how grave they were.
func (r *Results) severitySection() document.Section {
	t := document.Table{
		Caption: "Wrong tasks by severity", Head: []string{"severity", "points"}, Lead: 0,
		Notes: []string{"How far off: the largest ratio between what ran and what was ordered, over dose, rate, volume, time and weight. Critical tasks count double. Intervals: percentile bootstrap over people, 2000 replicates, fixed seed."},
	}
	for _, k := range r.Risk {
		t.Head = append(t.Head, k.Design)
	}
	for i, w := range r.SeverityScale {
		row := []string{w.What, fmt.Sprint(w.Points)}
		for _, k := range r.Risk {
			row = append(row, fmt.Sprint(k.Rungs[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	sum, hundred, interval := []string{"points in all, critical tasks double", ""}, []string{"points a hundred tasks", ""}, []string{"95 % interval", ""}
	for _, k := range r.Risk {
		sum, hundred, interval = append(sum, fmt.Sprint(k.Points)), append(hundred, fixed(k.PerHundred, 1)), append(interval, span(k.CI, 1))
	}
	t.Rows = append(t.Rows, sum, hundred, interval)
	return document.Section{ID: "severity", Title: "How grave the errors were", Blocks: one(t)}
}

// modelTable has a mixed model's ratios between designs.
func (r *Results) modelTable(caption, ratio string, m Model, scale string) document.Table {
	t := document.Table{Caption: caption, Head: []string{"contrast", ratio, "95 %, simultaneous", "p (Holm)", "first lower"}, Notes: []string{m.Status, "First lower: probability that the first design's value is truly below the second's, from the model's normal posterior with flat priors, not adjusted for the number of pairs."}}
	dfs := false
	for _, c := range m.Ratios {
		dfs = dfs || !math.IsInf(float64(c.DF), 0) && !math.IsNaN(float64(c.DF))
	}
	if dfs {
		t.Head = append(t.Head, "df")
	}
	for _, c := range r.shownRatios(m.Ratios) {
		row := []string{c.Name, fixed(c.Ratio, 2), span(c.CI, 2), pCell(c.P), chance(c.Below)}
		if dfs {
			row = append(row, fixed(c.DF, 1))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = append(t.Notes, r.leftOut(len(m.Ratios))...)
	for _, s := range m.SDs {
		who := map[string]string{"participant": "people", "task": "tasks"}[s.Group]
		if who == "" {
			who = s.Group
		}
		t.Notes = append(t.Notes, fmt.Sprintf("Standard deviation between %s: %s on the %s scale.", who, fixed(s.SD, 2), scale))
	}
	if !math.IsNaN(float64(m.Sigma)) {
		t.Notes = append(t.Notes, fmt.Sprintf("Residual standard deviation: %s on the %s scale.", fixed(m.Sigma, 2), scale))
	}
	return t
}

// chance is a probability that is never shown as certain.
func chance(p Num) string {
	switch x := float64(p); {
	case math.IsNaN(x):
		return "–"
	case x < 0.001:
		return "< 0.001"
	case x > 0.999:
		return "> 0.999"
	default:
		return fmt.Sprintf("%.3f", x)
	}
}

// kindSection says what went wrong and where it was caught.
func (r *Results) kindSection(p *pages) document.Section {
	out := blocks(p.draw(r.ladderFigure(), true), one(r.ladderTable()), p.draw(r.classFigure()))
	if t, ok := r.classTable(); ok {
		out = append(out, t)
	}
	return document.Section{ID: "kinds", Title: "What went wrong, and where it was caught", Blocks: out}
}

// classFigure shows the classes of wrong numbers by design, the most frequent first.
func (r *Results) classFigure() (figure, bool) {
	classes, _ := r.classes()
	if len(classes) == 0 {
		return figure{}, false
	}
	const most = 6
	b := plots.Bars{XLabel: "tasks", Note: r.note()}
	for k, c := range classes {
		if k == most {
			break
		}
		b.Rows = append(b.Rows, plots.Bar{Gap: true, Label: c})
		for i, d := range r.Designs {
			s := share(d.Classes[c], d.Tasks)
			b.Rows = append(b.Rows, plots.Bar{Group: c, Label: d.Design, Value: float64(s.K), Low: s.CI.Low * float64(s.N), High: s.CI.High * float64(s.N), Series: i, Text: fmt.Sprintf("%d (%s)", s.K, percents(s.CI))})
		}
	}
	return figure{
		"classes", b, fmt.Sprintf("Classes of wrong numbers by design. Most frequent: %s, %d.", classes[0], r.Totals.TopClass),
		fmt.Sprintf("In %s a wrong number was entered at some time, caught or not; the most frequent class is “%s” (%d). The table below has every class. Lines and brackets are 95 %% Wilson intervals of its share of the design's tasks.", count(r.Totals.WrongNumbers, "task", "tasks"), classes[0], r.Totals.TopClass),
	}, true
}
