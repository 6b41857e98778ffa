package entry_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// variants are the methods as the laws meet them: with their own parameters and as fields of other ranges.
func variants(t testing.TB) map[string]entry.Method {
	out := map[string]entry.Method{}
	for _, name := range entry.Names() {
		out[name] = mustNew(t, name, entry.Params{})
		out[name+" for doses"] = mustNew(t, name, entry.Params{
			Minimum: quantity.MustParse("0.0001"), Maximum: quantity.Int(99999), Decimals: 4, Tick: 120 * time.Millisecond,
			Steps: []quantity.Decimal{100, 1000, 10_000, 100_000, 1_000_000}, Detents: 3,
		})
		out[name+" for weights"] = mustNew(t, name, entry.Params{Minimum: quantity.MustParse("0.1"), Maximum: quantity.Int(500), Decimals: 1})
	}
	out["keypad, digits during an error"] = mustNew(t, "keypad", entry.Params{Flaws: []string{entry.FlawDigitsDuringError}})
	out["blocking, silent decimals"] = mustNew(t, "keypad-blocking", entry.Params{Flaws: []string{entry.FlawSilentDecimals}})
	out["blocking, strict"] = mustNew(t, "keypad-blocking", entry.Params{Options: []string{entry.OptionNoNakedDecimal, entry.OptionNoTrailingPoint}})
	out["slider by decades"] = mustNew(t, "slider", entry.Params{Options: []string{entry.OptionDecades}})
	return out
}

var strangers = []string{"", "foo", "0", "9", ".", "up", "UP", "dn", "DN", "left", "right", "clear", "enter", "backspace", "cancel", "up0", "dn3", "cw", "ccw", "@0", "@333", "@1000", "@-1", "@x"}

// maximum of the variants' methods, for the law of range.
func maximum(name string) quantity.Decimal {
	switch {
	case strings.HasSuffix(name, "for doses"):
		return quantity.Int(99999)
	case strings.HasSuffix(name, "for weights"):
		return quantity.Int(500)
	}
	switch name {
	case "fivekey-carry":
		return quantity.Int(99999)
	case "fivekey-wrap":
		return quantity.MustParse("99.99")
	case "digitpairs":
		return quantity.Int(9999)
	}
	return quantity.Int(1200)
}

// Over random presses, holds and pauses: every key is answered (totality), twice alike (purity), an ignored or blocked key leaves
// the value, the value stays in range, what is shown is what would be confirmed (truth), and time may be cut anywhere
// (additivity).
func TestLaws(t *testing.T) {
	for name, m := range variants(t) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { walk(t, m, maximum(name)) })
		})
	}
}

func walk(t *rapid.T, m entry.Method, most quantity.Decimal) {
	s := m.Start(0, false)
	if rapid.Bool().Draw(t, "set") {
		s = m.Start(quantity.Decimal(rapid.Int64Range(0, int64(most)/10_000).Draw(t, "value"))*10_000, true)
	}
	keys := append(m.Keys(), strangers...)
	for range rapid.IntRange(1, 40).Draw(t, "steps") {
		key := rapid.SampledFrom(keys).Draw(t, "key")
		before := s
		next, a := m.Press(s, key)
		if again, b := m.Press(s, key); again != next || a != b {
			t.Fatalf("%s: not pure", key)
		}
		s = next
		obey(t, m, s, most)
		switch a.Kind {
		case "accepted":
		case "clipped":
			if a.Why == "" {
				t.Fatalf("%s: no reason", key)
			}
		case "ignored", "blocked":
			if a.Why == "" || s.Value != before.Value || s.Text != before.Text {
				t.Fatalf("%s is %s (%q), but %+v became %+v", key, a.Kind, a.Why, before, s)
			}
		default:
			t.Fatalf("%s: answer %q", key, a.Kind)
		}
		d := time.Duration(rapid.Int64Range(0, int64(3*time.Second)).Draw(t, "held"))
		cut := time.Duration(rapid.Int64Range(0, int64(d)).Draw(t, "cut"))
		whole := pass(t, m, s, d)
		if parts := pass(t, m, pass(t, m, s, cut), d-cut); parts != whole {
			t.Fatalf("%s held for %v: cut at %v gives %+v, whole %+v", key, d, cut, parts, whole)
		}
		s = whole
		obey(t, m, s, most)
		s = m.Release(s, key)
		obey(t, m, s, most)
	}
}

// pass lets time pass as drivers do: never beyond Wait.
func pass(t *rapid.T, m entry.Method, s entry.State, d time.Duration) entry.State {
	for d > 0 {
		w, ok := m.Wait(s)
		if !ok {
			return s
		}
		if w <= 0 {
			t.Fatalf("wait %v is not positive", w)
		}
		w = min(w, d)
		s, _ = m.Elapse(s, w)
		d -= w
	}
	return s
}

// obey checks one state: range, and truth.
func obey(t *rapid.T, m entry.Method, s entry.State, most quantity.Decimal) {
	if s.Value < 0 || s.Value > most {
		t.Fatalf("value %s is outside 0 to %s", s.Value, most)
	}
	view := m.View(s)
	if view.Cursor < -1 || view.Cursor > len(view.Text) {
		t.Fatalf("cursor %d of %q", view.Cursor, view.Text)
	}
	if entry.HasCursor(m) && !s.Empty && (view.Cursor >= len(view.Text) || view.Text[view.Cursor] == '.') {
		t.Fatalf("no digit under the cursor %d of %q", view.Cursor, view.Text)
	}
	v, ok, why := m.Value(s)
	if !ok {
		if why == "" {
			t.Fatal("no reason for not confirming")
		}
	}
	if view.Text == "" {
		if ok {
			t.Fatalf("%s would be confirmed, but nothing is shown", v)
		}
		return
	}
	shown, err := quantity.Parse(view.Text)
	if err != nil || shown != v {
		t.Fatalf("shows %q (%v), would confirm %s", view.Text, err, v)
	}
}

// The one flaw that breaks the law of truth does break it: the law can fail.
func TestBackspaceFlawBreaksTruth(t *testing.T) {
	m := mustNew(t, "keypad", entry.Params{Flaws: []string{entry.FlawBackspaceTextOnly}})
	s := m.Start(0, false)
	for _, key := range []string{"1", "2", "5", "backspace"} {
		s, _ = click(m, s, key)
	}
	if v, ok, _ := m.Value(s); m.View(s).Text != "12" || v != quantity.Int(125) || !ok {
		t.Errorf("shows %s, confirms %s", m.View(s).Text, v)
	}
}

// A state survives being written and read.
func TestNotationIsReadAsWritten(t *testing.T) {
	for name, m := range variants(t) {
		rapid.Check(t, func(t *rapid.T) {
			s := m.Start(0, false)
			for range rapid.IntRange(0, 30).Draw(t, "steps") {
				s, _ = click(m, s, rapid.SampledFrom(m.Keys()).Draw(t, "key"))
			}
			s.Fault = 0 // not part of the notation
			text := entry.Format(m, s)
			back, err := entry.Parse(m, text)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			s.Dirty, s.Turns, s.Count = back.Dirty, back.Turns, back.Count
			if back != s {
				t.Fatalf("%s: %s is read as %+v, was %+v", name, text, back, s)
			}
		})
	}
}

func TestBadStatesAndParametersAreNamed(t *testing.T) {
	for _, c := range []struct{ method, state, says string }{
		{"chevron", "1201", "outside 0 to 1200"},
		{"chevron", "-1", "outside"},
		{"chevron", "ten", "digit"},
		{"chevron", "9|c=1", "not part of it"},
		{"fivekey-carry", "9|c=5", "exponent from -2 to 4"},
		{"fivekey-carry", "9|c=x", "exponent"},
		{"fivekey-carry", "9|c=1|m=100000", "cannot be remembered"},
		{"fivekey-wrap", "9|c=2", "exponent from -2 to 1"},
		{"fivekey-wrap", "9|c=1|m=5", "not part of it"},
		{"digitpairs", "1|x=2", "not part of it"},
	} {
		_, err := entry.Parse(mustNew(t, c.method, entry.Params{}), c.state)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %s: %v, want %q", c.method, c.state, err, c.says)
		}
	}
	for says, p := range map[string]entry.Params{
		"negative":      {Minimum: -1},
		"below maximum": {Minimum: 5, Maximum: 5},
		"beyond":        {Maximum: quantity.Int(2_000_000)},
		"decimals 5":    {Decimals: 5},
		"tick":          {Tick: -time.Second},
		"detents 6":     {Detents: 6},
		"layout":        {Layout: "qwerty"},
		"flaw":          {Flaws: []string{"slow"}},
		"option":        {Options: []string{"loud"}},
		"ascending":     {Steps: []quantity.Decimal{10, 10}},
	} {
		if _, err := entry.New("keypad", p); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v, want %q", p, err, says)
		}
	}
	if _, err := entry.New("abacus", entry.Params{}); err == nil || !strings.Contains(err.Error(), "chevron-fine") {
		t.Errorf("unknown method: %v", err)
	}
}

func FuzzKeys(f *testing.F) {
	for _, seed := range []string{"\x000", "\x01.5.", "\x02aaaaab", "\x04cdcab", "\x05ddd", "\x06abcd", "\x07aaaaaaaaaa", "\x08xyz"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 {
			return
		}
		names := entry.Names()
		m := mustNew(t, names[int(data[0])%len(names)], entry.Params{})
		keys := append(m.Keys(), strangers...)
		s := m.Start(0, false)
		for _, b := range data[1:] {
			next, a := m.Press(s, keys[int(b)%len(keys)])
			if a.Kind == "" {
				t.Fatal("no answer")
			}
			if w, ok := m.Wait(next); ok && b >= 128 {
				next, _ = m.Elapse(next, w)
			}
			s = m.Release(next, keys[int(b)%len(keys)])
			view := m.View(s)
			v, ok, _ := m.Value(s)
			if shown, err := quantity.Parse(view.Text); ok && (err != nil || shown != v) {
				t.Fatalf("shows %q, would confirm %s", view.Text, v)
			}
		}
	})
}
