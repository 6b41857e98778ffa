package report

import (
	"fmt"
	"math"

	"pumplab/analysis/describe"
)

// counted says in words what a measure counts: tasks …
func counted(measure string) string {
	if measure == "undetected" {
		return "tasks left running wrong"
	}
	return "tasks that ended wrong"
}

// ended says in words what a measure counts: of the tasks … .
func ended(measure string) string {
	if measure == "undetected" {
		return "were left running wrong"
	}
	return "ended wrong"
}

// mainAnswer is the answer of the main question, if it compares two designs and could be given.
func (r *Results) mainAnswer() (Answer, bool) {
	if len(r.Answers) == 0 {
		return Answer{}, false
	}
	name := r.Answers[0].Question
	for _, a := range r.Answers {
		if a.Question == "main" {
			name = "main"
		}
	}
	var found []Answer
	for _, a := range r.Answers {
		if a.Question == name {
			found = append(found, a)
		}
	}
	return found[0], len(found) == 1 && found[0].Note == ""
}

// Verdict is the one sentence a committee reads: the answer to the study's main question.
func (r *Results) Verdict() string {
	if a, ok := r.mainAnswer(); ok {
		return a.sentence()
	}
	rank := r.ranked()
	best, worst := rank[0], rank[len(rank)-1]
	b, w := best.share(r.Measure), worst.share(r.Measure)
	what := ended(r.Measure)
	if len(rank) == 1 {
		return fmt.Sprintf("With %s, %s of %s %s (95 %% interval %s); there is no other design to compare it with.", best.Design, percent(b.Estimate), count(b.N, "task", "tasks"), what, percents(b.CI))
	}
	if b.K == w.K && b.N == w.N {
		return fmt.Sprintf("No design left fewer errors than another: with each, %s of tasks %s.", percent(b.Estimate), what)
	}
	head := fmt.Sprintf("%s left the fewest errors: %s of tasks %s, against %s with %s", best.Design, percent(b.Estimate), what, percent(w.Estimate), worst.Design)
	p, ok := r.pairOf(r.Measure, worst.Design, best.Design)
	switch {
	case !ok:
		return head + "; no task was done on both, so the difference cannot be tested."
	case p.Distinct:
		return head + fmt.Sprintf("; a difference of this size is not explained by chance (%s, two-sided, Holm-adjusted).", pValue(p.PHolm))
	}
	return head + fmt.Sprintf("; but this study cannot tell the difference from chance (%s, two-sided, Holm-adjusted).", pValue(p.PHolm))
}

// sentence is the answer in one sentence.
func (a Answer) sentence() string {
	if a.Note != "" {
		return fmt.Sprintf("The question %s could not be answered: %s.", a.Question, a.Note)
	}
	what, against := a.words()
	interval := fmt.Sprintf("%s, %s interval %s", a.difference(a.Difference), a.levelWords(), a.span(a.CI))
	test := a.test()
	switch {
	case a.Kind == "superiority" && a.Shown:
		less, more := a.First, a.Second
		first, second := a.FirstValue, a.SecondVal
		if first > second {
			less, more, first, second = more, less, second, first
		}
		return fmt.Sprintf("%s had fewer %s than %s: %s (difference %s – %s: %s; %s).", less, what, more, against(first, second), a.First, a.Second, interval, test)
	case a.Kind == "superiority":
		return fmt.Sprintf("This study does not show that %s and %s differ in %s: %s (difference %s; %s).", a.First, a.Second, what, against(a.FirstValue, a.SecondVal), interval, test)
	case a.Kind == "equivalence" && a.Shown:
		return fmt.Sprintf("%s and %s are equivalent in %s: %s; the difference lies within ±%s (%s; %s).", a.First, a.Second, what, against(a.FirstValue, a.SecondVal), a.margin(), interval, test)
	case a.Kind == "equivalence":
		return fmt.Sprintf("%s and %s are not shown to be equivalent in %s: %s; the margin is ±%s (%s; %s).", a.First, a.Second, what, against(a.FirstValue, a.SecondVal), a.margin(), interval, test)
	case a.Shown:
		return fmt.Sprintf("%s is not inferior to %s in %s: %s; the excess is below the margin of %s that was fixed before the data (%s; %s).", a.First, a.Second, what, against(a.FirstValue, a.SecondVal), a.margin(), interval, test)
	}
	return fmt.Sprintf("%s is not shown to be non-inferior to %s in %s: %s; the excess may reach the margin of %s that was fixed before the data (%s; %s).", a.First, a.Second, what, against(a.FirstValue, a.SecondVal), a.margin(), interval, test)
}

// words name the measure, and how two of its values stand against each other.
func (a Answer) words() (what string, against func(x, y Num) string) {
	if a.Scale == "share" {
		return counted(a.Measure), func(x, y Num) string { return percent(x) + " against " + percent(y) }
	}
	unit := ""
	what = a.Measure
	switch a.Measure {
	case "time":
		what, unit = "seconds a task", " s"
	case "raw-tlx":
		what = "points of workload (raw NASA-TLX)"
	case "sus":
		what = "points of usability (SUS)"
	case "presses", "alerts", "overrides", "corrections":
		what = a.Measure + " a task"
	}
	return what, func(x, y Num) string { return fixed(x, 1) + unit + " against " + fixed(y, 1) + unit }
}

func (a Answer) difference(d Num) string {
	switch a.Scale {
	case "share":
		return signed(100*float64(d)) + " points"
	case "ratio":
		return "ratio " + fixed(d, 2)
	}
	return signed(float64(d))
}

func (a Answer) span(i describe.Interval) string {
	switch {
	case math.IsNaN(i.Low) || math.IsNaN(i.High):
		return "not defined"
	case a.Scale == "share":
		return signed(100*i.Low) + " to " + signed(100*i.High)
	case a.Scale == "ratio":
		return span(i, 2)
	}
	return signed(i.Low) + " to " + signed(i.High)
}

func (a Answer) margin() string {
	switch a.Scale {
	case "share":
		return fixed(100*a.Margin, 1) + " points"
	case "ratio":
		return "a ratio of " + fixed(a.Margin, 2)
	}
	return fixed(a.Margin, 1)
}

func (a Answer) levelWords() string { return fmt.Sprintf("%g %%", math.Round(1000*a.Level)/10) }

// test is what the answer was decided by: p, its side, and what it was held against.
func (a Answer) test() string {
	return fmt.Sprintf("%s, %s, α = %g", pValue(a.PHolm), a.sideWords(), a.Alpha)
}

func (a Answer) sideWords() string {
	if a.Sides == 1 {
		return "one-sided"
	}
	return "two-sided"
}

// pairOf is the pair of two designs by the measure, as first minus second.
func (r *Results) pairOf(measure, first, second string) (Pair, bool) {
	list := r.Pairs
	if measure == "undetected" {
		list = r.PairsRunning
	}
	for _, p := range list {
		if p.First == first && p.Second == second {
			return p, true
		}
		if p.First == second && p.Second == first {
			p.First, p.Second = first, second
			p.FirstOnly, p.SecondOnly = p.SecondOnly, p.FirstOnly
			p.Difference = -p.Difference
			p.CI = describe.Interval{Low: -p.CI.High, High: -p.CI.Low}
			p.Tango = describe.Interval{Low: -p.Tango.High, High: -p.Tango.Low}
			return p, true
		}
	}
	return Pair{}, false
}

// ranked are the designs from the lowest rate of the main measure up.
func (r *Results) ranked() []Cell {
	out := append([]Cell(nil), r.Designs...)
	for i := range out {
		for j := i; j > 0 && out[j].share(r.Measure).Estimate < out[j-1].share(r.Measure).Estimate; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// lowest are the designs with the lowest rate of the main measure: more than one if they tie.
func (r *Results) lowest() []string {
	best := r.ranked()[0].share(r.Measure).Estimate
	var out []string
	for _, d := range r.Designs {
		if d.share(r.Measure).Estimate == best {
			out = append(out, d.Design)
		}
	}
	return out
}
