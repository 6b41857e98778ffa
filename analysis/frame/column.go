package frame

import (
	"math"
	"slices"
	"sort"
	"strconv"
)

// Kind says what a column holds.
type Kind int

// The two kinds of column.
const (
	Number Kind = iota
	Text
)

// String names the kind.
func (k Kind) String() string {
	if k == Text {
		return "text"
	}
	return "number"
}

// Column is one variable. Exactly one of Num and Text is used, by Kind.
type Column struct {
	Name string
	Kind Kind
	Num  []float64 // NaN is missing
	Text []string  // "" is missing
}

// NewNumber makes a column of numbers; NaN is missing.
func NewNumber(name string, x []float64) *Column { return &Column{Name: name, Kind: Number, Num: x} }

// NewText makes a column of levels; "" is missing.
func NewText(name string, x []string) *Column { return &Column{Name: name, Kind: Text, Text: x} }

// Len returns the number of rows.
func (c *Column) Len() int {
	if c.Kind == Text {
		return len(c.Text)
	}
	return len(c.Num)
}

// Missing says whether row (from 0) has no value.
func (c *Column) Missing(row int) bool {
	if c.Kind == Text {
		return c.Text[row] == ""
	}
	return math.IsNaN(c.Num[row])
}

// MissingCount returns how many rows have no value.
func (c *Column) MissingCount() int {
	n := 0
	for r := range c.Len() {
		if c.Missing(r) {
			n++
		}
	}
	return n
}

// String returns the cell as text: a number in its shortest form, "" when missing.
func (c *Column) String(row int) string {
	if c.Kind == Text {
		return c.Text[row]
	}
	if math.IsNaN(c.Num[row]) {
		return ""
	}
	return strconv.FormatFloat(c.Num[row], 'g', -1, 64)
}

// Factor returns the sorted levels and, per row, the index of its level (-1 where missing). Text is sorted by bytes (as R in
// the C locale), numbers by value.
func (c *Column) Factor() (levels []string, code []int) {
	code = make([]int, c.Len())
	if c.Kind == Number {
		return c.numberFactor(code)
	}
	index := map[string]int{}
	for _, t := range c.Text {
		if _, ok := index[t]; !ok && t != "" {
			index[t] = 0
			levels = append(levels, t)
		}
	}
	sort.Strings(levels)
	for i, l := range levels {
		index[l] = i
	}
	for r, t := range c.Text {
		code[r] = -1
		if t != "" {
			code[r] = index[t]
		}
	}
	return levels, code
}

func (c *Column) numberFactor(code []int) ([]string, []int) {
	index := map[float64]int{}
	var values []float64
	for _, x := range c.Num {
		if _, ok := index[x]; !ok && !math.IsNaN(x) {
			index[x] = 0
			values = append(values, x)
		}
	}
	slices.Sort(values)
	levels := make([]string, len(values))
	for i, v := range values {
		index[v] = i
		levels[i] = strconv.FormatFloat(v, 'g', -1, 64)
	}
	for r, x := range c.Num {
		code[r] = -1
		if !math.IsNaN(x) {
			code[r] = index[x]
		}
	}
	return levels, code
}

// Numbers returns the values as numbers, NaN where missing; TRUE and FALSE count as 1 and 0. bad is the first row
// that is not a number, or -1.
func (c *Column) Numbers() (x []float64, bad int) {
	if c.Kind == Number {
		return c.Num, -1
	}
	x = make([]float64, len(c.Text))
	for r, t := range c.Text {
		switch t {
		case "":
			x[r] = math.NaN()
		case "TRUE", "True", "true":
			x[r] = 1
		case "FALSE", "False", "false":
			x[r] = 0
		default:
			v, ok := parseNumber(t, false)
			if !ok {
				return nil, r
			}
			x[r] = v
		}
	}
	return x, -1
}

func (c *Column) take(rows []int) *Column {
	d := &Column{Name: c.Name, Kind: c.Kind}
	if c.Kind == Text {
		d.Text = make([]string, len(rows))
		for i, r := range rows {
			d.Text[i] = c.Text[r]
		}
		return d
	}
	d.Num = make([]float64, len(rows))
	for i, r := range rows {
		d.Num[i] = c.Num[r]
	}
	return d
}
