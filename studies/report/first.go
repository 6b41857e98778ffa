package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

const onPage = 4 // designs that the first page has room for twice

// firstPage stands alone: one sentence, what a committee asks, three numbers, one chart, what could change it.
func (r *Results) firstPage(p *pages) document.Section {
	out := one(document.Verdict(r.Verdict()), r.terms(), r.threeNumbers())
	out = append(out, p.draw(r.riskFigure(), true)...)
	out = append(out, document.Head("What could change this answer"), document.List(r.Changes()))
	return document.Section{ID: "answer", Title: "The answer", Blocks: out}
}

// terms are the questions of a committee: which design, how sure, on what risk, against which margin.
func (r *Results) terms() document.Terms {
	return document.Terms{
		{Name: "Which design", Text: r.which()},
		{Name: "How sure", Text: r.howSure()},
		{Name: "On what risk", Text: r.onWhatRisk()},
		{Name: "The margin", Text: r.margins()},
	}
}

// Least are the designs of the lowest severity-weighted risk: more than one if they tie.
func (r *Results) Least() (least []string, points Num) {
	for _, k := range r.Risk {
		switch {
		case len(least) == 0 || k.PerHundred < points:
			least, points = []string{k.Design}, k.PerHundred
		case k.PerHundred == points:
			least = append(least, k.Design)
		}
	}
	return least, points
}

func (r *Results) which() string {
	least, points := r.Least()
	if len(r.Risk) == 1 {
		return fmt.Sprintf("Only %s was tried: %s points of severity a hundred tasks (%s). Nothing can be said of any other design.", least[0], fixed(points, 1), r.Risk[0].interval())
	}
	if len(least) == len(r.Risk) {
		return fmt.Sprintf("No design carries less severity-weighted risk than another: %s points a hundred tasks with each.", fixed(points, 1))
	}
	most := slices.MaxFunc(r.Risk, func(a, b Risk) int { return cmp.Compare(a.PerHundred, b.PerHundred) })
	own := r.Risk[slices.IndexFunc(r.Risk, func(k Risk) bool { return k.Design == least[0] })]
	verb := "carries"
	if len(least) > 1 {
		verb = "carry"
	}
	return fmt.Sprintf("%s %s the least severity-weighted risk, %s points a hundred tasks (%s); %s the most, %s (%s).",
		list(least), verb, fixed(points, 1), own.interval(), most.Design, fixed(most.PerHundred, 1), most.interval())
}

func (r *Results) howSure() string {
	switch {
	case len(r.Designs) == 1:
		return "One design has no rank."
	case len(r.Standings) == 0:
		return fmt.Sprintf("Not told: %s cannot say how people differ; from five people the probability of each rank is told.", count(r.Ranked, "person", "people"))
	}
	chances := func(of func(Standing) Num) string {
		all := slices.Clone(r.Standings)
		slices.SortStableFunc(all, func(a, b Standing) int { return cmp.Compare(of(b), of(a)) })
		var each []string
		for _, s := range all[:min(3, len(all))] {
			each = append(each, s.Design+" "+wholeChance(of(s)))
		}
		return strings.Join(each, ", ")
	}
	return fmt.Sprintf("Probability of truly carrying the least weighted risk: %s. Of truly having the fewest %s: %s.",
		chances(func(s Standing) Num { return s.SeverityPlaces[0] }), counted(r.Measure), chances(func(s Standing) Num { return s.Places[0] }))
}

func (r *Results) onWhatRisk() string {
	scale := r.SeverityScale
	s := fmt.Sprintf("What would have reached the patient: from %d for a therapy that is late to %d points for ten times off, another drug, or beyond a hard limit of the library", scale[0].Points, scale[len(scale)-1].Points)
	switch {
	case r.Totals.Critical == 0:
		s += "; no task was marked critical"
	default:
		s += fmt.Sprintf("; the %s marked critical count double", count(r.Totals.Critical, "task", "tasks"))
	}
	if r.Totals.Gravest == 0 {
		return s + ". No task was that grave."
	}
	return fmt.Sprintf("%s. %s that grave.", s, sentenceCase(count(r.Totals.Gravest, "task was", "tasks were")))
}

// margins says what came of every question with a margin.
func (r *Results) margins() string {
	var each []string
	for _, a := range r.Answers {
		if a.Kind == "superiority" {
			continue
		}
		if a.Note != "" {
			each = append(each, fmt.Sprintf("%s against %s: could not be tested (%s)", a.First, a.Second, a.Note))
			continue
		}
		is, sign := "non-inferior", ""
		if a.Kind == "equivalence" {
			is, sign = "equivalent", "±"
		}
		if !a.Shown {
			is = "not shown to be " + is
		}
		what, _ := a.words()
		each = append(each, fmt.Sprintf("%s against %s, %s%s in %s: %s (difference %s, %s interval %s, %s)", a.First, a.Second, sign, a.margin(), what, is, a.difference(a.Difference), a.levelWords(), a.span(a.CI), a.test()))
	}
	if len(each) == 0 {
		return "The study file fixes none, so nothing is said about designs being as good as each other; no difference shown is not the same as equal."
	}
	return "Fixed before the data. " + strings.Join(each, ". ") + "."
}

// interval is the interval of the points in words, or why there is none.
func (k Risk) interval() string {
	switch {
	case !math.IsNaN(k.CI.Low):
		return "95 % interval " + span(k.CI, 1)
	case k.Points == 0:
		return "no interval, because nothing went wrong"
	}
	return "no interval from one person"
}

// threeNumbers are the critical tasks, or all tasks where none is critical, of the three designs that did best; with fewer
// designs also the severity of the first and its wrong tasks.
func (r *Results) threeNumbers() document.Numbers {
	var numbers document.Numbers
	rank := r.ranked()
	slices.SortStableFunc(rank, func(a, b Cell) int { return cmp.Compare(a.Critical.Estimate, b.Critical.Estimate) })
	add := func(c Cell, s Share, what string) {
		numbers = append(numbers, document.Number{
			Value: percent(s.Estimate), Range: "95 % interval " + percents(s.CI), Label: fmt.Sprintf("%s: %d of %d %s", c.Design, s.K, s.N, what),
			Colour: plots.Hex(r.series(c.Design)),
		})
	}
	for _, c := range rank[:min(3, len(rank))] {
		if c.Critical.N > 0 {
			add(c, c.Critical, "critical tasks ended wrong")
		} else {
			add(c, c.Errors, "tasks ended wrong")
		}
	}
	best := rank[0]
	if len(numbers) < 3 {
		k := r.Risk[r.series(best.Design)]
		numbers = append(numbers, document.Number{
			Value: fixed(k.PerHundred, 1), Range: k.interval(), Label: best.Design + ": severity points a hundred tasks", Colour: plots.Hex(r.series(best.Design)),
		})
	}
	if len(numbers) < 3 {
		add(best, best.Undetected, "tasks left running wrong")
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
	if len(f.Rows) == 0 || len(r.Designs) <= onPage {
		add("All "+counted(r.Measure), func(c Cell) Share { return c.share(r.Measure) })
	}
	best := r.lowest()
	s := r.ranked()[0].share(r.Measure)
	finding := fmt.Sprintf("The fewest %s were with %s (%s of %d).", counted(r.Measure), list(best), percent(s.Estimate), s.N)
	if len(best) == len(r.Designs) {
		finding = fmt.Sprintf("No design had fewer %s than another (%s).", counted(r.Measure), percent(s.Estimate))
		if len(best) == 1 {
			finding = fmt.Sprintf("%s of the tasks on %s %s (%d of %d).", percent(s.Estimate), best[0], ended(r.Measure), s.K, s.N)
		}
	}
	return figure{
		"risk", f, "Shares of tasks that ended wrong, by design, with intervals. Critical tasks: " + r.sentence(func(c Cell) string { return percent(c.Critical.Estimate) }) + " All tasks: " + r.sentence(func(c Cell) string { return percent(c.Errors.Estimate) }),
		finding + " Bars are 95 % intervals (Wilson, widened where the tasks of one person are alike).",
	}
}
