package design

// The closed vocabulary of design files. Each list is in the order in which an error message or the schema shows it.
var (
	screenKinds = append([]string{"choose", "message", "enter", "form", "menu", "review", "running"}, extraKinds...)
	chooseWhat  = []string{"patient", "care-areas", "drugs", "concentrations"}
	chooseAs    = []string{"list", "letters", "search", "pages"}
	leavings    = []string{"confirms", "discards", "refuses"}
	alertStyles = []string{"full-screen", "banner"}
	letterKinds = []string{"printed", "dots", "segments"}
	panelKinds  = []string{"lcd", "oled", "paper", "touch"}
	keyRoles    = []string{"digit", "confirm", "stop", "start", "cancel", "arrow", "soft", "neutral"}
	keyKinds    = []string{"key", "dial", "touch"}
	keyShapes   = []string{
		"rect", "round", "soft", "knob", "row", "chevron-up", "double-chevron-up", "chevron-down", "double-chevron-down",
		"arrow-up", "arrow-down", "arrow-left", "arrow-right", "slider",
	}
	lampNames   = []string{"alarm", "run", "run A", "run B"}
	lampColours = []string{"red", "yellow", "cyan", "green"}
	decimals    = []string{"smaller", "plain"}
	zeros       = []string{"never", "always"}
	pumpNames   = []string{"large-volume", "syringe", "pca"}

	starts = []string{"empty", "library"}

	// Entered are the fields a person sets; shown those a running screen can show beside them.
	Entered = []string{
		"concentration", "amount", "diluent", "weight", "height", "surface", "dose", "rate", "vtbi", "time",
		"pca-dose", "lockout", "continuous", "pca-loading", "in-1h", "in-4h",
	}
	shown = []string{"drug", "remaining", "given", "loading", "delay"}

	// added are the numbers of what can be added to an infusion: they are asked for on screens of their own kinds.
	added = []string{"bolus", "bolus-rate", "bolus-time", "loading", "loading-rate", "loading-time", "delay", "standby"}

	// optionWords are the rows an options screen can have.
	optionWords = []string{"bolus", "loading", "delay", "standby", "patient-weight", "anaesthesia"}

	// actions are what a control can do outside number entry.
	actions = []string{
		"confirm", "back", "up", "down", "page-up", "page-down", "next-field", "previous-field", "toggle",
		"start", "pause", "stop", "change", "silence", "anaesthesia",
		"channel", "channel-a", "channel-b", "secondary",
		"bolus", "loading", "delay", "standby", "patient-weight", "options",
		"demand", "history",
	}

	// lintRules are the findings of design check that a design can accept, each with its reason.
	lintRules = []string{
		"picture-proportions", "key-size", "contrast", "keyboard", "key-pitch", "destructive-neighbour", "alert-by-habit", "hidden-mode", "no-unit", "alert-same-key",
		"trailing-zeros", "tall-man",
	}

	// declared are the flaws of a whole design; those of entry methods stand with the method.
	declared = []string{flawHabit, SilentDiscard, flawSilent}
)

// The flaws a design may have by intent. Each is named in the file and must be true of it.
const (
	flawHabit     = "alert-by-habit" // a soft limit is overridden by the key that was pressed just before it
	SilentDiscard = "silent-discard" // leaving a field drops what was typed without a word
	flawSilent    = "silent-alert"   // a limit alert makes no sound
)

// extraFields are what the screen of each may ask for; the first must be asked for.
var extraFields = map[string][]string{
	"bolus": {"bolus", "bolus-rate", "bolus-time"}, "loading": {"loading", "loading-rate", "loading-time"},
	"delay": {"delay"}, "standby": {"standby"}, "patient-weight": {"weight"},
}

// extraKinds are the kinds of screens for them, in the order of the vocabulary.
var extraKinds = []string{"bolus", "loading", "delay", "standby", "patient-weight", "options"}
