package entry

import (
	"strings"

	"pumplab/pumpmodel/quantity"
)

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
	case s.Fault != "":
		return s, blocked(s.Fault + ": press clear")
	case key == "cancel":
		return cleared(), accepted()
	case key == "backspace":
		return k.backspace(s)
	case key == "enter":
		return k.enter(s)
	}
	from := before(s, key)
	text, v, f := k.extend(from.Text, key)
	if f.excess && k.silent {
		return s, ignored(f.what)
	}
	if f.what == "" && k.short(text) {
		f.what = outOfRange + ": at least " + k.min.String()
	}
	if f.what != "" {
		return block(s, f.what)
	}
	return put(from, text, k.behind(from, key, v)), accepted()
}

// short reports whether no continuation of text reaches the minimum: 0.0 where two decimals and at least 0.1 are wanted.
func (k keypadBlocking) short(text string) bool {
	_, frac, point := strings.Cut(text, ".")
	if !point {
		return false
	}
	v, _ := quantity.Parse(text)
	room := k.decimalsAt(v)
	best := v + power(-len(frac)) - power(-max(room, len(frac)))
	return best < k.min
}

func (k keypadBlocking) enter(s State) (State, Answer) {
	_, ok, why := k.Value(s)
	switch {
	case ok:
		s.Dirty = true
		return s, accepted()
	case s.Empty:
		return s, blocked(why)
	}
	return block(s, why)
}

func block(s State, why string) (State, Answer) {
	s.Fault, s.Dirty = why, true
	return s, blocked(why)
}
