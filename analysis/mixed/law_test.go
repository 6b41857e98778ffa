package mixed_test

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// structures are random parts of every kind the engine treats differently.
var structures = []mixed.Spec{
	{Formula: "error ~ design + (1|participant)", Family: "binomial"},
	{Formula: "error ~ design + (1|participant) + (1|task)", Family: "binomial", Link: "probit"},
	{Formula: "cbind(wrong, fields-wrong) ~ order + (1|participant) + (1|task) + (1|ward:task)", Family: "binomial", Link: "cloglog"},
	{Formula: "error ~ design + (1+order|participant) + (1+ward|task) + (1|ward:task)", Family: "binomial"},
	{Formula: "keys ~ design + (order||participant) + (1|task)", Family: "negbin"},
	{Formula: "keys ~ order + (1|participant/order) + (0+order|task)", Family: "poisson"},
	{Formula: "keys ~ scale(order) + (design|participant)", Family: "poisson", Weights: "fields"},
	{Formula: "rating ~ design + (1|participant) + (1|task)", Family: "cumulative"},
	{Formula: "rating ~ design + (1+order|participant)", Family: "cumulative", Link: "cloglog"},
	{Formula: "error ~ design + (1|participant)", Family: "binomial", AGQ: 7},
	{Formula: "rating ~ order + (0+order|participant)", Family: "cumulative", AGQ: 5},
	{Formula: "keys ~ design + (1|participant)", Family: "negbin", AGQ: 4},
	{Formula: "seconds ~ design + (1+order|participant) + (1+ward|task)"},
	{Formula: "log(seconds) ~ design + (design|participant) + (1|task)", ML: true, Weights: "fields"},
	{Formula: "keys ~ design", Family: "negbin"},
}

func TestGradientIsExactForEveryRandomPart(t *testing.T) {
	table := MustRead(t, "study.csv")
	for _, s := range structures {
		m, err := mixed.Prepare(s, table)
		if err != nil {
			t.Fatal(err)
		}
		fn, x := m.Objective()
		for i := range x {
			x[i] += 0.1 * math.Sin(float64(3*i+1))
		}
		g := make([]float64, len(x))
		fn(x, g)
		at := func(i int, by float64) float64 {
			old := x[i]
			defer func() { x[i] = old }()
			x[i] += by
			return fn(x, nil)
		}
		for i := range x { // differences of order four
			const h = 1e-3
			d := (8*(at(i, h)-at(i, -h)) - (at(i, 2*h) - at(i, -2*h))) / (12 * h)
			if math.Abs(d-g[i]) > 1e-6*(1+math.Abs(g[i])) {
				t.Errorf("%s %s: derivative %d is %.9g, differences give %.9g", s.Formula, s.Link, i, g[i], d)
			}
		}
	}
}

func TestResultIsTheSameOnAnyNumberOfCores(t *testing.T) {
	table := MustSimulate(t, 50, 4, 48, 7)
	for _, s := range []mixed.Spec{
		{Formula: "error" + crossed, Family: "binomial"},
		{Formula: "count ~ design + (1+design|participant)", Family: "poisson"},
		{Formula: "seconds" + crossed, Contrasts: "design", Adjust: "tukey"},
		{Formula: "error ~ design", Family: "binomial"},
	} {
		one := MustFit(t, s, table)
		for _, workers := range []func(int, func(int)){pool, backwards} {
			s.Workers = workers
			if many := MustFit(t, s, table); fmt.Sprint(*many) != fmt.Sprint(*one) {
				t.Errorf("%s: %v, serially %v", s.Formula, many.Fixed, one.Fixed)
			}
		}
	}
}

func backwards(n int, f func(int)) {
	for i := n - 1; i >= 0; i-- {
		f(i)
	}
}

func TestOrderOfRowsAndNamesOfLevelsDoNotMatter(t *testing.T) {
	table := MustRead(t, "study.csv")
	rows := make([]int, table.N)
	for i := range rows {
		rows[i] = (i*77 + 5) % table.N
	}
	for _, s := range structures {
		a, b := MustFit(t, s, table), MustFit(t, s, table.Take(rows))
		for i, c := range a.Fixed {
			if d := b.Fixed[i]; c.Term != d.Term || !near(c.Estimate, d.Estimate, 1e-7) || !near(c.SE, d.SE, 1e-6) {
				t.Errorf("%s: %s is %.10g ± %.10g, in another order %.10g ± %.10g", s.Formula, c.Term, c.Estimate, c.SE, d.Estimate, d.SE)
			}
		}
		if !near(a.LogLik, b.LogLik, 1e-11) {
			t.Errorf("%s: logLik %v, in another order %v", s.Formula, a.LogLik, b.LogLik)
		}
	}
}

func near(a, b, rel float64) bool { return math.Abs(a-b) <= rel*(math.Abs(b)+1e-3) }

func TestGroupedAndSingleRowsAgree(t *testing.T) {
	table := MustRead(t, "study.csv")
	wrong, _ := table.Numbers("wrong")
	var design, who []string
	var y []float64
	for i := range table.N {
		for k := range 4 {
			d, _ := table.Col("design")
			p, _ := table.Col("participant")
			design, who = append(design, d.Text[i]), append(who, p.Text[i])
			v := 0.0
			if float64(k) < wrong[i] {
				v = 1
			}
			y = append(y, v)
		}
	}
	long, err := frame.New("long", frame.NewText("design", design), frame.NewText("participant", who), frame.NewNumber("y", y))
	if err != nil {
		t.Fatal(err)
	}
	a := MustFit(t, mixed.Spec{Formula: "cbind(wrong, fields-wrong) ~ design + (1|participant)", Family: "binomial"}, table)
	b := MustFit(t, mixed.Spec{Formula: "y ~ design + (1|participant)", Family: "binomial"}, long)
	for i, c := range a.Fixed {
		if d := b.Fixed[i]; !near(c.Estimate, d.Estimate, 1e-9) || !near(c.SE, d.SE, 1e-7) {
			t.Errorf("%s: %v ± %v grouped, %v ± %v in single rows", c.Term, c.Estimate, c.SE, d.Estimate, d.SE)
		}
	}
	if !reflect.DeepEqual(a.Groups, b.Groups) {
		t.Errorf("groups %v and %v", a.Groups, b.Groups)
	}
}
