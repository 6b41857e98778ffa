package entry

import "strconv"

// keypad is the permissive number pad: what cannot continue the number is silently ignored, a result beyond the range shows
// "Too high" instead of the number and is not stored.
type keypad struct {
	serial
	others bool // a keyboard's row: all its other keys arrive too
}

func newKeypad(p Params) Method { return keypad{serial: newSerial(p, "keypad")} }

// newAlphanumeric is the number row of a keyboard: keypad rules.
func newAlphanumeric(p Params) Method {
	return keypad{serial: newSerial(p, "alphanumeric"), others: true}
}

// Press applies a key. Enter is a check here: the screen confirms.
func (k keypad) Press(s State, key string) (State, Answer) {
	switch {
	case !k.has(key) && k.others:
		return s, ignored(strconv.Quote(key) + " is not part of a number")
	case !k.has(key):
		return s, k.lacks(key)
	case key == "clear":
		return cleared(), accepted()
	case key == "cancel" && s.Fault == 0:
		return cleared(), accepted()
	case key == "cancel":
		s.Fault = 0
		return s, accepted()
	case s.Fault != 0 && !(k.duringErr && digit(key)):
		return s, ignored("an error is shown: " + k.says(s.Fault))
	case key == "enter":
		return k.enter(s)
	case key == "backspace":
		return k.backspace(s)
	}
	s.Fault = 0
	return k.typed(before(s, key), s, key)
}

// typed continues from with a digit or point; s is what stays when that cannot be.
func (k keypad) typed(from, s State, key string) (State, Answer) {
	text, v, f := k.extend(from.Text, key)
	switch {
	case f == faultHigh:
		s.Fault, s.Dirty = faultHigh, true
		return s, blocked(tooHigh)
	case f != 0 && f != faultZero:
		return s, ignored(k.says(f))
	}
	return put(from, text, k.behind(from, key, v)), accepted()
}

// enter checks the number: one out of range is refused with an error that waits for cancel.
func (k keypad) enter(s State) (State, Answer) {
	_, ok, why := k.Value(s)
	if ok {
		s.Dirty = true
		return s, accepted()
	}
	s.Fault, s.Dirty = faultRange, true
	return s, blocked(why)
}

// View shows the error instead of the number, as the device does; cancel brings the last valid number back.
func (k keypad) View(s State) View {
	v := k.serial.View(s)
	if s.Fault != 0 {
		v.Text = ""
	}
	return v
}

func digit(key string) bool { return len(key) == 1 && key[0] >= '0' && key[0] <= '9' }
