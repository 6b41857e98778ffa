package library

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// The words of the file; Schema says the same for editors, and a test holds them together.
var (
	libraryKeys = []string{"library", "id", "version", "status", "use", "sources", "signed by", "history", "care areas"}
	signedKeys  = []string{"needs"}
	changeKeys  = []string{"version", "when", "who", "why"}
	areaKeys    = []string{"device", "weight", "checking", "basic infusion", "setups"}
	deviceKeys  = []string{
		"max rate", "max vtbi", "kvo", "max weight", "max surface", "occlusion", "air", "alarm volume", "delay", "callback before", "callback after",
	}

	statuses = []string{"draft", "in review", "approved", "released", "retired"}
	roles    = []string{"pharmacist", "nurse", "physician", "human factors", "biomedical", "informatics"}
	checking = []string{"always", "once"}
)

// MaxAreas is how many care areas a library may have.
const MaxAreas = 32

// Vocabulary are the known keys of each kind of object in the file.
func Vocabulary() map[string][]string {
	return map[string][]string{
		"library": libraryKeys, "signed": signedKeys, "change": changeKeys, "area": areaKeys, "device": deviceKeys,
		"setup": setupKeys, "limits": limitKeys, "unitLimits": unitLimitKeys,
	}
}

// Read reads a library file; name is used in messages only. The error is a *ReadError with every problem by place.
func Read(name string, data []byte) (*Library, error) {
	r := &reader{file: name}
	root := r.parse(data)
	if root == nil {
		return nil, &ReadError{r.problems}
	}
	l := r.library(root)
	if len(r.problems) > 0 {
		return nil, &ReadError{sortProblems(r.problems)}
	}
	l.File = name
	l.Hash = fmt.Sprintf("%x", sha256.Sum256(data))
	return l, nil
}

func (r *reader) library(n *node) *Library {
	o := r.object(n, "the library", libraryKeys)
	o.require("library", "version", "use", "care areas")
	l := &Library{
		Name: o.str("library"), ID: o.str("id"), Version: o.whole("version"), Use: o.str("use"), Sources: o.list("sources"),
		Status: o.word("status", "draft", statuses),
	}
	if l.ID == "" {
		l.ID = l.Name
	}
	if e, ok := o.get("signed by"); ok {
		l.Needs = r.object(e.value, "signed by", signedKeys).words("needs", roles)
	}
	if e, ok := o.get("history"); ok {
		l.History = r.history(e)
	}
	e, ok := o.get("care areas")
	if !ok {
		return l
	}
	areas := r.entries(e.value, "care areas")
	if len(areas) == 0 || len(areas) > MaxAreas {
		r.at(e.at, "a library has 1 to %d care areas, this one has %d", MaxAreas, len(areas))
		areas = areas[:min(len(areas), MaxAreas)]
	}
	for _, a := range areas {
		if _, twice := l.AreaNamed(a.key); twice {
			r.at(a.at, "care area %q is given twice", a.key)
			continue
		}
		l.Areas = append(l.Areas, r.area(a))
	}
	return l
}

// whole is a positive whole number.
func (o object) whole(key string) int {
	e, ok := o.get(key)
	if !ok {
		return 0
	}
	text, _ := o.r.text(e.value)
	v, err := strconv.Atoi(text)
	if err != nil || v < 1 {
		o.r.at(e.value.at, "%s: %s cannot be %q; a whole number from 1 is expected", o.what, key, text)
	}
	return v
}

// words is a list of known words.
func (o object) words(key string, known []string) []string {
	out := o.list(key)
	for _, w := range out {
		ok := false
		for _, k := range known {
			ok = ok || k == w
		}
		if !ok {
			o.r.at(o.place(key), "%s: %s cannot be %q%s", o.what, key, w, instead(w, known))
		}
	}
	return out
}

var isoDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func (r *reader) history(e entry) []Change {
	if e.value.kind != sequence {
		r.at(e.value.at, "history: a list of changes is expected, each with version, when, who, why")
		return nil
	}
	var out []Change
	for _, n := range e.value.items {
		o := r.object(n, "a change", changeKeys)
		o.require(changeKeys...)
		c := Change{Version: o.whole("version"), When: o.str("when"), Who: o.str("who"), Why: o.str("why")}
		if c.When != "" && !isoDate.MatchString(c.When) {
			r.at(o.place("when"), "a change: when cannot be %q; write the date as 2026-11-22", c.When)
		}
		out = append(out, c)
	}
	return out
}

func (r *reader) area(e entry) Area {
	what := fmt.Sprintf("care area %q", e.key)
	o := r.object(e.value, what, areaKeys)
	o.at = e.at
	o.require("device", "setups")
	a := Area{Name: e.key, At: e.at, Checking: o.word("checking", "always", checking), Basic: o.flag("basic infusion")}
	if d, ok := o.get("device"); ok {
		a.Device = r.device(d, what)
	}
	if w, ok := o.get("weight"); ok {
		set := r.object(w.value, what+": weight", limitKeys)
		a.Weight, a.WeightAt = r.set(set, []string{"kg"}, false), w.at
	}
	s, ok := o.get("setups")
	if !ok {
		return a
	}
	if s.value.kind != sequence || len(s.value.items) == 0 {
		r.at(s.value.at, "%s: setups is a list of at least one drug, each after a dash", what)
		return a
	}
	for _, n := range s.value.items {
		a.Setups = append(a.Setups, r.setup(n))
	}
	r.distinct(&a)
	return a
}

func (r *reader) device(e entry, what string) Device {
	o := r.object(e.value, what+": device", deviceKeys)
	o.at = e.at
	o.require("max rate", "max vtbi", "kvo")
	d := Device{
		MaxRate: o.positive("max rate", "mL/h"), MaxVTBI: o.positive("max vtbi", "mL"), KVO: o.number("kvo", "mL/h"),
		MaxWeight: o.positive("max weight", "kg"), Occlusion: o.number("occlusion", "mmHg"), Air: o.number("air", "uL", "µL"),
		MaxSurface: o.positive("max surface", "m2", "m²"), AlarmVolume: o.number("alarm volume", "%"), Delay: o.number("delay", "min", "h"),
		CallbackBefore: o.number("callback before", "min", "h"), CallbackAfter: o.number("callback after", "min", "h"),
	}
	if d.AlarmVolume > quantity.Int(100) {
		r.at(o.valueAt("alarm volume"), "%s: alarm volume is at most 100 %%", o.what)
	}
	return d
}

// distinct refuses two setups of an area that a person could not tell apart.
func (r *reader) distinct(a *Area) {
	seen := make(map[string]Place, len(a.Setups))
	for i := range a.Setups {
		s := &a.Setups[i]
		id := s.identity()
		if first, twice := seen[id]; twice {
			r.at(s.At, "%s stands already in line %d with the same therapy, concentration, weight basis, delivery and pump", s.Drug, first.Line)
			continue
		}
		seen[id] = s.At
	}
}

// identity is what setups of an area have to differ in.
func (s *Setup) identity() string {
	return strings.Join([]string{s.Drug, s.Therapy, s.Delivery, s.Pump, string(s.By), s.strength()}, "\x00")
}
