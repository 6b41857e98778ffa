package written

import (
	"slices"
	"strings"
)

// Kind is what a node of a file is.
type Kind uint8

// The kinds of node.
const (
	Scalar Kind = iota
	Mapping
	Sequence
	Refused // an anchor, alias, merge or tag; the problem has been reported
)

// Node is one value of a file with its place: what both parsers and the CSV reader make, and all the reader knows of a file.
type Node struct {
	Kind  Kind
	At    Place   // of a scalar or bracket; of the first key of a mapping in lines
	Text  string  // of a scalar, as it is written: no number passes through a float
	Null  bool    // a scalar that is not there: a key without a value, ~, null
	Pairs []Entry // of a mapping, in the file's order
	Items []*Node // of a sequence
}

// Entry is one key of an object with its value.
type Entry struct {
	Key   string
	At    Place // of the key
	Value *Node
}

// Entries are the pairs of a mapping; a problem and nothing if n is none.
func (r *Reader) Entries(n *Node, what string) []Entry {
	if n.Kind != Mapping {
		if n.Kind != Refused {
			r.Fail(n.At, "%s: key: value pairs are expected here%s", what, Glued(n.Text))
		}
		return nil
	}
	return n.Pairs
}

// Object is a mapping whose keys are known. Unknown and repeated keys are problems.
type Object struct {
	r     *Reader
	What  string
	At    Place
	Pairs []Entry
}

// MaxKeys is how many keys an object may have at most; care areas and fields are far fewer.
const MaxKeys = 200

// Object is a node as an object with these keys.
func (r *Reader) Object(n *Node, what string, known []string) Object {
	o := Object{r: r, What: what, At: n.At, Pairs: r.Entries(n, what)}
	if len(o.Pairs) > MaxKeys {
		r.Fail(o.At, "%s has %d keys; at most %d are read", what, len(o.Pairs), MaxKeys)
		o.Pairs = o.Pairs[:MaxKeys]
	}
	sound := true
	for i, e := range o.Pairs {
		_, twice := (Object{Pairs: o.Pairs[:i]}).Get(e.Key)
		switch {
		case !slices.Contains(known, e.Key):
			r.Fail(e.At, "%s has no key %q%s%s", what, e.Key, Instead(e.Key, known), Glued(e.Key))
		case twice:
			r.Fail(e.At, "%s: %q is given twice", what, e.Key)
		default:
			continue
		}
		sound = false
	}
	if !sound {
		o.Pairs = slices.DeleteFunc(slices.Clone(o.Pairs), func(e Entry) bool { return !slices.Contains(known, e.Key) })
	}
	return o
}

// Get is the entry of a key, the first if it is given twice.
func (o Object) Get(key string) (Entry, bool) {
	for _, e := range o.Pairs {
		if e.Key == key {
			return e, true
		}
	}
	return Entry{}, false
}

// Place is where a key stands; the object's own Place if it does not.
func (o Object) Place(key string) Place {
	if e, ok := o.Get(key); ok {
		return e.At
	}
	return o.At
}

// ValueAt is where a key's value stands.
func (o Object) ValueAt(key string) Place {
	if e, ok := o.Get(key); ok {
		return e.Value.At
	}
	return o.At
}

// Require reports each key that is missing.
func (o Object) Require(keys ...string) {
	for _, k := range keys {
		if _, ok := o.Get(k); !ok {
			o.r.Fail(o.At, "%s: %q is missing", o.What, k)
		}
	}
}

// Str is the text of a key, empty if it is not there.
func (o Object) Str(key string) string {
	e, ok := o.Get(key)
	if !ok {
		return ""
	}
	text, ok := o.r.Text(e.Value)
	if ok && text == "" {
		o.r.Fail(e.At, "%s: %q is empty", o.What, key)
	}
	return text
}

// Word is the text of a key that has to be one of known; def if it is not there.
func (o Object) Word(key, def string, known []string) string {
	e, ok := o.Get(key)
	if !ok {
		return def
	}
	text, ok := o.r.Text(e.Value)
	if ok && !slices.Contains(known, text) {
		o.r.Fail(e.Value.At, "%s: %s cannot be %q%s", o.What, key, text, Instead(text, known))
		return def
	}
	return text
}

var yesAndNo = []string{"yes", "no"}

// Flag is a yes or no.
func (o Object) Flag(key string) bool { return o.Word(key, "no", yesAndNo) == "yes" }

// List are the texts of a key's List; one text alone is a List of one.
func (o Object) List(key string) []string {
	e, ok := o.Get(key)
	if !ok {
		return nil
	}
	if e.Value.Kind != Sequence {
		text, _ := o.r.Text(e.Value)
		return []string{text}
	}
	var out []string
	for _, n := range e.Value.Items {
		if text, ok := o.r.Text(n); ok {
			out = append(out, text)
		}
	}
	return out
}

// Text is a scalar as it is written. Anything else is a problem.
func (r *Reader) Text(n *Node) (string, bool) {
	if n.Kind == Scalar {
		return strings.TrimSpace(n.Text), true
	}
	if n.Kind != Refused {
		r.Fail(n.At, "one value is expected here")
	}
	return "", false
}

// Has reports whether a key is there.
func (o Object) Has(key string) bool {
	_, ok := o.Get(key)
	return ok
}
