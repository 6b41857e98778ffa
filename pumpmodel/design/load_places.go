package design

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
