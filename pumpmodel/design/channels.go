package design

import "pumplab/pumpmodel/order"

// channelNames are the channels a device can have, in their order. Each has a lane for its primary infusion and, on designs with
// secondary infusions, one for what is given into the same line while the primary is held.
var channelNames = []string{"A", "B"}

// Infusions are the names of what a design can give at once, as orders and outputs have them: A, A secondary, B; none where it gives one
// infusion.
func (d *Design) Infusions() []string {
	var out []string
	names := d.Channels
	if len(names) == 0 && d.Secondary {
		out, names = []string{"secondary"}, nil
	}
	for _, name := range names {
		out = append(out, name)
		if d.Secondary {
			out = append(out, name+" secondary")
		}
	}
	return out
}

// OrderedChannel is the channel an order names; empty if none, or if it cannot be read.
func OrderedChannel(text string) string {
	o, err := order.Parse(text)
	if err != nil {
		return ""
	}
	return o.Channel
}
