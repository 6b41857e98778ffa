package library

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// maxBytes is how much is read at all, against files made to exhaust memory.
const maxBytes = 4 << 20

// reader walks a parsed file and collects every problem.
type reader struct {
	file     string
	problems []Problem
}

func (r *reader) at(p Place, format string, args ...any) {
	r.problems = append(r.problems, Problem{File: r.file, Place: p, What: fmt.Sprintf(format, args...)})
}

// parse is the file's one document; nil after a problem. Files in plain lines are read by scan; everything else, and every file
// with an error, by the YAML parser.
func (r *reader) parse(data []byte) *node {
	if len(data) > maxBytes {
		r.at(Place{1, 1}, "the file has %d bytes; at most %d are read", len(data), maxBytes)
		return nil
	}
	if n := scan(string(data)); n != nil {
		return n
	}
	return r.parseYAML(data)
}

// parseYAML reads any YAML.
func (r *reader) parseYAML(data []byte) *node {
	file, at, err := ParseYAML(data)
	var syntax *yaml.SyntaxError
	switch {
	case errors.Is(err, errDeep), errors.Is(err, errWide), errors.Is(err, errNotYAML):
		r.at(at, "%v", err)
		return nil
	case errors.As(err, &syntax):
		r.at(tokenPlace(syntax.Token), "this is not YAML: %s", syntax.Message)
		return nil
	case err != nil:
		r.at(Place{1, 1}, "this is not YAML: %s", strings.SplitN(err.Error(), "\n", 2)[0])
		return nil
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		r.at(Place{1, 1}, "the file is empty; it begins with a key and its value, as library: NAME")
		return nil
	case len(file.Docs) > 1:
		r.at(placeOf(file.Docs[1]), "a file holds one document; a second begins here")
	}
	return r.convert(file.Docs[0].Body)
}

// convert makes nodes of the parser's. Anchors, aliases, merge keys and tags hide content elsewhere and are problems.
func (r *reader) convert(n ast.Node) *node {
	out := &node{at: placeOf(n)}
	switch n := n.(type) {
	case nil:
	case *ast.MappingNode:
		out.kind = mapping
		for _, p := range n.Values {
			r.pair(out, p)
		}
	case *ast.MappingValueNode:
		out.kind, out.at = mapping, placeOf(n.Key)
		r.pair(out, n)
	case *ast.SequenceNode:
		out.kind = sequence
		for _, v := range n.Values {
			out.items = append(out.items, r.convert(v))
		}
	case *ast.StringNode:
		out.text = n.Value
	case *ast.LiteralNode:
		out.text = n.Value.Value
	case *ast.NullNode:
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out.text = n.GetToken().Value
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		r.at(out.at, "anchors, aliases, merges and tags are not read; write the value here")
		out.kind = refused
	default:
		r.at(out.at, "one value is expected here")
		out.kind = refused
	}
	return out
}

func (r *reader) pair(into *node, p *ast.MappingValueNode) {
	key := r.convert(p.Key)
	if key.kind != scalar {
		if key.kind != refused {
			r.at(key.at, "one value is expected here")
		}
		return
	}
	into.pairs = append(into.pairs, entry{strings.TrimSpace(key.text), placeOf(p.Key), r.convert(p.Value)})
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
