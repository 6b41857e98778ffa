package report

import (
	"fmt"
	"math"
	"strings"

	"pumplab/analysis/plots"
	"pumplab/studies"
)

// figure is one drawn figure with its words.
type figure struct {
	name    string
	chart   plots.Chart
	alt     string
	caption string
}

func wholePercent(v float64) string { return fmt.Sprintf("%.0f %%", 100*v) }

func wholePoints(v float64) string { return strings.ReplaceAll(fmt.Sprintf("%g", v), "-", "−") }

func (r *Results) note() string {
	return count(r.Totals.People, "person", "people") + ", " + count(r.Totals.Tasks, "measured task", "measured tasks")
}

// series is the colour and marker of a design: its place in the study.
func (r *Results) series(design string) int {
	for i, d := range r.Designs {
		if d.Design == design {
			return i
		}
	}
	return 0
}

// rows are forest rows of all cells, the conditions of a design together.
func (r *Results) rows(of func(Cell) (plots.Row, bool)) []plots.Row {
	var out []plots.Row
	last := ""
	for _, c := range r.Cells {
		row, ok := of(c)
		if !ok {
			continue
		}
		row.Series = r.series(c.Design)
		row.Group, row.Label = c.Design, c.Condition
		if c.Design != last {
			row.Label = c.Design + ", " + c.Condition
			if last != "" {
				out = append(out, plots.Row{Gap: true})
			}
		}
		last = c.Design
		out = append(out, row)
	}
	return out
}

func (r *Results) errorFigure() figure {
	f := plots.Forest{XLabel: "tasks that ended wrong", FromZero: true, Format: wholePercent, Note: r.note()}
	f.Rows = r.rows(func(c Cell) (plots.Row, bool) {
		return plots.Row{
			Value: float64(c.Errors.Estimate), Low: c.Errors.CI.Low, High: c.Errors.CI.High,
			Text: fmt.Sprintf("%s (%s)", percent(c.Errors.Estimate), percents(c.Errors.CI)),
		}, true
	})
	worst := r.Cells[0]
	for _, c := range r.Cells {
		if c.Errors.Estimate > worst.Errors.Estimate {
			worst = c
		}
	}
	caption := fmt.Sprintf("Most tasks ended wrong with %s, “%s”: %s of %d. Bars are 95 %% intervals (Wilson, widened where the tasks of one person are alike).", worst.Design, worst.Condition, percent(worst.Errors.Estimate), worst.Errors.N)
	return figure{"errors", f, "Share of tasks that ended wrong, by design and condition, with intervals. " + r.sentence(func(c Cell) string { return percent(c.Errors.Estimate) }), caption}
}

func (r *Results) timeFigure() figure {
	f := plots.Forest{XLabel: "seconds a task (logarithmic)", Log: true, Format: seconds0, Note: r.note()}
	f.Rows = r.rows(func(c Cell) (plots.Row, bool) {
		return plots.Row{
			Value: float64(c.Seconds.Estimate), Low: c.Seconds.CI.Low, High: c.Seconds.CI.High, Points: c.Seconds.Each,
			Text: fmt.Sprintf("%s s", fixed(c.Seconds.Estimate, 1)),
		}, !math.IsNaN(float64(c.Seconds.Estimate))
	})
	fast := r.Designs[0]
	for _, d := range r.Designs {
		if d.Seconds.Estimate < fast.Seconds.Estimate {
			fast = d
		}
	}
	caption := fmt.Sprintf("%s was quickest: %s s a task (geometric mean, 95 %% interval %s s). Each dot is one person.", fast.Design, fixed(fast.Seconds.Estimate, 1), span(fast.Seconds.CI, 1))
	return figure{"times", f, "Time a task by design and condition. " + r.sentence(func(c Cell) string { return fixed(c.Seconds.Estimate, 1) + " s" }), caption}
}

// sentence lists one figure of every design in words.
func (r *Results) sentence(of func(Cell) string) string {
	var parts []string
	for _, d := range r.Designs {
		parts = append(parts, d.Design+" "+of(d))
	}
	return list(parts) + "."
}

// ladder is the order and tint of the outcomes: good ones green, recovered ones amber, lasting ones red to violet.
var ladder = []struct {
	outcome studies.Outcome
	tint    plots.Tint
}{
	{studies.Correct, plots.Tint{R: 0x1E, G: 0x6B, B: 0x34}},
	{studies.Corrected, plots.Tint{R: 0x8C, G: 0xBF, B: 0x9B}},
	{studies.CaughtSoft, plots.Tint{R: 0xF2, G: 0xC1, B: 0x4E}},
	{studies.CaughtHard, plots.Tint{R: 0xC7, G: 0x8A, B: 0x12}},
	{studies.OverriddenSoft, plots.Tint{R: 0xE0, G: 0x7A, B: 0x6F}},
	{studies.Undetected, plots.Tint{R: 0xB3, G: 0x26, B: 0x1E}},
	{studies.NotCompleted, plots.Tint{R: 0x6B, G: 0x74, B: 0x80}},
	{studies.Bypassed, plots.Tint{R: 0x5B, G: 0x2A, B: 0x6E}},
}

// ladderFigure leaves the correct tasks out of the bars and says them beside: they would hide everything else.
func (r *Results) ladderFigure() figure {
	s := plots.Stack{Note: r.note(), XLabel: "share of measured tasks; the others were correct"}
	var seen []int
	for i, l := range ladder {
		for _, d := range r.Designs {
			if d.Ladder[string(l.outcome)] > 0 && l.outcome != studies.Correct {
				seen = append(seen, i)
				break
			}
		}
	}
	for _, i := range seen {
		s.Parts = append(s.Parts, string(ladder[i].outcome))
		s.Tints = append(s.Tints, ladder[i].tint)
	}
	for _, d := range r.Designs {
		s.Rows = append(s.Rows, d.Design)
		var shares []float64
		for _, i := range seen {
			shares = append(shares, float64(d.Ladder[string(ladder[i].outcome)])/float64(d.Tasks))
		}
		s.Shares = append(s.Shares, shares)
		s.Texts = append(s.Texts, fmt.Sprintf("%d of %d correct", d.Ladder[string(studies.Correct)], d.Tasks))
	}
	caption := fmt.Sprintf("What the tasks that were not correct came to. In %d of %d tasks an error was made and recovered before harm: a close call.", r.Totals.CloseCalls, r.Totals.Tasks)
	return figure{"outcomes", s, "Outcomes of the tasks by design. Correct: " + r.sentence(func(c Cell) string { return fmt.Sprintf("%d of %d", c.Ladder[string(studies.Correct)], c.Tasks) }), caption}
}

func (r *Results) workloadFigure(instrument, name, label, what string) (figure, bool) {
	f := plots.Forest{XLabel: label, FromZero: true, Note: r.note()}
	caption := ""
	for _, w := range r.Workload {
		if w.Instrument != instrument || w.Score.N == 0 {
			continue
		}
		f.Rows = append(f.Rows, plots.Row{
			Label: w.Design, Value: float64(w.Score.Estimate), Low: w.Score.CI.Low, High: w.Score.CI.High, Points: w.Score.Each,
			Series: r.series(w.Design), Text: fixed(w.Score.Estimate, 1),
		})
		if caption != "" {
			caption += ", "
		}
		caption += w.Design + " " + fixed(w.Score.Estimate, 1)
	}
	if len(f.Rows) == 0 {
		return figure{}, false
	}
	return figure{name, f, what + " by design: " + caption + ".", what + ": " + caption + ". Means with 95 % intervals; each dot is one person."}, true
}
