package entry_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// tableChevron is the table of shared/domain/entry-methods.md, in floats and word for word: an implementation of its own.
func tableChevron(v float64, key string) float64 {
	f, c := math.Floor, math.Ceil
	tenths := math.Round(v * 10)
	var r float64
	switch {
	case v < 100:
		r = map[string]float64{"up": (tenths + 1) / 10, "UP": f(v) + 1, "dn": (tenths - 1) / 10, "DN": c(v) - 1}[key]
	case v < 1000:
		r = map[string]float64{"up": f(v) + 1, "UP": 10 * (f(v/10) + 1), "dn": c(v - 1), "DN": 10 * (c(v/10) - 1)}[key]
	default:
		r = map[string]float64{"up": 10 * (f(v/10) + 1), "UP": 100 * (f(v/100) + 1), "dn": 10 * (c(v/10) - 1), "DN": 100 * (c(v/100) - 1)}[key]
	}
	return min(max(r, 0), 1200)
}

func TestChevronIsTheTableEverywhere(t *testing.T) {
	m := mustNew(t, "chevron", entry.Params{})
	for tenths := int64(0); tenths <= 12_000; tenths++ {
		v := quantity.Decimal(tenths) * 100_000
		for _, key := range m.Keys() {
			s, _ := click(m, m.Start(v, true), key)
			want := quantity.MustParse(strconv.FormatFloat(tableChevron(float64(tenths)/10, key), 'f', 1, 64))
			if s.Value != want {
				t.Fatalf("%s(%s) = %s, want %s", key, v, s.Value, want)
			}
		}
	}
}

// The sequence is given in the text: from 0 a held UP shows 1, 2 … 10, 20 … 100, 200 … 1000, 1200.
func TestHeldUPFromZero(t *testing.T) {
	var want []string
	for _, stretch := range [][3]int{{1, 10, 1}, {20, 100, 10}, {200, 1000, 100}, {1200, 1200, 1}} {
		for v := stretch[0]; v <= stretch[1]; v += stretch[2] {
			want = append(want, strconv.Itoa(v))
		}
	}
	for _, tick := range []time.Duration{0, 120 * time.Millisecond} {
		m := mustNew(t, "chevron", entry.Params{Tick: tick})
		s, _ := m.Press(m.Start(0, true), "UP")
		got := []string{s.Value.String()}
		for len(got) < len(want) {
			w, ok := m.Wait(s)
			if !ok || tick > 0 && w != tick || tick == 0 && w != 250*time.Millisecond {
				t.Fatalf("wait %v, %v", w, ok)
			}
			s, _ = m.Elapse(s, w)
			got = append(got, s.Value.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %v\nwant %v", got, want)
		}
	}
}

// "repeat: 500 ms then 120 ms" of a design file is a delay and a tick.
func TestDelayBeforeTheFirstRepeat(t *testing.T) {
	m := mustNew(t, "chevron", entry.Params{Tick: 120 * time.Millisecond, Delay: 500 * time.Millisecond})
	s, _ := m.Press(m.Start(0, true), "UP")
	for _, want := range []time.Duration{500 * time.Millisecond, 120 * time.Millisecond, 120 * time.Millisecond} {
		w, ok := m.Wait(s)
		if !ok || w != want {
			t.Fatalf("wait %v, %v; want %v", w, ok, want)
		}
		s, _ = m.Elapse(s, w)
	}
	if s.Value != quantity.Int(4) {
		t.Errorf("after three repeats %s", s.Value)
	}
}

// A second key ends the hold of the first; its release then changes nothing.
func TestAnotherKeyEndsTheHold(t *testing.T) {
	m := mustNew(t, "chevron", entry.Params{})
	s, _ := m.Press(m.Start(quantity.Int(50), true), "UP")
	s, _ = m.Press(s, "dn")
	s = m.Release(s, "UP")
	if s.Held.String() != "dn" || s.Value != quantity.MustParse("50.9") {
		t.Errorf("held %q, value %s", s.Held, s.Value)
	}
	s = m.Release(s, "dn")
	if _, ok := m.Wait(s); ok {
		t.Error("still repeats")
	}
}

func TestLayouts(t *testing.T) {
	for _, c := range []struct{ layout, key, want string }{
		{"telephone", "5", "[2 4 6 8]"},
		{"telephone", "0", "[. 8]"},
		{"calculator", "0", "[. 2]"},
		{"calculator", "7", "[4 8]"},
		{"telephone-point-away", "0", "[8]"},
		{"telephone-point-away", ".", "[3]"},
		{"calculator-point-away", ".", "[9]"},
		{"row", "0", "[9]"},
		{"row", ".", "[]"},
		{"row", "5", "[4 6]"},
		{"abacus", "5", "[]"},
	} {
		if got := fmt.Sprint(entry.Neighbours(c.layout, c.key)); got != c.want {
			t.Errorf("%s beside %s: %s, want %s", c.layout, c.key, got, c.want)
		}
	}
	for _, name := range entry.Layouts() {
		rows, ok := entry.Rows(name)
		all := strings.Join(slices.Concat(rows...), "")
		for _, key := range strings.Split("0123456789.", "") {
			if !ok || strings.Count(all, key) != 1 {
				t.Errorf("%s: %s is there %d times", name, key, strings.Count(all, key))
			}
		}
	}
}

func ExampleNew() {
	m, _ := entry.New("chevron", entry.Params{})
	s, _ := entry.Parse(m, "99.9")
	for _, key := range []string{"up", "dn"} {
		var a entry.Answer
		s, a = m.Press(s, key)
		s = m.Release(s, key)
		fmt.Println(key, m.View(s).Text, a.Kind)
	}
	// Output:
	// up 100 accepted
	// dn 99 accepted
}
