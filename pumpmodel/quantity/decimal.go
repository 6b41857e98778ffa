// Package quantity provides the numbers of a pump: fixed-point decimals, units, exact conversions, and the one rounding.
//
// No float is used: a*b+c in float64 is fused on some processors and not on others, so a float state could replay
// differently on another machine. A Decimal counts millionths. Conversions are exact rationals (math/big), rounded once, half
// up, at the pump's own step.
package quantity

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Decimal is a number in millionths: 15.4 is 15_400_000. It spans ±9.2e12 with six decimals.
type Decimal int64

// One is the Decimal 1.
const One Decimal = 1_000_000

// Places is how many decimals a Decimal can hold.
const Places = 6

// Int is the Decimal of a whole number.
func Int(n int64) Decimal { return Decimal(n) * One }

// Parse reads a decimal number: digits with at most one point and at most six decimals, an optional sign. No exponent, no
// grouping. Zeros may lead or trail.
func Parse(s string) (Decimal, error) {
	text := s
	neg := strings.HasPrefix(text, "-")
	text = strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+")
	whole, frac, _ := strings.Cut(text, ".")
	if whole == "" && frac == "" {
		return 0, fmt.Errorf("read number %q: no digits", s)
	}
	if len(strings.TrimRight(frac, "0")) > Places {
		return 0, fmt.Errorf("read number %q: more than %d decimals", s, Places)
	}
	if len(frac) > Places {
		frac = frac[:Places]
	}
	if strings.Contains(s, ",") {
		return 0, fmt.Errorf("read number %q: %s", s, noComma)
	}
	var v Decimal
	for _, digits := range [...]string{whole, frac, "000000"[len(frac):]} {
		for _, c := range digits {
			if c < '0' || c > '9' {
				return 0, fmt.Errorf("read number %q: %q is not a digit", s, c)
			}
			if v > (1<<63-1-9)/10 {
				return 0, fmt.Errorf("read number %q: too large", s)
			}
			v = v*10 + Decimal(c-'0')
		}
	}
	if neg {
		v = -v
	}
	return v, nil
}

// noComma is told where a number has a comma: 7,5 and 25,000 cannot be told apart.
const noComma = "the decimal sign is a point, and thousands stand without a sign"

// MustParse is Parse for literals in code and tests; it panics on a bad one.
func MustParse(s string) Decimal {
	v, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return v
}

// String is the number with a leading zero always and trailing zeros never: 0.5, 100, -1.25.
func (d Decimal) String() string {
	whole, frac := uint64(d)/uint64(One), uint64(d)%uint64(One)
	if d < 0 {
		whole, frac = -uint64(d)/uint64(One), -uint64(d)%uint64(One)
	} else if frac == 0 {
		return strconv.FormatUint(whole, 10) // small ones come from a table
	}
	var room [32]byte
	b := room[:0]
	if d < 0 {
		b = append(b, '-')
	}
	b = strconv.AppendUint(b, whole, 10)
	if frac != 0 {
		b = append(b, '.')
		for unit := uint64(One) / 10; frac != 0; unit /= 10 {
			b = append(b, byte('0'+frac/unit))
			frac %= unit
		}
	}
	return string(b)
}

// Fixed is the number with exactly places decimals (0 to 6), rounded half up.
func (d Decimal) Fixed(places int) string {
	step := Decimal(1)
	for range Places - places {
		step *= 10
	}
	r := Round(d.Rat(), step)
	out := r.String()
	if places == 0 {
		return out
	}
	whole, frac, _ := strings.Cut(out, ".")
	return whole + "." + frac + strings.Repeat("0", places-len(frac))
}

// Rat is the exact rational value.
func (d Decimal) Rat() *big.Rat { return big.NewRat(int64(d), int64(One)) }

// Round is the multiple of step nearest to x, halves away from zero towards plus infinity (half up), as a Decimal. Step is
// positive. A value beyond the range of Decimal panics: callers bound their quantities first.
func Round(x *big.Rat, step Decimal) Decimal {
	if v, ok := roundSmall(x, step); ok {
		return v
	}
	// floor(x/step + 1/2) * step
	q := new(big.Rat).Quo(x, step.Rat())
	q.Add(q, big.NewRat(1, 2))
	n := new(big.Int).Div(q.Num(), q.Denom()) // Euclidean: the floor, as Denom is positive
	n.Mul(n, big.NewInt(int64(step)))
	if !n.IsInt64() {
		panic("quantity: " + x.FloatString(3) + " is beyond the range of Decimal")
	}
	return Decimal(n.Int64())
}

// roundSmall is Round where 64 bits are enough, as they are for nearly every number of a pump: floor((2x + step) ÷ 2step) steps.
func roundSmall(x *big.Rat, step Decimal) (Decimal, bool) {
	n, d := x.Num(), x.Denom()
	if !n.IsInt64() || !d.IsInt64() {
		return 0, false
	}
	num, den := n.Int64(), d.Int64()
	if num < 0 || num > 4_000_000_000_000 || den > 1_000_000_000_000/int64(step) { // 2·10⁶·num + den·step stays below 2⁶³
		return 0, false
	}
	unit := den * int64(step)
	return Decimal((2*int64(One)*num+unit)/(2*unit)) * step, true
}

// Floor and Ceil are the whole multiples of step at or below, at or above d. Step is positive.
func (d Decimal) Floor(step Decimal) Decimal {
	r := d % step
	if r < 0 {
		r += step
	}
	return d - r
}

// Ceil is the least multiple of step at or above d.
func (d Decimal) Ceil(step Decimal) Decimal { return -(-d).Floor(step) }
