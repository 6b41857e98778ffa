package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
)

// mustTrial is keypad-wizard in a folder of its own, tried on the demo library.
func mustTrial(t *testing.T) (*Trial, string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, mustSub(t, "keypad-wizard")); err != nil {
		t.Fatal(err)
	}
	lib, err := readShelf("demo")
	if err != nil {
		t.Fatal(err)
	}
	return OpenTrial(os.DirFS(dir), lib), filepath.Join(dir, "design.yaml")
}

// mustEdit replaces a text in a file; the file's time moves on as an editor's would.
func mustEdit(t *testing.T, file, old, text string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%s has no %q", file, old)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), old, text, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	later := info.ModTime().Add(time.Second)
	if err := os.Chtimes(file, later, later); err != nil {
		t.Fatal(err)
	}
}

func press(tr *Trial, at time.Duration, control string) {
	tr.Tell(at, pumpmodel.Press(control))
	tr.Tell(at+50*time.Millisecond, pumpmodel.Release(control))
}

func TestATriedDesignFollowsItsFileAndKeepsThePlaceOneIsAt(t *testing.T) {
	tr, file := mustTrial(t)
	start := tr.View().Display.String()
	press(tr, time.Second, "enter")
	press(tr, 2*time.Second, "enter")
	at := tr.View().Display.String()
	if at == start {
		t.Fatal("the keys led nowhere")
	}
	if tr.Follow() {
		t.Fatal("a folder that nobody touched was read again")
	}
	mustEdit(t, file, "title: ", "title: Edited ")
	if !tr.Follow() || !strings.HasPrefix(tr.View().Design.Title, "Edited ") {
		t.Fatalf("the edit does not show: %q", tr.View().Design.Title)
	}
	if got := tr.View().Display.String(); got != at {
		t.Errorf("after the edit the pump shows\n%s\nnot\n%s", got, at)
	}
	if n := len(tr.View().Keys); n != 2 {
		t.Errorf("%d keys are listed, 2 were pressed", n)
	}
	tr.Restart(3 * time.Second)
	if got := tr.View().Display.String(); got != start || len(tr.View().Keys) != 0 {
		t.Errorf("started again it shows\n%s", got)
	}
}

func TestAFileWithProblemsNamesThemAndThePumpStaysTheLastGoodOne(t *testing.T) {
	tr, file := mustTrial(t)
	press(tr, time.Second, "enter")
	at := tr.View().Display.String()
	mustEdit(t, file, "method: keypad", "method: keypod")
	tr.Follow()
	v := tr.View()
	if len(v.Problems) == 0 || !strings.Contains(v.Problems[0], "design.yaml:") {
		t.Fatalf("problems: %q", v.Problems)
	}
	press(tr, 2*time.Second, "no-such-key")
	if got := tr.View().Display.String(); got != at {
		t.Errorf("the pump shows\n%s", got)
	}
	mustEdit(t, file, "method: keypod", "method: keypad")
	if tr.Follow(); len(tr.View().Problems) != 0 {
		t.Errorf("mended, it still has %q", tr.View().Problems)
	}
}

func TestATriedPumpSuffersFaultsAndTime(t *testing.T) {
	tr, _ := mustTrial(t)
	tr.Tell(time.Second, pumpmodel.Event{Kind: pumpmodel.Fault, Text: "door"})
	if len(tr.View().Display.Lamps) == 0 && len(tr.View().Display.Tones) == 0 {
		t.Errorf("an open door is neither seen nor heard:\n%s", tr.View().Display)
	}
	before := tr.View().Display.String()
	tr.Pass(3 * time.Hour)
	tr.Tell(3*time.Hour, pumpmodel.Event{Kind: pumpmodel.Repair, Text: "door"})
	if tr.View().Display.String() == before {
		t.Error("three hours and a closed door change nothing")
	}
}

func mustSub(t *testing.T, design string) fs.FS {
	t.Helper()
	sub, err := fs.Sub(assetFiles().Designs(), design)
	if err != nil {
		t.Fatal(err)
	}
	return sub
}
