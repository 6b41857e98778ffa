package frame

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Read reads a table with a header line. The separator (comma, semicolon or tab) is taken from the header; a byte order
// mark and gzip are understood; quotes are as in RFC 4180. Empty, NA and NaN are missing. A column whose other cells
// are all numbers is Number (decimal commas only where semicolons separate), any other is Text with blanks around
// a cell removed. Blank lines are passed over, as R does. An unnamed first column, as R writes for row names, is
// called X. An error says name:line:field and what is wrong; cells beyond ±1.8e308 and infinite ones are errors.
func Read(r io.Reader, name string) (*Frame, error) {
	data, err := unpack(r)
	if err != nil {
		return nil, fmt.Errorf("%s: read table: %w", name, err)
	}
	p := &parser{name: name, data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))}
	if err := p.header(); err != nil {
		return nil, err
	}
	again, err := p.rows(nil)
	if err == nil && len(again) > 0 {
		_, err = p.rows(again)
	}
	if err != nil {
		return nil, err
	}
	if p.frame.N == 0 {
		return nil, fmt.Errorf("%s:1:1: a header but no rows", name)
	}
	return p.frame, nil
}

func unpack(r io.Reader) ([]byte, error) {
	in, err := plain(r)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(in)
}

type parser struct {
	name  string
	data  []byte
	comma rune
	room  int // rows there can be at most
	frame *Frame
}

func (p *parser) reader() *csv.Reader {
	c := csv.NewReader(bytes.NewReader(p.data))
	c.Comma = p.comma
	c.ReuseRecord = true
	c.FieldsPerRecord = -1
	c.TrimLeadingSpace = p.comma != '\t'
	return c
}

func (p *parser) header() error {
	if bytes.HasPrefix(p.data, []byte("\xff\xfe")) || bytes.HasPrefix(p.data, []byte("\xfe\xff")) {
		return fmt.Errorf("%s:1:1: the file is UTF-16; save it as CSV UTF-8", p.name)
	}
	if i := bytes.IndexByte(p.data, 0); i >= 0 {
		return fmt.Errorf("%s:%d:1: a zero byte: this is not a text file", p.name, 1+bytes.Count(p.data[:i], []byte("\n")))
	}
	p.comma = separator(p.data)
	fields, err := p.reader().Read()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%s:1:1: the file is empty; a header line and rows are expected", p.name)
	}
	if err != nil {
		return p.explain(err)
	}
	p.frame = &Frame{Name: p.name}
	seen := map[string]int{}
	for i, n := range fields {
		n = strings.TrimSpace(n)
		if n == "" && i == 0 && len(fields) > 1 {
			n = "X"
		}
		if n == "" {
			return fmt.Errorf("%s:1:%d: column %d has no name", p.name, i+1, i+1)
		}
		if !utf8.ValidString(n) {
			return fmt.Errorf("%s:1:%d: the name of column %d is not UTF-8; save the file as CSV UTF-8", p.name, i+1, i+1)
		}
		if j, ok := seen[n]; ok {
			return fmt.Errorf("%s:1:%d: columns %d and %d are both named %q", p.name, i+1, j+1, i+1, n)
		}
		seen[n] = i
		p.frame.Cols = append(p.frame.Cols, &Column{Name: strings.Clone(n)})
	}
	p.room = min(bytes.Count(p.data, []byte("\n")), len(p.data)/len(fields)) + 1
	return nil
}

// rows fills the columns. With only == nil it fills all and returns those that turned out to be text after
// numbers had been read; with a list it fills just these, as text.
func (p *parser) rows(only []int) (again []int, err error) {
	c := p.reader()
	if _, err := c.Read(); err != nil {
		return nil, p.explain(err)
	}
	f := p.frame
	fill := make([]bool, len(f.Cols))
	for j := range fill {
		fill[j] = only == nil
	}
	for _, j := range only {
		fill[j] = true
		f.Cols[j].Text = make([]string, 0, p.room)
	}
	levels := map[string]string{}
	for row := 0; ; row++ {
		rec, err := c.Read()
		if errors.Is(err, io.EOF) {
			if only == nil {
				f.N = row
			}
			return again, nil
		}
		if err != nil {
			return nil, p.explain(err)
		}
		line, _ := c.FieldPos(0)
		if only == nil {
			p.place(row, line)
		}
		if len(rec) != len(f.Cols) {
			return nil, fmt.Errorf("%s:%d:%d: row %d has %d fields where the header has %d",
				p.name, line, min(len(rec), len(f.Cols))+1, row+1, len(rec), len(f.Cols))
		}
		for j, cell := range rec {
			if !fill[j] {
				continue
			}
			flipped, err := p.add(f.Cols[j], cell, levels)
			if err != nil {
				return nil, fmt.Errorf("%s:%d:%d: row %d, column %q: %w", p.name, line, j+1, row+1, f.Cols[j].Name, err)
			}
			if flipped {
				fill[j] = false
				again = append(again, j)
			}
		}
	}
}

// place remembers the line of a row, but only once a row is not where row numbers alone would put it.
func (p *parser) place(row, line int) {
	f := p.frame
	if f.line == nil && line == row+2 {
		return
	}
	for len(f.line) < row {
		f.line = append(f.line, len(f.line)+2)
	}
	f.line = append(f.line, line)
}

// add appends one cell; flipped means that a column of numbers met text and must be read again.
func (p *parser) add(c *Column, cell string, levels map[string]string) (flipped bool, err error) {
	cell = strings.TrimSpace(cell)
	missing := cell == "" || cell == "NA" || cell == "NaN" || cell == "nan"
	if c.Kind == Number {
		if c.Num == nil {
			c.Num = make([]float64, 0, p.room)
		}
		if missing {
			c.Num = append(c.Num, math.NaN())
			return false, nil
		}
		if x, ok := parseNumber(cell, p.comma == ';'); ok {
			if math.IsInf(x, 0) {
				return false, fmt.Errorf("%s is not a finite number", cell)
			}
			c.Num = append(c.Num, x)
			return false, nil
		}
		again := len(c.Num) > 0
		c.Kind, c.Num = Text, nil
		if again {
			return true, nil
		}
		c.Text = make([]string, 0, p.room)
	}
	if missing {
		c.Text = append(c.Text, "")
		return false, nil
	}
	known, ok := levels[cell]
	if !ok {
		if !utf8.ValidString(cell) {
			return false, errors.New("the text is not UTF-8; save the file as CSV UTF-8")
		}
		known = strings.Clone(cell)
		levels[known] = known
	}
	c.Text = append(c.Text, known)
	return false, nil
}

// parseNumber reads a decimal number; hexadecimal, underscores and words other than inf are not numbers.
func parseNumber(s string, decimalComma bool) (float64, bool) {
	if decimalComma && strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	if s == "" || strings.ContainsAny(s, "xX_pPnN") && !isInfinite(s) {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	if errors.Is(err, strconv.ErrRange) {
		return x, true
	}
	return x, err == nil
}

func isInfinite(s string) bool {
	s = strings.ToLower(strings.TrimLeft(s, "+-"))
	return s == "inf" || s == "infinity"
}

// separator returns the one of comma, semicolon and tab that is most frequent outside quotes in the first line with
// text, comma when none is there.
func separator(data []byte) rune {
	count := map[rune]int{}
	quoted, seen := false, false
	for _, b := range data {
		if b == '"' {
			quoted = !quoted
		}
		if b == '\n' && !quoted && seen {
			break
		}
		seen = seen || b > ' '
		if !quoted && (b == ',' || b == ';' || b == '\t') {
			count[rune(b)]++
		}
	}
	best := ','
	for _, r := range ";\t" {
		if count[r] > count[best] {
			best = r
		}
	}
	return best
}

func (p *parser) explain(err error) error {
	var pe *csv.ParseError
	if !errors.As(err, &pe) {
		return fmt.Errorf("%s: read table: %w", p.name, err)
	}
	what := pe.Err.Error()
	switch {
	case errors.Is(pe.Err, csv.ErrQuote):
		what = "a quote that is not closed, or text after a closing quote"
	case errors.Is(pe.Err, csv.ErrBareQuote):
		what = "a quote inside a field that is not quoted; put the field in quotes and double the inner one"
	}
	if pe.StartLine != pe.Line {
		what += fmt.Sprintf(" (the row begins on line %d)", pe.StartLine)
	}
	return fmt.Errorf("%s:%d:%d: %s", p.name, pe.Line, pe.Column, what)
}
