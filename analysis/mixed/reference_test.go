package mixed_test

import (
	"encoding/csv"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// MustRead reads a table of testdata.
func MustRead(t testing.TB, name string) *frame.Frame {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := frame.Read(f, name)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// MustFit fits or fails.
func MustFit(t testing.TB, s mixed.Spec, table *frame.Frame) *mixed.Result {
	t.Helper()
	r, err := mixed.Fit(s, table)
	if err != nil {
		t.Fatalf("%s: %v", s.Formula, err)
	}
	return r
}

// A reference is one model of testdata/reference.csv; tol is the largest relative difference allowed, 1e-6 unless the reference
// itself is known to be less exact (testdata/SOURCE.md).
type reference struct {
	spec mixed.Spec
	tol  float64
}

var references = map[string]reference{
	"logit2":    {mixed.Spec{Formula: "error ~ design + (1|participant) + (1|task)", Family: "binomial"}, 1e-6},
	"logitx":    {mixed.Spec{Formula: "error ~ design*ward + order + (1|participant) + (1|task)", Family: "binomial"}, 1e-6},
	"grouped":   {mixed.Spec{Formula: "cbind(wrong, fields-wrong) ~ design + (1|participant) + (1|task) + (1|ward:task)", Family: "binomial"}, 1e-6},
	"probit":    {mixed.Spec{Formula: "error ~ design + (1|participant) + (1|task)", Family: "binomial", Link: "probit"}, 1e-6},
	"pois2":     {mixed.Spec{Formula: "keys ~ design + offset(log(fields)) + (1|participant) + (1|task)", Family: "poisson"}, 1e-6},
	"slope":     {mixed.Spec{Formula: "keys ~ design + (1+order|participant) + (1|task)", Family: "poisson"}, 1e-6},
	"agq":       {mixed.Spec{Formula: "error ~ design + (1|participant)", Family: "binomial", AGQ: 9}, 1e-6},
	"nb2":       {mixed.Spec{Formula: "keys ~ design + (1|participant) + (1|task)", Family: "negbin"}, 1e-6},
	"clmm1":     {mixed.Spec{Formula: "rating ~ design + (1|participant)", Family: "cumulative"}, 1e-6},
	"clmm2":     {mixed.Spec{Formula: "rating ~ design + (1|participant) + (1|task)", Family: "cumulative"}, 1e-6},
	"clm":       {mixed.Spec{Formula: "rating ~ design + order", Family: "cumulative"}, 1e-6},
	"glogit":    {mixed.Spec{Formula: "error ~ design + order", Family: "binomial"}, 1e-6},
	"gprobit":   {mixed.Spec{Formula: "error ~ design + order", Family: "binomial", Link: "probit"}, 1e-6},
	"gcloglog":  {mixed.Spec{Formula: "error ~ design + order", Family: "binomial", Link: "cloglog"}, 1e-6},
	"gpois":     {mixed.Spec{Formula: "keys ~ design*ward", Family: "poisson"}, 1e-6},
	"gnb":       {mixed.Spec{Formula: "keys ~ design + order", Family: "negbin"}, 1e-6},
	"reml2":     {mixed.Spec{Formula: "seconds ~ design + (1|participant) + (1|task)"}, 1e-6},
	"ml2":       {mixed.Spec{Formula: "seconds ~ design + (1|participant) + (1|task)", ML: true}, 1e-6},
	"remlslope": {mixed.Spec{Formula: "log(seconds) ~ design + (1+order|participant) + (1|task)"}, 1e-6},
	"remlnest":  {mixed.Spec{Formula: "log(seconds) ~ order + (1|participant/order) + (1|task)"}, 1e-6},
	"lm":        {mixed.Spec{Formula: "log(seconds) ~ design*order", Weights: "fields", Contrasts: "design"}, 1e-6},
}

func TestModelsAgreeWithPolishedReferences(t *testing.T) {
	table := MustRead(t, "study.csv")
	agree(t, "testdata/reference.csv", references, func(string) *frame.Frame { return table })
}

// agree compares every row of a file of references with the fit of its model and logs the largest relative difference of each.
func agree(t *testing.T, file string, references map[string]reference, table func(id string) *frame.Frame) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	worst := map[string]float64{}
	fits := map[string]*mixed.Result{}
	for _, row := range rows[1:] {
		id, part, name := row[0], row[1], row[2]
		ref, ok := references[id]
		if !ok {
			t.Fatalf("%s has model %q, the test has not", file, id)
		}
		spec := ref.spec
		key := id
		if part == "tukey" || part == "holm" {
			spec.Adjust, key = part, id+part
		}
		if fits[key] == nil {
			fits[key] = MustFit(t, spec, table(id))
			if !fits[key].Converged {
				t.Errorf("%s did not converge", id)
			}
		}
		diff := difference(t, fits[key], row)
		worst[id] = max(worst[id], diff)
		if !(diff <= ref.tol) {
			t.Errorf("%s %s %s: got %.10g, reference %v (relative difference %.1e)", id, part, name, values(fits[key], part, name), row[3:], diff)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(worst)) {
		t.Logf("%-16s largest relative difference %.1e", id, worst[id])
	}
}

// difference is the largest relative difference of a fit from one row of a file of references.
func difference(t *testing.T, r *mixed.Result, row []string) float64 {
	part, name, worst := row[1], row[2], 0.0
	got := values(r, part, name)
	for i, text := range row[3:] {
		want, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(want) {
			continue
		}
		if i >= len(got) {
			t.Fatalf("%v: nothing to compare with %v", row[:3], want)
		}
		diff := math.Abs(got[i]-want) / math.Abs(want)
		if i == 3 && part == "fixed" { // a p value moves by about z times what z moves
			z := got[0] / got[1]
			diff /= 1 + z*z
		}
		if want == got[i] { // 0 is a p value too
			diff = 0
		}
		if part == "tukey" && i == 3 && math.Abs(got[i]-want) < 1e-10 { // what ptukey of R itself is good for
			diff = 0
		}
		if math.IsNaN(diff) {
			return diff
		}
		worst = max(worst, diff)
	}
	return worst
}

// values picks what a row of reference.csv compares: estimate, standard error, df or lower limit, p.
func values(r *mixed.Result, part, name string) []float64 {
	switch part {
	case "fixed":
		c, _ := r.Coef(name)
		return []float64{c.Estimate, c.SE, c.DF, c.P}
	case "theta", "sd":
		return []float64{spread(r, part, name)}
	case "nbtheta":
		return []float64{r.Theta}
	case "logLik":
		return []float64{r.LogLik}
	case "deviance":
		return []float64{r.Deviance}
	case "aic":
		return []float64{r.AIC}
	case "bic":
		return []float64{r.BIC}
	}
	for _, c := range r.Contrasts {
		if c.Name == name {
			return []float64{c.Estimate, c.SE, c.Low, c.P}
		}
	}
	return nil
}

// spread finds a standard deviation by the reference's name of it: "participant (Intercept)" of VarCorr, "participant" of
// clmm, "participant.(Intercept)" of lme4's θ.
func spread(r *mixed.Result, part, name string) float64 {
	if name == "Residual NA" {
		return r.Sigma
	}
	for k, s := range r.Random {
		if name == s.Group+" "+s.Term || name == s.Group || name == s.Group+"."+s.Term && !strings.Contains(name, "order") {
			return s.SD
		}
		if name == s.Group+".order.(Intercept)" {
			return r.Random[k+1].SD * r.Random[k+1].Corr[0]
		}
		if name == s.Group+".order" && s.Term == "order" {
			return s.SD * math.Sqrt(1-s.Corr[0]*s.Corr[0])
		}
	}
	return math.NaN()
}
