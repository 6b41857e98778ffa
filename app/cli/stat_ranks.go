package cli

import (
	"fmt"
	"math"
	"strings"

	"pumplab/analysis/compare"
)

type statCochranQ struct{ statFile }

// Run prints Q with its upper-tail p.
func (c *statCochranQ) Run(x *Context) error {
	w, err := c.wide(x, true)
	if err != nil {
		return err
	}
	if err := w.need(2, math.MaxInt, "Cochran's Q needs a 0/1 column for each condition"); err != nil {
		return err
	}
	rows, err := w.rows()
	if err != nil {
		return err
	}
	for i, row := range rows {
		for j, v := range row {
			if v == v && v != 0 && v != 1 {
				return fmt.Errorf("%s: %g; only 0 and 1 can be counted", w.frame.At(i, w.names[j]), v)
			}
		}
	}
	q, err := compare.CochranQ(rows)
	if err != nil {
		return err
	}
	shares := make([]float64, q.K)
	for _, row := range rows {
		if complete(row) {
			for j, v := range row {
				shares[j] += v / float64(q.N)
			}
		}
	}
	return w.result("Cochran's Q, upper tail of chi-squared").
		put("q", q.Statistic).put("df", q.DF).put("p", q.P).put("n", q.N).put("k", q.K).
		put("columns", w.names).put("shares", shares).put("side", "upper").
		dropped(q.Dropped).note(q.Note).print(x)
}

func complete(row []float64) bool {
	for _, v := range row {
		if math.IsNaN(v) {
			return false
		}
	}
	return true
}

type statFriedman struct{ statFile }

// Run prints Friedman's chi-squared with its upper-tail p.
func (c *statFriedman) Run(x *Context) error {
	w, err := c.wide(x, true)
	if err != nil {
		return err
	}
	if err := w.need(2, math.MaxInt, "Friedman's test needs a column for each condition"); err != nil {
		return err
	}
	rows, err := w.rows()
	if err != nil {
		return err
	}
	f, err := compare.Friedman(rows)
	if err != nil {
		return err
	}
	return w.result("Friedman's test, corrected for ties, upper tail of chi-squared").
		put("chi2", f.Statistic).put("df", f.DF).put("p", f.P).put("n", f.N).put("k", f.K).
		put("columns", w.names).put("side", "upper").
		dropped(f.Dropped).note(f.Note).print(x)
}

type statWilcoxon struct {
	statFile
	Side string `default:"two-sided" help:"two-sided, less or greater (of first minus second)."`
}

// Run prints V and its p.
func (c *statWilcoxon) Run(x *Context) error {
	side, err := compare.ParseSide(c.Side)
	if err != nil {
		return err
	}
	w, err := c.wide(x, true)
	if err != nil {
		return err
	}
	if err := w.need(1, 2, "the signed-rank test needs two columns, or one of differences"); err != nil {
		return err
	}
	first, err := w.frame.Numbers(w.names[0])
	if err != nil {
		return err
	}
	second, title := make([]float64, len(first)), "Wilcoxon signed rank, "+w.names[0]+" against zero"
	if len(w.names) == 2 {
		if second, err = w.frame.Numbers(w.names[1]); err != nil {
			return err
		}
		title = "Wilcoxon signed rank, " + strings.Join(w.names, " minus ")
	}
	t, err := compare.NewWilcoxon(first, second, side)
	if err != nil {
		return err
	}
	return w.result(title).
		put("v", t.V).put("p", t.P).put("method", t.Method).put("ties", t.Ties).put("zeros", t.Zeros).put("n", t.N).
		put("side", t.Side).put("columns", w.names).
		dropped(t.Miss).note(t.Note).print(x)
}

type statMantelHaenszel struct {
	statConfidence
	statFile
}

// Run prints the common odds ratio.
func (c *statMantelHaenszel) Run(x *Context) error {
	w, err := c.wide(x, true)
	if err != nil {
		return err
	}
	if err := w.need(4, 4, "a stratum is a row of four counts a, b, c, d: first group with and without the event, second group with and without"); err != nil {
		return err
	}
	rows, err := w.rows()
	if err != nil {
		return err
	}
	var strata []compare.Stratum
	for i, r := range rows {
		for j, v := range r {
			if !(v >= 0) || v != math.Trunc(v) {
				return fmt.Errorf("%s: %g is not a count", w.frame.At(i, w.names[j]), v)
			}
		}
		strata = append(strata, compare.Stratum{A: r[0], B: r[1], C: r[2], D: r[3]})
	}
	m, err := compare.NewMantelHaenszel(strata, c.Confidence)
	if err != nil {
		return err
	}
	r := w.result("Mantel-Haenszel, p two-sided").
		put("odds_ratio", m.OddsRatio).put("odds_ratio_ci", m.CI).
		put("chi2", m.Chi2NC).put("p", m.PNC).put("chi2_cc", m.Chi2).put("p_cc", m.P).
		put("strata", m.Strata).put("side", compare.TwoSided)
	if m.Unused > 0 {
		r.note(fmt.Sprintf("%d strata with an empty row or column add nothing", m.Unused))
	}
	return r.print(x)
}
