package report

import (
	"encoding/json"
	"math"

	"pumplab/analysis/describe"
)

// Num is a number that JSON writes as null where it is not finite.
type Num float64

// MarshalJSON writes the number, or null.
func (n Num) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(n)) || math.IsInf(float64(n), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// Share is k of n with its Wilson interval; of tasks, with the number of tasks divided by the design effect of people.
type Share struct {
	Effect   Num               `json:"design_effect"` // null where it was not asked for
	K        int               `json:"k"`
	N        int               `json:"n"`
	Estimate Num               `json:"estimate"`
	CI       describe.Interval `json:"ci"`
}

// Mean is a mean (or geometric mean) over people with its interval.
type Mean struct {
	N        int               `json:"n"`
	Estimate Num               `json:"estimate"`
	CI       describe.Interval `json:"ci"`
	Each     []float64         `json:"each"` // one value a person
}

// Cell is one design, in one condition or over all (Condition empty).
type Cell struct {
	Design      string         `json:"design"`
	Condition   string         `json:"condition,omitempty"`
	People      int            `json:"people"`
	Tasks       int            `json:"tasks"`
	Errors      Share          `json:"errors"`     // tasks that ended wrong
	Undetected  Share          `json:"undetected"` // of these, running wrong without anyone knowing
	Critical    Share          `json:"critical"`   // tasks marked critical that ended wrong
	CloseCalls  int            `json:"close_calls"`
	Ladder      map[string]int `json:"outcomes"`
	Classes     map[string]int `json:"number_classes"`
	OutByTen    int            `json:"out_by_ten"`
	Seconds     Mean           `json:"seconds"` // geometric mean of the people's geometric means
	Presses     Mean           `json:"presses"` // mean presses a task
	Excess      Mean           `json:"presses_over_optimal"`
	Ignored     int            `json:"ignored_keys"`
	Corrections int            `json:"corrections"`
	Alerts      int            `json:"alerts"`
	Overrides   int            `json:"overrides"`
	Interrupted int            `json:"interruptions"`
	Resumption  Mean           `json:"resumption_seconds"`
}

// Pair compares two designs on the same people, tasks and conditions.
type Pair struct {
	First      string            `json:"first"`
	Second     string            `json:"second"`
	Units      int               `json:"units"`
	Both       int               `json:"both_wrong"`
	FirstOnly  int               `json:"first_only_wrong"`
	SecondOnly int               `json:"second_only_wrong"`
	Neither    int               `json:"neither_wrong"`
	Difference Num               `json:"difference"` // share of the first minus share of the second
	CI         describe.Interval `json:"ci"`         // Newcombe 1998, paired
	Tango      describe.Interval `json:"ci_tango"`   // Tango 1998, score
	P          Num               `json:"p_exact"`    // two-sided
	PMid       Num               `json:"p_midp"`     // two-sided
	PHolm      Num               `json:"p_holm"`     // Holm over the pairs, of the exact p
	Distinct   bool              `json:"distinct"`   // PHolm below alpha
}

// Omnibus is the test over all designs at once.
type Omnibus struct {
	Q    Num    `json:"q"`
	DF   int    `json:"df"`
	P    Num    `json:"p"`
	N    int    `json:"n"`
	K    int    `json:"k"`
	Note string `json:"note,omitempty"`
}

// Workload is a questionnaire's score by design.
type Workload struct {
	Instrument string `json:"instrument"`
	Design     string `json:"design"`
	Score      Mean   `json:"score"`
	Missing    int    `json:"incomplete"`
}

// AlertUse is what became of a design's limit alerts.
type AlertUse struct {
	Design     string `json:"design"`
	Shown      int    `json:"shown"`
	Soft       int    `json:"soft"`
	Hard       int    `json:"hard"`
	Overridden int    `json:"overridden"`
	Override   Share  `json:"override_share"` // of the soft alerts
	Changed    int    `json:"changed"`        // re-entered or cancelled
	Open       int    `json:"unanswered"`
	GoodCatch  int    `json:"good_catches"`
	Nuisance   int    `json:"nuisance"` // the entry was as ordered
	Wrongly    int    `json:"overridden_with_wrong_entry"`
	Seconds    Num    `json:"median_seconds_to_answer"`
	PerHundred Num    `json:"alerts_per_100_tasks"`
}

// Flow counts people.
type Flow struct {
	Planned   int `json:"planned"`
	Started   int `json:"started"`
	Completed int `json:"completed"`
	Stopped   int `json:"stopped_early"`
	Open      int `json:"not_ended"`
	Resumed   int `json:"resumed"`
	Simulated int `json:"simulated"`
	LeftOut   int `json:"simulated_left_out"` // simulated people whose sessions are in the database and not counted
}

// Results is every number a report shows.
type Results struct {
	Study         string            `json:"study"`
	Version       int               `json:"version"`
	Title         string            `json:"title"`
	Program       string            `json:"program"`
	Made          string            `json:"made"`
	Measure       string            `json:"measure"` // of the main question
	Alpha         float64           `json:"alpha"`
	Level         float64           `json:"level"`
	People        Flow              `json:"people"`
	Orders        string            `json:"orders"` // in which people met designs, conditions and tasks
	Answers       []Answer          `json:"answers"`
	Risk          []Risk            `json:"severity"`
	SeverityScale []Weight          `json:"severity_scale"`
	Standings     []Standing        `json:"standings"`
	Draws         int               `json:"draws"`
	Ranked        int               `json:"people_ranked"`
	Designs       []Cell            `json:"designs"`
	Cells         []Cell            `json:"cells"`
	Omnibus       Omnibus           `json:"cochran_q"`
	Pairs         []Pair            `json:"pairs"`          // ended wrong
	PairsRunning  []Pair            `json:"pairs_running"`  // left running wrong
	PairsCritical []Pair            `json:"pairs_critical"` // critical tasks that ended wrong
	Model         *Model            `json:"model,omitempty"`
	TimeModel     *Model            `json:"time_model,omitempty"`
	Spreads       []Spread          `json:"times"`
	Practices     []Practice        `json:"practice"`
	Effects       []Effect          `json:"distraction"`
	Workload      []Workload        `json:"questionnaires"`
	LoadTests     []LoadTest        `json:"questionnaire_tests"`
	AlertUse      []AlertUse        `json:"alerts"`
	Monitor       Monitor           `json:"monitoring"`
	Agreement     []Agreement       `json:"agreement"`
	Codes         int               `json:"coded_passages"`
	Findings      []Finding         `json:"findings"`
	Deviations    []Deviation       `json:"deviations"`
	Totals        Totals            `json:"totals"`
	Practice      int               `json:"practice_tasks_left_out"`
	Unfinished    int               `json:"unfinished_tasks_left_out"`
	Unjudged      int               `json:"tasks_without_outcome_left_out"`
	Files         map[string]string `json:"files"`
	Verified      string            `json:"verified,omitempty"`
	Timing        string            `json:"timing,omitempty"`
}

// Model is a mixed model: logistic of the errors, or log-normal of the times.
type Model struct {
	Formula string     `json:"formula"`
	Status  string     `json:"status"`
	N       int        `json:"n"`
	LogLik  Num        `json:"log_likelihood"`
	Ratios  []Contrast `json:"ratios"`
	SDs     []SD       `json:"random_sd"`
	Sigma   Num        `json:"residual_sd"` // of the logarithm of the seconds; null for errors
}

// Contrast is a ratio between two designs: of odds, or of geometric mean times.
type Contrast struct {
	Name  string            `json:"contrast"`
	Ratio Num               `json:"ratio"`
	CI    describe.Interval `json:"ci"`
	P     Num               `json:"p"`
	DF    Num               `json:"df"`                   // null for a z test
	Below Num               `json:"probability_of_lower"` // that the first is lower than the second, Laplace posterior with flat priors
}

// SD is the spread of a random effect on the scale of the model, logit or logarithm.
type SD struct {
	Group string `json:"group"`
	SD    Num    `json:"sd"`
}

// Cell is the cell of a design in a condition; condition is empty for all conditions together.
func (r *Results) Cell(design, condition string) (Cell, bool) {
	list := r.Cells
	if condition == "" {
		list = r.Designs
	}
	for _, c := range list {
		if c.Design == design && c.Condition == condition {
			return c, true
		}
	}
	return Cell{}, false
}
