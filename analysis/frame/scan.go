package frame

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A scan knows which columns of a file a Grouping needs.
type scan struct {
	*parser
	g      Grouping
	slot   []int // per column of the file its place among the cells needed, −1 if not needed
	cells  int   // number of cells needed; those of By come first
	column []int // per measure the cell it looks at
	first  []byte
	header int // lines
}

// newScan reads the header from the first piece.
func newScan(c *chunker, name string, g Grouping) (*scan, error) {
	data, err := c.next(nil)
	if err != nil {
		return nil, err
	}
	s := &scan{g: g, parser: &parser{name: name, data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))}}
	if err := s.parser.header(); err != nil {
		return nil, err
	}
	head := s.reader()
	if _, err := head.Read(); err != nil {
		return nil, s.explain(err)
	}
	s.first = s.data[head.InputOffset():]
	s.header = bytes.Count(s.data[:head.InputOffset()], []byte{'\n'})
	s.slot = slices.Repeat([]int{-1}, len(s.frame.Cols))
	for _, n := range g.By {
		if _, err := s.need(n); err != nil {
			return nil, err
		}
	}
	if s.cells < len(g.By) || len(g.By) == 0 {
		return nil, fmt.Errorf("%s: group rows by different columns, not by %q", name, strings.Join(g.By, ","))
	}
	for _, m := range g.Measures {
		at := -1
		if m.How != Rows {
			if at, err = s.need(m.Column); err != nil {
				return nil, err
			}
		}
		s.column = append(s.column, at)
	}
	return s, nil
}

// need gives a column its place among the cells.
func (s *scan) need(name string) (int, error) {
	c, err := s.frame.Need(name)
	if err != nil {
		return 0, err
	}
	j := slices.Index(s.frame.Cols, c)
	if s.slot[j] < 0 {
		s.slot[j] = s.cells
		s.cells++
	}
	return s.slot[j], nil
}

// trouble is what is wrong in a piece: row and line count from its beginning.
type trouble struct {
	row, line, col int
	what           string
}

// at places it in the file, behind the parts gathered before.
func (b *trouble) at(s *scan, before *groups) error {
	where := fmt.Sprintf("%s:%d:%d: row %d", s.name, s.header+before.lines+b.line+1, b.col+1, before.rows+b.row+1)
	if b.col < len(s.frame.Cols) {
		where += fmt.Sprintf(", column %q", s.frame.Cols[b.col].Name)
	}
	return errors.New(where + ": " + b.what)
}

// A hand is what one piece is gathered with.
type hand struct {
	*scan
	out   *groups
	cells [][]byte
	key   []byte
	now   []float64 // values of the group of key
}

// gather groups the rows of one piece. Pieces with quotes go through encoding/csv.
func (s *scan) gather(data []byte) *groups {
	h := &hand{scan: s, out: newGroups(), cells: make([][]byte, s.cells)}
	if bytes.IndexByte(data, 0) >= 0 {
		h.out.bad = &trouble{row: bytes.Count(data[:bytes.IndexByte(data, 0)], []byte{'\n'}), what: "a zero byte: this is not a text file"}
		h.out.bad.line = h.out.bad.row
		return h.out
	}
	if bytes.IndexByte(data, '"') >= 0 {
		h.quoted(data)
	} else {
		h.lines(data)
	}
	return h.out
}

// lines gathers rows without quotes.
func (h *hand) lines(data []byte) {
	comma, last := byte(h.comma), len(h.slot)-1
	for ; len(data) > 0 && h.out.bad == nil; h.out.lines++ {
		line := data
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			line, data = data[:i], data[i+1:]
		} else {
			data = nil
		}
		line = bytes.TrimSuffix(line, []byte{'\r'})
		if len(line) == 0 {
			continue
		}
		fields := 0
		for {
			i := bytes.IndexByte(line, comma)
			cell := line
			if i >= 0 {
				cell, line = line[:i], line[i+1:]
			}
			if fields <= last && h.slot[fields] >= 0 {
				h.cells[h.slot[fields]] = cell
			}
			fields++
			if i < 0 {
				break
			}
		}
		h.row(fields)
	}
}

// quoted gathers rows of which some have quotes.
func (h *hand) quoted(data []byte) {
	c := csv.NewReader(bytes.NewReader(data))
	c.Comma, c.ReuseRecord, c.FieldsPerRecord, c.TrimLeadingSpace = h.comma, true, -1, h.comma != '\t'
	for h.out.bad == nil {
		rec, err := c.Read()
		if errors.Is(err, io.EOF) {
			h.out.lines = bytes.Count(data, []byte{'\n'})
			return
		}
		if err != nil {
			h.out.bad = &trouble{row: h.out.rows, line: h.out.lines, col: len(h.slot), what: "a quote that is not closed, or one inside a field that is not quoted"}
			var pe *csv.ParseError
			if errors.As(err, &pe) {
				h.out.bad.line = pe.Line - 1
			}
			return
		}
		line, _ := c.FieldPos(0)
		h.out.lines = line - 1
		for j, cell := range rec {
			if j < len(h.slot) && h.slot[j] >= 0 {
				h.cells[h.slot[j]] = append(h.cells[h.slot[j]][:0], cell...)
			}
		}
		h.row(len(rec))
	}
}

// row adds one row to its group.
func (h *hand) row(fields int) {
	if fields != len(h.slot) {
		h.out.bad = &trouble{h.out.rows, h.out.lines, min(fields, len(h.slot)), fmt.Sprintf("%d fields where the header has %d", fields, len(h.slot))}
		return
	}
	h.out.rows++
	same, at := h.now != nil, 0
	for i, c := range h.cells {
		c = trim(c)
		if h.cells[i] = c; i >= len(h.g.By) {
			continue
		}
		if missing(c) {
			h.out.except++
			return
		}
		if end := at + len(c); same && end < len(h.key) && h.key[end] == unit && string(h.key[at:end]) == string(c) {
			at = end + 1
		} else {
			same = false
		}
	}
	if !same && !h.begin() {
		return
	}
	h.measure()
}

// begin finds the group of the row.
func (h *hand) begin() bool {
	h.key = h.key[:0]
	for _, c := range h.cells[:len(h.g.By)] {
		if !utf8.Valid(c) || bytes.IndexByte(c, unit) >= 0 {
			h.fail(0, "the text is not UTF-8, or holds a control character; save the file as CSV UTF-8")
			return false
		}
		h.key = append(append(h.key, c...), unit)
	}
	h.now = h.out.at(h.key, h.g.Measures)
	return true
}

func (h *hand) measure() {
	for k := range h.g.Measures {
		m := &h.g.Measures[k]
		if m.How == Rows {
			h.now[k]++
			continue
		}
		c := h.cells[h.column[k]]
		switch {
		case m.How == Equal:
			if string(c) == m.Value {
				h.now[k]++
			}
		case !missing(c):
			x, ok := whole(c)
			if !ok {
				x, ok = parseNumber(string(c), h.comma == ';')
			}
			if !ok || math.IsInf(x, 0) {
				h.fail(h.column[k], fmt.Sprintf("%q is not a finite number", c))
				return
			}
			m.How.join(&h.now[k], x)
		}
	}
}

// fail notes what is wrong with the cell of the row just read.
func (h *hand) fail(cell int, what string) {
	h.out.bad = &trouble{h.out.rows - 1, h.out.lines, slices.Index(h.slot, cell), what}
}

func missing(c []byte) bool {
	switch len(c) {
	case 0:
		return true
	case 2:
		return string(c) == "NA"
	case 3:
		return string(c) == "NaN" || string(c) == "nan"
	}
	return false
}

// trim removes blanks around a cell, quickly where there are none.
func trim(c []byte) []byte {
	if len(c) > 0 && (c[0] <= ' ' || c[len(c)-1] <= ' ') {
		return bytes.TrimSpace(c)
	}
	return c
}

// whole reads up to 15 digits.
func whole(c []byte) (float64, bool) {
	if len(c) == 0 || len(c) > 15 {
		return 0, false
	}
	n := int64(0)
	for _, b := range c {
		if b < '0' || b > '9' {
			return 0, false
		}
		n = 10*n + int64(b-'0')
	}
	return float64(n), true
}
