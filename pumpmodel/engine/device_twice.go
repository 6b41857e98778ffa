package engine

import "pumplab/pumpmodel/field"

// sameDrug is the kind of the alert that a drug is given on another channel already (shared/domain/ders.md, Checking; GIP 2.2.7.2).
// It is answered as a soft limit is.
const sameDrug = "same-drug"

// same raises the alert on a lane that programmes a drug which another one gives, until it is overridden for that drug.
func (t *turning) same(i int) {
	s, m := &t.d.Lane[i], t.k.of(i)
	if infusing(s) || s.Alert.On || s.Draft.Setup == 0 || s.inert() != "" || t.d.Twice[i] == s.Draft.Drug {
		return
	}
	drug := m.drug(&s.Draft)
	for j := range lanes {
		other := t.k.of(j)
		if other == nil || j == i || drug.name == "" || !infusing(&t.d.Lane[j]) || other.drug(&t.d.Lane[j].Run).name != drug.name {
			continue
		}
		st := stepper{m: m, s: s}
		st.raise(alert{Kind: alertDrug, Field: field.Drug, Lane: int8(j)})
		t.take(st.outputs())
		return
	}
}

// where is a lane in words.
func (k *deck) where(i int) string {
	switch name := k.names[i/2]; {
	case name == "" && i%2 == 0:
		return "as the primary infusion"
	case name == "":
		return "as the secondary infusion"
	case i%2 == 0:
		return "on channel " + name
	default:
		return "as the secondary of channel " + name
	}
}

// answered is the person's answer: go on with the drug, or choose another.
func (t *turning) answered(i int, choice string) {
	switch choice {
	case "override":
		t.d.Twice[i] = t.d.Lane[i].Draft.Drug
		return
	case "cancel": // left alone for too long: the programme was given up with it
		return
	}
	st := stepper{m: t.k.of(i), s: &t.d.Lane[i]}
	st.s.Draft = st.s.Draft.fresh()
	st.discard()
	st.land(st.m.choosing("drugs"))
	t.take(st.outputs())
}
