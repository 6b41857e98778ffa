package protocol

import (
	"slices"
	"strings"

	"pumplab/pumpmodel/written"
)

// node is a value of the file with its place.
type node = written.Value

// reader collects the problems of one file while it is read.
type reader struct{ written.Reader }

func (r *reader) fail(n node, format string, args ...any) { r.At(n, format, args...) }

// object checks that n is a map of known keys. What it says of an absent n is the caller's business.
func (r *reader) object(n node, what string, known []string) bool {
	if n.Absent() {
		return false
	}
	if n.Kind != "map" {
		r.fail(n, "%s: key: value pairs are expected, with the keys %s%s", what, strings.Join(known, ", "), written.Glued(n.Text))
		return false
	}
	for _, p := range n.Pairs {
		if !slices.Contains(known, p.Key.Text) {
			r.fail(p.Key, "%s: unknown key %q%s%s", what, p.Key.Text, nearest(p.Key.Text, known), written.Glued(p.Key.Text))
		}
	}
	return true
}

// require reports each key the map lacks.
func (r *reader) require(n node, what string, keys ...string) {
	for _, k := range keys {
		if n.Get(k).Absent() {
			r.fail(n, "%s: %s is missing", what, k)
		}
	}
}

// str is the text of a scalar; empty if n is absent.
func (r *reader) str(n node, what string) string {
	if n.Kind != "scalar" && n.Kind != "" {
		r.fail(n, "%s: one value is expected, not a %s", what, n.Kind)
		return ""
	}
	return n.Text
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
	switch n.Kind {
	case "":
		return nil
	case "scalar":
		return []node{n}
	case "map":
		r.fail(n, "%s: a list is expected, as [a, b]", what)
		return nil
	}
	var out []node
	for _, i := range n.Items {
		if r.str(i, what) != "" {
			out = append(out, i)
		}
	}
	return out
}

func texts(ns []node) []string {
	var out []string
	for _, n := range ns {
		out = append(out, n.Text)
	}
	return out
}
