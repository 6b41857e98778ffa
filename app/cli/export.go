package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"pumplab/studies/export"
	"pumplab/studies/sqlite"
)

// ExportCmd writes a study's data as files for other programs.
type ExportCmd struct {
	Study  string `arg:"" help:"Study folder."`
	Format string `required:"" enum:"csv,datapackage" help:"csv: one file a view and a data dictionary. datapackage: the same with a Frictionless datapackage.json. BIDS, Psych-DS and Parquet are not there yet."`
	Out    string `required:"" help:"Folder to write; it must not exist or be empty." placeholder:"DIR"`
}

// Help is shown by --help.
func (*ExportCmd) Help() string {
	return "Examples:\n  pumplab export my-study --format csv --out my-data\n  pumplab export my-study --format datapackage --out my-package"
}

// Run computes the outcomes anew and writes.
func (c *ExportCmd) Run(x *Context) error {
	kit, err := OpenStudy(c.Study)
	if err != nil {
		return err
	}
	d, err := openData(c.Study)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.allOutcomes(x); err != nil {
		return err
	}
	if err := emptyFolder(c.Out); err != nil {
		return fmt.Errorf("export to %s: %w", c.Out, err)
	}
	var tables []export.Table
	for _, name := range sqlite.Views {
		columns, rows, err := d.store.View(name)
		if err != nil {
			return err
		}
		tables = append(tables, export.Table{Name: name, Columns: columns, Rows: rows})
	}
	about := export.Study{
		Name: kit.Study.Name, Title: kit.Study.Title, Version: kit.Study.Version, Authors: kit.Study.Authors,
		Program: "pumplab " + x.Version, Created: time.Now().UTC().Format(time.RFC3339),
	}
	files, rows, err := export.Write(c.Format, about, tables, func(name string) (io.WriteCloser, error) {
		return os.Create(filepath.Join(c.Out, name))
	})
	if err != nil {
		return err
	}
	out := struct {
		Folder string         `json:"folder"`
		Files  []string       `json:"files"`
		Rows   map[string]int `json:"rows"`
	}{c.Out, files, rows}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %s\n", c.Out, strings.Join(files, ", "))
		for _, t := range tables {
			fmt.Fprintf(w, "%8d rows  %s\n", rows[t.Name], t.Name)
		}
	})
}

// emptyFolder makes a folder, or finds it there and empty.
func emptyFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	found, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("the folder is not empty; name another")
	}
	return nil
}
