package designtest

import (
	"math/rand/v2"
	"time"

	"pumplab/pumpmodel"
)

// Act is one thing that happens in a walk: an event from outside, or a time that passes.
type Act struct {
	Event pumpmodel.Event
	Wait  time.Duration
}

// String is the act in a word or two: press enter, wait 5m0s, fault occlusion.
func (a Act) String() string {
	e := a.Event
	switch {
	case a.Wait > 0:
		return "wait " + a.Wait.String()
	case e.Control != "":
		return string(e.Kind) + " " + e.Control
	}
	return string(e.Kind) + " " + e.Text
}

// walker chooses acts: mostly what the display offers, as a person does, so that walks get as far as running infusions.
type walker struct {
	m      pumpmodel.Machine
	rng    *rand.Rand
	left   int
	held   string
	orders []string

	sliders map[string]pumpmodel.Control
}

// weights say how often an action is chosen against others on the same display; 4 where nothing is said.
var weights = map[string]int{
	"confirm": 12, "start": 12, "override": 8, "acknowledge": 12, "change": 4, "digit": 2, "point": 1, "letter": 2, "fast-up": 10,
	"history": 1, "back": 1, "clear": 1, "backspace": 1, "cancel": 1, "stop": 1, "pause": 1, "page-up": 2, "bolus": 20, "loading": 12, "delay": 2, "standby": 4, "options": 6, "stop-dose": 1, "next-field": 2, "previous-field": 2,
}

var faults = []string{"occlusion", "air", "empty", "door", "battery", "flow", "network", "upstream", "over-infusion", "order", "power", "power", "no such fault"}

// next is the walk's next act; false when it has gone far enough.
func (w *walker) next(s pumpmodel.State, d pumpmodel.Display) (Act, bool) {
	if w.left--; w.left < 0 {
		return Act{}, false
	}
	if w.held != "" && w.rng.IntN(20) > 0 {
		c := w.held
		w.held = ""
		return Act{Event: pumpmodel.Release(c)}, true
	}
	switch r := w.rng.IntN(100); {
	case r < 4:
		return Act{Wait: w.span()}, true
	case r < 6:
		kind := pumpmodel.Fault
		if w.rng.IntN(3) > 0 {
			kind = pumpmodel.Repair
		}
		return Act{Event: pumpmodel.Event{Kind: kind, Text: faults[w.rng.IntN(len(faults))]}}, true
	case r < 8 && len(w.orders) > 0:
		return Act{Event: pumpmodel.Event{Kind: pumpmodel.Ordered, Text: w.orders[w.rng.IntN(len(w.orders))]}}, true
	case r < 12:
		return w.press(w.any()), true
	}
	if left, ok := w.m.Wait(s); ok && len(d.Keys) == 0 && d.Alert != nil && len(d.Alert.Answers) == 0 {
		return Act{Wait: left}, true // it cannot be answered yet
	}
	return w.press(w.offered(d)), true
}

func (w *walker) press(control string) Act {
	w.held = control
	if c, ok := w.sliders[control]; ok {
		return Act{Event: pumpmodel.Event{Kind: pumpmodel.Touch, Control: control, X: c.X + w.rng.IntN(c.W+1), Y: c.Y + c.H/2}}
	}
	return Act{Event: pumpmodel.Press(control)}
}

// span is a time from a millisecond to about three hours, evenly over its decades.
func (w *walker) span() time.Duration {
	d := time.Millisecond
	for range w.rng.IntN(8) {
		d *= 10
	}
	return d + time.Duration(w.rng.Int64N(int64(d)))
}

func (w *walker) any() string {
	controls := w.m.Info().Controls
	return controls[w.rng.IntN(len(controls))].Name
}

// offered is a control the display offers, by weight.
func (w *walker) offered(d pumpmodel.Display) string {
	hints := d.Keys
	if d.Alert != nil {
		hints = append(hints[:len(hints):len(hints)], d.Alert.Answers...)
	}
	total := 0
	for _, h := range hints {
		total += weight(h.Action)
	}
	if total == 0 {
		return w.any()
	}
	r := w.rng.IntN(total)
	for _, h := range hints {
		if r -= weight(h.Action); r < 0 {
			return h.Control
		}
	}
	return w.any()
}

func weight(action string) int {
	if n, ok := weights[action]; ok {
		return n
	}
	return 4
}
