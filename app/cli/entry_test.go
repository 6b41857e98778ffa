package cli_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/alecthomas/kong"

	"pumplab/app/cli"
	"pumplab/assets"
)

// run parses a line with kong as the program does, runs the command and gives what it printed and the exit status.
func run(t *testing.T, x *cli.Context, line ...string) (out string, status int, err error) {
	t.Helper()
	var root struct {
		JSON   bool         `name:"json"`
		Entry  cli.EntryCmd `cmd:""`
		Dose   cli.DoseCmd  `cmd:""`
		Design struct {
			Graph cli.GraphCmd `cmd:""`
		} `cmd:""`
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
	x.Out, x.Err, x.JSON = &b, &b, root.JSON
	err = k.Run(x)
	return b.String(), cli.Exit(err), err
}

func mustRun(t *testing.T, line ...string) string {
	t.Helper()
	out, status, err := run(t, &cli.Context{}, line...)
	if status != 0 || err != nil {
		t.Fatalf("%v: status %d, %v", line, status, err)
	}
	return out
}

// The shape is that of shared/cli.md.
func TestEntryPrintsTheShapeOfTheCommandReference(t *testing.T) {
	got := mustRun(t, "entry", "chevron", "--from", "99.9", "up", "dn", "--json")
	want := `{"method":"chevron","steps":[` +
		`{"key":"up","value":"100","display":"100","cursor":null,"remembered":null,"answer":"accepted"},` +
		`{"key":"dn","value":"99","display":"99","cursor":null,"remembered":null,"answer":"accepted"}]}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	got = mustRun(t, "entry", "fivekey-carry", "--from", "9|c=1|m=NA", "dn", "--json")
	want = `{"method":"fivekey-carry","steps":[{"key":"dn","value":"0.1","display":"00.1","cursor":1,"remembered":"10","answer":"clipped","why":"0.1 is the least here"}]}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if got := mustRun(t, "entry", "chevron", "--json"); got != `{"method":"chevron","steps":[]}`+"\n" {
		t.Errorf("no keys: %s", got)
	}
}

func TestEntryForPeople(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"entry chevron --from 99.9 up dn", "up         100          accepted\ndn         99           accepted\n"},
		{"entry fivekey-carry --from 5|c=0|m=NA right", "right      5.[0]        accepted\n"},
		{"entry keypad 1 2 0 0 cancel", "1          1            accepted\n2          12           accepted\n0          120          accepted\n" +
			"0          Too high     blocked: Too high\ncancel     120          accepted\n"},
		{"entry chevron UP=500ms", "UP         1            accepted\n  250ms    2            accepted\n  500ms    3            accepted\n"},
		{"entry chevron", "chevron has the keys up UP dn DN\n"},
		{"entry keypad --maximum 99 1 0 0", "1          1            accepted\n0          10           accepted\n0          Too high     blocked: Too high\n"},
	} {
		if got := mustRun(t, strings.Fields(c.line)...); got != c.want {
			t.Errorf("%s\ngot\n%swant\n%s", c.line, got, c.want)
		}
	}
}

func TestBadLinesAreSentencesAndStatusTwo(t *testing.T) {
	for line, says := range map[string]string{
		"entry abacus up":                    "there are keypad",
		"entry chevron --from ten up":        "not a digit",
		"entry chevron --from 5000 up":       "outside 0 to 1200",
		"entry chevron UP=long":              "not a duration",
		"entry chevron --maximum x up":       "--maximum",
		"entry keypad --flaw slow 1":         "flaw",
		"dose --unit mcg/kg/min --weight 82": "give --dose, or --rate",
		"dose --dose 5 --unit mcg/kg/min --amount 400 --amount-unit mg --volume 250": "give --weight in kg",
		"dose --dose 5 --unit mg/m2/day --amount 400 --amount-unit mg --volume 250":  "--bsa",
		"dose --dose 5 --unit mcg/min": "concentration",
		"dose --dose 5 --unit mcg/min --amount 400 --amount-unit units --volume 250":             "do not convert",
		"dose --dose five --unit mcg/min --amount 400 --amount-unit mg --volume 250":             "--dose",
		"dose --dose 0 --unit mcg/min --amount 400 --amount-unit mg --volume 250":                "not a positive number",
		"dose --dose 5 --unit furlongs --amount 400 --amount-unit mg --volume 250":               "mcg/kg/min",
		"dose --dose 5 --unit mcg/min --amount 400 --amount-unit mg --volume 250 --pump bicycle": "large-volume or syringe",
		"dose --dose 5 --rate 5 --unit mcg/min":                                                  "can't be used together",
		"design graph abacus":                                                                    "nor an entry method: these are ",
		"design graph chevron --to plenty":                                                       "--to",
	} {
		out, status, err := run(t, &cli.Context{}, strings.Fields(line)...)
		if status != 2 || err == nil || !strings.Contains(err.Error(), says) || out != "" {
			t.Errorf("%s: status %d, %v, printed %q; want 2 and %q", line, status, err, out, says)
		}
	}
}

// The example of shared/cli.md; 82 kg, 400 mg in 250 mL is EX001 of shared/data/worked_examples.csv.
func TestDosePrintsTheShapeOfTheCommandReference(t *testing.T) {
	line := strings.Fields("dose --dose 5 --unit mcg/kg/min --weight 82 --amount 400 --amount-unit mg --volume 250 --pump large --json")
	if got := mustRun(t, line...); got != `{"rate":"15.4","exact":"15.375","unit":"mL/h","dose_shown":"5.008","step":"0.1"}`+"\n" {
		t.Error(got)
	}
	line = strings.Fields("dose --rate 15.4 --unit mcg/kg/min --weight 82 --amount 400 --amount-unit mg --volume 250 --json")
	if got := mustRun(t, line...); got != `{"dose":"5.008","exact":"5.008130081300813","unit":"mcg/kg/min","at_rate":"15.4","step":"0.001"}`+"\n" {
		t.Error(got)
	}
	// shared/domain/ders.md: 250 mL at 15.4 mL/h: 974 min.
	line = strings.Fields("dose --dose 5 --unit mcg/kg/min --weight 82 --amount 400 --amount-unit mg --volume 250 --vtbi 250")
	want := "15.4 mL/h (exact 15.375, step 0.1)\ndose shown: 5.008 mcg/kg/min\n250 mL take 974 min (16 h 14 min)\n"
	if got := mustRun(t, line...); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestARateBeyondThePumpIsRefused(t *testing.T) {
	for _, line := range []string{
		"dose --dose 500 --unit mcg/kg/min --weight 82 --amount 400 --amount-unit mg --volume 250",
		"dose --rate 1000 --unit mL/h",
		"dose --dose 1000 --unit mL/h",
		"dose --dose 0.09 --unit mL/h", // shared/data/requirements.csv, GIP 1.1.2: 0, 0.09, 0.1, 999, 999.1
		"dose --dose 999.1 --unit mL/h",
		"dose --rate 0.09 --unit mL/h",
		"dose --rate 999.1 --unit mcg/min --amount 400 --amount-unit mg --volume 250",
		"dose --dose 0.0001 --unit mcg/min --amount 400 --amount-unit mg --volume 250",
	} {
		out, status, err := run(t, &cli.Context{}, strings.Fields(line)...)
		if status != 1 || err == nil || !strings.Contains(err.Error(), "cannot be set") || out != "" {
			t.Errorf("%s: status %d, %v, printed %q", line, status, err, out)
		}
	}
}

// shared/domain/entry-methods.md, dial: one detent is one step; detents in a fast row are tenfold while the speed lasts.
func TestADialTurnsByUpAndDownToo(t *testing.T) {
	for line, want := range map[string]string{
		"entry dial --from 99.9 up=2s dn=2s dn=2s": "up 100, dn 99, dn 98.9",
		"entry dial --from 99.9 cw=2s ccw":         "cw 100, ccw 99",
		"entry dial up up up up up up":             "up 0.1, up 0.2, up 0.3, up 0.4, up 1, up 2",
	} {
		var got struct{ Steps []struct{ Key, Value string } }
		if err := json.Unmarshal([]byte(mustRun(t, append(strings.Fields(line), "--json")...)), &got); err != nil {
			t.Fatal(err)
		}
		var steps []string
		for _, s := range got.Steps {
			steps = append(steps, s.Key+" "+s.Value)
		}
		if all := strings.Join(steps, ", "); all != want {
			t.Errorf("%s: %s, want %s", line, all, want)
		}
	}
}

func TestGraphPrintsTheShapeOfTheCommandReference(t *testing.T) {
	var got struct {
		Design, Method      string
		Reachable, Diameter int
		Mean                float64 `json:"mean_shortest"`
		Targets             map[string]*int
	}
	if err := json.Unmarshal([]byte(mustRun(t, "design", "graph", "chevron", "--to", "1190", "--to", "0.05", "--json")), &got); err != nil {
		t.Fatal(err)
	}
	if got.Design != "chevron" || got.Method != "chevron" || got.Reachable != 1921 || got.Diameter != 198 || math.Abs(got.Mean-98.4654) > 5e-5 {
		t.Errorf("%+v", got)
	}
	if n := got.Targets["2.5"]; n == nil || *n != 7 {
		t.Errorf("2.5: %v", n)
	}
	if n, ok := got.Targets["0.05"]; n != nil || !ok {
		t.Errorf("0.05 cannot be reached, but %v, %v", n, ok)
	}
	// 0 → 1000 by 190 large presses, then 2 to 1200, 1 small down
	if n := got.Targets["1190"]; n == nil || *n != 193 {
		t.Errorf("1190: %v", n)
	}
	held := mustRun(t, "design", "graph", "chevron", "--to", "0.05", "--holds")
	if !strings.Contains(held, "1921 values") || !strings.Contains(held, "    0.05  cannot be reached") || !strings.Contains(held, "     125  1\n") {
		t.Error(held)
	}
}

// What is neither a design nor a method is answered with the names there are.
func TestGraphOfADesignThatDoesNotExistNamesTheMethods(t *testing.T) {
	x := &cli.Context{Assets: cli.Assets{Designs: func() fs.FS { return fstest.MapFS{} }}}
	if _, status, err := run(t, x, "design", "graph", "none"); status != 2 || err == nil || !strings.Contains(err.Error(), "chevron-fine") {
		t.Errorf("status %d, %v", status, err)
	}
}

// The fields of the designs that ship: each has a graph, and the values of real orders can be entered.
func TestGraphOfTheBuiltInDesigns(t *testing.T) {
	x := &cli.Context{Assets: cli.Assets{Designs: assets.Designs}}
	for _, c := range []struct{ design, field, value string }{
		{"keypad-wizard", "rate", "15.4"},
		{"keypad-wizard", "vtbi", "250"},
		{"chevron-form", "rate", "999"},
		{"chevron-form", "weight", "82"},
		{"fivekey-menu", "time", "60"},
		{"fivekey-menu", "weight", "72.4"},
	} {
		out, status, err := run(t, x, "design", "graph", c.design, "--field", c.field, "--to", c.value, "--json")
		if status != 0 {
			t.Errorf("%v: status %d, %v", c, status, err)
			continue
		}
		var got struct {
			Design, Field string
			Complete      bool
			Targets       map[string]*int
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err)
		}
		if got.Targets[c.value] == nil || got.Design != c.design || got.Field != c.field || !got.Complete {
			t.Errorf("%v: %s", c, out)
		}
	}
	if _, status, err := run(t, x, "design", "graph", "chevron-form", "--field", "colour"); status != 2 || err == nil {
		t.Errorf("unknown field: status %d, %v", status, err)
	}
}

// Every key vector of the domain works through the command as well.
func TestKeyVectorsThroughTheCommand(t *testing.T) {
	f, err := os.Open("../../pumpmodel/entry/testdata/key_vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		var got struct {
			Steps []struct {
				Value      string
				Cursor     *int
				Remembered *string
			}
		}
		if err := json.Unmarshal([]byte(mustRun(t, "entry", r[0], "--from", r[1], r[2], "--json")), &got); err != nil {
			t.Fatal(err)
		}
		want, _, _ := strings.Cut(r[3], "|")
		want = strings.TrimSuffix(want, ".0")
		if len(got.Steps) != 1 || got.Steps[0].Value != want {
			t.Errorf("%v: %+v", r, got.Steps)
		}
		if has := strings.Contains(r[3], "|c="); has != (got.Steps[0].Cursor != nil) {
			t.Errorf("%v: cursor %v", r, got.Steps[0].Cursor)
		}
	}
}
