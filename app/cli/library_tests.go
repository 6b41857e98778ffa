package cli

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
)

// LibraryTestCmd runs the tests file of a library.
type LibraryTestCmd struct {
	Files   []string `arg:"" name:"file" help:"Library files, or names of built-in ones; each is tested by the file NAME.tests.yaml beside it."`
	Tests   string   `help:"Tests file to run instead, on one library." placeholder:"FILE"`
	Verbose bool     `short:"v" help:"Show every entry, not only those that fail."`
}

// Help is shown by --help.
func (*LibraryTestCmd) Help() string {
	return "Example:\n  pumplab library test libraries/ward.yaml\nThe tests file says what the library should answer to entries:\n" +
		"  tests: ward\n  entries:\n    - area: Adult ICU\n      drug: DOPamine\n      dose in mcg/kg/min: {1: ok, 20: ok, 20.1: upper soft, 50.1: upper hard}\n" +
		"The status is 1 if anything fails."
}

type testedJSON struct {
	OK    bool             `json:"ok"`
	Files []testedFileJSON `json:"files"`
}

type testedFileJSON struct {
	Library string            `json:"library"`
	Tests   string            `json:"tests"`
	Passed  int               `json:"passed"`
	Failed  int               `json:"failed"`
	Entries []testedEntryJSON `json:"entries"`
}

type testedEntryJSON struct {
	Line          int    `json:"line"`
	Col           int    `json:"col"`
	Area          string `json:"area"`
	Drug          string `json:"drug"`
	Therapy       string `json:"therapy,omitempty"`
	Concentration string `json:"concentration,omitempty"`
	Field         string `json:"field"`
	Unit          string `json:"unit"`
	Value         string `json:"value"`
	Expected      string `json:"expected"`
	Got           string `json:"got,omitempty"`
	Limit         string `json:"limit,omitempty"`
	Fault         string `json:"fault,omitempty"`
	OK            bool   `json:"ok"`
}

// Run tests every library.
func (c *LibraryTestCmd) Run(x *Context) error {
	if c.Tests != "" && len(c.Files) > 1 {
		return fmt.Errorf("test library: --tests goes with one library, not %d", len(c.Files))
	}
	out := testedJSON{OK: true}
	var results [][]ders.TestResult
	for _, name := range c.Files {
		l, tests, err := c.read(x, name)
		if err != nil {
			return err
		}
		all := ders.RunTests(l, tests)
		f := testedFileJSON{Library: l.File, Tests: tests.File}
		for _, r := range all {
			f.add(r)
		}
		out.OK = out.OK && f.Failed == 0
		out.Files, results = append(out.Files, f), append(results, all)
	}
	err := x.Print(out, func(w io.Writer) {
		for i, f := range out.Files {
			c.print(w, f, results[i])
		}
	})
	if err == nil && !out.OK {
		return Failed("")
	}
	return err
}

func (f *testedFileJSON) add(r ders.TestResult) {
	if r.Pass() {
		f.Passed++
	} else {
		f.Failed++
	}
	f.Entries = append(f.Entries, testedEntryJSON{
		r.At.Line, r.At.Col, r.Area, r.Drug, r.Therapy, r.Concentration, string(r.Field), r.Unit, r.Value.String(), r.Expect, r.Got, r.Limit, r.Fault, r.Pass(),
	})
}

func (c *LibraryTestCmd) print(w io.Writer, f testedFileJSON, all []ders.TestResult) {
	for _, r := range all {
		switch {
		case !r.Pass():
			fmt.Fprintf(w, "%s:%d:%d: %s\n", f.Tests, r.At.Line, r.At.Col, r)
		case c.Verbose:
			fmt.Fprintf(w, "ok: %s: %s\n", r.TestEntry, r.Got)
		}
	}
	if f.Failed > 0 {
		fmt.Fprintf(w, "%s: %d of %s failed\n", f.Library, f.Failed, count(len(all), "entry"))
		return
	}
	fmt.Fprintf(w, "%s: %s passed\n", f.Library, count(f.Passed, "entry"))
}

// read is a library and its tests.
func (c *LibraryTestCmd) read(x *Context, name string) (*library.Library, *library.Tests, error) {
	l, err := readLibrary(x, name)
	if err != nil {
		return nil, nil, err
	}
	beside := c.Tests
	if beside == "" {
		beside = testsName(l.File)
	}
	data, err := os.ReadFile(beside)
	if err != nil && x.Assets.Libraries != nil && l.File != name && strings.HasPrefix(beside, "libraries/") {
		data, err = fs.ReadFile(x.Assets.Libraries(), path.Base(beside))
	}
	if err != nil {
		return nil, nil, fmt.Errorf("test library %s: %w; write what it should say into that file", name, err)
	}
	tests, err := library.ReadTests(beside, data)
	if err != nil {
		return nil, nil, err
	}
	if tests.Library != l.Name {
		return nil, nil, fmt.Errorf("%s:1:1: the tests are of library %q, but %s is %q", beside, tests.Library, l.File, l.Name)
	}
	return l, tests, nil
}

// testsName is the tests file beside a library file.
func testsName(file string) string { return strings.TrimSuffix(file, ".yaml") + ".tests.yaml" }
