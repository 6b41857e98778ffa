package studies

import "time"

// Outcome is what a task came to, computed from the journal by the ladder of shared/domain/science.md.
type Outcome string

// The ladder, best first.
const (
	Correct        Outcome = "correct"
	Corrected      Outcome = "corrected" // wrong at some time, put right unaided
	CaughtSoft     Outcome = "caught by soft limit"
	CaughtHard     Outcome = "caught by hard limit"
	OverriddenSoft Outcome = "soft limit overridden with a wrong value"
	Undetected     Outcome = "undetected"    // running wrong
	NotCompleted   Outcome = "not completed" // timeout, given up
	Bypassed       Outcome = "DERS bypassed"
)

// Error reports whether the outcome leaves the patient with another programme than ordered, or none.
func (o Outcome) Error() bool {
	switch o {
	case OverriddenSoft, Undetected, NotCompleted, Bypassed:
		return true
	}
	return false
}

// TaskRow is one row of task_v1: shared/cli.md fixes its columns.
type TaskRow struct {
	Session     string        `json:"session"`
	Participant string        `json:"participant"`
	Block       int           `json:"block"`
	Position    int           `json:"position"`
	Design      string        `json:"design"`
	Condition   string        `json:"condition"`
	Task        string        `json:"task"`
	Practice    bool          `json:"practice"`
	Ordered     string        `json:"ordered"`    // the order in one line
	Programmed  string        `json:"programmed"` // what runs in the end, in one line; empty if nothing was started
	Outcome     Outcome       `json:"outcome"`
	NumberClass string        `json:"number_class"` // class of the first wrong number; empty if none was wrong
	OutByTen    bool          `json:"out_by_ten"`
	Started     time.Duration `json:"started_ns"` // since the session's start
	Ended       time.Duration `json:"ended_ns"`
	Presses     int           `json:"presses"`
	Optimal     int           `json:"optimal_presses"` // shortest path; 0 if unknown
	Corrections int           `json:"corrections"`
	Ignored     int           `json:"ignored"` // ignored and blocked keys
	Alerts      int           `json:"alerts"`
	Overrides   int           `json:"overrides"`
	Interrupts  int           `json:"interruptions"`
	Resumption  time.Duration `json:"resumption_ns"` // mean resumption lag; 0 if not interrupted
	Critical    bool          `json:"critical"`
	Assisted    bool          `json:"assisted"`
	CloseCall   bool          `json:"close_call"`
	Step        int           `json:"step"`
}

// AlertRow is one row of alert_v1, of alert_v2 with Seen, and of alert_v3 with what was on the pump (shared/domain/ders.md, Checking).
type AlertRow struct {
	Session     string        `json:"session"`
	Participant string        `json:"participant"`
	Task        string        `json:"task"`
	Step        int           `json:"step"`
	At          time.Duration `json:"at_ns"`
	Field       string        `json:"field"`
	LimitKind   string        `json:"limit_kind"`
	LimitValue  string        `json:"limit_value"`
	Entered     string        `json:"entered"`
	Ratio       string        `json:"ratio"`
	Answer      string        `json:"answer"` // override, reprogram, cancel, acknowledge; empty if unanswered
	Reason      string        `json:"reason"`
	Final       string        `json:"final_value"`
	Latency     time.Duration `json:"latency_ns"`
	Wrong       bool          `json:"entry_was_wrong"`
	Seen        time.Duration `json:"seen_ns,omitempty"` // when the first picture that showed it was handed to the screen; 0 if unknown
	OnPump
}

// OnPump is what an alert came upon. Members are empty where nothing was programmed, and all are in results of older programs.
type OnPump struct {
	Device        string `json:"device,omitempty"`  // design of the interface
	Channel       string `json:"channel,omitempty"` // A, B, A secondary; empty on a pump with one channel
	Area          string `json:"area,omitempty"`
	Library       string `json:"library,omitempty"` // its file and the first 12 digits of its SHA-256, or what a delivered one calls itself
	Drug          string `json:"drug,omitempty"`
	Therapy       string `json:"therapy,omitempty"`
	Concentration string `json:"concentration,omitempty"`
	Weight        string `json:"weight,omitempty"` // kg
}
