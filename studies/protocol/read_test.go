package protocol_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/written"
	"pumplab/studies/protocol"
)

// problems are what Load says of the demo study with every old replaced by new in study.yaml.
func problems(t *testing.T, edits ...string) protocol.Problems {
	t.Helper()
	files := maps.Clone(mustTemplate(t, "demo"))
	text := string(files["study.yaml"])
	for i := 0; i < len(edits); i += 2 {
		if !strings.Contains(text, edits[i]) {
			t.Fatalf("the demo study has no %q", edits[i])
		}
		text = strings.Replace(text, edits[i], edits[i+1], 1)
	}
	files["study.yaml"] = []byte(text)
	_, err := protocol.Load(protocol.Frozen(files))
	var p protocol.Problems
	if err != nil && !errors.As(err, &p) {
		t.Fatal(err)
	}
	return p
}

func TestEachMistakeIsToldWhereItIsAndWhatWasMeant(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"version: 1", "verzion: 1", `unknown key "verzion", did you mean "version"?`},
		{"version: 1", "version: one", `version: "one", expected a whole number`},
		{"study: keys-and-interruptions", "study: keys and/interruptions", "is no name"},
		{"libraries/demo.yaml", "../secret.yaml", "expected a path inside the study folder"},
		{"libraries/demo.yaml", "/etc/passwd", "expected a path inside the study folder"},
		{"texts/consent.md", "texts/../../consent.md", "expected a path inside the study folder"},
		{"libraries/demo.yaml", "libraries/dem.yaml", `is not in the study folder, did you mean "libraries/demo.yaml"?`},
		{"texts/consent.md", "texts/konsent.md", "texts/konsent.md is not in the study folder"},
		{"within: [keypad-wizard,", "within: [touch-tablet,", "in the study folder; a built-in design is brought there by pumplab design copy touch-tablet STUDY/designs/touch-tablet"},
		{"within: [keypad-wizard,", "within: [keypad-wizzard,", `there is no designs/keypad-wizzard/design.yaml in the study folder, did you mean "keypad-wizard"?`},
		{"[quiet, interrupted]", "[quiet, quiet, interrupted]", `"quiet" is given twice`},
		{"  interrupted:\n", "  interupted:\n", `"interupted" is no level of the factor surroundings, did you mean "interrupted"?`},
		{"kind: non-inferiority, margin: 5 %", "kind: non-inferiority", "needs a margin fixed before data"},
		{"kind: superiority, alpha: 0.05", "kind: superiority, margin: 3 %", "superiority has no margin"},
		{"margin: 5 %", "margin: 5", `margin: "5", expected a proportion`},
		{"measure: undetected, compare: [chevron-form", "measure: undetekted, compare: [chevron-form", `did you mean "undetected"?`},
		{"compare: [chevron-form, keypad-wizard]", "compare: [chevron-form, keypad]", `compare: "keypad"`},
		{"years in role: 0..60", "years in role: many", "a range of whole numbers"},
		{"- question:", "- qestion:", `unknown distraction "qestion", did you mean "question"?`},
		{"- phone: {", "- noise: {file: ward, level: -18 dB}\n    - phone: {", `noise: file: "ward", expected one of ward-day, ward-night`},
		{"- phone: {", "- noise: {file: ward-day, level: loud}\n    - phone: {", `level: "loud", expected a whole number from -60 to 0 and dB`},
		{"- phone: {", "- noise: {file: ward-day}\n    - phone: {", "level is missing"},
		{"- phone: {", "- glare: {strength: 200 %}\n    - phone: {", "from 10 to 100 and %"},
		{"- phone: {", "- alarm: {priority: high}\n    - phone: {", "when is missing"},
		{"- phone: {", "- alarm: {when: every 60 s, priority: urgent}\n    - phone: {", `priority: "urgent"`},
		{"after 2 presses", "after two presses", "expected FIELD after N presses"},
		{"dose or rate after", "dose or rat after", `unknown field "rat", did you mean "rate"?`},
		{"every 60 s poisson", "every 60 poisson", "every 90 s poisson"},
		{"covers: pump", "covers: face", `covers: "face"`},
		{"area: Adult ICU, drug: nitroglycerin", "area: Adult UCI, drug: nitroglycerin", `has no care area "Adult UCI", did you mean "Adult ICU"?`},
		{"drug: nitroglycerin", "drug: nitroglycerine", `has no drug "nitroglycerine", did you mean "nitroglycerin"?`},
		{"400 mg/250 mL", "400 mg/200 mL", `did you mean "400 mg/250 mL"?`},
		{"400 mg/250 mL", "400 mg per 250 mL", "write amount unit/volume mL"},
		{"dose: 7.5 mcg/kg/min", "dose: 7.5 mg/h", "the library doses it in mcg/kg/min"},
		{"dose: 7.5 mcg/kg/min", "dose: 25 mcg/kg/min", "task dopamine: dose 25 mcg/kg/min is above the soft limit of 20 mcg/kg/min of Adult ICU: lower it, or write beyond: soft if that is wanted"},
		{"beyond: soft", "beyond: hard", "beyond: hard, but the order passes no hard limit, only a soft one: dose 12.5 mg/h is above the soft limit of 10 mg/h"},
		{"dose: 12.5 mg/h", "dose: 9 mg/h", "beyond: soft, but the order passes no limit of library demo"},
		{"dose: 7.5 mcg/kg/min", "dose: 7,5 mcg/kg/min", "the decimal sign is a point"},
		{"dose: 7.5 mcg/kg/min", "dose: 7.5 µg/kg/min", "did you mean mcg?"},
		{"dose: 1250 units/h", "dose: 1250 IU/h", "did you mean units?"},
		{"25000 units/500 mL", "25000 IU/500 mL", "did you mean units?"},
		{"years in role: 0..60", "years in role: 60..0", `"60..0" is reversed: the smaller number comes first, as 0..60`},
		{"people:\n  planned: 24", "people:\n  planned:24", "a space is missing after the colon"},
		{"beyond: hard", "critical: yes", `the key "critical" is already defined in line 63`},
		{"beyond: hard\n", "\n", "dose 40 mEq/h is above the hard limit of 20 mEq/h of Adult ICU: lower it, or write beyond: hard if that is wanted"},
		{"weight: 82 kg, ", "", "needs a weight"},
		{"weight: 82 kg", "change: yes, weight: 82 kg", "nothing runs that could be changed"},
		{"weight: 82 kg", "weight: 82", "write a number and kg"},
		{", vtbi: 480 mL}", "}", "vtbi is missing"},
		{"time: 4 min", "time: 4", "expected a time with its unit"},
		{"critical: yes", "critical: maybe", `critical: "maybe"`},
		{"practice: {tasks: [practice-nitroglycerin,", "practice: {tasks: [practise-nitroglycerin,", `did you mean "practice-nitroglycerin"?`},
		{"practice-cefazolin]}", "practice-cefazolin], until: 2 right}", "expected as 2 correct in a row"},
		{"practice-cefazolin]}", "practice-cefazolin], until: 2 correct in a row}", "at most is missing"},
		{"williams: design", "wiliams: design", `unknown key "wiliams", did you mean "williams"?`},
		{"williams: design", "williams: tasks", "the order of designs is expected first"},
		{"- williams: surroundings", "- williams: surounding", `did you mean "surroundings"?`},
		{"random: tasks", "williams: tasks", "tasks are ordered random or fixed"},
		{"        - random: tasks\n", "", "tasks do not come in it"},
		{"ask: [raw-tlx, sus]", "ask: [raw-tlx, suss]", `did you mean "sus"?`},
		{"break: 2 min", "break: soon", "expected a time with its unit"},
		{"seed: 4711", "seed: dice", "expected a whole number"},
		{"seed: 4711\n", "", "seed is missing"},
		{"title: Do", "title: [Do", "a list in brackets is not closed"},
		{"seed: 4711", "seed: 4711\nmarkers: {port: 80}", "markers: port: \"80\", expected a whole number from 1024 to 65535"},
		{"seed: 4711", "seed: 4711\nmarkers: {file: no}", "markers: file: yes, port: 16571 or both are expected"},
		{"version: 1", "version: &v 1", "anchors, aliases, merges and tags"},
	} {
		got := problems(t, c.old, c.new)
		if len(got) == 0 || !strings.Contains(got.Error(), c.want) {
			t.Errorf("%q → %q gives\n%v\nwant %q", c.old, c.new, got, c.want)
		}
	}
}

func TestADesignMisspeltInFactorsIsToldThereAlone(t *testing.T) {
	got := problems(t, "within: [keypad-wizard,", "within: [keypad-wizzard,")
	if len(got) != 1 || got[0].Line != 17 {
		t.Errorf("got\n%v", got)
	}
}

func TestAProblemStandsAtItsLineAndColumn(t *testing.T) {
	got := problems(t, "study: keys-and-interruptions", "study: keys-and-interruptions\ncolour: red")
	if len(got) != 1 || got[0].String() != `study.yaml:7:1: study: unknown key "colour", expected one of study, version, title, authors, library, questions, factors, people, surroundings, tasks, sequence, seed … (14 in all)` {
		t.Errorf("got %v", got)
	}
}

func TestAQuestionOfAScaleThatIsNeverAskedIsFound(t *testing.T) {
	scale := []string{"main: {measure: undetected", "main: {measure: sus"}
	if got := problems(t, scale...); len(got) != 0 {
		t.Errorf("it is asked, but\n%v", got)
	}
	got := problems(t, append(scale, "ask: [raw-tlx, sus]", "ask: [raw-tlx]")...)
	if len(got) != 1 || !strings.Contains(got[0].What, "never asks sus") || got[0].Line != 13 {
		t.Errorf("got %v", got)
	}
}

func TestAllProblemsComeAtOnceSorted(t *testing.T) {
	got := problems(t, "seed: 4711", "seed: dice", "version: 1", "version: one", "drug: heparin", "drug: herapin", "break: 2 min", "break: soon")
	if len(got) != 4 {
		t.Fatalf("%d problems, want 4:\n%v", len(got), got)
	}
	if !slices.IsSortedFunc(got, func(a, b protocol.Problem) int { return a.Line - b.Line }) {
		t.Errorf("not sorted:\n%v", got)
	}
	form := regexp.MustCompile(`^study\.yaml:\d+:\d+: .+`)
	for _, p := range got {
		if !form.MatchString(p.String()) {
			t.Errorf("%q is not file:line:col: what", p)
		}
	}
}

func TestProblemsOfTheLibraryAndDesignsKeepTheirOwnPlace(t *testing.T) {
	files := maps.Clone(mustTemplate(t, "demo"))
	files["libraries/demo.yaml"] = []byte(strings.Replace(string(files["libraries/demo.yaml"]), "version: 3", "version: three", 1))
	files["designs/chevron-form/design.yaml"] = []byte("design: chevron-form\ncolour: red\n")
	_, err := protocol.Load(protocol.Frozen(files))
	for _, want := range []string{"libraries/demo.yaml:", "designs/chevron-form/design.yaml:2:1:"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
}

func TestAFolderWithoutAStudyIsSaidSo(t *testing.T) {
	_, err := protocol.Read(protocol.Frozen(nil))
	if err == nil || !strings.Contains(err.Error(), "study.yaml") {
		t.Errorf("%v", err)
	}
}

func TestCrossedAndUntilRightSequencesAreRead(t *testing.T) {
	files := maps.Clone(mustTemplate(t, "demo"))
	text := string(files["study.yaml"])
	at := strings.Index(text, "    - williams: surroundings")
	end := strings.Index(text, "    - ask:")
	text = text[:at] + "    - practice: {tasks: [practice-cefazolin], until: 2 correct in a row, at most: 6}\n    - random: {cross: [tasks, surroundings]}\n" + text[end:]
	text = strings.Replace(text, "  practice-nitroglycerin:", "  nitroglycerin:", 1)
	files["study.yaml"] = []byte(text)
	q := mustLoad(t, files).Study.Sequence
	if q.Conditions != "mixed" || q.Tasks != "random" || q.UntilRight != 2 || q.AtMost != 6 || !q.PracticeOnce {
		t.Errorf("%+v", q)
	}
}

// Whatever is cut out of a study file or put into it, reading it ends with problems or a study, never with a crash.
func TestNoFileCrashesTheReader(t *testing.T) {
	files := maps.Clone(mustTemplate(t, "demo"))
	text := string(files["study.yaml"])
	bits := []string{"", ":", "- ", "{", "}", "[", "]", "\n", "  ", "\t", "\"", "'", "|", ">", "&a ", "*a", "<<: ", "? ", "!!int ", "null", "-1", "..", "\x00", "é", "#"}
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		cut := rapid.IntRange(0, min(40, len(text)-at)).Draw(t, "cut")
		files["study.yaml"] = []byte(text[:at] + rapid.SampledFrom(bits).Draw(t, "bit") + text[at+cut:])
		k, err := protocol.Load(protocol.Frozen(files))
		if (k == nil) == (err == nil) {
			t.Fatalf("kit %v, error %v", k, err)
		}
	})
}

func TestTheSchemaKnowsTheWordsOfTheReader(t *testing.T) {
	var schema any
	if err := json.Unmarshal(protocol.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	var objects [][]string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if p, ok := v["properties"].(map[string]any); ok {
				objects = append(objects, slices.Sorted(maps.Keys(p)))
			}
			for _, k := range slices.Sorted(maps.Keys(v)) {
				walk(v[k])
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(schema)
	for what, keys := range protocol.Vocabulary() {
		if !slices.ContainsFunc(objects, func(o []string) bool { return slices.Equal(o, keys) }) {
			t.Errorf("the schema has no object with the keys of a %s: %v", what, keys)
		}
	}
}

func ExampleProblems() {
	p := protocol.Problems{{File: "study.yaml", Place: written.Place{Line: 3, Col: 8}, What: `unknown key "tsk", did you mean "task"?`}}
	fmt.Println(p)
	// Output: study.yaml:3:8: unknown key "tsk", did you mean "task"?
}
