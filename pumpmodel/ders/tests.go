package ders

import (
	"fmt"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// TestResult is one entry of a tests file, held against a library.
type TestResult struct {
	library.TestEntry
	Got   string // in the words of Expect; empty if the entry could not be judged
	Limit string // the limit behind Got with its unit; empty where none was passed
	Fault string // why the entry could not be judged
}

// Pass reports that the library says what is expected.
func (r TestResult) Pass() bool { return r.Fault == "" && r.Got == r.Expect }

// String is a failed result as a sentence.
func (r TestResult) String() string {
	switch {
	case r.Fault != "":
		return fmt.Sprintf("%s: %s", r.TestEntry, r.Fault)
	case r.Limit != "":
		return fmt.Sprintf("%s: expected %s, is %s (the limit is %s)", r.TestEntry, r.Expect, r.Got, r.Limit)
	}
	return fmt.Sprintf("%s: expected %s, is %s", r.TestEntry, r.Expect, r.Got)
}

// RunTests holds every entry of a tests file against a library, in the file's order.
func RunTests(l *library.Library, t *library.Tests) []TestResult {
	c := NewChecker(l)
	var out []TestResult
	for _, e := range t.Entries {
		r := TestResult{TestEntry: e}
		j, err := c.Check(Entry{
			Area: e.Area, Drug: e.Drug, Therapy: e.Therapy, Concentration: e.Concentration, Field: e.Field, Value: e.Value, Weight: e.Weight, Volume: e.Volume,
		})
		switch {
		case err != nil:
			r.Fault = err.Error()
		case j.Kind != "unknown" && !sameUnit(e.Unit, j.Unit()):
			r.Fault = fmt.Sprintf("the library's limits are in %s", j.Unit())
		default:
			r.Got = words(j.Verdict)
			if j.Limit != "" {
				r.Limit = j.Value.String() + " " + j.Unit()
			}
		}
		out = append(out, r)
	}
	return out
}

// words is a verdict in the words of a tests file.
func words(v Verdict) string {
	switch {
	case v.Kind == "unknown":
		return "none"
	case v.Limit == "":
		return "ok"
	}
	return map[string]string{
		"lowerSoft": "lower soft", "lowerHard": "lower hard", "upperSoft": "upper soft", "upperHard": "upper hard", "range": "device",
	}[v.Limit]
}

// sameUnit knows units/h and unit/h, m2 and m².
func sameUnit(a, b string) bool {
	if a == b {
		return true
	}
	u, errA := quantity.ParseDoseUnit(a)
	v, errB := quantity.ParseDoseUnit(b)
	if errA == nil && errB == nil {
		return u == v
	}
	u, errA = quantity.ParseDoseUnit(a + "/h")
	v, errB = quantity.ParseDoseUnit(b + "/h")
	return errA == nil && errB == nil && u == v
}
