package entry

import (
	"errors"

	"pumplab/pumpmodel/quantity"
)

// region is a stretch of values with its own steps: those below its end (0: no end) and in no earlier region.
type region struct{ end, small, large quantity.Decimal }

// regionsOf turns ascending small steps into regions: step s holds below 1000·s, its large step is 10·s, the last has no end.
// So 0.1, 1, 10 are the three regions of the chevron: below 100, below 1000, and from there.
func regionsOf(steps []quantity.Decimal) []region {
	out := make([]region, len(steps))
	for i, s := range steps {
		out[i] = region{end: 1000 * s, small: s, large: 10 * s}
	}
	out[len(out)-1].end = 0
	return out
}

// regionAt is the region a value lies in.
func regionAt(rs []region, v quantity.Decimal) region {
	for _, r := range rs {
		if r.end == 0 || v < r.end {
			return r
		}
	}
	return rs[len(rs)-1]
}

// next is the multiple of step after v (up) or before it; a value between two multiples goes to the nearer one in that direction.
func next(v, step quantity.Decimal, up bool) quantity.Decimal {
	if up {
		return v.Floor(step) + step
	}
	return v.Ceil(step) - step
}

func checkSteps(steps []quantity.Decimal) error {
	for i, s := range steps {
		if s <= 0 || s > quantity.Int(1_000_000) || i > 0 && s <= steps[i-1] {
			return errors.New("steps must be positive and ascending")
		}
	}
	return nil
}
