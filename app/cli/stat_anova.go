package cli

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"pumplab/analysis/compare"
)

// statAnova is repeated-measures analysis of variance from a wide table.
type statAnova struct {
	statFile
	Within []string `placeholder:"NAME=LEVELS" help:"Factors of the columns, the first changing slowest: --within design=2,distraction=3 for six columns A1 A2 A3 B1 B2 B3. Without it the columns are the levels of one factor."`
}

// Help is shown by --help.
func (*statAnova) Help() string {
	return "Everybody in every condition, one row a person. p is given as if sphericity held, and corrected by Greenhouse-Geisser and Huynh-Feldt;\n" +
		"report the corrected one. For missing cells or people who met tasks of their own use a mixed model: pumplab fit.\n\n" +
		"Examples:\n  pumplab stat rm-anova times.csv --columns A,B,C\n  pumplab stat rm-anova times.csv --within design=2,distraction=3"
}

// Run prints one effect, or lists of them where there are several factors.
func (c *statAnova) Run(x *Context) error {
	w, err := c.wide(x, true)
	if err != nil {
		return err
	}
	factors, err := c.factors(len(w.names))
	if err != nil {
		return err
	}
	if err := w.need(2, math.MaxInt, "a repeated-measures analysis needs a column for each condition"); err != nil {
		return err
	}
	rows, err := w.rows()
	if err != nil {
		return err
	}
	a, err := compare.NewRepeatedAnova(rows, factors)
	if err != nil {
		return fmt.Errorf("%s: %w", w.frame.Name, err)
	}
	r := w.result("Repeated-measures analysis of variance, upper tails")
	var names []string
	for _, e := range a.Effects {
		names = append(names, e.Name)
	}
	if len(names) > 1 {
		r.put("effect", names)
	}
	for _, k := range []struct {
		key string
		of  func(compare.Effect) float64
	}{
		{"f", func(e compare.Effect) float64 { return e.F }},
		{"df1", func(e compare.Effect) float64 { return e.DF1 }},
		{"df2", func(e compare.Effect) float64 { return e.DF2 }},
		{"p", func(e compare.Effect) float64 { return e.P }},
		{"gg_epsilon", func(e compare.Effect) float64 { return e.GG }},
		{"p_gg", func(e compare.Effect) float64 { return e.PGG }},
		{"hf_epsilon", func(e compare.Effect) float64 { return e.HF }},
		{"p_hf", func(e compare.Effect) float64 { return e.PHF }},
		{"mauchly_w", func(e compare.Effect) float64 { return e.Mauchly }},
		{"p_mauchly", func(e compare.Effect) float64 { return e.PMauchly }},
		{"ss", func(e compare.Effect) float64 { return e.SS }},
		{"ss_error", func(e compare.Effect) float64 { return e.SSError }},
		{"eta2_partial", func(e compare.Effect) float64 { return e.Partial }},
		{"eta2_generalised", func(e compare.Effect) float64 { return e.General }},
	} {
		values := make([]float64, len(a.Effects))
		for i, e := range a.Effects {
			values[i] = k.of(e)
		}
		if len(values) == 1 {
			r.put(k.key, values[0])
		} else {
			r.put(k.key, values)
		}
	}
	return r.put("n", a.N).put("columns", w.names).put("side", "upper").dropped(a.Dropped).note(a.Note).print(x)
}

// factors reads --within; without it the columns are one factor.
func (c *statAnova) factors(columns int) ([]compare.Within, error) {
	if len(c.Within) == 0 {
		return []compare.Within{{Name: "condition", Levels: columns}}, nil
	}
	var out []compare.Within
	all := 1
	for _, text := range c.Within {
		name, levels, ok := strings.Cut(text, "=")
		k, err := strconv.Atoi(levels)
		if !ok || err != nil || k < 2 || k > 1000 || name == "" {
			return nil, fmt.Errorf("read --within %s: write NAME=LEVELS with two levels or more, as in design=2,distraction=3", text)
		}
		out = append(out, compare.Within{Name: name, Levels: k})
		all *= k
	}
	if all != columns || len(out) > 6 {
		return nil, fmt.Errorf("read --within: %d columns, but the factors have %d combinations; name the columns in order with --columns", columns, all)
	}
	return out, nil
}
