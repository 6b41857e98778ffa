package protocol

import (
	"regexp"
	"slices"

	"pumplab/pumpmodel/order"
	"pumplab/studies"
)

var (
	taskKeys = []string{"order", "second", "critical", "time", "beyond"}
	limits   = []string{"no", "soft", "hard"}
)

// tasks reads the orders to programme.
func (d *draft) tasks(n node) {
	if n.Absent() {
		return
	}
	if n.Kind != "map" {
		d.fail(n, "tasks: each with its name is expected, as dopamine-1: {order: {…}}")
		return
	}
	for _, p := range n.Pairs {
		if p.Key.Text == "drawn" && !p.Val.Get("from").Absent() {
			d.drawn(p.Val)
			continue
		}
		id := d.named(p.Key, "tasks")
		what := "task " + p.Key.Text
		if id == "" || !d.object(p.Val, what, taskKeys) {
			continue
		}
		d.require(p.Val, what, "order")
		t := studies.Task{
			ID: id, Order: d.order(p.Val.Get("order"), what), Critical: d.flag(p.Val.Get("critical"), what+": critical"),
			Limit: d.span(p.Val.Get("time"), what+": time"),
		}
		if second := p.Val.Get("second"); !second.Absent() {
			t.Order = d.second(second, what, t.Order)
		}
		if b := d.word(p.Val.Get("beyond"), what+": beyond", "no", limits); b != "no" {
			t.Beyond = b
		}
		d.taskNodes[id] = p.Val
		d.study.Tasks = append(d.study.Tasks, t)
	}
}

// order reads an order card.
func (d *draft) order(n node, what string) order.Order {
	var o order.Order
	if d.commaInNumber(n, what) || !d.object(n, what+": order", order.Keys) {
		return o
	}
	for _, p := range n.Pairs {
		if !slices.Contains(order.Keys, p.Key.Text) || d.str(p.Val, what) == "" {
			continue
		}
		next, err := o.With(p.Key.Text, p.Val.Text)
		if err != nil {
			d.fail(p.Val, "%s: %v", what, err)
			continue
		}
		o = next
	}
	if o.Change {
		d.fail(n.Get("change"), "%s: order: a task begins on a fresh pump, so nothing runs that could be changed", what)
	}
	if o.PCA.Dose > 0 || !n.Get("pca dose").Absent() {
		d.require(n, what+": order", "area", "drug", "pca dose", "lockout")
		return o
	}
	d.require(n, what+": order", "area", "vtbi")
	if o.Dose == 0 && o.Rate == 0 && n.Get("dose").Absent() && n.Get("rate").Absent() && n.Get("time").Absent() {
		d.fail(n, "%s: order: a dose, a rate or a time is expected", what)
	}
	if o.Bolus != 0 && o.Over == 0 {
		d.fail(n, "%s: order: a bolus or loading dose needs the time over which it is given: over: 10 min", what)
	}
	if o.Over != 0 && o.Bolus == 0 && n.Get("bolus").Absent() && n.Get("loading").Absent() {
		d.fail(n.Get("over"), "%s: order: over is the time of a bolus or loading dose, and there is none", what)
	}
	if o.DoseUnit.Per == "kg" && o.Weight == 0 {
		d.fail(n, "%s: order: a dose in %s needs a weight", what, o.DoseUnit)
	}
	return o
}

var digits = regexp.MustCompile(`^\d+$`)

// commaInNumber reports a number written as 7,5: between braces its comma ends the value, and the rest looks like a key.
func (d *draft) commaInNumber(n node, what string) bool {
	for i, p := range n.Pairs {
		if i > 0 && p.Val.Absent() && p.Key.Text != "" && p.Key.Text[0] >= '0' && p.Key.Text[0] <= '9' && digits.MatchString(n.Pairs[i-1].Val.Text) {
			before := n.Pairs[i-1]
			d.fail(before.Val, "%s: order: %s: %q: the decimal sign is a point, and thousands stand without a sign", what, before.Key.Text, before.Val.Text+","+p.Key.Text)
			return true
		}
	}
	return false
}

// second reads the card of another infusion of the same task: on another channel, or as a secondary infusion of the first.
func (d *draft) second(n node, what string, first order.Order) order.Order {
	second := d.order(n, what+": second")
	switch {
	case second.Channel == "":
		d.fail(n, "%s: second: which infusion it is must be said, as channel: B or channel: A secondary", what)
	case second.Channel == first.Channel:
		d.fail(n.Get("channel"), "%s: second: it is for channel %s, as the first order is", what, first.Channel)
	case second.Area != first.Area:
		d.fail(n.Get("area"), "%s: second: the first order is for %s, and the pump has one care area", what, first.Area)
	}
	return first.WithSecond(second)
}
