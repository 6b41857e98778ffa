package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// mach is a design and a library compiled for stepping: immutable after New.
type mach struct {
	d         *design.Design
	instead   map[field.Field]entry.Method // of the proofs
	aside     bool                         // it gives secondary infusions only
	areas     []area                       // of all libraries, one after the other
	libraries []shelf
	screens   []screen
	keys      map[string]int16 // the controls, each with its number, from 1
	methods   [field.All]entry.Method
	typed     [field.All][]bind // the controls that type, by field
	prefill   [field.All]bool   // fields that open with the library's start value
	running   int8
	review    int8
	waysOn
	letters []bind            // digit keys that jump in a list
	search  []bind            // keys that filter a list
	reason  []bind            // keys that write a reason
	off     []map[string]bool // by screen, the touch keys that are not on it
	printed map[string]string // what a person reads on a control
	acts    acts
	answers *answers
	label   string        // of the lane, on a device with several
	places  [lanes]string // its lanes in words
	spare   int           // how many hints its device may add to a display
}

// acts are the controls that do things outside number entry; empty where the design has none for it.
type acts struct {
	confirm, back, up, down, pageUp, pageDown, nextField, previousField, toggle string
	start, pause, stop, change, silence, anaesthesia                            string
	options                                                                     string
	extras                                                                      [exAnaesthesia]string
}

func actsOf(k map[string]string) acts {
	return acts{
		confirm: k["confirm"], back: k["back"], up: k["up"], down: k["down"], pageUp: k["page-up"], pageDown: k["page-down"],
		nextField: k["next-field"], previousField: k["previous-field"], toggle: k["toggle"],
		start: k["start"], pause: k["pause"], stop: k["stop"], change: k["change"], silence: k["silence"], anaesthesia: k["anaesthesia"],
		options: k["options"], extras: extraControls(k),
	}
}

type area struct {
	name  string
	src   *library.Area
	once  bool
	drugs []drug
}

// drug is a row of the drug list; the basic infusion is one without a library name.
type drug struct {
	name   string // tall-man, as in the library
	shown  string // as this design shows it
	setups []setup
}

type setup struct {
	conc     quantity.Concentration
	concText string
	therapy  string
	unit     quantity.DoseUnit
	relation quantity.Relation // of dose and rate; none where the concentration is entered
	doseUnit string
	dosed    bool // programmed by dose or rate; otherwise by rate only
	weighed  bool // the dose goes by weight
	surfaced bool // by body surface
	custom   bool // the concentration is entered
	concUnit string
	basic    bool
	pca      bool
	pcaUnit  string           // of its amounts: mg, mcg/kg, mL
	in2h     quantity.Decimal // most in two hours, which is not programmed; 0 for no limit
	fast     quantity.Decimal // mL/h at which a demand is given
	advisory string
	kvo      quantity.Decimal
	air      quantity.Decimal                // µL a bubble may have
	limits   [field.Limited]library.LimitSet // with the area's device limits
	limited  fieldSet                        // those of limits that limit anything
	device   [field.Limited]quantity.Decimal // what the area lets the device do; 0 for no limit
	beside
}

type screen struct {
	design.Screen
	fields           []field.Field
	then, back, edit int8 // edit is the screen named by change
	extra            int8 // what the screen programmes beside the infusion
}

func (m *mach) machine() pumpmodel.Machine {
	return pumpmodel.NewInPlace(pumpmodel.InPlace[state]{Info: m.info, Start: m.start, Step: m.step, Wait: m.wait, Show: m.show})
}

// newMach compiles the design on its libraries. Instead are entry methods to use in the place of the design's own; aside is for secondary
// infusions only.
func newMach(d *design.Design, instead map[field.Field]entry.Method, aside bool, libs ...*library.Library) (*mach, error) {
	m := &mach{d: d, instead: instead, aside: aside, keys: map[string]int16{}, printed: map[string]string{}, acts: actsOf(d.Keys), answers: &answers{}}
	for _, k := range d.Face.Keys {
		m.keys[k.Name] = int16(len(m.keys)) + 1
		m.printed[k.Name] = cmp.Or(k.Label, arrows[k.Shape], k.Name)
		if k.Kind == "dial" {
			m.keys[k.Name+"+"] = int16(len(m.keys)) + 1
			m.keys[k.Name+"-"] = int16(len(m.keys)) + 1
			m.printed[k.Name+"+"], m.printed[k.Name+"-"] = m.printed[k.Name]+" ↻", m.printed[k.Name]+" ↺"
		}
	}
	for _, lib := range libs {
		if err := m.install(lib); err != nil {
			return nil, err
		}
	}
	m.compile()
	if err := m.entries(); err != nil {
		return nil, fmt.Errorf("build machine %s: %w", d.Name, err)
	}
	return m, nil
}

// arrows are what keys without a label show by their shape.
var arrows = map[string]string{
	"arrow-up": "▲", "arrow-down": "▼", "arrow-left": "◀", "arrow-right": "▶", "chevron-up": "▲", "chevron-down": "▼",
	"double-chevron-up": "▲▲", "double-chevron-down": "▼▼",
}

func (m *mach) area(a *library.Area) area {
	out := area{name: a.Name, src: a, once: a.Checking == "once"}
	for _, name := range a.Drugs() {
		d := drug{name: name, shown: name}
		if !m.d.Show.TallMan {
			d.shown = strings.ToLower(name)
		}
		for _, s := range a.SetupsOf(name) {
			if m.gives(s) {
				d.setups = append(d.setups, m.compileSetup(a, s))
			}
		}
		if len(d.setups) > 0 {
			out.drugs = append(out.drugs, d)
		}
	}
	slices.SortStableFunc(out.drugs, func(a, b drug) int {
		return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	if a.Basic && !m.aside && m.d.Pump.Name != quantity.PCA.Name {
		s := m.compileSetup(a, &library.Setup{})
		s.basic = true
		out.drugs = append(out.drugs, drug{shown: "Basic infusion", setups: []setup{s}})
	}
	return out
}

// gives reports that this pump can be programmed for the setup: its kind of pump; a custom concentration or a dose by m²
// only if the design asks for what they need; not patient-controlled.
func (m *mach) gives(s *library.Setup) bool {
	return (s.Delivery == "pca") == (m.d.Pump.Name == quantity.PCA.Name) && (s.Pump == "" || s.Pump == m.d.Pump.Name) && (!s.Custom || m.d.EntersConcentration()) &&
		(s.DoseUnit.Per != "m2" || m.d.EntersSurface()) && m.lane(s.Delivery)
}

func (m *mach) compileSetup(a *library.Area, s *library.Setup) setup {
	out := setup{
		conc: s.Concentration, therapy: s.Therapy, unit: s.DoseUnit, advisory: s.Advisory,
		dosed: s.DoseUnit != (quantity.DoseUnit{}), weighed: s.DoseUnit.Per == "kg",
		surfaced: s.DoseUnit.Per == "m2", custom: s.Custom, concUnit: s.ConcUnit, kvo: a.Device.KVO, air: a.Device.Air,
	}
	if s.Delivery == "pca" {
		m.compilePCA(a, s, &out)
	}
	if s.Concentration.Amount > 0 {
		out.concText = s.Concentration.String()
	}
	if out.dosed && !out.custom {
		out.relation, _ = quantity.RelationOf(out.unit, out.conc)
	}
	if out.dosed {
		out.doseUnit = s.DoseUnit.String()
	}
	if s.DoseUnit.Amount == "mL" && s.DoseUnit.Per == "" {
		out.dosed, out.doseUnit = false, ""
	}
	if out.kvo <= 0 || out.kvo > m.d.Pump.MaxKVO {
		out.kvo = m.d.Pump.MaxKVO
	}
	for f := field.Conc; f < field.Limited; f++ {
		out.limits[f] = s.Limits[field.Limit[f]]
	}
	if (out.weighed || out.surfaced) && out.limits[field.Weight] == (library.LimitSet{}) {
		out.limits[field.Weight] = a.Weight
	}
	atMost := func(f field.Field, v quantity.Decimal) {
		out.device[f] = v
		if b := &out.limits[f].UpperHard; v > 0 && (!b.Set || b.Value > v) {
			*b = library.At(v)
		}
	}
	atMost(field.Rate, a.Device.MaxRate)
	atMost(field.VTBI, a.Device.MaxVTBI)
	atMost(field.Weight, a.Device.MaxWeight)
	for f, set := range out.limits {
		if set != (library.LimitSet{}) {
			out.limited |= 1 << f
		}
	}
	out.boosted(m, a, s)
	return out
}

func (m *mach) compile() {
	at := map[string]int8{"": -1}
	for i, s := range m.d.Screens {
		at[s.Name] = int8(i)
	}
	for i, s := range m.d.Screens {
		c := screen{Screen: s, then: at[s.Then], back: at[s.Back], edit: at[s.Change]}
		if s.Back == "" {
			c.back = int8(i) - 1
		}
		var off map[string]bool
		for _, k := range m.d.Face.Keys {
			if len(k.On) > 0 && !slices.Contains(k.On, s.Name) {
				if off == nil {
					off = map[string]bool{}
				}
				off[k.Name] = true
			}
		}
		m.off = append(m.off, off)
		for _, name := range s.Fields {
			c.fields = append(c.fields, field.Named(name))
		}
		switch s.Kind {
		case "running":
			m.running, c.back = int8(i), -1
		case "review":
			m.review = int8(i)
		}
		m.screens = append(m.screens, c)
	}
	for i := range m.screens {
		if m.screens[i].Kind == "review" {
			m.screens[i].then = m.running
		}
	}
	m.compileExtras()
}

func (m *mach) info() pumpmodel.Info {
	d := m.d
	out := pumpmodel.Info{Name: d.Name, Version: d.Version, Title: d.Title, Pump: d.Pump.Name, Flaws: slices.Clone(d.Flaws)}
	for _, k := range d.Face.Keys {
		kind := k.Kind
		if kind == "touch" {
			kind = "key" // pressed as a key is; a walk takes it as one
		}
		if k.Shape == design.Slider {
			kind = design.Slider
		}
		out.Controls = append(out.Controls, pumpmodel.Control{Name: k.Name, Label: k.Label, Key: k.Bound, Kind: kind, X: int(k.X), Y: int(k.Y), W: int(k.W), H: int(k.H)})
		if k.Kind == "dial" {
			out.Controls = append(out.Controls,
				pumpmodel.Control{Name: k.Name + "+", Key: k.CW, Kind: "detent"}, pumpmodel.Control{Name: k.Name + "-", Key: k.CCW, Kind: "detent"})
		}
	}
	add := func(name, value string) {
		if value != "" {
			out.Parameters = append(out.Parameters, pumpmodel.Parameter{Name: name, Value: value})
		}
	}
	add("entry", d.Entry["all"].Method)
	for _, name := range design.Entered {
		add("entry of "+name, d.Entry[name].Method)
	}
	add("soft alert", d.Alerts.Soft.As)
	add("second key", d.Alerts.Soft.Second)
	add("hard alert", d.Alerts.Hard.As)
	add("idle nag", d.Idle.Nag.String())
	add("idle clear", d.Idle.Clear.String())
	return out
}
