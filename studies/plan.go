package studies

import "time"

// Plan is the realised course of one session: every draw is made, so replay never draws again. Record 1 of the journal holds it.
type Plan struct {
	Study       string `json:"study"`
	Participant string `json:"participant"`
	Row         int    `json:"row"`  // row of the counterbalancing table
	Seed        uint64 `json:"seed"` // from which the draws came
	Steps       []Step `json:"steps"`
}

// StepKind says what a step of a session is.
type StepKind string

// The kinds of step.
const (
	StepIntro StepKind = "intro" // a text to read: welcome, next design
	StepTask  StepKind = "task"  // one order to programme
	StepAsk   StepKind = "ask"   // a questionnaire
	StepBreak StepKind = "break"
	StepEnd   StepKind = "end" // thanks
)

// Step is one step of a session.
type Step struct {
	Kind         StepKind      `json:"kind"`
	Block        int           `json:"block,omitempty"`    // 1-based: one design × condition cell
	Position     int           `json:"position,omitempty"` // 1-based position of the task within its block
	Design       string        `json:"design,omitempty"`
	Condition    string        `json:"condition,omitempty"`
	Task         string        `json:"task,omitempty"`
	Practice     bool          `json:"practice,omitempty"`
	UntilRight   int           `json:"until_right,omitempty"` // practice: skipped once so many in a row are right
	Instrument   string        `json:"instrument,omitempty"`  // StepAsk: raw-tlx, sus
	Text         string        `json:"text,omitempty"`
	For          time.Duration `json:"for,omitempty"` // break, or the task's time limit
	Disturbances []Disturbance `json:"disturbances,omitempty"`
}

// Disturbance is one realised distraction of a task: nothing is left to draw.
type Disturbance struct {
	Kind   string          `json:"kind"`            // question, phone, alarm, noise, glare
	Field  string          `json:"field,omitempty"` // onset: in this field …
	After  int             `json:"after,omitempty"` // … after the n-th accepted press
	At     []time.Duration `json:"at,omitempty"`    // onset: these times after the task's start
	Prompt string          `json:"prompt,omitempty"`
	Right  string          `json:"right,omitempty"` // the right answer of a question
	Covers bool            `json:"covers,omitempty"`
	For    time.Duration   `json:"for,omitempty"` // ends by itself after; 0: when answered
	Warn   time.Duration   `json:"warn,omitempty"`

	Priority string `json:"priority,omitempty"` // alarm: high, medium, low
	Level    int    `json:"level,omitempty"`    // noise: dB re full scale; glare: per cent
}

// Surrounds reports whether a kind of disturbance is around a task without stopping it: it covers nothing, is not answered and may
// be on beside others. It is no interruption.
func Surrounds(kind string) bool { return kind == "noise" || kind == "glare" }
