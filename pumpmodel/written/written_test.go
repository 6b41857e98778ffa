package written_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pumplab/pumpmodel/written"
)

// shipped are all YAML files that come with the program.
func shipped(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS("../../assets"), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".yaml") {
			var data []byte
			data, err = os.ReadFile("../../assets/" + name)
			out[name] = string(data)
		}
		return err
	})
	if err != nil || len(out) < 10 {
		t.Fatalf("%d files, %v", len(out), err)
	}
	return out
}

// Files in plain lines are scanned, many times faster than they are parsed; what comes out is the same, places included.
func TestTheScannerReadsWhatTheYAMLParserReads(t *testing.T) {
	scanned := 0
	for name, text := range shipped(t) {
		r := written.Reader{File: name}
		parsed := r.ParseYAML([]byte(text))
		if len(r.Problems) > 0 {
			t.Fatal(r.Problems)
		}
		fast := written.Scan(text)
		if fast == nil {
			continue
		}
		scanned++
		if diff := cmp.Diff(parsed, fast); diff != "" {
			t.Errorf("%s: parsed − scanned +:\n%s", name, diff)
		}
	}
	if scanned < 10 {
		t.Errorf("only %d of the shipped files were scanned", scanned)
	}
}

func FuzzScan(f *testing.F) {
	for _, text := range shipped(f) {
		if len(text) < 6000 {
			f.Add(text)
		}
	}
	f.Add("a: {b: [c, d]}\ne: \"f\" # g\n- h")
	f.Fuzz(func(t *testing.T, text string) {
		fast := written.Scan(text)
		if fast == nil {
			return
		}
		var r written.Reader
		parsed := r.ParseYAML([]byte(text))
		if len(r.Problems) > 0 {
			t.Fatalf("scanned without a problem, parsed with %v", r.Problems)
		}
		// columns after some spaces are off by one in the YAML parser; the test above holds them on real files
		if diff := cmp.Diff(parsed, fast, cmpopts.IgnoreTypes(written.Place{})); diff != "" {
			t.Fatalf("parsed − scanned +:\n%s", diff)
		}
	})
}

func TestFilesMadeToExhaustTheReaderAreRefusedInASentence(t *testing.T) {
	for what, text := range map[string]string{
		"brackets":       strings.Repeat("[", 100_000),
		"dashes":         strings.Repeat("- ", 100_000) + "a",
		"keys":           strings.Repeat("a: {b: c\n", 5000),
		"commas":         "a: [" + strings.Repeat("b,", 100_000) + "\n",
		"an alias bomb":  "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
		"five megabytes": "a: " + strings.Repeat("b", 5<<20),
		"nothing":        "",
		"two documents":  "a: b\n---\nc: d\n",
		"a broken quote": "a: \"b\nc: d\n",
	} {
		r := written.Reader{File: "x.yaml"}
		r.Values([]byte(text))
		if len(r.Problems) == 0 {
			t.Errorf("%s: no problem", what)
			continue
		}
		if p := r.Problems[0]; p.Line < 1 || p.Col < 1 || p.What == "" {
			t.Errorf("%s: %v", what, p)
		}
	}
}

func TestValuesKeepTheirPlacesAndUnknownKeysTheirNearestWord(t *testing.T) {
	r := written.Reader{File: "x.yaml"}
	top := r.Values([]byte("one: 1\ntoo: {a: b}\nthree: 3\nempty:\nlist: [x,  y]\n"))
	if v := top.Get("list").Items[1]; v.Text != "y" || v.Line != 5 || v.Col != 12 {
		t.Errorf("y: %+v", v)
	}
	if v := top.Get("empty"); !v.Absent() || v.Line != 4 {
		t.Errorf("empty: %+v", v)
	}
	top.Get("one")
	top.Get("three")
	r.Unknown(top, "one", "two", "three", "list", "empty")
	got := r.Problems.Sorted().Error()
	want := "x.yaml:2:1: unknown key \"too\", did you mean \"two\"?\n" +
		"x.yaml:4:1: empty has no value: write it, or take the key away; what begins with # is a comment unless it stands in quotes"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAKeyThatIsGivenTwiceIsAProblem(t *testing.T) {
	r := written.Reader{File: "x.yaml"}
	r.Values([]byte("one: 1\ntwo: 2\none: 3\n"))
	if err := r.Problems.Err(); err == nil || !strings.HasPrefix(err.Error(), "x.yaml:3:1: ") {
		t.Errorf("got %v", err)
	}
}

// The YAML parser takes seconds for megabytes that are made to hold it up. Only the scanner, which takes milliseconds, is given as much;
// where it meets what it does not read in a large file, the problem says the place.
func TestALargeFileIsReadInPlainLinesOnly(t *testing.T) {
	line := "- {drug: DOPamine, rate: 15.4 mL/h}\n"
	plain := "drugs:\n" + strings.Repeat(line, written.MaxParsed/len(line)+1)
	for _, c := range []struct{ what, text, at string }{
		{"plain lines", plain, ""},
		{"a slip at the end", plain + "version:1\n", fmt.Sprintf("x.yaml:%d:1: ", strings.Count(plain, "\n")+1)},
		{"a tab at the end", plain + "version: 1\t\n", fmt.Sprintf("x.yaml:%d:11: ", strings.Count(plain, "\n")+1)},
		{"quotes with a backslash", "a: \"\\n\"\n" + plain, "x.yaml:1:1: "},
		{"the same in a file that is not large", "a: \"\\n\"\n" + plain[:7] + line, ""},
	} {
		r := written.Reader{File: "x.yaml"}
		n := r.Parse([]byte(c.text))
		switch {
		case c.at == "" && (n == nil || len(r.Problems) > 0):
			t.Errorf("%s: %v", c.what, r.Problems)
		case c.at != "" && (n != nil || len(r.Problems) != 1 || !strings.HasPrefix(r.Problems[0].String(), c.at+"here stands what is read in files of up to 512 kB only")):
			t.Errorf("%s: %v, want it at %s", c.what, r.Problems, c.at)
		}
	}
}

// Nothing after the second --- made the reader fail with a crash.
func TestASecondDocumentIsAProblemWhateverIsInIt(t *testing.T) {
	for _, text := range []string{"a: 'x'\n---\n", "a: 'x'\n---\n---\n", "a: 'x'\n---\nb: c\n", "---\n---\n"} {
		r := written.Reader{File: "x.yaml"}
		r.Parse([]byte(text))
		if len(r.Problems) == 0 {
			t.Errorf("%q: no problem", text)
		}
	}
}
