package entry

import (
	"fmt"
	"strconv"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// traits are what a state of a method consists of, for the notation.
type traits struct {
	max       quantity.Decimal
	cursor    bool
	low, high int8 // range of the cursor's exponent
	memory    bool
	text      bool // the symbols typed matter
}

type described interface{ traits() traits }

func traitsOf(m Method) traits {
	if d, ok := m.(described); ok {
		return d.traits()
	}
	return traits{}
}

// HasCursor reports whether the method's keys act on a digit under a cursor: State.Cursor is its exponent.
func HasCursor(m Method) bool { return traitsOf(m).cursor }

// Parse reads a state in the notation of shared/data/key_vectors.csv: value|c=cursor exponent|m=remembered value, as in 100,
// 9|c=0, 99999|c=1|m=99995. An absent cursor is 0, an absent memory or NA is none. For methods that keep what is typed, the value
// is the text itself ("12."), and an empty one is nothing entered. The state is one in the middle of editing.
func Parse(m Method, text string) (State, error) {
	fail := func(what string, args ...any) (State, error) {
		return State{}, fmt.Errorf("read state %q of %s: %s", text, m.Name(), fmt.Sprintf(what, args...))
	}
	t := traitsOf(m)
	parts := strings.Split(text, "|")
	s := State{Dirty: true, Empty: parts[0] == ""}
	if !s.Empty {
		v, err := quantity.Parse(parts[0])
		if err != nil {
			return fail("%v", err)
		}
		if v < 0 || v > t.max {
			return fail("the value is outside 0 to %s", t.max)
		}
		s.Value = v
		if t.text {
			var ok bool
			if s.Text, ok = typedAs(parts[0]); !ok {
				return fail("it is not what the method's keys type")
			}
		}
	}
	for _, part := range parts[1:] {
		name, value, _ := strings.Cut(part, "=")
		switch {
		case name == "c" && t.cursor:
			n, err := strconv.ParseInt(value, 10, 8)
			if err != nil || int8(n) < t.low || int8(n) > t.high {
				return fail("the cursor %q is not an exponent from %d to %d", value, t.low, t.high)
			}
			s.Cursor = int8(n)
		case name == "m" && value == "NA":
		case name == "m" && t.memory:
			v, err := quantity.Parse(value)
			if err != nil || v < 0 || v > t.max {
				return fail("%q cannot be remembered", value)
			}
			s.Memory, s.Stored = v, true
		default:
			return fail("%q is not part of it; write value|c=exponent|m=remembered as far as the method has them", part)
		}
	}
	return s, nil
}

// Format writes a state in the notation Parse reads. A pending error and a held key are not part of it.
func Format(m Method, s State) string {
	t := traitsOf(m)
	out := s.Value.String()
	switch {
	case s.Empty:
		out = ""
	case t.text:
		out = s.Text.String()
	}
	if t.cursor {
		out += "|c=" + strconv.Itoa(int(s.Cursor))
	}
	if !t.memory {
		return out
	}
	if !s.Stored {
		return out + "|m=NA"
	}
	return out + "|m=" + s.Memory.String()
}

// Types reports whether the method's keys are digits typed from left to right: an empty field is shown empty then.
func Types(m Method) bool { return traitsOf(m).text }
