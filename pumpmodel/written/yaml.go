package written

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// MaxBytes is the size of the largest file that is read.
const MaxBytes = 4 << 20

// Reader walks a parsed file and collects every problem.
type Reader struct {
	File     string
	Problems Problems
	Recorded bool // the file was frozen by a session: what an older version let be is let be
}

// Fail adds a problem.
func (r *Reader) Fail(p Place, format string, args ...any) {
	r.Problems = append(r.Problems, Problem{File: r.File, Place: p, What: fmt.Sprintf(format, args...)})
}

// Break adds a problem with the name of the rule that is broken: what is written reads well, but may not be.
func (r *Reader) Break(rule string, p Place, format string, args ...any) {
	r.Problems = append(r.Problems, Problem{File: r.File, Place: p, What: fmt.Sprintf(format, args...), Rule: rule})
}

// Parse is the file's one document; nil after a problem. Files in plain lines are read by scan; everything else, and every file
// with an error, by the YAML parser.
func (r *Reader) Parse(data []byte) *Node {
	if len(data) > MaxBytes {
		r.Fail(Place{1, 1}, "the file has %d bytes; at most %d are read", len(data), MaxBytes)
		return nil
	}
	n, odd := scan(string(data))
	if n != nil {
		return n
	}
	if len(data) > maxParsed {
		r.Fail(odd, "here stands what is read in files of up to %d kB only: a slip, a quote with a backslash or one that is not closed, a text over several lines, a bracket that goes on", maxParsed>>10)
		return nil
	}
	return r.parseYAML(data)
}

// parseYAML reads any YAML.
func (r *Reader) parseYAML(data []byte) *Node {
	file, at, err := fenced(data)
	var syntax *yaml.SyntaxError
	switch {
	case errors.Is(err, errDeep), errors.Is(err, errWide), errors.Is(err, errNotYAML):
		r.Fail(at, "%v", err)
		return nil
	case errors.As(err, &syntax):
		at, what := explain(syntax.Message, tokenPlace(syntax.Token), data)
		r.Fail(at, "%s", what)
		return nil
	case err != nil:
		r.Fail(Place{1, 1}, "this is not YAML: %s", strings.SplitN(err.Error(), "\n", 2)[0])
		return nil
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		r.Fail(Place{1, 1}, "the file is empty; it begins with a key and its value, as library: NAME")
		return nil
	case len(file.Docs) > 1:
		r.Fail(tokenPlace(file.Docs[1].Start), "a file holds one document; a second begins here")
	}
	return r.convert(file.Docs[0].Body)
}

// convert makes nodes of the parser's. Anchors, aliases, merge keys and tags hide content elsewhere and are problems.
func (r *Reader) convert(n ast.Node) *Node {
	out := &Node{At: placeOf(n)}
	switch n := n.(type) {
	case nil:
	case *ast.MappingNode:
		out.Kind = Mapping
		for _, p := range n.Values {
			r.pair(out, p)
		}
	case *ast.MappingValueNode:
		out.Kind, out.At = Mapping, placeOf(n.Key)
		r.pair(out, n)
	case *ast.SequenceNode:
		out.Kind = Sequence
		for _, v := range n.Values {
			out.Items = append(out.Items, r.convert(v))
		}
	case *ast.StringNode:
		out.Text = n.Value
	case *ast.LiteralNode:
		out.Text = n.Value.Value
	case *ast.NullNode:
		out.Null = true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out.Text = n.GetToken().Value
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		r.Fail(out.At, "anchors, aliases, merges and tags are not read; write the value here")
		out.Kind = Refused
	default:
		r.Fail(out.At, "one value is expected here")
		out.Kind = Refused
	}
	return out
}

func (r *Reader) pair(into *Node, p *ast.MappingValueNode) {
	key := r.convert(p.Key)
	if key.Kind != Scalar {
		if key.Kind != Refused {
			r.Fail(key.At, "one value is expected here")
		}
		return
	}
	into.Pairs = append(into.Pairs, Entry{strings.TrimSpace(key.Text), placeOf(p.Key), r.convert(p.Value)})
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
