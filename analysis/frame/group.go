package frame

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// How says what a Measure takes of the rows of a group.
type How int

// The measures. Missing cells do not count; a group without a value has NaN.
const (
	Rows  How = iota // number of rows
	Equal            // number of rows whose cell equals Value
	Least            // smallest number
	Most             // largest number
	Sum              // sum of numbers
)

// A Measure is one number per group.
type Measure struct {
	Name   string // of the column it becomes
	How    How
	Column string // looked at; not by Rows
	Value  string // of Equal
}

// A Grouping says how a long table is gathered: rows with the same cells in the columns By become one row.
type Grouping struct {
	By       []string
	Measures []Measure

	// Workers runs f(0) … f(n−1), at once if it can; nil runs them one after another. The result is the same.
	Workers func(n int, f func(i int))
}

// A Grouped is the gathered table: the columns By, then one of each measure, in the order in which the groups first appear.
type Grouped struct {
	*Frame
	Read   int // rows read
	Except int // rows left out because a cell of By is missing
}

// Group reads a CSV file as Read does, but keeps only groups, so that memory does not grow with the rows: ten million events take
// some tens of megabytes. It goes through the file once, in pieces that end with a row.
func Group(r io.Reader, name string, g Grouping) (*Grouped, error) {
	in, err := plain(r)
	if err != nil {
		return nil, fmt.Errorf("%s: read table: %w", name, err)
	}
	c := &chunker{in: in, name: name}
	s, err := newScan(c, name, g)
	if err != nil {
		return nil, err
	}
	run := g.Workers
	if run == nil {
		run = func(n int, f func(int)) {
			for i := range n {
				f(i)
			}
		}
	}
	all := newGroups()
	for {
		batch, err := c.batch(s.first)
		if err != nil {
			return nil, err
		}
		s.first = nil
		if len(batch) == 0 {
			return all.finish(name, g)
		}
		parts := make([]*groups, len(batch))
		run(len(batch), func(i int) { parts[i] = s.gather(batch[i]) })
		for _, p := range parts {
			if p.bad != nil {
				return nil, p.bad.at(s, all)
			}
			all.add(p, g.Measures)
		}
	}
}

// groups are the rows gathered so far, in order of appearance.
type groups struct {
	index  map[string]int
	keys   []string // cells of By, each followed by unit
	values [][]float64
	bad    *trouble
	rows   int // with data
	lines  int // of the file
	except int
}

// unit ends each cell of a key: ASCII's unit separator, which no cell may hold.
const unit = 0x1f

func newGroups() *groups { return &groups{index: map[string]int{}} }

// at returns the values of a group, a new one begins empty.
func (g *groups) at(key []byte, measures []Measure) []float64 {
	if i, ok := g.index[string(key)]; ok {
		return g.values[i]
	}
	v := make([]float64, len(measures))
	for k, m := range measures {
		if m.How >= Least {
			v[k] = math.NaN()
		}
	}
	i, text := len(g.keys), string(key)
	g.index[text] = i
	g.keys, g.values = append(g.keys, text), append(g.values, v)
	return v
}

// add merges a later part.
func (g *groups) add(p *groups, measures []Measure) {
	g.rows, g.lines, g.except = g.rows+p.rows, g.lines+p.lines, g.except+p.except
	for i, key := range p.keys {
		v := g.at([]byte(key), measures)
		for k, m := range measures {
			m.How.join(&v[k], p.values[i][k])
		}
	}
}

// join takes one more value, or the value of a later part, into account.
func (h How) join(to *float64, x float64) {
	switch {
	case math.IsNaN(x):
	case math.IsNaN(*to):
		*to = x
	case h == Least:
		*to = min(*to, x)
	case h == Most:
		*to = max(*to, x)
	default:
		*to += x
	}
}

// finish makes the table.
func (g *groups) finish(name string, by Grouping) (*Grouped, error) {
	if g.rows == 0 {
		return nil, fmt.Errorf("%s:1:1: a header but no rows", name)
	}
	if len(g.keys) == 0 {
		return nil, fmt.Errorf("%s: in every row one of %s is missing, so there is no group", name, strings.Join(by.By, ", "))
	}
	var cols []*Column
	for j, n := range by.By {
		text := make([]string, len(g.keys))
		for i, key := range g.keys {
			text[i] = strings.Split(key, string(rune(unit)))[j]
		}
		cols = append(cols, typed(n, text))
	}
	for k, m := range by.Measures {
		x := make([]float64, len(g.keys))
		for i := range x {
			x[i] = g.values[i][k]
		}
		cols = append(cols, NewNumber(m.Name, x))
	}
	f, err := New(name, cols...)
	return &Grouped{f, g.rows, g.except}, err
}

// typed makes a column of numbers where every cell is one.
func typed(name string, text []string) *Column {
	x := make([]float64, len(text))
	if slices.ContainsFunc(text, func(t string) bool { _, ok := parseNumber(t, false); return !ok }) {
		return NewText(name, text)
	}
	for i, t := range text {
		x[i], _ = parseNumber(t, false)
	}
	return NewNumber(name, x)
}
