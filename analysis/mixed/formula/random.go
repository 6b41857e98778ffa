package formula

import (
	"fmt"
	"slices"
	"strings"
)

// random builds the random terms; terms on one grouping factor are joined, as uncorrelated blocks.
func (m *Matrix) random() ([]Random, error) {
	var out []Random
	for _, b := range m.Formula.Bars {
		r, err := m.group(b)
		if err != nil {
			return nil, err
		}
		names, cols, blocks, err := m.randomColumns(b)
		if err != nil {
			return nil, err
		}
		r.Names, r.Blocks = names, blocks
		if len(names) > 1 || names[0] != "(Intercept)" {
			r.Z = interleave(cols, m.N)
		}
		at := slices.IndexFunc(out, func(o Random) bool { return o.Group == r.Group })
		if at < 0 {
			out = append(out, r)
			continue
		}
		out[at] = join(out[at], r, m.N)
	}
	return out, nil
}

func interleave(cols [][]float64, n int) []float64 {
	k := len(cols)
	z := make([]float64, n*k)
	for j, c := range cols {
		for i, v := range c {
			z[i*k+j] = v
		}
	}
	return z
}

func join(a, b Random, n int) Random {
	ka, kb := len(a.Names), len(b.Names)
	z := make([]float64, n*(ka+kb))
	for i := range n {
		row := z[i*(ka+kb):]
		copyOrOne(row[:ka], a.Z, i)
		copyOrOne(row[ka:ka+kb], b.Z, i)
	}
	a.Names = append(slices.Clone(a.Names), b.Names...)
	a.Blocks = append(slices.Clone(a.Blocks), b.Blocks...)
	a.Z = z
	return a
}

func copyOrOne(to, z []float64, i int) {
	if z == nil {
		to[0] = 1
		return
	}
	copy(to, z[i*len(to):])
}

// Codes combines factors to one: the level of each row and the levels' names. Levels that do not occur are left out.
func (m *Matrix) Codes(factors []*Node) (index []int, labels []string, err error) {
	index, labels = make([]int, m.N), []string{""}
	for _, g := range factors {
		v, err := m.groupFactor(g)
		if err != nil {
			return nil, nil, err
		}
		if err := m.complete(g, v); err != nil {
			return nil, nil, err
		}
		index, labels = combine(index, labels, v)
	}
	return index, labels, nil
}

// group codes the grouping factor; levels that do not occur are left out.
func (m *Matrix) group(b Bar) (Random, error) {
	var r Random
	var parts []string
	for _, g := range b.Groups {
		parts = append(parts, g.String())
	}
	index, labels, err := m.Codes(b.Groups)
	if err != nil {
		return r, err
	}
	r.Group = strings.Join(parts, ":")
	r.Levels = labels
	r.Index = make([]int32, m.N)
	for i, k := range index {
		r.Index[i] = int32(k)
	}
	switch {
	case len(labels) < 2:
		return r, &Error{m.Formula.Source, b.Col, fmt.Sprintf("%s has one level only; a random effect needs several", r.Group)}
	case len(labels) > 4_000_000:
		return r, &Error{m.Formula.Source, b.Col, fmt.Sprintf("%s has %d levels, more than this program takes", r.Group, len(labels))}
	}
	return r, nil
}

func (m *Matrix) groupFactor(g *Node) (*Value, error) {
	if g.Op == "name" {
		g = &Node{Op: "call", Name: "factor", Args: []*Node{g}, Keys: []string{""}, Col: g.Col}
	}
	e := *m.eval
	e.levels, e.known = nil, map[string][]string{}
	v, err := e.eval(g)
	if err != nil {
		return nil, err
	}
	if !v.isFactor() {
		return nil, &Error{m.Formula.Source, g.Col, g.String() + " is not a factor; write factor(…)"}
	}
	return v, nil
}

// combine crosses the levels so far with a factor's, keeping those that occur, in order.
func combine(index []int, labels []string, v *Value) ([]int, []string) {
	k := len(v.Levels)
	place := newPlaces(len(labels)*k, len(index))
	var codes []int
	for i, a := range index {
		if c := a*k + v.Code[i]; place.add(c) {
			codes = append(codes, c)
		}
	}
	slices.Sort(codes)
	out := make([]string, len(codes))
	for j, c := range codes {
		place.set(c, j)
		out[j] = v.Levels[c%k]
		if labels[c/k] != "" {
			out[j] = labels[c/k] + ":" + out[j]
		}
	}
	next := make([]int, len(index))
	for i, a := range index {
		next[i] = place.get(a*k + v.Code[i])
	}
	return next, out
}

// places maps codes to places: a slice while the codes are not many more than the rows, else a map.
type places struct {
	dense []int32
	wide  map[int]int
}

func newPlaces(codes, rows int) *places {
	if codes <= 4*rows+1024 {
		return &places{dense: make([]int32, codes)}
	}
	return &places{wide: map[int]int{}}
}

// add notes a code and says whether it is new.
func (p *places) add(c int) bool {
	if p.dense != nil {
		seen := p.dense[c] != 0
		p.dense[c] = 1
		return !seen
	}
	_, seen := p.wide[c]
	p.wide[c] = 0
	return !seen
}

func (p *places) set(c, to int) {
	if p.dense != nil {
		p.dense[c] = int32(to)
		return
	}
	p.wide[c] = to
}

func (p *places) get(c int) int {
	if p.dense != nil {
		return int(p.dense[c])
	}
	return p.wide[c]
}

// randomColumns builds the columns of a bar's expression, coded like fixed terms of their own.
func (m *Matrix) randomColumns(b Bar) (names []string, cols [][]float64, blocks []int, err error) {
	e := &expander{src: m.Formula.Source, index: map[string]int{}}
	set, err := e.expand(b.Expr)
	if err != nil {
		return nil, nil, nil, err
	}
	slices.SortStableFunc(set.terms, func(a, b []int) int { return len(a) - len(b) })
	sub := &Matrix{
		Formula: &Formula{Source: m.Formula.Source, Vars: e.vars, Terms: set.terms, Intercept: !set.without},
		Table:   m.Table, N: m.N, eval: m.eval,
	}
	x, err := sub.fixed(m.eval, true)
	if err != nil {
		return nil, nil, nil, err
	}
	p := len(sub.Names)
	if p == 0 {
		return nil, nil, nil, &Error{m.Formula.Source, b.Col, "the random term has no columns"}
	}
	if p > 30 {
		return nil, nil, nil, &Error{m.Formula.Source, b.Col, fmt.Sprintf("the random term has %d columns; at most 30", p)}
	}
	for j := range p {
		col := make([]float64, m.N)
		for i := range col {
			col[i] = x[i*p+j]
		}
		cols = append(cols, col)
	}
	blocks = []int{p}
	if b.Apart {
		blocks = nil
		for j, t := range sub.Term {
			if j > 0 && sub.Term[j-1] == t {
				blocks[len(blocks)-1]++
				continue
			}
			blocks = append(blocks, 1)
		}
	}
	return sub.Names, cols, blocks, nil
}
