package delivery

import (
	"time"

	"pumplab/pumpmodel/quantity"
)

// Channels are the two channels of one device, or a primary infusion with a secondary (piggyback) one: a comparable value.
type Channels struct {
	Drug    [2]string // tall-man names; empty for a basic infusion or nothing
	Flow    [2]Delivery
	Piggy   bool // channel 1 is a secondary infusion into the line of channel 0: it holds the primary while it runs
	Holding bool // the primary is held
}

// SameDrug reports that another channel than i gives the drug: an alert that can be overridden (GIP 2.2.7.2).
func (c Channels) SameDrug(i int, drug string) bool {
	return drug != "" && c.Drug[1-i] == drug && c.Flow[1-i].Active()
}

// StartSecondary holds the primary infusion and gives the secondary, vtbi mL at rate mL/h. Without a volume it would never end, and
// nothing is changed.
func (c Channels) StartSecondary(drug string, rate, vtbi quantity.Decimal) Channels {
	if vtbi <= 0 || rate <= 0 {
		return c
	}
	c.Piggy, c.Holding = true, c.Flow[0].Flow() > 0
	if c.Holding {
		c.Flow[0] = c.Flow[0].Pause()
	}
	c.Drug[1], c.Flow[1] = drug, c.Flow[1].Start(rate, vtbi, 0)
	return c
}

// Total is everything that flows, mL/h.
func (c Channels) Total() quantity.Decimal { return c.Flow[0].Flow() + c.Flow[1].Flow() }

// Wait is the time until anything falls due on either channel; false if nothing will.
func (c Channels) Wait() (time.Duration, bool) {
	a, ok := c.Flow[0].Wait()
	b, also := c.Flow[1].Wait()
	switch {
	case ok && also:
		return min(a, b), true
	case ok:
		return a, true
	}
	return b, also
}

// Elapse lets t pass, at most Wait. The events are those of the channels; a primary that was held resumes when the secondary is
// complete.
func (c Channels) Elapse(t time.Duration) (Channels, [2]Event) {
	var e [2]Event
	for i := range c.Flow {
		c.Flow[i], e[i] = c.Flow[i].Elapse(t)
	}
	if c.Piggy && e[1] == Completed {
		c.Flow[1] = c.Flow[1].Stop()
		c.Drug[1], c.Piggy = "", false
		if c.Holding {
			c.Flow[0], c.Holding = c.Flow[0].Resume(), false
		}
	}
	return c, e
}
