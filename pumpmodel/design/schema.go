package design

import (
	"encoding/json"

	"pumplab/pumpmodel/entry"
)

// Schema is the JSON Schema of design.yaml, by which an editor completes and checks it. Its words are those of the loader's own
// tables; what it cannot say (names that refer to each other, things that overlap) Load checks.
func Schema() []byte {
	text := object{"type": "string"}
	span := object{"type": "string", "pattern": `^[0-9.]+ (ms|s|min|h)$`}
	number := object{"type": "number", "minimum": 0}
	lengths := object{"type": []string{"string", "number"}}
	method := props(object{
		"method": one(entry.Names()), "minimum": number, "maximum": number, "decimals": object{"type": "integer", "minimum": -1, "maximum": 4},
		"tick": span, "steps": list(number), "detents": object{"type": "integer", "minimum": 2, "maximum": entry.DetentsMax}, "layout": one(entry.Layouts()), "options": list(text), "flaws": list(text), "start": one(starts),
	})
	fields := object{}
	for _, f := range append(append([]string{"all"}, entered[1:]...), added...) {
		fields[f] = method
	}
	bindings := object{}
	for _, a := range actions {
		bindings[a] = text
	}
	bindings["rows"] = list(text)
	colour := object{"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}
	keyboard := object{"type": []string{"string", "integer"}}
	alert := props(object{"as": one(alertStyles), "override": text, "second": text, "change": text, "delay": span, "reason": one([]string{"typed"}), "reasons": list(text)})
	editable := list(one(entered))
	visible := object{"anyOf": []object{{"const": "all"}, list(one(append(append([]string{}, entered...), shown...)))}}
	screen := props(object{
		"choose": one(chooseWhat), "message": text, "enter": object{"anyOf": []object{one(entered), editable}}, "form": editable, "menu": editable,
		"review": visible, "running": visible, "as": one(chooseAs), "rows": object{"type": "integer", "minimum": 2, "maximum": 20},
		"title": text, "leaving": one(leavings), "then": text, "back": text, "change": text,
	})
	for kind, known := range extraFields {
		screen["properties"].(object)[kind] = object{"anyOf": []object{one(known), list(one(known))}}
	}
	screen["properties"].(object)["options"] = list(one(optionWords))
	face := props(object{
		"size": text, "picture": text, "housing": colour, "key-size": lengths,
		"displays": mapOf(props(object{"at": text, "kind": one(panelKinds), "letters": one(letterKinds), "content": text, "back": colour, "ink": colour})),
		"lamps":    mapOf(props(object{"at": text, "size": lengths, "colours": list(one(lampColours))})),
		"controls": mapOf(props(object{
			"at": text, "size": lengths, "label": text, "shape": one(keyShapes), "kind": one(keyKinds), "role": one(keyRoles),
			"key": keyboard, "types": object{"type": []string{"string", "integer"}}, "repeat": text, "cw": keyboard, "ccw": keyboard,
			"on": list(text), "colour": colour, "print": colour,
		})),
	})
	flag := object{"type": []string{"boolean", "string"}}
	root := props(object{
		"design": object{"type": "string", "pattern": "^[a-z0-9-]+$"}, "version": object{"type": "integer", "minimum": 1}, "title": text,
		"pump": one(pumpNames), "channels": list(one(channelNames)), "secondary": flag, "face": face, "keys": props(bindings), "entry": props(fields), "screens": mapOf(screen),
		"alerts": props(object{"soft": alert, "hard": alert, "advisory": alert}),
		"show": props(object{
			"tall-man": flag, "decimals": one(decimals), "trailing-zeros": one(zeros), "basic-infusion-mark": text,
		}),
		"sounds": props(object{"refused": flag, "alert": flag}), "flaws": list(one(declared)),
		"idle": props(object{"nag": span, "clear": span, "silence": span}),
	})
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Pump Lab interface design"
	root["required"] = []string{"design", "face", "keys", "entry", "screens", "alerts"}
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic(err) // only strings, numbers and maps are in it
	}
	return append(out, '\n')
}

type object map[string]any

func one(words []string) object { return object{"enum": words} }
func list(of object) object     { return object{"type": "array", "items": of} }
func mapOf(of object) object    { return object{"type": "object", "additionalProperties": of} }
func props(members object) object {
	return object{"type": "object", "properties": members, "additionalProperties": false}
}
