package compare_test

import (
	"math"
	"slices"
	"testing"

	"pumplab/analysis/compare"

	"pgregory.net/rapid"
)

// Reference: R 4.2.2, p.adjust(c(.01,.04,.03,.005,.04,.8), method="holm", "BH", "bonferroni").
func TestAdjustAgreesWithR(t *testing.T) {
	p := []float64{.01, .04, .03, .005, .04, .8}
	for how, want := range map[compare.Adjustment][]float64{
		compare.Holm:       {.05, .12, .12, .03, .12, .8},
		compare.BH:         {.03, .048, .048, .03, .048, .8},
		compare.Bonferroni: {.06, .24, .18, .03, .24, 1},
	} {
		got, err := compare.Adjust(p, how)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			near(t, string(how), got[i], want[i], 1e-12)
		}
	}
	if _, err := compare.Adjust([]float64{1.2}, compare.Holm); err == nil {
		t.Error("a p value of 1.2 was accepted")
	}
	if _, err := compare.Adjust(p, "tukey"); err == nil {
		t.Error("an unknown method was accepted")
	}
}

func TestAdjustedValuesKeepOrderAndNeverShrink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 20).Draw(t, "p")
		holm, bh, bonf := compare.HolmAdjust(p), must(compare.Adjust(p, compare.BH)), must(compare.Adjust(p, compare.Bonferroni))
		for i := range p {
			if !(p[i] <= bh[i] && bh[i] <= holm[i]+1e-15 && holm[i] <= bonf[i]+1e-15 && bonf[i] <= 1) {
				t.Fatalf("p %g bh %g holm %g bonferroni %g", p[i], bh[i], holm[i], bonf[i])
			}
			for j := range p {
				if p[i] < p[j] && (holm[i] > holm[j] || bh[i] > bh[j]) {
					t.Fatalf("order of %g and %g is lost", p[i], p[j])
				}
			}
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Reference: R 4.2.2, friedman.test(m)$statistic, $p.value: on 0/1 data Friedman's statistic with ties is Cochran's Q.
func TestCochranQAgreesWithR(t *testing.T) {
	cols := [][]float64{
		{1, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 1},
		{0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0},
		{0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1},
	}
	rows := make([][]float64, len(cols[0]))
	for i := range rows {
		rows[i] = []float64{cols[0][i], cols[1][i], cols[2][i]}
	}
	q := must(compare.CochranQ(rows))
	near(t, "Q", q.Statistic, 6.888888888888889, 1e-12)
	near(t, "p", q.P, 0.0319224918348957, 1e-12)
	if q.DF != 2 || q.N != 15 || q.K != 3 {
		t.Errorf("%+v", q)
	}
}

func TestCochranQOfTwoColumnsIsMcNemar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPaired(t)
		p.First++
		var rows [][]float64
		for _, c := range []struct {
			n    int
			x, y float64
		}{{p.Both, 1, 1}, {p.First, 1, 0}, {p.Second, 0, 1}, {p.Neither, 0, 0}} {
			for range c.n {
				rows = append(rows, []float64{c.x, c.y})
			}
		}
		q := must(compare.CochranQ(rows))
		m := must(compare.NewMcNemar(p, 0.95))
		if math.Abs(q.Statistic-m.Chi2) > 1e-9*(1+m.Chi2) {
			t.Fatalf("Q %g, McNemar %g", q.Statistic, m.Chi2)
		}
		slices.Reverse(rows)
		if r := must(compare.CochranQ(rows)); r.P != q.P {
			t.Fatal("order of people matters")
		}
	})
}

func TestCochranQRefusesAndDrops(t *testing.T) {
	if _, err := compare.CochranQ([][]float64{{0, 2}, {1, 0}}); err == nil {
		t.Error("a 2 was accepted")
	}
	q := must(compare.CochranQ([][]float64{{1, 0}, {math.NaN(), 1}, {0, 1}, {1, 0}}))
	if q.N != 3 || q.Dropped != 1 {
		t.Errorf("%+v", q)
	}
	if q := must(compare.CochranQ([][]float64{{1, 1}, {0, 0}})); q.Note == "" || !math.IsNaN(q.P) {
		t.Errorf("%+v", q)
	}
}
