package protocol_test

import (
	"bytes"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/plan"
	"pumplab/studies/protocol"
)

func sources() protocol.Sources {
	return protocol.Sources{
		Studies: os.DirFS("../../assets/studies"), Designs: os.DirFS("../../assets/designs"),
		Libraries: os.DirFS("../../assets/libraries"), Questionnaires: os.DirFS("../../assets/questionnaires"),
	}
}

func mustTemplate(t testing.TB, name string) map[string][]byte {
	t.Helper()
	files, err := protocol.Template(sources(), name)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func mustLoad(t testing.TB, files map[string][]byte) *protocol.Kit {
	t.Helper()
	k, err := protocol.Load(protocol.Frozen(files))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTheDemoStudyIsAsTheIssueAsks(t *testing.T) {
	k := mustLoad(t, mustTemplate(t, "demo"))
	s := k.Study
	if len(s.Designs) != 3 || len(s.Conditions) != 2 || s.Sequence.Designs != "williams" || plan.Cycle(s) != 12 {
		t.Errorf("designs %v, conditions %d, cycle %d", s.Designs, len(s.Conditions), plan.Cycle(s))
	}
	if !slices.Equal(s.Sequence.After, []string{"raw-tlx", "sus"}) || len(k.Instruments["raw-tlx"].Items) != 6 || len(k.Instruments["sus"].Items) != 10 {
		t.Errorf("after each design %v", s.Sequence.After)
	}
	p, err := plan.Make(s, "P01", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Machine(p); err != nil {
		t.Fatal(err)
	}
	count, beyond := map[string]int{}, map[string]int{}
	for _, step := range p.Steps {
		if step.Kind != studies.StepTask {
			continue
		}
		kind := map[bool]string{true: " practice", false: " measured"}[step.Practice]
		count[step.Design+" "+step.Condition+kind]++
		task, _ := s.TaskByID(step.Task)
		beyond[task.Beyond]++
	}
	if len(count) != 12 || beyond["soft"] != 6 || beyond["hard"] != 6 {
		t.Errorf("cells %v, beyond %v", count, beyond)
	}
	for cell, n := range count {
		if want := map[bool]int{true: 2, false: 6}[strings.HasSuffix(cell, "practice")]; n != want {
			t.Errorf("%s: %d tasks, want %d", cell, n, want)
		}
	}
	if len(s.Conditions[1].Distractions) != 2 || s.Conditions[1].Distractions[0].Field != "dose or rate" || s.Conditions[1].Distractions[1].Every != time.Minute {
		t.Errorf("%+v", s.Conditions[1])
	}
	if !strings.Contains(k.Consent, "You may stop at any time") || !strings.HasPrefix(s.Welcome, "# Welcome") {
		t.Error("texts are not read")
	}
}

// Every dose and rate has two symbols at least, so that the question after two presses comes; and its rate can be set on the pump.
func TestTheDemoOrdersCanBeInterruptedAndSet(t *testing.T) {
	for _, task := range mustLoad(t, mustTemplate(t, "demo")).Study.Tasks {
		o := task.Order
		number, rate := o.Rate, o.Rate
		if o.Dose != 0 {
			exact, err := quantity.RateOf(o.Dose, o.DoseUnit, o.Weight, o.Concentration)
			if err != nil {
				t.Fatal(task.ID, err)
			}
			if rate, err = quantity.LargeVolume.Rate.Round(exact); err != nil {
				t.Errorf("%s: %v", task.ID, err)
			}
			number = o.Dose
		}
		if len(number.String()) < 2 || rate <= 0 {
			t.Errorf("%s: dose or rate %s, %s mL/h", task.ID, number, rate)
		}
	}
}

func TestTheShortStudyIsShort(t *testing.T) {
	k := mustLoad(t, mustTemplate(t, "short"))
	p, err := plan.Make(k.Study, "P01", 0)
	if err != nil {
		t.Fatal(err)
	}
	tasks := 0
	for _, s := range p.Steps {
		if s.Kind == studies.StepTask {
			tasks++
		}
		if len(s.Disturbances) > 0 || s.Practice {
			t.Errorf("%+v", s)
		}
	}
	if tasks != 6 {
		t.Errorf("%d tasks, want 6", tasks)
	}
}

func TestAKitHoldsEveryFileItWasMadeFromAndNoOther(t *testing.T) {
	files := mustTemplate(t, "demo")
	files["notes.txt"] = []byte("not part of the study")
	k := mustLoad(t, files)
	unused := []string{"notes.txt", "questionnaires/asq.yaml", "questionnaires/seq.yaml", "questionnaires/umux-lite.yaml"}
	want := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(n string) bool { return slices.Contains(unused, n) || strings.HasSuffix(n, ".schema.json") })
	if got := slices.Sorted(maps.Keys(k.Files)); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	again := mustLoad(t, k.Files)
	if !maps.Equal(k.Hashes(), again.Hashes()) || k.Study.SourceHash != k.Hashes()["study.yaml"] {
		t.Error("the frozen files give other hashes")
	}
}

func TestAnUnknownTemplateIsNamedWithTheNearest(t *testing.T) {
	_, err := protocol.Template(sources(), "dmo")
	if err == nil || !strings.Contains(err.Error(), `"demo"`) {
		t.Errorf("%v", err)
	}
	if got := protocol.Templates(sources()); !slices.Contains(got, "demo") || !slices.Contains(got, "short") {
		t.Errorf("templates %v", got)
	}
}

func TestATemplateBringsTheSchemasItsFilesName(t *testing.T) {
	files := mustTemplate(t, "demo")
	if !bytes.Equal(files["study.schema.json"], protocol.Schema()) {
		t.Error("study.schema.json is another schema")
	}
	for _, name := range []string{"study.yaml", "libraries/demo.yaml", "designs/chevron-form/design.yaml"} {
		line, _, _ := strings.Cut(string(files[name]), "\n")
		_, schema, ok := strings.Cut(line, "$schema=")
		if at := path.Join(path.Dir(name), schema); !ok || len(files[at]) == 0 {
			t.Errorf("%s: first line %q names no schema of the folder", name, line)
		}
	}
}
