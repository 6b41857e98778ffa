// Package export provides a study's data as files for other programs: CSV with a data dictionary, a Frictionless Data Package, BIDS
// for behaviour, Psych-DS, and Parquet.
package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
)

// Table is one view to be written. Rows are read as they are written, so that any number fits; those of one session come together, and
// the sessions in the order of the table SessionTable.
type Table struct {
	Name    string // event_v1
	Columns []string
	Rows    iter.Seq2[[]string, error]
	Fields  map[string]Field // of columns that are not in the data dictionary: what a study asks of its participants
}

// SessionTable is the name of the table with one row a session; the other tables name their sessions in the column session.
const SessionTable = "session"

// Formats are what Write knows.
var Formats = []string{"csv", "datapackage", "bids", "psych-ds", "parquet"}

// Create opens a file of the export for writing; its name may have folders before it, with / between them.
type Create func(name string) (io.WriteCloser, error)

// Study is what the files say about where the data comes from.
type Study struct {
	Name, Title string
	Version     int
	Authors     []string
	Program     string // name and version
	Created     string // RFC 3339
}

// output is an export that is being written.
type output struct {
	create Create
	study  Study
	files  []string
	rows   map[string]int
}

// Write writes the tables in one of Formats and returns the names of the files and the rows of each table. A column that is not
// described is refused, and so is one that is marked identifying. CSV has a header, UTF-8, a comma, quotes where needed, LF; an absent
// value is an empty cell. Cells that a spreadsheet would take for a formula are written as they are: read the files as data.
func Write(format string, s Study, tables []Table, create Create) (files []string, rows map[string]int, err error) {
	write := map[string]func(*output, []Table) error{
		"csv": (*output).csv, "datapackage": (*output).datapackage, "bids": (*output).bids, "psych-ds": (*output).psychDS,
		"parquet": (*output).parquet,
	}[format]
	if write == nil {
		return nil, nil, fmt.Errorf("export as %q: there are %v", format, Formats)
	}
	for _, t := range tables {
		for _, c := range t.Columns {
			f, ok := t.describe(c)
			if !ok {
				return nil, nil, fmt.Errorf("export %s: column %s is not in the data dictionary", t.Name, c)
			}
			if f.Identifying {
				return nil, nil, fmt.Errorf("export %s: column %s is marked identifying in the study file and is never exported", t.Name, c)
			}
		}
	}
	o := &output{create: create, study: s, rows: map[string]int{}}
	err = write(o, tables)
	return o.files, o.rows, err
}

// put writes one file.
func (o *output) put(name string, write func(io.Writer) error) error {
	f, err := o.create(name)
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
	o.files = append(o.files, name)
	return nil
}

func (o *output) json(name string, v any) error {
	return o.put(name, func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	})
}

func (o *output) text(name, text string) error {
	return o.put(name, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// csv writes a file a table and the data dictionary.
func (o *output) csv(tables []Table) error {
	if err := o.tables(tables, func(t Table) string { return t.Name + ".csv" }); err != nil {
		return err
	}
	return o.put("dictionary.csv", func(w io.Writer) error { return writeDictionary(w, tables) })
}

// tables writes each table as CSV.
func (o *output) tables(tables []Table, name func(Table) string) error {
	for _, t := range tables {
		err := o.put(name(t), func(w io.Writer) (err error) {
			o.rows[t.Name], err = writeCSV(w, t)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
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
			f, _ := t.describe(c)
			if err := out.Write([]string{t.Name, c, f.Type, f.Unit, f.Meaning, f.levels()}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
