package agree_test

import (
	"math"
	"strconv"
	"testing"

	"pumplab/analysis/agree"

	"pgregory.net/rapid"
)

var nan = math.NaN()

func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if !(math.Abs(got-want) <= rel*math.Abs(want)+1e-300) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// ratings makes categories 1 … levels out of columns of numbers; 0 is missing.
func ratings(levels int, raters ...[]int) agree.Ratings {
	r := agree.Ratings{}
	for l := range levels {
		r.Levels = append(r.Levels, strconv.Itoa(l+1))
	}
	for i := range raters[0] {
		var row []int
		for _, x := range raters {
			row = append(row, x[i]-1)
		}
		r.Code = append(r.Code, row)
	}
	return r
}

var (
	raterA = []int{1, 1, 2, 3, 3, 2, 1, 1, 4, 2, 3, 3, 1, 2, 4, 4, 2, 2, 1, 3, 1, 1, 2, 4, 3}
	raterB = []int{1, 2, 2, 3, 3, 2, 1, 1, 4, 3, 3, 2, 1, 2, 4, 3, 2, 1, 1, 3, 1, 2, 2, 4, 4}
	raterC = []int{1, 1, 2, 3, 2, 2, 1, 1, 4, 2, 3, 3, 1, 1, 4, 4, 2, 2, 2, 3, 1, 1, 2, 4, 3}
)

// Reference: R 4.2.2, psych 2.2.9 cohen.kappa(cbind(a,b)) for kappa and its standard error; the weighted standard errors and
// z by the matrix formulas of Fleiss, Cohen & Everitt 1969 written out in R.
func TestCohenAgreesWithR(t *testing.T) {
	for w, want := range map[agree.Weighting][3]float64{
		agree.Unweighted: {0.6203904555314532, 0.1218628058230241, 5.278370141016771},
		agree.Linear:     {0.7606019151846787, 0.08167768772152231, 5.374693229660625},
		agree.Quadratic:  {0.8741912293314164, 0.04740345458505131, 4.375736179303775},
	} {
		k := must(agree.Cohen(ratings(4, raterA, raterB), w, 0.95))
		for i, got := range [3]float64{k.Kappa, k.SE, k.Z} {
			near(t, string(w), got, want[i], 1e-11)
		}
		near(t, "low", k.CI.Low, k.Kappa-1.959963984540054*k.SE, 1e-12)
	}
}

// Reference: R 4.2.2, the formulas of irr::kappam.fleiss written out (Fleiss, Nee & Landis 1979).
func TestFleissAgreesWithR(t *testing.T) {
	k := must(agree.Fleiss(ratings(4, raterA, raterB, raterC), 0.95))
	near(t, "kappa", k.Kappa, 0.637155297532656, 1e-12)
	near(t, "z", k.Z, 9.340890685178557, 1e-12)
	near(t, "p", k.P, 9.552708908554567e-21, 1e-10)
}

// The reliability data of Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011: 4 observers, 12 units; 0 is missing.
var krippendorff = [][]int{
	{1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
	{1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
	{0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
	{1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0},
}

// Reference: the same paper, printed to three digits: nominal 0.743, ordinal 0.815, interval 0.849, ratio 0.797.
func TestKrippendorffAgreesWithHisPaper(t *testing.T) {
	x := make([][]float64, 12)
	for i := range x {
		for _, r := range krippendorff {
			v := float64(r[i])
			if v == 0 {
				v = nan
			}
			x[i] = append(x[i], v)
		}
	}
	for level, want := range map[agree.Level]float64{agree.Nominal: 0.743, agree.Ordinal: 0.815, agree.Interval: 0.849, agree.Ratio: 0.797} {
		a := must(agree.Krippendorff(x, level))
		if math.Abs(a.Alpha-want) > 5e-4 || a.Units != 11 || a.Pairable != 40 {
			t.Errorf("%s: %+v, want %g", level, a, want)
		}
	}
}

// Reference: documentation of R package irrCAC 1.0, gwet.ac1.raw(cac.raw4raters): 0.77544, standard error 0.14295, interval from 0.461,
// p 0.000208721 (the same data as Krippendorff's).
func TestAC1AgreesWithIrrCAC(t *testing.T) {
	k := must(agree.AC1(ratings(5, krippendorff...), 0.95))
	if math.Abs(k.Kappa-0.77544) > 5e-6 || math.Abs(k.SE-0.14295) > 5e-6 || math.Abs(k.CI.Low-0.461) > 5e-4 || k.CI.High != 1 {
		t.Errorf("%+v", k)
	}
	near(t, "p", k.P, 0.000208721, 1e-5)
}

// Reference: R 4.2.2, psych 2.2.9 ICC(x, lmer=FALSE): ICC, F, df1, df2, p, lower, upper in the order 1, 2, 3, 1k, 2k, 3k; the first table is
// Shrout & Fleiss 1979, the second simulated with set.seed(5).
func TestICCAgreesWithR(t *testing.T) {
	for _, c := range []struct {
		x    [][]float64
		want [][7]float64
	}{
		{[][]float64{{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}}, [][7]float64{
			{0.1657417684054756, 1.794678492239469, 5, 18, 0.1647688083446396, -0.1329323248747509, 0.7225600623281211},
			{0.2897637795275592, 11.02724795640327, 5, 15, 0.0001345665164843369, 0.01878651337471205, 0.7610843696489531},
			{0.7148407148407149, 11.02724795640327, 5, 15, 0.0001345665164843369, 0.3424647650339254, 0.9458582599553595},
			{0.4427971336792689, 1.794678492239469, 5, 18, 0.1647688083446396, -0.884442155238119, 0.9124154203407756},
			{0.6200505475989893, 11.02724795640327, 5, 15, 0.0001345665164843369, 0.07113681530250349, 0.927232040167722},
			{0.9093155423770695, 11.02724795640327, 5, 15, 0.0001345665164843369, 0.6756747138163047, 0.9858916781690623},
		}},
		{[][]float64{{-0.68, -0.41, -0.69}, {1.94, 2.81, 0.14}, {-0.15, -0.54, -1.37}, {0.68, 1.32, 0.2}, {2.45, 2.33, 1.9}, {-0.13, 0.23, -0.83}, {-0.98, -0.52, -1.21}, {-1.64, 0.21, -1.51}, {-1.17, 0.08, -0.91}, {0.07, 1, -0.4}, {2, 2.13, -0.67}, {-1.2, 0.09, -0.51}, {-1.12, 0.09, -1.11}, {0.79, 0.86, -0.51}, {-1.3, 0.14, -1.61}, {0.14, 0.78, -0.01}, {-1.04, 0.89, -1.26}, {-2.41, -1.12, -4.06}, {-0.12, 1.34, -0.79}, {-0.29, 0.46, 0.14}, {1.63, 2.15, -0.27}, {1.04, 1.07, 1.58}, {1.98, 2.96, 2.79}, {0.41, 1.69, 0.3}, {0.76, 2.16, -0.63}, {-0.76, 0.35, -0.23}, {1.8, 3.61, -0.17}, {1.44, 2.26, 1.32}, {-0.69, 0.31, -1.12}, {-0.74, -0.11, -1.49}}, [][7]float64{
			{0.5521577810083289, 4.698787815839653, 29, 60, 2.111975616855456e-07, 0.3442918166339113, 0.732273889889887},
			{0.5879205228828894, 11.22396639246396, 29, 58, 8.671225097161216e-15, 0.167882735142066, 0.8095744064944065},
			{0.7731391693713294, 11.22396639246396, 29, 58, 8.671225097161216e-15, 0.6306433382756408, 0.875226536424801},
			{0.7871791536044697, 4.698787815839653, 29, 60, 2.111975616855456e-07, 0.6116815475126141, 0.8913690729363598},
			{0.8106114056819437, 11.22396639246396, 29, 58, 8.671225097161216e-15, 0.3770483790983655, 0.9272948552746448},
			{0.9109049363626549, 11.22396639246396, 29, 58, 8.671225097161216e-15, 0.8366608420089088, 0.9546353054313602},
		}},
	} {
		r := must(agree.NewICC(c.x, 0.95))
		for i, o := range []agree.Correlation{r.One, r.Two, r.Three, r.OneK, r.TwoK, r.ThreeK} {
			for j, got := range [7]float64{o.ICC, o.F, o.DF1, o.DF2, o.P, o.CI.Low, o.CI.High} {
				near(t, "icc "+strconv.Itoa(i)+" "+strconv.Itoa(j), got, c.want[i][j], 1e-9)
			}
		}
	}
}

func TestPerfectAgreementIsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.IntRange(1, 4), 4, 30).Draw(t, "ratings")
		a = append(a, 1, 2)
		r := ratings(4, a, a)
		x := make([][]float64, len(a))
		for i, v := range a {
			x[i] = []float64{float64(v), float64(v)}
		}
		icc := must(agree.NewICC(x, 0.95))
		for name, v := range map[string]float64{
			"cohen": must(agree.Cohen(r, agree.Unweighted, 0.95)).Kappa, "weighted": must(agree.Cohen(r, agree.Quadratic, 0.95)).Kappa,
			"fleiss": must(agree.Fleiss(r, 0.95)).Kappa, "ac1": must(agree.AC1(r, 0.95)).Kappa,
			"alpha": must(agree.Krippendorff(x, agree.Ordinal)).Alpha, "icc1": icc.One.ICC, "icc2": icc.Two.ICC, "icc3": icc.Three.ICC,
		} {
			if math.Abs(v-1) > 1e-9 {
				t.Fatalf("%s is %g", name, v)
			}
		}
	})
}

func TestAgreementDoesNotDependOnWhoIsFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 30).Draw(t, "n")
		draw := func(name string) []int { return rapid.SliceOfN(rapid.IntRange(1, 3), n, n).Draw(t, name) }
		a, b := draw("a"), draw("b")
		for _, w := range []agree.Weighting{agree.Unweighted, agree.Linear, agree.Quadratic} {
			x, y := must(agree.Cohen(ratings(3, a, b), w, 0.95)), must(agree.Cohen(ratings(3, b, a), w, 0.95))
			if math.Abs(x.Kappa-y.Kappa) > 1e-12 || math.Abs(x.SE-y.SE) > 1e-9 || x.Kappa > 1+1e-12 {
				t.Fatalf("%s %+v %+v", w, x, y)
			}
		}
	})
}

func TestUndefinedAgreementIsSaidInWords(t *testing.T) {
	same := ratings(1, []int{1, 1, 1}, []int{1, 1, 1})
	for name, k := range map[string]agree.Kappa{
		"cohen": must(agree.Cohen(same, agree.Unweighted, 0.95)), "fleiss": must(agree.Fleiss(same, 0.95)), "ac1": must(agree.AC1(same, 0.95)),
	} {
		if !math.IsNaN(k.Kappa) || k.Note == "" {
			t.Errorf("%s %+v", name, k)
		}
	}
	if _, err := agree.Cohen(ratings(4, raterA, raterB, raterC), agree.Unweighted, 0.95); err == nil {
		t.Error("three raters were accepted")
	}
	if _, err := agree.NewICC([][]float64{{3, 3}, {3, 3}}, 0.95); err == nil {
		t.Error("constant ratings gave an ICC")
	}
	if _, err := agree.NewICC([][]float64{{3, nan}, {3, 4}}, 0.95); err == nil {
		t.Error("one complete unit gave an ICC")
	}
	if _, err := agree.Krippendorff([][]float64{{1, nan}, {nan, 2}}, agree.Nominal); err == nil {
		t.Error("no pair gave an alpha")
	}
}
