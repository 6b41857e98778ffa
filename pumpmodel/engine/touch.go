package engine

import (
	"strconv"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// under is the control at the place of a touch; nil if there is none.
func (m *mach) under(s *state, e pumpmodel.Event) *design.Key {
	for i := range m.d.Face.Keys {
		k := &m.d.Face.Keys[i]
		if x, y := design.MM(e.X), design.MM(e.Y); x >= k.X && x <= k.X+k.W && y >= k.Y && y <= k.Y+k.H && !m.off[s.Screen][k.Name] {
			return k
		}
	}
	return nil
}

// touch is a finger at a place of the face: a key goes down, a dial is pressed in its middle third and turned by a detent beside it, a
// slider takes the value under the finger. Its release is that of the control that answered.
func (t *stepper) touch(e pumpmodel.Event) {
	k := t.m.under(t.s, e)
	switch {
	case k == nil:
		t.ignore(e.Control, "there is nothing to be touched")
	case k.Shape == design.Slider:
		t.slide(k, e)
	case k.Kind == "dial":
		t.down(k.Name + [...]string{"-", "", "+"}[min(3*(design.MM(e.X)-k.X)/max(k.W, 1), 2)])
	default:
		t.down(k.Name)
	}
}

// slide moves a slider's thumb under the finger; the value there is set when the finger leaves.
func (t *stepper) slide(k *design.Key, e pumpmodel.Event) {
	if why := t.s.inert(); why != "" {
		t.ignore(k.Name, why)
		return
	}
	b := binds{only: k.Name}
	t.m.bindings(t.s, &b)
	if b.n == 0 || b.one.action != "slide" {
		t.ignore(k.Name, "it does nothing on this screen")
		return
	}
	t.key(k.Name, pumpmodel.Accepted, "")
	key := t.m.keys[k.Name]
	if t.s.Held != key {
		t.release()
	}
	t.s.Held, t.s.HeldFor = key, 0
	t.awake()
	t.s.Note, t.s.Lost = note{}, 0
	t.typeKey("@" + strconv.Itoa(k.Along(design.MM(e.X), design.MM(e.Y))))
	t.edit.is, t.edit.gone = t.s.Entry.Memory, false
}
