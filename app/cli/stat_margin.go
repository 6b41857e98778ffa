package cli

import (
	"fmt"
	"math"
	"strings"

	"pumplab/analysis/compare"
)

// statMargins are what is compared: a kind and numbers or a file.
type statMargins struct {
	Args    []string `arg:"" help:"paired: A B C D (both, first only, second only, neither). proportions: K1 N1 K2 N2. means: M1 SD1 N1 M2 SD2 N2, or a CSV file of two columns (pairs)."`
	Kind    string   `help:"paired, proportions or means; without it four numbers are paired counts."`
	Columns []string `help:"The two columns of a file."`
}

// kind sorts out kind and data words.
func (c *statMargins) kind() (string, []string) {
	kind, words := c.Kind, c.Args
	if len(words) > 0 && kind == "" {
		switch w := strings.ToLower(words[0]); w {
		case "paired", "proportions", "two-proportions", "means", "mean":
			kind, words = w, words[1:]
		}
	}
	if kind == "" {
		kind = "paired"
		if n, err := statNumbers(words); err != nil || len(n) == 6 {
			kind = "means"
		}
	}
	return strings.TrimSuffix(strings.TrimPrefix(kind, "two-"), "s"), words
}

// test runs the two one-sided tests and returns how many were compared.
func (c *statMargins) test(x *Context, m compare.Margins) (e compare.Equivalence, n int, err error) {
	kind, words := c.kind()
	switch kind {
	case "paired", "proportion":
		k, err := statCounts(words)
		if err != nil {
			return e, 0, err
		}
		if len(k) != 4 {
			return e, 0, fmt.Errorf("read counts: %d numbers; %s needs four", len(k), kind)
		}
		if kind == "paired" {
			t := compare.Paired{Both: k[0], First: k[1], Second: k[2], Neither: k[3]}
			e, err = compare.EquivalentPaired(t, m)
			return e, t.N(), err
		}
		e, err = compare.EquivalentProportions(compare.Two{K1: k[0], N1: k[1], K2: k[2], N2: k[3]}, m)
		return e, k[1] + k[3], err
	case "mean":
		d, err := c.means(x, words)
		if err != nil {
			return e, 0, err
		}
		e, err = compare.EquivalentMeans(d, m)
		return e, d.N, err
	}
	return e, 0, fmt.Errorf("read kind: %q is not paired, proportions or means", kind)
}

func (c *statMargins) means(x *Context, words []string) (compare.Contrast, error) {
	if v, err := statNumbers(words); err == nil {
		if len(v) != 6 {
			return compare.Contrast{}, fmt.Errorf("read means: %d numbers; mean, SD and size of both groups are six", len(v))
		}
		if v[2] != math.Trunc(v[2]) || v[5] != math.Trunc(v[5]) {
			return compare.Contrast{}, fmt.Errorf("read means: group sizes %g and %g are not whole", v[2], v[5])
		}
		return compare.Welch(compare.Moments{Mean: v[0], SD: v[1], N: int(v[2])}, compare.Moments{Mean: v[3], SD: v[4], N: int(v[5])})
	}
	if len(words) != 1 {
		return compare.Contrast{}, fmt.Errorf("read means: %q is neither six numbers nor one file", strings.Join(words, " "))
	}
	f := statFile{File: words[0], Columns: c.Columns}
	w, err := f.wide(x, true)
	if err != nil {
		return compare.Contrast{}, err
	}
	if err := w.need(2, 2, "pairs are two columns"); err != nil {
		return compare.Contrast{}, err
	}
	a, err := w.frame.Numbers(w.names[0])
	if err != nil {
		return compare.Contrast{}, err
	}
	b, err := w.frame.Numbers(w.names[1])
	if err != nil {
		return compare.Contrast{}, err
	}
	return compare.PairedMeans(a, b)
}

type statTOST struct {
	statMargins
	Margin float64 `help:"Margin on both sides; shares as 0.05 for five percentage points."`
	Low    float64 `help:"Lower margin, if not the same as the upper."`
	High   float64 `help:"Upper margin."`
	Alpha  float64 `default:"0.05" help:"Error rate of each one-sided test."`
}

// Help is shown by --help.
func (*statTOST) Help() string {
	return "Examples:\n  pumplab stat tost 40 3 4 53 --margin 0.1\n  pumplab stat tost proportions 12 100 14 100 --margin 0.1\n  pumplab stat tost means times.csv --low=-2 --high=2"
}

// Run prints both one-sided tests and the verdict.
func (c *statTOST) Run(x *Context) error {
	m := compare.Margins{Low: -c.Margin, High: c.Margin, Alpha: c.Alpha}
	if c.Low != 0 || c.High != 0 {
		m.Low, m.High = c.Low, c.High
	}
	if m.Low == 0 && m.High == 0 {
		return fmt.Errorf("read margins: give --margin, or --low and --high")
	}
	e, n, err := c.test(x, m)
	if err != nil {
		return err
	}
	return newStat(fmt.Sprintf("Equivalence within %g and %g, first minus second", m.Low, m.High)).
		put("difference", e.Difference).put("low", m.Low).put("high", m.High).put("alpha", c.Alpha).
		put("p_low", e.PLow).put("p_high", e.PHigh).put("p", e.P).put("side", "one-sided, the larger of both").
		put("ci", e.CI).put("ci_level", 1-2*c.Alpha).put("equivalent", e.Equivalent).put("method", e.Method).put("n", n).
		print(x)
}

type statNonInferiority struct {
	statMargins
	Margin float64 `required:"" help:"By how much the first may be worse: 0.05 is five percentage points."`
	Alpha  float64 `default:"0.025" help:"One-sided error rate."`
	Higher bool    `name:"higher-is-better" help:"The event (or a high mean) is good; without it events are errors."`
}

// Help is shown by --help.
func (*statNonInferiority) Help() string {
	return "Events are errors unless --higher-is-better. Examples:\n  pumplab stat noninferiority 40 3 4 53 --margin 0.05\n  pumplab stat noninferiority proportions 12 100 14 100 --margin 0.05"
}

// Run prints the one-sided test and the verdict.
func (c *statNonInferiority) Run(x *Context) error {
	if !(c.Margin > 0) {
		return fmt.Errorf("read margin: %g; it must be positive", c.Margin)
	}
	m := compare.Margins{Low: -c.Margin, High: c.Margin, Alpha: c.Alpha}
	e, n, err := c.test(x, m)
	if err != nil {
		return err
	}
	p, verdict, bound := e.PHigh, e.BelowHigh, e.CI.High
	side := fmt.Sprintf("one-sided: first minus second is below %g", c.Margin)
	if c.Higher {
		p, verdict, bound = e.PLow, e.AboveLow, e.CI.Low
		side = fmt.Sprintf("one-sided: first minus second is above %g", -c.Margin)
	}
	return newStat("Non-inferiority of the first to the second").
		put("difference", e.Difference).put("margin", c.Margin).put("alpha", c.Alpha).
		put("p", p).put("side", side).put("ci", e.CI).put("ci_level", 1-2*c.Alpha).put("bound", bound).
		put("noninferior", verdict).put("method", strings.TrimSuffix(e.Method, ", two one-sided tests")).put("n", n).
		print(x)
}
