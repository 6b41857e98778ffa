package protocol

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits on what is read at all, against files made to exhaust memory.
const (
	maxBytes = 1 << 20
	maxDepth = 20
)

// node is a value of the file with its place. The zero value is an absent one.
type node struct {
	line, col int
	kind      string // scalar, list, map; "" absent or empty
	text      string
	items     []node
	pairs     []pair
}

type pair struct{ key, val node }

func (n node) absent() bool { return n.kind == "" }

// get is the value of a key; absent if the map has none.
func (n node) get(key string) node {
	for _, p := range n.pairs {
		if p.key.text == key {
			return p.val
		}
	}
	return node{}
}

// reader collects the problems of one file while it is read.
type reader struct {
	file     string
	problems Problems
}

func (r *reader) fail(n node, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.file, max(n.line, 1), max(n.col, 1), fmt.Sprintf(format, args...)})
}

// parse is the file's one document. A crash of the parser on a malformed file is a problem of that file.
func (r *reader) parse(data []byte) (root node) {
	if len(data) > maxBytes {
		r.fail(node{}, "the file has %d bytes, at most %d are read", len(data), maxBytes)
		return node{}
	}
	defer func() {
		if recover() != nil {
			r.fail(node{}, "this is not YAML: the parser cannot read it")
			root = node{}
		}
	}()
	file, err := parser.ParseBytes(data, 0)
	var syntax yaml.Error
	switch {
	case errors.As(err, &syntax):
		r.fail(place(syntax.GetToken()), "this is not YAML: %s", syntax.GetMessage())
	case err != nil:
		r.fail(node{}, "this is not YAML: %v", err)
	case len(file.Docs) != 1 || file.Docs[0].Body == nil:
		r.fail(node{}, "one YAML document is expected that begins with study: NAME")
	default:
		return r.convert(file.Docs[0].Body, 0)
	}
	return node{}
}

func place(t *token.Token) node {
	if t == nil || t.Position == nil {
		return node{}
	}
	return node{line: t.Position.Line, col: t.Position.Column}
}

func (r *reader) convert(n ast.Node, depth int) node {
	at := place(n.GetToken())
	if depth > maxDepth {
		r.fail(at, "nested deeper than %d levels", maxDepth)
		return node{}
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
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
		at.kind, at.text = "scalar", strings.TrimSpace(n.Value)
	case *ast.LiteralNode:
		at.kind, at.text = "scalar", strings.TrimSpace(n.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		at.kind, at.text = "scalar", n.GetToken().Value
	default:
		r.fail(at, "anchors, aliases, tags and merge keys are not read; write the value here")
	}
	return at
}

func (r *reader) pair(m *node, v *ast.MappingValueNode, depth int) {
	k := place(v.Key.GetToken())
	k.kind, k.text = "scalar", v.Key.GetToken().Value
	for _, p := range m.pairs {
		if p.key.text == k.text {
			r.fail(k, "%s is given twice, first in line %d", k.text, p.key.line)
			return
		}
	}
	val := r.convert(v.Value, depth+1)
	if val.line == 0 || val.kind == "" {
		val.line, val.col = k.line, k.col
	}
	m.pairs = append(m.pairs, pair{k, val})
}

// object checks that n is a map of known keys. What it says of an absent n is the caller's business.
func (r *reader) object(n node, what string, known []string) bool {
	if n.absent() {
		return false
	}
	if n.kind != "map" {
		r.fail(n, "%s: key: value pairs are expected, with the keys %s", what, strings.Join(known, ", "))
		return false
	}
	for _, p := range n.pairs {
		if !slices.Contains(known, p.key.text) {
			r.fail(p.key, "%s: unknown key %q%s", what, p.key.text, nearest(p.key.text, known))
		}
	}
	return true
}

// require reports each key the map lacks.
func (r *reader) require(n node, what string, keys ...string) {
	for _, k := range keys {
		if n.get(k).absent() {
			r.fail(n, "%s: %s is missing", what, k)
		}
	}
}

// str is the text of a scalar; empty if n is absent.
func (r *reader) str(n node, what string) string {
	if n.kind != "scalar" && n.kind != "" {
		r.fail(n, "%s: one value is expected, not a %s", what, n.kind)
		return ""
	}
	return n.text
}

// word is a scalar that has to be one of known; def if n is absent or another.
func (r *reader) word(n node, what, def string, known []string) string {
	text := r.str(n, what)
	if text == "" {
		return def
	}
	if !slices.Contains(known, text) {
		r.fail(n, "%s: %q%s", what, text, nearest(text, known))
		return def
	}
	return text
}

// list are the scalars of a list; one alone is a list of one.
func (r *reader) list(n node, what string) []node {
	switch n.kind {
	case "":
		return nil
	case "scalar":
		return []node{n}
	case "map":
		r.fail(n, "%s: a list is expected, as [a, b]", what)
		return nil
	}
	var out []node
	for _, i := range n.items {
		if r.str(i, what) != "" {
			out = append(out, i)
		}
	}
	return out
}

func texts(ns []node) []string {
	var out []string
	for _, n := range ns {
		out = append(out, n.text)
	}
	return out
}
