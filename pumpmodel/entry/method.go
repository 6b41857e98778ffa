// Package entry provides the number-entry methods of pump interfaces: each a pure component that turns keys into a value.
//
// A Method is parameterised once (minimum, maximum, decimals, steps, flaws) and then only maps a State and a key to the next
// State and an Answer. Behaviour follows published models of real devices, asymmetries included.
package entry

import (
	"time"

	"pumplab/pumpmodel/quantity"
)

// State is one number being entered, with all an entry method remembers. It is a plain value.
type State struct {
	Value  quantity.Decimal      // the number as the pump understands it now
	Memory quantity.Decimal      // a remembered value (fivekey-carry, slider)
	Next   time.Duration         // until the next repeat tick while Held
	Turns  [DetentsMax - 1]int32 // how long, in ns, each of the latest detents still counts as within the last second (dial)
	Text   Typed                 // what is typed, for methods that keep text; none for methods that show Value
	Cursor int8                  // exponent of the digit the keys act on, for methods with a cursor
	Stored bool                  // Memory holds something
	Held   Held                  // the key that is down and repeats
	Count  int8                  // countdown to acceleration while held
	Factor int8                  // 0 single step, 1 tenfold
	Fault  Fault                 // why the entry is blocked or in error
	Dirty  bool                  // a key was accepted since Start
	Empty  bool                  // nothing is entered: the field shows no number and none can be confirmed
}

// Blank reports that there is no number other than 0, and no symbol of one.
func (s State) Blank() bool { return s.Value == 0 && s.Text == (Typed{}) }

// DetentsMax is the largest Params.Detents.
const DetentsMax = 5

// Answer is what a key came to.
type Answer struct {
	Kind string // accepted, ignored, blocked, clipped: the values of pumpmodel.Answer
	Why  string // for all but accepted: a short sentence
}

// View is what the field shows.
type View struct {
	Text   string // the symbols; empty while nothing is entered
	Cursor int    // index into Text of the symbol under the cursor; -1 none; len(Text) a caret after the last symbol
	Error  string // why keys are blocked or the value is refused now; empty if fine
}

// Method is one way of entering a number. All functions are pure and total: a key the method does not have is ignored.
type Method interface {
	// Name is the method's name in design files: chevron.
	Name() string
	// Keys are the keys it understands, as in the key vectors: up UP dn DN left right clear up0 dn3 0…9 . enter backspace cancel.
	Keys() []string
	// Start begins to edit a field that holds v; set is false for a field that holds nothing yet.
	Start(v quantity.Decimal, set bool) State
	// Press applies a key going down.
	Press(State, string) (State, Answer)
	// Release applies a key coming up: it ends a hold.
	Release(State, string) State
	// Wait is how long until a held key repeats; false if none is held.
	Wait(State) (time.Duration, bool)
	// Elapse lets d ≤ Wait pass; when the tick falls due, it applies the repeat.
	Elapse(State, time.Duration) (State, Answer)
	// View is what the field shows.
	View(State) View
	// Value is the number to confirm; ok is false while there is none or it may not be confirmed, then why says what to do.
	Value(State) (v quantity.Decimal, ok bool, why string)
}

// Params are a method's parameters. The zero value of a member means the method's own default.
type Params struct {
	Minimum  quantity.Decimal   // least value that may be confirmed, for serial methods
	Maximum  quantity.Decimal   // chevron 1200, fivekey-carry 99999, …
	Decimals int                // decimals that can be entered, for serial methods; -1 none, 0 the method's own rule
	Tick     time.Duration      // repeat period of a held key; default 250 ms
	Delay    time.Duration      // from the press to the first repeat; default Tick
	Steps    []quantity.Decimal // small steps, ascending: each holds below 1000 of itself, the last without end; chevron 0.1, 1, 10
	Detents  int                // dial: this many detents within a second multiply by ten; 2 to DetentsMax, default 5
	Layout   string             // telephone, calculator, row, each also with -point-away: for the face and for adjacent-key slips
	Options  []string           // keypad-blocking: no-trailing-point, no-naked-decimal, units-throughout; slider: decades
	Flaws    []string           // known flaws switched on by intent: digits-during-error, silent-excess-decimals, backspace-text-only
}
