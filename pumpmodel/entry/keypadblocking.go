package entry

import "pumplab/pumpmodel/quantity"

// keypadBlocking is the safer number pad: a key that cannot continue a well-formed number in range blocks all further keys and
// says why, until clear.
type keypadBlocking struct{ serial }

func newKeypadBlocking(p Params) Method { return keypadBlocking{newSerial(p, "keypad-blocking")} }

// Press applies a key. Enter is a check here: the screen confirms.
func (k keypadBlocking) Press(s State, key string) (State, Answer) {
	switch {
	case !k.has(key):
		return s, k.lacks(key)
	case key == "clear":
		return cleared(), accepted()
	case s.Fault != 0:
		return s, blocked(k.says(s.Fault) + ": press clear")
	case key == "cancel":
		return cleared(), accepted()
	case key == "backspace":
		return k.backspace(s)
	case key == "enter":
		return k.enter(s)
	}
	from := before(s, key)
	text, v, f := k.extend(from.Text, key)
	if f.excess() && k.silent {
		return s, ignored(k.says(f))
	}
	if f == 0 && k.short(text, v) {
		f = faultLow
	}
	if f != 0 {
		return k.block(s, f)
	}
	return put(from, text, k.behind(from, key, v)), accepted()
}

// short reports whether no continuation of text, which is v, reaches the minimum: 0.0 where two decimals and at least 0.1 are wanted.
func (k keypadBlocking) short(text Typed, v quantity.Decimal) bool {
	_, frac, point := text.places()
	if !point {
		return false
	}
	room := k.decimalsAt(v)
	best := v + power(-frac) - power(-max(room, frac))
	return best < k.min
}

func (k keypadBlocking) enter(s State) (State, Answer) {
	switch f := k.unfit(s); f {
	case 0:
		s.Dirty = true
		return s, accepted()
	case faultNothing:
		return s, blocked(nothingEntered)
	default:
		return k.block(s, f)
	}
}

func (k keypadBlocking) block(s State, f Fault) (State, Answer) {
	s.Fault, s.Dirty = f, true
	return s, blocked(k.says(f))
}
