package formula

import (
	"fmt"
	"math"
	"slices"

	"pumplab/analysis/frame"
)

// A Value is what an expression gives for every row: numbers (one or more columns), or a factor.
type Value struct {
	Cols   [][]float64 // numbers, one slice per column; NaN where undefined
	Suffix []string    // per column what follows the label ("" for one column)
	Levels []string    // of a factor, else nil
	Code   []int       // per row, -1 where missing
}

func (v *Value) isFactor() bool { return v.Levels != nil }

// An evaluator evaluates expressions on one table. What depends on the data (means, levels) is kept in memory, so that a
// second table is coded as the first one was.
type evaluator struct {
	src    string
	table  *frame.Frame
	levels map[string][]string  // wanted order of levels by column name
	memory map[string][]float64 // by expression
	known  map[string][]string  // levels of factors by expression
	empty  []string             // levels asked for that no row has
}

func (e *evaluator) fail(n *Node, format string, args ...any) error {
	return &Error{e.src, n.Col, fmt.Sprintf(format, args...)}
}

// eval evaluates any expression.
func (e *evaluator) eval(n *Node) (*Value, error) {
	switch n.Op {
	case "num":
		return e.constant(n.Num), nil
	case "name":
		return e.column(n)
	case "(":
		return e.eval(n.Args[0])
	case "call":
		return e.call(n)
	case "str":
		return nil, e.fail(n, "a text can only be compared with == or !=")
	case "==", "!=", "<", ">", "<=", ">=", "&", "|", "&&", "||", "!":
		x, err := e.truth(n)
		if err != nil {
			return nil, err
		}
		return logical(x), nil
	case "+", "-", "*", "/", "^", "%%", "%/%":
	default:
		return nil, e.fail(n, "%s cannot be used here", n.Op)
	}
	x, err := e.number(n)
	if err != nil {
		return nil, err
	}
	return &Value{Cols: [][]float64{x}, Suffix: []string{""}}, nil
}

func (e *evaluator) constant(v float64) *Value {
	x := make([]float64, e.table.N)
	for i := range x {
		x[i] = v
	}
	return &Value{Cols: [][]float64{x}, Suffix: []string{""}}
}

// logical makes the factor FALSE, TRUE of numbers 0, 1.
func logical(x []float64) *Value {
	v := &Value{Levels: []string{"FALSE", "TRUE"}, Code: make([]int, len(x))}
	for i, t := range x {
		v.Code[i] = int(t)
		if math.IsNaN(t) {
			v.Code[i] = -1
		}
	}
	return v
}

func (e *evaluator) column(n *Node) (*Value, error) {
	if n.Name == "TRUE" || n.Name == "FALSE" || n.Name == "pi" {
		return e.constant(map[string]float64{"TRUE": 1, "FALSE": 0, "pi": math.Pi}[n.Name]), nil
	}
	c, err := e.table.Need(n.Name)
	if err != nil {
		return nil, e.fail(n, "%v", err)
	}
	if c.Kind == frame.Number && e.levels[n.Name] == nil {
		return &Value{Cols: [][]float64{c.Num}, Suffix: []string{""}}, nil
	}
	return e.factor(n, c)
}

// factor codes a column by its levels: those wanted, those known from the first table, or sorted.
func (e *evaluator) factor(n *Node, c *frame.Column) (*Value, error) {
	levels, code := c.Factor()
	key := n.String()
	want := e.known[key]
	if want == nil {
		want = e.levels[c.Name]
	}
	if want == nil {
		e.known[key] = levels
		return &Value{Levels: levels, Code: code}, nil
	}
	to := make([]int, len(levels))
	for i, l := range levels {
		if to[i] = slices.Index(want, l); to[i] < 0 {
			return nil, e.fail(n, "column %q has the level %q, which is not among the levels given: %v", c.Name, l, want)
		}
	}
	if e.known[key] == nil {
		used := slices.DeleteFunc(slices.Clone(want), func(l string) bool { return !slices.Contains(levels, l) })
		for _, l := range want {
			if label := c.Name + " " + l; !slices.Contains(used, l) && !slices.Contains(e.empty, label) {
				e.empty = append(e.empty, label)
			}
		}
		for i, l := range levels {
			to[i] = slices.Index(used, l)
		}
		want, e.known[key] = used, used
	}
	for i, k := range code {
		if k >= 0 {
			code[i] = to[k]
		}
	}
	return &Value{Levels: want, Code: code}, nil
}

// call evaluates a function that is not plain arithmetic.
func (e *evaluator) call(n *Node) (*Value, error) {
	if want := map[string]int{"factor": 1, "as.factor": 1, "ordered": 1, "I": 1, "scale": 1, "poly": 1}[n.Name]; want > 0 && len(n.Args) < want {
		return nil, e.fail(n, "%s needs an argument", n.Name)
	}
	switch n.Name {
	case "factor", "as.factor", "ordered":
		return e.asFactor(n)
	case "I":
		return e.eval(n.Args[0])
	case "scale":
		return e.scale(n)
	case "poly":
		return e.poly(n)
	}
	x, err := e.number(n)
	if err != nil {
		return nil, err
	}
	return &Value{Cols: [][]float64{x}, Suffix: []string{""}}, nil
}

func (e *evaluator) asFactor(n *Node) (*Value, error) {
	if in := n.Args[0]; in.Op == "name" {
		c, err := e.table.Need(in.Name)
		if err != nil {
			return nil, e.fail(in, "%v", err)
		}
		return e.factor(n, c)
	}
	v, err := e.eval(n.Args[0])
	if err != nil || v.isFactor() {
		return v, err
	}
	return e.factor(n, frame.NewNumber(n.Args[0].String(), v.Cols[0]))
}

// remember returns what is stored for the expression, computing it on the first table.
func (e *evaluator) remember(n *Node, compute func() []float64) []float64 {
	key := n.String()
	if _, ok := e.memory[key]; !ok {
		e.memory[key] = compute()
	}
	return e.memory[key]
}

// scale centres and divides by the standard deviation (n−1), as R's scale; center = FALSE divides by the root mean square.
func (e *evaluator) scale(n *Node) (*Value, error) {
	x, err := e.number(n.Args[0])
	if err != nil {
		return nil, err
	}
	center, divide := true, true
	for i, a := range n.Args[1:] {
		off := a.Op == "name" && (a.Name == "FALSE" || a.Name == "F")
		if n.Keys[i+1] == "scale" || n.Keys[i+1] == "" && i == 1 {
			divide = !off
		} else {
			center = !off
		}
	}
	ms := e.remember(n, func() []float64 {
		mean, ss, count := 0.0, 0.0, 0.0
		for _, v := range x {
			mean += v
			count++
		}
		mean /= count
		if !center {
			mean = 0
		}
		for _, v := range x {
			ss += (v - mean) * (v - mean)
		}
		sd := math.Sqrt(ss / (count - 1))
		if !divide {
			sd = 1
		}
		return []float64{mean, sd}
	})
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = (v - ms[0]) / ms[1]
	}
	return &Value{Cols: [][]float64{out}, Suffix: []string{""}}, nil
}

// poly gives orthogonal polynomials as R's poly (raw = TRUE gives powers), by the three-term recurrence.
func (e *evaluator) poly(n *Node) (*Value, error) {
	degree, raw := 1, false
	for i, a := range n.Args[1:] {
		if n.Keys[i+1] == "raw" {
			raw = a.Name == "TRUE" || a.Name == "T"
		} else if a.Op == "num" {
			degree = int(a.Num)
		}
	}
	if degree < 1 || degree > 20 || len(n.Args) < 2 {
		return nil, e.fail(n, "poly needs a degree from 1 to 20, as poly(x, 2)")
	}
	x, err := e.number(n.Args[0])
	if err != nil {
		return nil, err
	}
	v := &Value{}
	prev, cur := make([]float64, len(x)), e.constant(1).Cols[0]
	coef := e.remember(n, func() []float64 { return polyCoefficients(x, degree) })
	for d := range degree {
		next := make([]float64, len(x))
		out := make([]float64, len(x))
		for i := range x {
			next[i] = (x[i]-coef[3*d])*cur[i] - coef[3*d+1]*prev[i]
			out[i] = next[i] / coef[3*d+2]
			if raw {
				out[i] = math.Pow(x[i], float64(d+1))
			}
		}
		prev, cur = cur, next
		v.Cols = append(v.Cols, out)
		v.Suffix = append(v.Suffix, fmt.Sprint(d+1))
	}
	return v, nil
}

// polyCoefficients returns per degree the centre, the weight of the polynomial before the last, and the norm.
func polyCoefficients(x []float64, degree int) []float64 {
	var out []float64
	prev, cur := make([]float64, len(x)), make([]float64, len(x))
	for i := range cur {
		cur[i] = 1
	}
	before := 0.0
	for range degree {
		norm, moment := 0.0, 0.0
		for i, c := range cur {
			norm += c * c
			moment += x[i] * c * c
		}
		a, b := moment/norm, 0.0
		if before > 0 {
			b = norm / before
		}
		before = norm
		next, ss := make([]float64, len(x)), 0.0
		for i := range x {
			next[i] = (x[i]-a)*cur[i] - b*prev[i]
			ss += next[i] * next[i]
		}
		out = append(out, a, b, math.Sqrt(ss))
		prev, cur = cur, next
	}
	return out
}
