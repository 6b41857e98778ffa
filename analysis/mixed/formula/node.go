// Package formula reads model formulas as R writes them and turns them with a table into design matrices: fixed columns with
// treatment contrasts and R's names, random terms with their grouping factors, and the response.
package formula

import (
	"strconv"
	"strings"
)

// A Node is an expression: a number, a text, a name, a call, or an operator with its arguments.
type Node struct {
	Op   string // "num", "str", "name", "call", "(", or an operator
	Name string // of a name or call; the text of a number or string
	Num  float64
	Args []*Node
	Keys []string // names of the arguments of a call, "" when positional
	Col  int      // column in the formula, from 1
}

// precedence of binary operators, as in R.
var precedence = map[string]int{
	"~": 1, "||": 2, "|": 2, "&&": 3, "&": 3, "==": 5, "!=": 5, "<": 5, ">": 5, "<=": 5, ">=": 5,
	"+": 6, "-": 6, "*": 7, "/": 7, "%in%": 8, "%%": 8, "%/%": 8, ":": 9, "^": 11,
}

// String writes the expression as R's deparse does: spaces around operators except ^ : and /.
func (n *Node) String() string {
	switch n.Op {
	case "num", "name":
		if n.Op == "name" && !plainName(n.Name) {
			return "`" + n.Name + "`"
		}
		return n.Name
	case "str":
		return strconv.Quote(n.Name)
	case "(":
		return "(" + n.Args[0].String() + ")"
	case "call":
		parts := make([]string, len(n.Args))
		for i, a := range n.Args {
			parts[i] = a.String()
			if n.Keys[i] != "" {
				parts[i] = n.Keys[i] + " = " + parts[i]
			}
		}
		return n.Name + "(" + strings.Join(parts, ", ") + ")"
	}
	if len(n.Args) == 1 {
		return n.Op + n.Args[0].String()
	}
	sep := " "
	if n.Op == "^" || n.Op == ":" || n.Op == "/" {
		sep = ""
	}
	return n.Args[0].String() + sep + n.Op + sep + n.Args[1].String()
}

func plainName(s string) bool {
	for i, r := range s {
		letter := r == '.' || r == '_' && i > 0 || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// Names returns the variables the expression uses, each once, in order.
func (n *Node) Names() []string {
	var out []string
	seen := map[string]bool{}
	n.walk(func(m *Node) {
		if m.Op == "name" && !seen[m.Name] && m.Name != "TRUE" && m.Name != "FALSE" && m.Name != "T" && m.Name != "pi" {
			seen[m.Name] = true
			out = append(out, m.Name)
		}
	})
	return out
}

func (n *Node) walk(f func(*Node)) {
	f(n)
	for _, a := range n.Args {
		a.walk(f)
	}
}
