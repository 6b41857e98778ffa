package formula

import "slices"

// maxTerms bounds what ^ and * may expand to.
const maxTerms = 2000

// A termSet is the value of a part of the right side.
type termSet struct {
	terms   [][]int
	with    bool // an explicit 1
	without bool // an explicit 0 or -1
}

func (s *termSet) add(t []int) {
	if !slices.ContainsFunc(s.terms, func(u []int) bool { return slices.Equal(t, u) }) {
		s.terms = append(s.terms, t)
	}
}

type expander struct {
	src     string
	vars    []*Node
	index   map[string]int
	bars    []Bar
	offsets []*Node
	strata  []*Node
	cluster []*Node
}

// special takes offset(), strata() and cluster(), which are not terms.
func (e *expander) special(n *Node) bool {
	switch {
	case n.Name == "offset" && len(n.Args) == 1:
		e.offsets = append(e.offsets, n.Args[0])
	case n.Name == "strata" && len(n.Args) > 0:
		e.strata = append(e.strata, n.Args...)
	case n.Name == "cluster" && len(n.Args) > 0:
		e.cluster = append(e.cluster, n.Args...)
	default:
		return false
	}
	return true
}

func (e *expander) fail(n *Node, what string) error { return &Error{e.src, n.Col, what} }

func (e *expander) expand(n *Node) (termSet, error) {
	switch n.Op {
	case "(":
		if in := n.Args[0]; in.Op == "|" || in.Op == "||" {
			return termSet{}, e.bar(in)
		}
		return e.expand(n.Args[0])
	case "num":
		switch n.Num {
		case 0:
			return termSet{without: true}, nil
		case 1:
			return termSet{with: true}, nil
		}
		return termSet{}, e.fail(n, "a number other than 0 or 1 is not a term; write I("+n.Name+" * x)")
	case "name", "call":
		if n.Op == "call" && e.special(n) {
			return termSet{}, nil
		}
		return termSet{terms: [][]int{{e.variable(n)}}}, nil
	case "+", "-", "*", ":", "/", "^", "%in%":
		return e.operate(n)
	case "|", "||":
		return termSet{}, e.fail(n, "a random term needs parentheses, as (1|group)")
	case "~":
		return termSet{}, e.fail(n, "a second ~")
	case "str":
		return termSet{}, e.fail(n, "a text is not a term")
	}
	return termSet{}, e.fail(n, n.Op+" is not a formula operator; put arithmetic and comparisons inside I()")
}

func (e *expander) variable(n *Node) int {
	key := n.String()
	if i, ok := e.index[key]; ok {
		return i
	}
	e.index[key] = len(e.vars)
	e.vars = append(e.vars, n)
	return len(e.vars) - 1
}

func (e *expander) operate(n *Node) (termSet, error) {
	var a, b termSet
	var err error
	before := len(e.bars)
	if n.Op == "^" {
		a, err = e.power(n)
		if err == nil && len(e.bars) > before {
			err = e.fail(n, "a random term can only be added to the others")
		}
		return a, err
	}
	if len(n.Args) == 2 {
		if a, err = e.expand(n.Args[0]); err != nil {
			return a, err
		}
	}
	if b, err = e.expand(n.Args[len(n.Args)-1]); err != nil {
		return b, err
	}
	if n.Op != "+" && len(e.bars) > before {
		return a, e.fail(n, "a random term can only be added to the others")
	}
	var out termSet
	switch n.Op {
	case "+":
		out = union(a, b)
	case "-":
		out = subtract(a, b)
	case "*":
		out = union(union(a, b), cross(a, b))
	case ":", "%in%":
		out = cross(a, b)
	case "/":
		all := []int{}
		for _, t := range a.terms {
			all = merge(all, t)
		}
		out = union(a, cross(termSet{terms: [][]int{all}}, b))
	}
	if len(out.terms) > maxTerms {
		return out, e.fail(n, "more than 2000 terms")
	}
	return out, nil
}

func (e *expander) power(n *Node) (termSet, error) {
	k := n.Args[1]
	if k.Op == "(" {
		k = k.Args[0]
	}
	if k.Op != "num" || k.Num < 1 || k.Num > 20 || k.Num != float64(int(k.Num)) {
		return termSet{}, e.fail(n, "the power of terms must be a whole number from 1 to 20; write I() for arithmetic")
	}
	base, err := e.expand(n.Args[0])
	out := base
	for i := 1; i < int(k.Num) && err == nil; i++ {
		out = union(out, cross(out, base))
		if len(out.terms) > maxTerms {
			err = e.fail(n, "more than 2000 terms")
		}
	}
	return out, err
}

func union(a, b termSet) termSet {
	out := termSet{with: a.with || b.with, without: a.without || b.without}
	if b.with {
		out.without = false
	}
	if b.without {
		out.with = false
	}
	for _, t := range a.terms {
		out.add(t)
	}
	for _, t := range b.terms {
		out.add(t)
	}
	return out
}

// subtract removes b's terms; - 1 removes the intercept and - 0 puts it back.
func subtract(a, b termSet) termSet {
	out := termSet{with: a.with, without: a.without}
	if b.with {
		out.with, out.without = false, true
	}
	if b.without {
		out.with, out.without = true, false
	}
	for _, t := range a.terms {
		if !slices.ContainsFunc(b.terms, func(u []int) bool { return slices.Equal(t, u) }) {
			out.terms = append(out.terms, t)
		}
	}
	return out
}

func cross(a, b termSet) termSet {
	var out termSet
	for _, t := range a.terms {
		for _, u := range b.terms {
			if len(out.terms) <= maxTerms {
				out.add(merge(t, u))
			}
		}
	}
	return out
}

func merge(t, u []int) []int {
	out := append(append([]int{}, t...), u...)
	slices.Sort(out)
	return slices.Compact(out)
}

// bar takes a random term; a/b stands for b:a and a.
func (e *expander) bar(n *Node) error {
	groups, err := e.grouping(n.Args[1])
	if err != nil {
		return err
	}
	for i := len(groups) - 1; i >= 0; i-- {
		e.bars = append(e.bars, Bar{Expr: n.Args[0], Groups: groups[i], Apart: n.Op == "||", Col: n.Col})
	}
	return nil
}

// grouping returns the nested grouping factors, outermost first.
func (e *expander) grouping(n *Node) ([][]*Node, error) {
	switch n.Op {
	case "(":
		return e.grouping(n.Args[0])
	case "name", "call":
		return [][]*Node{{n}}, nil
	case ":", "/", "+", "*":
		if len(n.Args) < 2 {
			break
		}
		a, err := e.grouping(n.Args[0])
		if err != nil {
			return nil, err
		}
		b, err := e.grouping(n.Args[1])
		if err != nil {
			return nil, err
		}
		switch last := a[len(a)-1]; n.Op {
		case "+":
			return append(a, b...), nil
		case ":":
			return [][]*Node{slices.Concat(last, b[len(b)-1])}, nil
		case "*":
			return append(append(a, b...), slices.Concat(last, b[len(b)-1])), nil
		default:
			for _, g := range b {
				a = append(a, slices.Concat(g, last))
			}
			return a, nil
		}
	}
	return nil, e.fail(n, "the grouping of a random term must be a variable, a:b or a/b")
}
