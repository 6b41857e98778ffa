package engine

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// Proof is what an exhaustive walk over a design came to.
type Proof struct {
	Design   string
	About    string   // which values were entered: "dose, checked always"
	States   int      // distinct
	Steps    int      // taken: every control, clock and event in every state
	Started  int      // steps that started or changed an infusion
	Doses    int      // steps that began a bolus or a loading dose
	Holds    int      // steps that began a delay or a standby
	Complete bool     // every reachable state was walked from
	Broken   string   // the property that does not hold; empty if all do
	Path     []string // the shortest way to break it
	needs    string   // what must have begun for the walk to have tried anything: an infusion, a dose, a hold
}

// Proved reports that the walk came to its end, had something to try, and found nothing wrong.
func (p Proof) Proved() bool { return p.Broken == "" && p.Complete && p.idle() == "" }

// idle is what the walk should have begun and could not; empty if it did.
func (p Proof) idle() string {
	switch {
	case p.Started == 0:
		return "start an infusion"
	case p.needs == "dose" && p.Doses == 0:
		return "begin a dose"
	case p.needs == "hold" && p.Holds == 0:
		return "begin a hold"
	}
	return ""
}

// String is the proof in one line.
func (p Proof) String() string {
	head := fmt.Sprintf("%s, %s: %d states, %d steps, %d starts and changes", p.Design, p.About, p.States, p.Steps, p.Started)
	if p.Doses > 0 {
		head += fmt.Sprintf(", %d doses begun", p.Doses)
	}
	if p.Holds > 0 {
		head += fmt.Sprintf(", %d holds begun", p.Holds)
	}
	switch {
	case p.Broken != "":
		return fmt.Sprintf("%s: NOT PROVED, %s after %s", head, p.Broken, strings.Join(p.Path, ", "))
	case !p.Complete:
		return head + ": NOT PROVED, cut off before its end, no counterexample so far"
	case p.idle() != "":
		return head + ": NOT PROVED, no step could " + p.idle()
	}
	return head + ": no counterexample"
}

// provedStates is how many states one walk may have where nothing else is said.
const provedStates = 1_000_000

// Prove walks the design's whole machine (of a design with two channels or secondary infusions one of them by itself, and two together
// in scenarios of their own, see joint) in one of Scenarios, every control in every reachable state, over an abstraction of the numbers entered: for each field in turn a value below,
// at, between and above each of its limits (and, for a rate, on either side of the rate at each limit of the dose), then for all
// fields together one value within, beyond a soft and beyond a hard limit; with limits checked always, or once for an exceed. These
// properties are held in every step:
//
//	nothing runs and no bolus or loading dose begins beyond a hard limit (GIP 6.1.3)
//	nor beyond a soft limit that was not overridden: for this drug, and for this bolus (GIP 6.1.4)
//	no single key changes the rate being delivered or gives a bolus: it was confirmed by an earlier key (GIP 2.1.1)
//	a bolus or loading dose has the volume its amount comes to, and does not begin in an alarm (GIP 1.4.11)
//	nothing flows while it is held, and nothing but a start that was put off begins to flow by itself
//
// What runs is judged by Passed from the programme's own texts, not by the machine. Some scenarios are about what comes from
// outside: orders within and beyond limits, a new library with narrower ones, an occlusion, free flow, the power going and coming
// back, the volume running out. Elsewhere time is left out but for alerts that can only be answered after a while, and being left
// alone for too long. What states of the walk stand for is said at class. A walk that needs more than most states (0: a million) is
// cut off, and proves nothing.
func Prove(d *design.Design, about string, once bool, most int) (Proof, error) {
	if together[about] != nil {
		w, err := newJoint(d, about, once)
		if err != nil {
			return Proof{}, err
		}
		return w.prove(most), nil
	}
	lib := proofLibrary(d, about, once)
	w, err := newProver(d, about, lib, lib)
	if err != nil {
		return Proof{}, err
	}
	return w.prove(most), nil
}

func proofLibrary(d *design.Design, about string, once bool) *library.Library {
	if d.Pump.Name == quantity.PCA.Name {
		return provePCALibrary(about, once)
	}
	return proveLibrary(about, once)
}

// Scenarios are what Prove can be about: the fields whose values are walked, and all fields together.
func Scenarios() []string {
	return []string{"weight", "dose", "rate", "rate by lower dose", "rate by upper dose", "vtbi", "time", "titration", "all fields", "orders", "new library", "occlusion", "free flow", "power"}
}

// proveLibrary is one drug with the limits a scenario is about, and the basic infusion.
func proveLibrary(about string, once bool) *library.Library {
	n := quantity.MustParse
	set := func(a, b, c, d string) library.LimitSet {
		return library.LimitSet{LowerHard: library.At(n(a)), LowerSoft: library.At(n(b)), UpperSoft: library.At(n(c)), UpperHard: library.At(n(d))}
	}
	all := map[library.Field]library.LimitSet{
		library.Weight: set("30", "40", "150", "200"), library.Dose: set("1", "2", "20", "50"), library.Rate: set("2", "4", "100", "200"),
		library.VTBI: set("10", "20", "250", "500"), library.Time: set("10", "20", "3000", "5000"),
		library.Titration: {UpperSoft: library.At(n("100")), UpperHard: library.At(n("400"))},
	}
	limits := map[library.Field]library.LimitSet{}
	for _, f := range limited[about] {
		limits[f] = all[f]
	}
	checking := "always"
	if once {
		checking = "once"
	}
	unit, _ := quantity.ParseDoseUnit("mcg/kg/min")
	lib := &library.Library{Name: "proof", Areas: []library.Area{{
		Name: "Proof", Checking: checking, Basic: true,
		Device: library.Device{MaxRate: n("300"), MaxVTBI: n("600"), KVO: n("1"), MaxWeight: n("250")},
		Setups: []library.Setup{{
			Drug: "drug", By: library.ByWeight, Delivery: "continuous", DoseUnit: unit, Limits: limits,
			Concentration: quantity.Concentration{Amount: n("400"), Unit: "mg", Volume: n("250")},
		}},
	}}}
	extraLimits(about, &lib.Areas[0].Setups[0], &lib.Areas[0].Device)
	return lib
}

// limited are the fields with limits in a scenario; what an area's device can do limits rate, volume and weight in each.
var limited = map[string][]library.Field{
	"weight": {library.Weight}, "dose": {library.Dose}, "rate": {library.Rate}, "rate by lower dose": {library.Dose},
	"rate by upper dose": {library.Dose}, "vtbi": {library.VTBI},
	"time": {library.Time}, "titration": {library.Titration}, "all fields": {library.Weight, library.Dose, library.VTBI},
	"orders": {library.Dose}, "new library": {library.Dose}, "occlusion": {library.Dose}, "free flow": {library.Dose}, "power": {library.Dose},
}

// values are what can be entered in a scenario, by field.
func values(about string, lib *library.Library, pump quantity.Pump) map[field.Field][]quantity.Decimal {
	n := numbers
	s := &lib.Areas[0].Setups[0]
	out := map[field.Field][]quantity.Decimal{field.Weight: n("82"), field.VTBI: n("100")}
	switch about {
	case "weight":
		out[field.Weight], out[field.Dose] = places(s.Limits[library.Weight], pump.Weight), n("5")
	case "dose":
		out[field.Dose] = places(s.Limits[library.Dose], pump.Dose)
	case "rate":
		out[field.Rate] = places(s.Limits[library.Rate], pump.Rate)
	case "rate by lower dose", "rate by upper dose":
		out[field.Rate] = around(s, out[field.Weight][0], pump, about == "rate by upper dose")
	case "vtbi":
		out[field.Rate], out[field.VTBI] = n("15"), places(s.Limits[library.VTBI], pump.VTBI)
	case "time":
		out[field.Rate], out[field.VTBI] = n("5"), n("0.8", "1", "100", "250", "400", "500")
		out[field.Time] = places(s.Limits[library.Time], minutes)
	case "titration":
		out[field.Dose] = n("4", "8", "8.1", "20", "20.1")
	case "orders", "new library", "occlusion", "free flow", "power":
		out[field.Dose] = n("5", "30")
	case "bolus", "bolus rate", "loading dose", "delay", "standby":
		extraValues(about, lib, pump, out)
	default:
		out[field.Weight], out[field.Dose], out[field.VTBI] = n("82", "160", "210"), n("5", "30", "60"), n("100", "300", "510")
	}
	return out
}

// prove walks until the end, most states, or a counterexample.
func (w *prover) prove(most int) Proof {
	r := explore.Walk(w.space(), cmp.Or(most, provedStates))
	w.p.States, w.p.Steps, w.p.Complete, w.p.Path = r.Visited, r.Steps, r.Complete, r.Path
	return *w.p
}

// newProver compiles the design on lib for a walk; what runs is held against the limits of judge.
func newProver(d *design.Design, about string, lib, judge *library.Library) (*prover, error) {
	instead := map[field.Field]entry.Method{}
	entered := values(about, lib, d.Pump)
	if d.Pump.Name == quantity.PCA.Name {
		entered = pcaValues(about, lib, d.Pump)
	}
	if about == "time" && d.Asks(field.Time) {
		entered[field.VTBI] = nil
	}
	if !d.Asks(field.BolusRate) && entered[field.BolusTime] == nil {
		entered[field.BolusTime] = numbers("3")
	}
	if !d.Asks(field.LoadingRate) {
		entered[field.LoadingTime] = numbers("10")
	}
	for f := field.Amount; f < field.All; f++ {
		instead[f] = classes{entered[f], onward(d)}
	}
	libs, judges := []*library.Library{lib}, []*library.Library{judge}
	if about == "new library" {
		next := narrower(lib)
		libs, judges = append(libs, next), append(judges, next)
	}
	m, err := newMach(d, instead, false, libs...)
	if err != nil {
		return nil, err
	}
	p := &Proof{Design: d.Name, About: about + ", checked " + lib.Areas[0].Checking}
	switch about {
	case "bolus", "bolus rate", "loading dose":
		p.needs = "dose"
	case "delay", "standby":
		p.needs = "hold"
	}
	w := &prover{m: m, change: m.step, judges: judges, p: p, events: happenings[about]}
	if d.Pump.Name == quantity.PCA.Name {
		w.change = m.onDemand
	}
	w.moves = w.controls()
	return w, nil
}

// narrower is the library that is delivered later: a dose that was within the limits is beyond a soft one, another beyond a hard one.
func narrower(lib *library.Library) *library.Library {
	next := *lib
	next.Hash, next.Version = "next", lib.Version+1
	next.Areas = slices.Clone(lib.Areas)
	next.Areas[0].Setups = slices.Clone(lib.Areas[0].Setups)
	s := &next.Areas[0].Setups[0]
	s.Limits = maps.Clone(s.Limits)
	s.Limits[library.Dose] = library.LimitSet{UpperSoft: library.At(quantity.Int(4)), UpperHard: library.At(quantity.Int(25))}
	return &next
}
