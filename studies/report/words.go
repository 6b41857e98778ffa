package report

import (
	"fmt"
	"math"
	"strings"

	"pumplab/analysis/describe"
)

// percent is a share in per cent with one decimal: 4.2 %.
func percent(n Num) string {
	if math.IsNaN(float64(n)) {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n))
}

// percents is an interval of shares: 2.8 to 6.1 %.
func percents(i describe.Interval) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return "–"
	}
	return fmt.Sprintf("%.1f to %.1f %%", 100*i.Low, 100*i.High)
}

// signed is a number with one decimal and its sign, the minus a true one.
func signed(x float64) string { return strings.ReplaceAll(fmt.Sprintf("%+.1f", x), "-", "−") }

func fixed(n Num, places int) string {
	if math.IsNaN(float64(n)) {
		return "–"
	}
	return fmt.Sprintf("%.*f", places, float64(n))
}

func span(i describe.Interval, places int) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return "–"
	}
	return fmt.Sprintf("%.*f to %.*f", places, i.Low, places, i.High)
}

// pValue is a p value as journals print it: p < 0.001, p = 0.034.
func pValue(p Num) string {
	switch cell := pCell(p); {
	case strings.HasPrefix(cell, "<"):
		return "p " + cell
	case cell == "–":
		return "p not defined"
	default:
		return "p = " + cell
	}
}

// pCell is a p value as a table prints it: < 0.001, 0.034, –.
func pCell(p Num) string {
	switch x := float64(p); {
	case math.IsNaN(x):
		return "–"
	case x < 0.001:
		return "< 0.001"
	case x < 0.1:
		return fmt.Sprintf("%.3f", x)
	default:
		return fmt.Sprintf("%.2f", x)
	}
}

// count is a number with its noun: 1 task, 12 tasks, 1 person, 24 people.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// list joins names as a sentence does: a, b and c.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// ranked are the designs from the lowest error rate up.
func (r *Results) ranked() []Cell {
	out := append([]Cell(nil), r.Designs...)
	for i := range out {
		for j := i; j > 0 && out[j].Errors.Estimate < out[j-1].Errors.Estimate; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// pair is the comparison of two designs, as first minus second.
func (r *Results) pair(first, second string) (Pair, bool) {
	for _, p := range r.Pairs {
		if p.First == first && p.Second == second {
			return p, true
		}
		if p.First == second && p.Second == first {
			p.First, p.Second = first, second
			p.FirstOnly, p.SecondOnly = p.SecondOnly, p.FirstOnly
			p.Difference = -p.Difference
			p.CI = describe.Interval{Low: -p.CI.High, High: -p.CI.Low}
			return p, true
		}
	}
	return Pair{}, false
}

// Verdict is the one sentence a committee reads.
func (r *Results) Verdict() string {
	rank := r.ranked()
	best := rank[0]
	if len(rank) == 1 {
		return fmt.Sprintf("With %s, %s of the tasks ended wrong (95 %% interval %s); there is no other design to compare it with.", best.Design, percent(best.Errors.Estimate), percents(best.Errors.CI))
	}
	worst := rank[len(rank)-1]
	if best.Errors.K == worst.Errors.K && best.Errors.N == worst.Errors.N {
		return fmt.Sprintf("No design left fewer errors than another: %s of the tasks ended wrong with each.", percent(best.Errors.Estimate))
	}
	p, ok := r.pair(worst.Design, best.Design)
	head := fmt.Sprintf("%s left the fewest errors: %s of its tasks ended wrong, against %s with %s",
		best.Design, percent(best.Errors.Estimate), percent(worst.Errors.Estimate), worst.Design)
	switch {
	case !ok:
		return head + "; no task was done on both, so the difference cannot be tested."
	case p.Distinct:
		return head + fmt.Sprintf("; a difference of this size is not explained by chance (%s, two-sided, Holm-adjusted).", pValue(p.PHolm))
	default:
		return head + fmt.Sprintf("; but this study cannot tell the difference from chance (%s, two-sided, Holm-adjusted).", pValue(p.PHolm))
	}
}

// Changes is what could change the answer, in sentences.
func (r *Results) Changes() []string {
	var out []string
	if r.People.Simulated > 0 {
		out = append(out, fmt.Sprintf("%d of the %s are simulated: they slip by a model with known parameters. Simulated people check an instrument and plan a study; they do not say how people fare.",
			r.People.Simulated, count(r.People.Started, "participant", "participants")))
	}
	rank := r.ranked()
	for i := 0; i+1 < len(rank); i++ {
		p, ok := r.pair(rank[i+1].Design, rank[i].Design)
		if ok && !p.Distinct {
			out = append(out, fmt.Sprintf("%s and %s are not told apart: their difference may lie anywhere between %s and %s points (95 %%). More people would narrow it.",
				rank[i].Design, rank[i+1].Design, signed(100*p.CI.Low), signed(100*p.CI.High)))
		}
	}
	if r.People.Completed < 15 {
		out = append(out, fmt.Sprintf("Only %s finished; the FDA asks for at least 15 in each group of users.", count(r.People.Completed, "person", "people")))
	}
	if r.Unfinished > 0 {
		out = append(out, fmt.Sprintf("%s never ended and were left out.", count(r.Unfinished, "task", "tasks")))
	}
	out = append(out, "Tasks of one person are alike; the Wilson intervals treat them as independent and are somewhat narrow. The paired tests and the means over people are not affected in the same way.")
	return out
}
