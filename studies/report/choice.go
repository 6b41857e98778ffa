package report

import (
	"fmt"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

// rankTables say how sure one can be of the order, and what a wrong choice costs.
func (r *Results) rankTables() []document.Block {
	if len(r.Standings) == 0 {
		return one(document.Para(r.howSure()))
	}
	head := []string{"design"}
	for i := range r.Standings {
		head = append(head, place(i))
	}
	severity := document.Table{
		Caption: "Ranking by severity-weighted risk", Head: append(append([]string{}, head...), "points per 100", "95 % interval", "cost per 1000"), Tight: len(head) > 6,
		Notes: []string{"Points a hundred tasks with percentile bootstrap intervals over people. Cost of a wrong choice: the points that a thousand tasks on this design are expected to cost more than on whichever design is truly best."},
	}
	counts := document.Table{
		Caption: "Ranking by " + counted(r.Measure), Head: append(append([]string{}, head...), "share", "95 % interval", "cost per 1000"), Tight: len(head) > 6,
		Notes: []string{fmt.Sprintf("Probability of each rank from %d draws of whole people with replacement, the same people for every design, with Jeffreys' prior for each rate. Cost of a wrong choice: how many more of a thousand tasks are expected to go wrong than on whichever design is truly best.", r.Draws)},
	}
	for i, s := range r.Standings {
		a, b := []string{s.Design}, []string{s.Design}
		for place := range s.Places {
			a, b = append(a, wholeChance(s.SeverityPlaces[place])), append(b, wholeChance(s.Places[place]))
		}
		k, share := r.Risk[i], r.Designs[i].share(r.Measure)
		severity.Rows = append(severity.Rows, append(a, fixed(k.PerHundred, 1), span(k.CI, 1), fixed(s.SeverityRegret, 1)))
		counts.Rows = append(counts.Rows, append(b, percent(share.Estimate), percents(share.CI), fixed(s.Regret, 1)))
	}
	return one(severity, counts)
}

// wholeChance is a probability in whole per cent, never as certain.
func wholeChance(p Num) string {
	switch x := 100 * float64(p); {
	case x < 1:
		return "<\u00a01 %"
	case x > 99:
		return ">\u00a099 %"
	default:
		return fmt.Sprintf("%.0f %%", x)
	}
}

func place(i int) string {
	switch i {
	case 0:
		return "best"
	case 1:
		return "2nd"
	case 2:
		return "3rd"
	}
	return fmt.Sprintf("%dth", i+1)
}

// choiceSection is the comparison a procurement rests on: the questions as they were fixed and their answers, the ranks, and the
// cost of a wrong choice.
func (r *Results) choiceSection(p *pages) document.Section {
	s := document.Section{ID: "choice", Title: "Choosing: margins, ranks and the cost of a wrong choice"}
	if len(r.Answers) > 0 {
		s.Blocks = r.answerBlocks(p)
	}
	if len(r.Designs) > 1 {
		s.Blocks = append(s.Blocks, document.Head("How sure the order is"))
		s.Blocks = append(s.Blocks, r.rankTables()...)
	}
	return s
}

func (r *Results) answerBlocks(p *pages) []document.Block {
	out := one(document.Para("The questions, their margins and error rates stand in the study file, whose hash each session's journal froze before its first task; they cannot be changed after the data without showing."))
	t := document.Table{
		Caption: "Questions and answers", Head: []string{"question", "measure", "kind", "α (sides)", "margin", "difference", "interval", "p", "shown"}, Lead: 3, Tight: true,
		Notes: []string{"Difference: first design minus second, in percentage points for shares; the ratio of geometric means for times. p after Holm's adjustment within a question. The interval of a one-sided question has twice its α outside, so that its upper end is the bound that is held against the margin."},
	}
	var by document.List
	for _, a := range r.Answers {
		row := []string{fmt.Sprintf("%s: %s – %s", a.Question, a.First, a.Second), a.Measure, a.Kind, fmt.Sprintf("%g (%d)", a.Alpha, a.Sides)}
		if a.Note != "" {
			t.Rows = append(t.Rows, append(row, "–", "–", "–", "–", a.Note))
			continue
		}
		margin, shown := "–", "no"
		if a.Kind != "superiority" {
			margin = a.margin()
		}
		if a.Shown {
			shown = "yes"
		}
		t.Rows = append(t.Rows, append(row, margin, a.difference(a.Difference), fmt.Sprintf("%s (%s)", a.span(a.CI), a.levelWords()), pCell(a.PHolm), shown))
		words := fmt.Sprintf("%s: %s, on %s.", a.Question, a.Method, count(a.Units, "pair", "pairs"))
		if v := a.PerPerson; v != nil {
			words += fmt.Sprintf(" With people as units (%d people, Student's t on each one's own difference): %s, %s interval %s, %s, %s.", v.People, a.difference(v.Difference), a.levelWords(), a.span(v.CI), pValue(v.P), a.sideWords())
		}
		by = append(by, words)
	}
	out = append(out, t)
	out = append(out, p.draw(r.marginFigure())...)
	return append(out, by)
}

// marginFigure shows the questions about shares against zero and their margins.
func (r *Results) marginFigure() (figure, bool) {
	f := plots.Forest{XLabel: "difference in percentage points, first minus second", Zero: true, Format: wholePoints, Note: r.note()}
	words := ""
	for _, a := range r.Answers {
		if a.Note != "" || a.Scale != "share" {
			continue
		}
		f.Rows = append(f.Rows, plots.Row{
			Group: a.Question, Label: a.First + " – " + a.Second, Value: 100 * float64(a.Difference), Low: 100 * a.CI.Low, High: 100 * a.CI.High, Series: plots.Neutral,
			Text: fmt.Sprintf("%s (%s)", signed(100*float64(a.Difference)), a.span(a.CI)),
		})
		if a.Kind != "superiority" {
			f.Margins = append(f.Margins, 100*float64(a.Margin))
			if a.Kind == "equivalence" {
				f.Margins = append(f.Margins, -100*float64(a.Margin))
			}
		}
		words += fmt.Sprintf("%s minus %s: %s (%s interval %s). ", a.First, a.Second, a.difference(a.Difference), a.levelWords(), a.span(a.CI))
	}
	return figure{"questions", f, "Differences of the questions with their intervals. " + words, "The questions' differences. " + words + "Left of zero the first design did better."}, len(f.Rows) > 0
}
