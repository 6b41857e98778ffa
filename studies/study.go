// Package studies holds the words of a usability study: Study, Task, Plan, Event, Outcome. Its sub-packages read, plan, run,
// store and evaluate them.
package studies

import (
	"time"

	"pumplab/pumpmodel/order"
)

// Study is what study.yaml says, read and checked.
type Study struct {
	Name       string
	Version    int
	Title      string
	Authors    []string
	Library    string // path inside the study folder
	Questions  []Question
	Designs    []string // levels of the within-people factor design, in the file's order
	Conditions []Condition
	People     People
	Tasks      []Task
	Sequence   Sequence
	Welcome    string // text shown first, its first line the title; empty for the usual one
	Thanks     string // text shown last
	Seed       uint64
	Backup     string // folder for a copy of the database after each session; empty for none
	Markers    Markers
	SourceHash string // SHA-256 of study.yaml
}

// Markers says where a session's markers go, for instruments that record beside it.
type Markers struct {
	File bool // an XDF file a session, in the study folder's markers/
	Port int  // lines of JSON on a TCP port of this machine; 0: none
}

// Question is what the study is to answer, fixed before data.
type Question struct {
	Name    string
	Measure string   // undetected, wrong, time, presses …
	Compare []string // designs
	Kind    string   // superiority, non-inferiority, equivalence
	Alpha   float64
	Margin  float64 // proportion; for non-inferiority and equivalence
}

// Condition is one level of the surroundings: what disturbs while a task is done.
type Condition struct {
	Name         string
	Distractions []Distraction
}

// Distraction is one kind of disturbance as the study file asks for it.
type Distraction struct {
	Kind   string        // question, phone, alarm; noise, glare: around the task, without stopping it
	Field  string        // question: covers the pump in this field, or one of several ("dose or rate") …
	After  int           // … after the n-th press in it
	Every  time.Duration // phone: mean interval; 0 not periodic
	Random bool          // intervals are exponential (Poisson process) instead of fixed
	Ask    string        // question: arithmetic, or the text asked
	Until  string        // answered, or a duration
	For    time.Duration // Until is a duration
	Covers bool          // hides the pump while it lasts
	Warn   time.Duration // warning before it

	Text     string // alarm: what the other pump says; noise: the name of the sound
	Priority string // alarm: high, medium, low
	Level    int    // noise: dB re full scale, 0 or below; glare: strength in per cent
	Measured string // noise: what a sound level meter read in the room, as typed in; the program cannot know
}

// People is who takes part.
type People struct {
	Planned int
	Consent string // path of the consent text; empty for none
	Ask     []Ask
	// Recipients are the public age keys that identifying answers are encrypted for.
	Recipients []string
}

// Ask is one thing asked of each participant.
type Ask struct {
	Name     string
	Choices  []string // one of these, or …
	Min, Max int      // … a whole number in this range, or …
	Text     bool     // … any text on one line, which only an identifying answer may be

	// Identifying answers could tell who the person is: they are kept encrypted in a file of their own, never in the journal and never
	// exported. A participant may leave them open.
	Identifying bool
}

// Task is one order to programme.
type Task struct {
	ID       string
	Order    order.Order
	Critical bool
	Limit    time.Duration // 0: none
	Practice bool
	// Beyond says which limit the order passes on purpose: empty for none, soft, hard. Beyond a soft limit the task is done right by
	// overriding the alert with the ordered value; beyond a hard one by starting nothing (give up, or done).
	Beyond string
}

// Sequence is the order in which a person meets designs, conditions and tasks.
type Sequence struct {
	Designs      string   // williams, latin-square, random, fixed
	Conditions   string   // the same, within a design; mixed: tasks of all conditions alternate at random
	Tasks        string   // random, fixed: within a cell
	Practice     []string // task ids before each cell's measured tasks …
	PracticeOnce bool     // … or only before the first cell of each design
	UntilRight   int      // practice goes on until so many in a row are right; 0: each practice task once
	AtMost       int      // … but no longer than so many
	After        []string // questionnaires after each design
	Break        time.Duration
}

// TaskByID is the task of that id.
func (s *Study) TaskByID(id string) (*Task, bool) {
	for i := range s.Tasks {
		if s.Tasks[i].ID == id {
			return &s.Tasks[i], true
		}
	}
	return nil, false
}
