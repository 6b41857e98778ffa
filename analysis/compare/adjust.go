package compare

import (
	"fmt"
	"slices"
)

// Adjustment is a way to correct p values for their number.
type Adjustment string

// The adjustments, as R's p.adjust names them in lower case.
const (
	Holm       Adjustment = "holm"
	BH         Adjustment = "bh" // false discovery rate, Benjamini & Hochberg 1995
	Bonferroni Adjustment = "bonferroni"
	NoAdjust   Adjustment = "none"
)

// Adjust returns the adjusted p values in the order given.
func Adjust(p []float64, how Adjustment) ([]float64, error) {
	for i, x := range p {
		if !(x >= 0 && x <= 1) {
			return nil, fmt.Errorf("adjust p values: value %d is %g; a p value lies between 0 and 1", i+1, x)
		}
	}
	n := len(p)
	out := slices.Clone(p)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] < p[b]:
			return -1
		case p[a] > p[b]:
			return 1
		}
		return 0
	})
	switch how {
	case NoAdjust:
	case Bonferroni:
		for i := range out {
			out[i] = min(1, float64(n)*p[i])
		}
	case Holm:
		top := 0.0
		for rank, i := range order {
			top = max(top, min(1, float64(n-rank)*p[i]))
			out[i] = top
		}
	case BH:
		low := 1.0
		for rank := n - 1; rank >= 0; rank-- {
			low = min(low, float64(n)/float64(rank+1)*p[order[rank]])
			out[order[rank]] = low
		}
	default:
		return nil, fmt.Errorf("adjust p values: unknown method %q; holm, bh, bonferroni and none are known", how)
	}
	return out, nil
}

// HolmAdjust is Adjust with Holm's method for p values known to be valid; it panics on others.
func HolmAdjust(p []float64) []float64 {
	out, err := Adjust(p, Holm)
	if err != nil {
		panic(err)
	}
	return out
}
