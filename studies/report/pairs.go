package report

import (
	"fmt"
	"math"

	"pumplab/analysis/compare"
	"pumplab/studies"
)

// event is something a measured task may have come to.
type event func(studies.TaskRow) bool

// The events that questions ask about.
func wrong(t studies.TaskRow) bool { return t.Outcome.Error() }

func running(t studies.TaskRow) bool {
	return t.Outcome == studies.Undetected || t.Outcome == studies.OverriddenSoft
}

// unitTable is one line a unit (a person, a condition, a task), one column a design: 0, 1 or NaN where the unit lacks the design.
func unitTable(rows []studies.TaskRow, designs []string, of event) [][]float64 {
	type unit struct{ participant, condition, task string }
	column := map[string]int{}
	for i, d := range designs {
		column[d] = i
	}
	at := map[unit]int{}
	var out [][]float64
	for _, t := range rows {
		col, wanted := column[t.Design]
		if !wanted {
			continue
		}
		u := unit{t.Participant, t.Condition, t.Task}
		i, seen := at[u]
		if !seen {
			i = len(out)
			at[u] = i
			line := make([]float64, len(designs))
			for j := range line {
				line[j] = math.NaN()
			}
			out = append(out, line)
		}
		out[i][col] = 0
		if of(t) {
			out[i][col] = 1
		}
	}
	return out
}

// paired counts the units that have both columns.
func paired(table [][]float64, i, j int) compare.Paired {
	var p compare.Paired
	for _, line := range table {
		if math.IsNaN(line[i]) || math.IsNaN(line[j]) {
			continue
		}
		switch {
		case line[i] == 1 && line[j] == 1:
			p.Both++
		case line[i] == 1:
			p.First++
		case line[j] == 1:
			p.Second++
		default:
			p.Neither++
		}
	}
	return p
}

func (r *Results) names() []string {
	var out []string
	for _, d := range r.Designs {
		out = append(out, d.Design)
	}
	return out
}

// compareDesigns pairs the tasks of the designs by person, task and condition; units that one design lacks are left out.
func (r *Results) compareDesigns(rows []studies.TaskRow) error {
	table := unitTable(rows, r.names(), wrong)
	k := len(r.Designs)
	r.Omnibus = Omnibus{Q: Num(math.NaN()), P: Num(math.NaN()), K: k, Note: "one design has nothing to be compared with"}
	if k < 2 {
		return nil
	}
	if q, err := compare.CochranQ(table); err != nil {
		r.Omnibus.Note = err.Error()
	} else {
		r.Omnibus = Omnibus{Q: Num(q.Statistic), DF: int(q.DF), P: Num(q.P), N: q.N, K: q.K, Note: q.Note}
	}
	var critical []studies.TaskRow
	for _, t := range rows {
		if t.Critical {
			critical = append(critical, t)
		}
	}
	var err error
	if r.Pairs, err = r.pairs(table); err != nil {
		return err
	}
	if r.PairsRunning, err = r.pairs(unitTable(rows, r.names(), running)); err != nil {
		return err
	}
	r.PairsCritical, err = r.pairs(unitTable(critical, r.names(), wrong))
	return err
}

// pairs compares every two designs by McNemar's exact test, adjusted by Holm.
func (r *Results) pairs(table [][]float64) ([]Pair, error) {
	var out []Pair
	var ps []float64
	for i := range r.Designs {
		for j := i + 1; j < len(r.Designs); j++ {
			t := paired(table, i, j)
			if t.N() == 0 {
				continue
			}
			m, err := compare.NewMcNemar(t, level)
			if err != nil {
				return nil, fmt.Errorf("compare %s and %s: %w", r.Designs[i].Design, r.Designs[j].Design, err)
			}
			out = append(out, Pair{
				First: r.Designs[i].Design, Second: r.Designs[j].Design, Units: m.N,
				Both: t.Both, FirstOnly: t.First, SecondOnly: t.Second, Neither: t.Neither,
				Difference: Num(m.Difference), CI: m.Newcombe, Tango: m.Tango, P: Num(m.PExact), PMid: Num(m.PMidP),
			})
			ps = append(ps, m.PExact)
		}
	}
	for i, p := range compare.HolmAdjust(ps) {
		out[i].PHolm, out[i].Distinct = Num(p), p < r.Alpha
	}
	return out, nil
}
