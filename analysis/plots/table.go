package plots

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
)

var (
	_ Chart = Forest{}
	_ Chart = Stack{}
	_ Chart = Bars{}
	_ Chart = Lines{}
	_ Chart = Boxes{}
	_ Chart = Control{}
	_ Chart = Flow{}
)

// sheet gathers lines of a CSV file.
type sheet struct{ lines [][]string }

func (s *sheet) add(cells ...any) {
	line := make([]string, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case string:
			line[i] = c
		case int:
			line[i] = strconv.Itoa(c)
		case float64:
			if !math.IsNaN(c) && !math.IsInf(c, 0) { // else the cell is empty: missing
				line[i] = strconv.FormatFloat(c, 'g', -1, 64)
			}
		}
	}
	s.lines = append(s.lines, line)
}

func (s *sheet) bytes() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(s.lines) // a buffer takes everything
	return b.Bytes()
}

// CSV is one line an estimate, then one line a single observation.
func (f Forest) CSV() []byte {
	var s sheet
	s.add("group", "label", "estimate", "low", "high", "observation")
	group := ""
	for _, r := range f.Rows {
		if r.Gap {
			continue
		}
		if r.Group != "" {
			group = r.Group
		}
		s.add(group, r.Label, r.Value, r.Low, r.High, "")
		for _, p := range r.Points {
			s.add(group, r.Label, "", "", "", p)
		}
	}
	return s.bytes()
}

// CSV is one line a row and part.
func (s Stack) CSV() []byte {
	var out sheet
	out.add("row", "part", "share")
	for i, r := range s.Rows {
		for j, p := range s.Parts {
			out.add(r, p, s.Shares[i][j])
		}
	}
	return out.bytes()
}
