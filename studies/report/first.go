package report

import (
	"cmp"
	"fmt"
	"slices"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

// firstPage stands alone: one sentence, three numbers, one chart, what could change it.
func (r *Results) firstPage(p *pages) document.Section {
	out := one(document.Verdict(r.Verdict()))
	if more := r.further(); len(more) > 0 {
		out = append(out, more)
	}
	out = append(out, r.threeNumbers())
	out = append(out, p.draw(r.riskFigure(), true)...)
	out = append(out, document.Head("What could change this answer"), document.List(r.Changes()))
	return document.Section{ID: "answer", Title: "The answer", Blocks: out}
}

// further are the other questions and what severity says.
func (r *Results) further() document.List {
	var out document.List
	main, single := r.mainAnswer()
	for _, a := range r.Answers {
		if single && a.Question == main.Question {
			continue
		}
		out = append(out, a.sentence())
	}
	if s := r.riskSentence(); s != "" {
		out = append(out, s)
	}
	if len(r.Standings) > 1 {
		var each []string
		for _, s := range r.Standings {
			each = append(each, s.Design+" "+wholeChance(s.Places[0]))
		}
		out = append(out, fmt.Sprintf("Probability of truly having the fewest %s: %s.", counted(r.Measure), list(each)))
	}
	return out
}

func (r *Results) riskSentence() string {
	if len(r.Risk) < 2 {
		return ""
	}
	least, most := r.Risk[0], r.Risk[0]
	for _, k := range r.Risk {
		if k.PerHundred < least.PerHundred {
			least = k
		}
		if k.PerHundred > most.PerHundred {
			most = k
		}
	}
	if least.PerHundred == most.PerHundred {
		return ""
	}
	return fmt.Sprintf("Weighed by severity, %s carries the least risk, %s points a hundred tasks (95 %% interval %s), and %s the most, %s (%s).",
		least.Design, fixed(least.PerHundred, 1), span(least.CI, 1), most.Design, fixed(most.PerHundred, 1), span(most.CI, 1))
}

// threeNumbers are the critical tasks, or all tasks where none is critical, of the three designs that did best.
func (r *Results) threeNumbers() document.Numbers {
	var numbers document.Numbers
	rank := r.ranked()
	slices.SortStableFunc(rank, func(a, b Cell) int { return cmp.Compare(a.Critical.Estimate, b.Critical.Estimate) })
	for _, c := range rank {
		if len(numbers) == 3 {
			break
		}
		s, what := c.Critical, "critical tasks ended wrong"
		if s.N == 0 {
			s, what = c.Errors, "tasks ended wrong"
		}
		numbers = append(numbers, document.Number{
			Value: percent(s.Estimate), Range: "95 % interval " + percents(s.CI), Label: fmt.Sprintf("%s: %d of %d %s", c.Design, s.K, s.N, what),
			Colour: plots.Hex(r.series(c.Design)),
		})
	}
	return numbers
}

// riskFigure is the chart of the first page: critical tasks first, then what the main question counts.
func (r *Results) riskFigure() figure {
	f := plots.Forest{XLabel: "share of tasks", FromZero: true, Format: wholePercent, Note: r.note()}
	add := func(head string, of func(Cell) Share) {
		any := false
		for _, c := range r.Designs {
			any = any || of(c).N > 0
		}
		if !any {
			return
		}
		f.Rows = append(f.Rows, plots.Row{Gap: true, Label: head})
		for _, c := range r.Designs {
			s := of(c)
			f.Rows = append(f.Rows, plots.Row{
				Group: head, Label: c.Design, Value: float64(s.Estimate), Low: s.CI.Low, High: s.CI.High, Series: r.series(c.Design),
				Text: fmt.Sprintf("%s (%d of %d)", percent(s.Estimate), s.K, s.N),
			})
		}
	}
	add("Critical tasks that ended wrong", func(c Cell) Share { return c.Critical })
	add("All "+counted(r.Measure), func(c Cell) Share { return c.share(r.Measure) })
	best := r.lowest()
	s := r.ranked()[0].share(r.Measure)
	return figure{
		"risk", f, "Shares of tasks that ended wrong, by design, with intervals. Critical tasks: " + r.sentence(func(c Cell) string { return percent(c.Critical.Estimate) }) + " All tasks: " + r.sentence(func(c Cell) string { return percent(c.Errors.Estimate) }),
		fmt.Sprintf("The fewest %s were with %s (%s of %d). Bars are 95 %% Wilson intervals.", counted(r.Measure), list(best), percent(s.Estimate), s.N),
	}
}

// standingTable says how sure one can be of the order, and what a wrong choice costs.
func (r *Results) standingTable() document.Table {
	t := document.Table{Caption: "How sure the order is, by " + counted(r.Measure), Head: []string{"design"}, Notes: []string{fmt.Sprintf(
		"Probability of each place from %d draws of Jeffreys' posterior of each design's rate. Cost of a wrong choice: how many more tasks in 1000 are expected to go wrong than with whichever design is truly best. Severity: points a hundred tasks with a 95 %% interval over people.", r.Draws)}}
	for i := range r.Standings {
		t.Head = append(t.Head, place(i))
	}
	t.Head = append(t.Head, "cost per 1000", "severity", "95 %")
	for i, s := range r.Standings {
		row := []string{s.Design}
		for _, p := range s.Places {
			row = append(row, wholeChance(p))
		}
		t.Rows = append(t.Rows, append(row, fixed(s.Regret, 1), fixed(r.Risk[i].PerHundred, 1), span(r.Risk[i].CI, 1)))
	}
	return t
}

// wholeChance is a probability in whole per cent, never as certain.
func wholeChance(p Num) string {
	switch x := 100 * float64(p); {
	case x < 1:
		return "< 1 %"
	case x > 99:
		return "> 99 %"
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

// questionSection holds the questions as they were fixed, and their answers.
func (r *Results) questionSection(p *pages) (s document.Section) {
	s = document.Section{ID: "questions", Title: "What was asked, and the margins"}
	if len(r.Standings) > 1 {
		defer func() { s.Blocks = append(s.Blocks, document.Head("How sure the order is"), r.standingTable()) }()
	}
	if len(r.Answers) == 0 {
		return s
	}
	s.Blocks = one(document.Para("The questions, their margins and error rates stand in the study file, whose hash each session's journal froze before its first task; they cannot be changed after the data without showing."))
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
	s.Blocks = append(s.Blocks, t)
	s.Blocks = append(s.Blocks, p.draw(r.marginFigure())...)
	s.Blocks = append(s.Blocks, by)
	return s
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
