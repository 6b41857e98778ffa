package entry

import (
	"cmp"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// fivekeyWrap is the method of four arrow keys and clear over independent digits: 9 is followed by 0 without carry, and the cursor
// wraps. All its digits are always shown.
type fivekeyWrap struct {
	base
	low, high int8 // exponents of the last and the first digit
}

func newFivekeyWrap(p Params) Method {
	f := fivekeyWrap{
		base: base{name: "fivekey-wrap", keys: []string{"up", "dn", "left", "right", "clear"}, min: p.Minimum, max: cmp.Or(p.Maximum, quantity.MustParse("99.99"))},
		low:  int8(-places(p.Decimals, 2)),
	}
	f.high = int8(max(0, exponent(f.max)))
	return f
}

func (f fivekeyWrap) traits() traits {
	return traits{max: f.max, cursor: true, low: f.low, high: f.high}
}

// Press applies a key.
func (f fivekeyWrap) Press(s State, key string) (State, Answer) {
	switch key {
	case "up", "dn":
		return f.turn(s, key == "up")
	case "left":
		s.Cursor++
		if s.Cursor > f.high {
			s.Cursor = f.low
		}
	case "right":
		s.Cursor--
		if s.Cursor < f.low {
			s.Cursor = f.high
		}
	case "clear":
		s.Value, s.Cursor = 0, 0
	default:
		return s, f.lacks(key)
	}
	s.Dirty, s.Empty = true, false
	return s, accepted()
}

// turn changes the digit under the cursor alone.
func (f fivekeyWrap) turn(s State, up bool) (State, Answer) {
	weight := power(int(s.Cursor))
	digit := s.Value / weight % 10
	to := (digit + 9) % 10
	if up {
		to = (digit + 1) % 10
	}
	v := s.Value + (to-digit)*weight
	if v > f.max {
		return s, ignored(v.String() + " is above the maximum " + f.max.String())
	}
	return f.set(s, v)
}

// View shows every digit: 9 is 09.00.
func (f fivekeyWrap) View(s State) View {
	if s.Empty {
		return View{}
	}
	whole, frac, _ := strings.Cut(s.Value.String(), ".")
	frac += strings.Repeat("0", max(0, int(-f.low)-len(frac)))
	whole = strings.Repeat("0", max(0, int(f.high)+1-len(whole))) + whole
	v := View{Text: whole, Cursor: len(whole) - 1 - int(s.Cursor)}
	if frac != "" {
		v.Text += "." + frac
	}
	if s.Cursor < 0 {
		v.Cursor = len(whole) - int(s.Cursor)
	}
	return v
}
