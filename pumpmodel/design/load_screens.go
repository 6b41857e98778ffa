package design

import "slices"

func (c *check) screens(top, n node) []Screen {
	var out []Screen
	if n.kind != "map" {
		c.r.fail(top, "the design has no screens")
		return nil
	}
	var names []string
	for _, p := range n.pairs {
		names = append(names, p.key.text)
	}
	for _, p := range n.pairs {
		out = append(out, c.screen(p, names))
	}
	return out
}

func (c *check) screen(p pair, names []string) Screen {
	n := p.val
	s := Screen{Name: p.key.text, Title: c.r.text(n.get("title"), "title"), Rows: c.r.whole(n.get("rows"), "rows", 2, 20, 6)}
	for _, kind := range screenKinds {
		v := n.get(kind)
		if v.absent() {
			continue
		}
		if s.Kind != "" {
			c.r.fail(v, "screen %s is both %s and %s", s.Name, s.Kind, kind)
			continue
		}
		s.Kind = kind
		if kind == "choose" {
			s.Choose = c.r.word(v, "choose", chooseWhat)
		} else {
			s.Fields = c.fields(v, kind)
		}
	}
	if s.Kind == "" {
		c.r.fail(p.key, "screen %s has no kind: expected one of choose, enter, form, menu, review, running", s.Name)
	}
	s.As = c.r.word(n.get("as"), "as", chooseAs)
	if s.As == "" {
		s.As = "list"
	}
	s.Leaving = c.r.word(n.get("leaving"), "leaving", leavings)
	if s.Leaving == "" {
		s.Leaving = "confirms"
	}
	s.Then = c.r.word(n.get("then"), "screen", names)
	s.Back = c.r.word(n.get("back"), "screen", names)
	s.Change = c.r.word(n.get("change"), "screen", names)
	if s.Then == "" && !slices.Contains([]string{"review", "running"}, s.Kind) {
		c.r.fail(p.key, "screen %s leads nowhere: expected then: SCREEN", s.Name)
	}
	c.r.unknown(n, append(slices.Clone(screenKinds), "as", "rows", "title", "leaving", "then", "back", "change")...)
	return s
}

func (c *check) fields(n node, kind string) []string {
	known := entered
	if kind == "running" || kind == "review" {
		known = append(slices.Clone(entered), shown...)
		if n.text == "all" {
			return append([]string{"drug"}, entered...)
		}
	}
	return c.r.words(n, "field", known)
}

// whole checks what no single part can: that the workflow is complete and every control of use.
func (c *check) whole(n node) {
	at := n.get("screens")
	kinds := map[string]int{}
	for _, s := range c.d.Screens {
		kinds[s.Kind]++
		if s.Kind == "choose" {
			kinds[s.Choose]++
		}
		if s.Kind == "running" && s.Change == "" {
			c.r.fail(at, "screen %s does not say where a programme is changed: expected change: SCREEN", s.Name)
		}
	}
	for _, need := range []string{"care-areas", "drugs", "review", "running"} {
		if kinds[need] == 0 {
			c.r.fail(at, "no screen is for %s", need)
		}
	}
	if kinds["review"] > 1 || kinds["running"] > 1 {
		c.r.fail(at, "more than one screen is for review or running")
	}
	if len(c.d.Screens) > 0 && c.d.Screens[0].Choose != "patient" {
		c.r.fail(at, "the first screen must choose: patient (GIP 2.2.6: power-on asks for a new patient)")
	}
	for _, need := range []string{"confirm", "back", "up", "down", "start", "pause", "stop", "change", "silence"} {
		if c.d.Keys[need] == "" && len(c.d.Face.Keys) > 0 {
			c.r.fail(n.get("keys"), "no control is bound to %s: expected keys: {%s: CONTROL}", need, need)
		}
	}
	c.places(n.get("face").get("controls"))
}

// places checks that nothing lies outside the face or over another thing, and that no keyboard key is used twice.
func (c *check) places(n node) {
	f := c.d.Face
	type thing struct {
		name string
		box  Box
		at   node
	}
	var things []thing
	for _, p := range f.Displays {
		things = append(things, thing{"display " + p.Name, p.Box, n})
	}
	for _, l := range f.Lamps {
		things = append(things, thing{"lamp " + l.Name, Box{l.X, l.Y, l.Size, l.Size}, n})
	}
	bound := map[string]string{}
	for i, k := range f.Keys {
		at := n.pairs[i].key
		things = append(things, thing{"control " + k.Name, k.Box(), at})
		if other := bound[k.Bound]; other != "" && k.Bound != "" {
			c.r.fail(at, "controls %s and %s are both bound to the keyboard key %s", other, k.Name, k.Bound)
		}
		bound[k.Bound] = k.Name
	}
	whole := Box{0, 0, f.Width, f.Height}
	for i, t := range things {
		b := t.box
		if b.X < 0 || b.Y < 0 || b.X+b.W > whole.W || b.Y+b.H > whole.H || b.W <= 0 || b.H <= 0 {
			c.r.fail(t.at, "%s lies outside the face", t.name)
		}
		for _, o := range things[:i] {
			if b.Overlaps(o.box) {
				c.r.fail(t.at, "%s lies over %s", t.name, o.name)
			}
		}
	}
}
