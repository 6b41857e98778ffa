package report

import (
	"fmt"
	"math"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"
	"pumplab/studies"
)

// decideValue compares what is measured and not counted: times by the ratio of geometric means, the rest by means; one value a
// person and design. A margin is a proportion: of the ratio, or of the second design's mean.
func (a *Answer) decideValue(rows []studies.TaskRow, scores []Score) error {
	x, y, err := a.values(rows, scores)
	if err != nil {
		return err
	}
	a.Scale = "mean"
	if a.Measure == "time" {
		a.Scale = "ratio"
	}
	c, err := compare.PairedMeans(x, y)
	if err != nil {
		return fmt.Errorf("%s cannot be compared between %s and %s: %w", a.Measure, a.First, a.Second, err)
	}
	if !(c.SE > 0) {
		return fmt.Errorf("%s differs by the same amount for everybody, so there is no test", a.Measure)
	}
	first, _ := describe.MeanSD(x)
	second, _ := describe.MeanSD(y)
	back := func(v float64) float64 { return v }
	margin := float64(a.Margin) * math.Abs(second)
	if a.Scale == "ratio" {
		back, margin = math.Exp, math.Log1p(float64(a.Margin))
	}
	a.Units, a.FirstValue, a.SecondVal = c.N, Num(back(first)), Num(back(second))
	a.Method = "paired t test on each person's mean"
	if a.Scale == "ratio" {
		a.Method = "paired t test on the logarithm of each person's geometric mean"
	}
	ci := c.CI(a.Level)
	a.Difference, a.P = Num(back(c.Estimate)), Num(c.P())
	a.CI = describe.Interval{Low: back(ci.Low), High: back(ci.High)}
	if a.Kind == "superiority" {
		return nil
	}
	e, err := compare.EquivalentMeans(c, compare.Margins{Low: -margin, High: margin, Alpha: a.Alpha})
	if err != nil {
		return err
	}
	a.Margin = Num(back(margin))
	switch {
	case a.Kind == "equivalence":
		a.P = Num(e.P)
	case a.Measure == "sus": // more is better
		a.P = Num(e.PLow)
	default:
		a.P = Num(e.PHigh)
	}
	return nil
}

// values are one number a person for each of the two designs; times are logarithms.
func (a *Answer) values(rows []studies.TaskRow, scores []Score) (x, y []float64, err error) {
	of := func(design string) map[string]float64 {
		sum, n := map[string]float64{}, map[string]float64{}
		if a.Measure == "sus" || a.Measure == "raw-tlx" {
			for _, s := range scores {
				if s.Design == design && s.Instrument == a.Measure && s.Missing == 0 {
					sum[s.Participant] += s.Value
					n[s.Participant]++
				}
			}
		} else {
			for _, t := range rows {
				if v, ok := valueOf(t, a.Measure); ok && t.Design == design {
					sum[t.Participant] += v
					n[t.Participant]++
				}
			}
		}
		for p := range sum {
			sum[p] /= n[p]
		}
		return sum
	}
	first, second := of(a.First), of(a.Second)
	for _, p := range people(rows) {
		u, ok := first[p]
		v, both := second[p]
		if ok && both {
			x, y = append(x, u), append(y, v)
		}
	}
	if len(x) < 2 {
		return nil, nil, fmt.Errorf("fewer than two people have %s for both %s and %s", a.Measure, a.First, a.Second)
	}
	return x, y, nil
}

func valueOf(t studies.TaskRow, measure string) (float64, bool) {
	switch measure {
	case "time":
		s := (t.Ended - t.Started).Seconds()
		return math.Log(s), s > 0
	case "presses":
		return float64(t.Presses), true
	case "alerts":
		return float64(t.Alerts), true
	case "overrides":
		return float64(t.Overrides), true
	case "corrections":
		return float64(t.Corrections), true
	}
	return 0, false
}
