package entry

import (
	"slices"
	"strings"
)

// Needs are the keys without which numbers cannot be entered by the method of that name: a face must have a control for each. A
// slider needs none: it is touched.
func Needs(name string) []string {
	switch name {
	case "keypad", "keypad-blocking", "alphanumeric":
		return strings.Split(digits, "")
	case "chevron", "chevron-fine":
		return []string{"up", "dn", "UP", "DN"}
	case "fivekey-carry", "fivekey-wrap":
		return []string{"up", "dn", "left", "right"}
	case "digitpairs":
		return []string{"up0", "up1", "up2", "up3", "dn0", "dn1", "dn2", "dn3"}
	case "dial":
		return []string{"cw", "ccw"}
	}
	return nil
}

// AllKeys are the keys that any method understands, each once, in the order of the methods.
func AllKeys() []string {
	var out []string
	for _, t := range table {
		for _, k := range t.build(Params{}).Keys() {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}
