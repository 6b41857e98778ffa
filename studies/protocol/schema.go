package protocol

import (
	"encoding/json"
	"slices"
	"strings"

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

func text(description string) shape { return shape{"type": "string", "description": description} }
func oneOf(words []string) shape    { return shape{"enum": words} }

func scalar(pattern, description string) shape {
	s := shape{"type": []string{"string", "number", "integer"}, "description": description}
	if pattern != "" {
		s["pattern"] = pattern
	}
	return s
}

func listOf(item shape) shape { return shape{"type": "array", "items": item} }

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

func span() shape { return text("a time with its unit: 90 s, 2.5 min, 1 h") }

// yes is yes or no: bare words that some readers of YAML take for truth values.
func yes() shape { return shape{"enum": []any{"yes", "no", true, false}} }

func studyShape() shape {
	number := shape{"type": "integer", "minimum": 0}
	s := object("A study of Pump Lab: who programmes which pumps under which disturbances, and what is asked of the data.", map[string]shape{
		"study":        text("name: letters, digits, hyphens"),
		"version":      number,
		"title":        text("one line for people"),
		"authors":      listOf(shape{"type": "string"}),
		"library":      text("drug library: path inside the study folder"),
		"questions":    each("what the study is to answer, fixed before data", questionShape()),
		"factors":      factorsShape(),
		"people":       peopleShape(),
		"surroundings": each("what disturbs in each of the surroundings; one that is not described is quiet", surroundingsShape()),
		"tasks":        tasksShape(),
		"sequence":     sequenceShape(),
		"seed":         number,
		"markers": object("trials, alerts, distractions and responses for instruments that record beside a session, with LSL's clock", map[string]shape{
			"file": yes(), "port": {"type": "integer", "minimum": 1024, "maximum": 65535, "description": "TCP port of this machine that serves them as lines of JSON"},
		}),
		"backup": text("folder for a checked copy of the database after each session, best on another disk; a relative path begins at study.yaml"),
	}, "study", "version", "title", "library", "factors", "people", "tasks", "sequence", "seed")
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Pump Lab study"
	return s
}

func questionShape() shape {
	return object("", map[string]shape{
		"measure": oneOf(measures), "compare": listOf(shape{"type": "string"}), "kind": oneOf(kinds),
		"alpha": scalar("", "0.05 or 5 %"), "margin": scalar("", "0.03 or 3 %; for non-inferiority and equivalence"),
	}, "measure", "compare", "kind")
}

func factorsShape() shape {
	level := object("", map[string]shape{"within": listOf(shape{"type": "string"})}, "within")
	return object("what is compared; everybody meets every level", map[string]shape{"design": level, "surroundings": level}, "design")
}

func peopleShape() shape {
	answers := shape{"anyOf": []shape{
		listOf(shape{"type": "string"}), {"type": "string", "pattern": `^-?\d+\.\.-?\d+$`}, {"const": "identifying"},
	}}
	return object("", map[string]shape{
		"planned": {"type": "integer", "minimum": 1},
		"consent": text("consent text: path inside the study folder"),
		"welcome": text("text shown first: path inside the study folder"),
		"thanks":  text("text shown last: path inside the study folder"),
		"ask": each("asked of each person: answers to choose from, a range as 0..60, or identifying for a text that is kept encrypted", shape{"anyOf": []shape{
			answers, object("", map[string]shape{"answers": answers, "identifying": yes()}),
		}}),
		"recipients": listOf(shape{"type": "string", "pattern": "^age1", "description": "public age key that identifying answers are encrypted for"}),
	}, "planned")
}

func surroundingsShape() shape {
	when := text("dose or rate after 2 presses; every 90 s; every 90 s poisson")
	until := text("answered, or a time after which it ends by itself")
	covers := oneOf([]string{"pump", "nothing"})
	question := object("somebody asks", map[string]shape{
		"when": when, "ask": text("arithmetic, or the words to ask"), "until": until, "covers": covers, "warning": span(),
	}, "when")
	phone := object("a phone rings", map[string]shape{"when": when, "until": until, "covers": covers, "warning": span()}, "when")
	alarm := object("the alarm bar of another pump at the edge of the screen, with its sound, until it is silenced", map[string]shape{
		"when": when, "until": until, "priority": oneOf(priorities), "text": text("what the bar says"), "warning": span(),
	}, "when")
	noise := object("the sound of a ward around the task, made by the program ("+strings.Join(distraction.Noises, ", ")+"); without when, as long as it lasts", map[string]shape{
		"file": oneOf(distraction.Noises), "level": scalar(`^-?\d+ ?dB$`, "dB re full scale: -18 dB; the program cannot calibrate the room"),
		"when": when, "until": until, "measured": scalar("", "what a sound level meter read: 62 dB(A)"),
	}, "file", "level")
	glare := object("light on the screen; without when, as long as the task", map[string]shape{
		"strength": scalar(`^\d+ ?%$`, "10 % to 100 %"), "when": when, "until": until,
	})
	one := object("", map[string]shape{"question": question, "phone": phone, "alarm": alarm, "noise": noise, "glare": glare})
	one["minProperties"], one["maxProperties"] = 1, 1
	return listOf(one)
}

func tasksShape() shape {
	s := each("orders to programme", taskShape())
	count := shape{"type": "integer", "minimum": 0}
	s["properties"] = map[string]shape{"drawn": object("tasks drawn from a pool", map[string]shape{
		"from": text("pool file: path inside the study folder"), "count": count, "digits": scalar(`^\d+(\.\.\d+)?$`, "of the dose: 2..4"),
		"beyond": object("how many pass a limit", map[string]shape{"soft": count, "hard": count}), "critical": yes(), "time": span(),
	}, "from", "count")}
	return s
}

func taskShape() shape {
	card := map[string]shape{}
	for _, k := range order.Keys {
		card[k] = scalar("", "")
	}
	card["change"] = yes()
	for k, d := range map[string]string{
		"area": "care area of the library", "drug": "as the library writes it", "concentration": "400 mg/250 mL", "weight": "82 kg",
		"dose": "5 mcg/kg/min", "rate": "15.4 mL/h", "vtbi": "250 mL", "time": "30 min",
	} {
		card[k]["description"] = d
	}
	return object("", map[string]shape{
		"order": object("the order card", card, "area"), "second": object("another infusion of the task: its channel says which", card, "area", "channel"), "critical": yes(), "time": span(),
		"beyond": {"enum": []any{"no", "soft", "hard", false}, "description": "the limit the order passes on purpose"},
	}, "order")
}

func sequenceShape() shape {
	ordered := func(factors []string, inner shape) shape {
		keys := map[string]shape{}
		for _, m := range plan.Methods {
			keys[m] = oneOf(factors)
		}
		if inner != nil {
			keys["each"] = listOf(inner)
		}
		return object("", keys)
	}
	tasks := object("", map[string]shape{"random": oneOf([]string{"tasks"}), "fixed": oneOf([]string{"tasks"})})
	cross := object("", map[string]shape{"random": object("", map[string]shape{
		"cross": {"const": []string{"tasks", "surroundings"}},
	}, crossKeys...)})
	practice := object("", map[string]shape{"practice": object("", map[string]shape{
		"tasks": listOf(shape{"type": "string"}), "until": text("2 correct in a row"), "at most": {"type": "integer", "minimum": 1},
	}, "tasks")}, "practice")
	ask := object("", map[string]shape{"ask": {"anyOf": []shape{{"type": "string"}, listOf(shape{"type": "string"})}}}, "ask")
	pause := object("", map[string]shape{"break": span()}, "break")
	block := shape{"anyOf": []shape{practice, tasks}}
	return ordered([]string{"design"}, shape{"anyOf": []shape{
		practice, tasks, cross, ordered([]string{"surroundings"}, block), ask, pause,
	}})
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
