package session

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/studies"
	"pumplab/studies/questionnaire"
)

// View is everything a participant can perceive of a session at one moment, as data: the window draws it, the simulated
// participant reads it.
type View struct {
	At     time.Duration // since the session's start
	Index  int           // present step in the plan
	Count  int           // steps in all
	Step   studies.Step
	Held   bool   // the experimenter has paused the session
	Ended  string // complete, stopped; empty while it runs
	Title  string // intro, break, end
	Text   string
	Remain time.Duration // of a break or a time limit; 0 none

	Order *order.Order       // StepTask: what to programme
	Pump  *pumpmodel.Display // StepTask: the pump

	Disturbance *Disturbance // what disturbs now
	Around      []Around     // what is around the task: noise, glare

	Instrument *questionnaire.Instrument // StepAsk
	Rated      map[string]string         // StepAsk: answers so far, by item
}

// Around is something around the task that does not stop it.
type Around struct {
	Kind  string // noise, glare
	Name  string // of a noise
	Level int    // noise: dB re full scale; glare: per cent
}

// Disturbance is a distraction that is on.
type Disturbance struct {
	Kind     string // question, phone, alarm
	Prompt   string
	Priority string // of another pump's alarm: high, medium, low
	Covers   bool
	Ringing  bool
	Warning  bool          // it is only announced: nothing is covered yet, nothing can be answered
	Since    time.Duration // how long it has been on, or been announced
}
