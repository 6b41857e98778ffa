package design

import (
	"slices"
	"strings"

	"pumplab/pumpmodel/written"
)

func (c *check) screens(top, n node) []Screen {
	var out []Screen
	if n.Kind != "map" {
		c.r.fail(top, "the design has no screens")
		return nil
	}
	var names []string
	for _, p := range n.Pairs {
		names = append(names, p.Key.Text)
	}
	for _, p := range n.Pairs {
		out = append(out, c.screen(p, names))
	}
	return out
}

func (c *check) screen(p written.Pair, names []string) Screen {
	n := p.Val
	s := Screen{Name: p.Key.Text, Title: c.r.text(n.Get("title"), "title"), Rows: c.r.whole(n.Get("rows"), "rows", 2, 20, 6)}
	for _, kind := range screenKinds {
		v := n.Get(kind)
		if v.Absent() {
			continue
		}
		if s.Kind != "" {
			c.r.fail(v, "screen %s is both %s and %s", s.Name, s.Kind, kind)
			continue
		}
		s.Kind = kind
		switch kind {
		case "choose":
			s.Choose = c.r.word(v, "choose", chooseWhat)
		case "message":
			s.Text = c.r.text(v, "message")
		case "options":
			s.Options = c.r.words(v, "option", optionWords)
		default:
			s.Fields = c.fields(v, kind)
		}
	}
	if s.Kind == "" {
		c.r.fail(p.Key, "screen %s has no kind: expected one of %s", s.Name, strings.Join(screenKinds, ", "))
	}
	s.As = c.r.word(n.Get("as"), "as", chooseAs)
	if s.As == "" {
		s.As = "list"
	}
	if (s.As == "letters" || s.As == "search") && s.Choose != "drugs" && n.Get("choose").Text == s.Choose {
		c.r.fail(n.Get("as"), "only drugs are found by %s", s.As)
	}
	s.Leaving = c.r.word(n.Get("leaving"), "leaving", leavings)
	if s.Leaving == "" {
		s.Leaving = "confirms"
	}
	s.Then = c.r.word(n.Get("then"), "screen", names)
	s.Back = c.r.word(n.Get("back"), "screen", names)
	s.Change = c.r.word(n.Get("change"), "screen", names)
	if n.Get("then").Absent() && !slices.Contains([]string{"review", "running"}, s.Kind) && !slices.Contains(extraKinds, s.Kind) {
		c.r.fail(p.Key, "screen %s leads nowhere: expected then: SCREEN", s.Name)
	}
	c.aside(p, s)
	c.r.Unknown(n, append(slices.Clone(screenKinds), "as", "rows", "title", "leaving", "then", "back", "change")...)
	return s
}

func (c *check) fields(n node, kind string) []string {
	known := Entered
	if own := extraFields[kind]; own != nil {
		known = own
	}
	if kind == "enter" || kind == "menu" {
		known = Entered[1:] // a concentration is chosen on a screen of its own, or in a form
	}
	if kind == "running" || kind == "review" {
		known = append(slices.Clone(Entered), shown...)
		if n.Text == "all" {
			return append(append([]string{"drug"}, Entered...), "loading", "delay")
		}
	}
	return c.r.words(n, "field", known)
}

// whole checks what no single part can: that the workflow is complete and every control of use.
func (c *check) whole(n node) {
	at := n.Get("screens")
	kinds := map[string]int{}
	reviews := 0
	for _, s := range c.d.Screens {
		if kinds[s.Kind]++; s.Kind == "review" {
			reviews++
		}
		if s.Kind == "choose" {
			kinds[s.Choose]++
		}
		if c.runs(s.Then) {
			kinds["review"] = max(kinds["review"], 1)
			if s.Kind != "form" && s.Kind != "menu" {
				c.r.fail(at, "screen %s leads to the running screen: only a form or a menu can start without a review", s.Name)
			}
		}
		if s.Kind == "running" && s.Change == "" {
			c.r.fail(at, "screen %s does not say where a programme is changed: expected change: SCREEN", s.Name)
		}
	}
	for _, need := range []string{"care-areas", "drugs", "review", "running"} {
		if kinds[need] == 0 && !c.unsure {
			c.r.fail(at, "no screen is for %s", need)
		}
	}
	if reviews > 1 || kinds["running"] > 1 {
		c.r.fail(at, "more than one screen is for review or running")
	}
	if len(c.d.Screens) > 0 && c.d.Screens[0].Choose != "patient" {
		c.r.fail(at, "the first screen must choose: patient (GIP 2.2.6: power-on asks for a new patient)")
	}
	for _, need := range []string{"confirm", "back", "up", "down", "start", "pause", "stop", "change", "silence"} {
		if c.d.Keys[need] == "" && len(c.d.Face.Keys) > 0 && n.Get("keys").Get(need).Absent() {
			c.r.fail(n.Get("keys"), "no control is bound to %s: expected keys: {%s: CONTROL}", need, need)
		}
	}
	c.several(n)
	c.analgesia(n)
	c.path(at, 0, []string{"patient", "care-areas", "drugs"})
	for _, s := range c.d.Screens {
		if s.Kind == "running" && s.Change != "" {
			c.path(at, c.index(s.Change), nil)
		}
	}
	c.extras(at, n.Get("keys"))
	c.places(n.Get("face").Get("controls"))
}

// runs reports that the screen of that name is the running one.
func (c *check) runs(name string) bool {
	i := c.index(name)
	return i >= 0 && c.d.Screens[i].Kind == "running"
}

// index is the place of a screen in the file; -1 if there is none of that name.
func (c *check) index(name string) int {
	return slices.IndexFunc(c.d.Screens, func(s Screen) bool { return s.Name == name })
}

// path follows then from a screen to the review: it must get there, choose what is needed in that order, and ask for every number.
func (c *check) path(at node, from int, order []string) {
	if from < 0 || from >= len(c.d.Screens) || c.unsure {
		return // said already: there is no such screen
	}
	asked := map[string]bool{}
	start, change := c.d.Screens[from].Name, order == nil
	for steps := 0; ; steps++ {
		if from < 0 || steps > len(c.d.Screens) {
			if len(c.r.Problems) == 0 {
				c.r.fail(at, "the screens from %s on do not lead to the review (or to the running screen)", start)
			}
			return
		}
		s := c.d.Screens[from]
		if s.Kind == "review" || s.Kind == "running" {
			break
		}
		if len(order) > 0 && s.Choose == order[0] {
			order = order[1:]
		}
		asked[s.Choose] = true
		for _, f := range s.Fields {
			asked[f] = true
			if len(order) > 0 {
				c.r.fail(at, "screen %s asks for %s before %s are chosen", s.Name, f, order[0])
				return
			}
		}
		from = c.index(s.Then)
	}
	switch {
	case len(order) > 0:
		c.r.fail(at, "the way to the review does not choose %s (patient, care-areas and drugs are chosen in this order)", order[0])
	case change && !asked["rate"] && !asked["pca-dose"]:
		c.r.fail(at, "screen %s, which changes a programme, never asks for the rate", start)
	case change:
	default:
		if missing, all := c.asksFor(asked); missing != "" {
			c.r.fail(at, "the way from %s to the review never asks for %s; it must ask for the concentration, %s", start, missing, all)
		}
	}
}
