package written

import "strings"

// Value is a value of a file with its place, as readers of loose files take it: a scalar (Text), a list (Items) or a map (Pairs). The
// zero value is an absent one.
type Value struct {
	Line, Col int
	Kind      string // scalar, list, map; "" absent or empty
	Text      string
	Items     []Value
	Pairs     []Pair
}

// Pair is one key of a map with its value. Used is set once the value was asked for.
type Pair struct {
	Key, Val Value
	Used     *bool
}

// Get is the value of a key, absent if the map has none, and marks it as used.
func (v Value) Get(key string) Value {
	for _, p := range v.Pairs {
		if p.Key.Text == key {
			*p.Used = true
			return p.Val
		}
	}
	return Value{}
}

// Absent reports whether nothing is there.
func (v Value) Absent() bool { return v.Kind == "" }

// MaxLoose is the size of the largest loose file in bytes, maxDepth how deep it is nested; a real one has some kilobytes and a few levels.
const (
	MaxLoose = 1 << 20
	maxDepth = 20
)

// Values reads the file's one document; the zero value after a problem. The spaces around a scalar are not part of it.
func (r *Reader) Values(data []byte) Value {
	if len(data) > MaxLoose {
		r.Fail(Place{1, 1}, "the file has %d bytes, at most %d are read", len(data), MaxLoose)
		return Value{}
	}
	root := r.Parse(data)
	if root == nil {
		return Value{}
	}
	return r.value(root, 0)
}

func (r *Reader) value(n *Node, depth int) Value {
	out := Value{Line: n.At.Line, Col: n.At.Col}
	if depth > maxDepth {
		r.Fail(n.At, "nested deeper than %d levels", maxDepth)
		return Value{}
	}
	switch n.Kind {
	case Scalar:
		if !n.Null {
			out.Kind, out.Text = "scalar", strings.TrimSpace(n.Text)
		}
	case Sequence:
		out.Kind = "list"
		for _, i := range n.Items {
			out.Items = append(out.Items, r.value(i, depth+1))
		}
	case Mapping:
		out.Kind = "map"
		for _, e := range n.Pairs {
			val := r.value(e.Value, depth+1)
			if val.Absent() {
				val.Line, val.Col = e.At.Line, e.At.Col
			}
			key := Value{Line: e.At.Line, Col: e.At.Col, Kind: "scalar", Text: e.Key}
			out.Pairs = append(out.Pairs, Pair{key, val, new(bool)})
		}
	}
	return out
}

// At reports a problem of a value.
func (r *Reader) At(v Value, format string, args ...any) {
	r.Fail(Place{max(v.Line, 1), max(v.Col, 1)}, format, args...)
}

// Unknown reports every key of a map that Get was never asked for, with the nearest of the known ones, every key without a value, and a
// value that is no map.
func (r *Reader) Unknown(v Value, known ...string) {
	r.Map(v, known...)
	for _, p := range v.Pairs {
		if !*p.Used {
			r.At(p.Key, "unknown key %q%s%s", p.Key.Text, Instead(p.Key.Text, known), Glued(p.Key.Text))
		} else if p.Val.Absent() && !r.Recorded {
			r.At(p.Key, "%s has no value: write it, or take the key away; what begins with # is a comment unless it stands in quotes", p.Key.Text)
		}
	}
}

// Map reports a value that is there and is no map of the known keys.
func (r *Reader) Map(v Value, known ...string) {
	if v.Kind != "map" && !v.Absent() && !r.Recorded {
		r.At(v, "key: value pairs are expected here, with the keys %s%s", strings.Join(known, ", "), Glued(v.Text))
	}
}
