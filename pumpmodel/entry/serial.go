package entry

import (
	"cmp"
	"slices"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// The known flaws of real keypads: names for Params.Flaws.
const (
	FlawDigitsDuringError = "digits-during-error"    // digits are accepted while an error is pending
	FlawSilentDecimals    = "silent-excess-decimals" // a decimal too many is dropped without a sign
	FlawBackspaceTextOnly = "backspace-text-only"    // backspace changes the text, not the number behind it
	OptionNoTrailingPoint = "no-trailing-point"      // keypad-blocking: "5." cannot be confirmed
	OptionNoNakedDecimal  = "no-naked-decimal"       // keypad-blocking: ".5" must be typed 0.5
	OptionUnitsThroughout = "units-throughout"       // for the face: the unit stands beside the number while it is typed
	OptionDecades         = "decades"                // slider: equal lengths for 0.1 to 1, 1 to 10, …
	digits                = "0123456789"
)

// serial is what all methods share that type digits and a point from left to right.
type serial struct {
	base
	below     bool // the maximum itself is too high: the device's own rule for its 1200
	decimals  int  // -1: by region
	regions   []region
	textOnly  bool
	duringErr bool
	silent    bool
	noNaked   bool
	noTrail   bool
}

func newSerial(p Params, name string) serial {
	k := serial{
		base: base{
			name: name,
			keys: append(strings.Split(digits, ""), ".", "enter", "backspace", "clear", "cancel"),
			min:  cmp.Or(p.Minimum, power(-1)),
			max:  cmp.Or(p.Maximum, quantity.Int(1200)),
		},
		below:     p.Maximum == 0,
		decimals:  -1,
		regions:   regionsOf([]quantity.Decimal{power(-2), power(-1), quantity.One}),
		textOnly:  slices.Contains(p.Flaws, FlawBackspaceTextOnly),
		duringErr: slices.Contains(p.Flaws, FlawDigitsDuringError),
		silent:    slices.Contains(p.Flaws, FlawSilentDecimals),
		noNaked:   slices.Contains(p.Options, OptionNoNakedDecimal),
		noTrail:   slices.Contains(p.Options, OptionNoTrailingPoint),
	}
	if len(p.Steps) > 0 {
		k.regions = regionsOf(p.Steps)
	}
	if p.Decimals != 0 {
		k.decimals = places(p.Decimals, 0)
	}
	return k
}

func (k serial) traits() traits { return traits{max: k.max, text: true} }

// Start begins to edit a field that holds v: the first digit replaces it, backspace shortens it.
func (k serial) Start(v quantity.Decimal, set bool) State {
	s := k.base.Start(v, set)
	if set {
		s.Text, _ = typedAs(v.String())
	}
	return s
}

// decimalsAt is how many decimals a number of this size may have: the device's own rule is two below 10, one below 100, none
// from there.
func (k serial) decimalsAt(v quantity.Decimal) int {
	if k.decimals >= 0 {
		return k.decimals
	}
	n := 0
	for step := regionAt(k.regions, v).small; step%quantity.One != 0; step *= 10 {
		n++
	}
	return n
}

// extend is text continued by a digit or the point, its value, and what is wrong with it. A point that comes first is shown
// behind a zero.
func (k serial) extend(text Typed, key string) (Typed, quantity.Decimal, Fault) {
	v := text.value()
	whole, frac, point := text.places()
	switch {
	case key == "." && point:
		return text, v, faultPoint
	case key == "." && k.decimalsAt(v) == 0:
		return text, v, faultWhole
	case key == "." && whole == 0 && k.noNaked:
		return text, v, faultNaked
	case key == "." && whole == 0:
		return text.with('0').with('.'), 0, 0
	case key == ".":
		return text.with('.'), v, 0
	case point && (frac >= k.decimalsAt(v) || text.n == typedMost):
		return text, v, faultDecimals
	}
	var f Fault
	if text.n == 1 && text.at[0] == '0' {
		text, f = Typed{}, faultZero
	}
	text = text.with(key[0])
	v = text.value()
	if v > k.max || k.below && v == k.max {
		f = faultHigh
	}
	return text, v, f
}

// put is s showing text, with v behind it.
func put(s State, text Typed, v quantity.Decimal) State {
	s.Text, s.Value, s.Empty, s.Dirty = text, v, text.n == 0, true
	return s
}

// cleared is nothing entered.
func cleared() State { return State{Empty: true, Dirty: true} }

// backspace takes the last symbol away.
func (k serial) backspace(s State) (State, Answer) {
	if s.Text.n == 0 {
		return s, ignored("there is nothing to take back")
	}
	text := s.Text.less()
	v := text.value()
	if k.textOnly {
		v = s.Value
	}
	return put(s, text, v), accepted()
}

// behind is the number behind the text after a digit or point. It is the text's own value unless a flawed backspace has parted
// the two: then the number goes on by itself.
func (k serial) behind(s State, key string, v quantity.Decimal) quantity.Decimal {
	if !k.textOnly {
		return v
	}
	switch {
	case s.Text.value() == s.Value:
		return v
	case key == ".":
		return s.Value
	}
	text, _ := typedAs(s.Value.String())
	if _, parted, f := k.extend(text, key); f == 0 || f == faultZero {
		return parted
	}
	return s.Value
}

// before is s as digits meet it: a field that has not been edited yet is replaced by the first digit or point.
func before(s State, key string) State {
	if !s.Dirty && !s.Empty && (key == "." || strings.Contains(digits, key)) {
		return State{Empty: true}
	}
	return s
}

// View shows the text with a caret behind it.
func (k serial) View(s State) View {
	v := View{Text: s.Text.String(), Cursor: int(s.Text.n), Error: k.says(s.Fault)}
	if s.Fault != 0 || !s.Dirty && !s.Empty {
		v.Cursor = -1
	}
	return v
}

// Value is the number typed; it cannot be confirmed while an error is pending, nothing is entered or it is out of range.
func (k serial) Value(s State) (v quantity.Decimal, ok bool, why string) {
	f := k.unfit(s)
	if f == faultNothing {
		return 0, false, nothingEntered
	}
	return s.Value, f == 0, k.says(f)
}

// unfit is why the number typed cannot be confirmed; 0 if it can.
func (k serial) unfit(s State) Fault {
	switch {
	case s.Fault != 0:
		return s.Fault
	case s.Empty:
		return faultNothing
	case s.Value < k.min:
		return faultLow
	case s.Value > k.max || k.below && s.Value == k.max:
		return faultRange
	case k.noTrail && s.Text.at[max(s.Text.n-1, 0)] == '.':
		return faultTrailing
	}
	return 0
}
