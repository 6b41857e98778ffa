package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"pumplab/pumpmodel/library"
)

// LibraryExportCmd writes a library's setups as a spreadsheet.
type LibraryExportCmd struct {
	Library string `arg:"" words:"libraries" help:"Library file, or the name of a built-in one."`
	Format  string `default:"csv" enum:"csv" help:"csv: one row a setup."`
	Out     string `help:"File to write; standard output if left out." placeholder:"FILE"`
}

// Help is shown by --help.
func (*LibraryExportCmd) Help() string {
	return "Example:\n  pumplab library export ward.yaml --format csv --out ward.csv\nEdit the sheet, save it as CSV, and see what it would change:\n  pumplab library import ward.csv --into ward.yaml --preview"
}

// Run writes.
func (c *LibraryExportCmd) Run(x *Context) error {
	l, err := readLibrary(x, c.Library)
	if err != nil {
		return err
	}
	sheet := library.CSV(l)
	if c.Out == "" {
		_, err = x.Out.Write(sheet)
		return err
	}
	if err := os.WriteFile(c.Out, sheet, 0o644); err != nil {
		return fmt.Errorf("export library: %w", err)
	}
	return nil
}

// LibraryImportCmd puts a spreadsheet's setups into a library file.
type LibraryImportCmd struct {
	CSV     string `arg:"" name:"csv" help:"CSV file as library export writes it, - for standard input."`
	Into    string `required:"" help:"Library file to change." placeholder:"FILE"`
	Preview bool   `help:"Only show what would change."`
}

// Help is shown by --help.
func (*LibraryImportCmd) Help() string {
	return "Examples:\n  pumplab library import ward.csv --into ward.yaml --preview\n  pumplab library import ward.csv --into ward.yaml\n" +
		"The rows become all setups of the care areas they name: a setup without a row is removed. Other areas, comments and order stay.\n" +
		"A file that is not a draft becomes the draft of the next version. Problems of the sheet are told by row and column."
}

type importJSON struct {
	Into     string           `json:"into"`
	Written  bool             `json:"written"`
	Changes  []differenceJSON `json:"changes"`
	Findings []findingJSON    `json:"findings"`
}

// Run shows what changes and writes it.
func (c *LibraryImportCmd) Run(x *Context) error {
	sheet, shown, err := fileOrInput(x, c.CSV)
	if err != nil {
		return fmt.Errorf("import library: %w", err)
	}
	data, err := os.ReadFile(c.Into)
	if err != nil {
		return fmt.Errorf("import library: %w", err)
	}
	if l, r, err := signedLibrary(c.Into, data, nil); err != nil {
		return err
	} else if status := r.Last().To; status != "draft" {
		return fmt.Errorf("import library: %s is %s, and its bytes are signed; begin a draft of version %d first: pumplab library release %s --to draft", c.Into, status, l.Version+1, c.Into)
	}
	rows, err := library.ReadCSV(shown, sheet)
	if err != nil {
		return err
	}
	m, err := library.Merge(c.Into, data, rows, shown)
	if err != nil {
		return err
	}
	out := importJSON{Into: c.Into, Written: !c.Preview && len(m.Changes) > 0, Changes: differences(m.Changes), Findings: []findingJSON{}}
	for _, g := range library.Lint(m.Library) {
		out.Findings = append(out.Findings, findingJSON{g.Rule, g.Line, g.Col, g.Area, g.What, g.Reason})
	}
	if out.Written {
		if err := replaceFile(c.Into, m.Data); err != nil {
			return err
		}
	}
	return x.Print(out, func(w io.Writer) { c.print(w, m, out) })
}

func (c *LibraryImportCmd) print(w io.Writer, m *library.Merged, out importJSON) {
	for _, d := range m.Changes {
		fmt.Fprintln(w, d)
	}
	for _, g := range library.Lint(m.Library) {
		fmt.Fprintf(w, "finding: %s\n", g)
	}
	switch {
	case len(m.Changes) == 0:
		fmt.Fprintf(w, "%s: nothing changes\n", c.Into)
	case out.Written:
		fmt.Fprintf(w, "%s: %s written\n", c.Into, count(len(m.Changes), "difference"))
	default:
		fmt.Fprintf(w, "%s: %s would be written; it is unchanged\n", c.Into, count(len(m.Changes), "difference"))
	}
}

func differences(found []library.Difference) []differenceJSON {
	out := []differenceJSON{}
	for _, d := range found {
		out = append(out, differenceJSON(d))
	}
	return out
}

// fileOrInput are a file's bytes, or standard input's for -, and the name to show.
func fileOrInput(x *Context, name string) ([]byte, string, error) {
	if name == "-" {
		if x.In == nil {
			return nil, name, errors.New("there is no standard input")
		}
		data, err := io.ReadAll(x.In)
		return data, "standard input", err
	}
	data, err := os.ReadFile(name)
	return data, name, err
}
