package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// EntryCmd works one number-entry method, key by key.
type EntryCmd struct {
	Method   string        `arg:"" words:"methods" help:"Entry method: keypad, keypad-blocking, chevron, chevron-fine, fivekey-carry, fivekey-wrap, digitpairs, dial, slider, alphanumeric."`
	Keys     []string      `arg:"" optional:"" name:"key" help:"Keys in order: up UP dn DN left right clear up0 dn3 0…9 . enter backspace cancel. A dial turns by cw and ccw, or up and dn. KEY=DURATION holds a key, as UP=3s; after a detent it lets that long pass."`
	From     string        `help:"State to start from: value|c=cursor exponent|m=remembered value, as 9|c=1|m=NA."`
	Maximum  string        `help:"Largest value, instead of the method's own."`
	Minimum  string        `help:"Least value that may be confirmed."`
	Decimals int           `help:"Decimals that can be typed; -1 none, 0 the method's own rule."`
	Tick     time.Duration `help:"Repeat period of a held key (default 250ms)."`
	Flaw     []string      `help:"Known flaw to switch on: digits-during-error, silent-excess-decimals, backspace-text-only."`
	Option   []string      `help:"Option: no-trailing-point, no-naked-decimal (keypad-blocking), decades (slider)."`
}

// Help is shown by --help.
func (*EntryCmd) Help() string {
	return "Examples:\n  pumplab entry chevron --from 99.9 up dn\n  pumplab entry fivekey-carry --from '9|c=1|m=NA' dn up\n  pumplab entry chevron UP=6s"
}

// entryStep is what one key came to.
type entryStep struct {
	Key        string  `json:"key"`
	Value      string  `json:"value"`
	Display    string  `json:"display"`
	Cursor     *int    `json:"cursor"`     // exponent of the digit under the cursor
	Remembered *string `json:"remembered"` // what the method remembers
	Answer     string  `json:"answer"`
	Why        string  `json:"why,omitempty"`
	Held       string  `json:"held,omitempty"` // how long the key has been down at this repeat

	marked string // the display with the symbol under the cursor in brackets
}

// Run presses the keys and prints a step for each.
func (c *EntryCmd) Run(x *Context) error {
	m, s, err := c.begin()
	if err != nil {
		return err
	}
	steps := []entryStep{}
	for _, word := range c.Keys {
		key, long, err := hold(word)
		if err != nil {
			return err
		}
		var a entry.Answer
		s, a = m.Press(s, onKnob(m, key))
		if long == 0 {
			s = m.Release(s, key)
		}
		steps = append(steps, stepOf(m, s, key, a, 0))
		for at := time.Duration(0); long > 0; {
			w, ok := m.Wait(s)
			if !ok || w > long-at {
				s = m.Release(s, key)
				break
			}
			at += w
			if s, a = m.Elapse(s, w); a.Kind != "" { // on a dial time passes and nothing steps
				steps = append(steps, stepOf(m, s, key, a, at))
			}
		}
	}
	out := struct {
		Method string      `json:"method"`
		Steps  []entryStep `json:"steps"`
	}{m.Name(), steps}
	return x.Print(out, func(w io.Writer) { printSteps(w, m, steps) })
}

// onKnob is the detent that up and dn are on a dial.
func onKnob(m entry.Method, key string) string {
	if way := map[string]string{"up": "cw", "dn": "ccw"}[key]; way != "" && m.Name() == "dial" {
		return way
	}
	return key
}

// begin is the method and the state the first key meets.
func (c *EntryCmd) begin() (entry.Method, entry.State, error) {
	p := entry.Params{Decimals: c.Decimals, Tick: c.Tick, Flaws: c.Flaw, Options: c.Option}
	var err error
	if p.Maximum, err = number("--maximum", c.Maximum); err != nil {
		return nil, entry.State{}, err
	}
	if p.Minimum, err = number("--minimum", c.Minimum); err != nil {
		return nil, entry.State{}, err
	}
	m, err := entry.New(c.Method, p)
	if err != nil || c.From == "" {
		return m, nowhere(m), err
	}
	s, err := entry.Parse(m, c.From)
	return m, s, err
}

// nowhere is where a method starts if nothing is said: 0 where keys step a value, nothing where they type one.
func nowhere(m entry.Method) entry.State {
	if m == nil {
		return entry.State{}
	}
	s := m.Start(0, false)
	if !entry.Types(m) {
		s = m.Start(0, true)
	}
	s.Dirty = true
	return s
}

// number reads an optional number from the line; empty is 0.
func number(what, text string) (quantity.Decimal, error) {
	if text == "" {
		return 0, nil
	}
	v, err := quantity.Parse(text)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, err)
	}
	return v, nil
}

// hold takes UP=3s apart.
func hold(word string) (key string, long time.Duration, err error) {
	key, text, held := strings.Cut(word, "=")
	if !held || key == "" {
		return word, 0, nil
	}
	long, err = time.ParseDuration(text)
	if err != nil || long <= 0 || long > time.Hour {
		return "", 0, fmt.Errorf("read key %q: %q is not a duration; write %s=3s", word, text, key)
	}
	return key, long, nil
}

func stepOf(m entry.Method, s entry.State, key string, a entry.Answer, held time.Duration) entryStep {
	v := m.View(s)
	out := entryStep{Key: key, Value: s.Value.String(), Display: v.Text, Answer: a.Kind, Why: a.Why, marked: v.Text}
	if v.Text == "" {
		out.Display = v.Error
		out.marked = v.Error
	}
	if v.Cursor >= 0 && v.Cursor < len(v.Text) {
		out.marked = v.Text[:v.Cursor] + "[" + v.Text[v.Cursor:v.Cursor+1] + "]" + v.Text[v.Cursor+1:]
	}
	if entry.HasCursor(m) {
		exponent := int(s.Cursor)
		out.Cursor = &exponent
	}
	if s.Stored {
		memory := s.Memory.String()
		out.Remembered = &memory
	}
	if held > 0 {
		out.Held = held.String()
	}
	return out
}

func printSteps(w io.Writer, m entry.Method, steps []entryStep) {
	if len(steps) == 0 {
		fmt.Fprintf(w, "%s has the keys %s\n", m.Name(), strings.Join(m.Keys(), " "))
		return
	}
	for _, s := range steps {
		key := s.Key
		if s.Held != "" {
			key = "  " + s.Held
		}
		line := fmt.Sprintf("%-10s %-12s %s", key, s.marked, s.Answer)
		if s.Why != "" {
			line += ": " + s.Why
		}
		if s.Remembered != nil {
			line += " (remembers " + *s.Remembered + ")"
		}
		fmt.Fprintln(w, line)
	}
}
