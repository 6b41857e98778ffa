package design

import (
	"strings"

	"pumplab/pumpmodel/library"
)

// field is one number or choice of a programme, as an index; the fields a limit can be on come first.
type field int8

const (
	fConc    field = iota
	fAmount        // of drug, in a concentration that is entered
	fDiluent       // mL it is in
	fWeight
	fHeight  // cm
	fSurface // m²
	fDose
	fPCADose    // what a demand gives; the fields up to fIn4h are those of patient-controlled analgesia
	fLockout    // minutes from one met demand to the next
	fContinuous // given besides, per hour
	fPCALoading // given once, at the start
	fIn1h       // at most given in any hour
	fIn4h
	fRate
	fVTBI
	fTime
	fTitration // per cent of the running dose; never entered, only held against limits
	nField
	fDrug      field = nField     // shown only
	fRemaining field = nField + 1 // shown only
	fGiven     field = nField + 2 // shown only

	fBolus       field = nField + 3 // amount; the fields from here on belong to extras
	fBolusRate   field = nField + 4
	fBolusTime   field = nField + 5
	fLoading     field = nField + 6
	fLoadingRate field = nField + 7
	fLoadingTime field = nField + 8
	fDelay       field = nField + 9
	fStandby     field = nField + 10
	nAll         field = nField + 11

	noField field = -1
)

var fieldNames = [...]string{
	"concentration", "amount", "diluent", "weight", "height", "surface", "dose",
	"pca-dose", "lockout", "continuous", "pca-loading", "in-1h", "in-4h", "rate", "vtbi", "time", "titration", "drug", "remaining", "given",
	"bolus", "bolus-rate", "bolus-time", "loading", "loading-rate", "loading-time", "delay", "standby",
}

var fieldLabels = [...]string{
	"CONCENTRATION", "AMOUNT", "DILUENT", "WEIGHT", "HEIGHT", "SURFACE", "DOSE",
	"DEMAND DOSE", "LOCKOUT", "CONTINUOUS", "LOADING DOSE", "MOST IN 1 H", "MOST IN 4 H", "RATE", "VTBI", "TIME", "CHANGE", "DRUG", "REMAINING", "GIVEN",
	"BOLUS", "RATE", "OVER", "LOADING DOSE", "RATE", "OVER", "DELAY", "STANDBY",
}

func (f field) String() string {
	if f < 0 || int(f) >= len(fieldNames) {
		return ""
	}
	return fieldNames[f]
}

// numeric reports that the field is a number a person enters.
func (f field) numeric() bool { return f >= fAmount && f <= fTime || f >= fBolus }

func fieldNamed(name string) field {
	for i, n := range fieldNames {
		if n == name {
			return field(i)
		}
	}
	return noField
}

// limitOf is the library's word for the field's limits.
// An amount, a diluent, a height and a surface have none: what follows from them has.
var limitOf = [nField]library.Field{
	fConc: library.Conc, fWeight: library.Weight, fDose: library.Dose, fRate: library.Rate, fVTBI: library.VTBI, fTime: library.Time,
	fTitration: library.Titration, fPCADose: library.PCADose, fLockout: library.Lockout, fContinuous: library.Continuous,
	fPCALoading: library.Loading, fIn1h: library.In1h, fIn4h: library.In4h,
}

// words is the field as sentences and hints call it.
func (f field) words() string {
	if f.pca() {
		return strings.ToLower(fieldLabels[f])
	}
	return strings.ReplaceAll(f.String(), "-", " ")
}

// optional reports that a design need not have the field.
func (f field) optional() bool {
	return f.extra() || f == fAmount || f == fDiluent || f == fHeight || f == fSurface || f.pca()
}

// slot is where a field of the extras is kept.
func (f field) slot() int {
	switch f {
	case fBolus, fLoading:
		return 0
	case fBolusRate, fLoadingRate:
		return 1
	case fBolusTime, fLoadingTime:
		return 2
	}
	return 3
}

// extra reports that the field belongs to an extra.
func (f field) extra() bool { return f >= fBolus }

// pca reports that the field belongs to patient-controlled analgesia; blank that it may be left empty, for nothing.
func (f field) pca() bool { return f >= fPCADose && f <= fIn4h }

func (f field) blank() bool { return f == fContinuous || f == fPCALoading }

// limited is the field whose limits hold for f: itself.
func (f field) limited() field {
	if f >= nField {
		return fConc
	}
	return f
}
