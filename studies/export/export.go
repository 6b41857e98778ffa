// Package export provides a study's data as files for other programs: one CSV file per view with a data dictionary, and a
// Frictionless Data Package that describes them.
package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
)

// Table is one view to be written. Rows are read as they are written, so that any number fits.
type Table struct {
	Name    string // event_v1
	Columns []string
	Rows    iter.Seq2[[]string, error]
}

// Formats are what Write knows.
var Formats = []string{"csv", "datapackage"}

// Create opens a file of the export for writing.
type Create func(name string) (io.WriteCloser, error)

// Study is what the data package says about where the data comes from.
type Study struct {
	Name, Title string
	Version     int
	Authors     []string
	Program     string
	Created     string // RFC 3339
}

// Write writes the tables in one of Formats and returns the names of the files and the rows of each table. CSV has a header, UTF-8,
// a comma, quotes where needed, LF; an absent value is an empty cell. Cells that a spreadsheet would take for a formula are written
// as they are: read the files as data.
func Write(format string, s Study, tables []Table, create Create) (files []string, rows map[string]int, err error) {
	if format != "csv" && format != "datapackage" {
		return nil, nil, fmt.Errorf("export as %q: there are %v", format, Formats)
	}
	rows = map[string]int{}
	put := func(name string, write func(io.Writer) error) error {
		f, err := create(name)
		if err != nil {
			return fmt.Errorf("export %s: %w", name, err)
		}
		if err := write(f); err != nil {
			f.Close()
			return fmt.Errorf("export %s: %w", name, err)
		}
		if err := f.Close(); err != nil {
			return fmt.Errorf("export %s: %w", name, err)
		}
		files = append(files, name)
		return nil
	}
	for _, t := range tables {
		for _, c := range t.Columns {
			if _, ok := describe(t.Name, c); !ok {
				return files, rows, fmt.Errorf("export %s: column %s is not in the data dictionary", t.Name, c)
			}
		}
		err := put(t.Name+".csv", func(w io.Writer) (err error) {
			rows[t.Name], err = writeCSV(w, t)
			return err
		})
		if err != nil {
			return files, rows, err
		}
	}
	if format == "datapackage" {
		err = put("datapackage.json", func(w io.Writer) error { return writePackage(w, s, tables, rows) })
	} else {
		err = put("dictionary.csv", func(w io.Writer) error { return writeDictionary(w, tables) })
	}
	return files, rows, err
}

func writeCSV(w io.Writer, t Table) (rows int, err error) {
	out := csv.NewWriter(w)
	if err := out.Write(t.Columns); err != nil {
		return 0, err
	}
	for row, err := range t.Rows {
		if err != nil {
			return rows, err
		}
		if err := out.Write(row); err != nil {
			return rows, err
		}
		rows++
	}
	out.Flush()
	return rows, out.Error()
}

func writeDictionary(w io.Writer, tables []Table) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"table", "column", "type", "unit", "meaning", "values"}); err != nil {
		return err
	}
	for _, t := range tables {
		for _, c := range t.Columns {
			f, _ := describe(t.Name, c)
			if err := out.Write([]string{t.Name, c, f.Type, f.Unit, f.Meaning, f.levels()}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
