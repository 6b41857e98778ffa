package library

import (
	"fmt"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// Difference is one way in which two libraries differ in meaning. Order, comments and layout of the files do not count.
type Difference struct {
	Kind  string // added, removed, changed; loosened, tightened for a limit
	Area  string // empty for the library itself
	Setup string // empty for the area itself
	What  string // dose upperHard, advisory, max rate; empty for a whole area or setup
	Was   string
	Now   string
}

// String is the difference as one line.
func (d Difference) String() string {
	var where []string
	for _, s := range []string{d.Area, d.Setup, d.What} {
		if s != "" {
			where = append(where, s)
		}
	}
	out := d.Kind + ": " + strings.Join(where, ", ")
	switch {
	case d.Was != "" && d.Now != "":
		return out + ": " + d.Was + " → " + d.Now
	case d.Was != "":
		return out + ": was " + d.Was
	case d.Now != "":
		return out + ": " + d.Now
	}
	return out
}

// Diff is what changed in meaning from a to b, by care area and setup in the order of b, what is gone after it.
func Diff(a, b *Library) []Difference {
	d := &differ{}
	d.text("name", a.Name, b.Name)
	d.text("id", a.ID, b.ID)
	d.text("version", fmt.Sprint(a.Version), fmt.Sprint(b.Version))
	d.text("status", a.Status, b.Status)
	d.text("use", a.Use, b.Use)
	d.text("signed by", strings.Join(a.Needs, ", "), strings.Join(b.Needs, ", "))
	for i := range b.Areas {
		now := &b.Areas[i]
		d.area, d.setup = now.Name, ""
		if was, ok := a.AreaNamed(now.Name); ok {
			d.areas(was, now)
		} else {
			d.add("added", "", "", fmt.Sprintf("%d setups", len(now.Setups)))
		}
	}
	for i := range a.Areas {
		if _, ok := b.AreaNamed(a.Areas[i].Name); !ok {
			d.area, d.setup = a.Areas[i].Name, ""
			d.add("removed", "", fmt.Sprintf("%d setups", len(a.Areas[i].Setups)), "")
		}
	}
	return d.found
}

type differ struct {
	area, setup string
	found       []Difference
}

func (d *differ) add(kind, what, was, now string) {
	d.found = append(d.found, Difference{kind, d.area, d.setup, what, was, now})
}

func (d *differ) text(what, was, now string) {
	switch {
	case was == now:
	case was == "":
		d.add("added", what, "", now)
	case now == "":
		d.add("removed", what, was, "")
	default:
		d.add("changed", what, was, now)
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (d *differ) areas(was, now *Area) {
	d.text("limit checking", was.Checking, now.Checking)
	d.text("basic infusion", yesNo(was.Basic), yesNo(now.Basic))
	d.devices(was.Device, now.Device)
	d.limits(Weight, was.Weight, now.Weight, true)
	old := pair(was, now)
	gone := map[*Setup]bool{}
	for i := range was.Setups {
		gone[&was.Setups[i]] = true
	}
	for i := range now.Setups {
		s := &now.Setups[i]
		d.setup = s.String()
		if o := old[s]; o != nil {
			delete(gone, o)
			d.setups(o, s)
		} else {
			d.add("added", "", "", "")
		}
	}
	for i := range was.Setups {
		if s := &was.Setups[i]; gone[s] {
			d.setup = s.String()
			d.add("removed", "", "", "")
		}
	}
}

// devices compares the limits that an area sets the pump itself. What is not set is 0.
func (d *differ) devices(was, now Device) {
	for _, x := range []struct {
		what, unit string
		was, now   quantity.Decimal
	}{
		{"max rate", "mL/h", was.MaxRate, now.MaxRate},
		{"max vtbi", "mL", was.MaxVTBI, now.MaxVTBI},
		{"kvo", "mL/h", was.KVO, now.KVO},
		{"max weight", "kg", was.MaxWeight, now.MaxWeight},
		{"max surface", "m²", was.MaxSurface, now.MaxSurface},
		{"occlusion", "mmHg", was.Occlusion, now.Occlusion},
		{"air", "uL", was.Air, now.Air},
		{"alarm volume", "%", was.AlarmVolume, now.AlarmVolume},
		{"delay", "min", was.Delay, now.Delay},
		{"callback before", "min", was.CallbackBefore, now.CallbackBefore},
		{"callback after", "min", was.CallbackAfter, now.CallbackAfter},
	} {
		if x.was != x.now {
			d.add("changed", x.what, x.was.String()+" "+x.unit, x.now.String()+" "+x.unit)
		}
	}
}

// pair finds for each setup of now the one of was that it continues: the same identity, else the only one left of the same drug.
func pair(was, now *Area) map[*Setup]*Setup {
	out := make(map[*Setup]*Setup, len(now.Setups))
	taken := make(map[*Setup]bool, len(was.Setups))
	match := func(key func(*Setup) string, alone bool) {
		open, count := map[string][]*Setup{}, map[string]int{}
		for i := range was.Setups {
			if o := &was.Setups[i]; !taken[o] {
				open[key(o)] = append(open[key(o)], o)
			}
		}
		for i := range now.Setups {
			if s := &now.Setups[i]; out[s] == nil {
				count[key(s)]++
			}
		}
		for i := range now.Setups {
			s := &now.Setups[i]
			k := key(s)
			left := open[k]
			if out[s] != nil || len(left) == 0 || alone && (len(left) != 1 || count[k] != 1) {
				continue
			}
			out[s], taken[left[0]], open[k] = left[0], true, left[1:]
		}
	}
	match(func(s *Setup) string { return s.String() + "\x00" + s.Pump + "\x00" + string(s.By) }, false)
	match((*Setup).String, false)
	match(func(s *Setup) string { return s.Drug }, true)
	return out
}

func (d *differ) setups(was, now *Setup) {
	d.text("concentration", was.strength(), now.strength())
	d.text("therapy", was.Therapy, now.Therapy)
	d.text("delivery", was.Delivery, now.Delivery)
	d.text("pump", was.Pump, now.Pump)
	d.text("by", string(was.By), string(now.By))
	d.text("dose unit", was.DoseUnit.String(), now.DoseUnit.String())
	d.text("high alert", yesNo(was.HighAlert), yesNo(now.HighAlert))
	d.text("advisory", was.Advisory, now.Advisory)
	d.text("aliases", strings.Join(was.Aliases, ", "), strings.Join(now.Aliases, ", "))
	d.text("codes", strings.Join(was.Codes, ", "), strings.Join(now.Codes, ", "))
	for _, f := range fields {
		d.text(string(f)+" unit", was.Units[f], now.Units[f])
		sameUnit := was.Units[f] == now.Units[f] && (f != Dose || was.DoseUnit == now.DoseUnit)
		d.limits(f, was.Limits[f], now.Limits[f], sameUnit)
	}
}

// limits compares two sets bound by bound. A limit further out, or gone, is loosened; in another unit it is only changed.
func (d *differ) limits(f Field, was, now LimitSet, sameUnit bool) {
	b := now.bounds()
	for i, a := range was.bounds() {
		n := b[i]
		if a.Bound == n.Bound {
			continue
		}
		text := func(b Bound) string {
			if !b.Set {
				return "none"
			}
			return b.Value.String()
		}
		kind := "changed"
		upper := i > 2
		switch {
		case a.name == "start" || !sameUnit && a.Set && n.Set:
		case !n.Set, a.Set && upper == (n.Value > a.Value):
			kind = "loosened"
		default:
			kind = "tightened"
		}
		d.add(kind, string(f)+" "+a.name, text(a.Bound), text(n.Bound))
	}
}
