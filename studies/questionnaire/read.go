package questionnaire

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pumplab/pumpmodel/written"
)

// id is what an item may be called: the session writes answers as id=value lines.
var id = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// The keys of an instrument's file, of a scale and of an item.
var (
	instrumentKeys = []string{"questionnaire", "title", "source", "scoring", "intro", "scale", "items"}
	scaleKeys      = []string{"from", "to", "step", "low", "high"}
	itemKeys       = []string{"id", "text", "low", "high", "scale"}
)

// reader collects the problems of one file.
type reader struct {
	written.Reader
}

// Read reads one instrument; name is used in messages only. Everything wrong with it comes at once as written.Problems.
func Read(name string, data []byte) (*Instrument, error) {
	r := &reader{written.Reader{File: name}}
	top := r.Values(data)
	if len(r.Problems) == 0 && top.Kind != "map" {
		r.At(top, "an instrument begins with questionnaire: NAME")
	}
	if len(r.Problems) > 0 {
		return nil, r.Problems.Err()
	}
	in := &Instrument{
		Name: r.text(top, "questionnaire"), Title: r.text(top, "title"), Source: r.text(top, "source"),
		Scoring: r.text(top, "scoring"), Intro: r.text(top, "intro"), Hash: fmt.Sprintf("%x", sha256.Sum256(data)),
	}
	scale := r.scale(top.Get("scale"), Item{Step: 1})
	items := top.Get("items")
	r.Unknown(top, instrumentKeys...)
	if items.Kind != "list" && !items.Absent() {
		r.At(items, "items: a list is expected, each item after a dash")
	}
	for _, n := range items.Items {
		if n.Kind != "map" {
			r.At(n, "an item has the keys id and text")
			continue
		}
		i := scale
		if own := n.Get("scale"); !own.Absent() {
			i = r.scale(own, Item{Step: 1})
		}
		i.ID, i.Text = r.text(n, "id"), r.text(n, "text")
		i.Low, i.High = or(r.text(n, "low"), i.Low), or(r.text(n, "high"), i.High)
		r.Unknown(n, itemKeys...)
		r.check(n, i, in.Items)
		in.Items = append(in.Items, i)
	}
	r.whole(top, in)
	if len(r.Problems) > 0 {
		return nil, r.Problems.Err()
	}
	return in, nil
}

// text is the text of a key; empty if it is not there.
func (r *reader) text(n written.Value, key string) string {
	v := n.Get(key)
	if v.Kind == "list" || v.Kind == "map" {
		r.At(v, "%s: one text is expected, not a %s", key, v.Kind)
	}
	return v.Text
}

// scale is the scale at n as the scale of an item.
func (r *reader) scale(n written.Value, i Item) Item {
	if n.Absent() {
		return i
	}
	if n.Kind != "map" {
		r.At(n, "scale: expected {from: 1, to: 5, low: TEXT, high: TEXT}")
		return i
	}
	number := func(key string, otherwise int) int {
		v := n.Get(key)
		if v.Absent() {
			return otherwise
		}
		x, err := strconv.Atoi(v.Text)
		if err != nil {
			r.At(v, "scale: %s: %q is no whole number", key, v.Text)
			return otherwise
		}
		return x
	}
	i.Min, i.Max, i.Step = number("from", 0), number("to", 0), max(number("step", 1), 1)
	i.Low, i.High = r.text(n, "low"), r.text(n, "high")
	r.Unknown(n, scaleKeys...)
	return i
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// check is everything wrong with an item, which stands at n after the others.
func (r *reader) check(n written.Value, i Item, others []Item) {
	switch {
	case !id.MatchString(i.ID):
		r.At(there(n.Get("id"), n), "item %d: id %q, expected small letters, digits and hyphens", len(others)+1, i.ID)
	case slices.ContainsFunc(others, func(o Item) bool { return o.ID == i.ID }):
		r.At(n.Get("id"), "item %d: id %q is given twice", len(others)+1, i.ID)
	}
	if i.Text == "" {
		r.At(n, "item %d: it has no text", len(others)+1)
	}
	if i.Min >= i.Max || (i.Max-i.Min)%i.Step != 0 {
		r.At(n, "item %d: scale %d to %d in steps of %d, expected whole steps upwards", len(others)+1, i.Min, i.Max, i.Step)
	}
}

// whole is what is wrong with the instrument as a whole.
func (r *reader) whole(n written.Value, in *Instrument) {
	if in.Name == "" {
		r.At(n, "the key questionnaire, its name, is missing")
	}
	if len(in.Items) == 0 {
		r.At(there(n.Get("items"), n), "it has no items")
	}
	want, known := itemsOf[in.Scoring]
	switch {
	case in.Scoring == "":
	case !known:
		r.At(n.Get("scoring"), "unknown scoring %q%s", in.Scoring, written.Instead(in.Scoring, Scorings))
	case want != len(in.Items):
		r.At(n.Get("scoring"), "scoring %s needs %d items, there are %d", in.Scoring, want, len(in.Items))
	}
}

// there is the first value, or the second where the first is absent.
func there(a, b written.Value) written.Value {
	if a.Absent() {
		return b
	}
	return a
}

// Load reads NAME.yaml from the first of these folders that has it: the study's questionnaires first, then what comes with the
// program. The error says where it was looked for and which instruments there are.
func Load(name string, from ...fs.FS) (*Instrument, error) {
	if !id.MatchString(name) {
		return nil, fmt.Errorf("read questionnaire %q: a name has small letters, digits and hyphens", name)
	}
	for _, f := range from {
		data, err := fs.ReadFile(f, name+".yaml")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read questionnaire %s: %w", name, err)
		}
		in, err := Read("questionnaires/"+name+".yaml", data)
		if err == nil && in.Name != name {
			err = fmt.Errorf("questionnaires/%s.yaml:1:1: it calls itself %q, expected %q as the file's name", name, in.Name, name)
		}
		return in, err
	}
	return nil, fmt.Errorf("read questionnaire %s: there is no %s.yaml in questionnaires; there are: %s", name, name, strings.Join(List(from...), ", "))
}

// List are the names of the instruments in these folders, sorted.
func List(from ...fs.FS) []string {
	var out []string
	for _, f := range from {
		names, _ := fs.Glob(f, "*.yaml")
		for _, n := range names {
			out = append(out, strings.TrimSuffix(path.Base(n), ".yaml"))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
