package cli

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"pumplab/analysis/agree"
)

type statKappa struct {
	statConfidence
	Args    []string `arg:"" name:"file" help:"CSV with a column for each rater; - reads standard input. A method may stand before it."`
	Method  string   `aliases:"kind,type,coefficient" help:"cohen, fleiss, krippendorff, ac1 or all. Without it: Cohen for two raters, Fleiss for more, and alpha and AC1 beside."`
	Weights string   `default:"none" help:"Weights of Cohen's kappa: none, linear or quadratic. Categories are ordered by value, words by alphabet or --order."`
	Level   string   `help:"Level of measurement for Krippendorff's alpha: nominal, ordinal, interval or ratio (default nominal)."`
	Order   []string `help:"Categories in order, for weights and the ordinal level."`
	Columns []string `help:"Raters' columns, in order."`
}

type (
	statCohen        struct{ statKappa }
	statFleiss       struct{ statKappa }
	statKrippendorff struct{ statKappa }
	statAC1          struct{ statKappa }
)

// Run is stat kappa --method cohen.
func (c *statCohen) Run(x *Context) error { return c.with("cohen", x) }

// Run is stat kappa --method fleiss.
func (c *statFleiss) Run(x *Context) error { return c.with("fleiss", x) }

// Run is stat kappa --method krippendorff.
func (c *statKrippendorff) Run(x *Context) error { return c.with("krippendorff", x) }

// Run is stat kappa --method ac1.
func (c *statAC1) Run(x *Context) error { return c.with("ac1", x) }

func (c *statKappa) with(method string, x *Context) error {
	c.Method = method
	return c.Run(x)
}

var statAgreements = []string{"cohen", "fleiss", "krippendorff", "ac1", "all"}

// Help is shown by --help.
func (*statKappa) Help() string {
	return "Examples:\n  pumplab stat kappa codes.csv --method cohen --weights linear\n  pumplab stat kappa codes.csv --method krippendorff --level ordinal"
}

// file sorts out method and file from the words.
func (c *statKappa) file() (statFile, error) {
	files := slices.DeleteFunc(slices.Clone(c.Args), func(a string) bool {
		if c.Method == "" && slices.Contains(statAgreements, strings.ToLower(a)) {
			c.Method = a
			return true
		}
		return false
	})
	c.Method = strings.ToLower(c.Method)
	if c.Method == "alpha" {
		c.Method = "krippendorff"
	}
	if c.Method != "" && !slices.Contains(statAgreements, c.Method) {
		return statFile{}, fmt.Errorf("read method: %q is not %s", c.Method, strings.Join(statAgreements, ", "))
	}
	if len(files) != 1 {
		return statFile{}, fmt.Errorf("read arguments: %d files; one is expected", len(files))
	}
	if c.Method == "" && c.Level != "" {
		c.Method = "krippendorff"
	}
	return statFile{File: files[0], Columns: c.Columns}, nil
}

// Run prints the coefficients asked for.
func (c *statKappa) Run(x *Context) error {
	file, err := c.file()
	if err != nil {
		return err
	}
	w, err := file.wide(x, false)
	if err != nil {
		return err
	}
	if err := w.need(2, math.MaxInt, "agreement needs a column for each of at least two raters"); err != nil {
		return err
	}
	r := w.result("Agreement of " + strings.Join(w.names, ", "))
	ratings, values, err := c.ratings(w)
	if err != nil {
		return err
	}
	if err := c.kappas(r, ratings); err != nil {
		return err
	}
	if c.Method == "krippendorff" || c.Method == "all" || c.Method == "" {
		level := agree.Level(c.Level)
		if c.Level == "" {
			level = agree.Nominal
		}
		if values == nil && level != agree.Nominal && level != agree.Ordinal {
			return fmt.Errorf("%s: the categories are words; the %s level needs numbers", w.frame.Name, level)
		}
		if values == nil {
			values = codesAsNumbers(ratings)
		}
		a, err := agree.Krippendorff(values, level)
		if err != nil {
			return err
		}
		r.put("alpha", a.Alpha).put("level", string(level)).put("alpha_units", a.Units).note(a.Note)
	}
	return r.print(x)
}

// kappas puts Cohen's, Fleiss' and Gwet's coefficients.
func (c *statKappa) kappas(r *statResult, ratings agree.Ratings) error {
	two := len(ratings.Code[0]) == 2
	cohen := c.Method == "cohen" || (two && (c.Method == "" || c.Method == "all"))
	if cohen {
		k, err := agree.Cohen(ratings, agree.Weighting(c.Weights), c.Confidence)
		if err != nil {
			return err
		}
		r.put("kappa", k.Kappa).put("se", k.SE).put("ci", k.CI).put("z", k.Z).put("p", k.P).put("side", "two-sided").
			put("weights", c.Weights).put("observed", k.Observed).put("n", k.N).dropped(k.Dropped).note(k.Note)
	}
	if c.Method == "fleiss" || (!cohen && (c.Method == "" || c.Method == "all")) {
		k, err := agree.Fleiss(ratings, c.Confidence)
		if err != nil {
			return err
		}
		r.put("kappa", k.Kappa).put("z", k.Z).put("p", k.P).put("side", "two-sided").put("se", k.SE).put("ci", k.CI).
			put("observed", k.Observed).put("n", k.N).put("raters", len(ratings.Code[0])).dropped(k.Dropped).note(k.Note)
	}
	if c.Method == "ac1" || c.Method == "all" || c.Method == "" {
		k, err := agree.AC1(ratings, c.Confidence)
		if err != nil {
			return err
		}
		r.put("ac1", k.Kappa).put("ac1_se", k.SE).put("ac1_ci", k.CI).put("ac1_p", k.P).note(k.Note)
	}
	return nil
}

// ratings makes categories of all raters' columns together; values are the numbers themselves, nil when the categories are words.
func (c *statKappa) ratings(w *statWide) (agree.Ratings, [][]float64, error) {
	values, numeric := [][]float64(nil), true
	for _, n := range w.names {
		col, err := w.frame.Need(n)
		if err != nil {
			return agree.Ratings{}, nil, err
		}
		if _, bad := col.Numbers(); bad >= 0 {
			numeric = false
		}
	}
	if numeric && len(c.Order) == 0 {
		v, err := w.rows()
		if err != nil {
			return agree.Ratings{}, nil, err
		}
		values = v
	}
	r := agree.Ratings{Levels: c.Order, Code: make([][]int, w.frame.N)}
	if len(c.Order) == 0 {
		r.Levels = categories(w, values)
	}
	at := map[string]int{}
	for i, l := range r.Levels {
		at[l] = i
	}
	for i := range w.frame.N {
		for j, n := range w.names {
			col, _ := w.frame.Col(n)
			code, text := -1, col.String(i)
			if values != nil && !col.Missing(i) {
				text = strconv.FormatFloat(values[i][j], 'g', -1, 64)
			}
			if !col.Missing(i) {
				k, ok := at[text]
				if !ok {
					return r, nil, fmt.Errorf("%s: %q is not among the categories of --order", w.frame.At(i, n), text)
				}
				code = k
			}
			r.Code[i] = append(r.Code[i], code)
		}
	}
	return r, values, nil
}

// categories lists all values that occur, numbers by size and words by alphabet.
func categories(w *statWide, values [][]float64) []string {
	if values != nil {
		var all []float64
		for _, row := range values {
			for _, v := range row {
				if !math.IsNaN(v) {
					all = append(all, v)
				}
			}
		}
		slices.Sort(all)
		var out []string
		for _, v := range slices.Compact(all) {
			out = append(out, strconv.FormatFloat(v, 'g', -1, 64))
		}
		return out
	}
	var all []string
	for _, n := range w.names {
		col, _ := w.frame.Col(n)
		levels, _ := col.Factor()
		all = append(all, levels...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func codesAsNumbers(r agree.Ratings) [][]float64 {
	out := make([][]float64, len(r.Code))
	for i, row := range r.Code {
		for _, c := range row {
			v := float64(c)
			if c < 0 {
				v = math.NaN()
			}
			out[i] = append(out[i], v)
		}
	}
	return out
}

type statICC struct {
	statConfidence
	statFile
}

// Run prints all six correlations.
func (c *statICC) Run(x *Context) error {
	w, err := c.wide(x, true)
	if err != nil {
		return err
	}
	if err := w.need(2, math.MaxInt, "ICC needs a column for each of at least two raters"); err != nil {
		return err
	}
	rows, err := w.rows()
	if err != nil {
		return err
	}
	i, err := agree.NewICC(rows, c.Confidence)
	if err != nil {
		return err
	}
	r := w.result(fmt.Sprintf("Intraclass correlations, %g%% intervals; p upper tail of F against zero", 100*c.Confidence))
	for _, o := range []struct {
		key string
		agree.Correlation
	}{{"icc1", i.One}, {"icc2", i.Two}, {"icc3", i.Three}, {"icc1k", i.OneK}, {"icc2k", i.TwoK}, {"icc3k", i.ThreeK}} {
		r.put(o.key, o.ICC).put(o.key+"_ci", o.CI).put(o.key+"_f", o.F).put(o.key+"_df1", o.DF1).put(o.key+"_df2", o.DF2).put(o.key+"_p", o.P)
	}
	return r.put("n", i.N).put("k", i.K).put("side", "upper").put("columns", w.names).dropped(i.Dropped).note(i.Note).print(x)
}
