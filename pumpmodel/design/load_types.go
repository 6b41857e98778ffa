package design

import (
	"slices"
	"strings"

	"pumplab/pumpmodel/entry"
)

// typesWords are what a control's types may say: the keys of the entry methods, letters, and the space of typed reasons.
var typesWords = func() []string {
	out := append(entry.AllKeys(), "space")
	for l := 'a'; l <= 'z'; l++ {
		out = append(out, string(l))
	}
	return out
}()

// types is what a control types, if its file says so.
func (r *reader) types(n node) string {
	s := r.text(n, "types")
	if s != "" && !slices.Contains(typesWords, s) {
		r.refuse(n, "unknown types %q%s: expected a digit, a letter from a to z, %s", s, nearest(s, typesWords), strings.Join(plainWords(), ", "))
	}
	return s
}

// plainWords are the words of types that are neither digits nor letters.
func plainWords() []string {
	var out []string
	for _, w := range typesWords {
		if !Letter(w) && (len(w) > 1 || w[0] < '0' || w[0] > '9') {
			out = append(out, w)
		}
	}
	return out
}

// enterable fails at n if the face has not the controls that a method needs to enter a number.
func (c *check) enterable(n node, method string) {
	keys := c.d.Face.Keys
	if method == Slider {
		if !slices.ContainsFunc(keys, func(k Key) bool { return k.Shape == Slider }) {
			c.r.refuse(n, "method slider needs a control to touch; there is none: write {at: LEFT TOP, size: 140 x 20 mm, kind: touch, shape: slider}")
		}
		return
	}
	needs := entry.Needs(method)
	var missing []string
	for _, key := range needs {
		if !slices.ContainsFunc(keys, func(k Key) bool { return k.types(key) }) {
			missing = append(missing, key)
		}
	}
	switch {
	case len(missing) == 0:
	case method == "dial":
		c.r.refuse(n, "method dial needs a dial; the face has none: write {at: LEFT TOP, kind: dial, cw: Right, ccw: Left}")
	default:
		write := missing[0]
		if len(write) == 1 {
			write = `"` + write + `"`
		}
		c.r.refuse(n, "method %s needs controls that type %s; none does for %s: write {types: %s}", method, strings.Join(needs, ", "), strings.Join(missing, ", "), write)
	}
}

// types reports that a control types a key; a dial turns both ways, or steps up and down.
func (k Key) types(key string) bool {
	if k.Kind == "dial" {
		return slices.Contains([]string{"cw", "ccw", "up", "dn"}, key)
	}
	return k.Types == key
}
