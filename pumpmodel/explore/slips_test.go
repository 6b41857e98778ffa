package explore_test

import (
	"testing"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/quantity"
)

// By hand, 2.5 on a keypad whose keys have no neighbours: left out 2 gives 0.5 (wrong), the point 25 (out by ten), 5 "2." (2, wrong);
// doubled 22.5, 2.5 (the second point is ignored: right), 2.55; exchanged .25 (out by ten) and 25. (out by ten).
func TestSlipsOnANumberCountedByHand(t *testing.T) {
	m, _ := mustMethod(t, "keypad", entry.Params{})
	from := m.Start(0, false)
	v := quantity.MustParse("2.5")
	path, ok := explore.Path(m, from, v)
	if !ok || len(path) != 3 {
		t.Fatalf("path %v", path)
	}
	got := explore.SlipsOn(m, from, v, path, func(string) []string { return nil })
	if want := (explore.Slips{All: 8, Right: 1, Wrong: 7, OutByTen: 3}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestABlockingKeypadStopsSlipsThatAPermissiveOneLetsThrough(t *testing.T) {
	v := quantity.MustParse("12.5")
	slips := func(name string) explore.Slips {
		m, _ := mustMethod(t, name, entry.Params{})
		path, _ := explore.Path(m, m.Start(0, false), v)
		return explore.SlipsOn(m, m.Start(0, false), v, path, func(k string) []string { return entry.Neighbours("telephone", k) })
	}
	a, b := slips("keypad"), slips("keypad-blocking")
	if a.All != b.All || b.Blocked <= a.Blocked {
		t.Errorf("permissive %+v, blocking %+v", a, b)
	}
}

func TestAPathIsAShortestOne(t *testing.T) {
	m, _ := mustMethod(t, "chevron", entry.Params{})
	from := m.Start(0, true)
	for _, text := range []string{"2.5", "15.4", "99.9", "125", "1200"} {
		v := quantity.MustParse(text)
		path, ok := explore.Path(m, from, v)
		if n, _ := explore.Presses(m, from, v); !ok || len(path) != n {
			t.Errorf("%s: %d steps, want %d", text, len(path), n)
		}
	}
	if _, ok := explore.Path(m, from, quantity.MustParse("0.05")); ok {
		t.Error("0.05 was reached in steps of 0.1")
	}
}
