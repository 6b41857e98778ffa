// Package frame provides a small table of named columns and a reader of CSV files that refuses what it cannot
// understand with the line and the column in the sentence.
package frame

import (
	"fmt"
	"slices"
	"strings"
)

// Frame is a table: columns of equal length, in the order of the file.
type Frame struct {
	Name string // where it came from, used in errors
	Cols []*Column
	N    int   // rows
	line []int // line in the file of each row; nil when row i is on line i+2
}

// New makes a frame of columns that already exist. Lengths must agree and names must be unique.
func New(name string, cols ...*Column) (*Frame, error) {
	f := &Frame{Name: name, Cols: cols}
	seen := map[string]bool{}
	for i, c := range cols {
		if i == 0 {
			f.N = c.Len()
		}
		if c.Len() != f.N {
			return nil, fmt.Errorf("make table %s: column %q has %d rows, %q has %d", name, c.Name, c.Len(), cols[0].Name, f.N)
		}
		if seen[c.Name] {
			return nil, fmt.Errorf("make table %s: two columns are named %q", name, c.Name)
		}
		seen[c.Name] = true
	}
	return f, nil
}

// Col returns the column of that name.
func (f *Frame) Col(name string) (*Column, bool) {
	for _, c := range f.Cols {
		if c.Name == name {
			return c, true
		}
	}
	return nil, false
}

// Need returns the column of that name, or an error that lists what there is and the nearest name.
func (f *Frame) Need(name string) (*Column, error) {
	if c, ok := f.Col(name); ok {
		return c, nil
	}
	names := f.Names()
	hint := ""
	if near := nearest(name, names); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	if len(names) > 12 {
		names = append(slices.Clone(names[:12]), "…")
	}
	return nil, fmt.Errorf("%s: no column %q among %s%s", f.Name, name, strings.Join(names, ", "), hint)
}

// Names returns the column names in order.
func (f *Frame) Names() []string {
	names := make([]string, len(f.Cols))
	for i, c := range f.Cols {
		names[i] = c.Name
	}
	return names
}

// Line returns the line in the file on which row (from 0) begins; the header is line 1.
func (f *Frame) Line(row int) int {
	if row >= 0 && row < len(f.line) {
		return f.line[row]
	}
	return row + 2
}

// At says where a cell is, as file:line:column with column and row in words.
func (f *Frame) At(row int, column string) string {
	at := 0
	for i, c := range f.Cols {
		if c.Name == column {
			at = i + 1
		}
	}
	return fmt.Sprintf("%s:%d:%d: row %d, column %q", f.Name, f.Line(row), at, row+1, column)
}

// Numbers returns a column as numbers, NaN where missing. TRUE and FALSE count as 1 and 0. Text is an error that names
// the first cell that is not a number.
func (f *Frame) Numbers(name string) ([]float64, error) {
	c, err := f.Need(name)
	if err != nil {
		return nil, err
	}
	x, bad := c.Numbers()
	if bad >= 0 {
		hint := ""
		if strings.Count(c.Text[bad], ",") == 1 {
			hint = " (a decimal comma? write a point, or separate the columns by semicolons)"
		}
		return nil, fmt.Errorf("%s: %q is not a number%s", f.At(bad, name), c.Text[bad], hint)
	}
	return x, nil
}

// Take returns a new frame of the given rows (from 0), in that order; repeated rows are allowed.
func (f *Frame) Take(rows []int) *Frame {
	g := &Frame{Name: f.Name, N: len(rows), line: make([]int, len(rows))}
	for i, r := range rows {
		g.line[i] = f.Line(r)
	}
	for _, c := range f.Cols {
		g.Cols = append(g.Cols, c.take(rows))
	}
	return g
}

// Complete returns the rows (from 0) in which none of the named columns is missing.
func (f *Frame) Complete(names ...string) ([]int, error) {
	cols := make([]*Column, len(names))
	for i, n := range names {
		c, err := f.Need(n)
		if err != nil {
			return nil, err
		}
		cols[i] = c
	}
	rows := make([]int, 0, f.N)
	for r := range f.N {
		if !slices.ContainsFunc(cols, func(c *Column) bool { return c.Missing(r) }) {
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// nearest returns the name within two edits of want (ignoring case), or "".
func nearest(want string, names []string) string {
	best, at := "", min(3, len([]rune(want))) // a name of two letters may have one wrong
	for _, n := range names {
		if d := edits(strings.ToLower(want), strings.ToLower(n)); d < at {
			best, at = n, d
		}
	}
	return best
}

func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diag := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diag
			if x[i] != y[j] {
				cost = 1 + min(diag, row[j], row[j+1])
			}
			diag, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)]
}
