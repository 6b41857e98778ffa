package pumpmodel

import "time"

// EventKind says what happened outside the pump.
type EventKind string

// The events a Machine understands. One it does not know changes nothing and is answered ignored.
const (
	Elapse  EventKind = "elapse"  // For passes; made by Advance only, never recorded
	Down    EventKind = "down"    // Control pressed
	Up      EventKind = "up"      // Control released
	Turn    EventKind = "turn"    // Control (a dial) turned by N detents, clockwise positive
	Touch   EventKind = "touch"   // the face touched at X, Y, or the finger moved there (N is 1); Control names what lies there, if known
	Ordered EventKind = "ordered" // an order (Text) arrived over the network
	Fault   EventKind = "fault"   // a fault begins: Text names it (occlusion, air, empty, door, battery, flow, network)
	Repair  EventKind = "repair"  // the fault named Text is gone
	Library EventKind = "library" // a new drug library (Text is its hash) was delivered
)

// Event is one fact from outside, without its time: the driver lets time pass with Advance first.
type Event struct {
	Kind    EventKind     `json:"kind"`
	Control string        `json:"control,omitempty"`
	N       int           `json:"n,omitempty"`    // detents of a turn
	X       int           `json:"x,omitempty"`    // touch, hundredths of a millimetre from the face's left edge
	Y       int           `json:"y,omitempty"`    // touch, hundredths of a millimetre from the face's top edge
	Text    string        `json:"text,omitempty"` // order, fault, library
	For     time.Duration `json:"for,omitempty"`  // elapse
}

// Press is the event of a control going down.
func Press(control string) Event { return Event{Kind: Down, Control: control} }

// Release is the event of a control coming up.
func Release(control string) Event { return Event{Kind: Up, Control: control} }
