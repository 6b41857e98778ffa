package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// FitCmd is pumplab fit: models on the researcher's own table.
type FitCmd struct {
	Data      string            `arg:"" help:"CSV with a header (gz is read as it is); - reads standard input."`
	Formula   string            `arg:"" help:"Model as in R, for example 'error ~ design + (1|participant) + (1|task)'."`
	Family    string            `default:"gaussian" enum:"gaussian,binomial,poisson,negbin,cumulative,cox,km,logrank" help:"${enum}."`
	Link      string            `help:"Link, when not the family's usual one: logit, probit, cloglog."`
	Weights   string            `placeholder:"COLUMN" help:"Prior weights; number of trials when the response is a proportion."`
	Offset    string            `placeholder:"COLUMN" help:"Column added to the linear predictor."`
	REML      bool              `name:"reml" xor:"method" help:"Restricted maximum likelihood (the default of gaussian models)."`
	ML        bool              `name:"ml" xor:"method" help:"Maximum likelihood."`
	AGQ       int               `name:"agq" placeholder:"N" help:"Adaptive Gauss-Hermite quadrature with N points (one random effect)."`
	Log       bool              `help:"Take the logarithm of the response; contrasts become ratios of geometric means."`
	Firth     bool              `help:"Firth's penalty: finite estimates under separation (logistic, no random part)."`
	Contrasts string            `placeholder:"FACTOR" help:"Compare the factor's marginal means in pairs."`
	Adjust    string            `default:"holm" enum:"holm,tukey,bonferroni,none" help:"Adjustment of the contrasts: ${enum}."`
	Levels    map[string]string `placeholder:"FACTOR=A,B,C" help:"Order of a factor's levels; the first is the reference."`
	Level     float64           `default:"0.95" help:"Level of the intervals."`
	Cluster   string            `placeholder:"COLUMN" help:"Cluster-robust errors (cox)."`
	Strata    string            `placeholder:"COLUMN" help:"Strata (cox, logrank)."`
	Margin    *float64          `help:"With --contrasts: how probable is it that the first is lower, or lower by more than this (a ratio such as 1.25 where contrasts are ratios)?"`

	FitIntervals
}

// Help is shown by --help.
func (*FitCmd) Help() string {
	return "Examples:\n  pumplab fit tasks.csv 'error ~ design + (1|participant) + (1|task)' --family binomial --contrasts design\n" +
		"  pumplab fit tasks.csv 'error ~ design + (1|participant)' --family binomial --contrasts design --intervals profile --margin 1.25"
}

// Run fits the model and prints it.
func (c *FitCmd) Run(x *Context) error {
	table, err := readTable(x, c.Data)
	if err != nil {
		return err
	}
	s, err := c.spec()
	if err != nil {
		return err
	}
	if c.Margin != nil && c.Contrasts == "" {
		return fmt.Errorf("fit model: --margin belongs to --contrasts FACTOR")
	}
	warnOfCodes(x, table, measured(s))
	if c.Family == "km" || c.Family == "logrank" {
		return c.curves(x, table, s)
	}
	s.Contrasts = ""
	begin := time.Now()
	m, err := mixed.Prepare(s, table)
	if err != nil {
		return err
	}
	r, err := m.Fit()
	if err != nil {
		return err
	}
	seconds := time.Since(begin).Seconds()
	if c.Contrasts != "" {
		if err := m.Compare(r, c.Contrasts); err != nil {
			return err
		}
	}
	if err := c.replace(x, m, r, c.Contrasts, s.Level); err != nil {
		return err
	}
	out := fitOutput(r, seconds)
	out.Intervals = c.Intervals
	if c.Margin != nil {
		if out.Posterior, err = posteriors(r, *c.Margin); err != nil {
			return err
		}
	}
	return x.Print(out, func(w io.Writer) {
		printFit(w, r, float64(out.Seconds))
		c.say(w, r)
		printPosteriors(w, out.Posterior)
	})
}

func (c *FitCmd) spec() (mixed.Spec, error) {
	s := mixed.Spec{
		Formula: c.Formula, Family: c.Family, Link: c.Link, Weights: c.Weights, Offset: c.Offset, ML: c.ML, AGQ: c.AGQ, Log: c.Log,
		Strata: c.Strata, Cluster: c.Cluster, Firth: c.Firth, Contrasts: c.Contrasts, Adjust: c.Adjust, Level: c.Level, Levels: map[string][]string{}, Workers: workers,
	}
	for name, list := range c.Levels {
		seen := map[string]bool{}
		for _, l := range strings.Split(list, ",") {
			if l = strings.TrimSpace(l); l == "" || seen[l] {
				return s, fmt.Errorf("read --levels %s=%s: empty or repeated level %q", name, list, l)
			}
			seen[l] = true
			s.Levels[name] = append(s.Levels[name], l)
		}
	}
	timed := c.Family == "cox" || c.Family == "logrank" || c.Family == "km"
	if !timed && (c.Cluster != "" || c.Strata != "") {
		return s, fmt.Errorf("fit model: --cluster and --strata belong to --family cox; here write (1|%s%s) in the formula", c.Cluster, c.Strata)
	}
	return s, nil
}

// readTable reads a CSV file, or standard input for -.
func readTable(x *Context, path string) (*frame.Frame, error) {
	if path == "-" {
		if x.In == nil {
			return nil, fmt.Errorf("read table: nothing on standard input")
		}
		return frame.Read(x.In, "standard input")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	defer f.Close()
	return frame.Read(f, filepath.Base(path))
}

// workers runs f(0) … f(n−1) on every core.
func workers(n int, f func(i int)) {
	cores := min(n, runtime.GOMAXPROCS(0))
	if cores <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			f(i)
		}
	}
	var wait sync.WaitGroup
	for range cores - 1 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			work()
		}()
	}
	work()
	wait.Wait()
}
