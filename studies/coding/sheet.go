package coding

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Columns are the head of a rater's sheet, coding/RATER.csv in the study folder: one line a use error. The sheet is blind: it names
// neither design nor condition. Kind and cause may stay empty; a line without a mode has not been judged yet and is passed over.
var Columns = []string{"session", "step", "from_s", "to_s", "mode", "kind", "cause", "note"}

// Passage is a stretch of a replay that is to be judged.
type Passage struct {
	Session  string
	Step     int
	From, To time.Duration
}

// WriteSheet writes an empty sheet of passages for a rater.
func WriteSheet(w io.Writer, passages []Passage) error {
	c := csv.NewWriter(w)
	lines := [][]string{Columns}
	for _, p := range passages {
		lines = append(lines, []string{p.Session, strconv.Itoa(p.Step), fmt.Sprintf("%.1f", p.From.Seconds()), fmt.Sprintf("%.1f", p.To.Seconds()), "", "", "", ""})
	}
	if err := c.WriteAll(lines); err != nil {
		return fmt.Errorf("write coding sheet: %w", err)
	}
	return nil
}

// ReadSheet reads a rater's sheet; file names it in errors, which are all of them at once with line and column. A rater named
// agreed is the adjudication.
func ReadSheet(r io.Reader, file, rater string) ([]Code, error) {
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	var out []Code
	var all []error
	for line := 1; ; line++ {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: read coding sheet: %w; save it as CSV with commas, one line a passage", file, err)
		}
		at, _ := c.FieldPos(0)
		if line == 1 {
			cells[0] = strings.TrimPrefix(cells[0], "\ufeff")
			if !slices.Equal(cells, Columns) {
				return nil, fmt.Errorf("%s:1:1: the first line is %q; a coding sheet begins with %s", file, strings.Join(cells, ","), strings.Join(Columns, ","))
			}
			continue
		}
		if len(cells) != len(Columns) {
			all = append(all, fmt.Errorf("%s:%d:1: the line has %d cells; %d are needed: %s", file, at, len(cells), len(Columns), strings.Join(Columns, ", ")))
			continue
		}
		code, err := codeOf(cells)
		if err != nil {
			column := 1
			var cell cellError
			if errors.As(err, &cell) {
				_, column = c.FieldPos(cell.index)
			}
			all = append(all, fmt.Errorf("%s:%d:%d: %w", file, at, column, err))
			continue
		}
		if code.Mode == "" {
			continue
		}
		code.Rater, code.Agreed = rater, rater == "agreed"
		if err := code.Check(); err != nil {
			all = append(all, fmt.Errorf("%s:%d: %w", file, at, err))
			continue
		}
		out = append(out, code)
	}
	return out, errors.Join(all...)
}

// cellError is a cell that is not what it should be.
type cellError struct {
	index int
	got   string
	want  string
}

// Error says what the cell holds and what it should.
func (e cellError) Error() string {
	return fmt.Sprintf("%s is %q; %s is needed", Columns[e.index], e.got, e.want)
}

func codeOf(cells []string) (c Code, err error) {
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	c = Code{Session: cells[0], Mode: cells[4], Kind: cells[5], Cause: cells[6], Note: cells[7]}
	if c.Step, err = strconv.Atoi(cells[1]); err != nil || c.Step < 0 {
		return c, cellError{1, cells[1], "the step as the sheet gave it, a whole number"}
	}
	for i, to := range map[int]*time.Duration{2: &c.From, 3: &c.To} {
		s, err := strconv.ParseFloat(cells[i], 64)
		if err != nil || !(s >= 0 && s < 1e9) {
			return c, cellError{i, cells[i], "a number of seconds since the session's start"}
		}
		*to = time.Duration(math.Round(s * 1e9))
	}
	return c, nil
}
