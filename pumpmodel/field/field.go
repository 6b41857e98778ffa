// Package field names the fields of a programme: the numbers and choices that designs ask for, engines compute with and limits are on.
package field

import (
	"strings"

	"pumplab/pumpmodel/library"
)

// Field is one number or choice of a programme, as an index; the fields a limit can be on come first.
type Field int8

const (
	Conc    Field = iota
	Amount        // of drug, in a concentration that is entered
	Diluent       // mL it is in
	Weight
	Height  // cm
	Surface // m²
	Dose
	PCADose    // what a demand gives; the fields up to In4h are those of patient-controlled analgesia
	Lockout    // minutes from one met demand to the next
	Continuous // given besides, per hour
	PCALoading // given once, at the start
	In1h       // at most given in any hour
	In4h
	Rate
	VTBI
	Time
	Titration                     // per cent of the running dose; never entered, only held against limits
	Limited                       // how many fields limits can be on
	Drug      Field = Limited     // shown only
	Remaining Field = Limited + 1 // shown only
	Given     Field = Limited + 2 // shown only

	Bolus       Field = Limited + 3 // amount; the fields from here on belong to extras
	BolusRate   Field = Limited + 4
	BolusTime   Field = Limited + 5
	Loading     Field = Limited + 6
	LoadingRate Field = Limited + 7
	LoadingTime Field = Limited + 8
	Delay       Field = Limited + 9
	Standby     Field = Limited + 10
	All         Field = Limited + 11

	None Field = -1
)

// Names are the fields as designs, libraries' tests and outputs write them.
var Names = [...]string{
	"concentration", "amount", "diluent", "weight", "height", "surface", "dose",
	"pca-dose", "lockout", "continuous", "pca-loading", "in-1h", "in-4h", "rate", "vtbi", "time", "titration", "drug", "remaining", "given",
	"bolus", "bolus-rate", "bolus-time", "loading", "loading-rate", "loading-time", "delay", "standby",
}

// Labels are the fields as displays print them.
var Labels = [...]string{
	"CONCENTRATION", "AMOUNT", "DILUENT", "WEIGHT", "HEIGHT", "SURFACE", "DOSE",
	"DEMAND DOSE", "LOCKOUT", "CONTINUOUS", "LOADING DOSE", "MOST IN 1 H", "MOST IN 4 H", "RATE", "VTBI", "TIME", "CHANGE", "DRUG", "REMAINING", "GIVEN",
	"BOLUS", "RATE", "OVER", "LOADING DOSE", "RATE", "OVER", "DELAY", "STANDBY",
}

// String is the field's name; empty for None.
func (f Field) String() string {
	if f < 0 || int(f) >= len(Names) {
		return ""
	}
	return Names[f]
}

// Numeric reports that the field is a number a person enters.
func (f Field) Numeric() bool { return f >= Amount && f <= Time || f >= Bolus }

// Named is the field of that name; None if there is none.
func Named(name string) Field {
	for i, n := range Names {
		if n == name {
			return Field(i)
		}
	}
	return None
}

// Limit is the library's word for the field's limits.
// An amount, a diluent, a height and a surface have none: what follows from them has.
var Limit = [Limited]library.Field{
	Conc: library.Conc, Weight: library.Weight, Dose: library.Dose, Rate: library.Rate, VTBI: library.VTBI, Time: library.Time,
	Titration: library.Titration, PCADose: library.PCADose, Lockout: library.Lockout, Continuous: library.Continuous,
	PCALoading: library.Loading, In1h: library.In1h, In4h: library.In4h,
}

// Words is the field as sentences and hints call it.
func (f Field) Words() string {
	if f.PCA() {
		return strings.ToLower(Labels[f])
	}
	return strings.ReplaceAll(f.String(), "-", " ")
}

// Optional reports that a design need not have the field.
func (f Field) Optional() bool {
	return f.Extra() || f == Amount || f == Diluent || f == Height || f == Surface || f.PCA()
}

// Extra reports that the field belongs to an extra.
func (f Field) Extra() bool { return f >= Bolus }

// PCA reports that the field belongs to patient-controlled analgesia.
func (f Field) PCA() bool { return f >= PCADose && f <= In4h }

// Blank reports that the field may be left empty, for nothing.
func (f Field) Blank() bool { return f == Continuous || f == PCALoading }
