package survival_test

import (
	"math"
	"os"
	"strings"
	"testing"

	"pumplab/analysis/frame"
	"pumplab/analysis/survival"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if !(math.Abs(got-want) <= rel*math.Abs(want)+1e-300) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// timeouts reads testdata/timeouts.csv: 50 people × 3 designs simulated in R 4.2.2 with set.seed(20261122), tied times, two wards.
func timeouts(t *testing.T) *frame.Frame {
	t.Helper()
	r, err := os.Open("testdata/timeouts.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f, err := frame.Read(r, "timeouts.csv")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func times(f *frame.Frame) survival.Times {
	time, _ := f.Col("time")
	event, _ := f.Col("event")
	t := survival.Times{Time: time.Num}
	for _, e := range event.Num {
		t.Event = append(t.Event, e == 1)
	}
	return t
}

func codes(f *frame.Frame, name string) []int {
	c, _ := f.Col(name)
	_, code := c.Factor()
	return code
}

func model(f *frame.Frame) survival.Model {
	m := survival.Model{Times: times(f), Names: []string{"designB", "designC", "age"}}
	age, _ := f.Col("age")
	for i, d := range codes(f, "design") {
		row := []float64{0, 0, age.Num[i]}
		if d > 0 {
			row[d-1] = 1
		}
		m.X = append(m.X, row)
	}
	return m
}

// Reference: R 4.2.2, survival 3.5-3: summary(survfit(Surv(time,event)~1), times=c(1,5,12,30)), and summary(…)$table for all, and for
// designs C and B alone (rmean, se, median, 0.95LCL, 0.95UCL).
func TestKaplanMeierAgreesWithR(t *testing.T) {
	f := timeouts(t)
	c, err := survival.KaplanMeier(times(f), 0.95)
	if err != nil {
		t.Fatal(err)
	}
	want := map[float64][4]float64{
		1:  {0.8666666666666667, 0.02775554665954844, 0.8139389412727772, 0.9228101433954977},
		5:  {0.6609243697478993, 0.03905000009998221, 0.5886531127683154, 0.742068653085648},
		12: {0.3687262273330384, 0.04010907209379209, 0.2979288485454895, 0.4563473171094962},
		30: {0.1049032838506523, 0.02622540740047541, 0.06426759575433223, 0.17123246689851},
	}
	for _, s := range c.Steps {
		if w, ok := want[s.Time]; ok {
			for i, got := range [4]float64{s.Survival, s.SE, s.CI.Low, s.CI.High} {
				near(t, "survival", got, w[i], 1e-11)
			}
			delete(want, s.Time)
		}
	}
	if len(want) > 0 || c.Events != 128 {
		t.Errorf("not seen: %v; events %d", want, c.Events)
	}
	for design, w := range map[int][5]float64{
		-1: {12.10814412775907, 0.8328331583127033, 9, 7, 11},
		1:  {9.461290726817044, 1.514361070936369, 5, 4, 8},
		2:  {14.34266666666667, 1.403108772742922, 11, 9, 19},
	} {
		var rows []int
		for i, d := range codes(f, "design") {
			if design < 0 || d == design {
				rows = append(rows, i)
			}
		}
		c, _ := survival.KaplanMeier(times(f.Take(rows)), 0.95)
		for i, got := range [5]float64{c.Mean, c.MeanSE, c.Median, c.MedianCI.Low, c.MedianCI.High} {
			near(t, "curve", got, w[i], 1e-11)
		}
	}
}

// Reference: R 4.2.2, survival 3.5-3: survdiff(Surv(time,event)~design) and with + strata(ward).
func TestLogRankAgreesWithR(t *testing.T) {
	f := timeouts(t)
	for name, c := range map[string]struct {
		stratum []int
		want    [5]float64
	}{
		"plain":      {nil, [5]float64{44.68691619081317, 31.36654746706572, 51.94653634212111, 4.764729778302357, 0.09233196425359989}},
		"stratified": {codes(f, "ward"), [5]float64{44.2606889102565, 31.63697802708986, 52.10233306265366, 4.70156063910302, 0.09529477282118576}},
	} {
		l, err := survival.NewLogRank(times(f), codes(f, "design"), c.stratum)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range [5]float64{l.Expected[0], l.Expected[1], l.Expected[2], l.Chi2, l.P} {
			near(t, name, got, c.want[i], 1e-11)
		}
		if l.DF != 2 {
			t.Errorf("df %g", l.DF)
		}
	}
}

// Reference: R 4.2.2, survival 3.5-3: coxph(Surv(time,event)~design+age[+strata(ward)][+cluster(person)], ties="efron",
// control=coxph.control(eps=1e-14, iter.max=60)): coef, model-based and robust standard errors, loglik, score and Wald tests.
func TestCoxAgreesWithR(t *testing.T) {
	f := timeouts(t)
	plain := [7]float64{0.2637935136356196, -0.2720890644481589, 0.02410024034983666, 0.2186943166587116, 0.214266978925135, 0.01018544161343219, -539.4316451908646}
	strata := [7]float64{0.2417765192126102, -0.2842296353239325, 0.02691360914588309, 0.2200651888358077, 0.2155657710280862, 0.01073163542606902, -451.4214713435632}
	for name, c := range map[string]struct {
		strata, cluster bool
		want            [7]float64
		robust          []float64
		score, wald     float64
	}{
		"plain":          {false, false, plain, nil, 10.6400152061185, 10.53970892441465},
		"strata":         {true, false, strata, nil, 11.14088627558182, 11.0152922002819},
		"cluster":        {false, true, plain, []float64{0.2058764121698604, 0.1722331314102443, 0.0111513343150366}, 10.6400152061185, 8.982483841900711},
		"strata cluster": {true, true, strata, []float64{0.1962365576635193, 0.1683510946862012, 0.01165490097656479}, 11.14088627558182, 10.17587254527634},
	} {
		m := model(f)
		if c.strata {
			m.Stratum = codes(f, "ward")
		}
		if c.cluster {
			m.Cluster = codes(f, "person")
		}
		fit, err := survival.NewCox(m)
		if err != nil || !fit.Converged || fit.Note != "" {
			t.Fatal(fit, err)
		}
		for i, got := range [7]float64{fit.Coef[0], fit.Coef[1], fit.Coef[2], fit.SE[0], fit.SE[1], fit.SE[2], fit.LogLik} {
			near(t, name, got, c.want[i], 1e-9)
		}
		for j, w := range c.robust {
			near(t, name+" robust", fit.RobustSE[j], w, 1e-9)
		}
		near(t, name+" score", fit.Score, c.score, 1e-9)
		near(t, name+" wald", fit.Wald, c.wald, 1e-9)
	}
}

func TestCoxNamesWhatCannotBeFitted(t *testing.T) {
	f := timeouts(t)
	m := model(f)
	m.Names = append(m.Names, "twice")
	for i := range m.X {
		m.X[i] = append(m.X[i], 2*m.X[i][2]-3)
	}
	if _, err := survival.NewCox(m); err == nil || err.Error() != `fit Cox model: column "twice" is a combination of the columns before it; leave it out` {
		t.Error(err)
	}
	m = model(f)
	for i := range m.X {
		m.X[i][1] = 7
	}
	if _, err := survival.NewCox(m); err == nil || err.Error() != `fit Cox model: column "designC" does not vary among those at risk at an event; leave it out` {
		t.Error(err)
	}
	m = model(f)
	m.X[3][2] = math.NaN()
	if _, err := survival.NewCox(m); err == nil {
		t.Error("a missing value was accepted")
	}
	m = model(f)
	m.Event = make([]bool, len(m.Time))
	if _, err := survival.NewCox(m); err == nil {
		t.Error("no event gave an answer")
	}
}

func TestCoxRefusesWeightsThatAreNotPositive(t *testing.T) {
	for _, w := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		m := model(timeouts(t))
		m.Weight = make([]float64, len(m.Time))
		for i := range m.Weight {
			m.Weight[i] = 1
		}
		m.Weight[6] = w
		if _, err := survival.NewCox(m); err == nil || !strings.Contains(err.Error(), "row 7") {
			t.Errorf("%v: %v", w, err)
		}
	}
}

func TestCoxSaysWhenACoefficientRunsAway(t *testing.T) {
	m := survival.Model{Names: []string{"x"}, Times: survival.Times{
		Time: []float64{1, 2, 3, 4, 9, 9, 9, 9}, Event: []bool{true, true, true, true, false, false, false, false},
	}}
	for i := range 8 {
		m.X = append(m.X, []float64{float64(i / 4)})
	}
	fit, err := survival.NewCox(m)
	if err != nil || len(fit.Infinite) != 1 || fit.Note == "" {
		t.Errorf("%+v %v", fit, err)
	}
}

// Score residuals add up to the gradient, which is zero at the fit; so clusters of one person each give the same covariance however
// rows are ordered, and the fit itself does not depend on the order.
func TestCoxDoesNotDependOnTheOrderOfRows(t *testing.T) {
	f := timeouts(t)
	m := model(f)
	m.Cluster = codes(f, "person")
	want, _ := survival.NewCox(m)
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.Permutation(seq(f.N)).Draw(t, "rows")
		g := f.Take(rows)
		m := model(g)
		m.Cluster = codes(g, "person")
		got, err := survival.NewCox(m)
		if err != nil {
			t.Fatal(err)
		}
		for j := range want.Coef {
			if math.Abs(got.Coef[j]-want.Coef[j]) > 1e-9 || math.Abs(got.RobustSE[j]-want.RobustSE[j]) > 1e-9 {
				t.Fatalf("%v %v against %v %v", got.Coef, got.RobustSE, want.Coef, want.RobustSE)
			}
		}
	})
}

func TestWithoutCensoringTheCurveIsTheShareLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		tm := survival.Times{}
		for range n {
			tm.Time = append(tm.Time, float64(rapid.IntRange(0, 12).Draw(t, "time")))
			tm.Event = append(tm.Event, true)
		}
		c, err := survival.KaplanMeier(tm, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.Steps {
			left := 0
			for _, x := range tm.Time {
				if x > s.Time {
					left++
				}
			}
			if math.Abs(s.Survival-float64(left)/float64(n)) > 1e-12 {
				t.Fatalf("at %g: %g, left %d of %d", s.Time, s.Survival, left, n)
			}
		}
	})
}

func seq(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// Reference: R 4.2.2, survival 3.5-3: start <- ifelse(time>2, (person%%3)*0.9, 0);
// coxph(Surv(start,time,event)~design+age+strata(ward)+cluster(person)): coef, model-based and robust errors, loglik.
func TestCoxWithLateEntryAgreesWithR(t *testing.T) {
	f := timeouts(t)
	m := model(f)
	m.Stratum, m.Cluster = codes(f, "ward"), codes(f, "person")
	person, _ := f.Col("person")
	for i, p := range person.Num {
		m.Start = append(m.Start, 0)
		if m.Time[i] > 2 {
			m.Start[i] = math.Mod(p, 3) * 0.9
		}
	}
	fit, err := survival.NewCox(m)
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{
		0.2014223178487892, -0.2923024471717708, 0.02701864421005001, 0.2206690380841236, 0.2156003338753872, 0.01078555746869157,
		0.192404058028085, 0.169905005090599, 0.01186689565937771, -444.5967507416766,
	}
	for i, got := range append(append(append(append([]float64{}, fit.Coef...), fit.SE...), fit.RobustSE...), fit.LogLik) {
		near(t, "late entry", got, want[i], 1e-9)
	}
	if _, err := survival.KaplanMeier(m.Times, 0.95); err == nil {
		t.Error("a curve ignored late entry")
	}
	m.Start[0] = m.Time[0]
	if _, err := survival.NewCox(m); err == nil {
		t.Error("a row that ends as it starts was accepted")
	}
}
