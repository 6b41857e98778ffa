package protocol

import (
	"encoding/json"
	"slices"

	"pumplab/pumpmodel/order"
	"pumplab/studies/distraction"
	"pumplab/studies/plan"
)

// shape is a piece of JSON Schema.
type shape = map[string]any

// Schema is the JSON Schema (draft 2020-12) of study.yaml, for editors that complete and check while one types. It knows the words of
// the file; Read knows in addition what they refer to.
func Schema() []byte {
	b, err := json.MarshalIndent(studyShape(), "", "  ")
	if err != nil {
		panic("protocol: schema: " + err.Error())
	}
	return append(b, '\n')
}

func text(description string, examples ...string) shape {
	s := shape{"type": "string", "description": description}
	if len(examples) > 0 {
		s["examples"] = examples
	}
	return s
}

// oneOf is a closed list, each word with its meaning.
func oneOf(description string, words []string) shape {
	s := shape{"enum": words, "description": description}
	means := []string{}
	for _, w := range words {
		means = append(means, meanings[w])
	}
	if len(words) > 1 {
		s["enumDescriptions"] = means
	}
	return s
}

func scalar(pattern, description string, examples ...string) shape {
	s := text(description, examples...)
	s["type"] = []string{"string", "number", "integer"}
	if pattern != "" {
		s["pattern"] = pattern
	}
	return s
}

func listOf(description string, item shape) shape {
	s := shape{"type": "array", "items": item}
	if description != "" {
		s["description"] = description
	}
	return s
}

var anyText = shape{"type": "string"}

// object is a map of known keys; the last of required may be none.
func object(description string, keys map[string]shape, required ...string) shape {
	s := shape{"type": "object", "additionalProperties": false, "properties": keys}
	if description != "" {
		s["description"] = description
	}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// each is a map from names to values of one shape.
func each(description string, value shape) shape {
	return shape{"type": "object", "description": description, "additionalProperties": value}
}

// span is a time with its unit.
func span(description string) shape {
	s := text(description, "90 s", "2.5 min")
	s["pattern"] = duration.String()
	return s
}

func number(description string, least int) shape {
	return shape{"type": "integer", "minimum": least, "description": description}
}

// yes is yes or no: bare words that some readers of YAML take for truth values.
func yes(description string) shape {
	return shape{"enum": []any{"yes", "no", true, false}, "description": description}
}

func studyShape() shape {
	s := object("A study of Pump Lab: who programmes which pumps under which disturbances, and what is asked of the data.", map[string]shape{
		"study":        text("Name of the study: letters, digits, hyphens, point, at most 64.", "keys-and-interruptions"),
		"version":      number("A whole number from 1 that grows with each change.", 1),
		"title":        text("What the study asks, in one line for people."),
		"authors":      listOf("Who made the study.", anyText),
		"library":      text("The drug library all pumps use: its path inside the study folder.", "libraries/demo.yaml"),
		"questions":    each("What the study is to answer, each with its name, fixed before data.", questionShape()),
		"factors":      factorsShape(),
		"people":       peopleShape(),
		"surroundings": each("What disturbs in each of the surroundings; those that are not described are quiet.", surroundingsShape()),
		"tasks":        tasksShape(),
		"sequence":     sequenceShape(),
		"seed":         number("A whole number; all that is drawn at random follows from it.", 0),
		"markers": object("Where trials, alerts, distractions and responses are sent for instruments that record beside a session.", map[string]shape{
			"file": yes("Yes for an XDF file of each session in the folder markers; no if left out."),
			"port": {"type": "integer", "minimum": 1024, "maximum": 65535, "description": "TCP port of this machine that serves them as lines of JSON; none if left out.", "examples": []int{16571}},
		}),
		"backup": text("Folder for a checked copy of the database after each session, best on another disk; relative to study.yaml."),
	}, "study", "version", "title", "library", "factors", "people", "tasks", "sequence", "seed")
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Pump Lab study"
	return s
}

func questionShape() shape {
	return object("", map[string]shape{
		"measure": oneOf("What is measured.", measures),
		"compare": listOf("The designs that are compared, two or more; the first is held against the others.", anyText),
		"kind":    oneOf("What is asked of them.", kinds),
		"alpha":   scalar("", "The error rate that is allowed, 0.05 or 5 %; 5 % if left out.", "0.025", "5 %"),
		"margin":  scalar("", "The difference that still counts as none, 0.03 or 3 %; for non-inferiority and equivalence.", "3 %"),
	}, "measure", "compare", "kind")
}

func factorsShape() shape {
	level := func(description, within string) shape {
		return object(description, map[string]shape{"within": listOf(within, anyText)}, "within")
	}
	return object("What is compared; everybody meets every level.", map[string]shape{
		"design":       level("The pump interfaces.", "Names of the folders in designs."),
		"surroundings": level("The surroundings; quiet alone if left out.", "Their names; what disturbs in each stands under surroundings."),
	}, "design")
}

func peopleShape() shape {
	answers := shape{"anyOf": []shape{
		listOf("", anyText), {"type": "string", "pattern": `^-?\d+\.\.-?\d+$`}, {"const": "identifying"},
	}}
	own := shape{"anyOf": answers["anyOf"], "description": "A list to choose from, or a range of whole numbers as 1930..2010; any text if left out."}
	return object("Who takes part, and what they read and are asked.", map[string]shape{
		"planned": number("How many people take part; best a multiple of what study check says the orders are balanced over.", 1),
		"consent": text("The consent text: its path inside the study folder; none is asked for if left out.", "texts/consent.md"),
		"welcome": text("The text shown first, its first line the title: its path inside the study folder.", "texts/welcome.md"),
		"thanks":  text("The text shown last: its path inside the study folder.", "texts/thanks.md"),
		"ask": each("Asked of each person: answers to choose from, a range as 0..60, or identifying for a text that is kept encrypted.", shape{"anyOf": []shape{
			answers, object("", map[string]shape{"answers": own, "identifying": yes("Yes if the answer could tell who somebody is: it is kept encrypted; no if left out.")}),
		}}),
		"recipients": listOf("The public age keys that identifying answers are encrypted for.", shape{"type": "string", "pattern": "^age1"}),
	}, "planned")
}

func surroundingsShape() shape {
	when := text("When it comes: so many presses into a field, or again and again, poisson for chance intervals.", "dose or rate after 2 presses", "every 90 s", "every 90 s poisson")
	around := text("When it comes; without it, as long as the task.", "every 45 s")
	until := text("When it ends: answered, or a time after which it ends by itself; answered if left out.", "answered", "20 s")
	warning := span("So long before it a warning comes; none if left out.")
	covers := func(def string) shape {
		return oneOf("What it does to the pump; "+def+" if left out.", []string{"pump", "nothing"})
	}
	kinds := map[string]shape{
		"question": object("Somebody asks something, and the pump is covered until it is answered.", map[string]shape{
			"when": when, "ask": text("Arithmetic for sums, or the words to ask; arithmetic if left out.", "arithmetic"), "until": until, "covers": covers("pump"), "warning": warning,
		}, "when"),
		"phone": object("A phone rings.", map[string]shape{"when": when, "until": until, "covers": covers("nothing"), "warning": warning}, "when"),
		"alarm": object("The alarm of another pump: a bar at the edge of the screen with its sound, until it is silenced.", map[string]shape{
			"when": when, "until": until, "priority": oneOf("How urgent it is; medium if left out.", priorities), "text": text("What the bar says; that the infusion at the next bed is complete if left out."), "warning": warning,
		}, "when"),
		"noise": object("The sound of a ward around the task, made by the program.", map[string]shape{
			"file": oneOf("Which sound.", distraction.Noises), "level": scalar(`^-?\d+ ?dB$`, "Its level in dB, -60 to 0, under the loudest the card can make; the room is yours to measure.", "-18 dB"),
			"when": around, "until": until, "measured": scalar("", "What your sound level meter read at the ear; it is kept with the data.", "62 dB(A)"),
		}, "file", "level"),
		"glare": object("Light on the screen.", map[string]shape{
			"strength": scalar(`^\d+ ?%$`, "How strong it is, 10 % to 100 %; 60 % if left out.", "60 %"), "when": around, "until": until,
		}),
	}
	one := object("", kinds)
	one["minProperties"], one["maxProperties"] = 1, 1
	return listOf("", one)
}

func tasksShape() shape {
	s := each("The orders to programme, each with its name; drawn makes more of them from a pool.", taskShape())
	s["properties"] = map[string]shape{"drawn": object("Tasks drawn from a pool, the same for all people.", map[string]shape{
		"from":  text("The pool: its path inside the study folder.", "pool/ward.yaml"),
		"count": number("How many are drawn, 1 to 200.", 0), "digits": scalar(`^\d+(\.\.\d+)?$`, "How many digits the dose has; 2..4 if left out.", "2..4"),
		"beyond": object("How many of them pass a limit.", map[string]shape{
			"soft": number("How many pass a soft limit; 0 if left out.", 0), "hard": number("How many pass a hard limit; 0 if left out.", 0),
		}),
		"critical": yes("Yes if an error in them could harm; no if left out."), "time": span("The time limit of each; none if left out."),
	}, "from", "count")}
	return s
}

// cardWords explain what stands on an order card.
var cardWords = map[string][2]string{
	"patient": {"The patient's name on the card.", "C. Okafor"}, "area": {"A care area of the drug library.", "Adult ICU"},
	"weight": {"The patient's weight in kg.", "82 kg"}, "channel": {"The channel of a pump with two, or its secondary infusion.", "A"},
	"drug": {"The drug as the library writes it; none for a basic infusion.", "DOPamine"}, "concentration": {"Amount and volume as the library has them.", "400 mg/250 mL"},
	"dose": {"The dose with its unit.", "5 mcg/kg/min"}, "rate": {"The rate in mL/h.", "15.4 mL/h"}, "vtbi": {"The volume to be infused in mL.", "250 mL"},
	"time": {"The duration in min or h.", "30 min"}, "bolus": {"A bolus while it runs.", "4 mg"}, "loading": {"A loading dose before the rest.", "50 mcg/kg"},
	"over": {"The time over which the bolus or loading dose is given.", "10 min"}, "delay": {"How long the start is put off.", "1 h"},
	"pca dose": {"What one demand gives; on a pump for patient-controlled analgesia.", "1 mg"}, "lockout": {"The time until the next demand is met.", "8 min"},
	"continuous": {"What runs besides the demands.", "0.5 mg/h"}, "pca loading": {"The loading dose of patient-controlled analgesia.", "2 mg"},
	"in 1 h": {"The most that is given in an hour.", "8 mg"}, "in 4 h": {"The most that is given in four hours.", "24 mg"},
}

func taskShape() shape {
	card := map[string]shape{"change": yes("Not for tasks, which begin on a fresh pump; for orders that arrive over a network.")}
	for _, k := range order.Keys {
		if card[k] == nil {
			card[k] = scalar("", cardWords[k][0], cardWords[k][1])
		}
	}
	return object("", map[string]shape{
		"order":    object("The order card.", card, "area"),
		"second":   object("Another infusion of the task: its channel says which.", card, "area", "channel"),
		"critical": yes("Yes if an error in it could harm; no if left out."), "time": span("The time limit; none if left out."),
		"beyond": {"enum": []any{"no", "soft", "hard", false}, "enumDescriptions": []string{meanings["no"], meanings["soft"], meanings["hard"], meanings["no"]}, "description": "The limit the order passes on purpose; no if left out."},
	}, "order")
}

func sequenceShape() shape {
	ordered := func(factors []string, inner shape) shape {
		keys := map[string]shape{}
		for _, m := range plan.Methods {
			keys[m] = oneOf(meanings[m], factors)
		}
		if inner != nil {
			keys["each"] = listOf("What happens with each of them, in this order.", inner)
		}
		return object("", keys)
	}
	tasks := object("", map[string]shape{"random": oneOf("The tasks in an order drawn for each person.", []string{"tasks"}), "fixed": oneOf("The tasks in the order of the file.", []string{"tasks"})})
	cross := object("", map[string]shape{"random": object("Tasks and surroundings mixed at random.", map[string]shape{
		"cross": {"const": []string{"tasks", "surroundings"}, "description": "Each task in each of the surroundings: [tasks, surroundings]."},
	}, crossKeys...)})
	practice := object("", map[string]shape{"practice": object("Tasks that come before and are not measured.", map[string]shape{
		"tasks": listOf("Names of the practice tasks.", anyText), "until": text("Practice goes on until so many are right; each comes once if left out.", "2 correct in a row"),
		"at most": number("With until: after so many tasks practice ends in any case.", 1),
	}, "tasks")}, "practice")
	ask := object("", map[string]shape{"ask": {
		"anyOf":       []shape{anyText, listOf("", anyText)},
		"description": "Questionnaires after each design: sus, raw-tlx, seq, asq, umux-lite, or your own in questionnaires.", "examples": []any{[]string{"raw-tlx", "sus"}},
	}}, "ask")
	pause := object("", map[string]shape{"break": span("A break before the next design.")}, "break")
	block := shape{"anyOf": []shape{practice, tasks}}
	out := ordered([]string{"design"}, shape{"anyOf": []shape{
		practice, tasks, cross, ordered([]string{"surroundings"}, block), ask, pause,
	}})
	out["description"] = "In which order a person meets designs, surroundings and tasks, and what comes between."
	return out
}

// Vocabulary are the known keys of each kind of object in the file, sorted.
func Vocabulary() map[string][]string {
	out := map[string][]string{
		"study": studyKeys, "question": questionKeys, "factors": factorKeys, "level": levelKeys, "people": peopleKeys, "asked": askKeys,
		"markers": markerKeys,
		"task":    taskKeys, "drawn": drawnKeys, "order": order.Keys, "practice": practiceKeys, "cross": crossKeys,
		"question distraction": distractionKeys["question"], "phone": distractionKeys["phone"],
		"alarm": distractionKeys["alarm"], "noise": distractionKeys["noise"], "glare": distractionKeys["glare"],
	}
	for k, v := range out {
		v = slices.Clone(v)
		slices.Sort(v)
		out[k] = v
	}
	return out
}
