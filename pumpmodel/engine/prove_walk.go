package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// prover walks one machine in one scenario.
type prover struct {
	m      *mach
	change func(*state, pumpmodel.Event) []pumpmodel.Output // the machine's step
	judges []*library.Library                               // what runs is held against these, one for each of the machine's libraries
	events []string                                         // what comes from outside
	moves  []move
	p      *Proof
	to     watched // the state after a step
	parts
}

// happenings are what comes from outside, by scenario. Without power for longer than settings are kept the pump starts afresh, which
// is no state of its own.
var happenings = map[string][]string{
	"orders": {
		"ordered:drug: drug; dose: 5 mcg/kg/min; weight: 82 kg; vtbi: 100 mL",
		"ordered:drug: drug; dose: 30 mcg/kg/min; weight: 82 kg; vtbi: 100 mL",
		"ordered:drug: drug; dose: 60 mcg/kg/min; weight: 82 kg; vtbi: 100 mL",
	},
	"new library": {"library:next"},
	"occlusion":   occlusion,
	"free flow":   {"fault:flow", "repair:flow"},
	"power":       {"fault:power", "repair:power"},

	"bolus": occlusion, "loading dose": occlusion, "delay": occlusion, "standby": occlusion,
}

var occlusion = []string{"fault:occlusion", "repair:occlusion"}

// onward are the keys that go to the next class: 1 where digits are typed, so that the arrows keep doing what they do, else the face's up.
func onward(d *design.Design) []string {
	for _, want := range []string{"1", "up", "UP", "up0", "+"} {
		if slices.ContainsFunc(d.Face.Keys, func(k design.Key) bool { return k.Types == want }) {
			return []string{want}
		}
	}
	return []string{"up"}
}

// controls are moves with all controls but those that do what another one does: the digits from 2 on, and the letters with which
// neither of the two rows of the drug list begins; and with what comes from outside.
func (w *prover) controls() []move {
	var out []move
	press := func(name string) {
		out = append(out, move{name: name, events: []pumpmodel.Event{pumpmodel.Press(name), pumpmodel.Release(name)}})
	}
	for _, k := range w.m.d.Face.Keys {
		switch {
		case len(k.Types) == 1 && k.Types[0] >= '2' && k.Types[0] <= '9':
		case design.Letter(k.Types) && k.Types != "d" && k.Types != "b":
		case k.Kind == "dial":
			press(k.Name)
			out = append(out, move{name: k.Name + "+", events: []pumpmodel.Event{{Kind: pumpmodel.Turn, Control: k.Name, N: 1}}},
				move{name: k.Name + "-", events: []pumpmodel.Event{{Kind: pumpmodel.Turn, Control: k.Name, N: -1}}})
		default:
			press(k.Name)
		}
	}
	clocks := always
	if w.events != nil {
		clocks = append(clocks[:len(clocks):len(clocks)], timed...)
	}
	for i := range clocks {
		out = append(out, move{name: clocks[i].name, clock: &clocks[i]})
	}
	for _, name := range w.events {
		kind, what, _ := strings.Cut(name, ":")
		out = append(out, move{name: name, events: []pumpmodel.Event{{Kind: pumpmodel.EventKind(kind), Text: what}}})
	}
	return out
}

func (x *watched) notice(o *pumpmodel.Output) {
	switch {
	case o.Kind == pumpmodel.NewPatient, o.Kind == pumpmodel.LibraryChanged, o.Kind == pumpmodel.FieldConfirmed && o.Field == field.Drug.String():
		x.Overrides = overridden{}
	case o.Kind == pumpmodel.AlertAnswered && o.Choice == "override":
		x.Overrides.allow(o)
	}
}

// allows are the limits that an override of one allows to pass, as bits: itself and, of a hard limit made soft by anaesthesia mode, the
// soft one on the same side, which is nearer. The dose of a rounded rate may lie between the two although what was entered and
// overridden lies beyond both.
var allows = [len(limitKinds)]uint8{1: 1<<1 | 1<<2, 2: 1 << 2, 3: 1 << 3, 4: 1<<4 | 1<<3}

// breaks holds the properties in one step; true ends the walk. By is the clock the step came from, nil for anything else.
func (w *prover) breaks(before, after *watched, out []pumpmodel.Output, by *clock) bool {
	w.p.Broken = cmp.Or(w.rate(&before.S, &after.S, out), unattended(&before.S, &after.S, by))
	for i := range out {
		switch out[i].Kind {
		case pumpmodel.InfusionStarted, pumpmodel.InfusionChanged:
			w.p.Started++
		case pumpmodel.HoldBegan:
			w.p.Holds++
		case pumpmodel.DoseStarted:
			w.p.Doses++
			w.p.Broken = cmp.Or(w.p.Broken, w.dose(before, after, &out[i]))
		}
	}
	if w.p.Broken == "" && after.S.Flow.Active() && (after.S.Run != before.S.Run || !before.S.Flow.Active()) {
		w.p.Broken = w.within(after, w.m.programme(&after.S.Run))
	}
	return w.p.Broken != ""
}

// within holds a programme that was begun against the limits of the library it was made with.
func (w *prover) within(x *watched, p *pumpmodel.Programme) string {
	lib := w.judges[slices.IndexFunc(w.m.libraries, func(l shelf) bool { return int(x.S.Run.Area) <= l.last })]
	for _, o := range Passed(lib, w.m.d.Pump, *p) {
		switch {
		case o.Limit.Hard():
			return fmt.Sprintf("runs beyond the %s of %s", o.Limit.Kind, o.Field)
		case x.Overrides[field.Named(o.Field)]&(1<<limitIndex(o.Limit.Kind)) == 0:
			return fmt.Sprintf("runs beyond the %s of %s without an override", o.Limit.Kind, o.Field)
		}
	}
	if delay, err := quantity.Parse(p.Delay); p.Delay != "" && (err != nil || delay > lib.Areas[0].Device.Delay) {
		return "the start is put off for longer than the care area allows"
	}
	return ""
}

// rate holds that what flows is what was programmed, and that another rate than before was confirmed by an earlier key, not on the
// running screen.
func (w *prover) rate(before, after *state, out []pumpmodel.Output) string {
	set := func(s *state) bool { // on demand, the rate is set anew whenever the pump infuses
		return s.Flow.Active() && (w.m.d.Pump.Name != quantity.PCA.Name || s.Flow.Mode == delivery.Infusing)
	}
	if set(after) && after.Flow.Rate != after.Run.Val[field.Rate] {
		return "another rate is set than was programmed"
	}
	was, is := before.Flow.Rate, after.Flow.Rate
	if !set(before) || !set(after) || was == is {
		return ""
	}
	if before.Screen == w.m.running && !before.Alert.On || before.Draft.Val[field.Rate] != is {
		return "one key changed the rate from " + was.String() + " to " + is.String()
	}
	if !slices.ContainsFunc(out, func(o pumpmodel.Output) bool { return o.Kind == pumpmodel.InfusionChanged }) {
		return "the rate changed from " + was.String() + " to " + is.String() + " and nothing said so"
	}
	return ""
}
