package library

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

// A CSV file holds one row a setup. Its columns, in any order:
//
//	area, drug, aliases, codes, therapy, concentration, delivery, pump, high alert, advisory
//	FIELD unit, FIELD lower hard, FIELD lower soft, FIELD start, FIELD upper soft, FIELD upper hard
//
// where FIELD is a limit set of the library file and its numbers are bare; sets whose unit is fixed have no unit column and may
// say it in the header, as "rate upper hard (mL/h)". Aliases and codes are parted by semicolons. A text that begins with one of
// = + - @ ' has an apostrophe before it, so that no spreadsheet takes it for a formula.

// textColumns are the columns that are no limits, by the key of the library file.
var textColumns = []string{"area", "drug", "aliases", "codes", "therapy", "concentration", "delivery", "pump", "high alert", "advisory"}

// column is one column of limits.
type column struct {
	field Field
	part  string // unit, lower hard, lower soft, start, upper soft, upper hard
}

var parts = []string{"unit", "lower hard", "lower soft", "start", "upper soft", "upper hard"}

// fixedUnit is the unit of a field that needs no unit column.
func fixedUnit(f Field) (string, bool) {
	u := (&Setup{}).UnitOf(f)
	return u, u != "" && f != Dose && f != Conc
}

// columnsOf are the limit columns of a field.
func columnsOf(f Field) []column {
	var out []column
	for _, p := range parts {
		if _, fixed := fixedUnit(f); p != "unit" || !fixed {
			out = append(out, column{f, p})
		}
	}
	return out
}

func (c column) name() string { return string(c.field) + " " + c.part }

// header is the name with the unit that the numbers are in, where the column says it.
func (c column) header() string {
	if u, fixed := fixedUnit(c.field); fixed {
		return c.name() + " (" + u + ")"
	}
	return c.name()
}

// Row is one setup of a CSV file.
type Row struct {
	Area   string
	Setup  Setup
	Number int           // as a spreadsheet counts, from 1; the header is row 1
	At     written.Place // of its first cell
}

// CSV is every setup of a library, a row each, with the columns of the limit sets that some setup has.
func CSV(l *Library) []byte {
	var columns []column
	for _, f := range fields {
		if used(l, f) {
			columns = append(columns, columnsOf(f)...)
		}
	}
	header := slices.Clone(textColumns)
	for _, c := range columns {
		header = append(header, c.header())
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.Write(header) // a Buffer takes everything
	for i := range l.Areas {
		for j := range l.Areas[i].Setups {
			s := &l.Areas[i].Setups[j]
			row := []string{
				l.Areas[i].Name, s.Drug, strings.Join(s.Aliases, "; "), strings.Join(s.Codes, "; "), s.Therapy, s.strength(), s.Delivery,
				s.Pump, yesNo(s.HighAlert), s.Advisory,
			}
			for k := range row {
				row[k] = guarded(row[k])
			}
			for _, c := range columns {
				row = append(row, s.cell(c))
			}
			_ = w.Write(row)
		}
	}
	w.Flush()
	return out.Bytes()
}

func used(l *Library, f Field) bool {
	return slices.ContainsFunc(l.Areas, func(a Area) bool {
		return slices.ContainsFunc(a.Setups, func(s Setup) bool { _, ok := s.Limits[f]; return ok })
	})
}

// strength is the concentration as the file says it.
func (s *Setup) strength() string {
	switch {
	case s.Custom:
		return "custom"
	case s.Concentration.Amount == 0:
		return ""
	}
	return s.Concentration.String()
}

// cell is the setup's text in a column of limits.
func (s *Setup) cell(c column) string {
	set, ok := s.Limits[c.field]
	if !ok {
		return ""
	}
	if c.part == "unit" {
		return s.UnitOf(c.field)
	}
	for _, b := range set.bounds() {
		if b.name == c.part && b.Set {
			return b.Value.String()
		}
	}
	return ""
}

const formula = "=+-@'"

// guarded keeps a text from being taken for a formula; unguarded undoes it.
func guarded(text string) string {
	if text != "" && strings.Contains(formula, text[:1]) {
		return "'" + text
	}
	return text
}

func unguarded(text string) string {
	if len(text) > 1 && text[0] == '\'' && strings.Contains(formula, text[1:2]) {
		return text[1:]
	}
	return text
}

// bare checks a number without a unit, as a cell has it.
func bare(text string) error {
	_, err := quantity.Parse(text)
	_, point := quantity.Parse(strings.Replace(text, ",", ".", 1))
	switch {
	case err == nil && text[0] == '.':
		return fmt.Errorf("%q: write the leading zero, 0%s", text, text)
	case err == nil && (text[0] == '-' || text[0] == '+'):
		return fmt.Errorf("%q has a sign: a limit is a number from 0", text)
	case err != nil && point == nil:
		return fmt.Errorf("%q has a comma: write %s", text, strings.Replace(text, ",", ".", 1))
	case err != nil:
		return fmt.Errorf("%q is no number; the unit stands in the unit column or the header", text)
	}
	return nil
}
