package design

import (
	"slices"

	"pumplab/pumpmodel/order"
)

// several checks what a device with channels or secondary infusions needs, and that nothing else has its words.
func (c *check) several(n node) {
	keys, d := n.get("keys"), c.d
	at := func(action string) node {
		if v := keys.get(action); !v.absent() {
			return v
		}
		return keys
	}
	if v := n.get("channels"); !v.absent() && !slices.Equal(d.Channels, channelNames) {
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
				c.r.fail(n.get("face").get("lamps"), "lamp %s is for a design with channels: [A, B]", l.Name)
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

// orderedChannel is the channel an order names; empty if none, or if it cannot be read.
func orderedChannel(text string) string {
	o, err := order.Parse(text)
	if err != nil {
		return ""
	}
	return o.Channel
}
