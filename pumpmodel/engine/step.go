package engine

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/field"
)

// stepper is one step in the making: the state it changes and its outputs. It lives for one call of Step.
type stepper struct {
	m     *mach
	s     *state             // changed in place; it is the caller's
	first pumpmodel.Output   // the first output: to a key, its answer
	n     int                // how many there are
	out   []pumpmodel.Output // all, once there are two; the first is put in at the end
	edit  edit               // what the key did to the number in the editor: the answer's texts are written from it at the end
}

// step applies one event to a state. An event that means nothing here changes nothing and is answered ignored.
func (m *mach) step(s *state, e pumpmodel.Event) []pumpmodel.Output {
	t := stepper{m: m, s: s}
	switch e.Kind {
	case pumpmodel.Elapse:
		t.elapse(e.For)
	case pumpmodel.Down:
		t.down(e.Control)
	case pumpmodel.Up:
		t.up(e.Control)
	case pumpmodel.Turn:
		t.turn(e.Control, e.N)
	case pumpmodel.Touch:
		t.touch(e)
	case pumpmodel.Ordered:
		t.ordered(e.Text)
	case pumpmodel.Library:
		t.newLibrary(e.Text)
	case pumpmodel.Fault:
		t.fault(delivery.Condition(e.Text), e.N)
	case pumpmodel.Repair:
		t.repair(delivery.Condition(e.Text))
	default:
		t.ignore(e.Control, "nothing here uses this")
	}
	return t.outputs()
}

// outputs are what the step brought about. They may be shared with other steps and are never changed.
func (t *stepper) outputs() []pumpmodel.Output {
	switch {
	case t.n == 0:
		return nil
	case t.n == 1 && t.first.Kind == pumpmodel.KeyAnswered:
		return t.m.answers.of(&t.first, t.edit)
	case t.n == 1:
		return []pumpmodel.Output{t.first}
	}
	t.out[0] = t.first
	if e := t.edit; e.of > 0 {
		e.tell(&t.out[0])
	}
	return t.out
}

func (t *stepper) emit(o pumpmodel.Output) {
	o.Channel = t.m.label
	switch t.n {
	case 0:
		t.first = o
	case 1:
		t.out = append(make([]pumpmodel.Output, 1, 3), o)
	default:
		t.out = append(t.out, o)
	}
	t.n++
}

// key answers a key: the first output, written where it stays.
func (t *stepper) key(control string, a pumpmodel.Answer, why string) {
	o := &t.first
	o.Kind, o.Channel, o.Control, o.Answer, o.Why, t.n = pumpmodel.KeyAnswered, t.m.label, control, a, why, 1
}

// timed puts the outputs from the i-th on at a moment.
func (t *stepper) timed(i int, at time.Duration) {
	for ; i < t.n; i++ {
		if i == 0 {
			t.first.At = at
		} else {
			t.out[i].At = at
		}
	}
}

func (t *stepper) ignore(control, why string) {
	t.key(control, pumpmodel.Ignored, why)
}

// down is a control going down. The answer comes first among the outputs, so its place is kept before anything happens.
func (t *stepper) down(control string) {
	key := t.m.keys[control]
	if key == 0 {
		t.ignore(control, "there is no such control")
		return
	}
	if why := t.s.inert(); why != "" {
		t.ignore(control, why)
		return
	}
	b := binds{only: control}
	t.m.bindings(t.s, &b)
	if b.n == 0 {
		t.ignore(control, "it does nothing on this screen")
		return
	}
	t.key(control, pumpmodel.Accepted, "")
	t.release()
	t.s.Held, t.s.HeldFor = key, 0
	t.awake()
	t.s.Note, t.s.Lost = note{}, 0
	t.do(b.one)
}

// turnsMax bounds the detents of one event.
const turnsMax = 100

// turn is a dial turned by n detents: each does what pressing NAME+ or NAME- does. The event is answered once: by the first detent
// that does more than a number, or else with the number before the first and after the last.
func (t *stepper) turn(control string, n int) {
	side := control + "+"
	if n < 0 {
		side, n = control+"-", -n
	}
	if n == 0 || t.m.keys[side] == 0 {
		t.ignore(control, "there is no such dial")
		return
	}
	var answer pumpmodel.Output
	var whole edit
	for i := range min(n, turnsMax) {
		held, since := t.s.Held, t.s.HeldFor
		t.n, t.edit = 0, edit{gone: true}
		t.down(side)
		t.s.Held, t.s.HeldFor = held, since
		got, of := t.first, t.edit.of
		if i == 0 {
			answer, whole = got, t.edit
		} else {
			answer.Answer, answer.Why, whole.is, whole.gone = got.Answer, got.Why, t.edit.is, t.edit.gone
		}
		if t.n > 1 || of != whole.of || got.Answer == pumpmodel.Ignored {
			break
		}
	}
	answer.Control = control
	t.first, t.edit = answer, whole
}

// up is a control coming up: it ends a hold.
func (t *stepper) up(control string) {
	key := t.m.keys[control]
	if key == 0 {
		t.ignore(control, "there is no such control")
		return
	}
	if e := t.s.Entry; e.Held != 0 && t.s.Held == key {
		t.edit = edit{of: int8(t.s.Field) + 1, was: e.Value, is: e.Value, no: e.Empty, gone: e.Empty}
		t.release()
		t.edit.is, t.edit.gone = t.s.Entry.Value, t.s.Entry.Empty // a slider takes its value when it is let go
	}
	t.key(control, pumpmodel.Accepted, "")
	if t.s.Held == key {
		t.s.Held, t.s.HeldFor = 0, 0
		if t.s.Faults.Has(delivery.StuckKey) {
			t.repair(delivery.StuckKey)
		}
	}
}

// release ends the repeating of a held entry key.
func (t *stepper) release() {
	if e := &t.s.Entry; e.Held != 0 && t.s.Field.Numeric() {
		*e = t.m.methods[t.s.Field].Release(*e, e.Held.String())
	}
}

// do carries out what a control is bound to.
func (t *stepper) do(x bind) {
	if t.s.Alert.On && x.action != "silence" {
		if x.action == "letter" {
			t.s.Alert.Reason = reasonOf(t.s.Alert.Reason.String() + x.key)
			return
		}
		t.answer(x.action)
		return
	}
	c := &t.m.screens[t.s.Screen]
	switch x.action {
	case "silence":
		t.silence()
	case "back":
		t.back()
	case "confirm":
		t.confirm(c)
	case "up", "down", "page-up", "page-down", "letter":
		if x.key != "" && x.action != "letter" {
			t.typeKey(x.key)
			return
		}
		t.scroll(c, x)
	case "row":
		t.row(c, x.key)
	case "search":
		t.find(x.key)
	case "backspace", "clear":
		if c.Kind == "choose" {
			t.unfind(x.action)
			return
		}
		t.typeKey(x.key)
	case "toggle":
		t.openField(t.m.alternative(t.s))
	case "next-field", "previous-field":
		t.leaveField(c, x.action == "next-field")
	case "start":
		t.startKey(c)
	case "pause":
		t.pause()
	case "anaesthesia":
		t.anaesthesia()
	case "stop":
		t.raise(alert{Kind: alertConfirm})
	case "change":
		t.change(c)
	case "bolus", "loading", "delay", "standby", "patient-weight", "options", "stop-dose":
		t.extraKey(x.action)
	default:
		t.typeKey(x.key)
	}
}

// enter goes to a screen, passing over those with nothing to ask.
func (t *stepper) enter(i int8) {
	for n := 0; !t.m.applies(t.s, i) && n < len(t.m.screens); n++ {
		i = t.m.screens[i].then
	}
	t.land(i)
}

func (t *stepper) land(i int8) {
	if i != t.s.Screen {
		t.emit(pumpmodel.Output{
			Kind: pumpmodel.ScreenChanged, Before: t.m.screens[t.s.Screen].Name, After: t.m.screens[i].Name,
		})
	}
	if t.m.screens[i].Choose == "care-areas" {
		t.adopt()
	}
	t.s.Screen, t.s.Row, t.s.Field, t.s.Editing, t.s.Note = i, 0, field.None, false, note{}
	t.s.Entry, t.s.Query, t.s.Lost = blankEntry, query{}, 0
	c := &t.m.screens[i]
	if c.extra == exNone && c.Kind != "options" {
		t.s.Dose.From = 0
	}
	switch c.Kind {
	case "choose":
		t.s.Row = t.m.chosen(t.s, c)
	case "enter":
		t.openField(t.m.firstOf(t.s, c))
	case "form":
		t.openField(t.m.nextOpen(t.s, c, field.None))
	case "menu":
		t.s.Row = int16(t.m.menuRow(t.s, c, t.m.nextOpen(t.s, c, field.None)))
	}
}

// back leaves a screen towards the start. While a change is open, it gives the change up at its first screen.
func (t *stepper) back() {
	c := &t.m.screens[t.s.Screen]
	switch {
	case c.Kind == "menu" && t.s.Editing:
		t.closeField(c)
	case c.extra != exNone:
		t.leaveExtra()
	case c.Kind == "options":
		t.land(t.s.Dose.From)
	case t.s.Changing && t.s.Screen == t.m.screens[t.m.running].edit:
		t.discard()
		t.dropChange()
	case t.s.Changing:
		t.land(t.m.screens[t.m.running].edit)
	default:
		t.discard()
		i := c.back
		for n := 0; i > 0 && !t.m.applies(t.s, i) && n < len(t.m.screens); n++ {
			i = t.m.screens[i].back
		}
		t.land(max(i, 0))
	}
}
