package cli_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"pumplab/assets"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/library"
	"pumplab/studies/protocol"
)

// kind is one of the three kinds of file that people write.
type kind struct {
	schema []byte
	files  fs.FS
	match  string // of the shipped files
}

var kinds = map[string]kind{
	"design":  {design.Schema(), assets.Designs(), "*/design.yaml"},
	"library": {library.Schema(), assets.Libraries(), "*.yaml"},
	"study":   {protocol.Schema(), assets.Studies(), "*/study.yaml"},
}

// An editor shows the sentence of a key, and the meaning of each word of a closed list, from the schema.
func TestEveryKeyOfTheThreeSchemasIsExplained(t *testing.T) {
	sentence := regexp.MustCompile(`^[A-Z0-9][^\n]{8,170}[.…]$`)
	for name, k := range kinds {
		var root map[string]any
		if err := json.Unmarshal(k.schema, &root); err != nil {
			t.Fatal(err)
		}
		keys := 0
		var walk func(at string, s map[string]any)
		walk = func(at string, s map[string]any) {
			if words, ok := s["enum"].([]any); ok && len(words) > 1 && !slices.Contains(words, any("yes")) {
				means, _ := s["enumDescriptions"].([]any)
				if len(means) != len(words) || slices.Contains(means, any("")) {
					t.Errorf("%s: %s: words %v have the meanings %q", name, at, words, means)
				}
			}
			for _, word := range []string{"properties", "$defs"} {
				members, _ := s[word].(map[string]any)
				for key, m := range members {
					m := m.(map[string]any)
					if says, _ := m["description"].(string); word == "properties" && !sentence.MatchString(says) {
						t.Errorf("%s: %s/%s is explained by %q, expected one plain sentence", name, at, key, says)
					}
					keys++
					walk(at+"/"+key, m)
				}
			}
			for _, word := range []string{"items", "additionalProperties"} {
				if m, ok := s[word].(map[string]any); ok {
					walk(at+"/*", m)
				}
			}
			for _, word := range []string{"anyOf", "oneOf"} {
				choices, _ := s[word].([]any)
				for _, c := range choices {
					walk(at, c.(map[string]any))
				}
			}
		}
		walk("", root)
		if keys < 40 {
			t.Errorf("%s: only %d keys were looked at", name, keys)
		}
	}
}

// compiled is a schema as a validator of the standard reads it (draft 2020-12).
func compiled(t *testing.T, schema []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("file.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("file.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// validate is what the schema has against a YAML file, which an editor reads by YAML 1.2.
func validate(t *testing.T, s *jsonschema.Schema, text string) error {
	t.Helper()
	data, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return err
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

func TestEveryShippedFileKeepsItsSchema(t *testing.T) {
	for name, k := range kinds {
		s := compiled(t, k.schema)
		files, err := fs.Glob(k.files, k.match)
		if err != nil || len(files) < 2 {
			t.Fatalf("%s: %v, %v", name, files, err)
		}
		for _, f := range files {
			text, err := fs.ReadFile(k.files, f)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(f, ".tests.") {
				continue
			}
			if err := validate(t, s, string(text)); err != nil {
				t.Errorf("%s: %v", f, err)
			}
		}
	}
}

// What people get wrong is marked by the editor before any command says so.
func TestTheSchemasRefuseTheClassicSlips(t *testing.T) {
	for name, slips := range map[string][]struct{ file, old, new string }{
		"design": {
			{"keypad-wizard/design.yaml", "version: 1", "vershion: 1"},
			{"keypad-wizard/design.yaml", "pump: large-volume", "pump: big"},
			{"keypad-wizard/design.yaml", "design: keypad-wizard", "design: Keypad Wizard"},
			{"keypad-wizard/design.yaml", "key-size: 17 mm", "key-size: large"},
			{"keypad-wizard/design.yaml", "nag: 5 min", "nag: 5 minutes"},
			{"keypad-wizard/design.yaml", "nag: 5 min", "nag: 5"},
			{"keypad-wizard/design.yaml", `housing: "#E4E8EA"`, "housing: grey"},
			{"keypad-wizard/design.yaml", "method: keypad-blocking", "method: keypad-bloking"},
			{"keypad-wizard/design.yaml", "role: stop", "role: halt"},
			{"keypad-wizard/design.yaml", "enter: [dose, rate]", "enter: [doze, rate]"},
			{"keypad-wizard/design.yaml", "choose: drugs", "choose: drug"},
			{"keypad-wizard/design.yaml", "at: 163 16, ", ""},
			{"keypad-wizard/design.yaml", "tall-man: yes", "tall-man: maybe"},
			{"keypad-wizard/design.yaml", "run: {", "runs: {"},
		},
		"library": {
			{"demo.yaml", "library: demo", "libary: demo"},
			{"demo.yaml", "status: released", "status: ready"},
			{"demo.yaml", "max rate: 999 mL/h", "max rate: 999"},
			{"demo.yaml", "max rate: 999 mL/h", "max rate: 999 mL"},
			{"demo.yaml", "version: ", "version: v"},
			{"demo.yaml", "drug: DOPamine", "drugs: DOPamine"},
			{"demo.yaml", "concentration: 400 mg/250 mL", "concentration: 400 mg in 250 mL"},
			{"demo.yaml", "high alert: yes", "high alert: maybe"},
			{"demo.yaml", "checking: always", "checking: never"},
		},
		"study": {
			{"demo/study.yaml", "version: 1", "vershion: 1"},
			{"demo/study.yaml", "planned: 24", "planned: many"},
			{"demo/study.yaml", "measure: undetected", "measure: undetekted"},
			{"demo/study.yaml", "kind: superiority", "kind: better"},
			{"demo/study.yaml", "williams: design", "wiliams: design"},
			{"demo/study.yaml", "- phone:", "- fone:"},
			{"demo/study.yaml", "covers: pump", "covers: all"},
			{"demo/study.yaml", "critical: yes", "critical: very"},
			{"demo/study.yaml", "time: 4 min", "time: 4 minutes"},
			{"demo/study.yaml", "drug: DOPamine", "drugg: DOPamine"},
			{"demo/study.yaml", "seed: 4711", "seed: -1"},
			{"demo/study.yaml", "break: 2 min", "break: 2"},
			{"demo/study.yaml", "beyond: soft", "beyond: a bit"},
			{"demo/study.yaml", "years in role: 0..60", "years in role: 0-60"},
		},
	} {
		k := kinds[name]
		s := compiled(t, k.schema)
		for _, c := range slips {
			text, err := fs.ReadFile(k.files, c.file)
			if err != nil {
				t.Fatal(err)
			}
			slipped := strings.Replace(string(text), c.old, c.new, 1)
			if slipped == string(text) {
				t.Errorf("%s: %q is not in the file", c.file, c.old)
			} else if validate(t, s, slipped) == nil {
				t.Errorf("%s: %q passes the schema", c.file, c.new)
			}
		}
	}
}
