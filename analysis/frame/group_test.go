package frame_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"pumplab/analysis/frame"
)

var keys = frame.Grouping{
	By: []string{"person", "task"},
	Measures: []frame.Measure{
		{Name: "events", How: frame.Rows},
		{Name: "ignored", How: frame.Equal, Column: "answer", Value: "ignored"},
		{Name: "from", How: frame.Least, Column: "at"},
		{Name: "to", How: frame.Most, Column: "at"},
		{Name: "sum", How: frame.Sum, Column: "weight"},
	},
}

// events writes a table of n events and returns it with what grouping must give, counted by hand while writing.
func events(n int, quote bool) (string, map[string][5]float64) {
	rng := rand.New(rand.NewPCG(7, 7))
	want := map[string][5]float64{}
	var b strings.Builder
	b.WriteString("person,seq,at,task,answer,weight\n")
	for i := range n {
		person, task, at, w := fmt.Sprint("p", i*40/n), fmt.Sprint("t", rng.IntN(9)), rng.IntN(1e9), float64(rng.IntN(64))/8
		answer, cell := "accepted", "accepted"
		if rng.IntN(4) == 0 {
			answer, cell = "ignored", "ignored"
		}
		if quote && i%3 == 0 {
			cell = fmt.Sprintf("%q", answer)
			person = "p, \"x\"\n" + person
			fmt.Fprintf(&b, "\"%s\",%d,%d,%s,%s,%g\r\n", strings.ReplaceAll(person, `"`, `""`), i, at, task, cell, w)
		} else {
			fmt.Fprintf(&b, "%s,%d,%d, %s ,%s,%g\n", person, i, at, task, cell, w)
		}
		k := person + "/" + task
		v, ok := want[k]
		if !ok {
			v[2], v[3] = float64(at), float64(at)
		}
		v[0]++
		if answer == "ignored" {
			v[1]++
		}
		v[2], v[3], v[4] = min(v[2], float64(at)), max(v[3], float64(at)), v[4]+w
		want[k] = v
	}
	return b.String(), want
}

func mustGroup(t *testing.T, text string, g frame.Grouping) *frame.Grouped {
	t.Helper()
	out, err := frame.Group(strings.NewReader(text), "events.csv", g)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestGroupsAreThoseCountedByHand(t *testing.T) {
	for _, quote := range []bool{false, true} {
		text, want := events(200_000, quote)
		out := mustGroup(t, text, keys)
		if out.N != len(want) || out.Read != 200_000 || out.Except != 0 {
			t.Fatalf("%d groups of %d, %d rows, %d left out", out.N, len(want), out.Read, out.Except)
		}
		for i := range out.N {
			w := want[out.Cols[0].Text[i]+"/"+out.Cols[1].Text[i]]
			for k := range w {
				if got := out.Cols[2+k].Num[i]; got != w[k] {
					t.Fatalf("%s %s %s: %v, want %v", out.Cols[0].Text[i], out.Cols[1].Text[i], out.Cols[2+k].Name, got, w[k])
				}
			}
		}
	}
}

func TestGroupsDoNotDependOnCoresOrPacking(t *testing.T) {
	text, _ := events(150_000, false)
	text = strings.ReplaceAll(text, ".5\n", ".1234567\n") // sums that round
	both := keys
	both.Workers = func(n int, f func(int)) {
		var wait sync.WaitGroup
		for i := range n {
			wait.Go(func() { f(i) })
		}
		wait.Wait()
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte(text))
	z.Close()
	a, b, c := mustGroup(t, text, keys), mustGroup(t, text, both), mustGroup(t, packed.String(), both)
	for j, col := range a.Cols {
		for i := range a.N {
			if col.String(i) != b.Cols[j].String(i) || col.String(i) != c.Cols[j].String(i) {
				t.Fatalf("row %d, %s: %s, %s, %s", i, col.Name, col.String(i), b.Cols[j].String(i), c.Cols[j].String(i))
			}
		}
	}
}

func TestEventsOutsideGroupsAreCounted(t *testing.T) {
	out := mustGroup(t, "person;task;at;answer;weight\n1;a;2;x;0,5\n1;;3;x;1\n\n1;a;NA;x;1\n2;b;7;x;\n", keys)
	if out.N != 2 || out.Read != 4 || out.Except != 1 || out.Cols[0].Kind != frame.Number {
		t.Fatalf("%+v", out)
	}
	if sum, _ := out.Col("sum"); sum.Num[0] != 1.5 || !sum.Missing(1) {
		t.Errorf("sums %v", sum.Num)
	}
	if to, _ := out.Col("to"); to.Num[0] != 2 || to.Num[1] != 7 {
		t.Errorf("latest %v", to.Num)
	}
}

func TestGroupingSaysWhereTheTroubleIs(t *testing.T) {
	const head = "person,task,at,answer,weight\n"
	long, _ := events(120_000, false)
	for text, want := range map[string]string{
		"":                            "the file is empty",
		head:                          "a header but no rows",
		"person,task\n1,a\n":          `no column "answer" among person, task`,
		head + "1,a,2,x,1\n1,a,x,x,1": `events.csv:3:3: row 2, column "at": "x" is not a finite number`,
		head + "1,a,2,x\n":            "events.csv:2:5: row 1, column \"weight\": 4 fields where the header has 5",
		head + "1,a,2,x,1,9\n":        "row 1: 6 fields where the header has 5",
		head + "1,a,inf,x,1\n":        "is not a finite number",
		head + "1,,2,x,1\n":           "one of person, task is missing",
		head + "1,\"a,2,x,1\n":        "a quote that is not closed",
		head + "1,a\xff,2,x,1\n":      "not UTF-8",
		head + "1,a,2,x,1\n1,a,\x002": "events.csv:3:1: a zero byte",
		long + "p,1,2,t,\x00,1\n":     `events.csv:120002:1: row 120001, column "person": a zero byte`,
		long + "p,1,late,t,x,1\n":     `events.csv:120002:3: row 120001, column "at": "late"`,
	} {
		_, err := frame.Group(strings.NewReader(text), "events.csv", keys)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", text, err, want)
		}
	}
}

// What Read takes Group takes, with as many rows, and what it refuses Group does not count differently.
func FuzzGroup(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\xef\xbb\xbfa;b\n1,5;\"x\ny\"\n\n2;z\n", "a\tb\r\nNA\t1\r\n", "a,b\n\"1\"\"\",2\n", "a,b\n1\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := frame.Read(strings.NewReader(text), "x")
		if err != nil || len(table.Cols) < 2 {
			return
		}
		out, err := frame.Group(strings.NewReader(text), "x", frame.Grouping{By: []string{table.Cols[0].Name}, Measures: []frame.Measure{{Name: "\x00", How: frame.Rows}}})
		if err != nil {
			return
		}
		n := 0.0
		for _, v := range out.Cols[1].Num {
			n += v
		}
		if out.Read != table.N || int(n)+out.Except != table.N {
			t.Errorf("%q: %d rows read and %v grouped of %d", text, out.Read, n, table.N)
		}
	})
}
