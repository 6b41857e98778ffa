package order

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
)

// Then is the second order of a task on a pump with several infusions; false if there is none.
func (o Order) Then() (second Order, ok bool) {
	if o.Second == "" {
		return Order{}, false
	}
	second, err := Parse(o.Second)
	return second, err == nil
}

// WithSecond is the order followed by another one, for another channel or as a secondary infusion of the first.
func (o Order) WithSecond(second Order) Order {
	o.Second = second.String()
	return o
}

// IsSecond reports that what happens on a channel concerns the second order.
func (o Order) IsSecond(channel string) bool {
	second, ok := o.Then()
	return ok && channel == second.Channel
}

// Running is what a pump runs of an order: the programme of the first and of the second, as far as they were started.
type Running struct {
	Programme, Second pumpmodel.Programme
	Runs, RunsSecond  bool
}

// After is what runs after an output of the pump.
func (r Running) After(o Order, out *pumpmodel.Output) Running {
	p, runs := &r.Programme, &r.Runs
	if o.Second != "" && o.IsSecond(out.Channel) {
		p, runs = &r.Second, &r.RunsSecond
	}
	switch out.Kind {
	case pumpmodel.InfusionStarted, pumpmodel.InfusionChanged:
		*runs, *p = true, After(*p, out)
	case pumpmodel.DoseStarted, pumpmodel.DoseStopped:
		*p = After(*p, out)
	case pumpmodel.InfusionStopped:
		*runs = false
	}
	return r
}

// All reports that everything ordered runs.
func (r Running) All(o Order) bool { return r.Runs && (r.RunsSecond || o.Second == "") }

// Deviates holds what runs against the order and its second one.
func (r Running) Deviates(o Order, pump quantity.Pump) []Deviation {
	found := MatchesOn(o, r.Programme, pump)
	if second, ok := o.Then(); ok {
		found = append(found, MatchesOn(second, r.Second, pump)...)
	}
	return found
}
