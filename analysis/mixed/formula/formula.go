package formula

import (
	"slices"
	"strings"
)

// A Formula is what a text of the form response ~ terms says, expanded.
type Formula struct {
	Source    string
	Response  *Node   // nil when there is none
	Vars      []*Node // the variables of the fixed terms, in order of appearance
	Terms     [][]int // each a sorted list of variables; main effects first, then by order of interaction
	Intercept bool
	Bars      []Bar
	Offsets   []*Node
	Strata    []*Node // arguments of strata(…)
	Cluster   []*Node // arguments of cluster(…)
}

// A Bar is a random term (Expr | Group); Groups are the factors whose combination groups the rows.
type Bar struct {
	Expr   *Node
	Groups []*Node
	Apart  bool // || : no correlations
	Col    int
}

// Parse reads a formula with one ~.
func Parse(src string) (*Formula, error) {
	n, err := ParseExpr(src)
	if err != nil {
		return nil, err
	}
	f := &Formula{Source: src}
	if n.Op != "~" {
		return nil, &Error{src, n.Col, "a formula needs a ~ between the response and the terms"}
	}
	right := n.Args[len(n.Args)-1]
	if len(n.Args) == 2 {
		f.Response = n.Args[0]
	}
	e := &expander{src: src, index: map[string]int{}}
	set, err := e.expand(right)
	if err != nil {
		return nil, err
	}
	f.Vars, f.Bars, f.Offsets, f.Strata, f.Cluster = e.vars, e.bars, e.offsets, e.strata, e.cluster
	f.Intercept = !set.without
	f.Terms = set.terms
	slices.SortStableFunc(f.Terms, func(a, b []int) int { return len(a) - len(b) })
	return f, nil
}

// Label is the name of a term, as R writes it.
func (f *Formula) Label(term []int) string {
	parts := make([]string, len(term))
	for i, v := range term {
		parts[i] = f.Vars[v].String()
	}
	return strings.Join(parts, ":")
}

// Names returns the columns of the table the formula uses.
func (f *Formula) Names() []string {
	var out []string
	add := func(n *Node) {
		if n == nil {
			return
		}
		for _, name := range n.Names() {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	add(f.Response)
	for _, t := range f.Terms {
		for _, v := range t {
			add(f.Vars[v])
		}
	}
	for _, n := range slices.Concat(f.Offsets, f.Strata, f.Cluster) {
		add(n)
	}
	for _, b := range f.Bars {
		add(b.Expr)
		for _, g := range b.Groups {
			add(g)
		}
	}
	return out
}
