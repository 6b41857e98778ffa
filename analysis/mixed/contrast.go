package mixed

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed/formula"
)

// maxGrid bounds the reference grid of marginal means.
const maxGrid = 100_000

// reference builds the reference grid: every level of every factor, numbers with at most two values at both, others at their
// mean (as R's emmeans). It returns the table and the levels of the wanted factor.
func (d *data) reference(want string) (*frame.Frame, []string, error) {
	f := d.matrix.Formula
	var names []string
	factors := map[string]bool{}
	for _, t := range f.Terms {
		for _, v := range t {
			asFactor(f.Vars[v], factors)
			for _, n := range f.Vars[v].Names() {
				if !slices.Contains(names, n) {
					names = append(names, n)
				}
			}
		}
	}
	if !slices.Contains(names, want) {
		return nil, nil, fmt.Errorf("compare means: %q is not among the fixed terms' columns %s", want, strings.Join(names, ", "))
	}
	factors[want] = true
	var cols []*frame.Column
	rows := 1
	for _, n := range names {
		c, _ := d.matrix.Table.Col(n)
		g := gridValues(c, factors[n])
		cols = append(cols, g)
		if rows *= g.Len(); rows > maxGrid {
			return nil, nil, fmt.Errorf("compare means: the reference grid has more than %d cells", maxGrid)
		}
	}
	levels := levelNames(cols[slices.Index(names, want)])
	if order := d.order[want]; order != nil {
		used := levels
		levels = slices.DeleteFunc(slices.Clone(order), func(l string) bool { return !slices.Contains(used, l) })
	}
	if len(levels) < 2 {
		return nil, nil, fmt.Errorf("compare means: %s has one level", want)
	}
	grid, err := frame.New("reference grid", crossed(cols, rows)...)
	return grid, levels, err
}

// asFactor notes the columns used inside factor().
func asFactor(n *formula.Node, out map[string]bool) {
	if n.Op == "call" && strings.Contains(n.Name, "factor") {
		for _, name := range n.Names() {
			out[name] = true
		}
	}
	for _, a := range n.Args {
		asFactor(a, out)
	}
}

func gridValues(c *frame.Column, factor bool) *frame.Column {
	levels, _ := c.Factor()
	if c.Kind == frame.Text {
		return frame.NewText(c.Name, levels)
	}
	var values []float64
	seen := map[float64]bool{}
	mean := 0.0
	for _, v := range c.Num {
		mean += v / float64(len(c.Num))
		if !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	slices.Sort(values)
	if !factor && len(values) > 2 {
		values = []float64{mean}
	}
	return frame.NewNumber(c.Name, values)
}

func levelNames(c *frame.Column) []string {
	levels, _ := c.Factor()
	return levels
}

// crossed repeats the columns' values to all combinations.
func crossed(cols []*frame.Column, rows int) []*frame.Column {
	out := make([]*frame.Column, len(cols))
	every := 1
	for j, c := range cols {
		g := &frame.Column{Name: c.Name, Kind: c.Kind}
		for i := range rows {
			at := i / every % c.Len()
			if c.Kind == frame.Text {
				g.Text = append(g.Text, c.Text[at])
			} else {
				g.Num = append(g.Num, c.Num[at])
			}
		}
		every *= c.Len()
		out[j] = g
	}
	return out
}

// marginal returns per level of the factor the average row of the kept columns, and whether each is estimable.
func (d *data) marginal(want string) (levels []string, rows [][]float64, err error) {
	grid, levels, err := d.reference(want)
	if err != nil {
		return nil, nil, err
	}
	x, err := d.matrix.Rows(grid)
	if err != nil {
		return nil, nil, err
	}
	col, _ := grid.Col(want)
	p := d.matrix.P
	for _, l := range levels {
		row, count := make([]float64, p), 0.0
		for i := range grid.N {
			if col.String(i) == l {
				axpy(1, x[i*p:(i+1)*p], row)
				count++
			}
		}
		scal(1/count, row)
		rows = append(rows, row)
	}
	return levels, rows, nil
}

// estimable says whether a row of the whole matrix follows the dependencies of the dropped columns.
func (d *data) estimable(row []float64) bool {
	for j, dep := range d.depends {
		v := row[j]
		for k, a := range dep {
			v -= a * row[d.all[k]]
		}
		if math.Abs(v) > 1e-6 {
			return false
		}
	}
	return true
}

// Compare fills the marginal means of a factor and their pairwise contrasts into a result of this model's last Fit, adjusted
// as the specification says.
func (m *Model) Compare(r *Result, want string) error {
	r.Means, r.Contrasts = nil, nil
	levels, rows, err := m.d.marginal(want)
	if err != nil {
		return err
	}
	logScale := m.spec.Log || m.d.matrix.Formula.Response.Op == "call" && m.d.matrix.Formula.Response.Name == "log" ||
		m.spec.Link == "logit" || m.spec.Link == "log"
	for i, row := range rows {
		r.Means = append(r.Means, m.meanOf(r, levels[i], row, logScale))
	}
	labels := slices.Clone(levels)
	if c, _ := m.d.matrix.Table.Col(want); c.Kind == frame.Number {
		for i := range labels {
			labels[i] = want + labels[i]
		}
	}
	for i := range rows {
		for j := i + 1; j < len(rows); j++ {
			diff := slices.Clone(rows[i])
			axpy(-1, rows[j], diff)
			c := Contrast{Name: labels[i] + " - " + labels[j], First: levels[i], Second: levels[j], Ratio: math.NaN(), Adjust: m.spec.Adjust}
			c.Estimate, c.SE, c.DF = m.linear(r, diff)
			if logScale {
				c.Ratio = math.Exp(c.Estimate)
			}
			c.Statistic = c.Estimate / c.SE
			r.Contrasts = append(r.Contrasts, c)
		}
	}
	adjust(r.Contrasts, m.spec.Adjust, m.spec.Level, len(levels))
	return nil
}

func (m *Model) meanOf(r *Result, level string, row []float64, logScale bool) Mean {
	out := Mean{Level: level}
	out.Estimate, out.SE, out.DF = m.linear(r, row)
	out.Estimate -= m.shift
	half := quantile(1-m.spec.Level, out.DF) * out.SE
	out.Low, out.High = out.Estimate-half, out.Estimate+half
	back := func(x float64) float64 { return x }
	switch fam := m.family(); {
	case m.spec.Family == "cumulative":
		back = func(float64) float64 { return math.NaN() }
	case fam != nil:
		back = func(x float64) float64 { mu, _ := fam.mean(x); return mu }
	case logScale:
		back = math.Exp
	}
	out.Response, out.RespLow, out.RespHigh = back(out.Estimate), back(out.Low), back(out.High)
	return out
}

// linear estimates the combination of the coefficients given by a row of the whole matrix.
func (m *Model) linear(r *Result, row []float64) (estimate, se, df float64) {
	if !m.d.estimable(row) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	p := m.d.p
	gamma := make([]float64, p)
	for a, j := range m.d.keep {
		if m.lost == nil && m.infinite[m.d.names[a]] && math.Abs(row[j]) > 1e-12 {
			return math.NaN(), math.NaN(), math.Inf(1)
		}
		axpy(row[j], m.d.right[a*p:(a+1)*p], gamma)
	}
	if m.undetermines(gamma) {
		return math.NaN(), math.NaN(), math.Inf(1)
	}
	skip := len(r.Fixed) - p // thresholds come first
	v := 0.0
	c := make([]float64, p)
	for a, j := range m.d.keep {
		c[a] = row[j]
	}
	for a := range p {
		estimate += c[a] * r.Fixed[skip+a].Estimate
		for b := range p {
			v += c[a] * c[b] * r.Cov[skip+a][skip+b]
		}
	}
	df = math.Inf(1)
	if m.freedom != nil {
		df = m.freedom.df(gamma)
	} else if p > 0 {
		df = r.Fixed[skip].DF
	}
	return estimate, math.Sqrt(v), df
}
