package library

import (
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// Tests are what a library is expected to say to entries: a file NAME.tests.yaml beside NAME.yaml.
//
//	tests: demo                       # the library's name
//	entries:
//	  - area: Adult ICU
//	    drug: DOPamine
//	    concentration: 400 mg/250 mL  # or therapy, where the limits differ by it
//	    dose in mcg/kg/min: {0.9: lower soft, 1: ok, 20: ok, 20.01: upper soft, 50.01: upper hard}
//	  - area: Adult ICU
//	    drug: vancomycin
//	    volume: 250 mL                # a rate is held against limits on the time through it; weight: 80 kg on the dose
//	    rate in mL/h: {250: ok, 501: upper hard}
//
// A key with numbers is a field of the library file, in and its unit; what is expected is ok, lower soft, lower hard, upper soft,
// upper hard, device (beyond the care area's device limit) or none (no limit is set).
type Tests struct {
	File    string
	Library string
	Entries []TestEntry
}

// TestEntry is one entry and what is expected of it.
type TestEntry struct {
	Area, Drug, Therapy, Concentration string
	Weight, Volume                     quantity.Decimal // 0: not given
	Field                              Field
	Unit                               string
	Value                              quantity.Decimal
	Expect                             string
	At                                 Place
}

var (
	testKeys  = []string{"tests", "entries"}
	entryKeys = []string{"area", "drug", "therapy", "concentration", "weight", "volume"}
	verdicts  = []string{"ok", "lower soft", "lower hard", "upper soft", "upper hard", "device", "none"}
)

// ReadTests reads a tests file. The error is a *ReadError with every problem by place.
func ReadTests(name string, data []byte) (*Tests, error) {
	r := &reader{file: name}
	t := &Tests{File: name}
	if root := r.parse(data); root != nil {
		o := r.object(root, "the tests file", testKeys)
		o.require(testKeys...)
		t.Library = o.str("tests")
		if e, ok := o.get("entries"); ok {
			t.Entries = r.testEntries(e)
		}
	}
	if len(r.problems) > 0 {
		return nil, &ReadError{sortProblems(r.problems)}
	}
	return t, nil
}

func (r *reader) testEntries(e entry) []TestEntry {
	if e.value.kind != sequence || len(e.value.items) == 0 {
		r.at(e.at, "entries is a list of at least one drug, each after a dash")
		return nil
	}
	var out []TestEntry
	for _, n := range e.value.items {
		out = append(out, r.entriesOf(n)...)
	}
	return out
}

// entriesOf are the numbers of one item of the list.
func (r *reader) entriesOf(n *node) []TestEntry {
	known := slices.Clone(entryKeys)
	for _, p := range n.pairs[:min(len(n.pairs), maxKeys)] {
		if strings.Contains(p.key, " in ") {
			known = append(known, p.key)
		}
	}
	o := r.object(n, "an entry", known)
	o.require("area", "drug")
	base := TestEntry{
		Area: o.str("area"), Drug: o.str("drug"), Therapy: o.str("therapy"), Concentration: o.str("concentration"),
		Weight: o.positive("weight", "kg"), Volume: o.positive("volume", "mL"),
	}
	var out []TestEntry
	for _, p := range o.pairs {
		if slices.Contains(entryKeys, p.key) {
			continue
		}
		field, unit, ok := fieldIn(p.key)
		if !ok {
			r.at(p.at, "%q is no field with its unit: write dose in mcg/kg/min, rate in mL/h, vtbi in mL, or another of %s", p.key, fieldList())
			continue
		}
		out = append(out, r.expected(base, field, unit, p)...)
	}
	if len(out) == 0 {
		r.at(o.at, "an entry without numbers: write dose in mcg/kg/min: {20: ok, 20.1: upper soft}")
	}
	return out
}

// expected are the numbers of one field with what is expected of each.
func (r *reader) expected(base TestEntry, field Field, unit string, p entry) []TestEntry {
	var out []TestEntry
	for _, v := range r.entries(p.value, p.key) {
		e := base
		e.Field, e.Unit, e.At = field, unit, v.at
		var err error
		if e.Value, err = quantity.Parse(v.key); err != nil {
			r.at(v.at, "%s: %v", p.key, err)
		}
		text, ok := r.text(v.value)
		if e.Expect = text; ok && !slices.Contains(verdicts, text) {
			r.at(v.value.at, "%s %s cannot come to %q%s", p.key, v.key, text, instead(text, verdicts))
		}
		out = append(out, e)
	}
	return out
}

// fieldIn takes "dose in mcg/kg/min" apart.
func fieldIn(key string) (f Field, unit string, ok bool) {
	i := strings.LastIndex(key, " in ")
	if i < 0 {
		return "", "", false
	}
	f, unit = Field(key[:i]), strings.TrimSpace(key[i+4:])
	return f, unit, slices.Contains(fields, f) && unit != ""
}

func fieldList() string {
	var out []string
	for _, f := range fields {
		out = append(out, string(f))
	}
	return strings.Join(out, ", ")
}

// String names the entry as a sentence's beginning.
func (e TestEntry) String() string {
	words := []string{e.Drug}
	for _, w := range []string{e.Therapy, e.Concentration} {
		if w != "" {
			words = append(words, w)
		}
	}
	return fmt.Sprintf("%s, %s, %s %s %s", e.Area, strings.Join(words, " "), e.Field, e.Value, e.Unit)
}
