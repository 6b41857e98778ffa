package report

import (
	"fmt"
	"math"

	"pumplab/analysis/compare"
	"pumplab/studies"
)

// compareDesigns pairs the tasks of the designs by person, task and condition; units that one design lacks are left out.
func (r *Results) compareDesigns(rows []studies.TaskRow) error {
	type unit struct{ participant, condition, task string }
	column := map[string]int{}
	for i, d := range r.Designs {
		column[d.Design] = i
	}
	k := len(r.Designs)
	table := map[unit][]float64{}
	var order []unit
	for _, t := range rows {
		u := unit{t.Participant, t.Condition, t.Task}
		if table[u] == nil {
			line := make([]float64, k)
			for i := range line {
				line[i] = math.NaN()
			}
			table[u] = line
			order = append(order, u)
		}
		v := 0.0
		if t.Outcome.Error() {
			v = 1
		}
		table[u][column[t.Design]] = v
	}
	matrix := make([][]float64, len(order))
	for i, u := range order {
		matrix[i] = table[u]
	}
	r.Omnibus = Omnibus{Q: Num(math.NaN()), P: Num(math.NaN()), K: k, Note: "one design has nothing to be compared with"}
	if k < 2 {
		return nil
	}
	if q, err := compare.CochranQ(matrix); err != nil {
		r.Omnibus.Note = err.Error()
	} else {
		r.Omnibus = Omnibus{Q: Num(q.Statistic), DF: int(q.DF), P: Num(q.P), N: q.N, K: q.K, Note: q.Note}
	}
	return r.pairs(matrix)
}

// pairs compares every two designs by McNemar's exact test, adjusted by Holm.
func (r *Results) pairs(matrix [][]float64) error {
	var ps []float64
	for i := range r.Designs {
		for j := i + 1; j < len(r.Designs); j++ {
			var first, second []bool
			for _, line := range matrix {
				if !math.IsNaN(line[i]) && !math.IsNaN(line[j]) {
					first, second = append(first, line[i] == 1), append(second, line[j] == 1)
				}
			}
			if len(first) == 0 {
				continue
			}
			t, err := compare.NewPaired(first, second)
			if err != nil {
				return fmt.Errorf("compare %s and %s: %w", r.Designs[i].Design, r.Designs[j].Design, err)
			}
			m, err := compare.NewMcNemar(t, level)
			if err != nil {
				return fmt.Errorf("compare %s and %s: %w", r.Designs[i].Design, r.Designs[j].Design, err)
			}
			r.Pairs = append(r.Pairs, Pair{
				First: r.Designs[i].Design, Second: r.Designs[j].Design, Units: m.N,
				Both: t.Both, FirstOnly: t.First, SecondOnly: t.Second, Neither: t.Neither,
				Difference: Num(m.Difference), CI: m.Newcombe, P: Num(m.PExact), PMid: Num(m.PMidP),
			})
			ps = append(ps, m.PExact)
		}
	}
	holm, err := compare.Adjust(ps, compare.Holm)
	if err != nil {
		return fmt.Errorf("adjust p values: %w", err)
	}
	for i := range r.Pairs {
		r.Pairs[i].PHolm = Num(holm[i])
		r.Pairs[i].Distinct = holm[i] < r.Alpha
	}
	return nil
}
