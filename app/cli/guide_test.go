package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pumplab/app/cli"
	"pumplab/assets"
	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/studies/protocol"
	"pumplab/studies/questionnaire"
)

// blocks are the YAML examples of a guide.
func blocks(t *testing.T, guide string) []string {
	t.Helper()
	text, err := fs.ReadFile(assets.Texts(), guide)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		out = append(out, m[1])
	}
	return out
}

var topKey = regexp.MustCompile(`(?m)^([a-z][a-z ]*):`)

// with is a file in which each top-level part of the block takes the place of the part of that name, or is added.
func with(file, block string) string {
	keys := topKey.FindAllStringSubmatchIndex(block, -1)
	for i, k := range keys {
		end := len(block)
		if i+1 < len(keys) {
			end = keys[i+1][0]
		}
		name, part := block[k[2]:k[3]], block[k[0]:end]
		old := regexp.MustCompile(`(?m)^` + name + `:.*\n((?:[ #].*)?\n)*`)
		if old.MatchString(file) {
			file = old.ReplaceAllLiteralString(file, part)
		} else {
			file += part
		}
	}
	return file
}

func TestEveryExampleOfTheStudyGuideIsAStudyThatChecks(t *testing.T) {
	files, err := protocol.Template(protocol.Sources{
		Studies: assets.Studies(), Designs: assets.Designs(), Libraries: assets.Libraries(), Questionnaires: assets.Questionnaires(),
	}, "demo")
	if err != nil {
		t.Fatal(err)
	}
	examples := blocks(t, "studies.md")
	s := compiled(t, protocol.Schema())
	var whole string
	checked := 0
	for _, pass := range []string{"files", "parts"} { // the pool and the questionnaire stand after what names them
		for _, b := range examples {
			key := topKey.FindStringSubmatch(b)[1]
			switch {
			case key == "study":
				whole = b
			case key == "pool":
				files["pool/ward.yaml"] = []byte(b)
				continue
			case key == "questionnaire":
				files["questionnaires/trust.yaml"] = []byte(b)
				continue
			}
			if pass == "files" {
				continue
			}
			text := whole
			if key != "study" {
				text = with(whole, b)
			}
			files[protocol.File] = []byte(text)
			if _, err := protocol.Load(protocol.Frozen(files)); err != nil {
				t.Errorf("%v in\n%s", err, b)
			}
			if err := validate(t, s, text); err != nil {
				t.Errorf("the schema: %v in\n%s", err, b)
			}
			checked++
		}
	}
	if _, err := questionnaire.Load("trust", fstest.MapFS{"trust.yaml": {Data: files["questionnaires/trust.yaml"]}}); err != nil {
		t.Error(err)
	}
	if checked < 7 || files["pool/ward.yaml"] == nil {
		t.Errorf("only %d examples were checked", checked)
	}
}

func TestEveryExampleOfTheLibraryGuideIsALibraryThatChecks(t *testing.T) {
	examples := blocks(t, "libraries.md")
	whole := examples[0]
	lib, err := library.Read("ward.yaml", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	s := compiled(t, library.Schema())
	setups := 0
	for _, b := range examples {
		text := whole
		switch {
		case strings.HasPrefix(b, "- drug:"):
			setups++
			text += "      " + strings.ReplaceAll(strings.TrimSuffix(b, "\n"), "\n", "\n      ") + "\n"
		case strings.HasPrefix(b, "tests:"):
			tests, err := library.ReadTests("ward.tests.yaml", []byte(b))
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range ders.RunTests(lib, tests) {
				if !r.Pass() {
					t.Errorf("%+v", r)
				}
			}
			continue
		}
		l, err := library.Read("ward.yaml", []byte(text))
		if err != nil {
			t.Errorf("%v in\n%s", err, b)
			continue
		}
		for _, f := range library.Lint(l) {
			t.Errorf("%s: %s in\n%s", f.Rule, f.What, b)
		}
		if err := validate(t, s, text); err != nil {
			t.Errorf("the schema: %v in\n%s", err, b)
		}
	}
	if setups < 5 {
		t.Errorf("only %d setups were checked", setups)
	}
}

// What the README and the guides tell people to type is understood.
func TestEveryCommandOfTheTextsIsOne(t *testing.T) {
	readme := mustRead(t, filepath.Join("..", "..", "README.md"))
	texts := map[string]string{"README.md": readme}
	for _, name := range []string{"designs.md", "libraries.md", "sessions.md", "studies.md"} {
		data, err := fs.ReadFile(assets.Texts(), name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	line := regexp.MustCompile("(?m)^    (?:bin/)?pumplab ([^\n]+)|`(?:bin/)?pumplab ([^`\n]+)`")
	words := regexp.MustCompile(`'[^']*'|"[^"]*"|[^ '"]+`)
	x := &cli.Context{Context: t.Context(), Out: os.Stderr, Err: os.Stderr, Version: "test", Assets: testAssets()}
	for name, text := range texts {
		n := 0
		for _, m := range line.FindAllStringSubmatch(text, -1) {
			said, _, _ := strings.Cut(m[1]+m[2], " #")
			said, _, _ = strings.Cut(said, " > ")
			var args []string
			for _, w := range words.FindAllString(said, -1) {
				args = append(args, strings.Trim(w, `'"`))
			}
			if slices.Contains(args, "--help") || strings.Contains(said, "METHOD") {
				continue
			}
			if n++; cli.Parses(x, args) != nil {
				t.Errorf("%s: pumplab %s: %v", name, said, cli.Parses(x, args))
			}
		}
		if n < 5 {
			t.Errorf("%s: only %d commands were found", name, n)
		}
	}
}

func TestAGuideIsPrinted(t *testing.T) {
	for args, want := range map[string]string{
		"guide": "studies     The study file", "guide libraries": "## Four limits and a start", "guide --json designs": `"guide":"designs"`,
		"guide studys": `there is none, did you mean "studies"?`,
	} {
		out, status := runWords(t, strings.Fields(args)...)
		if !strings.Contains(out, want) || (status != 0) != (args == "guide studys") {
			t.Errorf("%s: status %d\n%.300s", args, status, out)
		}
	}
}
