package cli

import (
	"fmt"
	"strconv"
	"strings"

	"pumplab/analysis/frame"
)

// statFile is a table in wide form: one row per person or unit, one column per condition, rater or item.
type statFile struct {
	File    string   `arg:"" help:"CSV with a header, one row per person or unit; - reads standard input."`
	Columns []string `help:"Columns to use, in order; without it all but those that only name the rows (participant, id, …)."`
}

// statIDs are column names that name rows when all their values differ.
var statIDs = map[string]bool{
	"id": true, "participant": true, "subject": true, "person": true, "unit": true, "item": true, "case": true, "row": true,
	"patient": true, "session": true, "user": true, "respondent": true, "code": true, "nr": true, "no": true, "number": true, "name": true,
	"task": true, "target": true, "video": true, "event": true, "block": true, "stratum": true, "ward": true,
	"participant_id": true, "subject_id": true, "unit_id": true,
}

// statWide is what a table holds once the columns that only name rows are left out.
type statWide struct {
	frame *frame.Frame
	names []string
	notes []string
}

// wide reads the file. numeric says that a column of words cannot be data.
func (c *statFile) wide(x *Context, numeric bool) (*statWide, error) {
	f, err := readTable(x, c.File)
	if err != nil {
		return nil, err
	}
	w := &statWide{frame: f}
	if len(c.Columns) > 0 {
		for _, n := range c.Columns {
			if _, err := f.Need(n); err != nil {
				return nil, err
			}
		}
		w.names = c.Columns
		warnOfCodes(x, f, w.names)
		return w, nil
	}
	for i, col := range f.Cols {
		why, err := namesRows(f, col, i == 0, numeric)
		if err != nil {
			return nil, err
		}
		if why == "" {
			w.names = append(w.names, col.Name)
			continue
		}
		w.notes = append(w.notes, fmt.Sprintf("column %q left out: %s", col.Name, why))
	}
	warnOfCodes(x, f, w.names)
	return w, nil
}

// namesRows says why a column is not data, or "" when it is. Words among numbers are an error.
func namesRows(f *frame.Frame, col *frame.Column, first, numeric bool) (string, error) {
	levels, _ := col.Factor()
	distinct := len(levels) == f.N && f.N > 1
	if distinct && statIDs[strings.ToLower(strings.TrimSpace(col.Name))] {
		return "it names the rows", nil
	}
	if first && distinct && f.N > 3 && len(f.Cols) > 2 && counts(col) {
		return "it counts the rows", nil
	}
	if !numeric || col.Kind == frame.Number {
		return "", nil
	}
	if _, bad := col.Numbers(); bad < 0 {
		return "", nil
	}
	for _, t := range col.Text {
		if _, err := strconv.ParseFloat(t, 64); err == nil {
			_, err := f.Numbers(col.Name)
			return "", err
		}
	}
	return "it holds words", nil
}

// counts says whether a column is 1, 2, 3, … .
func counts(col *frame.Column) bool {
	for i, v := range col.Num {
		if v != float64(i+1) {
			return false
		}
	}
	return col.Kind == frame.Number
}

// rows returns the values by row, NaN where missing.
func (w *statWide) rows() ([][]float64, error) {
	rows := make([][]float64, w.frame.N)
	for _, n := range w.names {
		v, err := w.frame.Numbers(n)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			rows[i] = append(rows[i], v[i])
		}
	}
	return rows, nil
}

// need refuses a table with too few or too many columns.
func (w *statWide) need(low, high int, what string) error {
	if n := len(w.names); n < low || n > high {
		return fmt.Errorf("%s: %d column%s of data (%s); %s; --columns names them", w.frame.Name, n, plural(n), strings.Join(w.names, ", "), what)
	}
	return nil
}

func (w *statWide) result(title string) *statResult {
	r := newStat(title)
	for _, n := range w.notes {
		r.note(n)
	}
	return r
}

// statNumbers reads words as numbers; commas separate too.
func statNumbers(words []string) ([]float64, error) {
	var out []float64
	for _, w := range words {
		for _, part := range strings.FieldsFunc(w, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
			v, err := strconv.ParseFloat(part, 64)
			if err != nil || v != v || v-v != 0 {
				return nil, fmt.Errorf("read numbers: %q is not a number", part)
			}
			out = append(out, v)
		}
	}
	return out, nil
}

// statCounts is statNumbers for whole numbers of zero or more.
func statCounts(words []string) ([]int, error) {
	v, err := statNumbers(words)
	if err != nil {
		return nil, err
	}
	out := make([]int, len(v))
	for i, f := range v {
		if f < 0 || f != float64(int(f)) || f > 1e12 {
			return nil, fmt.Errorf("read counts: %g is not a count; whole numbers from 0 are", f)
		}
		out[i] = int(f)
	}
	return out, nil
}
