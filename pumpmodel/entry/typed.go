package entry

import "pumplab/pumpmodel/quantity"

// typedMost is how many symbols a number can have as it is typed, wholeMost how many of them before the point.
const (
	typedMost = 15
	wholeMost = 12
)

// Typed are the symbols of a number as they were typed, digits and at most one point: a plain value. The zero value is none.
type Typed struct {
	n  int8
	at [typedMost]byte
}

// typedAs is a text as Typed; false if it is no number without a sign, or too long.
func typedAs(text string) (t Typed, ok bool) {
	t.n = int8(copy(t.at[:], text))
	points := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '.':
			points++
		case c < '0' || c > '9':
			return t, false
		}
	}
	_, frac, _ := t.places()
	return t, len(text) <= typedMost && points <= 1 && frac <= quantity.Places
}

// String is the number as it was typed: "12.", "0.50".
func (t Typed) String() string { return string(t.at[:t.n]) }

// with is t and another symbol behind it, as far as there is room.
func (t Typed) with(symbol byte) Typed {
	if t.n < typedMost {
		t.at[t.n] = symbol
		t.n++
	}
	return t
}

// less is t without its last symbol.
func (t Typed) less() Typed {
	t.n--
	t.at[t.n] = 0
	return t
}

// places are how many symbols stand before the point and behind it; point is false where there is none.
func (t Typed) places() (whole, frac int, point bool) {
	for i, c := range t.at[:t.n] {
		if c == '.' {
			return i, int(t.n) - i - 1, true
		}
	}
	return int(t.n), 0, false
}

// value is the number; 0 for nothing typed, more than any maximum where there are too many digits before the point.
func (t Typed) value() quantity.Decimal {
	whole, frac, _ := t.places()
	if whole > wholeMost {
		return 1<<63 - 1
	}
	var v quantity.Decimal
	for _, c := range t.at[:t.n] {
		if c != '.' {
			v = 10*v + quantity.Decimal(c-'0')
		}
	}
	return v * power(-frac)
}
