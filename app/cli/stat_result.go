package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"pumplab/analysis/describe"
)

// statResult is a flat list of named values in a fixed order: one JSON object, or lines for people.
type statResult struct {
	title  string
	keys   []string
	values []any
	notes  []string
}

func newStat(title string) *statResult { return &statResult{title: title} }

// put adds a value; numbers that do not exist (NaN, infinite) become null.
func (r *statResult) put(key string, value any) *statResult {
	r.keys, r.values = append(r.keys, key), append(r.values, value)
	return r
}

// note adds a sentence; empty ones are left out.
func (r *statResult) note(text string) *statResult {
	if text != "" {
		r.notes = append(r.notes, text)
	}
	return r
}

func (r *statResult) dropped(n int) *statResult {
	if n > 0 {
		r.note(fmt.Sprintf("%d row%s with a missing value left out", n, plural(n)))
	}
	return r
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func (r *statResult) print(x *Context) error { return x.Print(r, r.human) }

// MarshalJSON writes the flat object, notes joined under "note".
func (r *statResult) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	keys, values := r.keys, r.values
	if len(r.notes) > 0 {
		keys, values = append(keys, "note"), append(values, strings.Join(r.notes, "; "))
	}
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		v, err := json.Marshal(jsonable(values[i]))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", k, v)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func jsonable(v any) any {
	switch t := v.(type) {
	case float64:
		if math.IsNaN(t) || math.IsInf(t, 0) {
			return nil
		}
	case []float64:
		out := make([]any, len(t))
		for i, f := range t {
			out[i] = jsonable(f)
		}
		return out
	}
	return v
}

func (r *statResult) human(w io.Writer) {
	fmt.Fprintln(w, r.title)
	width := 0
	for _, k := range r.keys {
		width = max(width, len(k))
	}
	for i, k := range r.keys {
		fmt.Fprintf(w, "  %-*s  %s\n", width, strings.ReplaceAll(k, "_", " "), readable(r.values[i]))
	}
	for _, n := range r.notes {
		fmt.Fprintf(w, "  (%s)\n", n)
	}
}

func readable(v any) string {
	switch t := v.(type) {
	case float64:
		if math.IsNaN(t) {
			return "not defined"
		}
		return strconv.FormatFloat(t, 'g', 6, 64)
	case []float64:
		words := make([]string, len(t))
		for i, f := range t {
			words[i] = readable(f)
		}
		return strings.Join(words, "  ")
	case describe.Interval:
		return readable(t.Low) + " to " + readable(t.High)
	case []string:
		return strings.Join(t, ", ")
	case bool:
		if t {
			return "yes"
		}
		return "no"
	}
	return fmt.Sprint(v)
}
