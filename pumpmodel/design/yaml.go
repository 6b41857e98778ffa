package design

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"pumplab/pumpmodel/library"
)

// Problem is one thing wrong with a file, at its place.
type Problem struct {
	File      string
	Line, Col int
	What      string
}

// String is the problem as compilers print one: file:line:col: what.
func (p Problem) String() string { return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, p.What) }

// Problems are all things wrong with a file, sorted by place.
type Problems []Problem

// Error is one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.String()
	}
	return strings.Join(lines, "\n")
}

// node is a value of a YAML file with its place: a scalar (text), a list or a map. The zero value is an absent one.
type node struct {
	line, col int
	kind      string // scalar, list, map; "" absent
	text      string
	items     []node
	pairs     []pair
}

type pair struct {
	key  node
	val  node
	used *bool
}

// reader collects the problems of one file while its values are read.
type reader struct {
	file     string
	problems Problems
}

func (r *reader) fail(n node, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.file, max(n.line, 1), max(n.col, 1), fmt.Sprintf(format, args...)})
}

// err is all problems so far, sorted; nil if there is none.
func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	sort.SliceStable(r.problems, func(i, j int) bool {
		a, b := r.problems[i], r.problems[j]
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Col < b.Col
	})
	return r.problems
}

// maxBytes bounds a design file; a real one has a few kilobytes.
const maxBytes = 128 << 10

// parse reads one YAML document. Anchors, aliases, tags and merge keys are refused: a file says everything where it is read.
func (r *reader) parse(data []byte) node {
	if len(data) > maxBytes {
		r.fail(node{}, "the file has %d bytes, at most %d are read", len(data), maxBytes)
		return node{}
	}
	file, where, err := library.ParseYAML(data)
	if err != nil {
		var syntax yaml.Error
		at := node{line: where.Line, col: where.Col}
		what := err.Error()
		if errors.As(err, &syntax) {
			what = syntax.GetMessage()
			if t := syntax.GetToken(); t != nil {
				at.line, at.col = t.Position.Line, t.Position.Column
			}
		}
		r.fail(at, "%s", what)
		return node{}
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		r.fail(node{}, "expected one YAML document, found %d", len(file.Docs))
		return node{}
	}
	return r.convert(file.Docs[0].Body, 0)
}

func place(t *token.Token) node {
	if t == nil || t.Position == nil {
		return node{}
	}
	return node{line: t.Position.Line, col: t.Position.Column}
}

func (r *reader) convert(n ast.Node, depth int) node {
	at := place(n.GetToken())
	if depth > 20 {
		r.fail(at, "nested deeper than 20 levels")
		return node{}
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 {
			at = place(n.Values[0].Key.GetToken())
		}
		at.kind = "map"
		for _, v := range n.Values {
			r.pair(&at, v, depth)
		}
	case *ast.MappingValueNode:
		at = place(n.Key.GetToken())
		at.kind = "map"
		r.pair(&at, n, depth)
	case *ast.SequenceNode:
		at.kind = "list"
		for _, v := range n.Values {
			at.items = append(at.items, r.convert(v, depth+1))
		}
	case *ast.NullNode:
	case *ast.StringNode:
		at.kind, at.text = "scalar", n.Value
	case *ast.LiteralNode:
		at.kind, at.text = "scalar", n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		at.kind, at.text = "scalar", n.GetToken().Value
	default:
		r.fail(at, "anchors, aliases, tags and merge keys are not read: write the value out")
	}
	return at
}

func (r *reader) pair(m *node, v *ast.MappingValueNode, depth int) {
	k := place(v.Key.GetToken())
	k.kind, k.text = "scalar", v.Key.GetToken().Value
	for _, p := range m.pairs {
		if p.key.text == k.text {
			r.fail(k, "%s is given twice; the first is in line %d", k.text, p.key.line)
			return
		}
	}
	val := r.convert(v.Value, depth+1)
	if val.line == 0 {
		val.line, val.col = k.line, k.col
	}
	m.pairs = append(m.pairs, pair{key: k, val: val, used: new(bool)})
}

// get is the value of a key, absent if the map has none, and marks it as known.
func (n node) get(key string) node {
	for _, p := range n.pairs {
		if p.key.text == key {
			*p.used = true
			return p.val
		}
	}
	return node{}
}

func (n node) absent() bool { return n.kind == "" }

// unknown reports every key of the map that get was never asked for, with the nearest of the known ones.
func (r *reader) unknown(n node, known ...string) {
	for _, p := range n.pairs {
		if !*p.used {
			r.fail(p.key, "unknown key %q%s", p.key.text, nearest(p.key.text, known))
		}
	}
}

// nearest says which of the words may have been meant, or lists them.
func nearest(word string, words []string) string {
	best, at := 1<<30, ""
	for _, w := range words {
		if d := distance(strings.ToLower(word), strings.ToLower(w)); d < best {
			best, at = d, w
		}
	}
	if at != "" && best <= max(2, len(at)/3) {
		return fmt.Sprintf(", did you mean %q?", at)
	}
	if len(words) == 0 {
		return ""
	}
	return ": expected one of " + strings.Join(words, ", ")
}

// distance is the Levenshtein distance of two words in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diag := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diag
			if a[i-1] != b[j-1] {
				cost++
			}
			diag = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
