package design

import (
	"slices"
	"strings"
)

// places checks that nothing lies outside the face or over another thing, and that no keyboard key is used twice.
func (c *check) places(n node) {
	f := c.d.Face
	type thing struct {
		name string
		box  Box
		at   node
		key  *Key
	}
	var things []thing
	for _, p := range f.Displays {
		things = append(things, thing{"display " + p.Name, p.Box, n, nil})
	}
	for _, l := range f.Lamps {
		things = append(things, thing{"lamp " + l.Name, Box{l.X, l.Y, l.Size, l.Size}, n, nil})
	}
	bound := map[string]string{}
	for i, k := range f.Keys {
		at := n.Pairs[i].Key
		if k.X == nowhere {
			continue
		}
		things = append(things, thing{"control " + k.Name, k.Box(), at, &f.Keys[i]})
		if k.Kind == "touch" && !c.onDisplay(k) {
			c.r.fail(at, "control %s is a touch key, but not on a display", k.Name)
		}
		if other := bound[k.Bound]; other != "" && k.Bound != "" {
			c.r.fail(at, "controls %s and %s are both bound to the keyboard key %s", other, k.Name, k.Bound)
		}
		bound[k.Bound] = k.Name
		for _, turn := range []string{k.CW, k.CCW} {
			if other := bound[turn]; other != "" && turn != "" {
				c.r.fail(at, "controls %s and %s are both bound to the keyboard key %s", other, k.Name, turn)
			}
			if turn != "" {
				bound[turn] = k.Name
			}
		}
		for _, name := range k.On {
			if c.index(name) < 0 {
				c.r.fail(at, "control %s is on a screen %q, which there is not", k.Name, name)
			}
		}
	}
	whole := Box{0, 0, f.Width, f.Height}
	for i, t := range things {
		b := t.box
		if b.X < 0 || b.Y < 0 || b.X+b.W > whole.W || b.Y+b.H > whole.H || b.W <= 0 || b.H <= 0 {
			c.r.fail(t.at, "%s lies outside the face", t.name)
		}
		for _, o := range things[:i] {
			if b.Overlaps(o.box) && !mayOverlap(t.key, o.key, strings.HasPrefix(o.name, "display")) {
				c.r.fail(t.at, "%s lies over %s", t.name, o.name)
			}
		}
	}
}

// onDisplay reports that a key lies within a display, beside the display's own content if it has a place for that.
func (c *check) onDisplay(k Key) bool {
	return slices.ContainsFunc(c.d.Face.Displays, func(p Panel) bool { return p.Box.holds(k.Box()) })
}

// mayOverlap reports that two things may lie over each other: a touch key over its display, or touch keys that are never on the
// same screen.
func mayOverlap(a, b *Key, display bool) bool {
	switch {
	case a == nil || a.Kind != "touch":
		return false
	case b == nil:
		return display
	case b.Kind != "touch" || len(a.On) == 0 || len(b.On) == 0:
		return false
	}
	return !slices.ContainsFunc(a.On, func(s string) bool { return slices.Contains(b.On, s) })
}

// holds reports that o lies wholly in b.
func (b Box) holds(o Box) bool {
	return o.X >= b.X && o.Y >= b.Y && o.X+o.W <= b.X+b.W && o.Y+o.H <= b.Y+b.H
}
