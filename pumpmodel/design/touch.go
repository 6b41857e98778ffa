package design

import (
	"slices"
	"strconv"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// slide is the shape of a control that is touched at a place along its length; the kind of control it is to drivers.
const slide = "slider"

// under is the control at the place of a touch; nil if there is none.
func (m *mach) under(s *state, e pumpmodel.Event) *Key {
	for i := range m.d.Face.Keys {
		k := &m.d.Face.Keys[i]
		if x, y := MM(e.X), MM(e.Y); x >= k.X && x <= k.X+k.W && y >= k.Y && y <= k.Y+k.H && !m.off[s.Screen][k.Name] {
			return k
		}
	}
	return nil
}

// touch is a finger at a place of the face: a key goes down, a dial is pressed in its middle third and turned by a detent beside it, a
// slider takes the value under the finger. Its release is that of the control that answered.
func (t *stepper) touch(e pumpmodel.Event) {
	k := t.m.under(&t.s, e)
	switch {
	case k == nil:
		t.ignore(e.Control, "there is nothing to be touched")
	case k.Shape == slide:
		t.slide(k, e)
	case k.Kind == "dial":
		t.down(k.Name + [...]string{"-", "", "+"}[min(3*(MM(e.X)-k.X)/max(k.W, 1), 2)])
	default:
		t.down(k.Name)
	}
}

// slide moves a slider's thumb under the finger; the value there is set when the finger leaves.
func (t *stepper) slide(k *Key, e pumpmodel.Event) {
	if why := t.s.inert(); why != "" {
		t.ignore(k.Name, why)
		return
	}
	b := binds{only: k.Name}
	t.m.bindings(&t.s, &b)
	if b.n == 0 || b.one.action != "slide" {
		t.ignore(k.Name, "it does nothing on this screen")
		return
	}
	t.emit(pumpmodel.Output{Kind: pumpmodel.KeyAnswered, Control: k.Name, Answer: pumpmodel.Accepted})
	if t.s.Held != k.Name {
		t.release()
	}
	t.s.Held, t.s.HeldFor = k.Name, 0
	t.awake()
	t.s.Note, t.s.Lost = "", 0
	t.typeKey("@" + strconv.Itoa(k.along(MM(e.X), MM(e.Y))))
	t.edit.is, t.edit.gone = t.s.Entry.Memory, false
}

// along is a place on a slider in thousandths of its length, from the left or from below.
func (k *Key) along(x, y MM) int {
	at, long := x-k.X, k.W
	if k.H > k.W {
		at, long = k.Y+k.H-y, k.H
	}
	return int(min(max(at, 0), long)) * entry.SliderLength / int(max(long, 1))
}

// Slid is the field's slider: the value at each of some places along it, in thousandths of its length. False if the field is not
// entered with a slider.
func (d *Design) Slid(name string, places ...int) ([]quantity.Decimal, bool) {
	f := fieldNamed(name)
	if f == noField || !f.numeric() {
		return nil, false
	}
	rule := d.ruleOf(f)
	if rule.Method != slide || rule.Params.Maximum == 0 {
		return nil, false
	}
	method, err := entry.New(rule.Method, rule.Params)
	if err != nil {
		return nil, false
	}
	out := make([]quantity.Decimal, len(places))
	for i, n := range places {
		s, _ := method.Press(method.Start(0, false), "@"+strconv.Itoa(min(max(n, 0), entry.SliderLength)))
		out[i] = s.Memory
	}
	return out, true
}

// Thumb is where a value stands on the field's slider, in thousandths of its length: the first place at which it is at least that.
func (d *Design) Thumb(name string, v quantity.Decimal) (int, bool) {
	places := make([]int, entry.SliderLength+1)
	for i := range places {
		places[i] = i
	}
	at, ok := d.Slid(name, places...)
	if !ok {
		return 0, false
	}
	i, _ := slices.BinarySearch(at, v)
	return min(i, entry.SliderLength), true
}
