package entry_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// TestTraces runs the texts under testdata/traces: "press METHOD [from=STATE] [maximum=N] …" with one key, or "key for duration", a
// line; each prints the state, the view with the symbol under the cursor in brackets, and the answer.
func TestTraces(t *testing.T) {
	datadriven.Walk(t, "testdata/traces", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			return trace(t, d)
		})
	})
}

func trace(t *testing.T, d *datadriven.TestData) string {
	var p entry.Params
	from, set := "", false
	for _, a := range d.CmdArgs[1:] {
		v := a.Vals[0]
		switch a.Key {
		case "from":
			from = strings.Join(a.Vals, "")
		case "edit":
			from, set = v, true
		case "maximum":
			p.Maximum = quantity.MustParse(v)
		case "minimum":
			p.Minimum = quantity.MustParse(v)
		case "decimals":
			p.Decimals, _ = strconv.Atoi(v)
		case "steps":
			for _, s := range a.Vals {
				p.Steps = append(p.Steps, quantity.MustParse(s))
			}
		case "flaw":
			p.Flaws = append(p.Flaws, v)
		case "option":
			p.Options = append(p.Options, v)
		default:
			t.Fatalf("%s: unknown argument %s", d.Pos, a.Key)
		}
	}
	m := mustNew(t, d.CmdArgs[0].Key, p)
	s := m.Start(0, false)
	switch {
	case set:
		s = m.Start(quantity.MustParse(from), true)
	case from != "":
		s = mustParse(t, m, from)
	}
	var b strings.Builder
	for line := range strings.Lines(d.Input) {
		key, hold, held := strings.Cut(strings.TrimSpace(line), " for ")
		if !held {
			var a entry.Answer
			s, a = click(m, s, key)
			fmt.Fprintf(&b, "%s: %s\n", key, show(m, s, a))
			continue
		}
		long, err := time.ParseDuration(hold)
		if err != nil {
			t.Fatalf("%s: %v", d.Pos, err)
		}
		fmt.Fprintf(&b, "%s for %v:", key, long)
		if key == "wait" {
			s, _ = m.Elapse(s, long)
			b.WriteString("\n")
			continue
		}
		s, _ = m.Press(s, key)
		fmt.Fprintf(&b, " %s", m.View(s).Text)
		for w, ok := m.Wait(s); ok && w <= long; w, ok = m.Wait(s) {
			s, _ = m.Elapse(s, w)
			long -= w
			fmt.Fprintf(&b, " %s", m.View(s).Text)
		}
		s = m.Release(s, key)
		b.WriteString("\n")
	}
	return b.String()
}

func show(m entry.Method, s entry.State, a entry.Answer) string {
	v := m.View(s)
	text := v.Text
	switch {
	case v.Cursor >= 0 && v.Cursor < len(text):
		text = text[:v.Cursor] + "[" + text[v.Cursor:v.Cursor+1] + "]" + text[v.Cursor+1:]
	case v.Cursor >= 0:
		text += "[]"
	}
	out := fmt.Sprintf("%q shows %s", entry.Format(m, s), text)
	if v.Error != "" {
		out += " !" + v.Error
	}
	if _, ok, why := m.Value(s); !ok {
		out += " (not yet: " + why + ")"
	}
	out += ", " + a.Kind
	if a.Why != "" {
		out += ": " + a.Why
	}
	return out
}
