package session

import (
	"time"

	"pumplab/pumpmodel"
)

// MaxDisturbances is how many realised disturbances one task can have; a study file that asks for more is refused when it is read.
const MaxDisturbances = 8

// State is everything a session remembers: a plain value with the pump's own plain value inside, so two states are the same if
// == says so and an old one can be kept by assignment.
type State struct {
	Now   time.Duration // since the session's start; goes on while the session is held
	Index int           // present step of the plan
	Began time.Duration // Now when the step began
	Spent time.Duration // time of the step without holds: the clock of pump, limits, breaks and disturbances
	Held  bool
	Ended string // complete, stopped; empty while it runs

	Pump      pumpmodel.State     // nil unless the step is a task
	Runs      bool                // the pump is infusing what Programme says
	Programme pumpmodel.Programme // last one started or changed to
	Second    pumpmodel.Programme // the same of the second order, on a pump with several infusions
	SecondRun bool
	Down      string // controls that are down on this pump, each followed by a line feed

	Fired   [MaxDisturbances]uint8 // how often each realised disturbance of the step has begun
	Presses [MaxDisturbances]uint8 // accepted presses so far in the fields each question waits for
	On      Disturbing
	Around  [MaxDisturbances]Surrounding // what is around the task: noise, glare

	Rated string // answers of the present questionnaire: item=value, each followed by a line feed, in the instrument's order
	Right int    // practice tasks right in a row
}

// Disturbing is the disturbance that is on; the zero value is none.
type Disturbing struct {
	Kind     string
	Prompt   string
	Right    string
	Priority string // of another pump's alarm
	Covers   bool
	For      time.Duration // ends by itself after; 0: when answered
	From     time.Duration // Spent when its warning or, without one, it itself began
	Warning  time.Duration // it is only announced, for so long; 0 once it has begun
}

// Surrounding is one realised disturbance that is around the task; the zero value is off.
type Surrounding struct {
	On   bool
	From time.Duration // Spent when it began
}

// covered reports whether the pump can be neither seen nor touched.
func (s State) covered() bool { return s.On.Kind != "" && s.On.Covers && s.On.Warning == 0 }
