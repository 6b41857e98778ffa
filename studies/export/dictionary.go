package export

import (
	"maps"
	"slices"
	"strings"

	"pumplab/studies"
)

// Field describes one column.
type Field struct {
	Type    string // string, integer, boolean, datetime, number
	Unit    string
	Meaning string
	Values  []string // all that can occur, if it is a closed list

	Identifying bool // could tell who a person is: never exported
}

func (f Field) levels() string { return strings.Join(f.Values, "|") }

func text(meaning string, values ...string) Field {
	return Field{Type: "string", Meaning: meaning, Values: values}
}

func count(meaning string) Field { return Field{Type: "integer", Unit: "1", Meaning: meaning} }

func flag(meaning string) Field {
	return Field{Type: "boolean", Meaning: meaning, Values: []string{"0", "1"}}
}

func nanoseconds(meaning string) Field {
	return Field{Type: "integer", Unit: "ns", Meaning: meaning}
}

// common are the columns that mean the same in every view.
var common = map[string]Field{
	"session":     text("session id"),
	"participant": text("participant code; never a name"),
	"task":        text("task id in study.yaml; empty outside tasks"),
	"at_ns":       nanoseconds("time since the session's start, monotonic"),
}

var dictionary = map[string]map[string]Field{
	SessionTable: {
		"row":         count("row of the counterbalancing table"),
		"started_utc": {Type: "datetime", Meaning: "start of the session in UTC"},
		"ended_ns":    nanoseconds("end of the session since its start; empty while it has not ended"),
		"status":      text("how the session stands", "running", "complete", "stopped", "interrupted"),
		"simulated":   flag("a simulated participant"),
		"resumed":     flag("the program had ended in the session's middle and was started again"),
		"program":     text("name and version of the program that recorded the session"),
	},
	"event_v1": {
		"seq":          count("number of the record in the session's journal; record 1 is the head and no event"),
		"utc":          {Type: "datetime", Meaning: "the same moment in UTC, to the microsecond, counted from the newest anchor at or before it (in sessions of earlier programs from the session's start)"},
		"kind":         text("what happened: pump (a control or other pump event), stray (a key bound to nothing), next, done, give-up, reply, rate, note, assist, hold, continue, skip, stop, resume, quality, anchor, clock, pointer, shown, disturb"),
		"control":      text("control of the pump, named by what is printed on it; empty for other events"),
		"code":         text("key or button as the window system names it; for ratings the item"),
		"phase":        text("what the control did", "down", "up", "turn", "touch", "ordered", "fault", "repair", "library"),
		"value_before": text("number in the edited field before the key, decimal text"),
		"value_after":  text("number after the key; the text or rating given for other events"),
		"answer":       text("what the control's use came to", "accepted", "ignored", "blocked", "clipped"),
		"stamp":        text("how the time was taken", "raw", "hook", "callback", "simulated"),
	},
	"task_v1": {
		"block":           count("1-based design and condition cell in the order of the session"),
		"position":        count("1-based position of the task in its block"),
		"design":          text("pump interface"),
		"condition":       text("surroundings; empty if the study has none"),
		"practice":        flag("practice task"),
		"ordered":         text("the order in one line"),
		"programmed":      text("what ran in the end, in one line; empty if nothing ran"),
		"outcome":         text("what the task came to", outcomes()...),
		"number_class":    text("class of the first wrong number; empty if none was wrong"),
		"out_by_ten":      flag("a number was wrong by a factor of ten or more, either way"),
		"started_ns":      nanoseconds("start of the task since the session's start"),
		"ended_ns":        nanoseconds("end of the task since the session's start"),
		"presses":         count("controls pressed, turned or touched; a hold counts once"),
		"optimal_presses": count("presses on the benchmark path; 0 if unknown"),
		"corrections":     count("numbers cleared or taken back, and changes of direction, before confirming"),
		"ignored":         count("presses that were ignored or blocked"),
		"alerts":          count("soft and hard limit alerts"),
		"overrides":       count("limit alerts answered by override"),
		"interruptions":   count("disturbances that began in the task"),
		"resumption_ns":   nanoseconds("mean time from the end of a disturbance to the next press; 0 without one"),
	},
	"alert_v1": alertColumns,
	"alert_v2": with(alertColumns, seenColumns),
	"alert_v3": with(with(alertColumns, seenColumns), map[string]Field{
		"device":        text("pump interface"),
		"channel":       text("channel of the pump; empty on a pump with one"),
		"area":          text("care area chosen"),
		"library":       text("drug library in use: its file and the first 12 digits of its SHA-256, or the name of one delivered during the session"),
		"drug":          text("drug confirmed last; empty if none was yet"),
		"therapy":       text("therapy, where the library has several"),
		"concentration": text("concentration confirmed, as 400 mg/250 mL"),
		"weight_kg":     text("weight confirmed, decimal text in kg; empty if none was"),
	}),
}

// seenColumns are those that alert_v2 adds.
var seenColumns = map[string]Field{
	"seen_ns":     nanoseconds("when the first picture that showed the alert was handed to the screen, since the session's start; empty if unknown"),
	"reaction_ns": nanoseconds("from seen to answered; empty without an answer, or if it is unknown when the alert was seen"),
}

// alertColumns are those of alert_v1.
var alertColumns = map[string]Field{
	"field":           text("field the alert is about"),
	"limit_kind":      text("limit passed, or why else the alert came", "lowerHard", "lowerSoft", "upperSoft", "upperHard", "advisory", "range", "same-drug"),
	"limit_value":     text("value of the limit, decimal text in the field's unit"),
	"entered":         text("value entered, decimal text in the field's unit"),
	"ratio":           text("entered / limit, decimal text with at most four places"),
	"answer":          text("answer given; empty if none", "override", "reprogram", "cancel", "acknowledge"),
	"reason":          text("reason typed for the answer"),
	"final_value":     text("value of the field when the task ended"),
	"latency_ns":      nanoseconds("from the alert to its answer"),
	"entry_was_wrong": flag("the value entered was not the ordered one"),
}

// with is the columns of a view and those that its next version adds.
func with(view, added map[string]Field) map[string]Field {
	all := maps.Clone(view)
	maps.Copy(all, added)
	return all
}

func outcomes() []string {
	var all []string
	for _, o := range []studies.Outcome{
		studies.Correct, studies.Corrected, studies.CaughtSoft, studies.CaughtHard, studies.OverriddenSoft, studies.Undetected,
		studies.NotCompleted, studies.Bypassed,
	} {
		all = append(all, string(o))
	}
	return all
}

// describe is a column's entry in the data dictionary.
func (t Table) describe(column string) (Field, bool) {
	if f, ok := dictionary[t.Name][column]; ok {
		return f, true
	}
	if f, ok := t.Fields[column]; ok {
		return f, true
	}
	f, ok := common[column]
	return f, ok
}

// at is the place of a column in the table's rows, -1 if it has none.
func (t Table) at(column string) int { return slices.Index(t.Columns, column) }

// levels says what the values of closed lists mean, where the word alone does not.
var levels = map[string]string{
	"task": "a task, from its order to its end: duration is its time", "alert": "a limit alert of the pump: duration is the time to its answer",
	"pump": "a control of the pump, or another pump event", "stray": "a key bound to nothing", "next": "the participant goes on",
	"done": "the participant says the task is finished", "give-up": "the participant gives the task up",
	"reply": "answer to a disturbance", "rate": "item of a questionnaire", "note": "the experimenter's note",
	"assist": "the experimenter helped", "hold": "the experimenter pauses", "continue": "the experimenter goes on",
	"skip": "the experimenter skips the step", "stop": "the experimenter ends the session", "resume": "the program was started again",
	"quality": "self-test of the time stamps", "anchor": "the UTC time of this moment", "disturb": "a disturbance begun by hand",
	"clock": "the computer slept, or its clock was set", "pointer": "the pointer moved", "shown": "the first picture of a change was handed to the screen",
	"down": "control pressed", "up": "control released", "turn": "wheel turned", "touch": "screen touched", "ordered": "order received",
	"fault": "fault of the pump began", "repair": "fault of the pump ended", "library": "drug library delivered",
	"accepted": "it had an effect", "ignored": "it had none", "blocked": "it was refused with a message", "clipped": "the value was held at a limit",
	"override": "limit overridden", "reprogram": "value entered anew", "cancel": "programme given up", "acknowledge": "read and confirmed",
	"raw": "time of the kernel's event", "hook": "time before the toolkit", "callback": "time in the toolkit's callback", "simulated": "no person: simulated time",
	"lowerHard": "below the hard limit", "lowerSoft": "below the soft limit", "upperSoft": "above the soft limit", "upperHard": "above the hard limit",
	"advisory": "text of the library", "range": "outside the pump's range", "same-drug": "the same drug is running on another pump",
	"0": "no", "1": "yes",
	string(studies.Correct):        "programmed as ordered, never wrong on the way",
	string(studies.Corrected):      "wrong at some time, put right unaided",
	string(studies.CaughtSoft):     "wrong, then put right after a soft limit alert",
	string(studies.CaughtHard):     "wrong, then put right after a hard limit",
	string(studies.OverriddenSoft): "a wrong value runs after a soft limit was overridden",
	string(studies.Undetected):     "a wrong value runs and nothing alerted",
	string(studies.NotCompleted):   "given up or out of time",
	string(studies.Bypassed):       "run without the drug library",
	"running":                      "not ended", "complete": "to its end", "stopped": "ended by the experimenter", "interrupted": "the program ended in its middle",
}

// levelsOf are the values of a closed list with what each means, nil for an open one.
func (f Field) levelsOf() map[string]string {
	if len(f.Values) == 0 {
		return nil
	}
	out := map[string]string{}
	for _, v := range f.Values {
		if out[v] = levels[v]; out[v] == "" {
			out[v] = v
		}
	}
	return out
}
