package ders

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

// Entry is one number held against a library: what a person programmed, as they would say it.
type Entry struct {
	Area          string
	Drug          string // in tall-man letters or not, or an alias
	Therapy       string // empty: any
	Concentration string // as 400 mg/250 mL, or custom; empty: any
	Field         library.Field
	Value         quantity.Decimal
	Unit          string           // of Value; empty: that of the limits
	Weight        quantity.Decimal // kg; 0: not known. A rate is held against the dose's limits through it
	Volume        quantity.Decimal // mL; 0: not known. A rate is held against the duration's limits through it
}

// NotFound says what of an entry is not in the library.
type NotFound string

func (n NotFound) Error() string { return string(n) }

// Judgement is what an entry came to.
type Judgement struct {
	Verdict
	Setup *library.Setup
	Field library.Field
}

// Unit is the unit of the limits.
func (j Judgement) Unit() string { return j.Setup.UnitOf(j.Field) }

// Checker finds an entry's setup in a library at once, however many setups it has.
type Checker struct {
	lib    *library.Library
	areas  map[string]*library.Area
	setups map[place]group // by the name as it is written, and by every name in small letters; with and without strength
}

// place is a care area, a drug's name in it, and its concentration as it is written; empty: any.
type place struct{ area, drug, strength string }

// group are setups of a care area.
type group struct {
	area   *library.Area
	setups []*library.Setup
	pump   *quantity.Pump // of the first setup
	sets   []fieldSet     // of the first setup: a short list is faster to look through than a map
}

type fieldSet struct {
	field library.Field
	set   library.LimitSet
}

// NewChecker indexes a library.
func NewChecker(l *library.Library) *Checker {
	c := &Checker{lib: l, areas: map[string]*library.Area{}, setups: map[place]group{}}
	for i := range l.Areas {
		a := &l.Areas[i]
		c.areas[a.Name] = a
		for j := range a.Setups {
			s := &a.Setups[j]
			for _, name := range append([]string{s.Drug}, s.Aliases...) {
				c.put(a, place{a.Name, name, ""}, s)
				c.put(a, place{a.Name, strings.ToLower(name), ""}, s)
				if s.Concentration.Amount > 0 {
					c.put(a, place{a.Name, name, s.Concentration.String()}, s)
				}
			}
		}
	}
	return c
}

func (c *Checker) put(a *library.Area, at place, s *library.Setup) {
	g, ok := c.setups[at]
	if ok && g.setups[len(g.setups)-1] == s {
		return
	}
	if !ok {
		g = group{area: a, pump: pumpOf(s)}
		for f, set := range s.Limits {
			if set != (library.LimitSet{}) {
				g.sets = append(g.sets, fieldSet{f, set})
			}
		}
	}
	g.setups = append(g.setups, s)
	c.setups[at] = g
}

// own is the limit set of a lone setup's field.
func (g *group) own(f library.Field) *library.LimitSet {
	for i := range g.sets {
		if g.sets[i].field == f {
			return &g.sets[i].set
		}
	}
	return nil
}

// Check holds an entry against its limits, the device's and the pump's range. The error says what is not in the library (NotFound), or
// what has to be said more exactly because setups differ in their limits.
func (c *Checker) Check(e Entry) (Judgement, error) {
	g, alone := c.setups[place{e.Area, e.Drug, e.Concentration}]
	alone = alone && len(g.setups) == 1 && e.Therapy == "" && e.Unit == "" && e.Field != library.Rate
	if set := g.own(e.Field); alone && set != nil {
		return g.judged(Check(*set, e.Value), &e, false), nil
	}
	g, err := c.find(&e)
	if err != nil {
		return Judgement{}, err
	}
	l, err := g.limits(&e)
	if err != nil {
		return Judgement{}, err
	}
	v, neighbour, err := inUnitOf(g.setups[0], &e)
	if err != nil {
		return Judgement{}, err
	}
	got := g.judged(l.check(v), &e, l.open)
	if other := g.judged(l.check(neighbour), &e, l.open); graver(got.Verdict, other.Verdict) {
		return other, nil
	}
	return got, nil
}

// judged holds what the library says of a number against what the device and its pump can be set to.
func (g *group) judged(got Verdict, e *Entry, open bool) Judgement {
	if got.Kind != "hard" {
		device := Device(g.area.Device, e.Field, got.Entered)
		if pump := OnPump(g.pump, e.Field, got.Entered); pump.Kind == "hard" && device.Kind != "hard" {
			device = pump
		}
		if device.Kind == "hard" || got.Kind == "unknown" && !open {
			got = device
		}
	}
	return Judgement{got, g.setups[0], e.Field}
}

// graver reports that b is graver than a.
func graver(a, b Verdict) bool {
	rank := func(v Verdict) int { return slices.Index([]string{"unknown", "ok", "soft", "hard"}, v.Kind) }
	return rank(b) > rank(a)
}

// find are the setups that can be meant.
func (c *Checker) find(e *Entry) (group, error) {
	g, exact := c.setups[place{e.Area, e.Drug, e.Concentration}]
	if exact && len(g.setups) == 1 && e.Therapy == "" {
		return g, nil
	}
	area, ok := c.areas[e.Area]
	if !ok {
		var names []string
		for _, a := range c.lib.Areas {
			names = append(names, a.Name)
		}
		return g, NotFound(fmt.Sprintf("find care area %q in %s: there is none%s", e.Area, c.lib.File, written.Instead(e.Area, names)))
	}
	if !exact {
		g = group{area: area, setups: c.setups[place{e.Area, strings.ToLower(e.Drug), ""}].setups}
	}
	setups, err := narrowed(g.setups, e)
	if err == nil && len(setups) == 0 {
		what := strings.TrimSpace(e.Drug + " " + e.Therapy)
		if len(g.setups) > 0 { // the drug is there, the therapy is not
			return g, NotFound(fmt.Sprintf("find drug %q in %s: there is %s", what, e.Area, list(g.setups)))
		}
		err = NotFound(fmt.Sprintf("find drug %q in %s: there is none%s", what, e.Area, written.Instead(e.Drug, nearestFirst(e.Drug, area))))
	}
	if err != nil {
		return g, err
	}
	return group{area: area, setups: setups, pump: pumpOf(setups[0])}, nil
}

// nearestFirst are the names and aliases of an area's drugs, the ones most like a word before the others.
func nearestFirst(word string, a *library.Area) []string {
	names := a.Drugs()
	for _, s := range a.Setups {
		names = append(names, s.Aliases...)
	}
	word = strings.ToLower(word)
	slices.SortStableFunc(names, func(x, y string) int {
		return cmp.Compare(written.Distance(word, strings.ToLower(x)), written.Distance(word, strings.ToLower(y)))
	})
	return slices.Compact(names)
}

// narrowed are the setups of the entry's therapy and strength; of those the ones that have limits on its field, if any has.
func narrowed(all []*library.Setup, e *Entry) ([]*library.Setup, error) {
	keep := func(from []*library.Setup, ok func(*library.Setup) bool) []*library.Setup {
		return slices.DeleteFunc(slices.Clone(from), func(s *library.Setup) bool { return !ok(s) })
	}
	found := all
	if e.Therapy != "" {
		found = keep(found, func(s *library.Setup) bool { return strings.EqualFold(s.Therapy, e.Therapy) })
	}
	if e.Concentration != "" && len(found) > 0 {
		var want quantity.Concentration
		if e.Concentration != custom {
			var err error
			if want, err = quantity.ParseConcentration(e.Concentration); err != nil {
				return nil, err
			}
		}
		strong := keep(found, func(s *library.Setup) bool { return SameStrength(s.Concentration, want) })
		if len(strong) == 0 { // a concentration typed at the bedside fits any
			strong = keep(found, func(s *library.Setup) bool { return s.Custom })
		}
		if len(strong) == 0 {
			return nil, NotFound(fmt.Sprintf("find %s %s in %s: there is %s", e.Drug, e.Concentration, e.Area, list(found)))
		}
		found = strong
	}
	if having := keep(found, func(s *library.Setup) bool { return s.Limits[e.Field] != (library.LimitSet{}) }); len(having) > 0 {
		found = having
	}
	return found, nil
}

// SameStrength reports the same amount per mL: 16 mcg/mL is 4 mg/250 mL.
func SameStrength(a, b quantity.Concentration) bool {
	if a == b {
		return a.Volume != 0
	}
	r, err := quantity.Ratio(a.Unit, b.Unit)
	if err != nil || a.Volume == 0 || b.Volume == 0 {
		return false
	}
	left := r.Mul(r, a.Amount.Rat())
	left.Quo(left, a.Volume.Rat())
	right := b.Amount.Rat()
	return left.Cmp(right.Quo(right, b.Volume.Rat())) == 0
}

func list(setups []*library.Setup) string {
	var names []string
	for _, s := range setups {
		names = append(names, s.String())
	}
	return strings.Join(names, "; ")
}
