package protocol

// meanings explain the words of the closed lists: to an editor through the schema, and to people who read what a study asks.
var meanings = map[string]string{
	"undetected": "the share of tasks whose wrong programming ran, unnoticed or past an alert",
	"wrong":      "the share of tasks that ended wrong", "error": "the share of tasks that ended wrong",
	"time": "the time a task takes", "presses": "presses for a task", "alerts": "alerts in a task", "overrides": "alerts overridden in a task",
	"corrections": "corrections in a task", "raw-tlx": "workload (raw TLX)", "sus": "usability (SUS)",

	"superiority": "do they differ?", "non-inferiority": "is the first not worse than the others by more than the margin?",
	"equivalence": "do they differ by no more than the margin, either way?",

	"pump": "the pump cannot be seen or used meanwhile", "nothing": "the pump stays usable",
	"high": "red, the most urgent", "medium": "yellow", "low": "cyan, the least urgent",
	"ward-day": "voices and knocks of a ward by day", "ward-night": "the same by night: few of them",
	"no": "within all limits", "soft": "beyond a soft limit: right is to override the alert", "hard": "beyond a hard limit: right is to start nothing",

	"williams":     "Orders in which each stands in every place, and after every other, equally often.",
	"latin-square": "Orders in which each stands in every place equally often.",
	"random":       "An order drawn for each person from the seed.",
	"fixed":        "The order of the file, for everybody.",
}

// Means is what a word of the study file's closed lists says: a measure, a kind of question, a way of ordering.
func Means(word string) string { return meanings[word] }
