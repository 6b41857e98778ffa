package entry

import (
	"slices"
	"strings"
)

// awayFromZero ends the name of a layout whose point does not stand beside the 0.
const awayFromZero = "-point-away"

// Layouts are the names of the keypad layouts for Params.Layout.
func Layouts() []string {
	return []string{"telephone", "calculator", "telephone" + awayFromZero, "calculator" + awayFromZero, "row"}
}

// Rows are the keys of a layout, top to bottom and left to right; an empty string is a gap. Telephone has 1 2 3 on top,
// calculator 7 8 9; row is a keyboard's, its point two rows below; the point stands left of the 0, or away from it beside the top row. ok is false for an unknown name.
func Rows(layout string) (rows [][]string, ok bool) {
	if !slices.Contains(Layouts(), layout) {
		return nil, false
	}
	plain, away := strings.CutSuffix(layout, awayFromZero)
	switch plain {
	case "telephone":
		rows = [][]string{{"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}}
	case "calculator":
		rows = [][]string{{"7", "8", "9"}, {"4", "5", "6"}, {"1", "2", "3"}}
	default:
		return [][]string{{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"}, nil, {"", "", "", "", "", "", "", "", "."}}, true
	}
	if away {
		rows[0] = append(rows[0], ".")
		return append(rows, []string{"", "0"}), true
	}
	return append(rows, []string{".", "0"}), true
}

// Neighbours are the keys beside, above or below key on a layout, sorted: where a finger that slips lands. None for a key or a
// layout that is not known.
func Neighbours(layout, key string) []string {
	rows, _ := Rows(layout)
	at := func(r, c int) string {
		if r < 0 || r >= len(rows) || c < 0 || c >= len(rows[r]) {
			return ""
		}
		return rows[r][c]
	}
	var out []string
	for r := range rows {
		for c := range rows[r] {
			if rows[r][c] != key || key == "" {
				continue
			}
			for _, k := range []string{at(r-1, c), at(r+1, c), at(r, c-1), at(r, c+1)} {
				if k != "" {
					out = append(out, k)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}
