package design

import (
	"slices"
	"strings"

	"pumplab/pumpmodel/written"
)

// aside checks a screen of an extra by itself: it asks for its amount or time, and leads back by itself.
func (c *check) aside(p written.Pair, s Screen) {
	known := extraFields[s.Kind]
	if known == nil && s.Kind != "options" {
		return
	}
	for _, key := range []string{"then", "back", "change", "as"} {
		if n := p.Val.Get(key); !n.Absent() {
			c.r.fail(n, "screen %s leads back to where it was called from: remove %s", s.Name, key)
		}
	}
	if known != nil && !slices.Contains(s.Fields, known[0]) {
		c.r.fail(p.Val.Get(s.Kind), "screen %s must ask for %s", s.Name, known[0])
	}
	if s.Kind == "options" && len(s.Options) == 0 {
		c.r.fail(p.Val.Get(s.Kind), "screen %s has no rows: expected options: [%s]", s.Name, strings.Join(optionWords, ", "))
	}
}

// extras holds the screens of extras against the controls and the rows that lead to them.
func (c *check) extras(screens, keys node) {
	at := map[string]node{}
	var options []string
	for i, s := range c.d.Screens {
		if !slices.Contains(extraKinds, s.Kind) || i >= len(screens.Pairs) {
			continue
		}
		if _, twice := at[s.Kind]; twice {
			c.r.fail(screens.Pairs[i].Key, "more than one screen is for %s", s.Kind)
		}
		at[s.Kind] = screens.Pairs[i].Key
		if s.Kind == "options" {
			options = s.Options
		}
	}
	for _, kind := range extraKinds {
		place, there := at[kind]
		control := c.d.Keys[kind]
		switch {
		case control != "" && !there:
			c.r.fail(keys.Get(kind), "no screen is for %s: expected a screen such as %s: {%s: [%s]}", kind, kind, kind, strings.Join(wordsOf(kind), ", "))
		case there && control == "" && !slices.Contains(options, kind):
			c.r.fail(place, "nothing leads to the screen for %s: expected keys: {%s: CONTROL}, or a row of options", kind, kind)
		}
	}
	for _, word := range options {
		if _, there := at[word]; !there && word != "anaesthesia" {
			c.r.fail(at["options"], "the options have a row %s, but no screen is for it", word)
		}
	}
}

// wordsOf is what a screen of that kind may list.
func wordsOf(kind string) []string {
	if kind == "options" {
		return optionWords
	}
	return extraFields[kind]
}
