package report

import (
	"fmt"
	"slices"
	"strings"
)

// fewPairs are as many pairs of designs as a table or a figure shows; of more, the ones with the design that did best.
const fewPairs = 15

// leader is the design with the lowest rate of the main measure, which the others are shown against where pairs are many.
func (r *Results) leader() string { return r.ranked()[0].Design }

func (r *Results) shownPairs(all []Pair) []Pair {
	if len(all) <= fewPairs {
		return all
	}
	best := r.leader()
	return slices.DeleteFunc(slices.Clone(all), func(p Pair) bool { return p.First != best && p.Second != best })
}

func (r *Results) shownRatios(all []Contrast) []Contrast {
	if len(all) <= fewPairs {
		return all
	}
	best := r.leader()
	return slices.DeleteFunc(slices.Clone(all), func(c Contrast) bool {
		return !strings.HasPrefix(c.Name, best+" - ") && !strings.HasSuffix(c.Name, " - "+best)
	})
}

func (r *Results) shownLoads(all []LoadPair) []LoadPair {
	if len(all) <= fewPairs {
		return all
	}
	best := r.leader()
	return slices.DeleteFunc(slices.Clone(all), func(p LoadPair) bool { return p.First != best && p.Second != best })
}

// leftOut says that pairs are left out, as notes of a table; nothing if all are shown.
func (r *Results) leftOut(all int) []string {
	if all <= fewPairs {
		return nil
	}
	return []string{fmt.Sprintf("Only the pairs with %s are shown, the design that did best; all %d are in results.json and adjusted for.", r.leader(), r.Totals.Pairs)}
}
