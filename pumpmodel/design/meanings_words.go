package design

// wordMeanings explain the words of the closed lists, by list and word. Fields are explained where entry has them.
var wordMeanings = map[string]map[string]string{
	"pump": {
		"large-volume": "volumetric pump, 0.1 to 999 mL/h", "syringe": "syringe pump, up to 60 mL, finer rates below 10 mL/h",
		"pca": "patient-controlled analgesia: a syringe in a lockbox with the patient's button",
	},
	"channel": {"A": "the first channel", "B": "the second channel"},
	"display": {
		"lcd": "dark letters on grey-green", "oled": "white letters on black", "paper": "dark letters on white",
		"touch": "dark letters on white, with touch keys on it",
	},
	"letters": {"printed": "as in print", "dots": "a dot matrix", "segments": "numbers in seven segments, words as in print"},
	"colour":  {"red": "high priority", "yellow": "medium priority", "cyan": "low priority", "green": "infusing"},
	"shape": {
		"rect": "a rectangle", "round": "a circle", "soft": "beside a display, which says what it does", "knob": "a dial's knob",
		"row": "a row of a list on a touch display", "chevron-up": "one chevron up", "double-chevron-up": "two chevrons up",
		"chevron-down": "one chevron down", "double-chevron-down": "two chevrons down", "arrow-up": "an arrow up", "arrow-down": "an arrow down",
		"arrow-left": "an arrow to the left", "arrow-right": "an arrow to the right", "slider": "a track that is touched at a place",
	},
	"kind": {"key": "a key that is pressed", "dial": "a dial that is turned and pressed", "touch": "a place on a touch display"},
	"role": {
		"digit": "a number key", "confirm": "confirms", "stop": "stops", "start": "starts", "cancel": "clears or cancels", "arrow": "moves or steps",
		"soft": "changes with the screen", "neutral": "anything else",
	},
	"method": {
		"keypad": "number keys, point and clear", "keypad-blocking": "number keys; what cannot be is blocked at once",
		"chevron": "single and double chevrons up and down; the step grows with the number", "chevron-fine": "chevrons with finer steps",
		"fivekey-carry": "a cursor on digits, up and down carry over", "fivekey-wrap": "a cursor on digits, each wraps from 9 to 0",
		"digitpairs": "an up and a down key at each digit", "dial": "a dial, faster when turned fast", "slider": "a track that is touched",
		"alphanumeric": "number keys in a row, as on a keyboard",
	},
	"layout": {
		"telephone": "1 2 3 on top, the point left of the 0", "calculator": "7 8 9 on top, the point left of the 0",
		"telephone-point-away": "1 2 3 on top, the point beside the top row", "calculator-point-away": "7 8 9 on top, the point beside the top row",
		"row": "one row, as on a keyboard",
	},
	"option": {
		"no-trailing-point": "5. cannot be confirmed", "no-naked-decimal": ".5 must be typed 0.5",
		"units-throughout": "the unit stands beside the number while it is typed", "decades": "slider: equal lengths for 0.1 to 1, 1 to 10 …",
	},
	"method flaw": {
		"digits-during-error": "digits are accepted while an error is pending", "silent-excess-decimals": "a decimal too many is dropped without a sign",
		"backspace-text-only": "backspace changes the text, not the number behind it",
	},
	"start": {"empty": "no number", "library": "the drug library's start value, to be confirmed or changed"},
	"choose": {
		"patient": "new patient or the same", "care-areas": "the care areas of the drug library", "drugs": "the drugs of the care area",
		"concentrations": "the concentrations of the drug",
	},
	"as": {
		"list": "up and down go through the rows", "letters": "digit keys jump to letters as on a telephone",
		"search": "letter keys leave only what begins so", "pages": "turned as whole pages",
	},
	"leaving": {"confirms": "it counts as entered", "discards": "it is dropped", "refuses": "the field cannot be left"},
	"extra": {
		"bolus": "a bolus while it infuses", "loading": "a loading dose before the start", "delay": "a delayed start", "standby": "standby while paused",
		"patient-weight": "another weight of the patient", "anaesthesia": "anaesthesia mode, without hard limits that stop",
	},
	"alert":    {"full-screen": "it covers the display", "banner": "a bar over the screen, which stays visible"},
	"reason":   {"typed": "a reason is written with the letter keys"},
	"decimals": {"smaller": "digits after the point are smaller", "plain": "all digits have one size"},
	"zeros":    {"never": "5 is shown as 5", "always": "5 is shown as 5.0"},
	"flaw": {
		flawHabit:     "a soft limit is overridden by the key that was pressed just before it",
		SilentDiscard: "leaving a field drops what was typed without a word", flawSilent: "a limit alert makes no sound",
	},
	"field": {
		"drug": "the drug's name", "concentration": "the concentration of the solution", "remaining": "what is still to be given, in mL",
		"given": "what has been given, in mL",
	},
}

// meaningOf is what a word of a list means; a field's is that of its entry.
func meaningOf(list, word string) string {
	if m := wordMeanings[list][word]; m != "" || list != "field" {
		return m
	}
	if m := meanings["entry."+word]; m != nil {
		return m[0]
	}
	return ""
}
