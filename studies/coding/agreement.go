package coding

import (
	"math"
	"slices"

	"pumplab/analysis/agree"
)

// Agreement is how far raters agree on one thing they judge: mode, kind or cause. A coefficient that the codes leave undefined is
// NaN and Note says why.
type Agreement struct {
	What       string
	Raters     []string
	Units      int // passages that two raters or more have judged
	Observed   float64
	Kappa      agree.Kappa // Cohen's for two raters, Fleiss' for more
	KappaName  string
	Alpha      agree.Alpha // Krippendorff's, nominal
	AC1        agree.Kappa // Gwet's
	Categories int         // that were used
	Note       string
}

// Agree holds the codes of at least two raters against each other; the adjudicated ones are left out. Nil if fewer than two raters
// judged a passage in common. A passage is a session's step; a rater who judged several passages of one step counts with the first.
func Agree(codes []Code, level float64) []Agreement {
	type unit struct {
		session string
		step    int
	}
	var raters []string
	var units []unit
	for _, c := range codes {
		if c.Agreed {
			continue
		}
		raters, units = append(raters, c.Rater), append(units, unit{c.Session, c.Step})
	}
	slices.Sort(raters)
	raters = slices.Compact(raters)
	if len(raters) < 2 {
		return nil
	}
	row := map[unit]int{}
	for _, u := range units {
		if _, seen := row[u]; !seen {
			row[u] = len(row)
		}
	}
	var out []Agreement
	for _, what := range []struct {
		name string
		of   func(Code) string
	}{
		{"mode (SHERPA)", func(c Code) string { return c.Mode }},
		{"kind of act", func(c Code) string { return c.Kind }},
		{"cause", func(c Code) string { return c.Cause }},
	} {
		table := make([][]string, len(row))
		for i := range table {
			table[i] = make([]string, len(raters))
		}
		for _, c := range codes {
			if j := slices.Index(raters, c.Rater); !c.Agreed && table[row[unit{c.Session, c.Step}]][j] == "" {
				table[row[unit{c.Session, c.Step}]][j] = what.of(c)
			}
		}
		if a, ok := agreementOf(table, raters, level); ok {
			a.What = what.name
			out = append(out, a)
		}
	}
	return out
}

func agreementOf(table [][]string, raters []string, level float64) (Agreement, bool) {
	a := Agreement{Raters: raters, Observed: math.NaN(), KappaName: "Cohen"}
	r := agree.Ratings{}
	var x [][]float64
	for _, line := range table {
		given := 0
		code, value := make([]int, len(line)), make([]float64, len(line))
		for j, s := range line {
			code[j], value[j] = -1, math.NaN()
			if s == "" {
				continue
			}
			given++
			at := slices.Index(r.Levels, s)
			if at < 0 {
				at = len(r.Levels)
				r.Levels = append(r.Levels, s)
			}
			code[j], value[j] = at, float64(at)
		}
		if given > 1 {
			a.Units++
			r.Code, x = append(r.Code, code), append(x, value)
		}
	}
	if a.Categories = len(r.Levels); a.Units == 0 {
		return a, false
	}
	var errs []error
	keep := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	nan := agree.Kappa{Kappa: math.NaN()}
	nan.CI.Low, nan.CI.High = math.NaN(), math.NaN()
	a.Kappa, a.AC1, a.Alpha.Alpha = nan, nan, math.NaN()
	var err error
	kappa := func() (agree.Kappa, error) { return agree.Cohen(r, agree.Unweighted, level) }
	if len(raters) > 2 {
		a.KappaName, kappa = "Fleiss", func() (agree.Kappa, error) { return agree.Fleiss(r, level) }
	}
	if k, err := kappa(); err == nil {
		a.Kappa, a.Observed, a.Note = k, k.Observed, k.Note
	} else {
		keep(err)
	}
	if k, err := agree.AC1(r, level); err == nil {
		a.AC1 = k
		if math.IsNaN(a.Observed) {
			a.Observed = k.Observed
		}
	} else {
		keep(err)
	}
	if a.Alpha, err = agree.Krippendorff(x, agree.Nominal); err != nil {
		a.Alpha.Alpha = math.NaN()
		keep(err)
	}
	if a.Note == "" && len(errs) > 0 {
		a.Note = errs[0].Error()
	}
	return a, true
}
