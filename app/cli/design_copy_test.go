package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pumplab/assets"
	"pumplab/pumpmodel/design"
)

func TestACopiedDesignHasItsFoldersNameAndChecks(t *testing.T) {
	names, err := design.List(assets.Designs(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		dir := filepath.Join(t.TempDir(), "my-pump")
		if status, out, errs := runDesign(t, "copy", name, dir); status != 0 || !strings.Contains(out, "pumplab design check "+dir) {
			t.Fatalf("%s: status %d\n%s%s", name, status, out, errs)
		}
		d, err := design.Load(os.DirFS(dir), ".")
		if err != nil || d.Name != "my-pump" {
			t.Errorf("%s: %v, %v", name, d, err)
		}
		if text := mustRead(t, filepath.Join(dir, "design.yaml")); !strings.HasPrefix(text, "# yaml-language-server: $schema=design.schema.json\n") {
			t.Errorf("%s begins %.60q", name, text)
		}
		if mustRead(t, filepath.Join(dir, "design.schema.json")) != string(design.Schema()) {
			t.Errorf("%s: the schema beside it is not the program's", name)
		}
	}
}

// In a study's folder designs the schema is there already, and the copy names it.
func TestADesignIsCopiedIntoAStudyAndRunsOnItsLibrary(t *testing.T) {
	study := t.TempDir()
	for name, text := range map[string]string{
		"designs/design.schema.json": "{}", "study.yaml": "study: x\nlibrary: libraries/ward.yaml\n",
		"libraries/ward.yaml": strings.Replace(mustRead(t, "../../assets/libraries/demo.yaml"), "library: demo", "library: ward", 1),
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(study, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(study, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(study, "designs", "vend")
	if status, out, errs := runDesign(t, "copy", "vendor-example", dir); status != 0 || !strings.Contains(out, "name it in study.yaml") {
		t.Fatalf("status %d\n%s%s", status, out, errs)
	}
	if text := mustRead(t, filepath.Join(dir, "design.yaml")); !strings.HasPrefix(text, "# yaml-language-server: $schema=../design.schema.json\n") {
		t.Errorf("begins %.60q", text)
	}
	if mustRead(t, filepath.Join(dir, "front.png")) != mustRead(t, "../../assets/designs/vendor-example/front.png") {
		t.Error("the picture was not copied")
	}
	if status, out, errs := runDesign(t, "check", dir, "--walks", "5"); status != 0 || !strings.Contains(out, "on library ward;") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
}

func TestACopyIsRefusedInASentence(t *testing.T) {
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "notes.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, dir, want string }{
		{"keypad-wizard", full, "the folder is not empty; name another"},
		{"keypad-wizard", filepath.Join(full, "notes.txt"), "this is a file; name a folder"},
		{"keypad-wizard", filepath.Join(full, "My Pump"), "small letters, digits and hyphens, as my-pump"},
		{"keypad-wizrd", filepath.Join(full, "x"), `no built-in design, did you mean "keypad-wizard"?`},
		{full, filepath.Join(full, "x"), "there is no design.yaml in this folder"},
	} {
		status, _, errs := runDesign(t, "copy", c.name, c.dir)
		if status != 2 || !strings.Contains(errs, c.want) {
			t.Errorf("copy %s %s: status %d, %s; want %s", c.name, c.dir, status, errs, c.want)
		}
	}
}

func mustRead(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
