package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"pumplab/app/cli"
	"pumplab/assets"
)

// runLibrary runs one line of the ders and library commands and gives what it printed and the exit status.
func runLibrary(t *testing.T, line ...string) (out string, status int, err error) {
	t.Helper()
	var root struct {
		JSON    bool           `name:"json"`
		Ders    cli.DersCmd    `cmd:""`
		Library cli.LibraryCmd `cmd:""`
	}
	parser, err := kong.New(&root)
	if err != nil {
		t.Fatal(err)
	}
	k, err := parser.Parse(line)
	if err != nil {
		return "", 2, err
	}
	var b bytes.Buffer
	x := &cli.Context{Out: &b, Err: &b, In: strings.NewReader("library: x\n"), JSON: root.JSON, Assets: cli.Assets{Libraries: assets.Libraries}}
	err = k.Run(x)
	return b.String(), cli.Exit(err), err
}

func dopamine(field, value string, more ...string) []string {
	return append([]string{"ders", "demo", "--area", "Adult ICU", "--drug", "DOPamine", "--field", field, "--value", value, "--json"}, more...)
}

// The shape is that of shared/cli.md; the limits those of assets/libraries/demo.yaml: soft 1..20, hard ..50 mcg/kg/min.
func TestDersPrintsTheShapeOfTheCommandReference(t *testing.T) {
	for _, c := range []struct {
		line []string
		want string
	}{
		{dopamine("dose-rate", "22.5"), `{"verdict":"soft","limit":"upperSoft","limit_value":"20","entered":"22.5","ratio":1.125,"unit":"mcg/kg/min"}`},
		{dopamine("dose-rate", "20"), `{"verdict":"ok","limit":null,"limit_value":null,"entered":"20","ratio":null,"unit":"mcg/kg/min"}`},
		{dopamine("dose-rate", "500"), `{"verdict":"hard","limit":"upperHard","limit_value":"50","entered":"500","ratio":10,"unit":"mcg/kg/min"}`},
		{dopamine("dose-rate", "0.5"), `{"verdict":"soft","limit":"lowerSoft","limit_value":"1","entered":"0.5","ratio":0.5,"unit":"mcg/kg/min"}`},
		{dopamine("duration", "5"), `{"verdict":"unknown","limit":null,"limit_value":null,"entered":"5","ratio":null,"unit":"min"}`},
		{dopamine("weight", "260"), `{"verdict":"hard","limit":"upperHard","limit_value":"250","entered":"260","ratio":1.04,"unit":"kg"}`},
		// 20 mcg/kg/min at 80 kg, 1600 mcg/mL is 60 mL/h
		{dopamine("rate", "60.1", "--weight", "80", "--concentration", "1.6 mg/mL"), `{"verdict":"soft","limit":"upperSoft","limit_value":"60","entered":"60.1","ratio":1.0016666666666667,"unit":"mL/h"}`},
		{dopamine("rate", "60", "--weight", "80", "--concentration", "400 mg/250 mL"), `{"verdict":"ok","limit":null,"limit_value":null,"entered":"60","ratio":null,"unit":"mL/h"}`},
		// without the weight the dose's limits cannot be told as rates: nothing is claimed
		{dopamine("rate", "60.1"), `{"verdict":"unknown","limit":null,"limit_value":null,"entered":"60.1","ratio":null,"unit":"mL/h"}`},
		// a value in another unit is converted exactly, and equal to a limit it is within it: 1.2 mg/kg/h is 20 mcg/kg/min
		{dopamine("dose-rate", "1.2 mg/kg/h"), `{"verdict":"ok","limit":null,"limit_value":null,"entered":"20","ratio":null,"unit":"mcg/kg/min"}`},
		{dopamine("dose-rate", "28.800001 mg/kg/day"), `{"verdict":"soft","limit":"upperSoft","limit_value":"20","entered":"20.000001","ratio":1.00000005,"unit":"mcg/kg/min"}`},
		{dopamine("dose-rate", "1.61 mg/min", "--weight", "80"), `{"verdict":"soft","limit":"upperSoft","limit_value":"20","entered":"20.125","ratio":1.00625,"unit":"mcg/kg/min"}`},
		{dopamine("titration", "150%"), `{"verdict":"soft","limit":"upperSoft","limit_value":"100","entered":"150","ratio":1.5,"unit":"%"}`},
		// shared/domain/ders.md: a result outside the pump's range is refused; precision.csv: 0.1 to 999 mL/h
		{dopamine("rate", "0.09"), `{"verdict":"hard","limit":"range","limit_value":"0.1","entered":"0.09","ratio":0.9,"unit":"mL/h"}`},
		{dopamine("rate", "1000"), `{"verdict":"hard","limit":"range","limit_value":"999","entered":"1000","ratio":1.001001001001001,"unit":"mL/h"}`},
	} {
		out, status, err := runLibrary(t, c.line...)
		if strings.TrimSpace(out) != c.want || status != 0 {
			t.Errorf("%v: status %d, %v\n got %swant %s", c.line, status, err, out, c.want)
		}
	}
}

func TestDersFindsADrugByItsAliasAndForPeople(t *testing.T) {
	out, status, err := runLibrary(t, "ders", "demo", "--area", "Adult ICU", "--drug", "adrenaline", "--field", "dose-rate", "--value", "0.6")
	if status != 0 || out != "soft: 0.6 mcg/kg/min is beyond the upper soft limit of 0.5 (1.2 times)\n" {
		t.Errorf("%d %v %s", status, err, out)
	}
}

func TestDersAsksForWhatItDoesNotKnow(t *testing.T) {
	for want, line := range map[string][]string{
		"find care area \"ICU\"":              {"ders", "demo", "--area", "ICU", "--drug", "x", "--field", "rate", "--value", "1"},
		"find drug \"x\" in Adult ICU":        {"ders", "demo", "--area", "Adult ICU", "--drug", "x", "--field", "rate", "--value", "1"},
		"unknown field \"dos\"":               dopamine("dos", "1"),
		"--value: read number \"1,5\"":        dopamine("dose-rate", "1,5"),
		"say which with the concentration":    dopamine("rate", "60", "--weight", "80"),
		"equivalents and mass do not convert": dopamine("dose-rate", "1 mEq/kg/min"),
		"only a weight in kg relates them":    dopamine("dose-rate", "1.6 mg/min"),
		"weight is in kg":                     dopamine("weight", "12 stone"),
		"below zero":                          append(dopamine("dose-rate", "3"), "--value=-3"),
		"positive numbers":                    dopamine("rate", "3", "--weight", "0"),
		"find DOPamine 1 mg/mL in Adult ICU":  dopamine("rate", "60", "--concentration", "1 mg/mL"),
		"no built-in library of that name":    {"ders", "demmo", "--area", "A", "--drug", "x", "--field", "rate", "--value", "1"},
		"no such file or directory":           {"ders", "../demo.yaml", "--area", "A", "--drug", "x", "--field", "rate", "--value", "1"},
		"standard input:1:1: the library: \"": {"ders", "-", "--area", "A", "--drug", "x", "--field", "rate", "--value", "1"},
	} {
		out, status, err := runLibrary(t, line...)
		if status != 2 || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: status %d, %v, %s; want %s", line, status, err, out, want)
		}
	}
}

// cli.md: the verdict unknown is for what the library does not know; the sentence on stderr says what that is.
func TestDersSaysUnknownOfWhatIsNotInTheLibrary(t *testing.T) {
	for want, line := range map[string][]string{
		`{"verdict":"unknown","limit":null,"limit_value":null,"entered":"5","ratio":null,"unit":""}`:     {"ders", "demo", "--area", "Adult ICU", "--drug", "unobtainium", "--field", "dose-rate", "--value", "5", "--json"},
		`{"verdict":"unknown","limit":null,"limit_value":null,"entered":"5","ratio":null,"unit":"mg/h"}`: {"ders", "demo", "--area", "Moon", "--drug", "morphine", "--field", "dose-rate", "--value", "5 mg/h", "--json"},
	} {
		if out, status, err := runLibrary(t, line...); strings.TrimSpace(out) != want || status != 2 || !strings.Contains(err.Error(), "there is none") {
			t.Errorf("%v: %d %v %s", line, status, err, out)
		}
	}
}

func TestTheBuiltInLibraryIsFine(t *testing.T) {
	out, status, err := runLibrary(t, "library", "check", "demo")
	if status != 0 || err != nil || !strings.HasPrefix(out, "libraries/demo.yaml: fine: demo version 3, 3 care areas, ") {
		t.Errorf("%d %v %s", status, err, out)
	}
}

func mustWrite(t *testing.T, from, to string) string {
	t.Helper()
	data, err := os.ReadFile("../../assets/libraries/demo.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(from)) {
		t.Fatalf("demo.yaml has no %q", from)
	}
	name := filepath.Join(t.TempDir(), "edited.yaml")
	if err := os.WriteFile(name, bytes.Replace(data, []byte(from), []byte(to), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestCheckEndsWithOneWhenSomethingIsFound(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"status: released", "status: relesed", `did you mean "released"?`},
		{"start: 3}", "start: 20}", "start-on-limit"},
	} {
		name := mustWrite(t, c.from, c.to)
		out, status, _ := runLibrary(t, "library", "check", name)
		if status != 1 || !strings.Contains(out, c.want) || !strings.Contains(out, name+":") {
			t.Errorf("%q: status %d\n%s", c.to, status, out)
		}
		out, status, _ = runLibrary(t, "library", "check", name, "demo", "--json")
		var got struct {
			OK    bool
			Files []struct {
				File               string
				Problems, Findings []map[string]any
			}
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if status != 1 || got.OK || len(got.Files) != 2 || len(got.Files[0].Problems)+len(got.Files[0].Findings) == 0 || len(got.Files[1].Problems) != 0 {
			t.Errorf("%q: status %d, %s", c.to, status, out)
		}
	}
	if _, status, _ := runLibrary(t, "library", "check", "/nowhere/x.yaml"); status != 2 {
		t.Errorf("a file that is not there: status %d", status)
	}
}

func TestDiffSaysWhatChanged(t *testing.T) {
	name := mustWrite(t, "hard: ..50, soft: 1..20", "hard: ..60, soft: 1..20")
	out, status, err := runLibrary(t, "library", "diff", "demo", name)
	if want := "loosened: Adult ICU, DOPamine 400 mg/250 mL, dose upper hard: 50 → 60\n1 difference\n"; out != want || status != 0 {
		t.Errorf("%d %v %s", status, err, out)
	}
	out, _, _ = runLibrary(t, "library", "diff", "demo", name, "--json")
	if !strings.Contains(out, `"differences":[{"kind":"loosened","area":"Adult ICU","setup":"DOPamine 400 mg/250 mL","what":"dose upper hard","was":"50","now":"60"}]`) {
		t.Error(out)
	}
}

func TestTheSchemaIsJSON(t *testing.T) {
	out, status, _ := runLibrary(t, "library", "schema")
	if status != 0 || !json.Valid([]byte(out)) {
		t.Errorf("status %d: %s", status, out)
	}
}
