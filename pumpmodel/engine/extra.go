package engine

import (
	"slices"
	"strings"
	"time"

	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// What an infusion can have beside its maintenance rate: a bolus on top of what runs, a loading dose before it, a start that is put
// off, a standby, another weight of the patient while it runs. Each is programmed on a screen of its own kind, which only designs
// have that ask for it; what the library says of a drug decides whether it is offered.

// The extras, and what an options screen can also do.
const (
	exNone int8 = iota
	exBolus
	exLoading
	exDelay
	exStandby
	exWeight
	exAnaesthesia // no screen of its own: it is switched on and off
	exStop        // of the bolus or loading dose being given
	exCall        // no extra: what is held is the call after one
)

// extraWords are the extras as designs write them: the kind of their screen and the word in options. Stopping a dose stands in the
// row of the bolus.
var extraWords = [...]string{"", "bolus", "loading", "delay", "standby", "patient-weight", "anaesthesia", "stop"}

func extraNamed(word string) int8 { return int8(max(slices.Index(extraWords[:], word), 0)) }

// extras are the extras of one programme: a plain value, small because most programmes have none.
type extras struct {
	Kind   int8  // what is being programmed
	Has    uint8 // which of Val
	ByTime bool  // the time of the dose was entered, its rate follows; otherwise the other way round
	Over   [2]int8
	Val    [4]quantity.Decimal // amount, rate and minutes of the bolus or loading dose; minutes of the delay or standby
}

// value is a field of the plan, whatever it belongs to; set is false while it holds nothing.
func (p *plan) value(f field.Field) (v quantity.Decimal, set bool) {
	switch {
	case !f.Numeric():
		return 0, false
	case f.Extra():
		return p.Extra.Val[slot(f)], p.Extra.Has&(1<<slot(f)) != 0
	}
	return p.Val[f], p.Has.of(f)
}

func (x *extras) put(slot int, v quantity.Decimal) { x.Val[slot], x.Has = v, x.Has|1<<slot }

// forget drops the bolus or loading dose, or the time to wait.
func (x *extras) forget(kind int8) {
	first, last := 0, 2
	if kind == exDelay || kind == exStandby {
		first, last = 3, 3
	}
	for i := first; i <= last; i++ {
		x.Val[i], x.Has = 0, x.Has&^(1<<i)
	}
	if first == 0 {
		x.ByTime, x.Over = false, [2]int8{}
	}
}

// loading reports that the plan has a loading dose; delay is by how many minutes its start is put off.
func (p *plan) loading() bool { return p.Extra.Kind != exBolus && p.Extra.Has&1 != 0 }

func (p *plan) delay() quantity.Decimal {
	if p.Extra.Kind == exStandby {
		return 0
	}
	return p.Extra.Val[3]
}

// giving is a bolus or loading dose while the pump gives it, and what is held: a plain value.
type giving struct {
	Extra delivery.Extra
	What  field.Field      // field.Bolus or field.Loading, while one is being given
	Total quantity.Decimal // mL of doses that are over
	Hold  int8             // exDelay, exStandby, exCall; exNone if nothing is held
	From  int8             // the screen from which an extra or the options were called
	Past  int8             // the gravest limit the dose being given is beyond: 1 a soft one, 2 a hard one made soft
	Left  time.Duration    // until what is held ends, or until the next call
}

func (g *giving) on() bool { return g.Extra.Volume > 0 }

// boost is what a library says of a setup's bolus or loading dose.
type boost struct {
	on       bool
	dose     library.LimitSet
	rate     library.LimitSet
	unit     string // of the amount: mg, mcg/kg
	rateUnit string // of the rate: mg/min; empty where it is in mL/h
}

// boosted is what the library says of a bolus and of a loading dose.
func (out *setup) boosted(m *mach, a *library.Area, s *library.Setup) {
	amount := s.Units[library.Bolus]
	if amount == "" && s.DoseUnit.Amount != "" {
		amount = s.DoseUnit.Amount
		if s.DoseUnit.Per != "" {
			amount += "/" + s.DoseUnit.Per
		}
	}
	_, limited := s.Limits[library.Bolus]
	out.bolus = boost{
		on: (limited || s.Delivery == "continuous+bolus") && out.related(amount), dose: s.Limits[library.Bolus], rate: s.Limits[library.BolusRate],
		unit: amount, rateUnit: s.Units[library.BolusRate],
	}
	_, limited = s.Limits[library.Loading]
	out.load = boost{on: limited && out.related(s.Units[library.Loading]), dose: s.Limits[library.Loading], unit: s.Units[library.Loading]}
	out.src = s
	out.most = m.d.Pump.Rate.Max()
	if r := a.Device.MaxRate; r > 0 {
		out.most = min(out.most, r)
	}
	out.hold, out.before, out.after = a.Device.Delay, a.Device.CallbackBefore, a.Device.CallbackAfter
}

// beside is what a setup and its care area say of extras.
type beside struct {
	src                 *library.Setup
	bolus, load         boost
	most                quantity.Decimal // mL/h the area's device may give
	hold, before, after quantity.Decimal // minutes: the longest delay, the calls before and after its end
}

// waysOn are the screens of a design's extras, and from where they are called.
type waysOn struct {
	extras   [exAnaesthesia]int8 // the screen of each; -1 if there is none
	options  int8
	starting int8   // the screen that starts an infusion
	offered  []int8 // the rows of the options
	plainly  bool   // the design has no extras
}

// compileExtras finds the screens of extras. Each is a form; it leads to the running screen, or back to the programme it belongs to.
func (m *mach) compileExtras() {
	m.options, m.plainly = -1, true
	for i := range m.extras {
		m.extras[i] = -1
	}
	m.starting = m.review
	for i := range m.screens {
		c := &m.screens[i]
		kind := extraNamed(c.Kind)
		switch {
		case c.Kind == "options":
			m.options, m.plainly = int8(i), false
			for _, word := range c.Options {
				m.offered = append(m.offered, extraNamed(word))
			}
		case kind != exNone:
			c.extra, c.Kind = kind, "form"
			c.then = m.running
			if kind == exLoading || kind == exDelay {
				c.then = -1 // where it was called from
			}
			m.extras[kind], m.plainly = int8(i), false
		case m.review == 0 && c.then == m.running:
			m.starting = int8(i)
		}
	}
}

// extraHas reports that a field of the extras belongs to the plan.
func (m *mach) extraHas(p *plan, f field.Field) bool {
	switch {
	case f == field.Standby:
		return p.Extra.Kind == exStandby
	case f == field.Delay:
		return p.Extra.Kind == exDelay || p.delay() > 0
	case f < field.Loading:
		return p.Extra.Kind == exBolus
	}
	return p.doses() == field.Loading
}

// boost is the one a field is about.
func (s *setup) boost(f field.Field) *boost {
	if f >= field.Loading {
		return &s.load
	}
	return &s.bolus
}

// related reports that a dose in an amount's unit can be worked out: what goes by weight or surface only where the setup's own dose
// does, so that the person was asked for it.
func (s *setup) related(unit string) bool {
	switch {
	case strings.HasSuffix(unit, "/kg"):
		return s.weighed
	case strings.HasSuffix(unit, "/m²"), strings.HasSuffix(unit, "/m2"):
		return s.surfaced
	}
	return unit != ""
}

// extraControls are the controls that ask for each extra.
func extraControls(keys map[string]string) (out [exAnaesthesia]string) {
	for kind := exBolus; kind < exAnaesthesia; kind++ {
		out[kind] = keys[extraWords[kind]]
	}
	return out
}

// slot is where a field of the extras is kept.
func slot(f field.Field) int {
	switch f {
	case field.Bolus, field.Loading:
		return 0
	case field.BolusRate, field.LoadingRate:
		return 1
	case field.BolusTime, field.LoadingTime:
		return 2
	}
	return 3
}
