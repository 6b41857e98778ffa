package design

import (
	"slices"
	"strings"

	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// several checks what a device with channels or secondary infusions needs, and that nothing else has its words.
func (c *check) several(n node) {
	keys, d := n.Get("keys"), c.d
	at := func(action string) node {
		if v := keys.Get(action); !v.Absent() {
			return v
		}
		return keys
	}
	if v := n.Get("channels"); !v.Absent() && !slices.Equal(d.Channels, channelNames) {
		c.r.fail(v, "channels must be [A, B]: leave the line out for a pump with one")
	}
	both := d.Keys["channel-a"] != "" && d.Keys["channel-b"] != ""
	switch turns := []string{"channel", "channel-a", "channel-b"}; {
	case len(d.Channels) > 1 && d.Keys["channel"] == "" && !both:
		c.r.fail(keys, "no control turns to the other channel: expected keys: {channel: CONTROL}, or channel-a and channel-b")
	case len(d.Channels) > 1:
	default:
		for _, a := range turns {
			if d.Keys[a] != "" {
				c.r.fail(at(a), "%s is bound, but the design has one channel: expected channels: [A, B]", a)
			}
		}
		for _, l := range d.Face.Lamps {
			if l.Name == "run A" || l.Name == "run B" {
				c.r.fail(n.Get("face").Get("lamps"), "lamp %s is for a design with channels: [A, B]", l.Name)
			}
		}
	}
	switch {
	case d.Secondary && d.Keys["secondary"] == "":
		c.r.fail(keys, "no control goes to the secondary infusion: expected keys: {secondary: CONTROL}")
	case !d.Secondary && d.Keys["secondary"] != "":
		c.r.fail(at("secondary"), "secondary is bound, but the design gives no secondary infusions: expected secondary: yes")
	}
}

// analgesia checks what a pump for patient-controlled analgesia needs, and that nothing else has its words.
func (c *check) analgesia(n node) {
	d, keys := c.d, n.Get("keys")
	pca := d.Pump.Name == quantity.PCA.Name
	for _, a := range []string{"demand", "history"} {
		switch bound := d.Keys[a] != ""; {
		case pca && !bound:
			c.r.fail(keys, "no control is bound to %s: expected keys: {%s: CONTROL} for pump: pca", a, a)
		case !pca && bound:
			c.r.fail(keys.Get(a), "%s is for pump: pca", a)
		}
	}
	if v := n.Get("channels"); pca && (len(d.Channels) > 0 || d.Secondary) {
		c.r.fail(v, "a pump for patient-controlled analgesia has one channel and no secondary infusions")
	}
	for _, s := range d.Screens {
		for _, f := range s.Fields {
			at := n.Get("screens").Get(s.Name)
			x := field.Named(f)
			asks := s.Kind == "enter" || s.Kind == "form" || s.Kind == "menu"
			switch {
			case x.PCA() && !pca && asks:
				c.r.fail(at, "screen %s asks for %s, which is for pump: pca", s.Name, f)
			case pca && asks && (x == field.Dose || x == field.Rate || x == field.VTBI || x == field.Time):
				c.r.fail(at, "screen %s asks for %s, but pump: pca has pca-dose, lockout, continuous, pca-loading, in-1h and in-4h", s.Name, f)
			}
		}
	}
}

// asksFor is what the way to the review never asks for, and what it must ask for on this kind of pump; empty if nothing is missing.
func (c *check) asksFor(asked map[string]bool) (missing, all string) {
	need := []string{"weight", "rate", "vtbi"}
	if c.d.Pump.Name == quantity.PCA.Name {
		need = []string{"weight", "pca-dose", "lockout", "in-4h"}
	}
	var lacks []string
	if !asked["concentration"] && !asked["concentrations"] {
		lacks = append(lacks, "the concentration")
	}
	for _, f := range need {
		if !asked[f] {
			lacks = append(lacks, f)
		}
	}
	last := len(need) - 1
	return strings.Join(lacks, " and "), strings.Join(need[:last], ", ") + " and " + need[last]
}
