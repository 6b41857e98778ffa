package frame_test

import (
	"bytes"
	"compress/gzip"
	"math"
	"strings"
	"testing"

	"pumplab/analysis/frame"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func mustRead(t *testing.T, text string) *frame.Frame {
	t.Helper()
	f, err := frame.Read(strings.NewReader(text), "d.csv")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestReadUnderstandsWhatSpreadsheetsWrite(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		text string
		num  map[string][]float64
		str  map[string][]string
	}{
		"plain":            {"a,b\n1,x\n2.5,y\n", map[string][]float64{"a": {1, 2.5}}, map[string][]string{"b": {"x", "y"}}},
		"bom and crlf":     {"\ufeffa,b\r\n1,x\r\n", map[string][]float64{"a": {1}}, map[string][]string{"b": {"x"}}},
		"semicolon commas": {"a;b\n1,5;2\n2;3\n", map[string][]float64{"a": {1.5, 2}, "b": {2, 3}}, nil},
		"tab":              {"a\tb\n\t2\n1\t\n", map[string][]float64{"a": {nan, 1}, "b": {2, nan}}, nil},
		"missing":          {"a,b\nNA,\n1,NA\n,x\n", map[string][]float64{"a": {nan, 1, nan}}, map[string][]string{"b": {"", "", "x"}}},
		"quotes":           {"\"a, b\",c\n\"1\",\"say \"\"hi\"\"\"\n", map[string][]float64{"a, b": {1}}, map[string][]string{"c": {`say "hi"`}}},
		"late text":        {"a\n01\n1.0\nx\n", nil, map[string][]string{"a": {"01", "1.0", "x"}}},
		"row names":        {"\"\",a\n1,3\n", map[string][]float64{"X": {1}, "a": {3}}, nil},
		"words that parse": {"a,b,c\n0x10,1_0,nan\ninfinite,2,1\n", map[string][]float64{"c": {nan, 1}}, map[string][]string{"a": {"0x10", "infinite"}, "b": {"1_0", "2"}}},
		"dates stay text":  {"a\n2024-01-05\n", nil, map[string][]string{"a": {"2024-01-05"}}},
		"blanks around":    {"a , b\n 1 , x \n", map[string][]float64{"a": {1}}, map[string][]string{"b": {"x"}}},
	} {
		t.Run(name, func(t *testing.T) {
			f := mustRead(t, c.text)
			for k, want := range c.num {
				col, err := f.Need(k)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(want, col.Num, cmpopts.EquateNaNs()); d != "" {
					t.Error(k, d)
				}
			}
			for k, want := range c.str {
				col, err := f.Need(k)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(want, col.Text); d != "" {
					t.Error(k, d)
				}
			}
			if len(f.Cols) != len(c.num)+len(c.str) {
				t.Errorf("columns %v", f.Names())
			}
		})
	}
}

func TestReadRefusesWithPlace(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "d.csv:1:1: the file is empty; a header line and rows are expected",
		"a,b\n":              "d.csv:1:1: a header but no rows",
		"a,a\n1,2\n":         `d.csv:1:2: columns 1 and 2 are both named "a"`,
		"a,\n1,2\n":          "d.csv:1:2: column 2 has no name",
		"a,b\n1,2\n3\n":      "d.csv:3:2: row 2 has 1 fields where the header has 2",
		"a,b\n1,2\n\n3,4,5":  "d.csv:4:3: row 2 has 3 fields where the header has 2",
		"a\n1\nInf\n":        `d.csv:3:1: row 2, column "a": Inf is not a finite number`,
		"a\n1e999\n":         `d.csv:2:1: row 1, column "a": 1e999 is not a finite number`,
		"a\n\"x\n":           "d.csv:2:4: a quote that is not closed, or text after a closing quote",
		"a\nx\"y\n":          "d.csv:2:2: a quote inside a field that is not quoted; put the field in quotes and double the inner one",
		"\xff\xfea\x00":      "d.csv:1:1: the file is UTF-16; save it as CSV UTF-8",
		"a\nx\x00\n":         "d.csv:2:1: a zero byte: this is not a text file",
		"a,b\n1,caf\xe9\n":   `d.csv:2:2: row 1, column "b": the text is not UTF-8; save the file as CSV UTF-8`,
		"\xe9,b\n1,2\n":      "d.csv:1:1: the name of column 1 is not UTF-8; save the file as CSV UTF-8",
		"a;b\n1;2\n1;2;3\n":  "d.csv:3:3: row 2 has 3 fields where the header has 2",
		"a,b\n\"1\n2\",3\n4": "d.csv:4:2: row 2 has 1 fields where the header has 2",
	} {
		_, err := frame.Read(strings.NewReader(text), "d.csv")
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestNumbersNamesTheFirstCellThatIsNone(t *testing.T) {
	f := mustRead(t, "a,b,c\n1,TRUE,\"1,5\"\n\n2x,FALSE,2\n")
	if x, err := f.Numbers("b"); err != nil || x[0] != 1 || x[1] != 0 {
		t.Error(x, err)
	}
	for col, want := range map[string]string{
		"a": `d.csv:4:1: row 2, column "a": "2x" is not a number`,
		"c": `d.csv:2:3: row 1, column "c": "1,5" is not a number (a decimal comma? write a point, or separate the columns by semicolons)`,
		"B": `d.csv: no column "B" among a, b, c; did you mean "b"?`,
	} {
		if _, err := f.Numbers(col); err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}

func TestGzipIsReadAsItIs(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte("a\n1\n"))
	_ = z.Close()
	f, err := frame.Read(&b, "d.csv.gz")
	if err != nil || f.N != 1 {
		t.Fatal(f, err)
	}
}

func TestFactorSortsLevelsAndKeepsMissing(t *testing.T) {
	f := mustRead(t, "a,b\nB,10\nA,9\n,NA\nB,10\n")
	a, _ := f.Col("a")
	levels, code := a.Factor()
	if d := cmp.Diff([]string{"A", "B"}, levels) + cmp.Diff([]int{1, 0, -1, 1}, code); d != "" {
		t.Error(d)
	}
	b, _ := f.Col("b")
	levels, code = b.Factor()
	if d := cmp.Diff([]string{"9", "10"}, levels) + cmp.Diff([]int{1, 0, -1, 1}, code); d != "" {
		t.Error(d)
	}
	rows, err := f.Complete("a", "b")
	if err != nil || !cmp.Equal(rows, []int{0, 1, 3}) {
		t.Error(rows, err)
	}
	if g := f.Take([]int{3, 0}); g.At(0, "b") != `d.csv:5:2: row 1, column "b"` || g.Cols[0].String(1) != "B" {
		t.Error(g.At(0, "b"))
	}
}

func FuzzReadNeverPanicsAndKeepsShape(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;b\n1,5;x\n", "\"\",q\n1,\"a\nb\"\n\n2,NA\n", "a\n1\nx\n", "\ufeffa\tb\n\t1\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fr, err := frame.Read(bytes.NewReader(data), "d.csv")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "d.csv") {
				t.Errorf("no file in %q", err)
			}
			return
		}
		for _, c := range fr.Cols {
			if c.Len() != fr.N {
				t.Fatalf("column %q has %d of %d rows", c.Name, c.Len(), fr.N)
			}
			for _, x := range c.Num {
				if math.IsInf(x, 0) {
					t.Fatal("infinite value let through")
				}
			}
			c.Factor()
		}
	})
}
