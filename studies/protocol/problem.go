package protocol

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a study, at its place.
type Problem struct {
	File      string
	Line, Col int
	What      string
}

// String is the problem as file:line:col: what.
func (p Problem) String() string { return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, p.What) }

// Problems are all things wrong with a study, sorted by place.
type Problems []Problem

// Error is one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.String()
	}
	return strings.Join(lines, "\n")
}

func (p Problems) sort() {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
}

// nearest says which of the known words may have been meant, or lists them.
func nearest(word string, known []string) string {
	best, at := max(2, len(word)/3)+1, ""
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < best {
			best, at = d, k
		}
	}
	switch {
	case at != "":
		return fmt.Sprintf(", did you mean %q?", at)
	case len(known) == 0:
		return ""
	case len(known) > 12:
		return fmt.Sprintf(", expected one of %s … (%d in all)", strings.Join(known[:12], ", "), len(known))
	}
	return ", expected one of " + strings.Join(known, ", ")
}

// distance is the number of single-character edits between two words (Levenshtein), 64 for long ones.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 64 || len(y) > 64 {
		return 64
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, c := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, d := range y {
			cost := 1
			if c == d {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(y)]
}
