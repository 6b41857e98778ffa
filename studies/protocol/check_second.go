package protocol

import (
	"slices"
	"strings"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/library"
	"pumplab/studies"
)

// pcaLimits are the library's limits by the field of an order of patient-controlled analgesia.
var pcaLimits = map[string]library.Field{
	"pca-dose": library.PCADose, "lockout": library.Lockout, "continuous": library.Continuous, "pca-loading": library.Loading,
	"in-1h": library.In1h, "in-4h": library.In4h,
}

// alsoSecond holds the channels of a task, and its second order, against the library and the designs. It gives the graver of the limits
// that the two orders pass; got is that of the first.
func (d *draft) alsoSecond(area *library.Area, t studies.Task, at node, designs map[string]*design.Design, got passing) passing {
	named := []string{t.Order.Channel}
	then, both := t.Order.Then()
	if both {
		named = append(named, then.Channel)
	}
	for _, n := range d.designs {
		x := designs[n.Text]
		for _, c := range named {
			if x != nil && c != "" && !slices.Contains(x.Infusions(), c) {
				d.fail(at.Get("order"), "task %s: it is for channel %q, which design %s does not have%s", t.ID, c, n.Text, nearest(c, x.Infusions()))
			}
		}
		if x != nil && t.Order.Channel == "" && len(x.Channels) > 0 {
			d.fail(at.Get("order"), "task %s: order: design %s has channels %s: say which, as channel: A", t.ID, n.Text, strings.Join(x.Channels, " and "))
		}
	}
	if !both {
		return got
	}
	card := at.Get("second")
	setup, ok := d.setup(area, studies.Task{ID: t.ID, Order: then}, card, "task "+t.ID+": second")
	if !ok {
		return got
	}
	if strings.HasSuffix(then.Channel, "secondary") && setup.Delivery != "intermittent" && setup.Delivery != "secondary" {
		d.fail(card, "task %s: second: %s is not given as a secondary infusion in library (delivery: intermittent or secondary)", t.ID, then.Drug)
	}
	return graver(got, passed(area, setup, then))
}
