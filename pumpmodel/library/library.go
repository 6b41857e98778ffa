package library

import (
	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

// Field names one number a limit set or a programme can speak of.
type Field string

// The fields of a programme that limits apply to.
const (
	Dose      Field = "dose"   // dose rate, in the setup's dose unit
	Rate      Field = "rate"   // mL/h
	VTBI      Field = "vtbi"   // mL
	Weight    Field = "weight" // kg
	Time      Field = "time"   // minutes
	Bolus     Field = "bolus"  // bolus dose
	BolusRate Field = "bolus rate"
	Loading   Field = "loading"
	Total     Field = "total"
	Conc      Field = "concentration"
	Titration Field = "titration" // step in per cent of the running dose

	// Of patient-controlled analgesia (delivery pca); all amounts of a setup are in one unit.
	PCADose    Field = "pca dose"   // what one demand gives
	Lockout    Field = "lockout"    // minutes until the next demand is met
	Continuous Field = "continuous" // what runs besides, per hour
	In1h       Field = "in 1 h"     // most given in any hour, demands and continuous together
	In2h       Field = "in 2 h"
	In4h       Field = "in 4 h"
)

// Library is one drug library.
type Library struct {
	Name    string
	ID      string
	Version int
	Status  string // draft, in review, approved, released, retired
	Use     string // "research and teaching only, never for clinical use"
	Needs   []string
	Areas   []Area
	Hash    string // SHA-256 of the file's bytes, hexadecimal

	File    string   // the name it was read under
	Sources []string // where the values come from
	History []Change
}

// Change is one entry of the library's history.
type Change struct {
	Version int
	When    string // ISO date
	Who     string
	Why     string
}

// Area is one care area: device limits and its setups.
type Area struct {
	Name     string
	Device   Device
	Weight   LimitSet // kg
	Checking string   // always, once
	Basic    bool     // infusions outside the library are allowed
	Setups   []Setup

	At       written.Place // of the area's name in the file
	WeightAt written.Place // of its weight limits
}

// Device are the limits a care area sets the pump itself.
type Device struct {
	MaxRate   quantity.Decimal // mL/h
	MaxVTBI   quantity.Decimal // mL
	KVO       quantity.Decimal // mL/h
	MaxWeight quantity.Decimal // kg
	Occlusion quantity.Decimal // mmHg
	Air       quantity.Decimal // µL

	MaxSurface     quantity.Decimal // m²
	AlarmVolume    quantity.Decimal // %: alarms are never softer
	Delay          quantity.Decimal // minutes a start may be put off; 0: not at all
	CallbackBefore quantity.Decimal // minutes before the end at which the pump calls; 0: not
	CallbackAfter  quantity.Decimal // minutes after the end at which it calls again; 0: not
}

// Basis is what a dose is related to.
type Basis string

// The weight bases.
const (
	None      Basis = "none"
	ByWeight  Basis = "weight"
	BySurface Basis = "surface"
)

// Setup is one way of giving one drug: drug × therapy × basis × concentration × delivery × pump kind.
type Setup struct {
	Drug          string // tall-man name
	Aliases       []string
	Codes         []string // the drug's codes in other systems: ATC N02AA01
	Therapy       string
	By            Basis
	Concentration quantity.Concentration // the zero value for a custom one or a fluid
	Custom        bool                   // entered at the bedside within the limits on concentration
	Delivery      string                 // continuous, continuous+bolus, intermittent, secondary, fluid, pca
	Pump          string                 // large-volume, syringe, pca
	DoseUnit      quantity.DoseUnit      // zero: programmed by rate only
	HighAlert     bool
	Advisory      string
	Limits        map[Field]LimitSet

	ConcUnit string                  // amount unit per mL of the limits on a custom concentration: mg
	Units    map[Field]string        // unit of bolus, bolus rate, loading, total limits and those of PCA
	At       written.Place           // in the file
	Places   map[Field]written.Place // of each limit set in the file
}

// Bound is a limit that may be absent.
type Bound struct {
	Set   bool
	Value quantity.Decimal
}

// At is a bound that is set.
func At(v quantity.Decimal) Bound { return Bound{true, v} }

// LimitSet are the four limits and the start value of one field; each may be absent.
type LimitSet struct {
	LowerHard, LowerSoft, Start, UpperSoft, UpperHard Bound
}

// AreaNamed is the care area of that name.
func (l *Library) AreaNamed(name string) (*Area, bool) {
	for i := range l.Areas {
		if l.Areas[i].Name == name {
			return &l.Areas[i], true
		}
	}
	return nil, false
}

// Drugs are the tall-man names of an area's drugs, each once, in the library's order.
func (a *Area) Drugs() []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range a.Setups {
		if !seen[s.Drug] {
			seen[s.Drug] = true
			out = append(out, s.Drug)
		}
	}
	return out
}

// SetupsOf are the area's setups of a drug, in the library's order: one per concentration (and therapy).
func (a *Area) SetupsOf(drug string) []*Setup {
	var out []*Setup
	for i := range a.Setups {
		if a.Setups[i].Drug == drug {
			out = append(out, &a.Setups[i])
		}
	}
	return out
}
