package library

import (
	"bytes"
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
	maxBytes   = 4 << 20
	maxNesting = 64
)

// reader walks a parsed file and collects every problem.
type reader struct {
	file     string
	problems []Problem
}

func (r *reader) at(p Place, format string, args ...any) {
	r.problems = append(r.problems, Problem{File: r.file, Place: p, What: fmt.Sprintf(format, args...)})
}

func placeOf(n ast.Node) Place {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		n = m.Values[0].Key
	}
	if n == nil {
		return Place{1, 1}
	}
	return tokenPlace(n.GetToken())
}

func tokenPlace(t *token.Token) Place {
	if t == nil || t.Position == nil {
		return Place{1, 1}
	}
	return Place{t.Position.Line, t.Position.Column}
}

// parse is the file's one document; nil after a problem. The parser is shielded from files that are too big or too deep for it,
// and a crash of it on a malformed file is a problem of that file.
func (r *reader) parse(data []byte) (root ast.Node) {
	if len(data) > maxBytes {
		r.at(Place{1, 1}, "the file has %d bytes; at most %d are read", len(data), maxBytes)
		return nil
	}
	if p, deep := tooDeep(data); deep {
		r.at(p, "brackets or dashes are nested more than %d deep", maxNesting)
		return nil
	}
	defer func() {
		if recover() != nil {
			r.at(Place{1, 1}, "this is not YAML: the parser cannot read it")
			root = nil
		}
	}()
	file, err := parser.ParseBytes(data, 0)
	var syntax *yaml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		r.at(tokenPlace(syntax.Token), "this is not YAML: %s", syntax.Message)
		return nil
	case err != nil:
		r.at(Place{1, 1}, "this is not YAML: %s", strings.SplitN(err.Error(), "\n", 2)[0])
		return nil
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		r.at(Place{1, 1}, "the file is empty; it begins with library: NAME")
		return nil
	case len(file.Docs) > 1:
		r.at(placeOf(file.Docs[1]), "a file holds one library; a second document begins here")
	}
	return file.Docs[0].Body
}

// tooDeep finds nesting that a recursive parser would follow too far: unclosed brackets, or dashes in a row on one line.
func tooDeep(data []byte) (Place, bool) {
	depth := 0
	for i, line := range bytes.Split(data, []byte("\n")) {
		dashes := 0
		for j, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(depth-1, 0)
			case '-', '?':
				if dashes++; dashes > maxNesting && len(bytes.Trim(line[:j], "-? \t")) == 0 && bytes.ContainsAny(line[:j], " \t") {
					return Place{i + 1, j + 1}, true
				}
			}
			if depth > maxNesting {
				return Place{i + 1, j + 1}, true
			}
		}
	}
	return Place{}, false
}

// entry is one key of an object with its value.
type entry struct {
	key   string
	at    Place // of the key
	value ast.Node
}

// entries are the pairs of a mapping in the file's order; a problem and nothing if n is none.
func (r *reader) entries(n ast.Node, what string) []entry {
	var pairs []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		pairs = m.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{m}
	default:
		if r.plain(n) {
			r.at(placeOf(n), "%s: key: value pairs are expected here", what)
		}
		return nil
	}
	var out []entry
	for _, p := range pairs {
		key, ok := r.text(p.Key)
		if !ok {
			continue
		}
		out = append(out, entry{key, placeOf(p.Key), p.Value})
	}
	return out
}

// object is a mapping whose keys are known. Unknown and repeated keys are problems.
type object struct {
	r    *reader
	what string
	at   Place
	got  map[string]entry
}

func (r *reader) object(n ast.Node, what string, known []string) object {
	o := object{r: r, what: what, at: placeOf(n), got: map[string]entry{}}
	for _, e := range r.entries(n, what) {
		_, twice := o.got[e.key]
		switch {
		case !slices.Contains(known, e.key):
			r.at(e.at, "%s has no key %q%s", what, e.key, instead(e.key, known))
		case twice:
			r.at(e.at, "%s: %q is given twice", what, e.key)
		default:
			o.got[e.key] = e
		}
	}
	return o
}

// require reports each key that is missing.
func (o object) require(keys ...string) {
	for _, k := range keys {
		if _, ok := o.got[k]; !ok {
			o.r.at(o.at, "%s: %q is missing", o.what, k)
		}
	}
}

// str is the text of a key, empty if it is not there.
func (o object) str(key string) string {
	e, ok := o.got[key]
	if !ok {
		return ""
	}
	text, ok := o.r.text(e.value)
	if ok && text == "" {
		o.r.at(e.at, "%s: %q is empty", o.what, key)
	}
	return text
}

// word is the text of a key that has to be one of known; def if it is not there.
func (o object) word(key, def string, known []string) string {
	e, ok := o.got[key]
	if !ok {
		return def
	}
	text, ok := o.r.text(e.value)
	if ok && !slices.Contains(known, text) {
		o.r.at(placeOf(e.value), "%s: %s cannot be %q%s", o.what, key, text, instead(text, known))
		return def
	}
	return text
}

// flag is a yes or no.
func (o object) flag(key string) bool { return o.word(key, "no", []string{"yes", "no"}) == "yes" }

// list are the texts of a key's list; one text alone is a list of one.
func (o object) list(key string) []string {
	e, ok := o.got[key]
	if !ok {
		return nil
	}
	seq, ok := e.value.(*ast.SequenceNode)
	if !ok {
		text, _ := o.r.text(e.value)
		return []string{text}
	}
	var out []string
	for _, n := range seq.Values {
		if text, ok := o.r.text(n); ok {
			out = append(out, text)
		}
	}
	return out
}

// text is a scalar as it is written, so that no number passes through a float. Anything else is a problem.
func (r *reader) text(n ast.Node) (string, bool) {
	switch s := n.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(s.Value), true
	case *ast.LiteralNode:
		return strings.TrimSpace(s.Value.Value), true
	case *ast.NullNode:
		return "", true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	if r.plain(n) {
		r.at(placeOf(n), "one value is expected here")
	}
	return "", false
}

// plain refuses what hides content elsewhere: anchors, aliases, merge keys, tags.
func (r *reader) plain(n ast.Node) bool {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		r.at(placeOf(n), "anchors, aliases, merges and tags are not read; write the value here")
		return false
	}
	return n != nil
}
