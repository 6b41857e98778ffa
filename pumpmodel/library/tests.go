package library

import (
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
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
	At                                 written.Place
}

var (
	testKeys  = []string{"tests", "entries"}
	entryKeys = []string{"area", "drug", "therapy", "concentration", "weight", "volume"}
	verdicts  = []string{"ok", "lower soft", "lower hard", "upper soft", "upper hard", "device", "none"}
)

// ReadTests reads a tests file. The error is written.Problems: every problem by place.
func ReadTests(name string, data []byte) (*Tests, error) {
	r := newReader(name)
	t := &Tests{File: name}
	if root := r.Parse(data); root != nil {
		o := r.object(root, "the tests file", testKeys)
		o.Require(testKeys...)
		t.Library = o.Str("tests")
		if e, ok := o.Get("entries"); ok {
			t.Entries = r.testEntries(e)
		}
	}
	if len(r.Problems) > 0 {
		return nil, r.Problems.Sorted()
	}
	return t, nil
}

func (r *reader) testEntries(e written.Entry) []TestEntry {
	if e.Value.Kind != written.Sequence || len(e.Value.Items) == 0 {
		r.Fail(e.At, "entries is a list of at least one drug, each after a dash")
		return nil
	}
	var out []TestEntry
	for _, n := range e.Value.Items {
		out = append(out, r.entriesOf(n)...)
	}
	return out
}

// entriesOf are the numbers of one item of the list.
func (r *reader) entriesOf(n *written.Node) []TestEntry {
	known := slices.Clone(entryKeys)
	for _, p := range n.Pairs[:min(len(n.Pairs), written.MaxKeys)] {
		if strings.Contains(p.Key, " in ") {
			known = append(known, p.Key)
		}
	}
	o := r.object(n, "an entry", known)
	o.Require("area", "drug")
	base := TestEntry{
		Area: o.Str("area"), Drug: o.Str("drug"), Therapy: o.Str("therapy"), Concentration: o.Str("concentration"),
		Weight: o.positive("weight", "kg"), Volume: o.positive("volume", "mL"),
	}
	var out []TestEntry
	for _, p := range o.Pairs {
		if slices.Contains(entryKeys, p.Key) {
			continue
		}
		field, unit, ok := fieldIn(p.Key)
		if !ok {
			r.Fail(p.At, "%q is no field with its unit: write dose in mcg/kg/min, rate in mL/h, vtbi in mL, or another of %s", p.Key, fieldList())
			continue
		}
		out = append(out, r.expected(base, field, unit, p)...)
	}
	if len(out) == 0 {
		r.Fail(o.At, "an entry without numbers: write dose in mcg/kg/min: {20: ok, 20.1: upper soft}")
	}
	return out
}

// expected are the numbers of one field with what is expected of each.
func (r *reader) expected(base TestEntry, field Field, unit string, p written.Entry) []TestEntry {
	var out []TestEntry
	for _, v := range r.Entries(p.Value, p.Key) {
		e := base
		e.Field, e.Unit, e.At = field, unit, v.At
		var err error
		if e.Value, err = quantity.Parse(v.Key); err != nil {
			r.Fail(v.At, "%s: %v", p.Key, err)
		}
		text, ok := r.Text(v.Value)
		if e.Expect = text; ok && !slices.Contains(verdicts, text) {
			r.Fail(v.Value.At, "%s %s cannot come to %q%s", p.Key, v.Key, text, written.Instead(text, verdicts))
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
