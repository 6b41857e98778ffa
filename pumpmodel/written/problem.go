package written

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is where something stands in a file, from 1; zero for what was not read from one.
type Place struct{ Line, Col int }

// Problem is one thing wrong with a file.
type Problem struct {
	File string
	Place
	What string
	Rule string // that is broken; empty where the file cannot be read
}

// String is the problem as file:line:col: what.
func (p Problem) String() string { return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, p.What) }

// Problems are all things wrong with what was read, by file and place.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Sorted are the problems by file and place, each once.
func (ps Problems) Sorted() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return slices.Compact(ps)
}

// Err is the problems as an error; nil if there is none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps.Sorted()
}

// Nearest is the known word closest to word, if it is close enough to be meant; empty if none is.
func Nearest(word string, known []string) string {
	best, at := "", max(2, len(word)/3)+1
	for _, k := range known {
		if d := Distance(strings.ToLower(word), strings.ToLower(k)); d < at && d < max(len(word), len(k)) { // a letter at least is the same
			best, at = k, d
		}
	}
	return best
}

// mostWords is how many words Instead lists.
const mostWords = 12

// Instead is the end of a sentence about a wrong word: the one that may have been meant, or those there are.
func Instead(word string, known []string) string {
	switch n := Nearest(word, known); {
	case n != "":
		return fmt.Sprintf(", did you mean %q?", n)
	case len(known) == 0:
		return ""
	case len(known) > mostWords:
		return fmt.Sprintf(", expected one of %s … (%d in all)", strings.Join(known[:mostWords], ", "), len(known))
	}
	return ", expected one of " + strings.Join(known, ", ")
}

// Distance is the number of single-character edits between two words (Levenshtein); 64 if one is longer than that.
func Distance(a, b string) int {
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
