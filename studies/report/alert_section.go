package report

import (
	"fmt"
	"strings"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

// alertSection follows limit alerts from being shown to what came of them.
func (r *Results) alertSection(p *pages) document.Section {
	return document.Section{ID: "alerts", Title: "Alerts of the drug library", Blocks: blocks(p.draw(r.funnelFigure()), one(r.alertTable()))}
}

func (r *Results) funnelFigure() (figure, bool) {
	b := plots.Bars{XLabel: "limit alerts in measured tasks", Note: r.note()}
	t, alt := r.Totals, ""
	for i, a := range r.AlertUse {
		b.Rows = append(b.Rows, plots.Bar{Gap: true, Label: a.Design})
		add := func(label string, n, of, faint int) {
			text, low, high := fmt.Sprint(n), 0.0, 0.0
			if of > 0 {
				s := share(n, of)
				low, high = s.CI.Low*float64(of), s.CI.High*float64(of)
				text = fmt.Sprintf("%d (%s)", n, percents(s.CI))
			}
			b.Rows = append(b.Rows, plots.Bar{Group: a.Design, Label: label, Value: float64(n), Low: low, High: high, Series: i, Faint: faint, Text: text})
		}
		add("shown", a.Shown, 0, 0)
		add("heeded", a.Changed, a.Shown, 1)
		add("a wrong entry put right", a.GoodCatch, a.Shown, 2)
		add("overridden", a.Overridden, a.Shown, 1)
		add("with a wrong entry", a.Wrongly, a.Shown, 2)
		if a.Open > 0 {
			add("never answered", a.Open, a.Shown, 1)
		}
		alt += fmt.Sprintf(" %s: %d shown, %d heeded, %d overridden, %d of these with a wrong entry.", a.Design, a.Shown, a.Changed, a.Overridden, a.Wrongly)
	}
	return figure{
		"alerts", b, "Limit alerts by design, from shown to answered." + alt,
		fmt.Sprintf("Of %s, %d were overridden and %d of these covered a wrong entry; %d brought a wrong entry to light that was then put right. Lines and brackets are 95 %% Wilson intervals of the share of alerts shown.", count(t.Alerts, "limit alert", "limit alerts"), t.Overridden, t.Wrongly, t.GoodCatches),
	}, t.Alerts > 0
}

// distractionSection sets the same people and tasks with and without disturbance side by side.
func (r *Results) distractionSection(p *pages) document.Section {
	if r.Totals.Conditions < 2 {
		return document.Section{ID: "distraction", Title: "Distraction", Blocks: one(document.Para("The study has one condition, so nothing is said about distraction."))}
	}
	out := blocks(p.draw(r.effectFigure()), p.draw(r.slowingFigure()))
	if len(r.Effects) > 0 {
		t := document.Table{
			Caption: "With and without distraction, the same people and tasks", Head: []string{"design", "condition", "wrong without", "with", "difference", "95 % Newcombe", "p", "time ratio", "95 %"}, Lead: 1, Tight: true,
			Notes: []string{"Difference in percentage points, with minus without. p by McNemar's exact test, two-sided, not adjusted: each row answers a question of its own. Time ratio: geometric mean of each person's ratio, Student's interval between people."},
		}
		for _, e := range r.Effects {
			t.Rows = append(t.Rows, []string{e.name(), e.With, percent(e.Before), percent(e.After), signed(100 * float64(e.Difference)), pointSpan(e.CI.Low, e.CI.High), pCell(e.P), fixed(e.Ratio, 2), span(e.RatioCI, 2)})
		}
		out = append(out, t)
	}
	return document.Section{ID: "distraction", Title: "Distraction", Blocks: append(out, r.resumptionTable())}
}

func (e Effect) name() string {
	if e.Design == "" {
		return "all designs"
	}
	return e.Design
}

func (r *Results) effectRow(e Effect, many bool) plots.Row {
	row := plots.Row{Group: e.With, Label: e.name(), Series: plots.Neutral}
	if many {
		row.Label += ", " + e.With
	}
	if e.Design != "" {
		row.Series = r.series(e.Design)
	}
	return row
}

func (r *Results) manyConditions() bool {
	for _, e := range r.Effects {
		if e.With != r.Effects[0].With {
			return true
		}
	}
	return false
}

func (r *Results) effectFigure() (figure, bool) {
	if len(r.Effects) == 0 {
		return figure{}, false
	}
	f := plots.Forest{XLabel: "difference in percentage points, with minus without distraction", Zero: true, Format: wholePoints, Note: r.note()}
	var alt []string
	for _, e := range r.Effects {
		row := r.effectRow(e, r.manyConditions())
		row.Value, row.Low, row.High = 100*float64(e.Difference), 100*e.CI.Low, 100*e.CI.High
		row.Text = fmt.Sprintf("%s (%s)", signed(row.Value), pointSpan(e.CI.Low, e.CI.High))
		f.Rows = append(f.Rows, row)
		alt = append(alt, row.Label+" "+signed(row.Value))
	}
	e := r.Effects[0]
	return figure{
		"distraction", f, "Effect of distraction on tasks that ended wrong, in percentage points, with intervals: " + strings.Join(alt, ", ") + ".",
		fmt.Sprintf("%s: %s of tasks ended wrong with “%s”, %s with “%s”; a difference of %s points (95 %% interval %s, %s units of one person and task).", sentenceCase(e.name()), percent(e.After), e.With, percent(e.Before), e.Without, signed(100*float64(e.Difference)), pointSpan(e.CI.Low, e.CI.High), fmt.Sprint(e.Units)),
	}, true
}

func (r *Results) slowingFigure() (figure, bool) {
	f := plots.Forest{XLabel: "ratio of times, with over without distraction (logarithmic)", Log: true, Reference: 1, Note: r.note()}
	var alt []string
	for _, e := range r.Effects {
		if e.People == 0 {
			continue
		}
		row := r.effectRow(e, r.manyConditions())
		row.Value, row.Low, row.High = float64(e.Ratio), e.RatioCI.Low, e.RatioCI.High
		row.Text = fmt.Sprintf("%s (%s)", fixed(e.Ratio, 2), span(e.RatioCI, 2))
		f.Rows = append(f.Rows, row)
		alt = append(alt, row.Label+" "+fixed(e.Ratio, 2))
	}
	if len(f.Rows) == 0 {
		return figure{}, false
	}
	e := r.Effects[0]
	return figure{
		"slowing", f, "Effect of distraction on the time of a task, as a ratio, with intervals: " + strings.Join(alt, ", ") + ".",
		fmt.Sprintf("With distraction a task took %s times as long (95 %% interval %s, %s), the distraction itself included.", fixed(e.Ratio, 2), span(e.RatioCI, 2), count(e.People, "person", "people")),
	}, true
}

func (r *Results) resumptionTable() document.Table {
	t := document.Table{
		Caption: "Interruptions and getting back to work", Head: []string{"design", "condition", "interruptions", "resumption lag, s", "95 % interval"}, Lead: 1,
		Notes: []string{"Resumption lag: from the end of an interruption to the next key of the task; geometric mean over people."},
	}
	for _, c := range r.Cells {
		if c.Interrupted > 0 {
			t.Rows = append(t.Rows, []string{c.Design, c.Condition, fmt.Sprint(c.Interrupted), fixed(c.Resumption.Estimate, 2), span(c.Resumption.CI, 2)})
		}
	}
	if len(t.Rows) == 0 {
		t.Notes = append(t.Notes, "Nobody was interrupted in a measured task.")
	}
	return t
}
