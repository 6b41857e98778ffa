package cli_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"pumplab/assets"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/library"
	"pumplab/studies/protocol"
)

// The space after a colon is the first thing that people forget who do not know YAML; all three readers say so, at the place.
func TestAMissingSpaceIsSaidByEveryReader(t *testing.T) {
	readers := map[string]func(text string) error{
		"design": func(text string) error {
			_, err := design.Load(fstest.MapFS{"x/design.yaml": {Data: []byte(text)}}, "x")
			return err
		},
		"library": func(text string) error { _, err := library.Read("x.yaml", []byte(text)); return err },
		"study": func(text string) error {
			_, err := protocol.Load(protocol.Frozen(map[string][]byte{"study.yaml": []byte(text)}))
			return err
		},
	}
	files := map[string]string{"design": "keypad-wizard/design.yaml", "library": "demo.yaml", "study": "demo/study.yaml"}
	for _, c := range []struct{ kind, old, new string }{
		{"design", "version: 1", "version:1"},
		{"design", "idle: {nag: 5 min, clear: 10 min, silence: 2 min}", "idle:\n  nag:5 min"},
		{"design", "weight: {maximum: 500, decimals: 1}", "weight:\n    maximum:500"},
		{"library", "version: ", "version:"},
		{"library", "status: released", "status:released"},
		{"library", "drug: DOPamine", "drug:DOPamine"},
		{"library", "weight: {soft: 40..150 kg, hard: 30..250 kg}", "weight:\n      soft:40..150 kg"},
		{"study", "planned: 24", "planned:24"},
		{"study", "seed: 4711", "seed:4711"},
		{"study", "critical: yes", "critical:yes"},
	} {
		text, err := fs.ReadFile(map[string]fs.FS{"design": assets.Designs(), "library": assets.Libraries(), "study": assets.Studies()}[c.kind], files[c.kind])
		if err != nil {
			t.Fatal(err)
		}
		slipped := strings.Replace(string(text), c.old, c.new, 1)
		if slipped == string(text) {
			t.Fatalf("%s: %q is not in the file", c.kind, c.old)
		}
		said := ""
		if err := readers[c.kind](slipped); err != nil {
			said = err.Error()
		}
		if !strings.Contains(said, "a space is missing after the colon: write key: value") {
			t.Errorf("%s: %q gives\n%s", c.kind, c.new, said)
		}
	}
}
