package mixed_test

import (
	"strings"
	"testing"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// The data sets are published (testdata/SOURCE.md); the part of a name before the hyphen is the table.
var public = map[string]reference{
	"cbpp":             {mixed.Spec{Formula: "cbind(incidence, size-incidence) ~ period + (1|herd)", Family: "binomial"}, 1e-6},
	"cbpp-probit":      {mixed.Spec{Formula: "cbind(incidence, size-incidence) ~ period + (1|herd)", Family: "binomial", Link: "probit"}, 1e-6},
	"cbpp-rows":        {mixed.Spec{Formula: "cbind(incidence, size-incidence) ~ period + (1|herd) + (1|animal)", Family: "binomial"}, 1e-6},
	"sleep-reml":       {mixed.Spec{Formula: "Reaction ~ Days + (Days|Subject)"}, 1e-6},
	"sleep-ml":         {mixed.Spec{Formula: "Reaction ~ Days + I(Days^2) + (1|Subject)", ML: true}, 1e-6},
	"pastes":           {mixed.Spec{Formula: "strength ~ 1 + (1|batch/cask)"}, 1e-6},
	"epil":             {mixed.Spec{Formula: "y ~ lbase*trt + lage + V4 + (1|subject)", Family: "poisson"}, 1e-6},
	"epil-slope":       {mixed.Spec{Formula: "y ~ trt + period + (1+period|subject)", Family: "poisson"}, 1e-6},
	"epil-nb":          {mixed.Spec{Formula: "y ~ trt + period + (1|subject)", Family: "negbin"}, 1e-6},
	"wine":             {mixed.Spec{Formula: "rating ~ temp + contact", Family: "cumulative", Contrasts: "temp"}, 1e-6},
	"housing":          {mixed.Spec{Formula: "Sat ~ Infl + Type + Cont", Family: "cumulative", Weights: "Freq", Levels: map[string][]string{"Sat": {"Low", "Medium", "High"}}}, 1e-6},
	"warpbreaks":       {mixed.Spec{Formula: "breaks ~ wool*tension", Family: "poisson", Contrasts: "tension"}, 1e-6},
	"quine":            {mixed.Spec{Formula: "Days ~ Eth + Sex*Age + Lrn", Family: "negbin"}, 1e-6},
	"kidney-weights":   {mixed.Spec{Formula: "Surv(time, status) ~ age + sex", Family: "cox", Weights: "w"}, 1e-6},
	"kidney-fractions": {mixed.Spec{Formula: "Surv(time, status) ~ age + sex", Family: "cox", Weights: "part", Offset: "shift"}, 1e-6},
	"kidney-clusters":  {mixed.Spec{Formula: "Surv(time, status) ~ age + strata(sex) + cluster(id) + offset(shift)", Family: "cox", Weights: "w"}, 1e-6},
}

func TestModelsAgreeWithRAtPublicData(t *testing.T) {
	tables := map[string]*frame.Frame{}
	agree(t, "testdata/public/public.csv", public, func(id string) *frame.Frame {
		name, _, _ := strings.Cut(id, "-")
		if name == "sleep" {
			name = "sleepstudy"
		}
		if tables[name] == nil {
			tables[name] = MustRead(t, "public/"+name+".csv")
		}
		return tables[name]
	})
}
