// Package mixed fits generalised linear models and mixed models: binomial, Poisson, negative binomial, cumulative and Gaussian
// responses with any number of crossed or nested random intercepts and slopes, to the last digit and on any number of cores
// alike. Formulas, names and codings are R's.
package mixed

// A Spec says which model to fit. The zero value with a formula is a linear (mixed) model by REML.
type Spec struct {
	Formula   string
	Family    string              // gaussian (default), binomial, poisson, negbin, cumulative, cox
	Link      string              // default of the family
	Weights   string              // column: prior weights, trials when the response is a proportion
	Offset    string              // column added to the linear predictor
	ML        bool                // Gaussian: maximum likelihood instead of REML
	AGQ       int                 // quadrature points for one random effect; 0 and 1 are Laplace. logLik keeps its constants, unlike lme4's
	Log       bool                // take the logarithm of the response (times: a log-normal model)
	Firth     bool                // penalise as Firth: finite under separation; no random part
	Strata    string              // column of strata, cox; also strata() in the formula
	Cluster   string              // column of clusters for robust errors, cox; also cluster() in the formula
	Contrasts string              // factor whose estimated marginal means are compared in pairs
	Adjust    string              // holm (default), tukey, none
	Level     float64             // of the intervals; 0 is 0.95
	Levels    map[string][]string // order of levels by column, the first is the reference

	// Workers runs f(0) … f(n−1), at once if it can; nil runs them one after another. The result is the same.
	Workers func(n int, f func(i int))
}

// open says whether the family has its own intercept: thresholds or a baseline.
func (s Spec) open() bool { return s.Family == "cumulative" || s.Family == "cox" }

// A Coef is a fixed effect with its Wald interval. DF is +Inf for z statistics.
type Coef struct {
	Term             string
	Estimate, SE     float64
	Statistic, DF, P float64
	Low, High        float64
}

// A Spread is the standard deviation of one column of the random part, with its correlations to the columns before it in the
// same correlated block.
type Spread struct {
	Group, Term string
	SD          float64
	Corr        []float64
}

// A Contrast is the difference of two estimated marginal means on the link scale; Ratio is its exponential where the scale is a
// logarithm (odds, rates, geometric means), else NaN. Low and High are for the estimate, widened as the adjustment asks.
type Contrast struct {
	Name         string
	First        string
	Second       string
	Ratio        float64
	Estimate, SE float64
	DF           float64
	Low, High    float64
	Statistic, P float64
	Adjust       string
}

// A Mean is an estimated marginal mean: on the link scale with its interval, and back on the response's scale.
type Mean struct {
	Level                       string
	Estimate, SE, DF            float64
	Low, High                   float64
	Response, RespLow, RespHigh float64
}

// A State is something the reader of the result must know, named, with advice.
type State struct {
	Name   string // boundary, separation, not converged, collinear, …
	Words  string
	Advice string
}

// A Test is a chi-squared test of the whole model against none; P is the upper tail.
type Test struct {
	Name        string
	Chi2, DF, P float64
}

// A Group counts the levels of a grouping factor.
type Group struct {
	Name   string
	Levels int
}

// A Result is a fitted model. NaN stands for what a model does not have (Theta outside negbin, Sigma outside gaussian).
type Result struct {
	Formula, Family, Link string
	Method                string // ML, REML, Laplace, AGQ(n), Firth, OLS
	N, Dropped            int
	LogLik, Deviance      float64
	AIC, BIC              float64
	Parameters            int    // counted in AIC
	Events                int    // cox
	Tests                 []Test // cox
	Fixed                 []Coef
	Cov                   [][]float64 // of the fixed effects, in their order
	Random                []Spread
	Groups                []Group
	Theta, Sigma          float64
	Boundary, Converged   bool
	States                []State
	Means                 []Mean
	Contrasts             []Contrast
	Gradient              float64 // Newton decrement at the end: expected gain in deviance
	Evaluations           int
}

// Coef returns the fixed effect of that name.
func (r *Result) Coef(term string) (Coef, bool) {
	for _, c := range r.Fixed {
		if c.Term == term {
			return c, true
		}
	}
	return Coef{}, false
}

// Has says whether the result carries the named state.
func (r *Result) Has(state string) bool {
	for _, s := range r.States {
		if s.Name == state {
			return true
		}
	}
	return false
}
