package frame

import (
	"math"
	"slices"
)

// MissingCode is a number that other programs write where nothing was measured, found in a column where it stands out.
type MissingCode struct {
	Value float64
	Count int // rows
}

// MissingCodes returns, by value, the codes -9, ±99, ±999, ±9999 and ±99999 of a column of numbers that look as if they meant missing: a
// negative one where no other value is negative, or any that is farther from the other values than these are from each other. They are
// still numbers to everything else; only their owner knows.
func (c *Column) MissingCodes() []MissingCode {
	if c.Kind != Number {
		return nil
	}
	low, high := math.Inf(1), math.Inf(-1)
	count := map[float64]int{}
	for _, x := range c.Num {
		switch {
		case math.IsNaN(x):
		case isMissingCode(x):
			count[x]++
		default:
			low, high = min(low, x), max(high, x)
		}
	}
	var found []MissingCode
	for x, n := range count {
		alone := x < 0 && low >= 0 || max(low-x, x-high) > high-low && high > low
		if alone && low <= high {
			found = append(found, MissingCode{x, n})
		}
	}
	slices.SortFunc(found, func(a, b MissingCode) int { return int(a.Value) - int(b.Value) })
	return found
}

func isMissingCode(x float64) bool {
	switch x {
	case -9, -99, 99, -999, 999, -9999, 9999, -99999, 99999:
		return true
	}
	return false
}
