package entry

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// SliderLength is the position at the slider's far end; its keys are "@0" to "@1000".
const SliderLength = 1000

// slider is the method of a touch slider with nudge keys beside it. A touch at "@n" moves the thumb; the value it shows is set
// when the finger leaves. up and dn are one small step of the chevron's region.
type slider struct {
	base
	regions []region
	stops   []quantity.Decimal // ends of the stretches of equal length
}

func newSlider(p Params) Method {
	sl := slider{
		base:    base{name: "slider", keys: []string{"up", "dn"}, min: p.Minimum, max: cmp.Or(p.Maximum, quantity.Int(1200))},
		regions: regionsOf([]quantity.Decimal{power(-1), quantity.One, quantity.Int(10)}),
	}
	if len(p.Steps) > 0 {
		sl.regions = regionsOf(p.Steps)
	}
	sl.stops = []quantity.Decimal{sl.min, sl.max}
	if slices.Contains(p.Options, OptionDecades) {
		from := cmp.Or(sl.min, sl.regions[0].small)
		sl.stops = []quantity.Decimal{from}
		for d := power(exponent(from) + 1); d < sl.max; d *= 10 {
			sl.stops = append(sl.stops, d)
		}
		sl.stops = append(sl.stops, sl.max)
	}
	return sl
}

// at is the value under position n, on the region's small steps, halves up.
func (sl slider) at(n int) quantity.Decimal {
	stretches := len(sl.stops) - 1
	i := min(n*stretches/SliderLength, stretches-1)
	from, to := sl.stops[i], sl.stops[i+1]
	part := big.NewRat(int64(n*stretches-i*SliderLength), SliderLength)
	x := part.Mul(part, (to - from).Rat())
	x.Add(x, from.Rat())
	near := quantity.Round(x, 1)
	return min(quantity.Round(x, regionAt(sl.regions, near).small), sl.max)
}

// Press touches the slider or nudges the value.
func (sl slider) Press(s State, key string) (State, Answer) {
	if place, ok := strings.CutPrefix(key, "@"); ok {
		n, err := strconv.Atoi(place)
		if err != nil || n < 0 || n > SliderLength {
			return s, ignored("the slider goes from @0 to @" + strconv.Itoa(SliderLength))
		}
		s.Held, s.Memory, s.Stored = heldAs("@"), sl.at(n), true
		return s, accepted()
	}
	switch {
	case !sl.has(key):
		return s, sl.lacks(key)
	case s.Held != 0:
		return s, ignored("the slider is being held")
	}
	return sl.set(s, next(s.Value, regionAt(sl.regions, s.Value).small, key == "up"))
}

// Release sets the value under the thumb.
func (sl slider) Release(s State, key string) State {
	if s.Held == 0 || !strings.HasPrefix(key, "@") {
		return s
	}
	v := s.Memory
	s.Held, s.Memory, s.Stored = 0, 0, false
	s, _ = sl.set(s, v)
	return s
}

// View shows the value under the thumb while it is held.
func (sl slider) View(s State) View {
	if s.Held != 0 {
		return View{Text: s.Memory.String(), Cursor: -1}
	}
	return sl.base.View(s)
}

// Value cannot be confirmed while the thumb is held.
func (sl slider) Value(s State) (v quantity.Decimal, ok bool, why string) {
	if s.Held != 0 {
		return s.Memory, false, "the slider is being held"
	}
	return sl.base.Value(s)
}
