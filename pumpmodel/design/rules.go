package design

import (
	"time"

	"pumplab/pumpmodel/entry"
)

// EntryRule is how one field is entered.
type EntryRule struct {
	Method  string
	Params  entry.Params
	Prefill bool // an empty field opens with the library's start value, to be confirmed
}

// Screen is one screen of the design: a kind of the closed vocabulary and where it leads.
type Screen struct {
	Name    string
	Kind    string   // choose, message, enter, form, menu, review, running
	Choose  string   // choose: patient, care-areas, drugs, concentrations
	As      string   // choose: list, letters (digit keys jump as on a telephone), search (keys filter), pages (turned as a whole)
	Text    string   // message: what it says
	Rows    int      // choose, menu: rows visible at once
	Title   string   // shown on top; empty for the kind's own words
	Fields  []string // enter: alternatives for one page; form, menu, review, running: in their order
	Leaving string   // form: confirms, discards, refuses
	Then    string
	Back    string
	Change  string   // running: the screen to change the programme on
	Options []string // options: its rows
}

// AlertRules is how limit alerts look and are answered.
type AlertRules struct{ Soft, Hard, Advisory AlertRule }

// AlertRule is one kind of alert.
type AlertRule struct {
	As       string        // full-screen, banner
	Override string        // control that overrides (soft) or acknowledges (advisory)
	Second   string        // a second control that must follow the first; empty for none
	Change   string        // control that goes back to the field
	Delay    time.Duration // before it can be answered
	Reason   string        // typed: a reason is written before an override counts
	Reasons  []string      // one of these is chosen before an override counts
}

// SoundRules are the sounds beside the alarm signals.
type SoundRules struct {
	Refused bool // one low pulse for a key that is refused
	Alert   bool // two for a limit alert
}

// ShowRules is how numbers and names are shown.
type ShowRules struct {
	TallMan       bool
	Decimals      string // smaller, plain
	TrailingZeros string // never, always
	BasicMark     string // NO LIBRARY LIMITS
}

// IdleRules are the design's times.
type IdleRules struct{ Nag, Clear, Silence time.Duration }

// ReasonLeast is the shortest reason that counts as one.
const ReasonLeast = 3
