package entry

import (
	"cmp"

	"pumplab/pumpmodel/quantity"
)

// digitpairs is the method of one up/down pair above and below each of four columns, without a cursor.
type digitpairs struct{ base }

func newDigitpairs(p Params) Method {
	return digitpairs{base{
		name: "digitpairs",
		keys: []string{"up0", "up1", "up2", "up3", "dn0", "dn1", "dn2", "dn3"},
		min:  p.Minimum, max: cmp.Or(p.Maximum, quantity.Int(9999)),
	}}
}

// Press adds or takes the column's weight: 0.1, 1, 10, 100 while the value is at most 999, ten times that above.
func (d digitpairs) Press(s State, key string) (State, Answer) {
	if !d.has(key) {
		return s, d.lacks(key)
	}
	top := quantity.Int(999)
	column := int(key[2] - '0')
	weight := power(column - 1)
	if s.Value > top {
		weight = power(column)
	}
	if key[:2] == "dn" {
		if s.Value < weight {
			return s, ignored("that would go below 0")
		}
		return d.set(s, s.Value-weight)
	}
	r := s.Value + weight
	if r > top {
		r = r.Floor(quantity.One)
	}
	if r == s.Value {
		return s, ignored("there are no tenths above " + top.String())
	}
	return d.set(s, r)
}
