package compare_test

import (
	"math"
	"strings"
	"testing"

	"pumplab/analysis/compare"
)

// reaction is days 0 to 5 of R's lme4::sleepstudy (Belenky et al. 2003), a row a person.
var reaction = [][]float64{
	{249.5600, 258.7047, 250.8006, 321.4398, 356.8519, 414.6901},
	{222.7339, 205.2658, 202.9778, 204.7070, 207.7161, 215.9618},
	{199.0539, 194.3322, 234.3200, 232.8416, 229.3074, 220.4579},
	{321.5426, 300.4002, 283.8565, 285.1330, 285.7973, 297.5855},
	{287.6079, 285.0000, 301.8206, 320.1153, 316.2773, 293.3187},
	{234.8606, 242.8118, 272.9613, 309.7688, 317.4629, 309.9976},
	{283.8424, 289.5550, 276.7693, 299.8097, 297.1710, 338.1665},
	{265.4731, 276.2012, 243.3647, 254.6723, 279.0244, 284.1912},
	{241.6083, 273.9472, 254.4907, 270.8021, 251.4519, 254.6362},
	{312.3666, 313.8058, 291.6112, 346.1222, 365.7324, 391.8385},
	{236.1032, 230.3167, 238.9256, 254.9220, 250.7103, 269.7744},
	{256.2968, 243.4543, 256.2046, 255.5271, 268.9165, 329.7247},
	{250.5265, 300.0576, 269.8939, 280.5891, 271.8274, 304.6336},
	{221.6771, 298.1939, 326.8785, 346.8555, 348.7402, 352.8287},
	{271.9235, 268.4369, 257.2424, 277.6566, 314.8222, 317.2135},
	{225.2640, 234.5235, 238.9008, 240.4730, 267.5373, 344.1937},
	{269.8804, 272.4428, 277.8989, 281.7895, 279.1705, 284.5120},
	{269.4117, 273.4740, 297.5968, 310.6316, 287.1726, 329.6076},
}

// Mauchly p of the first is the formula itself in R, since mauchly.test of R 4.2.2 writes 3p for 3d in its second-order term.
// R 4.2.2, car 3.1-1: summary(Anova(lm(Y ~ 1), idata, idesign, type = 3), multivariate = FALSE); η² by afex 1.2-1's aov_ez for days 0 to 3.
func TestRepeatedAnovaAgreesWithR(t *testing.T) {
	four := make([][]float64, len(reaction))
	for i, r := range reaction {
		four[i] = r[:4]
	}
	one, err := compare.NewRepeatedAnova(four, []compare.Within{{Name: "day", Levels: 4}})
	if err != nil || len(one.Effects) != 1 {
		t.Fatal(one, err)
	}
	two, err := compare.NewRepeatedAnova(reaction, []compare.Within{{Name: "a", Levels: 2}, {Name: "b", Levels: 3}})
	if err != nil || len(two.Effects) != 3 {
		t.Fatal(two, err)
	}
	nan := math.NaN()
	for _, c := range []struct {
		got  compare.Effect
		want [12]float64
	}{
		{one.Effects[0], [12]float64{6681.96998598488, 19151.8669265776, 3, 51, 5.93119669206274, 1.49901897671148e-03, 0.63617809393279723, 0.00703475025836948, 0.71461176969156814, 0.00502556784824548, 0.4452076516182955, 0.0263987641990715}},
		{two.Effects[0], [12]float64{26311.20786888239, 23286.30695622937, 1, 17, 19.20830703691059, 4.05958983075024e-04, 1, 4.05958983075024e-04, 1, 4.05958983075024e-04, nan, nan}},
		{two.Effects[1], [12]float64{5353.12483325726, 9673.17835802612, 2, 34, 9.40777878760660, 5.60002307565270e-04, 0.785587851251615, 0.00163979293478911, 0.851690386069212, 0.0011761476475789, 0.727067891379965, 0.0780907738893124}},
		{two.Effects[2], [12]float64{1946.04109727573, 15022.63807172759, 2, 34, 2.20218968837096, 1.26086566697749e-01, 0.707972724491836, 0.14406208895971731, 0.753559287309295, 0.1412316840243486, 0.587516205913479, 0.0141957651108443}},
	} {
		e := c.got
		for i, got := range [12]float64{e.SS, e.SSError, e.DF1, e.DF2, e.F, e.P, e.GG, e.PGG, e.HF, e.PHF, e.Mauchly, e.PMauchly} {
			if want := c.want[i]; math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > 1e-9*math.Abs(want) {
				t.Errorf("%s [%d]: %.15g, want %.15g", e.Name, i, got, want)
			}
		}
	}
	if e := one.Effects[0]; math.Abs(e.Partial-0.2586518606818) > 1e-10 || math.Abs(e.General-0.07986444616904) > 1e-10 {
		t.Errorf("η² %v, %v", e.Partial, e.General)
	}
	if two.Effects[2].Name != "a:b" {
		t.Errorf("%v", two.Effects[2].Name)
	}
}

// With two conditions F is the square of the paired t, whatever the covariance.
func TestRepeatedAnovaOfTwoIsThePairedT(t *testing.T) {
	var a, b []float64
	rows := make([][]float64, 0, len(reaction)+1)
	for _, r := range reaction {
		a, b = append(a, r[0]), append(b, r[1])
		rows = append(rows, r[:2])
	}
	rows = append(rows, []float64{250, math.NaN()})
	got, err := compare.NewRepeatedAnova(rows, []compare.Within{{Name: "day", Levels: 2}})
	if err != nil || got.N != 18 || got.Dropped != 1 {
		t.Fatal(got, err)
	}
	d, err := compare.PairedMeans(a, b)
	if err != nil {
		t.Fatal(err)
	}
	tt := d.Estimate / d.SE
	if e := got.Effects[0]; math.Abs(e.F-tt*tt) > 1e-9*e.F {
		t.Errorf("F %v, t² %v", e.F, tt*tt)
	}
}

func TestRepeatedAnovaSaysWhatCannotBeTested(t *testing.T) {
	same := [][]float64{{1, 2, 4}, {2, 3, 5}, {5, 6, 8}}
	if a, err := compare.NewRepeatedAnova(same, []compare.Within{{Name: "x", Levels: 3}}); err != nil || !math.IsNaN(a.Effects[0].P) || a.Note == "" {
		t.Errorf("%+v %v", a, err)
	}
	for want, c := range map[string]struct {
		rows   [][]float64
		levels int
	}{
		"3 columns, but the factors have 2": {same, 2}, "a factor needs two": {same, 1}, "too large": {[][]float64{{1e200, 2, 3}, {1, -1e200, 3}}, 3},
	} {
		if _, err := compare.NewRepeatedAnova(c.rows, []compare.Within{{Name: "x", Levels: c.levels}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
