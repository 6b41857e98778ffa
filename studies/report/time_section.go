package report

import (
	"fmt"
	"math"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

// timeSection has the distributions, the means and the model of the times.
func (r *Results) timeSection(p *pages) document.Section {
	out := blocks(p.draw(r.spreadFigure()), p.draw(r.timeFigure(), len(r.Spreads) > 0))
	if r.TimeModel != nil {
		out = append(out, p.draw(r.timeModelFigure())...)
		out = append(out, r.modelTable("Time a task, mixed model "+r.TimeModel.Formula, "ratio of geometric means", *r.TimeModel, "logarithmic"))
	}
	return document.Section{ID: "time", Title: "Time and effort", Blocks: append(out, r.effortTable())}
}

// spreadFigure shows the time of every task.
func (r *Results) spreadFigure() (figure, bool) {
	b := plots.Boxes{XLabel: "seconds a task (logarithmic)", Log: true, Format: seconds0, Note: r.note()}
	last, alt := "", ""
	for _, s := range r.Spreads {
		label := s.Condition
		if s.Design != last {
			if last != "" {
				b.Rows = append(b.Rows, plots.Box{Gap: true})
			}
			label = s.Design + ", " + s.Condition
		}
		last = s.Design
		b.Rows = append(b.Rows, plots.Box{
			Group: s.Design, Label: label, Series: r.series(s.Design), Values: s.Each, P5: float64(s.P5), Q1: float64(s.Q1), Median: float64(s.Median), Q3: float64(s.Q3), P95: float64(s.P95),
			Text: fmt.Sprintf("%s s (%s to %s)", fixed(s.Median, 1), fixed(s.Q1, 1), fixed(s.Q3, 1)),
		})
		alt += fmt.Sprintf(" %s, %s: median %s s.", s.Design, s.Condition, fixed(s.Median, 1))
	}
	return figure{"spread", b, "Distribution of the times of single tasks." + alt, "Time of every task. Thick bar: the middle half; thin line: from the 5th to the 95th of a hundred; dot: the median, printed with the middle half."}, len(b.Rows) > 0
}

func seconds0(v float64) string { return fmt.Sprintf("%g s", v) }

// timeModelFigure shows the ratios of geometric means of the mixed model.
func (r *Results) timeModelFigure() (figure, bool) {
	if r.TimeModel == nil || len(r.TimeModel.Ratios) == 0 {
		return figure{}, false
	}
	f := plots.Forest{XLabel: "ratio of geometric mean times, first over second (logarithmic)", Log: true, Reference: 1, Note: r.note()}
	alt := ""
	shown := r.shownRatios(r.TimeModel.Ratios)
	for _, c := range shown {
		f.Rows = append(f.Rows, plots.Row{Label: c.Name, Value: float64(c.Ratio), Low: c.CI.Low, High: c.CI.High, Series: plots.Neutral, Text: fmt.Sprintf("%s (%s)", fixed(c.Ratio, 2), span(c.CI, 2))})
		alt += fmt.Sprintf(" %s: %s.", c.Name, fixed(c.Ratio, 2))
	}
	c := shown[0]
	return figure{"time-ratios", f, "Ratios of times between designs, with intervals." + alt, fmt.Sprintf("%s: a task took %s times as long (95 %% simultaneous interval %s), people and tasks held equal by the mixed model.", c.Name, fixed(c.Ratio, 2), span(c.CI, 2))}, true
}

// practiceSection follows time over the tasks on one design.
func (r *Results) practiceSection(p *pages) document.Section {
	l := plots.Lines{XLabel: "number of the measured task on this design", YLabel: "seconds", FromZero: true, Note: r.note()}
	t := document.Table{
		Caption: "Practice: power curve A + B · n^−C through the geometric means", Head: []string{"design", "A, s", "B, s", "C", "R²", "first third over last third", "95 % interval"},
		Notes: []string{"Fitted to the means of all people by least squares (a power curve describes a group, an exponential one a person: Heathcote, Brown & Mewhort 2000). The ratio compares the first with the last third of each person's tasks; tasks came in random order, so it is not a matter of which task came when."},
	}
	alt, steepest := "", -1
	for i, c := range r.Practices {
		line := plots.Line{Label: c.Design, Series: r.series(c.Design)}
		for k, m := range c.Time {
			line.X, line.Y = append(line.X, float64(c.Trial[k])), append(line.Y, float64(m.Estimate))
			line.Low, line.High = append(line.Low, m.CI.Low), append(line.High, m.CI.High)
		}
		if c.fitted.N > 0 {
			line.Curve = c.fitted.At
		}
		l.Series = append(l.Series, line)
		t.Rows = append(t.Rows, []string{c.Design, fixed(c.A, 1), fixed(c.B, 1), fixed(c.C, 3), fixed(c.R2, 2), fixed(c.Gain, 2), span(c.CI, 2)})
		if c.Note != "" {
			t.Notes = append(t.Notes, c.Design+": "+c.Note+".")
		}
		if !math.IsNaN(float64(c.Gain)) && (steepest < 0 || c.Gain > r.Practices[steepest].Gain) {
			steepest = i
		}
		alt += fmt.Sprintf(" %s: first third over last third %s.", c.Design, fixed(c.Gain, 2))
	}
	caption := "Geometric mean time by the number of the task, with 95 % intervals between people and a power curve."
	if steepest >= 0 {
		c := r.Practices[steepest]
		head := "Practice is strongest"
		if !(c.CI.Low > 1) {
			head = "No design shows practice beyond chance; the largest gain is"
		}
		caption = fmt.Sprintf(head+" on %s: the first third of its tasks took %s times as long as the last (95 %% interval %s). ", c.Design, fixed(c.Gain, 2), span(c.CI, 2)) + caption
	}
	out := blocks(p.draw(figure{"practice", l, "Time by number of the task, by design." + alt, caption}, len(l.Series) > 0), one(t))
	return document.Section{ID: "practice", Title: "Practice", Blocks: out}
}
