package quantity

import "math/bits"

// Relation is what a dose unit and a concentration make of a dose: rate = dose × basis × num ÷ den, in integers small enough for
// 64 bits. Its two functions give what RateOf and DoseOf, rounded on the scale, give; ok is false where 128 bits do not suffice or
// the scale refuses the result: then those have to be asked.
type Relation struct {
	num, den uint64
	per      bool // the unit is per kg or m²
}

// RelationOf is the relation of a unit and a concentration; ok is false where there is none in 64 bits.
func RelationOf(u DoseUnit, c Concentration) (r Relation, ok bool) {
	k, err := u.scale(One, c)
	if err != nil || k.Sign() <= 0 || !k.Num().IsUint64() || !k.Denom().IsUint64() {
		return Relation{}, false
	}
	return Relation{num: k.Num().Uint64(), den: k.Denom().Uint64(), per: u.Per != ""}, true
}

// Rate is the rate in mL/h that gives the dose, on the scale s. Basis is in kg or m², read only where the unit asks for it.
func (r Relation) Rate(dose, basis Decimal, s Scale) (Decimal, bool) {
	by, den, ok := r.basis(basis, r.den)
	if !ok || dose < 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(dose), by)
	if hi, lo, ok = times(hi, lo, r.num); !ok {
		return 0, false
	}
	return s.quotient(hi, lo, den)
}

// Dose is the dose that a rate in mL/h gives, on the scale s: the inverse of Rate.
func (r Relation) Dose(rate, basis Decimal, s Scale) (Decimal, bool) {
	by, den, ok := r.basis(basis, r.den)
	over, under := bits.Mul64(by, r.num)
	if !ok || rate < 0 || over > 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(rate), den)
	return s.quotient(hi, lo, under)
}

// basis is what the relation multiplies with: a basis in millionths, and so a million in the denominator; or one.
func (r Relation) basis(basis Decimal, den uint64) (by, under uint64, ok bool) {
	if !r.per {
		return 1, den, den > 0
	}
	hi, under := bits.Mul64(den, uint64(One))
	return uint64(basis), under, hi == 0 && basis > 0 && den > 0
}

func times(hi, lo, by uint64) (h, l uint64, ok bool) {
	over, h := bits.Mul64(hi, by)
	carry, l := bits.Mul64(lo, by)
	h, c := bits.Add64(h, carry, 0)
	return h, l, over == 0 && c == 0
}

// Product is a × b ÷ den on the scale, rounded as by Round; ok is false where Round must be asked.
func (s Scale) Product(a, b Decimal, den int64) (Decimal, bool) {
	if a < 0 || b < 0 || den <= 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return s.quotient(hi, lo, uint64(den))
}

// quotient is a 128-bit number of millionths ÷ den, rounded as by Round.
func (s Scale) quotient(hi, lo, den uint64) (Decimal, bool) {
	for _, b := range s.Bands {
		if v, ok := roundQuotient(hi, lo, den, b.Step); !ok || v <= b.To {
			return v, ok && v >= s.Min
		}
	}
	return 0, false
}

// roundQuotient is (hi, lo) ÷ den millionths, half up at a step: floor((2n + step·den) ÷ (2·step·den)) steps.
func roundQuotient(hi, lo, den uint64, step Decimal) (Decimal, bool) {
	over, half := bits.Mul64(den, uint64(step))
	if over > 0 || half > 1<<62 || hi >= 1<<62 || half == 0 {
		return 0, false
	}
	hi, lo = hi<<1|lo>>63, lo<<1
	lo, carry := bits.Add64(lo, half, 0)
	hi += carry
	if hi >= 2*half {
		return 0, false
	}
	q, _ := bits.Div64(hi, lo, 2*half)
	if most, _ := bits.Mul64(q, uint64(step)); most > 0 || q*uint64(step) > 1<<62 {
		return 0, false
	}
	return Decimal(q) * step, true
}

// Quotient is a × by ÷ b, half up at a step; ok is false where 128 bits do not suffice or b is not positive.
func Quotient(a Decimal, by uint64, b, step Decimal) (Decimal, bool) {
	if a < 0 || b <= 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(a), by)
	return roundQuotient(hi, lo, uint64(b), step)
}
