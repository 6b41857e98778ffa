package studies

import (
	"time"

	"pumplab/pumpmodel"
)

// EventKind says what outside fact a session was told.
type EventKind string

// The outside facts of a session. Ticks are not facts: time passing is computed.
const (
	Pump     EventKind = "pump"     // an event for the pump on the screen: Event.Pump
	Stray    EventKind = "stray"    // a key or click bound to nothing: Code
	Next     EventKind = "next"     // the participant goes on (intro, break, questionnaire page, end)
	Done     EventKind = "done"     // the participant says the task is finished
	GiveUp   EventKind = "give-up"  // the participant gives the task up
	Reply    EventKind = "reply"    // Value answers the distraction that is on (phone: empty)
	Rate     EventKind = "rate"     // questionnaire: Item gets Value
	Note     EventKind = "note"     // experimenter: Value is the note
	Assist   EventKind = "assist"   // experimenter helped: Value says how
	Hold     EventKind = "hold"     // experimenter pauses
	Continue EventKind = "continue" // experimenter goes on
	Skip     EventKind = "skip"     // experimenter skips the present step
	Stop     EventKind = "stop"     // experimenter ends the session early: Value says why
	Resume   EventKind = "resume"   // the program was started again after it had ended in mid-session
	Quality  EventKind = "quality"  // the instrument's self-test: Value is its JSON
	Anchor   EventKind = "anchor"   // Value is the UTC time of this moment, RFC 3339 with nanoseconds
	Clock    EventKind = "clock"    // the machine's clocks: Item is slept, stepped, leapt or zone, Value how far or from what to what
	Pointer  EventKind = "pointer"  // the pointer moved, in a frame from First to the record's time: Value is x=… y=… (window units) n=… (events)
	Shown    EventKind = "shown"    // when changes were seen on the screen: Value is the JSON of ShownFrames
	Disturb  EventKind = "disturb"  // experimenter starts a distraction by hand: Item is its kind
)

// Event is one outside fact, without its time.
type Event struct {
	Kind  EventKind        `json:"kind"`
	Pump  *pumpmodel.Event `json:"pump,omitempty"`
	Code  string           `json:"code,omitempty"`  // key or button as the window system names it
	Stamp string           `json:"stamp,omitempty"` // how the time was taken: raw, hook, callback, simulated
	Item  string           `json:"item,omitempty"`
	Value string           `json:"value,omitempty"`

	Device   int  `json:"device,omitempty"`   // number the window system gives the keyboard or mouse, 0 if unknown
	Together bool `json:"together,omitempty"` // delivered in the same poll as the input before it

	First time.Duration `json:"first_ns,omitempty"` // pointer: when the frame's first motion happened, since the session's start
}

// OutputKind says what a session event brought about, beyond the pump's own outputs.
type OutputKind string

// The outputs of a session.
const (
	FromPump       OutputKind = "pump" // Pump is an output of the pump
	StepBegan      OutputKind = "step-began"
	StepEnded      OutputKind = "step-ended" // Why: done, given up, timeout, skipped, stopped, interrupted
	DisturbBegan   OutputKind = "disturb-began"
	DisturbEnded   OutputKind = "disturb-ended" // Why: answered, over, step-ended; Value the reply; Right whether it was right
	Refused        OutputKind = "refused"       // the event did not fit the moment; nothing changed
	ItemRated      OutputKind = "item-rated"
	SessionHeld    OutputKind = "held"
	SessionResumed OutputKind = "resumed"
	SessionEnded   OutputKind = "ended" // Why: complete, stopped
	Noted          OutputKind = "noted"
)

// Output is one consequence of a session event, as data.
type Output struct {
	Kind  OutputKind        `json:"kind"`
	At    time.Duration     `json:"at"`   // since the session's start
	Step  int               `json:"step"` // index in Plan.Steps
	Pump  *pumpmodel.Output `json:"pump,omitempty"`
	Which string            `json:"which,omitempty"` // kind of disturbance; item rated
	Why   string            `json:"why,omitempty"`
	Value string            `json:"value,omitempty"`
	Right bool              `json:"right,omitempty"`
}
