package entry

import (
	"cmp"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// fivekeyCarry is the method of four arrow keys and clear, with carry: up and dn add and take the weight of the digit under the
// cursor. A step beyond the range shows the range's end and remembers what was there (see up and dn).
type fivekeyCarry struct {
	base
	places int              // decimals below 100 (2), fewer from there on
	least  quantity.Decimal // what a step that falls short shows: 0.1
}

func newFivekeyCarry(p Params) Method {
	f := fivekeyCarry{
		base:   base{name: "fivekey-carry", keys: []string{"up", "dn", "left", "right", "clear"}, min: p.Minimum, max: cmp.Or(p.Maximum, quantity.Int(99999))},
		places: places(p.Decimals, 2),
		least:  cmp.Or(p.Minimum, power(-1)),
	}
	return f
}

// places is the number of decimals a parameter asks for: -1 none, 0 the method's own.
func places(decimals, own int) int {
	switch {
	case decimals < 0:
		return 0
	case decimals == 0:
		return own
	}
	return decimals
}

func (f fivekeyCarry) traits() traits {
	return traits{max: f.max, cursor: true, low: int8(-f.places), high: int8(max(0, exponent(f.max))), memory: true}
}

// decimalsAt is how many decimals a value has room for: two below 100, one below 1000, none from there; a field with more
// places has three below 10 and four below 1.
func (f fivekeyCarry) decimalsAt(v quantity.Decimal) int {
	for d := f.places; d > 0; d-- {
		if v < power(4-d) {
			return d
		}
	}
	return 0
}

// Press applies a key.
func (f fivekeyCarry) Press(s State, key string) (State, Answer) {
	switch key {
	case "up":
		return f.up(s)
	case "dn":
		return f.dn(s)
	case "left":
		return f.move(s, s.Cursor+1, s.Cursor < f.traits().high)
	case "right":
		return f.move(s, s.Cursor-1, int(s.Cursor) > -f.decimalsAt(s.Value))
	case "clear":
		return State{Dirty: true}, accepted()
	}
	return s, f.lacks(key)
}

func (f fivekeyCarry) move(s State, to int8, ok bool) (State, Answer) {
	if !ok {
		return s, ignored("the cursor is at its end")
	}
	s.Cursor, s.Memory, s.Stored = to, 0, false
	s.Dirty, s.Empty = true, false
	return s, accepted()
}

// up adds the cursor's weight. Overflow shows the maximum and remembers the old value; with something remembered, an up that
// fits returns it.
func (f fivekeyCarry) up(s State) (State, Answer) {
	if s.Value == f.max {
		return s, clipped(f.max.String() + " is the maximum")
	}
	r := max(s.Value+power(int(s.Cursor)), f.least)
	r = r.Floor(power(-f.decimalsAt(r)))
	switch {
	case r > f.max:
		if !s.Stored {
			s.Memory, s.Stored = s.Value, true
		}
		return f.set(s, r)
	case s.Stored:
		return f.restore(s)
	}
	if d := -int(s.Cursor); d > 0 && r == power(4-d) {
		s.Cursor++
	}
	return f.set(s, r)
}

// dn takes the cursor's weight away. A step that falls short of the least value shows that and remembers the weight, so that
// the next up does not return to where it came from (9, tens: dn 0.1, up 10).
func (f fivekeyCarry) dn(s State) (State, Answer) {
	v, weight := s.Value, power(int(s.Cursor))
	least := f.leastAt(v, s.Cursor)
	r := v - weight
	switch {
	case v <= least || r == 0:
		s.Memory, s.Stored = 0, false
		if v == 0 {
			return f.set(s, -weight)
		}
		return f.set(s, 0)
	case r >= least && s.Stored:
		return f.restore(s)
	case r >= least:
		return f.set(s, r)
	case s.Stored:
		s.Memory, s.Stored = 0, false
	case s.Cursor >= 0:
		s.Memory, s.Stored = weight, true
	}
	s, _ = f.set(s, least)
	return s, clipped(least.String() + " is the least here")
}

// leastAt is the least value a dn at cursor c shows before 0.
func (f fivekeyCarry) leastAt(v quantity.Decimal, c int8) quantity.Decimal {
	switch {
	case c >= 3 && v >= quantity.One:
		return quantity.One
	case c >= 0 && c < 3, c < 0 && v >= f.least:
		return f.least
	}
	return 0
}

// restore shows the remembered value again.
func (f fivekeyCarry) restore(s State) (State, Answer) {
	v := s.Memory
	s.Memory, s.Stored = 0, false
	return f.set(s, v)
}

// View pads the number with zeros, so that the digit under the cursor exists: 5 is 5.0 with the cursor on tenths, 005 with the
// cursor on hundreds.
func (f fivekeyCarry) View(s State) View {
	if s.Empty {
		return View{}
	}
	text, at := padded(s.Value, int(s.Cursor))
	return View{Text: text, Cursor: at}
}

// padded is v with enough zeros before and behind that the digit of exponent c exists, and that digit's index.
func padded(v quantity.Decimal, c int) (text string, at int) {
	whole, frac, _ := strings.Cut(v.String(), ".")
	frac += strings.Repeat("0", max(0, -c-len(frac)))
	whole = strings.Repeat("0", max(0, c+1-len(whole))) + whole
	text, at = whole, len(whole)-1-c
	if c < 0 {
		at = len(whole) - c
	}
	if frac != "" {
		text += "." + frac
	}
	return text, at
}
