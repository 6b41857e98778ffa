package formula

import (
	"math"
	"slices"

	"pumplab/analysis/frame"
)

var functions = map[string]func(float64) float64{
	"log": math.Log, "log10": math.Log10, "log2": math.Log2, "log1p": math.Log1p, "exp": math.Exp, "expm1": math.Expm1,
	"sqrt": math.Sqrt, "abs": math.Abs, "sin": math.Sin, "cos": math.Cos, "tan": math.Tan, "round": math.RoundToEven,
	"floor": math.Floor, "ceiling": math.Ceil, "as.numeric": func(x float64) float64 { return x },
	"as.integer": math.Trunc, "sign": func(x float64) float64 { return float64(cmpZero(x)) },
}

func cmpZero(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// number evaluates an expression that must give one number per row; a truth value counts as 0 or 1.
func (e *evaluator) number(n *Node) ([]float64, error) {
	switch n.Op {
	case "num":
		return e.constant(n.Num).Cols[0], nil
	case "(":
		return e.number(n.Args[0])
	case "name":
		if c, ok := e.table.Col(n.Name); ok {
			return e.numbersOf(n, c)
		}
	case "+", "-", "*", "/", "^", "%%", "%/%":
		return e.arithmetic(n)
	case "call":
		if f, ok := functions[n.Name]; ok {
			return e.apply(n, f)
		}
		if n.Name != "I" && n.Name != "scale" && n.Name != "poly" {
			return nil, e.fail(n, "unknown function %s; known are log, sqrt, exp, scale, I, factor, poly, abs, cbind and Surv", n.Name)
		}
	}
	v, err := e.eval(n)
	if err != nil {
		return nil, err
	}
	if v.isFactor() {
		if slices.Equal(v.Levels, []string{"FALSE", "TRUE"}) {
			return codes(v), nil
		}
		return nil, e.fail(n, "%s is not a number", n)
	}
	return v.Cols[0], nil
}

func codes(v *Value) []float64 {
	x := make([]float64, len(v.Code))
	for i, k := range v.Code {
		x[i] = float64(k)
		if k < 0 {
			x[i] = math.NaN()
		}
	}
	return x
}

func (e *evaluator) numbersOf(n *Node, c *frame.Column) ([]float64, error) {
	x, err := e.table.Numbers(n.Name)
	if err != nil {
		return nil, e.fail(n, "%v", err)
	}
	return x, nil
}

func (e *evaluator) apply(n *Node, f func(float64) float64) ([]float64, error) {
	if len(n.Args) < 1 || len(n.Args) > 2 {
		return nil, e.fail(n, "%s takes one argument", n.Name)
	}
	x, err := e.number(n.Args[0])
	if err != nil {
		return nil, err
	}
	over := 1.0
	if len(n.Args) == 2 {
		base := n.Args[1]
		if n.Name != "log" || base.Op != "num" {
			return nil, e.fail(n, "%s takes one argument", n.Name)
		}
		over = math.Log(base.Num)
	}
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = f(v) / over
	}
	return out, nil
}

func (e *evaluator) arithmetic(n *Node) ([]float64, error) {
	b, err := e.number(n.Args[len(n.Args)-1])
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(b))
	a := out
	if len(n.Args) == 2 {
		if a, err = e.number(n.Args[0]); err != nil {
			return nil, err
		}
	}
	for i, y := range b {
		switch x := a[i]; n.Op {
		case "+":
			out[i] = x + y
		case "-":
			out[i] = x - y
		case "*":
			out[i] = x * y
		case "/":
			out[i] = x / y
		case "^":
			out[i] = math.Pow(x, y)
		case "%%":
			out[i] = x - math.Floor(x/y)*y
		case "%/%":
			out[i] = math.Floor(x / y)
		}
	}
	return out, nil
}

// truth evaluates a comparison or a logical operation to 0, 1 or NaN.
func (e *evaluator) truth(n *Node) ([]float64, error) {
	last := n.Args[len(n.Args)-1]
	if (n.Op == "==" || n.Op == "!=") && (last.Op == "str" || n.Args[0].Op == "str") {
		return e.compareText(n)
	}
	b, err := e.number(last)
	if err != nil {
		return nil, err
	}
	a := b
	if len(n.Args) == 2 {
		if a, err = e.number(n.Args[0]); err != nil {
			return nil, err
		}
	}
	out := make([]float64, len(b))
	for i, y := range b {
		x := a[i]
		if math.IsNaN(x) || math.IsNaN(y) {
			out[i] = math.NaN()
			continue
		}
		if holds(n.Op, x, y) {
			out[i] = 1
		}
	}
	return out, nil
}

func holds(op string, x, y float64) bool {
	switch op {
	case "==":
		return x == y
	case "!=":
		return x != y
	case "<":
		return x < y
	case ">":
		return x > y
	case "<=":
		return x <= y
	case ">=":
		return x >= y
	case "&", "&&":
		return x != 0 && y != 0
	case "|", "||":
		return x != 0 || y != 0
	case "!":
		return y == 0
	}
	return false
}

// compareText compares a column with a text; the text must be one of its levels.
func (e *evaluator) compareText(n *Node) ([]float64, error) {
	side, text := n.Args[0], n.Args[1]
	if side.Op == "str" {
		side, text = text, side
	}
	if side.Op != "name" {
		return nil, e.fail(n, "only a column can be compared with a text")
	}
	c, err := e.table.Need(side.Name)
	if err != nil {
		return nil, e.fail(side, "%v", err)
	}
	levels, code := c.Factor()
	if len(levels) == 0 {
		return nil, e.fail(side, "column %q is empty", side.Name)
	}
	at := slices.Index(levels, text.Name)
	if at < 0 && e.table.N > 1 {
		return nil, e.fail(text, "column %q has no level %q; it has %s", side.Name, text.Name, listed(levels))
	}
	out := make([]float64, len(code))
	for i, k := range code {
		switch {
		case k < 0:
			out[i] = math.NaN()
		case (k == at) == (n.Op == "=="):
			out[i] = 1
		}
	}
	return out, nil
}

func listed(levels []string) string {
	out := ""
	for i, l := range levels {
		if i == 8 {
			return out + ", …"
		}
		if i > 0 {
			out += ", "
		}
		out += l
	}
	return out
}
