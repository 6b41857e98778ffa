package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pumplab/studies/export"
	"pumplab/studies/sqlite"
)

// ExportFormats are the formats there are.
var ExportFormats = []string{"csv", "datapackage", "bids", "psych-ds", "parquet"}

// ExportCmd writes a study's data as files for other programs.
type ExportCmd struct {
	Study   string   `arg:"" help:"Study folder."`
	Format  string   `required:"" enum:"csv,datapackage,bids,psych-ds,parquet" help:"csv: one file a table and a data dictionary. datapackage: the same with a Frictionless datapackage.json. bids: events for each session, as BIDS behavioural data. psych-ds: a Psych-DS dataset. parquet: typed columns for Arrow, DuckDB, pandas and R."`
	Out     string   `required:"" help:"Folder to write; it must not exist or be empty." placeholder:"DIR"`
	Without []string `help:"Leave out what participants answered to this question; for one that was marked identifying after it had been recorded." placeholder:"QUESTION"`
}

// Help is shown by --help.
func (*ExportCmd) Help() string {
	return "Writes sessions, events, tasks and alerts. Nothing that is there is overwritten. Answers that study.yaml marks identifying are never\nexported; pumplab people read shows them to who holds the key.\n\nExamples:\n  pumplab export my-study --format csv --out my-data\n  pumplab export my-study --format bids --out my-dataset\n  pumplab export my-study --format parquet --out my-tables"
}

// Run computes the outcomes anew and writes.
func (c *ExportCmd) Run(x *Context) error {
	kit, err := OpenStudy(c.Study)
	if err != nil {
		return err
	}
	d, err := openData(x, c.Study)
	if err != nil {
		return err
	}
	defer d.Close()
	sessions, err := d.sessionTable(kit.Study.People.Ask, c.Without)
	if err != nil {
		return err
	}
	if _, err := d.allOutcomes(x); err != nil {
		return err
	}
	tables := []export.Table{sessions}
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
	var files []string
	var rows map[string]int
	err = fill(c.Out, func(tmp string) (err error) {
		files, rows, err = export.Write(c.Format, about, tables, createIn(tmp))
		return err
	})
	if err != nil {
		return fmt.Errorf("export to %s: %w", c.Out, err)
	}
	out := struct {
		Folder string         `json:"folder"`
		Files  []string       `json:"files"`
		Rows   map[string]int `json:"rows"`
	}{c.Out, files, rows}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %s\n", c.Out, writtenFiles(files))
		for _, t := range tables {
			fmt.Fprintf(w, "%8d rows  %s\n", rows[t.Name], t.Name)
		}
	})
}

// writtenFiles are the names of files in a line; of many alike only how many there are.
func writtenFiles(files []string) string {
	var names []string
	folders := map[string]int{}
	for _, f := range files {
		if top, _, deep := strings.Cut(f, "/"); deep && strings.HasPrefix(top, "sub-") {
			folders["sub-…/"]++
			continue
		}
		names = append(names, f)
	}
	if n := folders["sub-…/"]; n > 0 {
		names = append(names, fmt.Sprintf("%d files in sub-…/", n))
	}
	return strings.Join(names, ", ")
}

// createIn makes the files of an export under a folder; one that is there already is refused.
func createIn(dir string) export.Create {
	return func(name string) (io.WriteCloser, error) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return nil, err
		}
		return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	}
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
		return fmt.Errorf("the folder is not empty (it holds %s); name another", slices.MinFunc(found, func(a, b os.DirEntry) int {
			return strings.Compare(a.Name(), b.Name())
		}).Name())
	}
	return nil
}
