package formula

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pumplab/analysis/frame"
)

// Options say what else the table must supply.
type Options struct {
	Levels map[string][]string // order of levels by column; without it numbers by value, text by bytes
	Also   []string            // further columns that must not be missing (weights, offset)
}

// A Matrix is a formula applied to a table: rows with a missing value are left out.
type Matrix struct {
	Formula  *Formula
	Table    *frame.Frame // the rows used
	Dropped  int          // rows left out
	N, P     int
	Names    []string // of the columns of X
	X        []float64
	Term     []int // per column, the term it belongs to, −1 for the intercept
	Response *Response
	Random   []Random
	Offset   []float64 // nil without offset()

	eval  *evaluator
	coded [][]bool // per term and variable: by contrasts (true) or by indicators
}

// Empty names the levels that were asked for but that no row has, as "column level".
func (m *Matrix) Empty() []string { return m.eval.empty }

// A Random is one grouping factor with its columns.
type Random struct {
	Group  string
	Names  []string // of the columns
	Levels []string
	Index  []int32   // per row
	Z      []float64 // N×len(Names) row-major; nil for an intercept alone
	Blocks []int     // sizes of the correlated blocks, in the order of Names
}

// Build applies the formula to the table.
func (f *Formula) Build(t *frame.Frame, opt Options) (*Matrix, error) {
	if t.N == 0 {
		return nil, fmt.Errorf("build model: %s has no rows", t.Name)
	}
	names := append(f.Names(), opt.Also...)
	for _, n := range f.allNodes() {
		if err := n.check(f.Source, t); err != nil {
			return nil, err
		}
	}
	rows, err := t.Complete(names...)
	if err != nil {
		return nil, fmt.Errorf("build model: %w", err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("build model: every row of %s has a missing value in %s", t.Name, strings.Join(names, ", "))
	}
	m := &Matrix{Formula: f, Table: t, Dropped: t.N - len(rows), N: len(rows)}
	if len(rows) < t.N {
		m.Table = t.Take(rows)
	}
	m.eval = &evaluator{src: f.Source, table: m.Table, levels: opt.Levels, memory: map[string][]float64{}, known: map[string][]string{}}
	if m.X, err = m.fixed(m.eval, true); err != nil {
		return nil, err
	}
	m.P = len(m.Names)
	if m.Response, err = m.response(); err != nil {
		return nil, err
	}
	if m.Random, err = m.random(); err != nil {
		return nil, err
	}
	for _, n := range f.Offsets {
		x, err := m.eval.number(n)
		if err != nil {
			return nil, err
		}
		if err := m.finite(n, x); err != nil {
			return nil, err
		}
		if m.Offset == nil {
			m.Offset = make([]float64, m.N)
		}
		for i, v := range x {
			m.Offset[i] += v
		}
	}
	return m, nil
}

func (f *Formula) allNodes() []*Node {
	out := slices.Concat(f.Vars, f.Offsets, f.Strata, f.Cluster)
	if f.Response != nil {
		out = append(out, f.Response)
	}
	for _, b := range f.Bars {
		out = append(append(out, b.Expr), b.Groups...)
	}
	return out
}

// check says where in the formula an unknown name stands.
func (n *Node) check(src string, t *frame.Frame) error {
	var bad error
	n.walk(func(m *Node) {
		if m.Op != "name" || bad != nil || slices.Contains([]string{"TRUE", "FALSE", "T", "F", "pi"}, m.Name) {
			return
		}
		if _, err := t.Need(m.Name); err != nil {
			bad = &Error{src, m.Col, err.Error()}
		}
	})
	return bad
}

// finite refuses a value that is not a number, with its row.
func (m *Matrix) finite(n *Node, x []float64) error {
	for i, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return &Error{m.Formula.Source, n.Col, fmt.Sprintf("%s is not a finite number on line %d of %s", n, m.Table.Line(i), m.Table.Name)}
		}
	}
	return nil
}

// complete refuses a factor without a level in some row.
func (m *Matrix) complete(n *Node, v *Value) error {
	if i := slices.Index(v.Code, -1); i >= 0 {
		return &Error{m.Formula.Source, n.Col, fmt.Sprintf("%s has no value on line %d of %s", n, m.Table.Line(i), m.Table.Name)}
	}
	return nil
}

// Rows codes another table (of levels and values) as this one was coded and returns its rows of X.
func (m *Matrix) Rows(t *frame.Frame) ([]float64, error) {
	e := *m.eval
	e.table = t
	return m.fixed(&e, false)
}

// A column of X while it is built.
type column struct {
	name string
	x    []float64
}

// fixed builds X row-major. On the first call it also sets names and terms.
func (m *Matrix) fixed(e *evaluator, first bool) ([]float64, error) {
	values := make([]*Value, len(m.Formula.Vars))
	for _, t := range m.Formula.Terms {
		for _, v := range t {
			if values[v] != nil {
				continue
			}
			val, err := e.eval(m.Formula.Vars[v])
			if err != nil {
				return nil, err
			}
			if err := m.complete(m.Formula.Vars[v], val); err != nil && first {
				return nil, err
			}
			for _, x := range val.Cols {
				if err := m.finite(m.Formula.Vars[v], x); err != nil && first {
					return nil, err
				}
			}
			values[v] = val
		}
	}
	if first {
		if err := m.code(values); err != nil {
			return nil, err
		}
	}
	var cols []column
	if m.Formula.Intercept {
		cols = append(cols, column{"(Intercept)", e.constant(1).Cols[0]})
		if first {
			m.Term = append(m.Term, -1)
		}
	}
	for k, t := range m.Formula.Terms {
		add := m.termColumns(k, t, values)
		cols = append(cols, add...)
		if len(cols) > 5000 {
			return nil, fmt.Errorf("build model: more than 5000 columns; is %s an identifier? then write (1|%s)", m.Formula.Label(t), m.Formula.Label(t))
		}
		for range add {
			if first {
				m.Term = append(m.Term, k)
			}
		}
	}
	x := make([]float64, e.table.N*len(cols))
	for j, c := range cols {
		if first {
			m.Names = append(m.Names, c.name)
		}
		for i, v := range c.x {
			x[i*len(cols)+j] = v
		}
	}
	return x, nil
}

// code decides contrasts or indicators for every factor in every term, by R's rule: contrasts when the term without the
// factor is in the model; without an intercept the first factor gets indicators.
func (m *Matrix) code(values []*Value) error {
	f := m.Formula
	open := !f.Intercept
	for _, t := range f.Terms {
		row := make([]bool, len(t))
		for i, v := range t {
			rest := slices.Delete(slices.Clone(t), i, i+1)
			row[i] = len(rest) == 0 || slices.ContainsFunc(f.Terms, func(u []int) bool { return slices.Equal(u, rest) })
			if values[v].isFactor() && open {
				row[i], open = false, false
			}
			if values[v].isFactor() && len(values[v].Levels) < 2 && row[i] {
				return &Error{f.Source, f.Vars[v].Col, fmt.Sprintf("%s has one level only, %s; a factor needs two", f.Vars[v], listed(values[v].Levels))}
			}
		}
		m.coded = append(m.coded, row)
	}
	return nil
}

// termColumns multiplies the columns of the term's variables; those of the first vary fastest.
func (m *Matrix) termColumns(k int, t []int, values []*Value) []column {
	var out []column
	for i, v := range t {
		part := variableColumns(m.Formula.Vars[v].String(), values[v], m.coded[k][i])
		if i == 0 {
			out = part
			continue
		}
		var next []column
		for _, b := range part {
			for _, a := range out {
				x := make([]float64, len(a.x))
				for r := range x {
					x[r] = a.x[r] * b.x[r]
				}
				next = append(next, column{a.name + ":" + b.name, x})
			}
		}
		if out = next; len(out) > 5000 {
			return out
		}
	}
	return out
}

func variableColumns(label string, v *Value, contrasts bool) []column {
	var out []column
	if !v.isFactor() {
		for j, x := range v.Cols {
			out = append(out, column{label + v.Suffix[j], x})
		}
		return out
	}
	from := 0
	if contrasts {
		from = 1
	}
	if len(v.Levels)-from > 5000 {
		return make([]column, 5001)
	}
	for l := from; l < len(v.Levels); l++ {
		x := make([]float64, len(v.Code))
		for r, c := range v.Code {
			if c == l {
				x[r] = 1
			}
		}
		out = append(out, column{label + v.Levels[l], x})
	}
	return out
}
