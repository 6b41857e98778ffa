package delivery

import "math/bits"

// Priority is how urgent an alarm condition is.
type Priority string

// The priorities of IEC 60601-1-8; NoPriority is a condition without a signal, or none at all.
const (
	High       Priority = "high"
	Medium     Priority = "medium"
	Low        Priority = "low"
	NoPriority Priority = ""
)

// Harm is what a condition can lead to if nobody acts; Onset how soon.
type (
	Harm  string
	Onset string
)

// The rows and columns of shared/data/alarm_priority.csv (IEC 60601-1-8 table 201 through Open PCA requirements, table 3).
const (
	Death      Harm = "death or irreversible injury"
	Reversible Harm = "reversible injury"
	Discomfort Harm = "minor injury or discomfort"

	Immediate Onset = "immediate"
	Prompt    Onset = "prompt"
	Delayed   Onset = "delayed"
)

// PriorityOf is the priority of a condition by the harm it can lead to and how soon.
func PriorityOf(h Harm, o Onset) Priority {
	order := []Priority{High, Medium, Low}
	urgency := map[Harm]int{Death: 0, Reversible: 0, Discomfort: 1}[h]
	switch {
	case o == Immediate, h == Death && o == Prompt:
	case h == Death, h == Reversible && o == Prompt, h == Discomfort:
		urgency++
	default:
		urgency += 2
	}
	return order[urgency]
}

// Condition is what an alarm is about, in the word that fault events and outputs use.
type Condition string

// The alarm conditions of a channel.
const (
	Occlusion Condition = "occlusion"
	Air       Condition = "air"
	Empty     Condition = "empty"
	Door      Condition = "door"
	FlowError Condition = "flow"
	Battery   Condition = "battery"
	Network   Condition = "network"
	StuckKey  Condition = "key"
	Complete  Condition = "complete"
	NearDone  Condition = "near end"
	PauseLong Condition = "long pause"

	Upstream      Condition = "upstream"       // occlusion between container and pump
	OverInfusion  Condition = "over-infusion"  // more than the set rate for too long
	UnderInfusion Condition = "under-infusion" // less than the set rate for too long
	RestartLoop   Condition = "restarts"       // the same alarm, stop and start three times in ten minutes
	Overheated    Condition = "overheated"
	BatteryEmpty  Condition = "battery empty" // less than five minutes left
	LowReservoir  Condition = "low reservoir"
	MaxDose       Condition = "max dose" // the most in a time was met
	OrderMissing  Condition = "order"    // the network has no order for the patient
	PowerLost     Condition = "power"    // the pump was without power while it infused
	ClockWrong    Condition = "clock"    // the device's clock does not agree with the network's

	CallBack    Condition = "call back"    // a person is wanted before or after a delayed start or a standby ends
	StandbyOver Condition = "standby over" // the time of a standby is over, and nothing runs
)

// Action is what the pump does about a condition.
type Action string

// The actions. CarryOn leaves the delivery as it is.
const (
	CarryOn Action = "carry on"
	Off     Action = "off"
	ToKVO   Action = "KVO"
)

// Cause describes a condition. Its priority follows from harm and onset.
type Cause struct {
	Condition Condition
	Title     string // what the display says: it names the specific problem
	Harm      Harm
	Onset     Onset
	Action    Action
	Latched   bool // stays until a person answers it, even when the fault is gone
}

// Priority of the cause.
func (c Cause) Priority() Priority { return PriorityOf(c.Harm, c.Onset) }

// Causes are all conditions, the most urgent first; harm, onset and action from shared/data/alarm_conditions.csv where it has the
// condition. Ours: an open door stops the pump like an occlusion; a low battery or a lost network must not interrupt an infusion,
// nor must a reservoir that is low (the table's KVO is that of a PCA pump, whose basal rate may fall away); a sequence of alert, stop
// and start stops the pump (Open PCA R6.5.0(18); its table says KVO); an empty battery is one, at once and stopping.
var Causes = []Cause{
	{FlowError, "FLOW ERROR", Death, Immediate, ToKVO, true},
	{OverInfusion, "OVER-INFUSION", Death, Immediate, ToKVO, true},
	{Occlusion, "OCCLUSION DOWNSTREAM", Discomfort, Immediate, Off, true},
	{Upstream, "OCCLUSION UPSTREAM", Discomfort, Immediate, Off, true},
	{Air, "AIR IN LINE", Discomfort, Immediate, Off, true},
	{Empty, "CONTAINER EMPTY", Discomfort, Immediate, Off, true},
	{Door, "DOOR OPEN", Discomfort, Immediate, Off, false},
	{PowerLost, "POWER WAS LOST", Discomfort, Immediate, Off, true},
	{Overheated, "PUMP OVERHEATED", Discomfort, Immediate, Off, false},
	{RestartLoop, "STARTED AGAIN TOO OFTEN", Discomfort, Immediate, Off, true},
	{BatteryEmpty, "BATTERY EMPTY", Discomfort, Immediate, Off, false},
	{Complete, "INFUSION COMPLETE", Discomfort, Delayed, ToKVO, true},
	{NearDone, "INFUSION NEAR END", Discomfort, Delayed, CarryOn, true},
	{PauseLong, "PAUSED TOO LONG", Discomfort, Delayed, CarryOn, true},
	{MaxDose, "MOST IN A TIME GIVEN", Discomfort, Delayed, ToKVO, true},
	{UnderInfusion, "UNDER-INFUSION", Discomfort, Delayed, CarryOn, true},
	{LowReservoir, "RESERVOIR LOW", Discomfort, Delayed, CarryOn, true},
	{Battery, "BATTERY LOW", Discomfort, Delayed, CarryOn, false},
	{Network, "NETWORK LOST", Discomfort, Delayed, CarryOn, false},
	{StuckKey, "KEY STUCK", Discomfort, Delayed, CarryOn, false},
	{OrderMissing, "ORDER MISSING", Discomfort, Delayed, CarryOn, true},
	{ClockWrong, "CLOCK NOT RIGHT", Discomfort, Delayed, CarryOn, false},
	{CallBack, "CALL BACK", Discomfort, Delayed, CarryOn, true},
	{StandbyOver, "STANDBY IS OVER", Discomfort, Delayed, CarryOn, true},
}

// CauseOf describes the condition named by a fault event or an output; false for a word that names none.
func CauseOf(c Condition) (Cause, bool) {
	i := index(c)
	if i < 0 {
		return Cause{}, false
	}
	return Causes[i], true
}

func index(c Condition) int {
	for i, cause := range Causes {
		if cause.Condition == c {
			return i
		}
	}
	return -1
}

// Suffer is the delivery after the onset of a condition: stopped, at KVO, or as it was.
func (d Delivery) Suffer(c Condition) Delivery {
	cause, _ := CauseOf(c)
	switch cause.Action {
	case Off:
		return d.Halt()
	case ToKVO:
		return d.KeepOpen()
	}
	return d
}

// Conditions is a set of conditions as a plain value. The zero value is empty.
type Conditions uint32

// With and Without are the set with c in it, and without it. A word that names no condition changes nothing.
func (s Conditions) With(c Condition) Conditions {
	if i := index(c); i >= 0 {
		return s | 1<<i
	}
	return s
}

// Without is the set without c.
func (s Conditions) Without(c Condition) Conditions {
	if i := index(c); i >= 0 {
		return s &^ (1 << i)
	}
	return s
}

// Has reports whether c is in the set.
func (s Conditions) Has(c Condition) bool {
	if s == 0 {
		return false
	}
	i := index(c)
	return i >= 0 && s&(1<<i) != 0
}

// List are the causes in the set, the most urgent first.
func (s Conditions) List() []Cause {
	out := make([]Cause, 0, bits.OnesCount32(uint32(s)))
	for i, c := range Causes {
		if s&(1<<i) != 0 {
			out = append(out, c)
		}
	}
	return out
}

// Worst is the most urgent cause in the set; false if it is empty.
func (s Conditions) Worst() (Cause, bool) {
	if s == 0 {
		return Cause{}, false
	}
	return Causes[bits.TrailingZeros32(uint32(s))], true
}
