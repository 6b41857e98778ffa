package library

import (
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

// measure is a number with its unit, as "999 mL/h". The first of units is the one values are kept in; min and h convert.
func measure(text string, units []string) (quantity.Decimal, error) {
	i := strings.IndexFunc(text, func(c rune) bool { return (c < '0' || c > '9') && c != '.' })
	num, unit := text, ""
	if i >= 0 {
		num, unit = text[:i], strings.TrimSpace(text[i:])
	}
	switch {
	case num == "":
		return 0, fmt.Errorf("%q is no number", text)
	case strings.HasPrefix(num, "."):
		return 0, fmt.Errorf("%q: write the leading zero, 0%s", text, num)
	}
	v, err := quantity.Parse(num)
	if err != nil {
		return 0, fmt.Errorf("%q is no number: %w", text, err)
	}
	if unit == "" && slices.Contains(units, "") {
		return v, nil
	}
	if !slices.Contains(units, unit) {
		if unit == "" {
			return 0, fmt.Errorf("%q has no unit: write %s %s", text, num, units[0])
		}
		return 0, fmt.Errorf("%q: the unit has to be %s", text, strings.Join(slices.DeleteFunc(slices.Clone(units), func(u string) bool { return u == "" }), " or "))
	}
	if unit == "h" && units[0] == "min" {
		return v * 60, nil
	}
	return v, nil
}

// span reads "40..180 kg", "..1", "0.02.." as its two ends; the unit stands at the end.
func span(text string, units []string) (lo, hi Bound, err error) {
	left, right, ok := strings.Cut(text, "..")
	if !ok {
		return lo, hi, fmt.Errorf("%q is no range: write low..high, ..high for at most, low.. for at least", text)
	}
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	unit := strings.TrimLeft(right, "0123456789. ")
	if left != "" {
		if lo.Value, err = measure(left+" "+unit, units); err != nil {
			return lo, hi, err
		}
		lo.Set = true
	}
	if right != unit {
		if hi.Value, err = measure(right, units); err != nil {
			return lo, hi, err
		}
		hi.Set = true
	}
	if !lo.Set && !hi.Set {
		return lo, hi, fmt.Errorf("%q has neither end", text)
	}
	return lo, hi, nil
}

// number is one measured value of a key; 0 if it is not there or wrong.
func (o object) number(key string, units ...string) quantity.Decimal {
	e, ok := o.Get(key)
	if !ok {
		return 0
	}
	text, ok := o.r.Text(e.Value)
	if !ok {
		return 0
	}
	v, err := measure(text, units)
	if err != nil {
		o.r.Fail(e.Value.At, "%s: %s: %v", o.What, key, err)
	}
	return v
}

// positive is a number that may not be 0.
func (o object) positive(key string, units ...string) quantity.Decimal {
	before := len(o.r.Problems)
	v := o.number(key, units...)
	if e, ok := o.Get(key); ok && v == 0 && len(o.r.Problems) == before {
		o.r.Fail(e.Value.At, "%s: %s has to be positive", o.What, key)
	}
	return v
}

// set reads {soft: 40..180 kg, hard: 30..250 kg, start: 70 kg}; upper lets a bare number stand for at most that much.
func (r *reader) set(o object, units []string, upper bool) LimitSet {
	var s LimitSet
	read := func(key string, lo, hi *Bound) {
		e, ok := o.Get(key)
		if !ok {
			return
		}
		text, ok := r.Text(e.Value)
		if !ok {
			return
		}
		if upper && !strings.Contains(text, "..") {
			text = ".." + text
		}
		var err error
		if *lo, *hi, err = span(text, units); err != nil {
			r.Fail(e.Value.At, "%s: %s: %v", o.What, key, err)
		}
	}
	read("soft", &s.LowerSoft, &s.UpperSoft)
	read("hard", &s.LowerHard, &s.UpperHard)
	if _, ok := o.Get("start"); ok {
		s.Start = At(o.number("start", units...))
	}
	for _, p := range s.Disorder() {
		r.Break("order", o.At, "%s: %s", o.What, p)
	}
	return s
}

// Disorder says where the set breaks lowerHard ≤ lowerSoft ≤ start ≤ upperSoft ≤ upperHard; nothing if it keeps it.
func (s LimitSet) Disorder() []string {
	names := []string{"lower hard", "lower soft", "start", "upper soft", "upper hard"}
	bounds := []Bound{s.LowerHard, s.LowerSoft, s.Start, s.UpperSoft, s.UpperHard}
	var out []string
	for i, b := range bounds {
		for j := i - 1; j >= 0; j-- {
			if b.Set && bounds[j].Set {
				if b.Value < bounds[j].Value {
					out = append(out, fmt.Sprintf("%s %s is below %s %s", names[i], b.Value, names[j], bounds[j].Value))
				}
				break
			}
		}
	}
	return out
}

// limitKeys are the keys of a limit set; one with a unit of its own has the key unit too.
var (
	limitKeys     = []string{"soft", "hard", "start"}
	unitLimitKeys = []string{"unit", "soft", "hard", "start"}
)

// limits reads a limit set with fixed units into a setup.
func (r *reader) limits(s *Setup, e written.Entry, what string, field Field, units []string, upper bool) {
	o := r.object(e.Value, what, limitKeys)
	if len(o.Pairs) == 0 {
		r.Fail(e.At, "%s: no limit and no start value is given", what)
	}
	s.keep(field, e.At, r.set(o, units, upper))
}

func (s *Setup) keep(field Field, at written.Place, set LimitSet) {
	s.Limits[field] = set
	s.Places[field] = at
}
