package design

import (
	"strconv"
	"strings"
	"time"

	"pumplab/pumpmodel/quantity"
)

// Readers of single values: each takes the node, reports what is wrong with it, and returns the zero value then.

func (r *reader) text(n node, what string) string {
	if n.Absent() {
		return ""
	}
	if n.Kind != "scalar" {
		r.fail(n, "%s is a %s, expected a text", what, n.Kind)
		return ""
	}
	return n.Text
}

// word is a text out of a closed list.
func (r *reader) word(n node, what string, words []string) string {
	s := r.text(n, what)
	if s == "" {
		return ""
	}
	for _, w := range words {
		if s == w {
			return s
		}
	}
	r.fail(n, "unknown %s %q%s", what, s, nearest(s, words))
	return ""
}

func (r *reader) list(n node, what string) []node {
	switch n.Kind {
	case "":
		return nil
	case "list":
		return n.Items
	case "scalar":
		return []node{n}
	}
	r.fail(n, "%s is a map, expected a list as [a, b]", what)
	return nil
}

func (r *reader) texts(n node, what string) []string {
	var out []string
	for _, i := range r.list(n, what) {
		if s := r.text(i, what); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (r *reader) words(n node, what string, words []string) []string {
	var out []string
	for _, i := range r.list(n, what) {
		if s := r.word(i, what, words); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (r *reader) flag(n node, what string, def bool) bool {
	switch r.text(n, what) {
	case "":
		return def
	case "yes", "true", "on":
		return true
	case "no", "false", "off":
		return false
	}
	r.fail(n, "%s is %q, expected yes or no", what, n.Text)
	return def
}

func (r *reader) whole(n node, what string, lo, hi, def int) int {
	s := r.text(n, what)
	if s == "" {
		return def
	}
	v, err := strconv.Atoi(s)
	if err != nil || v < lo || v > hi {
		r.fail(n, "%s is %q, expected a whole number from %d to %d", what, s, lo, hi)
		return def
	}
	return v
}

func (r *reader) decimal(n node, what string) quantity.Decimal {
	s := r.text(n, what)
	if s == "" {
		return 0
	}
	v, err := quantity.Parse(s)
	if err != nil || v < 0 {
		r.fail(n, "%s is %q, expected a number such as 1200 or 0.1", what, s)
		return 0
	}
	return v
}

// span reads 500 ms, 2 s, 5 min.
func parseSpan(s string) (time.Duration, bool) {
	num, unit, ok := strings.Cut(strings.TrimSpace(s), " ")
	if !ok {
		return 0, false
	}
	v, err := quantity.Parse(num)
	scale := map[string]time.Duration{"ms": time.Millisecond, "s": time.Second, "min": time.Minute, "h": time.Hour}[strings.TrimSpace(unit)]
	if err != nil || v < 0 || scale == 0 || v > quantity.Int(100_000) {
		return 0, false
	}
	return time.Duration(v) * (scale / 1000) / 1000, true
}

func (r *reader) span(n node, what string, def time.Duration) time.Duration {
	s := r.text(n, what)
	if s == "" {
		return def
	}
	d, ok := parseSpan(s)
	if !ok {
		r.fail(n, "%s is %q, expected a time such as 500 ms, 2 s or 5 min", what, s)
		return def
	}
	return d
}

// lengths reads n millimetre numbers separated by blanks; x and mm may stand between and after them. Each is 0 to 2000 mm.
func (r *reader) lengths(n node, what, example string, count int) []MM {
	s := r.text(n, what)
	if s == "" {
		return nil
	}
	var out []MM
	for _, w := range strings.Fields(s) {
		if w == "x" || w == "mm" {
			continue
		}
		v, err := quantity.Parse(w)
		if err != nil || v < 0 || v > quantity.Int(2000) {
			r.fail(n, "%s is %q, expected millimetres such as %s", what, s, example)
			return nil
		}
		out = append(out, MM(v/(quantity.One/100)))
	}
	if len(out) != count && !(count == 2 && len(out) == 1 && strings.HasPrefix(example, "16")) {
		r.fail(n, "%s is %q, expected %d lengths in millimetres such as %s, without commas", what, s, count, example)
		return nil
	}
	return out
}
