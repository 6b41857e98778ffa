package designtest

import (
	"fmt"
	"reflect"
	"time"

	"pumplab/pumpmodel"
)

// trial is one sequence of acts on a machine, with what the laws need to know of its past.
type trial struct {
	m       pumpmodel.Machine
	o       Options
	s       pumpmodel.State
	shown   pumpmodel.Display
	home    string
	acts    []Act
	skip    map[string]bool // laws that are known to be broken
	found   *Violation
	running map[string]*pumpmodel.Programme // by channel
	passed  map[string]bool                 // channel, field and limit overridden since the drug was chosen
}

// run plays acts until none is left or a law is broken; laws in skip are not reported again.
func run(m pumpmodel.Machine, o Options, next func(pumpmodel.State, pumpmodel.Display) (Act, bool), skip map[string]bool) (v *Violation) {
	t := &trial{m: m, o: o, s: m.Start(), skip: skip, passed: map[string]bool{}, running: map[string]*pumpmodel.Programme{}}
	defer func() {
		if r := recover(); r != nil {
			v = &Violation{Law: "totality", What: fmt.Sprintf("panic: %v", r), Acts: t.acts}
		}
	}()
	t.shown = m.Show(t.s)
	t.home = t.shown.Screen
	for t.found == nil {
		a, ok := next(t.s, t.shown)
		if !ok {
			break
		}
		t.acts = append(t.acts, a)
		t.act(a)
		if len(t.acts)%16 == 0 {
			t.recoverable()
		}
	}
	if t.found == nil {
		t.recoverable()
	}
	return t.found
}

func (t *trial) breaks(law, format string, args ...any) {
	if t.found == nil && !t.skip[law] {
		t.found = &Violation{Law: law, What: fmt.Sprintf(format, args...), Acts: append([]Act(nil), t.acts...)}
	}
}

func (t *trial) act(a Act) {
	before, was := t.s, t.shown
	var out []pumpmodel.Output
	if a.Wait > 0 {
		t.s, out = t.pass(before, a.Wait)
	} else {
		t.s, out = t.m.Step(before, a.Event)
		again, same := t.m.Step(before, a.Event)
		if again != t.s || !reflect.DeepEqual(out, same) {
			t.breaks("purity", "the same step came out differently")
		}
	}
	t.shown = t.m.Show(t.s)
	if t.shown.String() != t.m.Show(t.s).String() {
		t.breaks("purity", "the same state was shown differently")
	}
	if w, ok := t.m.Wait(t.s); ok && w <= 0 {
		t.breaks("progress", "Wait is %v", w)
	}
	t.answers(a, out)
	t.unknown()
	t.truth(a, was, out)
	t.guard(was, out)
}

// pass lets d pass at once and in two parts: both must come to the same state and outputs.
func (t *trial) pass(s pumpmodel.State, d time.Duration) (pumpmodel.State, []pumpmodel.Output) {
	whole, out := pumpmodel.Advance(t.m, s, d)
	a := d*37/100 + 1
	half, first := pumpmodel.Advance(t.m, s, a)
	rest, second := pumpmodel.Advance(t.m, half, d-a)
	for i := range second {
		second[i].At += a
	}
	parts := append(first, second...)
	if rest != whole {
		t.breaks("additivity", "the state after %v differs from that after %v and %v", d, a, d-a)
	} else if len(parts)+len(out) > 0 && !reflect.DeepEqual(parts, out) {
		t.breaks("additivity", "the outputs of %v differ from those of %v and %v", d, a, d-a)
	}
	return whole, out
}

// answers checks that a control's use is answered once, first, and in the contract's words.
func (t *trial) answers(a Act, out []pumpmodel.Output) {
	switch a.Event.Kind {
	case pumpmodel.Down, pumpmodel.Up, pumpmodel.Turn, pumpmodel.Touch:
	default:
		return
	}
	if len(out) == 0 || out[0].Kind != pumpmodel.KeyAnswered || out[0].Control != a.Event.Control {
		t.breaks("answered", "%s is not answered first", a)
		return
	}
	for _, o := range out[1:] {
		if o.Kind == pumpmodel.KeyAnswered {
			t.breaks("answered", "%s is answered twice", a)
		}
	}
	switch out[0].Answer {
	case pumpmodel.Accepted:
	case pumpmodel.Ignored, pumpmodel.Blocked, pumpmodel.Clipped:
		if out[0].Why == "" {
			t.breaks("answered", "%s is %s without a reason", a, out[0].Answer)
		}
	default:
		t.breaks("answered", "%s is answered %q", a, out[0].Answer)
	}
}

// unknown checks that what the machine does not know changes nothing and is answered ignored.
func (t *trial) unknown() {
	for _, e := range []pumpmodel.Event{
		pumpmodel.Press("no such control"), pumpmodel.Release("no such control"),
		{Kind: "no such kind"},
		{Kind: pumpmodel.Turn, Control: "no such control", N: 3},
	} {
		s, out := t.m.Step(t.s, e)
		if s != t.s || len(out) != 1 || out[0].Kind != pumpmodel.KeyAnswered || out[0].Answer != pumpmodel.Ignored {
			t.breaks("totality", "%s %s was not ignored", e.Kind, e.Control)
		}
	}
}

// homeward is what a person does to get out of things, the surest way first.
var homeward = []string{"cancel", "reprogram", "acknowledge", "pause", "stop", "back", "clear", "confirm", "silence", "override"}

// recoverable checks that the present state has a way back to the screen the pump starts with.
func (t *trial) recoverable() {
	s := t.s
	for range 80 {
		d := t.m.Show(s)
		if !d.Lit {
			s, _ = t.m.Step(s, pumpmodel.Event{Kind: pumpmodel.Repair, Text: "power"})
			continue
		}
		if d.Screen == t.home && (d.Alert == nil || d.Alert.Kind == "alarm") {
			return
		}
		control := ""
		for _, action := range homeward {
			if d.Alert != nil && d.Alert.Kind == "confirm" {
				action = "confirm" // the question whether to end: yes
			}
			if control = d.Does(action); control != "" {
				break
			}
		}
		if control == "" {
			if w, ok := t.m.Wait(s); ok && (d.Alert != nil || d.Kind == "message") {
				s, _ = pumpmodel.Advance(t.m, s, w) // an alert that cannot be answered yet, a pump that tests itself
				continue
			}
			break
		}
		s, _ = t.m.Step(s, pumpmodel.Press(control))
		s, _ = t.m.Step(s, pumpmodel.Release(control))
	}
	t.breaks("recoverability", "no way back to the screen %s from\n%s", t.home, t.shown)
}
