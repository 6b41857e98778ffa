package design

import (
	"slices"
	"strconv"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// Slider is the shape of a control that is touched at a place along its length; the kind of control it is to drivers.
const Slider = "slider"

// Along is a place on a slider in thousandths of its length, from the left or from below.
func (k *Key) Along(x, y MM) int {
	at, long := x-k.X, k.W
	if k.H > k.W {
		at, long = k.Y+k.H-y, k.H
	}
	return int(min(max(at, 0), long)) * entry.SliderLength / int(max(long, 1))
}

// Slid is the field's slider: the value at each of some places along it, in thousandths of its length. False if the field is not
// entered with a slider.
func (d *Design) Slid(name string, places ...int) ([]quantity.Decimal, bool) {
	f := field.Named(name)
	if f == field.None || !f.Numeric() {
		return nil, false
	}
	rule := d.Rule(f)
	if rule.Method != Slider || rule.Params.Maximum == 0 {
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
