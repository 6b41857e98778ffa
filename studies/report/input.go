// Package report says what a study's report says: outcome rows go through analysis into a document and its numbers.
//
// Compute turns rows into Results (every number, unrounded, as results.json holds them); Document turns Results into words,
// tables and figures. A number in the words is always formatted from Results.
package report

import (
	"time"

	"pumplab/pumpmodel/library"
	"pumplab/studies"
	"pumplab/studies/coding"
)

// Input is all a report is made from.
type Input struct {
	Study    *studies.Study
	Library  *library.Library // whose limits severity is measured by; nil if it is not known
	Program  string           // name and version of the program
	Made     time.Time
	Sessions []Session
	Tasks    []studies.TaskRow
	Alerts   []studies.AlertRow
	Unjudged []studies.TaskRow // skipped, stopped, cut short: Outcome holds why
	Scores   []Score
	Codes    []coding.Code     // raters' judgements of errors on the replay
	Files    map[string]string // path in the study folder → SHA-256
	Verified string            // what verification said, a sentence; empty if it was not run
	Timing   string            // how stamps were taken, a sentence
	LeftOut  int               // sessions of simulated people that are in the database and not in this report
	Poor     []string          // sessions whose check of the timing went badly, with what the experimenter chose
	Clock    []string          // what happened to the computer's clocks in mid-session, each with its place
}

// Session is one session as the flow of people counts it.
type Session struct {
	ID          string
	Participant string
	Row         int
	Ended       string // complete, stopped; empty if it was never ended
	Resumed     bool
	Simulated   bool
}

// Score is one person's score on one questionnaire after one design.
type Score struct {
	Participant string
	Design      string
	Instrument  string // raw-tlx, sus
	Value       float64
	Missing     int // items left unanswered; the score is missing if any
}
