package report

import (
	"math"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"
)

// LoadTest is Friedman's test of a questionnaire over all designs, with Wilcoxon's for each pair.
type LoadTest struct {
	Instrument string     `json:"instrument"`
	People     int        `json:"people"` // with a score for every design
	Chi2       Num        `json:"chi2"`
	DF         Num        `json:"df"`
	P          Num        `json:"p"`
	Note       string     `json:"note,omitempty"`
	Pairs      []LoadPair `json:"pairs"`
}

// LoadPair is one pair of designs on one questionnaire.
type LoadPair struct {
	First      string            `json:"first"`
	Second     string            `json:"second"`
	People     int               `json:"people"`
	Difference Num               `json:"mean_difference"` // first minus second
	CI         describe.Interval `json:"ci"`              // Student
	V          Num               `json:"v"`
	P          Num               `json:"p"` // Wilcoxon, two-sided
	PHolm      Num               `json:"p_holm"`
	Method     string            `json:"method"`
}

// loadTests ranks the questionnaires' scores within each person.
func (r *Results) loadTests(scores []Score) {
	for _, instrument := range instruments(scores) {
		var table [][]float64
		at := map[string]int{}
		for _, s := range scores {
			if s.Instrument != instrument || s.Missing > 0 {
				continue
			}
			for j, d := range r.names() {
				if d != s.Design {
					continue
				}
				i, seen := at[s.Participant]
				if !seen {
					i = len(table)
					at[s.Participant] = i
					line := make([]float64, len(r.Designs))
					for k := range line {
						line[k] = math.NaN()
					}
					table = append(table, line)
				}
				table[i][j] = s.Value
			}
		}
		if len(r.Designs) > 1 && len(table) > 1 {
			r.LoadTests = append(r.LoadTests, r.loadTest(instrument, table))
		}
	}
}

func (r *Results) loadTest(instrument string, table [][]float64) LoadTest {
	t := LoadTest{Instrument: instrument, Chi2: Num(math.NaN()), DF: Num(math.NaN()), P: Num(math.NaN())}
	if f, err := compare.Friedman(table); err != nil {
		t.Note = err.Error()
	} else {
		t.People, t.Chi2, t.DF, t.P, t.Note = f.N, Num(f.Statistic), Num(f.DF), Num(f.P), f.Note
	}
	var ps []float64
	var with []int
	for i := range r.Designs {
		for j := i + 1; j < len(r.Designs); j++ {
			x, y := column(table, i), column(table, j)
			p := LoadPair{First: r.Designs[i].Design, Second: r.Designs[j].Design, V: Num(math.NaN()), P: Num(math.NaN()), PHolm: Num(math.NaN())}
			c, err := compare.PairedMeans(x, y)
			if err != nil {
				continue
			}
			p.People, p.Difference, p.CI = c.N, Num(c.Estimate), c.CI(level)
			if w, err := compare.NewWilcoxon(x, y, compare.TwoSided); err == nil && !math.IsNaN(w.P) {
				p.V, p.P, p.Method = Num(w.V), Num(w.P), w.Method
				ps, with = append(ps, w.P), append(with, len(t.Pairs))
			}
			t.Pairs = append(t.Pairs, p)
		}
	}
	for k, adjusted := range compare.HolmAdjust(ps) {
		t.Pairs[with[k]].PHolm = Num(adjusted)
	}
	return t
}

func column(table [][]float64, j int) []float64 {
	out := make([]float64, len(table))
	for i := range table {
		out[i] = table[i][j]
	}
	return out
}
