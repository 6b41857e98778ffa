package design

import (
	"fmt"
	"slices"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// Proof is what an exhaustive walk over a design came to.
type Proof struct {
	Design   string
	About    string   // which values were entered: "dose, checked always"
	States   int      // distinct
	Steps    int      // taken: every control in every state
	Started  int      // steps that started or changed an infusion
	Complete bool     // every reachable state was walked from
	Broken   string   // the property that does not hold; empty if all three do
	Path     []string // the shortest way to break it
}

// String is the proof in one line.
func (p Proof) String() string {
	head := fmt.Sprintf("%s, %s: %d states, %d steps, %d starts and changes", p.Design, p.About, p.States, p.Steps, p.Started)
	switch {
	case p.Broken != "":
		return fmt.Sprintf("%s: %s after %v", head, p.Broken, p.Path)
	case !p.Complete:
		return head + ": not walked to the end, no counterexample so far"
	}
	return head + ": no counterexample"
}

// provedStates is how many states one walk may have.
const provedStates = 1_000_000

// Prove walks the design's whole machine in one of Scenarios, every control in every reachable state, over an abstraction of the numbers entered: for
// each field in turn a value below, at, between and above each of its limits (and, for a rate, on either side of the rate at each
// limit of the dose), then for all fields together one value within, beyond a soft and beyond a hard limit; with limits checked
// always, or once for an exceed. Three properties are held in every step:
//
//	nothing runs beyond a hard limit (GIP 6.1.3)
//	nothing runs beyond a soft limit that was not overridden for this drug (GIP 6.1.4)
//	no single key changes the rate being delivered: a new rate was confirmed by an earlier key (GIP 2.1.1)
//
// What runs is judged by Passed from the programme's own texts, not by the machine. Time is left out but for alerts that can only be
// answered after a while: how much was given, and how long a silence lasts, do not enter into any check.
func (d *Design) Prove(about string, once bool) (Proof, error) {
	lib := proveLibrary(about, once)
	return d.prove(about, lib, lib)
}

// Scenarios are what Prove can be about: the fields whose values are walked, and all fields together.
func Scenarios() []string {
	return []string{"weight", "dose", "rate", "rate by lower dose", "rate by upper dose", "vtbi", "time", "titration", "all fields"}
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
	return &library.Library{Name: "proof", Areas: []library.Area{{
		Name: "Proof", Checking: checking, Basic: true,
		Device: library.Device{MaxRate: n("300"), MaxVTBI: n("600"), KVO: n("1"), MaxWeight: n("250")},
		Setups: []library.Setup{{
			Drug: "drug", By: library.ByWeight, Delivery: "continuous", DoseUnit: unit, Limits: limits,
			Concentration: quantity.Concentration{Amount: n("400"), Unit: "mg", Volume: n("250")},
		}},
	}}}
}

// limited are the fields with limits in a scenario; what an area's device can do limits rate, volume and weight in each.
var limited = map[string][]library.Field{
	"weight": {library.Weight}, "dose": {library.Dose}, "rate": {library.Rate}, "rate by lower dose": {library.Dose},
	"rate by upper dose": {library.Dose}, "vtbi": {library.VTBI},
	"time": {library.Time}, "titration": {library.Titration}, "all fields": {library.Weight, library.Dose, library.VTBI},
}

// values are what can be entered in a scenario, by field.
func values(about string, lib *library.Library, pump quantity.Pump) map[field][]quantity.Decimal {
	n := func(texts ...string) []quantity.Decimal {
		var out []quantity.Decimal
		for _, t := range texts {
			out = append(out, quantity.MustParse(t))
		}
		return out
	}
	s := &lib.Areas[0].Setups[0]
	out := map[field][]quantity.Decimal{fWeight: n("82"), fVTBI: n("100")}
	switch about {
	case "weight":
		out[fWeight], out[fDose] = places(s.Limits[library.Weight], pump.Weight), n("5")
	case "dose":
		out[fDose] = places(s.Limits[library.Dose], pump.Dose)
	case "rate":
		out[fRate] = places(s.Limits[library.Rate], pump.Rate)
	case "rate by lower dose", "rate by upper dose":
		out[fRate] = around(s, out[fWeight][0], pump, about == "rate by upper dose")
	case "vtbi":
		out[fRate], out[fVTBI] = n("15"), places(s.Limits[library.VTBI], pump.VTBI)
	case "time":
		out[fRate], out[fVTBI] = n("5"), n("0.8", "1", "100", "250", "400", "500")
		out[fTime] = places(s.Limits[library.Time], minutes)
	case "titration":
		out[fDose] = n("4", "8", "8.1", "20", "20.1")
	default:
		out[fWeight], out[fDose], out[fVTBI] = n("82", "160", "210"), n("5", "30", "60"), n("100", "300", "510")
	}
	return out
}

// watched is a machine's state with what the properties need to know of its past.
type watched struct {
	S         state
	Overrides [nAll]uint8 // the limits overridden since the drug was chosen, by field, a bit each
}

// prove walks the design on lib; what runs is held against the limits of judge.
func (d *Design) prove(about string, lib, judge *library.Library) (Proof, error) {
	instead := map[field]entry.Method{}
	entered := values(about, lib, d.Pump)
	if about == "time" && d.asks(fTime) {
		entered[fVTBI] = nil
	}
	for f := fAmount; f < nAll; f++ {
		instead[f] = classes{entered[f], d.onward()}
	}
	m, err := d.mach(instead, lib)
	if err != nil {
		return Proof{}, err
	}
	p := Proof{Design: d.Name, About: about + ", checked " + lib.Areas[0].Checking}
	w := prover{m: m, lib: judge, p: &p}
	r := explore.Explore(w.machine(), explore.Options{Keys: w.keys(), Limit: provedStates, Abstract: abstract, Edge: w.edge})
	p.States, p.Steps, p.Complete = r.Visited, r.Steps, r.Complete
	if r.Found {
		p.Path = r.Path
	}
	return p, nil
}

// asks reports that a screen of the design lets a person enter the field.
func (d *Design) asks(f field) bool {
	return slices.ContainsFunc(d.Screens, func(s Screen) bool {
		return (slices.Contains([]string{"enter", "form", "menu"}, s.Kind) || extraFields[s.Kind] != nil) && slices.Contains(s.Fields, f.String())
	})
}

// onward are the keys that go to the next class: the face's up, or 1 where digits are typed.
func (d *Design) onward() []string {
	for _, want := range []string{"up", "1", "UP", "up0", "+"} {
		if slices.ContainsFunc(d.Face.Keys, func(k Key) bool { return k.Types == want }) {
			return []string{want}
		}
	}
	return []string{"up"}
}

type prover struct {
	m   *mach
	lib *library.Library
	p   *Proof
}

// keys are all controls but the digits that do what 1 does, and the wait for an alert that has a delay.
func (w *prover) keys() []string {
	var out []string
	for _, k := range w.m.d.Face.Keys {
		if len(k.Types) != 1 || k.Types[0] < '2' || k.Types[0] > '9' {
			out = append(out, k.Name)
		}
		if k.Kind == "dial" {
			out = append(out, k.Name+"+", k.Name+"-")
		}
	}
	if a := w.m.d.Alerts; a.Soft.Delay > 0 || a.Hard.Delay > 0 || a.Advisory.Delay > 0 {
		out = append(out, explore.Wait)
	}
	return out
}

// abstract leaves out what no check looks at: volumes given and times that run.
func abstract(s pumpmodel.State) any {
	x := s.(watched)
	f := x.S.Flow
	x.S.Flow = delivery.Delivery{Mode: f.Mode, Rate: f.Rate, VTBI: f.VTBI}
	if !f.Active() {
		x.S.Flow = delivery.Delivery{}
	}
	x.S.Idle, x.S.HeldFor = 0, 0
	x.S.Dose.Left, x.S.Dose.Total, x.S.Dose.Extra.Base, x.S.Dose.Extra.Since = 0, 0, 0, 0
	x.S.Alarms.Quiet = min(x.S.Alarms.Quiet, 1)
	x.S.Alert.Left = min(x.S.Alert.Left, 1)
	if x.S.Alert.Reason != "" {
		x.S.Alert.Reason = "r"
	}
	return x
}

// machine is the design's machine with the overrides remembered.
func (w *prover) machine() pumpmodel.Machine {
	spec := w.m.spec()
	return pumpmodel.New(pumpmodel.Spec[watched]{
		Info:  spec.Info,
		Start: func() watched { return watched{S: spec.Start()} },
		Wait:  func(x watched) (time.Duration, bool) { return spec.Wait(x.S) },
		Show:  func(x watched) pumpmodel.Display { return spec.Show(x.S) },
		Step: func(x watched, e pumpmodel.Event) (watched, []pumpmodel.Output) {
			var out []pumpmodel.Output
			x.S, out = spec.Step(x.S, e)
			for _, o := range out {
				switch {
				case o.Kind == pumpmodel.NewPatient, o.Kind == pumpmodel.FieldConfirmed && o.Field == fDrug.String():
					x.Overrides = [nAll]uint8{}
				case o.Kind == pumpmodel.AlertAnswered && o.Choice == "override":
					x.Overrides[fieldNamed(o.Field)] |= 1 << limitIndex(o.Limit.Kind)
				}
			}
			return x, out
		},
	})
}

// edge holds the three properties in one step; true ends the walk.
func (w *prover) edge(e explore.Edge) bool {
	before, after := e.From.(watched), e.To.(watched)
	w.p.Broken = w.rate(before.S, after.S, e.Out)
	for _, o := range e.Out {
		if o.Kind == pumpmodel.InfusionStarted || o.Kind == pumpmodel.InfusionChanged {
			w.p.Started++
		}
	}
	if w.p.Broken == "" && after.S.Flow.Active() && (after.S.Run != before.S.Run || !before.S.Flow.Active()) {
		w.p.Broken = w.limits(&after)
	}
	return w.p.Broken != ""
}

func (w *prover) limits(x *watched) string {
	for _, o := range Passed(w.lib, w.m.d.Pump, *w.m.programme(&x.S.Run)) {
		switch {
		case o.Limit.Hard():
			return fmt.Sprintf("runs beyond the %s of %s", o.Limit.Kind, o.Field)
		case x.Overrides[fieldNamed(o.Field)]&(1<<limitIndex(o.Limit.Kind)) == 0:
			return fmt.Sprintf("runs beyond the %s of %s without an override", o.Limit.Kind, o.Field)
		}
	}
	return ""
}

// rate holds that what flows is what was programmed, and that another rate than before was confirmed by an earlier key, not on the
// running screen.
func (w *prover) rate(before, after state, out []pumpmodel.Output) string {
	if after.Flow.Active() && after.Flow.Rate != after.Run.Val[fRate] {
		return "another rate is set than was programmed"
	}
	was, is := before.Flow.Rate, after.Flow.Rate
	if !before.Flow.Active() || !after.Flow.Active() || was == is {
		return ""
	}
	if before.Screen == w.m.running && !before.Alert.On || before.Draft.Val[fRate] != is {
		return "one key changed the rate from " + was.String() + " to " + is.String()
	}
	if !slices.ContainsFunc(out, func(o pumpmodel.Output) bool { return o.Kind == pumpmodel.InfusionChanged }) {
		return "the rate changed from " + was.String() + " to " + is.String() + " and nothing said so"
	}
	return ""
}
