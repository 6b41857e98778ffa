package compare_test

import (
	"errors"
	"math/rand/v2"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"
	"pumplab/analysis/survival"
)

// between draws from low to high.
func between(rng *rand.Rand, low, high float64) float64 { return low + (high-low)*rng.Float64() }

// events counts n trials of chance p.
func events(rng *rand.Rand, n int, p float64) (k int) {
	for range n {
		if rng.Float64() < p {
			k++
		}
	}
	return k
}

// pairs draws n people whose outcomes differ with the chances first only and second only.
func pairs(rng *rand.Rand, n int, first, second float64) (t compare.Paired) {
	for range n {
		switch u := rng.Float64(); {
		case u < first:
			t.First++
		case u < first+second:
			t.Second++
		case u < first+second+(1-first-second)/3:
			t.Both++
		default:
			t.Neither++
		}
	}
	return t
}

// people draws n people in k conditions: something of their own, and noise of the given size in each condition.
func people(rng *rand.Rand, n int, noise ...float64) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		own := rng.NormFloat64()
		for _, sd := range noise {
			rows[i] = append(rows[i], own+sd*rng.NormFloat64())
		}
	}
	return rows
}

// normal draws n values.
func normal(rng *rand.Rand, n int, mean, sd float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = mean + sd*rng.NormFloat64()
	}
	return x
}

// follow draws two groups of n people with the same hazard, some of them cut short.
func follow(rng *rand.Rand, n int) (t survival.Times, group []int, x [][]float64) {
	for i := range 2 * n {
		end, cut := rng.ExpFloat64(), between(rng, 0.3, 3)
		t.Time, t.Event = append(t.Time, min(end, cut)), append(t.Event, end <= cut)
		group, x = append(group, i%2), append(x, []float64{float64(i % 2)})
	}
	return t, group, x
}

// worlds are what the error rates are measured in.
var worlds = []world{
	{
		"the same 60 people twice, 20 to 50 % of them differ: no difference",
		[]method{{"McNemar", 0.05, nominal}, {"McNemar, corrected", 0.05, atMost}, {"McNemar, exact", 0.05, atMost}, {"McNemar, mid-p", 0.05, atMost}},
		func(rng *rand.Rand) ([]bool, error) {
			d := between(rng, 0.2, 0.5) / 2
			m, err := compare.NewMcNemar(pairs(rng, 60, d, d), 0.95)
			return []bool{m.PChi2 < 0.05, m.PChi2CC < 0.05, m.PExact < 0.05, m.PMidP < 0.05}, err
		},
	},
	{
		"two groups of 50, errors in 10 to 50 %: no difference",
		[]method{{"two proportions, score", 0.05, nominal}, {"the same, Miettinen–Nurminen", 0.05, nominal}, {"Fisher", 0.05, atMost}},
		func(rng *rand.Rand) ([]bool, error) {
			p := between(rng, 0.1, 0.5)
			t := compare.Two{K1: events(rng, 50, p), N1: 50, K2: events(rng, 50, p), N2: 50}
			two, err := compare.NewTwoProportions(t, 0.95)
			f := compare.FisherP(t.K1, t.N1-t.K1, t.K2, t.N2-t.K2, compare.TwoSided)
			return []bool{two.P < 0.05, two.PMN < 0.05, f < 0.05}, err
		},
	},
	{
		"6 tasks of 20 and 25 people, errors in 10 to 60 % of a task: odds ratio 1",
		[]method{{"Mantel–Haenszel", 0.05, nominal}, {"Mantel–Haenszel, corrected", 0.05, atMost}},
		func(rng *rand.Rand) ([]bool, error) {
			var strata []compare.Stratum
			for range 6 {
				p := between(rng, 0.1, 0.6)
				a, c := float64(events(rng, 20, p)), float64(events(rng, 25, p))
				strata = append(strata, compare.Stratum{A: a, B: 20 - a, C: c, D: 25 - c})
			}
			m, err := compare.NewMantelHaenszel(strata, 0.95)
			return []bool{m.PNC < 0.05, m.P < 0.05}, err
		},
	},
	{
		"40 people, 4 designs, everybody with a chance of their own: no difference",
		[]method{{"Cochran Q", 0.05, nominal}},
		func(rng *rand.Rand) ([]bool, error) {
			rows := make([][]float64, 40)
			for i := range rows {
				p := between(rng, 0.1, 0.8)
				for range 4 {
					rows[i] = append(rows[i], float64(events(rng, 1, p)))
				}
			}
			q, err := compare.CochranQ(rows)
			return []bool{q.P < 0.05}, err
		},
	},
	{
		"30 people, 4 designs, equal spread: no difference",
		[]method{{"Friedman", 0.05, nominal}, {"Wilcoxon, exact", 0.05, atMost}, {"Wilcoxon, ties (whole numbers)", 0.05, nominal}, {"paired means (Student)", 0.05, nominal}, {"rm-anova", 0.05, nominal}},
		func(rng *rand.Rand) ([]bool, error) {
			rows := people(rng, 30, 1, 1, 1, 1)
			var x, y, wholeX, wholeY []float64
			for _, r := range rows {
				x, y = append(x, r[0]), append(y, r[1])
				wholeX, wholeY = append(wholeX, float64(int(50+5*r[0]))), append(wholeY, float64(int(50+5*r[1])))
			}
			f, err1 := compare.Friedman(rows)
			w, err2 := compare.NewWilcoxon(x, y, compare.TwoSided)
			tied, err3 := compare.NewWilcoxon(wholeX, wholeY, compare.TwoSided)
			c, err4 := compare.PairedMeans(x, y)
			a, err5 := compare.NewRepeatedAnova(rows, []compare.Within{{Name: "design", Levels: 4}})
			if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
				return nil, err
			}
			return []bool{f.P < 0.05, w.P < 0.05, tied.P < 0.05, c.P() < 0.05, a.Effects[0].P < 0.05}, nil
		},
	},
	{
		"20 people, 4 designs, one with 5 times the spread (sphericity violated): no difference",
		[]method{{"rm-anova, uncorrected", 0.05, broken}, {"rm-anova, Greenhouse–Geisser", 0.05, nominal}, {"rm-anova, Huynh–Feldt", 0.05, nominal}},
		func(rng *rand.Rand) ([]bool, error) {
			a, err := compare.NewRepeatedAnova(people(rng, 20, 1, 1, 1, 5), []compare.Within{{Name: "design", Levels: 4}})
			if err != nil {
				return nil, err
			}
			e := a.Effects[0]
			return []bool{e.P < 0.05, e.PGG < 0.05, e.PHF < 0.05}, nil
		},
	},
	{
		"true difference at the margin: two groups of 40 and 60 with spreads 1 and 2, margin 1.2",
		[]method{{"TOST, means", 0.05, nominal}, {"non-inferiority, means", 0.025, nominal}},
		func(rng *rand.Rand) ([]bool, error) {
			a, err1 := compare.NewMoments(normal(rng, 40, -1.2, 1))
			b, err2 := compare.NewMoments(normal(rng, 60, 0, 2))
			c, err3 := compare.Welch(a, b)
			e, err4 := compare.EquivalentMeans(c, compare.Margins{Low: -1.2, High: 1.2, Alpha: 0.05})
			n, err5 := compare.EquivalentMeans(c, compare.Margins{Low: -1.2, High: 1.2, Alpha: 0.025})
			return []bool{e.Equivalent, n.AboveLow}, errors.Join(err1, err2, err3, err4, err5)
		},
	},
	{
		"true difference at the margin: two groups of 150, errors in 30 to 45 % and 15 points more",
		[]method{{"TOST, proportions", 0.05, nominal}, {"non-inferiority, proportions", 0.025, nominal}},
		func(rng *rand.Rand) ([]bool, error) {
			p := between(rng, 0.3, 0.45)
			t := compare.Two{K1: events(rng, 150, p+0.15), N1: 150, K2: events(rng, 150, p), N2: 150}
			e, err1 := compare.EquivalentProportions(t, compare.Margins{Low: -0.15, High: 0.15, Alpha: 0.05})
			n, err2 := compare.EquivalentProportions(t, compare.Margins{Low: -0.15, High: 0.15, Alpha: 0.025})
			return []bool{e.Equivalent, n.BelowHigh}, errors.Join(err1, err2)
		},
	},
	{
		"true difference at the margin: the same 120 people twice, 10 to 20 % differ one way, 15 points more the other",
		[]method{{"TOST, paired (Tango)", 0.05, nominal}, {"non-inferiority, paired (Tango)", 0.025, nominal}},
		func(rng *rand.Rand) ([]bool, error) {
			d := between(rng, 0.1, 0.2)
			t := pairs(rng, 120, d+0.15, d)
			e, err1 := compare.EquivalentPaired(t, compare.Margins{Low: -0.15, High: 0.15, Alpha: 0.05})
			n, err2 := compare.EquivalentPaired(t, compare.Margins{Low: -0.15, High: 0.15, Alpha: 0.025})
			return []bool{e.Equivalent, n.BelowHigh}, errors.Join(err1, err2)
		},
	},
	{
		"two groups of 50 with the same hazard, about a third cut short",
		[]method{{"log-rank", 0.05, nominal}, {"Cox, Wald", 0.05, nominal}, {"Cox, likelihood ratio", 0.05, nominal}},
		func(rng *rand.Rand) ([]bool, error) {
			t, group, x := follow(rng, 50)
			l, err := survival.NewLogRank(t, group, nil)
			if err != nil {
				return nil, err
			}
			c, err := survival.NewCox(survival.Model{Times: t, Names: []string{"group"}, X: x})
			if err != nil {
				return nil, err
			}
			return []bool{l.P < 0.05, c.P(0) < 0.05, c.LRP < 0.05}, nil
		},
	},
	{
		"intervals of 95 % that miss the truth: 3 to 50 % of 40",
		[]method{{"Wilson", 0.05, nominal}, {"Jeffreys", 0.05, nominal}, {"Clopper–Pearson", 0.05, atMost}},
		func(rng *rand.Rand) ([]bool, error) {
			p := between(rng, 0.03, 0.5)
			i, err := describe.NewProportion(events(rng, 40, p), 40, 0.95)
			return []bool{!i.Wilson.Contains(p), !i.Jeffreys.Contains(p), !i.ClopperPearson.Contains(p)}, err
		},
	},
	{
		"intervals of 95 % that miss the truth: difference of 5 to 60 % of 40 and of 50",
		[]method{{"Newcombe", 0.05, nominal}, {"Miettinen–Nurminen", 0.05, nominal}},
		func(rng *rand.Rand) ([]bool, error) {
			p, q := between(rng, 0.05, 0.6), between(rng, 0.05, 0.6)
			two, err := compare.NewTwoProportions(compare.Two{K1: events(rng, 40, p), N1: 40, K2: events(rng, 50, q), N2: 50}, 0.95)
			return []bool{!two.Newcombe.Contains(p - q), !two.MiettinenNurminen.Contains(p - q)}, err
		},
	},
	{
		"intervals of 95 % that miss the truth: the same 50 people twice, 5 to 30 % differ each way",
		[]method{{"Tango", 0.05, nominal}, {"Bonett–Price", 0.05, nominal}, {"Newcombe, paired", 0.05, nominal}},
		func(rng *rand.Rand) ([]bool, error) {
			p, q := between(rng, 0.05, 0.3), between(rng, 0.05, 0.3)
			m, err := compare.NewMcNemar(pairs(rng, 50, p, q), 0.95)
			return []bool{!m.Tango.Contains(p - q), !m.BonettPrice.Contains(p - q), !m.Newcombe.Contains(p - q)}, err
		},
	},
}
