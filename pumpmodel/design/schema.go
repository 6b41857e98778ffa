package design

import (
	"encoding/json"
	"maps"
	"slices"

	"pumplab/pumpmodel/entry"
)

// Schema is the JSON Schema of design.yaml, by which an editor completes, explains and checks it. Its words are those of the loader's
// own tables, its sentences those of meanings; what it cannot say (names that refer to each other, things that overlap) Load checks.
func Schema() []byte {
	root := rootShape()
	defs := object{"control": controlShape(), "method": methodShape(), "screen": screenShape(), "alert": alertShape(), "display": displayShape(), "lamp": lampShape()}
	root = explained("", root)
	for name, def := range defs {
		defs[name] = explained(name, def.(object))
	}
	root["$defs"] = defs
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Pump Lab interface design"
	root["description"] = "A pump's user interface: its front panel, keys, screens, number entry and alerts. For research and teaching, never for clinical use."
	root["required"] = []string{"design", "face", "keys", "entry", "screens", "alerts"}
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic(err) // only strings, numbers and maps are in it
	}
	return append(out, '\n')
}

type object map[string]any

var (
	textShape     = object{"type": "string"}
	numberShape   = object{"type": "number", "minimum": 0}
	spanShape     = object{"type": "string", "pattern": `^[0-9]+([.][0-9]+)? +(ms|s|min|h)$`}
	lengthsShape  = object{"type": []string{"string", "number"}, "pattern": `^[0-9.]+( +(x|mm|[0-9.]+))*$`}
	colourShape   = object{"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}
	keyboardShape = object{"type": []string{"string", "integer"}}
	flagShape     = object{"enum": []any{"yes", "no", true, false}}
)

func one(list string, words []string) object {
	out := object{"enum": words}
	means := []string{}
	for _, w := range words {
		means = append(means, meaningOf(list, w))
	}
	out["enumDescriptions"] = means
	return out
}

func whole(lo, hi int) object { return object{"type": "integer", "minimum": lo, "maximum": hi} }
func either(a, b object) object {
	return object{"anyOf": []object{a, b}}
}
func list(of object) object    { return object{"type": "array", "items": of} }
func mapOf(of object) object   { return object{"type": "object", "additionalProperties": of} }
func shape(name string) object { return object{"$ref": "#/$defs/" + name} }
func props(members object) object {
	return object{"type": "object", "properties": members, "additionalProperties": false}
}

// explained puts the sentences and examples of meanings to the properties of a shape that stands at a prefix.
func explained(at string, s object) object {
	s = maps.Clone(s)
	if m := meanings[at]; m != nil {
		s["description"] = m[0]
		if len(m) > 1 {
			s["examples"] = m[1:]
		}
	}
	members, ok := s["properties"].(object)
	if !ok {
		return s
	}
	members = maps.Clone(members)
	for name, m := range members {
		path := name
		if at != "" {
			path = at + "." + name
		}
		members[name] = explained(path, m.(object))
	}
	s["properties"] = members
	return s
}

func rootShape() object {
	fields := object{}
	for _, f := range append(append([]string{"all"}, Entered[1:]...), added...) {
		fields[f] = shape("method")
	}
	reasons := object{}
	for _, rule := range lintRules {
		reasons[rule] = object{"type": "string", "minLength": ReasonLeast}
	}
	bindings := object{"rows": list(textShape)}
	for _, a := range actions {
		bindings[a] = keyboardShape
	}
	return props(object{
		"design": object{"type": "string", "pattern": "^[a-z0-9-]+$"}, "version": object{"type": "integer", "minimum": 1}, "title": textShape,
		"pump": one("pump", pumpNames), "channels": list(one("channel", channelNames)), "secondary": flagShape,
		"face": props(object{
			"size": lengthsShape, "picture": textShape, "housing": colourShape, "key-size": lengthsShape,
			"displays": mapOf(shape("display")), "lamps": lampsShape(), "controls": mapOf(shape("control")),
		}),
		"keys": props(bindings), "entry": props(fields), "screens": mapOf(shape("screen")),
		"alerts": props(object{"soft": shape("alert"), "hard": shape("alert"), "advisory": shape("alert")}),
		"show": props(object{
			"tall-man": flagShape, "decimals": one("decimals", decimals), "trailing-zeros": one("zeros", zeros), "basic-infusion-mark": textShape,
		}),
		"sounds": props(object{"refused": flagShape, "alert": flagShape}), "flaws": list(one("flaw", declared)),
		"accepts": props(reasons),
		"idle":    props(object{"nag": spanShape, "clear": spanShape, "silence": spanShape}),
	})
}

func lampsShape() object {
	s := mapOf(shape("lamp"))
	s["propertyNames"] = object{"enum": lampNames}
	return s
}

func lampShape() object {
	s := props(object{"at": lengthsShape, "size": lengthsShape, "colours": list(one("colour", lampColours))})
	s["required"] = []string{"at"}
	return s
}

func displayShape() object {
	s := props(object{
		"at": lengthsShape, "kind": one("display", panelKinds), "letters": one("letters", letterKinds), "content": lengthsShape, "back": colourShape, "ink": colourShape,
	})
	s["required"] = []string{"at"}
	return s
}

func controlShape() object {
	s := props(object{
		"at": lengthsShape, "size": lengthsShape, "label": keyboardShape, "shape": one("shape", keyShapes), "kind": one("kind", keyKinds), "role": one("role", keyRoles),
		"key": keyboardShape, "types": keyboardShape, "repeat": object{"type": "string", "pattern": "^[0-9.]+ +(ms|s) then [0-9.]+ +(ms|s)$"},
		"cw": keyboardShape, "ccw": keyboardShape, "on": list(textShape), "colour": colourShape, "print": colourShape,
	})
	s["required"] = []string{"at"}
	return s
}

func methodShape() object {
	return props(object{
		"method": one("method", entry.Names()), "minimum": numberShape, "maximum": numberShape, "decimals": whole(-1, 4), "tick": spanShape, "steps": list(numberShape),
		"detents": whole(2, entry.DetentsMax), "layout": one("layout", entry.Layouts()), "options": list(one("option", entry.Options())),
		"flaws": list(one("method flaw", entry.Flaws())), "start": one("start", starts),
	})
}

func alertShape() object {
	return props(object{
		"as": one("alert", alertStyles), "override": keyboardShape, "second": keyboardShape, "change": keyboardShape, "delay": spanShape,
		"reason": one("reason", []string{"typed"}), "reasons": list(textShape),
	})
}

func screenShape() object {
	fields := func(words []string) object { return list(one("field", words)) }
	visible := either(object{"const": "all"}, fields(append(slices.Clone(Entered), shown...)))
	members := object{
		"choose": one("choose", chooseWhat), "message": textShape, "enter": either(one("field", Entered[1:]), fields(Entered[1:])),
		"form": fields(Entered), "menu": fields(Entered[1:]), "review": visible, "running": visible,
		"options": list(one("extra", optionWords)), "as": one("as", chooseAs), "rows": whole(2, 20), "title": textShape,
		"leaving": one("leaving", leavings), "then": textShape, "back": textShape, "change": textShape,
	}
	for kind, own := range extraFields {
		members[kind] = either(one("field", own), fields(own))
	}
	return props(members)
}
