package report

import (
	"math"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"
	"pumplab/studies"
)

// Effect is what a condition does to a design: the same people and tasks with and without it.
type Effect struct {
	Design     string            `json:"design"` // empty: all designs together
	Without    string            `json:"without"`
	With       string            `json:"with"`
	Units      int               `json:"units"` // a person, a task (and a design)
	WithOnly   int               `json:"wrong_only_with"`
	Only       int               `json:"wrong_only_without"`
	Before     Num               `json:"wrong_without"`
	After      Num               `json:"wrong_with"`
	Difference Num               `json:"difference"` // with minus without
	CI         describe.Interval `json:"ci"`         // Newcombe, paired
	Tango      describe.Interval `json:"ci_tango"`
	P          Num               `json:"p_exact"`
	People     int               `json:"people"`
	Ratio      Num               `json:"time_ratio"` // with over without, geometric mean over people
	RatioCI    describe.Interval `json:"time_ratio_ci"`
	RatioP     Num               `json:"time_ratio_p"`
}

// disturb compares each condition with the first one in which nothing disturbs.
func (r *Results) disturb(conditions []studies.Condition, rows []studies.TaskRow) {
	quiet := -1
	for i, c := range conditions {
		if len(c.Distractions) == 0 {
			quiet = i
			break
		}
	}
	if quiet < 0 {
		quiet = 0
	}
	for i, c := range conditions {
		if i == quiet {
			continue
		}
		for _, d := range append([]string{""}, r.names()...) {
			if e, ok := effect(rows, d, conditions[quiet].Name, c.Name); ok {
				r.Effects = append(r.Effects, e)
			}
		}
	}
}

func effect(rows []studies.TaskRow, design, without, with string) (Effect, bool) {
	var turned []studies.TaskRow // the conditions take the place of the designs
	for _, t := range rows {
		if design == "" || t.Design == design {
			t.Task += "\x00" + t.Design
			t.Design, t.Condition = t.Condition, ""
			turned = append(turned, t)
		}
	}
	t := paired(unitTable(turned, []string{with, without}, wrong), 0, 1)
	if t.N() == 0 {
		return Effect{}, false
	}
	m, err := compare.NewMcNemar(t, level)
	if err != nil {
		return Effect{}, false
	}
	n, nan := float64(m.N), math.NaN()
	e := Effect{
		Design: design, Without: without, With: with, Units: m.N, WithOnly: t.First, Only: t.Second,
		Before: Num(float64(t.Both+t.Second) / n), After: Num(float64(t.Both+t.First) / n), Difference: Num(m.Difference), CI: m.Newcombe, Tango: m.Tango,
		P: Num(m.PExact), Ratio: Num(nan), RatioP: Num(nan), RatioCI: describe.Interval{Low: nan, High: nan},
	}
	a := Answer{Measure: "time", First: with, Second: without}
	if x, y, err := a.values(turned, nil); err == nil {
		if c, err := compare.PairedMeans(x, y); err == nil && c.SE > 0 {
			ci := c.CI(level)
			e.People, e.Ratio, e.RatioP = c.N, Num(math.Exp(c.Estimate)), Num(c.P())
			e.RatioCI = describe.Interval{Low: math.Exp(ci.Low), High: math.Exp(ci.High)}
		}
	}
	return e, true
}
