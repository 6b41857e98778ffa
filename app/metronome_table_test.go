//go:build linux && !headless

package main_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pumplab/app/capture"
)

// line is one row of the metronome's table: an error of the laboratory's times beside the floor's of the same minutes.
type line struct {
	mode, device, what string
	ours, floor        []time.Duration
}

// linesOf are a run's rows.
func linesOf(mode, device string, ours, floor []beat) (out []line) {
	stamp, interval, hold := errorsOf(ours)
	s, i, h := errorsOf(floor)
	return []line{{mode, device, "stamp", stamp, s}, {mode, device, "interval", interval, i}, {mode, device, "hold", hold, h}}
}

// cells are n, median, SD, p95 and p99 of a sample in ms; the percentiles are those of the size.
func cells(sample []time.Duration) string {
	if len(sample) == 0 {
		return strings.Repeat("      –", 5)
	}
	s, a := capture.SpreadOf(sample), capture.SpreadOf(absolute(sample))
	return fmt.Sprintf("%5d %7.3f %7.3f %7.3f %7.3f", s.N, s.Median, s.SD, a.P95, a.P99)
}

// goal says what a row should come to on a quiet machine, and whether it does.
func (l line) goal() string {
	s, a := capture.SpreadOf(l.ours), capture.SpreadOf(absolute(l.ours))
	verdict := func(ok bool, what string) string {
		if ok {
			return what + ": met"
		}
		return what + ": MISSED"
	}
	switch {
	case s == nil:
		return "nothing was measured"
	case l.what == "interval":
		return verdict(s.SD <= 0.5 && a.P95 <= 1, "SD ≤ 0.5, p95 ≤ 1.0")
	case l.what == "stamp" && len(l.floor) > 0:
		f := capture.SpreadOf(l.floor).Median
		return verdict(s.Median <= 1.2*f, fmt.Sprintf("median ≤ 1.2 × floor (now %.2f ×)", s.Median/f))
	}
	return ""
}

// printTable prints what the metronome found.
func printTable(t *testing.T, lines []line) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-10s %-7s %-9s  %-38s  %-38s\n", "", "", "error, ms", "laboratory", "floor: bare GLFW")
	head := "    n  median      SD     p95     p99"
	fmt.Fprintf(&b, "%-10s %-7s %-9s  %-38s  %-38s  %s\n", "mode", "device", "of", head, head, "goal")
	for _, l := range lines {
		fmt.Fprintf(&b, "%-10s %-7s %-9s  %-38s  %-38s  %s\n", l.mode, l.device, l.what, cells(l.ours), cells(l.floor), l.goal())
	}
	t.Log(b.String())
}
