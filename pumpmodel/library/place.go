package library

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is where something stands in the file, from 1; zero for a library that was not read from one.
type Place struct{ Line, Col int }

// Problem is one thing wrong with a library file.
type Problem struct {
	File string
	Place
	What string
}

// String is the problem as file:line:col: what.
func (p Problem) String() string { return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, p.What) }

// ReadError are all problems of a file, by place.
type ReadError struct{ Problems []Problem }

// Error lists the problems, one a line.
func (e *ReadError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func sortProblems(ps []Problem) []Problem {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return slices.Compact(ps)
}

// nearest is the known word closest to word, if it is close enough to be meant; empty if none is.
func nearest(word string, known []string) string {
	best, at := "", max(2, len(word)/3)+1
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < at {
			best, at = k, d
		}
	}
	return best
}

// instead is the sentence that helps after a wrong word.
func instead(word string, known []string) string {
	if n := nearest(word, known); n != "" {
		return fmt.Sprintf("; did you mean %q?", n)
	}
	return "; known are " + strings.Join(known, ", ")
}

// distance is the number of single-character edits between two words (Levenshtein).
func distance(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	if len(ra) > 64 || len(rb) > 64 {
		return 64
	}
	row := make([]int, len(rb)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range ra {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range rb {
			cost := 1
			if x == y {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(rb)]
}
