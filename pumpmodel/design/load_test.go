package design_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"pumplab/pumpmodel/design"
)

func mustSource(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("../../assets/designs/" + name + "/design.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func load(text string) (*design.Design, error) {
	return design.Load(fstest.MapFS{"x/design.yaml": {Data: []byte(text)}}, "x")
}

// Each case replaces one thing in keypad-wizard and names the line and words of the problem. Columns are those of the word.
func TestABadFileNamesThePlaceAndWhatWasMeant(t *testing.T) {
	good := mustSource(t, "keypad-wizard")
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", "pump: large-volume", "pomp: large-volume", `:5:1: unknown key "pomp", did you mean "pump"?`},
		{"unknown pump", "pump: large-volume", "pump: large-volum", `:5:7: unknown pump "large-volum", did you mean "large-volume"?`},
		{"unknown method", "method: keypad-blocking", "method: keypad-bloking", `did you mean "keypad-blocking"?`},
		{"a colour without quotes", `housing: "#E4E8EA"`, "housing: #E4E8EA", ":9:3: housing has no value: write it, or take the key away; what begins with # is a comment unless it stands in quotes"},
		{"commas between lengths", "at: 163 16,", "at: 163, 16,", `at is "163", expected 2 lengths in millimetres such as 150 20, without commas`},
		{"no method", "method: keypad-blocking, ", "", "no entry method is said: expected method: one of keypad, keypad-blocking,"},
		{"unknown field", "enter: [dose, rate]", "enter: [doze, rate]", `unknown field "doze", did you mean "dose"?`},
		{"unknown screen", "then: concentration}", "then: concentrations}", `unknown screen "concentrations", did you mean "concentration"?`},
		{"unknown control", "toggle: F2", "toggle: F9", `toggle names the control "F9", which the face does not have`},
		{"unknown shape", "shape: arrow-up", "shape: arrow-upp", `unknown shape "arrow-upp", did you mean "arrow-up"?`},
		{"bad length", "key-size: 17 mm", "key-size: large", `key-size is "large", expected millimetres such as 16 mm`},
		{"bad time", "nag: 5 min", "nag: 5 minutes", `nag is "5 minutes", expected a time such as 500 ms, 2 s or 5 min`},
		{"overlap", "at: 163 16,", "at: 150 16,", "control 2 lies over control 1"},
		{"outside", "at: 183 16,", "at: 200 16,", "control 3 lies outside the face"},
		{"same key", `role: digit, key: "2"}`, `role: digit, key: "1"}`, "controls 1 and 2 are both bound to the keyboard key 1"},
		{"unknown keyboard key", "key: Return", "key: Enterr", `unknown keyboard key "Enterr"`},
		{"hard override", "hard: {as: full-screen,", "hard: {as: full-screen, override: F3,", "a hard limit cannot be overridden"},
		{"long silence", "silence: 2 min", "silence: 3 min", "silence is longer than 2 min"},
		{"twice", "version: 1", "version: 1\nversion: 2", ":4:1: "},
		{"anchor", "version: 1", "version: &v 1", "anchors, aliases, merges and tags are not read"},
		{"syntax", "version: 1", "version: [1", ":"},
		{"no review", "  review: {review: all, back: vtbi}\n", "", `unknown screen "review"`},
		{"no start", "start: start, ", "", "no control is bound to start"},
		{"bad name", "design: keypad-wizard", "design: Keypad Wizard", `design is "Keypad Wizard", expected small letters, digits and hyphens`},
		{"picture elsewhere", "face:", "face:\n  picture: ../secret.png", "is not a plain file name: it must lie in the design's folder"},
		{"picture missing", "face:", "face:\n  picture: front.png", "is not in the design's folder"},
		{"no way to the review", "vtbi: {enter: [vtbi, time], then: review}", "vtbi: {enter: [vtbi, time], then: dose}", "do not lead to the review"},
		{"no weight asked", "weight: {enter: weight,", "weight: {enter: time,", "the way from patient to the review never asks for weight; it must ask for the concentration, weight, rate and vtbi"},
		{"drugs before areas", "area: {choose: care-areas, then: drug}\n  drug: {choose: drugs, as: letters, then: concentration}", "area: {choose: drugs, then: drug}\n  drug: {choose: care-areas, then: concentration}", "asks for weight before drugs are chosen"},
		{"colour", `housing: "#E4E8EA"`, "housing: grey", `housing is "grey", expected a colour`},
		{"bolus without a screen", "  bolus: {bolus: [bolus, bolus-rate, bolus-time]}\n", "", "no screen is for bolus: expected a screen such as bolus: {bolus: [bolus, bolus-rate, bolus-time]}"},
		{"bolus without an amount", "{bolus: [bolus, bolus-rate, bolus-time]}", "{bolus: [bolus-rate]}", "screen bolus must ask for bolus"},
		{"bolus of another field", "{bolus: [bolus, bolus-rate, bolus-time]}", "{bolus: [bolus, vtbi]}", `unknown field "vtbi"`},
		{"a screen nobody gets to", "bolus: F1, ", "", "nothing leads to the screen for bolus: expected keys: {bolus: CONTROL}, or a row of options"},
		{"an extra that leads on", "{delay: [delay]}", "{delay: [delay], then: review}", "screen delay leads back to where it was called from: remove then"},
		{"an option without a screen", "  delay: {delay: [delay]}", "  delay: {delay: [delay]}\n  options: {options: [patient-weight]}", "the options have a row patient-weight, but no screen is for it"},
		{"two of a kind", "  delay: {delay: [delay]}", "  delay: {delay: [delay]}\n  later: {delay: [delay]}", "more than one screen is for delay"},
		{"a key of the session", "key: Return", "key: F12", "the keyboard key F12 belongs to the session (F12 is done, F11 is cannot be done): choose another, F1 to F10"},
		{"a word no method knows", `role: digit, key: "2"}`, `role: digit, key: "2", types: too}`, `unknown types "too"`},
		{"a digit nobody can type", `role: digit, key: "2"}`, `role: digit, key: "2", types: clear}`, "method keypad-blocking needs controls that type 0, 1, 2, 3, 4, 5, 6, 7, 8, 9; none does for 2: write {types: \"2\"}"},
		{"keys of another method", "method: keypad-blocking", "method: chevron", "method chevron needs controls that type up, dn, UP, DN; none does for"},
		{"no dial", "method: keypad-blocking", "method: dial", "method dial needs a dial; the face has none: write {at: LEFT TOP, kind: dial, cw: Right, ccw: Left}"},
		{"no slider", "method: keypad-blocking", "method: slider", "method slider needs a control to touch; there is none: write {at: LEFT TOP, size: 140 x 20 mm, kind: touch, shape: slider}"},
		{"impossible entry", "maximum: 500, decimals: 1", "minimum: 600, maximum: 500", "minimum 600 is not below maximum 500"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(good, c.old, c.new, 1)
			if text == good {
				t.Fatalf("%q is not in the file", c.old)
			}
			_, err := load(text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v\nwant %s", err, c.want)
			}
			for _, line := range strings.Split(err.Error(), "\n") {
				if !strings.HasPrefix(line, "x/design.yaml:") {
					t.Errorf("no place in %q", line)
				}
			}
		})
	}
}

// What follows only from a slip is not told beside it: a person mends one thing, not five.
func TestASlipIsToldOnceWithoutItsConsequences(t *testing.T) {
	good := mustSource(t, "keypad-wizard")
	for _, c := range []struct{ old, new string }{
		{"weight: {enter: weight,", "weight: {enter: wieght,"},
		{"then: concentration}", "then: concentraton}"},
		{"choose: drugs,", "choose: drug,"},
		{"confirm: enter,", "confirm: entre,"},
		{"at: 163 16,", "at: 163x16,"},
		{"method: keypad-blocking", "method: keypad-bloking"},
		{`housing: "#E4E8EA"`, "housing: #E4E8EA"},
	} {
		_, err := load(strings.Replace(good, c.old, c.new, 1))
		var problems design.Problems
		if !errors.As(err, &problems) || len(problems) != 1 {
			t.Errorf("%s: %v", c.new, err)
		}
	}
}

func TestAllProblemsComeAtOnceInTheOrderOfTheFile(t *testing.T) {
	text := strings.NewReplacer("pump: large-volume", "pump: large", "role: stop", "role: halt", "silence: 2 min", "silence: 9 min").
		Replace(mustSource(t, "keypad-wizard"))
	_, err := load(text)
	var problems design.Problems
	if !errors.As(err, &problems) || len(problems) != 3 {
		t.Fatalf("got %v", err)
	}
	for i, p := range problems[1:] {
		if p.Line < problems[i].Line {
			t.Errorf("%v comes after %v", p, problems[i])
		}
	}
}

func TestAnUnreadableFolderIsAnErrorOfItsOwn(t *testing.T) {
	if _, err := design.Load(fstest.MapFS{}, "x"); err == nil || !strings.Contains(err.Error(), "load design") {
		t.Errorf("got %v", err)
	}
}

func TestNoLinkLeadsOutOfTheFolder(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(outside+"/secret.png", "x")
	write(outside+"/design.yaml", mustSource(t, "chevron-form"))
	if err := os.Symlink(outside+"/design.yaml", dir+"/design.yaml"); err != nil {
		t.Fatal(err)
	}
	if _, err := design.Load(os.DirFS(dir), "."); err == nil || !strings.Contains(err.Error(), "not a plain file") {
		t.Errorf("a linked design.yaml: got %v", err)
	}
	if err := os.Remove(dir + "/design.yaml"); err != nil {
		t.Fatal(err)
	}
	write(dir+"/design.yaml", strings.Replace(mustSource(t, "chevron-form"), "face:", "face:\n  picture: front.png", 1))
	if err := os.Symlink(outside+"/secret.png", dir+"/front.png"); err != nil {
		t.Fatal(err)
	}
	if _, err := design.Load(os.DirFS(dir), "."); err == nil || !strings.Contains(err.Error(), "not a plain file") {
		t.Errorf("a linked picture: got %v", err)
	}
}

func TestTheHashIsOfEveryFileInTheFolder(t *testing.T) {
	text := []byte(mustSource(t, "fivekey-menu"))
	one, err := design.Load(fstest.MapFS{"x/design.yaml": {Data: text}}, "x")
	if err != nil {
		t.Fatal(err)
	}
	two, err := design.Load(fstest.MapFS{"y/design.yaml": {Data: text}}, "y")
	if err != nil {
		t.Fatal(err)
	}
	more, err := design.Load(fstest.MapFS{"x/design.yaml": {Data: text}, "x/notes.txt": {Data: []byte("1")}}, "x")
	if err != nil {
		t.Fatal(err)
	}
	if one.Hash != two.Hash || one.Hash == more.Hash || len(one.Hash) != 64 {
		t.Errorf("hashes %s %s %s", one.Hash, two.Hash, more.Hash)
	}
}

func TestTheShippedSchemaIsTheLoadersOwn(t *testing.T) {
	written, err := os.ReadFile("../../assets/designs/design.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(written), string(design.Schema())); diff != "" {
		t.Errorf("write it anew with: pumplab design schema > assets/designs/design.schema.json\n%s", diff)
	}
	names, err := design.List(os.DirFS("../../assets/designs"), ".")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		if !strings.HasPrefix(mustSource(t, name), "# yaml-language-server: $schema=../design.schema.json\n") {
			t.Errorf("%s does not name its schema in the first line", name)
		}
	}
}
