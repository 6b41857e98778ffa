package library

import (
	"slices"
	"strings"
)

// nodeKind is what a node of a file is.
type nodeKind uint8

const (
	scalar nodeKind = iota
	mapping
	sequence
	refused // an anchor, alias, merge or tag; the problem has been reported
)

// node is one value of a file with its place: what both parsers and the CSV reader make, and all the reader knows of a file.
type node struct {
	kind  nodeKind
	at    Place   // of a scalar or bracket; of the first key of a mapping in lines
	text  string  // of a scalar, as it is written: no number passes through a float
	pairs []entry // of a mapping, in the file's order
	items []*node // of a sequence
}

// entry is one key of an object with its value.
type entry struct {
	key   string
	at    Place // of the key
	value *node
}

// entries are the pairs of a mapping; a problem and nothing if n is none.
func (r *reader) entries(n *node, what string) []entry {
	if n.kind != mapping {
		if n.kind != refused {
			r.at(n.at, "%s: key: value pairs are expected here", what)
		}
		return nil
	}
	return n.pairs
}

// object is a mapping whose keys are known. Unknown and repeated keys are problems.
type object struct {
	r     *reader
	what  string
	at    Place
	pairs []entry
}

// maxKeys is how many keys an object may have at most; care areas and fields are far fewer.
const maxKeys = 200

func (r *reader) object(n *node, what string, known []string) object {
	o := object{r: r, what: what, at: n.at, pairs: r.entries(n, what)}
	if len(o.pairs) > maxKeys {
		r.at(o.at, "%s has %d keys; at most %d are read", what, len(o.pairs), maxKeys)
		o.pairs = o.pairs[:maxKeys]
	}
	sound := true
	for i, e := range o.pairs {
		_, twice := (object{pairs: o.pairs[:i]}).get(e.key)
		switch {
		case !slices.Contains(known, e.key):
			r.at(e.at, "%s has no key %q%s", what, e.key, instead(e.key, known))
		case twice:
			r.at(e.at, "%s: %q is given twice", what, e.key)
		default:
			continue
		}
		sound = false
	}
	if !sound {
		o.pairs = slices.DeleteFunc(slices.Clone(o.pairs), func(e entry) bool { return !slices.Contains(known, e.key) })
	}
	return o
}

// get is the entry of a key, the first if it is given twice.
func (o object) get(key string) (entry, bool) {
	for _, e := range o.pairs {
		if e.key == key {
			return e, true
		}
	}
	return entry{}, false
}

// place is where a key stands; the object's own place if it does not.
func (o object) place(key string) Place {
	if e, ok := o.get(key); ok {
		return e.at
	}
	return o.at
}

// valueAt is where a key's value stands.
func (o object) valueAt(key string) Place {
	if e, ok := o.get(key); ok {
		return e.value.at
	}
	return o.at
}

// require reports each key that is missing.
func (o object) require(keys ...string) {
	for _, k := range keys {
		if _, ok := o.get(k); !ok {
			o.r.at(o.at, "%s: %q is missing", o.what, k)
		}
	}
}

// str is the text of a key, empty if it is not there.
func (o object) str(key string) string {
	e, ok := o.get(key)
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
	e, ok := o.get(key)
	if !ok {
		return def
	}
	text, ok := o.r.text(e.value)
	if ok && !slices.Contains(known, text) {
		o.r.at(e.value.at, "%s: %s cannot be %q%s", o.what, key, text, instead(text, known))
		return def
	}
	return text
}

var yesAndNo = []string{"yes", "no"}

// flag is a yes or no.
func (o object) flag(key string) bool { return o.word(key, "no", yesAndNo) == "yes" }

// list are the texts of a key's list; one text alone is a list of one.
func (o object) list(key string) []string {
	e, ok := o.get(key)
	if !ok {
		return nil
	}
	if e.value.kind != sequence {
		text, _ := o.r.text(e.value)
		return []string{text}
	}
	var out []string
	for _, n := range e.value.items {
		if text, ok := o.r.text(n); ok {
			out = append(out, text)
		}
	}
	return out
}

// text is a scalar as it is written. Anything else is a problem.
func (r *reader) text(n *node) (string, bool) {
	if n.kind == scalar {
		return strings.TrimSpace(n.text), true
	}
	if n.kind != refused {
		r.at(n.at, "one value is expected here")
	}
	return "", false
}
