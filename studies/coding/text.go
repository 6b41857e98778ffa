package coding

import (
	"slices"

	"pumplab/pumpmodel/entry"
)

// Distance is the Damerau–Levenshtein distance of two texts: the least number of insertions, deletions, substitutions and
// swaps of neighbours that make one of the other. It is the unrestricted one, a metric (Lowrance and Wagner 1975).
func Distance(a, b string) int {
	la, lb := len(a), len(b)
	far := la + lb
	d := make([][]int, la+2)
	for i := range d {
		d[i] = make([]int, lb+2)
	}
	d[0][0] = far
	for i := 0; i <= la; i++ {
		d[i+1][0], d[i+1][1] = far, i
	}
	for j := 0; j <= lb; j++ {
		d[0][j+1], d[1][j+1] = far, j
	}
	var lastRow [256]int // of each symbol of b in a
	for i := 1; i <= la; i++ {
		lastColumn := 0
		for j := 1; j <= lb; j++ {
			row, column, cost := lastRow[b[j-1]], lastColumn, 1
			if a[i-1] == b[j-1] {
				cost, lastColumn = 0, j
			}
			d[i+1][j+1] = min(d[i][j]+cost, d[i+1][j]+1, d[i][j+1]+1, d[row][column]+(i-row-1)+1+(j-column-1))
		}
		lastRow[a[i-1]] = i
	}
	return d[la+1][lb+1]
}

func isZero(s string, i int) bool { return s[i] == '0' }
func isAny(string, int) bool      { return true }
func isRepeated(s string, i int) bool {
	return i > 0 && s[i] == s[i-1] || i+1 < len(s) && s[i] == s[i+1]
}

// oneMore reports whether long is short with one more symbol, at a place that fits.
func oneMore(long, short string, fits func(string, int) bool) bool {
	if len(long) != len(short)+1 {
		return false
	}
	for i := range len(long) {
		if long[:i]+long[i+1:] == short && fits(long, i) {
			return true
		}
	}
	return false
}

// swapped reports whether the texts differ by one swap of neighbours.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// substituted is the pair of symbols in which two texts of one length differ, if it is only one.
func substituted(a, b string) (x, y byte, ok bool) {
	if len(a) != len(b) {
		return 0, 0, false
	}
	for i := range len(a) {
		if a[i] == b[i] {
			continue
		}
		if ok {
			return 0, 0, false
		}
		x, y, ok = a[i], b[i], true
	}
	return x, y, ok
}

// Layout is where the digits of a keypad are: a name of entry.Layouts. Any other has no neighbours.
type Layout string

// The two layouts of pumps; the point stands left of the 0.
const (
	Telephone  Layout = "telephone"
	Calculator Layout = "calculator"
)

// Neighbours reports whether two keys stand beside, above or below each other.
func (l Layout) Neighbours(a, b byte) bool {
	return slices.Contains(entry.Neighbours(string(l), string(a)), string(b))
}
