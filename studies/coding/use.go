package coding

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Mode is one mode of SHERPA, the systematic human error reduction and prediction approach (Embrey 1986; wording after
// Stanton and others, Human Factors Methods).
type Mode struct{ ID, Group, Text string }

// Modes are the SHERPA modes in their usual order.
func Modes() []Mode {
	return []Mode{
		{"A1", "action", "operation too long or too short"},
		{"A2", "action", "operation mistimed"},
		{"A3", "action", "operation in wrong direction"},
		{"A4", "action", "operation too little or too much"},
		{"A5", "action", "misalign"},
		{"A6", "action", "right operation on wrong object"},
		{"A7", "action", "wrong operation on right object"},
		{"A8", "action", "operation omitted"},
		{"A9", "action", "operation incomplete"},
		{"A10", "action", "wrong operation on wrong object"},
		{"C1", "checking", "check omitted"},
		{"C2", "checking", "check incomplete"},
		{"C3", "checking", "right check on wrong object"},
		{"C4", "checking", "wrong check on right object"},
		{"C5", "checking", "check mistimed"},
		{"C6", "checking", "wrong check on wrong object"},
		{"R1", "retrieval", "information not obtained"},
		{"R2", "retrieval", "wrong information obtained"},
		{"R3", "retrieval", "information retrieval incomplete"},
		{"I1", "communication", "information not communicated"},
		{"I2", "communication", "wrong information communicated"},
		{"I3", "communication", "information communication incomplete"},
		{"S1", "selection", "selection omitted"},
		{"S2", "selection", "wrong selection made"},
	}
}

// Kinds are the kinds of unsafe act (Reason 1990).
func Kinds() []string { return []string{"slip", "lapse", "mistake", "violation"} }

// Causes are the stages at which a use error arises (IEC 62366-1 task analysis: perception, cognition, action).
func Causes() []string { return []string{"perception", "cognition", "action"} }

// Code is one rater's judgement of one use error in a replay.
type Code struct {
	Session string        `json:"session"`
	Step    int           `json:"step"`
	From    time.Duration `json:"from_ns"` // the passage of the replay that is judged
	To      time.Duration `json:"to_ns"`
	Rater   string        `json:"rater"`
	Mode    string        `json:"mode"`  // SHERPA
	Kind    string        `json:"kind"`  // slip, lapse, mistake, violation; empty if it cannot be told
	Cause   string        `json:"cause"` // perception, cognition, action; empty if it cannot be told
	Note    string        `json:"note,omitempty"`
	Agreed  bool          `json:"agreed"` // result of the adjudication, not of one rater
}

// Check is every fault of a code, nil if it has none.
func (c Code) Check() error {
	var all []error
	bad := func(what, got string, want []string) {
		all = append(all, fmt.Errorf("check code: %s %q is none of %s", what, got, strings.Join(want, ", ")))
	}
	var modes []string
	for _, m := range Modes() {
		modes = append(modes, m.ID)
	}
	if !among(c.Mode, modes) {
		bad("mode", c.Mode, modes)
	}
	if c.Kind != "" && !among(c.Kind, Kinds()) {
		bad("kind", c.Kind, Kinds())
	}
	if c.Cause != "" && !among(c.Cause, Causes()) {
		bad("cause", c.Cause, Causes())
	}
	if c.Session == "" || c.Rater == "" {
		all = append(all, errors.New("check code: session and rater must be given"))
	}
	if c.To < c.From {
		all = append(all, fmt.Errorf("check code: the passage ends (%v) before it begins (%v)", c.To, c.From))
	}
	return errors.Join(all...)
}

func among(s string, all []string) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}
