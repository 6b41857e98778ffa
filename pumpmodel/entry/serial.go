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
		s.Text = v.String()
	}
	return s
}

// decimalsAt is how many decimals a number of this size may have: the device's own rule is two below 10, one below 100, none
// from there.
func (k serial) decimalsAt(v quantity.Decimal) int {
	if k.decimals >= 0 {
		return k.decimals
	}
	_, frac, _ := strings.Cut(regionAt(k.regions, v).small.String(), ".")
	return len(frac)
}

// fault is why a key cannot continue a number.
type fault struct {
	what   string // for the person; empty is no fault
	excess bool   // a decimal or a point too many
	high   bool   // the result is beyond the maximum
	zero   bool   // a digit after a leading zero
}

// extend is text continued by a digit or the point, its value, and what is wrong with it. A point that comes first is shown
// behind a zero.
func (k serial) extend(text, key string) (string, quantity.Decimal, fault) {
	v := number(text)
	whole, frac, point := strings.Cut(text, ".")
	switch {
	case key == "." && point:
		return text, v, fault{what: "there is a point already", excess: true}
	case key == "." && k.decimalsAt(v) == 0:
		return text, v, fault{what: "no decimals here", excess: true}
	case key == "." && whole == "" && k.noNaked:
		return text, v, fault{what: "a number below 1 begins with 0"}
	case key == "." && whole == "":
		return "0.", 0, fault{}
	case key == ".":
		return text + key, v, fault{}
	case point && len(frac) >= k.decimalsAt(v):
		return text, v, fault{what: "too many decimals", excess: true}
	}
	f := fault{}
	if text == "0" {
		f = fault{what: "a number does not begin with 0 and another digit", zero: true}
		text = ""
	}
	text = joined(text, key)
	v = number(text)
	if v > k.max || k.below && v == k.max {
		f = fault{what: tooHigh, high: true}
	}
	return text, v, f
}

// number is the value of what is typed, which begins with a digit; 0 for nothing.
func number(text string) quantity.Decimal {
	if text == "" {
		return 0
	}
	v, _ := quantity.Parse(text)
	return v
}

// tens are the numbers of two digits as they are typed.
var tens = func() (all [100]string) {
	for i := range all {
		all[i] = string([]byte{'0' + byte(i/10), '0' + byte(i%10)})
	}
	return all
}()

// joined is text with a digit behind it; of a second digit it needs no memory.
func joined(text, key string) string {
	if digit(text) && digit(key) {
		return tens[10*(text[0]-'0')+key[0]-'0']
	}
	return text + key
}

// put is s showing text, with v behind it.
func put(s State, text string, v quantity.Decimal) State {
	s.Text, s.Value, s.Empty, s.Dirty = text, v, text == "", true
	return s
}

// cleared is nothing entered.
func cleared() State { return State{Empty: true, Dirty: true} }

// backspace takes the last symbol away.
func (k serial) backspace(s State) (State, Answer) {
	if s.Text == "" {
		return s, ignored("there is nothing to take back")
	}
	text := s.Text[:len(s.Text)-1]
	v := number(text)
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
	case number(s.Text) == s.Value:
		return v
	case key == ".":
		return s.Value
	}
	if _, parted, f := k.extend(s.Value.String(), key); f.what == "" || f.zero {
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
	v := View{Text: s.Text, Cursor: len(s.Text), Error: s.Fault}
	if s.Fault != "" || !s.Dirty && !s.Empty {
		v.Cursor = -1
	}
	return v
}

// Value is the number typed; it cannot be confirmed while an error is pending, nothing is entered or it is out of range.
func (k serial) Value(s State) (v quantity.Decimal, ok bool, why string) {
	switch {
	case s.Fault != "":
		return s.Value, false, s.Fault
	case s.Empty:
		return 0, false, nothingEntered
	case s.Value < k.min:
		return s.Value, false, outOfRange + ": at least " + k.min.String()
	case s.Value > k.max || k.below && s.Value == k.max:
		return s.Value, false, outOfRange
	case k.noTrail && strings.HasSuffix(s.Text, "."):
		return s.Value, false, "a number does not end with a point"
	}
	return s.Value, true, ""
}
