package cli

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"pumplab/analysis/mixed"
)

// FitIntervals are the flags that choose the kind of interval.
type FitIntervals struct {
	Intervals  string `default:"wald" enum:"wald,profile,bootstrap" help:"Intervals of coefficients and contrasts: ${enum}. Profile follows the likelihood (counts, yes or no, ratings); bootstrap (BCa) draws whole people."`
	Replicates int    `default:"2000" help:"Replicates of the bootstrap."`
	Seed       uint64 `default:"1" help:"Seed of the bootstrap."`
	Resample   string `placeholder:"FACTOR" help:"Random factor whose levels the bootstrap draws; without it the first of the formula."`
}

// replace puts the chosen intervals in the place of Wald's. Those of contrasts are then pointwise, each at the level on its own.
func (c *FitIntervals) replace(x *Context, m *mixed.Model, r *mixed.Result, factor string, level float64) error {
	switch c.Intervals {
	case "profile":
		return c.profile(x, m, r, factor, level)
	case "bootstrap":
		return c.bootstrap(x, m, r, factor, level)
	}
	return nil
}

func (c *FitIntervals) profile(x *Context, m *mixed.Model, r *mixed.Result, factor string, level float64) error {
	first := 0
	if r.Family == "cumulative" { // thresholds keep Wald's: they are not compared
		for first < len(r.Fixed) && !m.Has(r.Fixed[first].Term) {
			first++
		}
	}
	p := newProgress(x, "following the likelihood", len(r.Fixed)-first+len(r.Contrasts))
	return each(x, len(r.Fixed)-first+len(r.Contrasts), func(i int) (err error) {
		defer p.step()
		if i += first; i < len(r.Fixed) {
			f := &r.Fixed[i]
			f.Low, f.High, err = m.Profile(f.Term, level)
			return err
		}
		k := &r.Contrasts[i-len(r.Fixed)]
		k.Low, k.High, err = m.ProfileContrast(factor, k.First, k.Second, level)
		return err
	})
}

func (c *FitIntervals) bootstrap(x *Context, m *mixed.Model, r *mixed.Result, factor string, level float64) error {
	by := c.Resample
	if by == "" && len(r.Groups) > 0 {
		by = r.Groups[0].Name
	}
	if c.Replicates > 1_000_000 {
		return fmt.Errorf("bootstrap: %d replicates; a million is the most", c.Replicates)
	}
	b, err := m.Bootstrap(r, by, factor)
	if err != nil {
		return err
	}
	p := newProgress(x, "drawing "+by, c.Replicates)
	b.Replicates = c.Replicates
	b.Progress = func(done int) bool {
		for p.done < done {
			p.step()
		}
		return x.Context == nil || x.Context.Err() == nil
	}
	all, err := b.RunAll(rand.New(rand.NewPCG(c.Seed, 0)), level)
	if err != nil && x.Context != nil && x.Context.Err() != nil {
		return fmt.Errorf("bootstrap: stopped: %w", context.Canceled)
	}
	if err != nil {
		return err
	}
	worst := 0
	for i, v := range all {
		worst = max(worst, v.Failed)
		ci := v.BCa
		if math.IsNaN(ci.Low) {
			ci = v.Percentile
		}
		if i < len(r.Fixed) {
			r.Fixed[i].Low, r.Fixed[i].High = ci.Low, ci.High
		} else {
			k := &r.Contrasts[i-len(r.Fixed)]
			k.Low, k.High = ci.Low, ci.High
		}
	}
	if worst > 0 {
		r.States = append(r.States, mixed.State{
			Name: "bootstrap", Words: fmt.Sprintf("%d of %d samples could not be fitted and are left out of the intervals", worst, c.Replicates),
			Advice: "where this is more than a few in a hundred, prefer --intervals profile",
		})
	}
	return nil
}

// say names the kind of interval printed above, unless it is the usual one.
func (c *FitIntervals) say(w io.Writer, r *mixed.Result) {
	what := map[string]string{
		"profile":   "profile likelihood",
		"bootstrap": fmt.Sprintf("bootstrap (BCa, %d samples, seed %d)", c.Replicates, c.Seed),
	}[c.Intervals]
	if what == "" {
		return
	}
	if len(r.Contrasts) > 0 {
		what += "; those of contrasts hold each on its own"
	}
	fmt.Fprintf(w, "Low and high are by %s.\n", what)
}

// posteriorJSON is what is believed about one contrast after the data.
type posteriorJSON struct {
	Contrast string `json:"contrast"`
	Lower    finite `json:"first_lower"`
	Margin   finite `json:"margin"` // a ratio where contrasts are ratios
	ByMargin finite `json:"first_lower_by_margin"`
	Higher   finite `json:"first_higher_by_margin"`
}

// posteriors are the probabilities of the contrasts under flat priors: the posterior of a contrast is taken as normal (Laplace; Student's t
// where the model has degrees of freedom) about its estimate.
func posteriors(r *mixed.Result, margin float64) ([]posteriorJSON, error) {
	var out []posteriorJSON
	for _, c := range r.Contrasts {
		m := margin
		if !math.IsNaN(c.Ratio) {
			if margin < 1 {
				return nil, fmt.Errorf("compute posterior: the contrasts are ratios, so --margin is one too: 1.25 is a quarter more, not %g", margin)
			}
			m = math.Log(margin)
		}
		if m < 0 {
			return nil, fmt.Errorf("compute posterior: --margin must not be negative, as %g is", margin)
		}
		out = append(out, posteriorJSON{c.Name, finite(c.Below(0)), finite(margin), finite(c.Below(-m)), finite(1 - c.Below(m))})
	}
	return out, nil
}

func printPosteriors(w io.Writer, all []posteriorJSON) {
	for i, p := range all {
		if i == 0 {
			fmt.Fprint(w, "\nProbabilities after the data, flat priors:\n")
		}
		fmt.Fprintf(w, "  %s: the first is lower %.4f; lower by more than %g: %.4f; higher by more than it: %.4f\n", p.Contrast, float64(p.Lower), float64(p.Margin), float64(p.ByMargin), float64(p.Higher))
	}
}
