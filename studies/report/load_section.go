package report

import (
	"fmt"

	"pumplab/analysis/document"
)

// loadSection has the questionnaires.
func (r *Results) loadSection(p *pages) document.Section {
	var out []document.Block
	for _, w := range []struct{ instrument, name, label, what string }{
		{"raw-tlx", "tlx", "raw NASA-TLX, 0 to 100 (lower is better)", "Workload (raw NASA-TLX)"},
		{"sus", "sus", "System Usability Scale, 0 to 100 (higher is better)", "Usability (SUS)"},
	} {
		f, ok := r.workloadFigure(w.instrument, w.name, w.label, w.what)
		out = append(out, p.draw(f, ok)...)
	}
	if len(r.Workload) == 0 {
		return document.Section{}
	}
	out = append(out, r.workloadTable())
	for _, t := range r.LoadTests {
		words := t.Note
		if words == "" {
			words = fmt.Sprintf("Friedman's test over all designs: χ² = %s with %s degrees of freedom, %s, %s with every score", fixed(t.Chi2, 2), fixed(t.DF, 0), pValue(t.P), count(t.People, "person", "people"))
		}
		table := document.Table{
			Caption: fmt.Sprintf("%s: pairs of designs", t.Instrument), Head: []string{"pair", "people", "mean difference", "95 % interval", "V", "p", "Holm"},
			Notes: []string{words + ".", "V and p by Wilcoxon's signed-rank test, two-sided" + methodOf(t) + "; differences are means with Student's intervals, first minus second."},
		}
		table.Notes = append(table.Notes, r.leftOut(len(t.Pairs))...)
		for _, q := range r.shownLoads(t.Pairs) {
			table.Rows = append(table.Rows, []string{q.First + " – " + q.Second, fmt.Sprint(q.People), signed(float64(q.Difference)), signed(q.CI.Low) + " to " + signed(q.CI.High), fixed(q.V, 1), pCell(q.P), pCell(q.PHolm)})
		}
		out = append(out, table)
	}
	return document.Section{ID: "workload", Title: "Workload and usability", Blocks: out}
}

// methodOf names how the p values of the pairs were computed, if it was one way for all.
func methodOf(t LoadTest) string {
	for _, p := range t.Pairs {
		if p.Method != t.Pairs[0].Method {
			return ", exact where no differences are tied"
		}
	}
	if len(t.Pairs) == 0 || t.Pairs[0].Method == "" {
		return ""
	}
	return " (" + t.Pairs[0].Method + ")"
}

// findingSection is the register of patterns.
func (r *Results) findingSection() document.Section {
	s := document.Section{ID: "findings", Title: "Findings register"}
	if len(r.Findings) == 0 {
		s.Blocks = one(document.Para("No task showed a wrong number or ended wrong."))
		return s
	}
	const most = 12
	t := document.Table{
		Caption: "Patterns of errors, the gravest first", Head: []string{"design", "field", "what", "tasks", "people", "wrong", "caught", "critical", "worst", "points", "example to replay"}, Lead: 2, Tight: true,
		Notes: []string{
			"A pattern is one design, one field and one class of wrong number. Wrong: the task ended wrong; caught: put right or caught by a limit; worst: the largest ratio between what ran and what was ordered; points: severity. A field of – was put right before the pump checked it.",
			"pumplab replay STUDY SESSION --at SECONDS shows the display at that moment: the end of the gravest task of the pattern.",
		},
	}
	for i, f := range r.Findings {
		if i == most {
			t.Notes = append(t.Notes, fmt.Sprintf("The %d gravest of %d patterns; all are in results.json.", most, len(r.Findings)))
			break
		}
		field, worst := f.Field, "–"
		if field == "" {
			field = "–"
		}
		if f.Worst == f.Worst { // not NaN
			worst = fixed(f.Worst, 1) + "\u00a0×"
		}
		t.Rows = append(t.Rows, []string{
			f.Design, field, f.Class, fmt.Sprint(f.Tasks), fmt.Sprint(f.People), fmt.Sprint(f.Wrong), fmt.Sprint(f.Caught), fmt.Sprint(f.Critical), worst, fmt.Sprint(f.Points),
			fmt.Sprintf("%s at\u00a0%s\u00a0s", f.Example.Session, fixed(f.Example.Seconds, 1)),
		})
	}
	s.Blocks = one(t)
	return s
}
