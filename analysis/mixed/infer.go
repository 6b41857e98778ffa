package mixed

import (
	"fmt"

	"pumplab/analysis/tail"
)

// Below is the probability that the true contrast lies below the margin (link scale), from the Laplace posterior with flat
// priors: "design A has fewer errors than B by more than the margin".
func (c Contrast) Below(margin float64) float64 {
	p := twoSided((margin-c.Estimate)/c.SE, c.DF) / 2
	if margin > c.Estimate {
		return 1 - p
	}
	return p
}

// Ratio is the likelihood-ratio test of a model against a smaller one within it. P is the upper tail of chi-squared.
func (r *Result) Ratio(small *Result) (Test, error) {
	df := r.Parameters - small.Parameters
	switch {
	case df <= 0:
		return Test{}, fmt.Errorf("compare models: the second must have fewer parameters, not %d against %d", small.Parameters, r.Parameters)
	case r.N != small.N:
		return Test{}, fmt.Errorf("compare models: %d rows and %d rows; missing values differ", r.N, small.N)
	case r.Method != small.Method && (r.Method == "REML" || small.Method == "REML") || r.Method == "REML" && len(r.Fixed) != len(small.Fixed):
		return Test{}, fmt.Errorf("compare models: REML likelihoods of different fixed effects cannot be compared; fit both by ML")
	}
	t := Test{Name: "likelihood ratio", Chi2: max(0, 2*(r.LogLik-small.LogLik)), DF: float64(df)}
	t.P = tail.ChiSquared(t.Chi2, t.DF)
	return t, nil
}
