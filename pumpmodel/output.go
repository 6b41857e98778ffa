package pumpmodel

import "time"

// OutputKind says what a step brought about.
type OutputKind string

// The outputs of a Machine. Every Down, Up, Turn and Touch gets exactly one KeyAnswered, first.
const (
	KeyAnswered     OutputKind = "key"             // Control, Answer, Why; Field, Before, After where a number was edited
	ScreenChanged   OutputKind = "screen"          // After names the screen entered, Before the one left
	FieldConfirmed  OutputKind = "field"           // Field took the value After (was Before)
	FieldDiscarded  OutputKind = "field-discarded" // leaving Field dropped what was typed (Before); After is what holds
	AlertRaised     OutputKind = "alert"           // Limit is set; Field, Text
	AlertAnswered   OutputKind = "alert-answered"  // Limit is set; Choice is override, reprogram, cancel or acknowledge; Why a typed reason
	InfusionStarted OutputKind = "started"         // Programme is what runs from now on
	InfusionChanged OutputKind = "changed"         // Programme after a change while running
	InfusionPaused  OutputKind = "paused"
	InfusionResumed OutputKind = "resumed"
	InfusionStopped OutputKind = "stopped"
	VolumeComplete  OutputKind = "complete" // the VTBI was delivered; KVO follows
	AlarmRaised     OutputKind = "alarm"    // Text is the condition, Why its priority (high, medium, low)
	AlarmSilenced   OutputKind = "alarm-silenced"
	AlarmCleared    OutputKind = "alarm-cleared" // Text is the condition
	DoseStarted     OutputKind = "dose-started"  // a bolus or loading dose is given: Field is bolus or loading, Programme with Bolus set
	DoseComplete    OutputKind = "dose-complete" // it was given: Field, Text the mL; the maintenance rate goes on
	DoseStopped     OutputKind = "dose-stopped"  // it was stopped: Field, After the amount given of Before, Text the mL, Why
	HoldBegan       OutputKind = "hold"          // Field is delay or standby, After its minutes
	HoldEnded       OutputKind = "hold-ended"    // Field; Why if a person or an alarm ended it before its time
	NewPatient      OutputKind = "new-patient"
	LibraryChanged  OutputKind = "library" // a delivered drug library came into use: After, instead of Before
	Demanded        OutputKind = "demand"  // the patient's button: Choice is given or refused, Why the reason; After the amount, Text its mL
	Nagged          OutputKind = "nag"     // programming was left alone; Text says what waits
)

// Answer is what a control's use came to.
type Answer string

// The answers every entry method and screen can give to a key.
const (
	Accepted Answer = "accepted"
	Ignored  Answer = "ignored"
	Blocked  Answer = "blocked"
	Clipped  Answer = "clipped"
)

// Output is one consequence of a step, as data. Which members are set depends on Kind.
type Output struct {
	Kind      OutputKind    `json:"kind"`
	At        time.Duration `json:"at,omitempty"`      // offset from the start of the Advance in which it happened
	Channel   string        `json:"channel,omitempty"` // A, B, A secondary; empty on a pump with one channel
	Control   string        `json:"control,omitempty"`
	Answer    Answer        `json:"answer,omitempty"`
	Why       string        `json:"why,omitempty"`
	Field     string        `json:"field,omitempty"`
	Before    string        `json:"before,omitempty"` // decimal string with a point, no unit
	After     string        `json:"after,omitempty"`
	Text      string        `json:"text,omitempty"`
	Choice    string        `json:"choice,omitempty"` // AlertAnswered: override, reprogram, cancel, acknowledge
	Limit     *Limit        `json:"limit,omitempty"`
	Programme *Programme    `json:"programme,omitempty"`
}

// Limit is the limit behind an alert.
type Limit struct {
	Kind    string `json:"kind"`    // upperSoft, lowerHard, … ; advisory, range, same-drug where no limit set is meant
	Value   string `json:"value"`   // decimal string in Unit
	Entered string `json:"entered"` // decimal string in Unit
	Unit    string `json:"unit"`
	Ratio   string `json:"ratio"`          // entered / limit, decimal string with at most 4 places; empty where undefined
	Soft    bool   `json:"soft,omitempty"` // a hard limit that acts as a soft one, in anaesthesia mode
}

// Hard reports whether the limit may not be passed by anyone now.
func (l Limit) Hard() bool { return !l.Soft && (l.Kind == "upperHard" || l.Kind == "lowerHard") }

// Programme is what a pump is set to do: numbers as decimal strings, empty where not part of the programme.
type Programme struct {
	Channel       string    `json:"channel,omitempty"` // A, B, A secondary; empty on a pump with one channel
	Area          string    `json:"area,omitempty"`
	Drug          string    `json:"drug,omitempty"`          // tall-man name; empty for a basic infusion
	Concentration string    `json:"concentration,omitempty"` // 400 mg/250 mL
	Weight        string    `json:"weight,omitempty"`        // kg
	Surface       string    `json:"surface,omitempty"`       // m², where the dose goes by it
	Dose          string    `json:"dose,omitempty"`
	DoseUnit      string    `json:"dose_unit,omitempty"`
	Rate          string    `json:"rate,omitempty"`        // mL/h
	VTBI          string    `json:"vtbi,omitempty"`        // mL
	Time          string    `json:"time,omitempty"`        // minutes
	Basic         bool      `json:"basic,omitempty"`       // outside the library: no limits
	Anaesthesia   bool      `json:"anaesthesia,omitempty"` // in anaesthesia mode: hard limits act as soft ones
	Beyond        bool      `json:"beyond,omitempty"`      // running beyond a soft limit that was overridden
	PCA           Analgesia `json:"pca,omitzero"`          // patient-controlled: the rate is then what is given besides the demands
	Bolus         string    `json:"bolus,omitempty"`       // amount of a bolus or loading dose, in BolusUnit
	BolusUnit     string    `json:"bolus_unit,omitempty"`  // mg, mcg/kg
	BolusVolume   string    `json:"bolus_volume,omitempty"`
	BolusRate     string    `json:"bolus_rate,omitempty"` // mL/h at which it is given
	Loading       bool      `json:"loading,omitempty"`    // it is a loading dose: given first, the rest follows
	Delay         string    `json:"delay,omitempty"`      // minutes by which the start is put off
}

// Analgesia is a programme of patient-controlled analgesia: decimal strings, amounts in Unit; "0" where nothing of it is given.
type Analgesia struct {
	Unit          string `json:"unit,omitempty"`           // mg, mcg/kg, mL
	Dose          string `json:"dose,omitempty"`           // what a demand gives
	Volume        string `json:"volume,omitempty"`         // its mL
	Lockout       string `json:"lockout,omitempty"`        // minutes from one met demand to the next
	Continuous    string `json:"continuous,omitempty"`     // per hour; its mL/h is the programme's rate
	Loading       string `json:"loading,omitempty"`        // given once, at the start
	LoadingVolume string `json:"loading_volume,omitempty"` // its mL
	In1h          string `json:"in_1h,omitempty"`          // at most given in any hour; empty for no limit
	In4h          string `json:"in_4h,omitempty"`
}
