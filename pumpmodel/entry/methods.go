package entry

import (
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// table is every method there is, in the order of shared/domain/entry-methods.md.
var table = []struct {
	name  string
	build func(Params) Method
}{
	{"keypad", newKeypad},
	{"keypad-blocking", newKeypadBlocking},
	{"chevron", func(p Params) Method {
		return newChevron(p, "chevron", power(-1), quantity.One, quantity.Int(10))
	}},
	{"chevron-fine", func(p Params) Method {
		return newChevron(p, "chevron-fine", power(-2), power(-1), quantity.One, quantity.Int(10))
	}},
	{"fivekey-carry", newFivekeyCarry},
	{"fivekey-wrap", newFivekeyWrap},
	{"digitpairs", newDigitpairs},
	{"dial", newDial},
	{"slider", newSlider},
	{"alphanumeric", newAlphanumeric},
}

// Names are the names of all methods.
func Names() []string {
	out := make([]string, len(table))
	for i, t := range table {
		out[i] = t.name
	}
	return out
}

var (
	flaws   = []string{FlawDigitsDuringError, FlawSilentDecimals, FlawBackspaceTextOnly}
	options = []string{OptionNoTrailingPoint, OptionNoNakedDecimal, OptionUnitsThroughout, OptionDecades}
)

// Options are what Params.Options can name.
func Options() []string { return slices.Clone(options) }

// Flaws are what Params.Flaws can name.
func Flaws() []string { return slices.Clone(flaws) }

// New is the method of that name with parameters p. Unknown names and impossible parameters are errors.
func New(name string, p Params) (Method, error) {
	i := slices.Index(Names(), name)
	if i < 0 {
		return nil, fmt.Errorf("choose entry method %q: unknown; there are %s", name, strings.Join(Names(), ", "))
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("set up entry method %s: %w", name, err)
	}
	return table[i].build(p), nil
}

func (p Params) check() error {
	switch {
	case p.Minimum < 0 || p.Maximum < 0:
		return fmt.Errorf("minimum %s and maximum %s must not be negative", p.Minimum, p.Maximum)
	case p.Maximum > quantity.Int(1_000_000):
		return fmt.Errorf("maximum %s is beyond 1000000", p.Maximum)
	case p.Maximum > 0 && p.Minimum >= p.Maximum:
		return fmt.Errorf("minimum %s is not below maximum %s", p.Minimum, p.Maximum)
	case p.Decimals < -1 || p.Decimals > 4:
		return fmt.Errorf("decimals %d: -1 (none) to 4", p.Decimals)
	case p.Tick < 0 || p.Delay < 0:
		return fmt.Errorf("tick %v and delay %v must be positive", p.Tick, p.Delay)
	case p.Detents != 0 && (p.Detents < 2 || p.Detents > DetentsMax):
		return fmt.Errorf("detents %d: 2 to %d", p.Detents, DetentsMax)
	}
	if _, ok := Rows(p.Layout); p.Layout != "" && !ok {
		return fmt.Errorf("layout %q: unknown; there are %s", p.Layout, strings.Join(Layouts(), ", "))
	}
	for _, f := range p.Flaws {
		if !slices.Contains(flaws, f) {
			return fmt.Errorf("flaw %q: unknown; there are %s", f, strings.Join(flaws, ", "))
		}
	}
	for _, o := range p.Options {
		if !slices.Contains(options, o) {
			return fmt.Errorf("option %q: unknown; there are %s", o, strings.Join(options, ", "))
		}
	}
	return checkSteps(p.Steps)
}
