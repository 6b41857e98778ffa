package written_test

import (
	"fmt"
	"strings"
	"testing"

	"pumplab/pumpmodel/written"
)

// Slips that people make who do not know YAML are told in their words, with the remedy, at the line to mend.
func TestASlipInYAMLIsToldWithItsRemedy(t *testing.T) {
	for _, c := range []struct{ text, at, want string }{
		{"a:\n  b: 1\n c: 2\n", "3:2", "line 3 is indented differently from its neighbours"},
		{"a:\n  b: 1\n   c: 2\n", "3:4", "line 3 is indented differently from its neighbours"},
		{"a:\n  b: {x: 1}\n    c: {x: 2}\nd: 3\n", "3:5", "line 3 is indented differently"},
		{"a: one\n\n  # why\n  two: three\n", "4:3", "line 4 is indented differently"},
		{"a:\n  - b\n - c\n", "3:2", "line 3 is indented differently"},
		{"a:\n\tb: 1\n", "2:1", "a tab stands here: use spaces"},
		{"-\ta: 1\n", "1:3", "a tab stands here: use spaces"},
		{"a: 1\nplanned:24\nb: 2\n", "2:1", "a space is missing after the colon"},
		{"a:\n  planned:24\n  b: 1\n", "2:3", "a space is missing after the colon"},
		{"a: 1\nb\nc: 2\n", "2:1", "a colon is missing"},
		{"a: b\n- c\n", "2:1", "a list item stands among keys"},
		{"keys:\n  >>: rate up\n", "2:3", `as ">>": rate up`},
		{"keys:\n  up: >>\n", "2:7", "written in quotes"},
		{"title: One: two\n", "1:8", "put the value in quotes"},
		{"a: \"b\" c\n", "1:8", "behind the closing quote"},
		{"a: \"b\nc: d\n", "1:4", "never closed"},
		{"a: 'b\nc: d\n", "1:4", "never closed"},
		{"a: [b, c\nd: e\n", "2:1", "put ] at its end"},
		{"a: {b: c\nd: e\n", "2:1", "put } at its end"},
		{"a: [b\n", "1:4", "put ] at its end"},
		{"a: {b: c}}\nd: e\n", "1:10", "none opened"},
		{"a: @x\n", "1:4", "begins with @ is written in quotes"},
		{"a: %x\n", "1:4", "begins with % is written in quotes"},
		{"a: - b\n", "1:4", "a line of its own"},
		{"a: 1\nb: 2\na: 3\n", "3:1", `the key "a" is already defined in line 1`},
		{"a: \"\\ud800\"\n", "", "this is not YAML: "}, // an unknown message passes through
	} {
		r := written.Reader{File: "x.yaml"}
		r.Values([]byte(c.text))
		if len(r.Problems) != 1 {
			t.Errorf("%q: %v", c.text, r.Problems)
			continue
		}
		p := r.Problems[0]
		if at := fmt.Sprintf("%d:%d", p.Line, p.Col); !strings.Contains(p.What, c.want) || c.at != "" && at != c.at {
			t.Errorf("%q gives\n%v\nwant %s %s", c.text, p, c.at, c.want)
		}
	}
}
