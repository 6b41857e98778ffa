package engine_test

import (
	"testing"
	"time"

	"pumplab/pumpmodel"
)

// toDose are the keys that bring each design to its first number of a DOPamine infusion.
var toDose = map[string][]string{
	"keypad-wizard": {"enter", "enter", "3", "3", "3", "3", "enter", "enter", "8", "2", "enter"},
	"chevron-form":  {"enter", "enter", "DN", "enter", "enter"},
	"fivekey-menu":  {"enter", "enter", "right", "dn", "enter", "enter", "enter"},

	"keypad-permissive":    {"enter", "enter", "3", "3", "3", "3", "enter", "enter"},
	"chevron-fine-syringe": {"enter", "dn", "dn", "enter", "dn", "dn", "enter"},
	"fivekey-wrap":         {"enter", "enter", "right", "enter", "enter"},
	"digitpairs-syringe":   {"enter", "dn", "dn", "enter", "dn", "dn", "enter", "enter"},
	"dial-touch":           append([]string{"row 1", "row 1"}, append(times("dial+", 8), "dial", "dial")...),
	"touch-tablet":         {"row 1", "row 1", "D", "O", "row 2", "enter"},
	"vendor-example":       {"OK", "OK", "3", "3", "3", "3", "OK", "OK", "8", "2", "OK"},

	"keypad-silent-decimals": {"enter", "enter", "3", "3", "3", "3", "enter", "enter"},
	"form-silent-discard":    {"enter", "enter", "DN", "enter", "enter"},
	"pca-handset":            {"enter", "enter", "6", "enter", "enter"},
	"slider-touch":           append([]string{"enter", "enter"}, append(times("dn", 8), "enter", "enter")...),
	"two-channel":            {"enter", "enter", "3", "3", "3", "3", "enter", "enter", "8", "2", "enter"},
}

// number are a key that changes that number and one that undoes it.
var number = map[string][2]string{
	"keypad-wizard": {"5", "clear"}, "chevron-form": {"up", "dn"}, "fivekey-menu": {"up", "dn"},
	"keypad-permissive": {"5", "clear"}, "chevron-fine-syringe": {"up", "dn"}, "fivekey-wrap": {"up", "dn"},
	"digitpairs-syringe": {"up1", "dn1"}, "dial-touch": {"dial+", "dial-"}, "touch-tablet": {"5", "clear"},
	"vendor-example":         {"5", "C"},
	"keypad-silent-decimals": {"5", "clear"}, "form-silent-discard": {"up", "dn"}, "two-channel": {"5", "clear"}, "slider-touch": {"up", "dn"}, "pca-handset": {"5", "backspace"},
}

func press(m pumpmodel.Machine, s pumpmodel.State, keys ...string) (pumpmodel.State, []pumpmodel.Output) {
	var all []pumpmodel.Output
	for _, k := range keys {
		var out []pumpmodel.Output
		s, out = m.Step(readAdvisory(m, s), pumpmodel.Press(k))
		all = append(all, out...)
		s, out = m.Step(s, pumpmodel.Release(k))
		all = append(all, out...)
	}
	return s, all
}

// readAdvisory is a person who reads an advisory that cannot be answered at once.
func readAdvisory(m pumpmodel.Machine, s pumpmodel.State) pumpmodel.State {
	if left, ok := m.Wait(s); ok && left <= time.Second {
		if a := m.Show(s).Alert; a != nil && a.Kind == "advisory" && len(a.Answers) == 0 {
			s, _ = pumpmodel.Advance(m, s, left)
		}
	}
	return s
}

// The goals of the engine, ns: a step in 2 µs with one allocation, a display in 5 µs, a whole task in 50 µs (20,000 a second).
const (
	stepGoal = 2_000
	showGoal = 5_000
	taskGoal = 50_000
)

// goal puts a goal beside a benchmark's own figures; make bench prints them as one table.
func goal(b *testing.B, ns float64) { b.ReportMetric(ns, "goal-ns") }

// BenchmarkStep is a key that changes a number and one that undoes it. What limits it: the new state's box, about a third of the time
// (1.1 kB without pointers are allocated, filled and later collected; 4.6 kB on two-channel, 2.4 kB on pca-handset); the rest is
// finding what the key does and the entry method.
func BenchmarkStep(b *testing.B) {
	for _, name := range shipped {
		m := mustMachine(b, name)
		s, _ := press(m, m.Start(), toDose[name]...)
		k := number[name]
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				s, _ = m.Step(s, pumpmodel.Press(k[i%2]))
			}
			goal(b, stepGoal)
		})
	}
}

// BenchmarkShow is the display of a number being entered. What limits it: the slices of a Display, which belong to whoever asked for
// it, and a key's hint for each control that works (19 on touch-tablet).
func BenchmarkShow(b *testing.B) {
	for _, name := range shipped {
		m := mustMachine(b, name)
		s, _ := press(m, m.Start(), toDose[name]...)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				m.Show(s)
			}
			goal(b, showGoal)
		})
	}
}

// BenchmarkAdvance lets a running infusion go on for a second. What limits it: the new state's box.
func BenchmarkAdvance(b *testing.B) {
	m := mustMachine(b, "keypad-wizard")
	s, _ := press(m, m.Start(), toRunning["keypad-wizard"]...)
	b.ReportAllocs()
	for range b.N {
		pumpmodel.Advance(m, s, time.Second)
	}
}
