package formula_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed/formula"
)

func table(t testing.TB) *frame.Frame {
	t.Helper()
	f, err := frame.Read(strings.NewReader("y,a,b,x,z,g\n1,u,p,1,4,k\n0,v,q,2,2,k\n1,w,p,4,1,l\n0,u,q,3,7,l\n1,v,p,5,2,m\n0,w,q,1,9,m\n"), "t.csv")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Column names: R 4.2.2, colnames(model.matrix(formula, d)) with the table above, factors a, b.
func TestColumnsAreNamedAsInR(t *testing.T) {
	for _, c := range []struct{ formula, want string }{
		{"y ~ a", "(Intercept) av aw"},
		{"y ~ 0 + a", "au av aw"},
		{"y ~ a - 1 + b", "au av aw bq"},
		{"y ~ a*b", "(Intercept) av aw bq av:bq aw:bq"},
		{"y ~ a:b", "(Intercept) au:bp av:bp aw:bp au:bq av:bq aw:bq"},
		{"y ~ a + a:b", "(Intercept) av aw au:bq av:bq aw:bq"},
		{"y ~ a/b", "(Intercept) av aw au:bq av:bq aw:bq"},
		{"y ~ a/x", "(Intercept) av aw au:x av:x aw:x"},
		{"y ~ 0 + a:x", "au:x av:x aw:x"},
		{"y ~ x:a + a", "(Intercept) av aw x:au x:av x:aw"},
		{"y ~ (a + b + x)^2 - a:b", "(Intercept) av aw bq x av:x aw:x bq:x"},
		{"y ~ log(x) + I(x^2) + I(x / 2) + sqrt(z)", "(Intercept) log(x) I(x^2) I(x/2) sqrt(z)"},
		{"y ~ factor(x)", "(Intercept) factor(x)2 factor(x)3 factor(x)4 factor(x)5"},
		{"y ~ I(x > 2)", "(Intercept) I(x > 2)TRUE"},
		{"y ~ poly(x, 2)", "(Intercept) poly(x, 2)1 poly(x, 2)2"},
		{"y ~ scale(x)*b", "(Intercept) scale(x) bq scale(x):bq"},
		{"y ~ b %in% a + a", "(Intercept) av aw bq:au bq:av bq:aw"},
		{"y ~ x + offset(z)", "(Intercept) x"},
		{"y ~ -1 + x + (1|g)", "x"},
	} {
		f, err := formula.Parse(c.formula)
		if err != nil {
			t.Fatal(err)
		}
		m, err := f.Build(table(t), formula.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(m.Names, " ")
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.formula, got, c.want)
		}
	}
}

func TestValuesOfFunctionsAreThoseOfR(t *testing.T) {
	// R 4.2.2: model.matrix(y ~ scale(x) + poly(x, 2), d)[1, ]
	f, _ := formula.Parse("y ~ scale(x) + poly(x, 2) + I((x - 3)^2 / 2 > 1)")
	m, err := f.Build(table(t), formula.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{1, -1.0206207261596576, -0.45643546458763845, 0.3077287274483320, 1}
	for j, w := range want {
		if math.Abs(m.X[j]-w) > 1e-8 {
			t.Errorf("%s: %.12g, want %.12g", m.Names[j], m.X[j], w)
		}
	}
}

func TestRandomTerms(t *testing.T) {
	for _, c := range []struct{ formula, want string }{
		{"y ~ (1|g)", "g: (Intercept)"},
		{"y ~ (1 + x|g)", "g: (Intercept) x"},
		{"y ~ (x||g)", "g: (Intercept) x"},
		{"y ~ (0 + x|g)", "g: x"},
		{"y ~ (1|g/b)", "b:g: (Intercept); g: (Intercept)"},
		{"y ~ (1|g:b) + (1|a)", "g:b: (Intercept); a: (Intercept)"},
		{"y ~ (1|g) + (0 + x|g)", "g: (Intercept) x"},
		{"y ~ (0 + b|g)", "g: bp bq"},
		{"y ~ (b|g)", "g: (Intercept) bq"},
		{"y ~ (1|factor(x))", "factor(x): (Intercept)"},
	} {
		f, err := formula.Parse(c.formula)
		if err != nil {
			t.Fatal(err)
		}
		m, err := f.Build(table(t), formula.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var parts []string
		for _, r := range m.Random {
			parts = append(parts, r.Group+": "+strings.Join(r.Names, " "))
		}
		if got := strings.Join(parts, "; "); got != c.want {
			t.Errorf("%s: %s, want %s", c.formula, got, c.want)
		}
	}
}

func TestLevelsAndMissingRows(t *testing.T) {
	f, _ := formula.Parse("y ~ a")
	tab := table(t)
	tab.Cols[1].Text[2] = ""
	m, err := f.Build(tab, formula.Options{Levels: map[string][]string{"a": {"w", "v", "u"}}})
	if err != nil {
		t.Fatal(err)
	}
	if m.N != 5 || m.Dropped != 1 || !slices.Equal(m.Names, []string{"(Intercept)", "av", "au"}) {
		t.Errorf("%d rows, %d dropped, %v", m.N, m.Dropped, m.Names)
	}
}

func TestMistakesNameTheColumn(t *testing.T) {
	for _, c := range []struct {
		formula string
		col     int
		what    string
	}{
		{"y ~ a +", 8, "expected a variable"},
		{"y ~ (1|g", 9, "expected )"},
		{"y ~ x | g", 7, "parentheses"},
		{"y ~ q9", 5, "no column"},
		{"y ~ foo(x)", 5, "unknown function"},
		{"y ~ log(a)", 9, "not a number"},
		{"y ~ x ~ z", 3, "cannot be used"},
		{"y ~ 'x", 5, "not closed"},
		{"y ~ 3", 5, "other than 0 or 1"},
		{"y a", 3, "unexpected"},
		{"a == 'nix' ~ x", 6, "no level"},
		{"y ~ (x|g)*a", 10, "only be added"},
		{"y ~ x^9999", 6, "power"},
		{"y ~ §", 5, "unexpected character"},
		{"y ~ factor(log(x - 2))", 5, "no value on line 2"},
		{"y ~ x + (1|factor(log(x - 2)))", 12, "no value on line 2"},
		{"factor(log(x - 2)) ~ z", 1, "no value on line 2"},
		{"y ~ I(1/0*x)", 5, "not a finite number on line 2"},
	} {
		f, err := formula.Parse(c.formula)
		if err == nil {
			_, err = f.Build(table(t), formula.Options{})
		}
		e, ok := err.(*formula.Error)
		if !ok || e.Col != c.col || !strings.Contains(e.What, c.what) {
			t.Errorf("%s: %v, want column %d and %q", c.formula, err, c.col, c.what)
		}
	}
}

func FuzzFormula(f *testing.F) {
	for _, s := range []string{
		"y ~ a*b + (1|g)", "log(y) ~ poly(x,2)^2 - 1", "cbind(y, 1-y) ~ I(x>2):a/b + offset(z)", "Surv(x, y) ~ (a||g/b)", "y==1~(((x)))",
		"`y` ~ scale(x, center = FALSE) %in% a", "y ~ -(-x)", "~", "y ~ I(-x^-2 %% 3 == 1 | !b)", "y ~ (1|g)^2", "factor(y) ~ factor(I(x))",
	} {
		f.Add(s)
	}
	tab := table(f)
	f.Fuzz(func(t *testing.T, src string) {
		p, err := formula.Parse(src)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		m, err := p.Build(tab, formula.Options{})
		if err != nil {
			return
		}
		if len(m.X) != m.N*m.P || len(m.Names) != m.P {
			t.Errorf("%q: %d values for %d rows and %d columns", src, len(m.X), m.N, m.P)
		}
		for _, v := range m.X {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%q: a value is not finite", src)
				break
			}
		}
	})
}
