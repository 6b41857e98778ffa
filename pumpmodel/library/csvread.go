package library

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"pumplab/pumpmodel/written"
)

// MaxRows and MaxColumns are how much of a CSV file is read.
const (
	MaxRows    = 20_000
	MaxColumns = 500
)

// table reads one CSV file. Its reader's places are row and column until the end, when they become those of the file.
type table struct {
	reader
	csv     *csv.Reader
	header  []string        // names without their units
	columns []any           // of each cell: a key of the file, or a column of limits, or nil
	lines   []written.Place // of each cell of each row
	row     int
}

// ReadCSV reads setups from a CSV file as CSV writes it, or as a spreadsheet saves that (comma or semicolon between cells). The error
// is written.Problems: every problem, each with its place, row and column.
func ReadCSV(name string, data []byte) ([]Row, error) {
	t := &table{reader: *newReader(name)}
	rows := t.read(data)
	if len(t.Problems) > 0 {
		return nil, t.Problems.Sorted()
	}
	return rows, nil
}

// complain reports a problem of a cell: col counts from 1, 0 is the row as a whole.
func (t *table) complain(col int, format string, args ...any) {
	what := fmt.Sprintf("row %d: ", t.row)
	at := written.Place{Line: t.row, Col: 1}
	if col > 0 && col <= len(t.header) {
		what = fmt.Sprintf("row %d, column %q: ", t.row, t.header[col-1])
	}
	if len(t.lines) > 0 {
		at = t.lines[min(max(col, 1), len(t.lines))-1]
	}
	t.Fail(at, "%s%s", what, fmt.Sprintf(format, args...))
}

func (t *table) read(data []byte) []Row {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	t.row = 1
	switch {
	case len(data) > written.MaxBytes:
		t.complain(0, "the file has %d bytes; at most %d are read", len(data), written.MaxBytes)
		return nil
	case !utf8.Valid(data):
		t.complain(0, "the file is not in UTF-8: save it as CSV UTF-8")
		return nil
	}
	t.csv = csv.NewReader(bytes.NewReader(data))
	t.csv.FieldsPerRecord = -1
	first, _, _ := bytes.Cut(data, []byte("\n"))
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		t.csv.Comma = ';'
	}
	cells, ok := t.next()
	if ok && len(cells) > MaxColumns {
		t.complain(0, "it has %d columns; at most %d are read", len(cells), MaxColumns)
		return nil
	}
	if !ok || !t.readHeader(cells) {
		return nil
	}
	var rows []Row
	seen := map[string]*Area{}
	for t.row = 2; ; t.row++ {
		cells, ok := t.next()
		if !ok {
			break
		}
		if t.row > MaxRows {
			t.complain(0, "at most %d rows are read", MaxRows)
			break
		}
		if row, ok := t.setupOf(cells); ok {
			t.distinctIn(seen, &row)
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 && len(t.Problems) == 0 {
		t.complain(0, "there is no setup below the header")
	}
	return rows
}

// next is the next row's cells.
func (t *table) next() ([]string, bool) {
	cells, err := t.csv.Read()
	var bad *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		if t.row == 1 {
			t.complain(0, "the file is empty; it begins with a header: area, drug, concentration, dose unit, dose upper hard and so on")
		}
		return nil, false
	case errors.As(err, &bad):
		t.lines = nil
		t.Fail(written.Place{Line: bad.Line, Col: bad.Column}, "row %d: this is not CSV: %v", t.row, bad.Err)
		return nil, false
	case err != nil:
		t.complain(0, "this is not CSV: %v", err)
		return nil, false
	}
	t.lines = t.lines[:0]
	for i := range cells {
		line, col := t.csv.FieldPos(i)
		t.lines = append(t.lines, written.Place{Line: line, Col: col})
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells, true
}

// readHeader finds out what each column is.
func (t *table) readHeader(cells []string) bool {
	known := map[string]any{"by": nil}
	words := slices.Clone(textColumns)
	for _, k := range textColumns {
		known[k] = k
	}
	for _, f := range fields {
		for _, c := range columnsOf(f) {
			known[c.name()] = c
			words = append(words, c.name())
		}
	}
	t.header = make([]string, len(cells))
	for i, cell := range cells {
		name, unit, _ := strings.Cut(cell, " (")
		name = strings.ToLower(strings.TrimSpace(name))
		t.header[i] = name
		what, ok := known[name]
		c, limits := what.(column)
		want, fixed := fixedUnit(c.field)
		switch {
		case !ok && written.Nearest(name, words) == "":
			t.complain(i+1, "there is no such column")
		case !ok:
			t.complain(i+1, "there is no such column%s", written.Instead(name, words))
		case slices.Contains(t.header[:i], name):
			t.complain(i+1, "the column is given twice")
		case limits && fixed && unit != "" && unit != want+")":
			t.complain(i+1, "its numbers are in %s, not in %s", want, strings.TrimSuffix(unit, ")"))
		}
		t.columns = append(t.columns, what)
	}
	for _, need := range []string{"area", "drug"} {
		if !slices.Contains(t.header, need) {
			t.complain(0, "the column %q is missing", need)
		}
	}
	return len(t.Problems) == 0
}

// setupOf reads a row through the reader of library files; false for an empty row or one with a problem.
func (t *table) setupOf(cells []string) (Row, bool) {
	full := slices.ContainsFunc(cells, func(c string) bool { return c != "" })
	if !full {
		return Row{}, false
	}
	if len(cells) != len(t.header) {
		t.complain(0, "it has %d cells, but the header has %d", len(cells), len(t.header))
		return Row{}, false
	}
	n, area := t.nodes(cells)
	if n == nil {
		return Row{}, false
	}
	r := newReader(t.File)
	row := Row{Area: area, Setup: r.setup(n), Number: t.row, At: t.lines[0]}
	for _, p := range r.Problems {
		t.complain(p.Col, "%s", p.What)
	}
	return row, len(r.Problems) == 0
}

// distinctIn refuses a row that nobody could tell from one above it in the same area.
func (t *table) distinctIn(seen map[string]*Area, row *Row) {
	id := row.Area + "\x00" + row.Setup.identity()
	if first, twice := seen[id]; twice {
		t.complain(0, "%s stands already in row %d with the same therapy, concentration, delivery and pump", row.Setup.Drug, first.At.Line)
		return
	}
	seen[id] = &Area{At: written.Place{Line: row.Number, Col: 1}}
}
