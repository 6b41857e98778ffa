package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"pumplab/pumpmodel/library"
)

// LibraryCmd works on drug library files.
type LibraryCmd struct {
	Check   LibraryCheckCmd   `cmd:"" help:"Problems and linter findings of library files."`
	Diff    LibraryDiffCmd    `cmd:"" help:"What changed in meaning between two libraries."`
	Schema  LibrarySchemaCmd  `cmd:"" help:"The JSON Schema of a library file, for editors."`
	Test    LibraryTestCmd    `cmd:"" help:"Run a library's tests file: entries and what it should say to them."`
	Whatif  LibraryWhatIfCmd  `cmd:"" name:"whatif" help:"What a new library would have said to everything programmed in a study."`
	Release LibraryReleaseCmd `cmd:"" help:"Draft, in review, approved, released: sign a step, or show the history."`
	Key     LibraryKeyCmd     `cmd:"" help:"Make a key to sign releases with."`
	Export  LibraryExportCmd  `cmd:"" help:"A library as a spreadsheet, one row a setup."`
	Import  LibraryImportCmd  `cmd:"" help:"Put a spreadsheet into a library file, or preview what it would change."`
}

// LibraryCheckCmd checks files: problems (the file is refused) and findings of the linter.
type LibraryCheckCmd struct {
	Files []string `arg:"" name:"file" help:"Library files, - for standard input, or the name of a built-in one: demo, hospital."`
	Trust []string `help:"Public keys: refuse files that nobody signed with one of them." placeholder:"FILE"`
}

// Help is shown by --help.
func (*LibraryCheckCmd) Help() string {
	return "Example:\n  pumplab library check libraries/ward.yaml\nThe status is 1 if anything was found."
}

type checkedFile struct {
	File     string        `json:"file"`
	Library  string        `json:"library,omitempty"`
	Version  int           `json:"version,omitempty"`
	Status   string        `json:"status,omitempty"`
	Areas    int           `json:"areas"`
	Setups   int           `json:"setups"`
	Hash     string        `json:"hash,omitempty"`
	Problems []problemJSON `json:"problems"`
	Findings []findingJSON `json:"findings"`
}

type problemJSON struct {
	Rule   string `json:"rule"`
	Line   int    `json:"line"`
	Col    int    `json:"col"`
	What   string `json:"what"`
	Reason string `json:"reason"`
}

type findingJSON struct {
	Rule   string `json:"rule"`
	Line   int    `json:"line"`
	Col    int    `json:"col"`
	Area   string `json:"area,omitempty"`
	What   string `json:"what"`
	Reason string `json:"reason"`
}

// Run checks every file and prints all that was found.
func (c *LibraryCheckCmd) Run(x *Context) error {
	out := struct {
		OK    bool          `json:"ok"`
		Files []checkedFile `json:"files"`
	}{OK: true}
	trusted, err := publicKeys(c.Trust)
	if err != nil {
		return err
	}
	for _, name := range c.Files {
		data, shown, err := libraryBytes(x, name)
		if err != nil {
			return err
		}
		f := checkLibrary(shown, data)
		if len(f.Problems) == 0 && shown == name && name != "-" {
			if _, _, err := signedLibrary(name, data, trusted); err != nil {
				f.Problems = append(f.Problems, problemJSON{"signature", 1, 1, strings.TrimPrefix(err.Error(), name+": "), "only what was signed may be used"})
			}
		}
		out.OK = out.OK && len(f.Problems)+len(f.Findings) == 0
		out.Files = append(out.Files, f)
	}
	err = x.Print(out, func(w io.Writer) {
		for _, f := range out.Files {
			f.print(w)
		}
	})
	if err == nil && !out.OK {
		return Failed("")
	}
	return err
}

func checkLibrary(name string, data []byte) checkedFile {
	f := checkedFile{File: name, Problems: []problemJSON{}, Findings: []findingJSON{}}
	l, problems, findings := library.Examine(name, data)
	for _, p := range problems {
		rule := cmp.Or(p.Rule, "format")
		f.Problems = append(f.Problems, problemJSON{rule, p.Line, p.Col, p.What, library.ReasonOf(rule)})
	}
	for _, g := range findings {
		f.Findings = append(f.Findings, findingJSON{g.Rule, g.Line, g.Col, g.Area, g.What, g.Reason})
	}
	if len(problems) > 0 {
		return f
	}
	f.Library, f.Version, f.Status, f.Hash, f.Areas = l.Name, l.Version, l.Status, l.Hash, len(l.Areas)
	for _, a := range l.Areas {
		f.Setups += len(a.Setups)
	}
	return f
}

func (f checkedFile) print(w io.Writer) {
	for _, p := range f.Problems {
		fmt.Fprintf(w, "%s:%d:%d: %s [%s: %s]\n", f.File, p.Line, p.Col, p.What, p.Rule, p.Reason)
	}
	for _, g := range f.Findings {
		where := ""
		if g.Area != "" {
			where = g.Area + ": "
		}
		fmt.Fprintf(w, "%s:%d:%d: %s%s [%s: %s]\n", f.File, g.Line, g.Col, where, g.What, g.Rule, g.Reason)
	}
	switch {
	case len(f.Problems) > 0:
		fmt.Fprintf(w, "%s: refused, %s\n", f.File, count(len(f.Problems), "problem"))
	case len(f.Findings) > 0:
		fmt.Fprintf(w, "%s: %s version %d reads, %s\n", f.File, f.Library, f.Version, count(len(f.Findings), "finding"))
	default:
		fmt.Fprintf(w, "%s: fine: %s version %d, %s, %s\n", f.File, f.Library, f.Version, count(f.Areas, "care area"), count(f.Setups, "setup"))
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	if stem, ok := strings.CutSuffix(what, "y"); ok && what != "key" {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// LibraryDiffCmd compares two libraries by meaning, not by line.
type LibraryDiffCmd struct {
	Was string `arg:"" help:"Library file before, or the name of a built-in one."`
	Now string `arg:"" help:"Library file after."`

	HTML string `name:"html" help:"Write a page to this file too." placeholder:"FILE"`
}

// Help is shown by --help.
func (*LibraryDiffCmd) Help() string {
	return "Examples:\n  pumplab library diff ward-v2.yaml ward-v3.yaml\n  pumplab library diff ward-v2.yaml ward-v3.yaml --html changes.html"
}

type differenceJSON struct {
	Kind  string `json:"kind"`
	Area  string `json:"area"`
	Setup string `json:"setup"`
	What  string `json:"what"`
	Was   string `json:"was"`
	Now   string `json:"now"`
}

// Run prints the differences. Having some is no failure.
func (c *LibraryDiffCmd) Run(x *Context) error {
	was, err := readLibrary(x, c.Was)
	if err != nil {
		return err
	}
	now, err := readLibrary(x, c.Now)
	if err != nil {
		return err
	}
	out := struct {
		Was         string           `json:"was"`
		Now         string           `json:"now"`
		Differences []differenceJSON `json:"differences"`
	}{was.File, now.File, nil}
	found := library.Diff(was, now)
	out.Differences = differences(found)
	if c.HTML != "" {
		page, err := diffPage(was, now, found)
		if err == nil {
			err = replaceFile(c.HTML, page)
		}
		if err != nil {
			return err
		}
	}
	return x.Print(out, func(w io.Writer) {
		for _, d := range found {
			fmt.Fprintln(w, d)
		}
		fmt.Fprintln(w, count(len(found), "difference"))
	})
}

// LibrarySchemaCmd prints the JSON Schema.
type LibrarySchemaCmd struct{}

// Help is shown by --help.
func (*LibrarySchemaCmd) Help() string {
	return "Example:\n  pumplab library schema > library.schema.json"
}

// Run prints the schema, which is JSON either way.
func (*LibrarySchemaCmd) Run(x *Context) error {
	_, err := x.Out.Write(library.Schema())
	return err
}

// libraryBytes are a library's bytes and the name to show: a file's, standard input's for -, or those of a built-in one.
func libraryBytes(x *Context, name string) (data []byte, shown string, err error) {
	if name == "-" {
		data, err = io.ReadAll(x.In)
		return data, "standard input", err
	}
	data, err = os.ReadFile(name)
	info, _ := os.Stat(name)
	folder := info != nil && info.IsDir()
	if err == nil || !errors.Is(err, fs.ErrNotExist) && !folder || x.Assets.Libraries == nil {
		return data, name, err
	}
	builtIn := strings.TrimSuffix(path.Base(name), ".yaml") + ".yaml"
	if name != strings.TrimSuffix(builtIn, ".yaml") && name != "libraries/"+builtIn {
		return nil, name, err
	}
	if data, inner := fs.ReadFile(x.Assets.Libraries(), builtIn); inner == nil {
		return data, "libraries/" + builtIn, nil
	}
	return nil, name, fmt.Errorf("read library %s: no such file, and no built-in library of that name: there is %s", name, builtIns(x))
}

func builtIns(x *Context) string {
	files, _ := fs.Glob(x.Assets.Libraries(), "*.yaml")
	var names []string
	for _, f := range files {
		if name := strings.TrimSuffix(f, ".yaml"); !strings.Contains(name, ".") {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// readLibrary reads a library that has to be sound and, where it has a release beside it, the signed one.
func readLibrary(x *Context, name string) (*library.Library, error) {
	data, shown, err := libraryBytes(x, name)
	if err != nil {
		return nil, err
	}
	if shown != name || name == "-" {
		return library.Read(shown, data)
	}
	l, _, err := signedLibrary(shown, data, nil)
	if err != nil {
		return nil, err
	}
	return l, nil
}
