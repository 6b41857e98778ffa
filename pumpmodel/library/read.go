package library

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
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
	checking = []string{"always", "once", "once per exceed"} // the last is the same as once
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

// Read reads a library file; name is used in messages only. The error is written.Problems: every problem by place.
func Read(name string, data []byte) (*Library, error) {
	l, problems := read(name, data)
	if len(problems) > 0 {
		return nil, problems
	}
	return l, nil
}

// Examine reads a library file and holds it against every rule: the problems it is refused for, and the linter's findings, which come
// too where only rules are broken. The library is nil where the file cannot be read.
func Examine(name string, data []byte) (*Library, written.Problems, []Finding) {
	l, problems := read(name, data)
	if l == nil || slices.ContainsFunc(problems, func(p written.Problem) bool { return p.Rule == "" }) {
		return nil, problems, nil
	}
	findings := slices.DeleteFunc(Lint(l), func(f Finding) bool { // what is refused already
		return slices.ContainsFunc(problems, func(p written.Problem) bool { return p.Rule == f.Rule && p.Line == f.Line })
	})
	return l, problems, findings
}

func read(name string, data []byte) (*Library, written.Problems) {
	r := newReader(name)
	root := r.Parse(data)
	if root == nil {
		return nil, r.Problems.Sorted()
	}
	l := r.library(root)
	l.File = name
	l.Hash = fmt.Sprintf("%x", sha256.Sum256(data))
	return l, r.Problems.Sorted()
}

func (r *reader) library(n *written.Node) *Library {
	o := r.object(n, "the library", libraryKeys)
	o.Require("library", "version", "use", "care areas")
	l := &Library{
		Name: o.Str("library"), ID: o.Str("id"), Version: o.whole("version"), Use: o.Str("use"), Sources: o.List("sources"),
		Status: o.Word("status", "draft", statuses),
	}
	if l.ID == "" {
		l.ID = l.Name
	}
	if e, ok := o.Get("signed by"); ok {
		l.Needs = r.object(e.Value, "signed by", signedKeys).words("needs", roles)
	}
	if e, ok := o.Get("history"); ok {
		l.History = r.history(e)
	}
	e, ok := o.Get("care areas")
	if !ok {
		return l
	}
	areas := r.Entries(e.Value, "care areas")
	if len(areas) == 0 || len(areas) > MaxAreas {
		r.Fail(e.At, "a library has 1 to %d care areas, this one has %d", MaxAreas, len(areas))
		areas = areas[:min(len(areas), MaxAreas)]
	}
	for _, a := range areas {
		if _, twice := l.AreaNamed(a.Key); twice {
			r.Fail(a.At, "care area %q is given twice", a.Key)
			continue
		}
		l.Areas = append(l.Areas, r.area(a))
	}
	return l
}

// whole is a positive whole number.
func (o object) whole(key string) int {
	e, ok := o.Get(key)
	if !ok {
		return 0
	}
	text, _ := o.r.Text(e.Value)
	v, err := strconv.Atoi(text)
	if err != nil || v < 1 {
		o.r.Fail(e.Value.At, "%s: %s cannot be %q; a whole number from 1 is expected", o.What, key, text)
	}
	return v
}

// words is a list of known words.
func (o object) words(key string, known []string) []string {
	out := o.List(key)
	for _, w := range out {
		ok := false
		for _, k := range known {
			ok = ok || k == w
		}
		if !ok {
			o.r.Fail(o.Place(key), "%s: %s cannot be %q%s", o.What, key, w, written.Instead(w, known))
		}
	}
	return out
}

var isoDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func (r *reader) history(e written.Entry) []Change {
	if e.Value.Kind != written.Sequence {
		r.Fail(e.Value.At, "history: a list of changes is expected, each with version, when, who, why")
		return nil
	}
	var out []Change
	for _, n := range e.Value.Items {
		o := r.object(n, "a change", changeKeys)
		o.Require(changeKeys...)
		c := Change{Version: o.whole("version"), When: o.Str("when"), Who: o.Str("who"), Why: o.Str("why")}
		if c.When != "" && !isoDate.MatchString(c.When) {
			r.Fail(o.Place("when"), "a change: when cannot be %q; write the date as 2026-11-22", c.When)
		}
		out = append(out, c)
	}
	return out
}

func (r *reader) area(e written.Entry) Area {
	what := fmt.Sprintf("care area %q", e.Key)
	o := r.object(e.Value, what, areaKeys)
	o.At = e.At
	o.Require("device", "setups")
	a := Area{Name: e.Key, At: e.At, Checking: strings.TrimSuffix(o.Word("checking", "always", checking), " per exceed"), Basic: o.Flag("basic infusion")}
	if d, ok := o.Get("device"); ok {
		a.Device = r.device(d, what)
	}
	if w, ok := o.Get("weight"); ok {
		set := r.object(w.Value, what+": weight", limitKeys)
		a.Weight, a.WeightAt = r.set(set, []string{"kg"}, false), w.At
	}
	s, ok := o.Get("setups")
	if !ok {
		return a
	}
	if s.Value.Kind != written.Sequence || len(s.Value.Items) == 0 {
		r.Fail(s.Value.At, "%s: setups is a list of at least one drug, each after a dash", what)
		return a
	}
	a.Setups = make([]Setup, 0, len(s.Value.Items))
	for _, n := range s.Value.Items {
		a.Setups = append(a.Setups, r.setup(n))
	}
	r.distinct(&a)
	return a
}

func (r *reader) device(e written.Entry, what string) Device {
	o := r.object(e.Value, what+": device", deviceKeys)
	o.At = e.At
	o.Require("max rate", "max vtbi", "kvo")
	d := Device{
		MaxRate: o.positive("max rate", "mL/h"), MaxVTBI: o.positive("max vtbi", "mL"), KVO: o.number("kvo", "mL/h"),
		MaxWeight: o.positive("max weight", "kg"), Occlusion: o.number("occlusion", "mmHg"), Air: o.number("air", "uL", "µL"),
		MaxSurface: o.positive("max surface", "m2", "m²"), AlarmVolume: o.number("alarm volume", "%"), Delay: o.number("delay", "min", "h"),
		CallbackBefore: o.number("callback before", "min", "h"), CallbackAfter: o.number("callback after", "min", "h"),
	}
	if d.AlarmVolume > quantity.Int(100) {
		r.Fail(o.ValueAt("alarm volume"), "%s: alarm volume is at most 100 %%", o.What)
	}
	return d
}

// distinct refuses two setups of an area that a person could not tell apart.
func (r *reader) distinct(a *Area) {
	seen := make(map[string]written.Place, len(a.Setups))
	for i := range a.Setups {
		s := &a.Setups[i]
		id := s.identity()
		if first, twice := seen[id]; twice {
			r.Break("duplicate", s.At, "%s stands already in line %d with the same therapy, concentration, weight basis, delivery and pump", s.Drug, first.Line)
			continue
		}
		seen[id] = s.At
	}
}

// identity is what setups of an area have to differ in.
func (s *Setup) identity() string {
	return strings.Join([]string{s.Drug, s.Therapy, s.Delivery, s.Pump, string(s.By), s.strength()}, "\x00")
}
