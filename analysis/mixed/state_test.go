package mixed_test

import (
	"math"
	"strings"
	"testing"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

func TestFirthAgreesWithR(t *testing.T) {
	// R 4.2.2, brglm2 0.9: glm(y ~ d + x, binomial, d, method = "brglmFit", type = "AS_mean", epsilon = 1e-14)
	r := MustFit(t, mixed.Spec{Formula: "y ~ d + x", Family: "binomial", Firth: true}, MustRead(t, "separated.csv"))
	want := []struct {
		term         string
		estimate, se float64
	}{
		{"(Intercept)", -3.7039686552273, 1.59112905232}, {"dB", 3.0561118415829, 1.47943962826}, {"x", 0.0426077848024, 0.38298721941},
	}
	for i, w := range want {
		if c := r.Fixed[i]; c.Term != w.term || !near(c.Estimate, w.estimate, 1e-10) || !near(c.SE, w.se, 1e-10) {
			t.Errorf("%+v, want %+v", c, w)
		}
	}
}

func TestSeparationIsNamedNotNumbered(t *testing.T) {
	table := MustRead(t, "separated.csv")
	y, _ := table.Numbers("y")
	d, _ := table.Col("d")
	n, _ := table.Numbers("n")
	count, rating := make([]float64, table.N), make([]float64, table.N)
	for i := range count {
		rating[i] = 4
		if d.Text[i] == "B" {
			count[i], rating[i] = n[i]+y[i], n[i]
		}
	}
	table.Cols = append(table.Cols, frame.NewNumber("count", count), frame.NewNumber("rating", rating))
	for _, s := range []mixed.Spec{
		{Formula: "y ~ d", Family: "binomial"},
		{Formula: "y ~ d + x + h", Family: "binomial"},
		{Formula: "y ~ d + (1|g)", Family: "binomial"},
		{Formula: "y ~ d", Family: "binomial", Link: "probit"},
		{Formula: "count ~ d + x", Family: "poisson"},
		{Formula: "count ~ d + (1|g)", Family: "poisson"},
		{Formula: "count ~ d", Family: "negbin"},
		{Formula: "rating ~ d", Family: "cumulative"},
	} {
		s.Contrasts = "d"
		r := MustFit(t, s, table)
		c, _ := r.Coef("dB")
		if !r.Has("separation") || r.Converged || !math.IsNaN(c.SE) || !math.IsNaN(c.P) || !math.IsNaN(r.Contrasts[0].P) {
			t.Errorf("%s %s: converged %v, %+v, %v", s.Formula, s.Family, r.Converged, c, r.States)
		}
		for _, state := range r.States {
			if state.Name == "separation" && (!strings.Contains(state.Words, "dB") || state.Advice == "") {
				t.Errorf("%s: %+v", s.Formula, state)
			}
		}
		if x, ok := r.Coef("x"); ok && math.IsNaN(x.SE) {
			t.Errorf("%s: x is determined by the data but has no standard error", s.Formula)
		}
	}
}

// A design without a single error makes its interactions undetermined as well: −∞ − (−∞) is no number.
func TestInteractionsOfASeparatedDesignAreNotNumbered(t *testing.T) {
	table := MustRead(t, "study.csv")
	d, _ := table.Col("design")
	e, _ := table.Col("error")
	for i, l := range d.Text {
		if l == "B" {
			e.Num[i] = 0
		}
	}
	r := MustFit(t, mixed.Spec{Formula: "error ~ design*ward", Family: "binomial", Contrasts: "design"}, table)
	for _, c := range r.Fixed {
		if math.IsNaN(c.SE) != strings.Contains(c.Term, "designB") || !math.IsNaN(c.SE) && c.SE > 2 {
			t.Errorf("%s: %v ± %v", c.Term, c.Estimate, c.SE)
		}
	}
	for _, c := range r.Contrasts {
		if math.IsNaN(c.P) != (c.First == "B" || c.Second == "B") {
			t.Errorf("%s: p %v", c.Name, c.P)
		}
	}
}

func TestLevelsWithoutRowsAreLeftOutAndNamed(t *testing.T) {
	table := MustRead(t, "study.csv")
	order := map[string][]string{"design": {"Z", "D", "A", "B", "C"}}
	r := MustFit(t, mixed.Spec{Formula: "seconds ~ design", Levels: order, Contrasts: "design"}, table)
	plain := MustFit(t, mixed.Spec{Formula: "seconds ~ design", Levels: map[string][]string{"design": order["design"][1:]}, Contrasts: "design"}, table)
	if !r.Has("empty level") || plain.Has("empty level") || len(r.Contrasts) != 6 || r.Fixed[1] != plain.Fixed[1] || r.Contrasts[5].P != plain.Contrasts[5].P {
		t.Errorf("%v %v %v", r.States, r.Fixed, r.Contrasts)
	}
}

func TestHazardsWithoutAMaximumHaveNoStandardError(t *testing.T) {
	table := MustRead(t, "separated.csv")
	d, _ := table.Col("d")
	happened, time := make([]float64, table.N), make([]float64, table.N)
	for i, l := range d.Text {
		time[i] = float64(i%7 + 1)
		if l == "B" {
			happened[i] = 1
		}
	}
	table.Cols = append(table.Cols, frame.NewNumber("time", time), frame.NewNumber("event", happened))
	r := MustFit(t, mixed.Spec{Formula: "Surv(time, event) ~ d + x", Family: "cox"}, table)
	if b, _ := r.Coef("dB"); !r.Has("separation") || !math.IsNaN(b.SE) || !math.IsNaN(b.P) {
		t.Errorf("%+v %v", b, r.States)
	}
	if x, _ := r.Coef("x"); math.IsNaN(x.SE) {
		t.Errorf("x is determined but has no standard error: %+v", x)
	}
}

func TestBoundaryFitsAreNamed(t *testing.T) {
	table := MustRead(t, "study.csv")
	for _, s := range []mixed.Spec{
		{Formula: "keys ~ design + (1|participant) + (1|task/ward)", Family: "negbin"},
		{Formula: "seconds ~ design + (1+order|participant) + (1+ward|task)"},
	} {
		r := MustFit(t, s, table)
		if !r.Boundary || !r.Has("boundary") || !r.Converged {
			t.Errorf("%s: boundary %v, converged %v, %v", s.Formula, r.Boundary, r.Converged, r.States)
		}
	}
	// fixed effects of a boundary fit are those of the model without the term that explains nothing
	a := MustFit(t, mixed.Spec{Formula: "keys ~ design + (1|participant) + (1|task/ward)", Family: "negbin"}, table)
	b := MustFit(t, mixed.Spec{Formula: "keys ~ design + (1|participant) + (1|task)", Family: "negbin"}, table)
	for i, c := range a.Fixed {
		if d := b.Fixed[i]; !near(c.Estimate, d.Estimate, 1e-7) || !near(c.SE, d.SE, 1e-6) {
			t.Errorf("%s: %v ± %v with, %v ± %v without", c.Term, c.Estimate, c.SE, d.Estimate, d.SE)
		}
	}
}

func TestCountsWithoutOverdispersionAreNamed(t *testing.T) {
	r := MustFit(t, mixed.Spec{Formula: "n ~ x", Family: "negbin"}, MustRead(t, "separated.csv"))
	p := MustFit(t, mixed.Spec{Formula: "n ~ x", Family: "poisson"}, MustRead(t, "separated.csv"))
	if !r.Boundary || !math.IsInf(r.Theta, 1) || r.Fixed[1].Estimate != p.Fixed[1].Estimate || r.LogLik != p.LogLik {
		t.Errorf("theta %v, boundary %v, %v against Poisson %v", r.Theta, r.Boundary, r.Fixed[1], p.Fixed[1])
	}
}

func TestCollinearColumnsAreDroppedAndNamed(t *testing.T) {
	table := MustRead(t, "study.csv")
	r := MustFit(t, mixed.Spec{Formula: "seconds ~ order + I(2*order + 1) + design", Contrasts: "design"}, table)
	plain := MustFit(t, mixed.Spec{Formula: "seconds ~ order + design", Contrasts: "design"}, table)
	if !r.Has("collinear") || len(r.Fixed) != len(plain.Fixed) || !near(r.Contrasts[0].Estimate, plain.Contrasts[0].Estimate, 1e-10) {
		t.Errorf("%v, %v", r.States, r.Contrasts)
	}
	// a cell that never occurs makes the means that need it not estimable, as in R's emmeans
	rows := []int{}
	d, _ := table.Col("design")
	w, _ := table.Col("ward")
	for i := range table.N {
		if d.Text[i] != "D" || w.Text[i] != "icu" {
			rows = append(rows, i)
		}
	}
	r = MustFit(t, mixed.Spec{Formula: "seconds ~ design*ward", Contrasts: "design"}, table.Take(rows))
	for _, c := range r.Contrasts {
		if known := c.Second != "D"; known == math.IsNaN(c.Estimate) {
			t.Errorf("%s: %v", c.Name, c.Estimate)
		}
	}
}

func TestBadInputIsASentence(t *testing.T) {
	table := MustRead(t, "separated.csv")
	for _, c := range []struct {
		spec mixed.Spec
		want string
	}{
		{mixed.Spec{Formula: "c ~ d", Family: "binomial"}, "in every row"},
		{mixed.Spec{Formula: "c ~ d"}, "c is 1 in every row"},
		{mixed.Spec{Formula: "y ~ factor(c)", Family: "binomial"}, "one level only"},
		{mixed.Spec{Formula: "y ~ zz", Family: "binomial"}, "column 5"},
		{mixed.Spec{Formula: "n ~ d", Family: "binomial"}, "a binomial response is 0 or 1"},
		{mixed.Spec{Formula: "x ~ d", Family: "poisson"}, "counts are whole numbers"},
		{mixed.Spec{Formula: "y ~ d", Family: "cumulative"}, "three or more"},
		{mixed.Spec{Formula: "y ~ d", Family: "gamma"}, "unknown family"},
		{mixed.Spec{Formula: "y ~ d", Family: "poisson", Link: "sqrt"}, "has the links"},
		{mixed.Spec{Formula: "y ~ d + (1|g) + (1|h)", Family: "binomial", AGQ: 5}, "exactly one random"},
		{mixed.Spec{Formula: "y ~ d + (1|g)", Family: "binomial", Firth: true}, "without random part"},
		{mixed.Spec{Formula: "x ~ d + (1|x)"}, "as many levels"},
		{mixed.Spec{Formula: "g ~ d"}, "must be a number"},
		{mixed.Spec{Formula: "y ~ d", Contrasts: "g"}, "not among the fixed terms"},
		{mixed.Spec{Formula: "y ~ d", Weights: "g"}, "is not a number"},
		{mixed.Spec{Formula: "y ~ d", Levels: map[string][]string{"d": {"B", "C"}}}, "not among the levels given"},
		{mixed.Spec{Formula: "y ~ d", Log: true}, "has no logarithm"},
		{mixed.Spec{Formula: "Surv(x, n) ~ d", Family: "cox"}, "must be 0 or 1"},
		{mixed.Spec{Formula: "y ~ d + (1|g)", Family: "binomial", AGQ: -3}, "-3 quadrature points"},
		{mixed.Spec{Formula: "y ~ d", Levels: map[string][]string{"dd": {"A", "B"}}}, "no column \"dd\""},
		{mixed.Spec{Formula: "y ~ d + strata(h)", Family: "binomial"}, "belong to family cox"},
	} {
		_, err := mixed.Fit(c.spec, table)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want a sentence with %q", c.spec.Formula, err, c.want)
		}
	}
}

func TestModelsWithoutFixedColumnsFit(t *testing.T) {
	table := MustRead(t, "study.csv")
	for _, s := range []mixed.Spec{
		{Formula: "error ~ 0 + (1|participant)", Family: "binomial"},
		{Formula: "seconds ~ 0 + (1|participant)"},
		{Formula: "rating ~ 1", Family: "cumulative"},
		{Formula: "rating ~ 1 + (1|participant)", Family: "cumulative"},
	} {
		if r := MustFit(t, s, table); !r.Converged || math.IsNaN(r.LogLik) {
			t.Errorf("%s: %+v", s.Formula, r)
		}
	}
}

func TestMeaninglessFitsAreNamed(t *testing.T) {
	table := MustRead(t, "study.csv")
	d, _ := table.Col("design")
	exact := make([]float64, table.N)
	for i := range exact {
		exact[i] = float64(d.Text[i][0])
	}
	table.Cols = append(table.Cols, frame.NewNumber("exact", exact))
	for state, s := range map[string]mixed.Spec{
		"perfect fit": {Formula: "exact ~ design"}, "confounded": {Formula: "seconds ~ participant + (1|participant)"},
	} {
		if r := MustFit(t, s, table); !r.Has(state) {
			t.Errorf("%s: %v", s.Formula, r.States)
		}
	}
	if r := MustFit(t, mixed.Spec{Formula: "exact ~ design + (1|task)"}, table); !r.Has("perfect fit") {
		t.Errorf("%v", r.States)
	}
}
