package explore_test

import (
	"math"
	"testing"
	"time"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/quantity"
)

func mustMethod(t testing.TB, name string, p entry.Params) (entry.Method, entry.State) {
	t.Helper()
	m, err := entry.New(name, p)
	if err != nil {
		t.Fatal(err)
	}
	from, err := entry.Parse(m, "0")
	if err != nil {
		t.Fatal(err)
	}
	return m, from
}

// The numbers are those of shared/cli.md, `pumplab design graph`.
func TestChevronGraphIsTheOneInTheCommandReference(t *testing.T) {
	m, from := mustMethod(t, "chevron", entry.Params{})
	g := explore.Values(m, from, false)
	if g.Reachable() != 1921 || g.Diameter != 198 || !g.Whole {
		t.Errorf("reachable %d, diameter %d, whole %v; want 1921, 198, true", g.Reachable(), g.Diameter, g.Whole)
	}
	if mean := float64(g.Total) / float64(g.Reachable()); math.Abs(mean-98.4654) > 5e-5 {
		t.Errorf("mean %v, want 98.4654", mean)
	}
	if n := g.Presses[quantity.MustParse("2.5")]; n != 7 {
		t.Errorf("2.5 takes %d presses, want 7", n)
	}
}

// A graph is drawn while a person waits: 20 ms, with the best of several runs as the machine is shared.
func TestChevronGraphIsQuick(t *testing.T) {
	m, from := mustMethod(t, "chevron", entry.Params{})
	best := time.Hour
	for range 10 {
		begin := time.Now()
		explore.Values(m, from, false)
		best = min(best, time.Since(begin))
	}
	if best > 20*time.Millisecond {
		t.Errorf("took %v", best)
	}
}

func TestHoldsShortenTheWay(t *testing.T) {
	m, from := mustMethod(t, "chevron", entry.Params{})
	g := explore.Values(m, from, true)
	if g.Reachable() != 1921 {
		t.Errorf("reachable %d: holds must not add or lose a value", g.Reachable())
	}
	// From 0: hold UP to 1000 is one press.
	if n := g.Presses[quantity.Int(1000)]; n != 1 {
		t.Errorf("1000 takes %d presses, want 1", n)
	}
	if g.Diameter > 4 {
		t.Errorf("diameter %d", g.Diameter)
	}
}

// Typing a number on a keypad takes its symbols, less the zero before a point.
func TestKeypadGraphCountsSymbols(t *testing.T) {
	m, _ := mustMethod(t, "keypad", entry.Params{})
	g := explore.Values(m, m.Start(0, false), false)
	for text, want := range map[string]int{"7": 1, "15.4": 4, "0.25": 3, "999": 3, "1199": 4, "0": 0} {
		if n, ok := g.Presses[quantity.MustParse(text)]; !ok || n != want {
			t.Errorf("%s takes %d presses (%v), want %d", text, n, ok, want)
		}
	}
	// 0 to 9.99 by 0.01, 10 to 99.9 by 0.1, 100 to 1199 by 1.
	if g.Reachable() != 1000+900+1100 {
		t.Errorf("reachable %d, want 3000", g.Reachable())
	}
}

func TestEveryMethodHasAGraph(t *testing.T) {
	for _, name := range entry.Names() {
		p := entry.Params{}
		if name == "fivekey-carry" {
			p.Maximum = quantity.Int(999) // the whole range takes seconds
		}
		m, from := mustMethod(t, name, p)
		g := explore.Values(m, from, false)
		if !g.Whole || g.Reachable() < 1000 {
			t.Errorf("%s: reachable %d, whole %v", name, g.Reachable(), g.Whole)
		}
		t.Logf("%s: %d values, %d states, diameter %d, total %d", name, g.Reachable(), g.States, g.Diameter, g.Total)
	}
}

// A dose field of a keypad holds 10^8 numbers: the graph says that it was cut, and the way to each number is known all the same.
func TestAHugeRangeIsCutAndSaysSo(t *testing.T) {
	m, _ := mustMethod(t, "keypad-blocking", entry.Params{Maximum: quantity.Int(99999), Minimum: 100, Decimals: 3})
	from := m.Start(0, false)
	if g := explore.Values(m, from, false); g.Whole || g.Reachable() < 100_000 {
		t.Errorf("reachable %d, whole %v", g.Reachable(), g.Whole)
	}
	if n, ok := explore.Presses(m, from, quantity.MustParse("12345.678")); n != 9 || !ok {
		t.Errorf("12345.678 takes %d, %v", n, ok)
	}
	if _, ok := explore.Presses(m, from, quantity.MustParse("0.0001")); ok {
		t.Error("0.0001 has too many decimals, but is reached")
	}
}

// Presses agrees with the whole graph, for every value a method of each kind can reach.
func TestPressesAgreeWithTheGraph(t *testing.T) {
	for _, name := range []string{"keypad", "keypad-blocking", "chevron", "digitpairs", "dial"} {
		m, from := mustMethod(t, name, entry.Params{})
		if entry.Types(m) {
			from = m.Start(0, false)
		}
		g := explore.Values(m, from, false)
		for _, text := range []string{"0.1", "0.25", "2.5", "7", "9.99", "15.4", "82", "99.9", "125", "999", "1195", "12.345"} {
			v := quantity.MustParse(text)
			want, reachable := g.Presses[v]
			if n, ok := explore.Presses(m, from, v); n != want || ok != reachable {
				t.Errorf("%s to %s: %d, %v; the graph has %d, %v", name, text, n, ok, want, reachable)
			}
		}
	}
}

// A naked point saves a key where the method allows it.
func TestPressesOfANumberBelowOne(t *testing.T) {
	strict, err := entry.New("keypad-blocking", entry.Params{Options: []string{entry.OptionNoNakedDecimal}})
	if err != nil {
		t.Fatal(err)
	}
	free, _ := mustMethod(t, "keypad", entry.Params{})
	for want, m := range map[int]entry.Method{4: strict, 3: free} {
		if n, ok := explore.Presses(m, m.Start(0, false), quantity.MustParse("0.25")); n != want || !ok {
			t.Errorf("%s: 0.25 takes %d, %v; want %d", m.Name(), n, ok, want)
		}
		// an old value is replaced by the first digit
		if n, ok := explore.Presses(m, m.Start(quantity.Int(82), true), quantity.Int(12)); n != 2 || !ok {
			t.Errorf("%s: 12 over 82 takes %d, %v", m.Name(), n, ok)
		}
	}
}

// BenchmarkChevronGraph is the graph of all 1,921 values of the chevron; the goal is 20 ms. What limits it: four keys in each state,
// and a map of the states that were seen.
func BenchmarkChevronGraph(b *testing.B) {
	m, from := mustMethod(b, "chevron", entry.Params{})
	b.ReportAllocs()
	for b.Loop() {
		explore.Values(m, from, false)
	}
	b.ReportMetric(20e6, "goal-ns")
}
