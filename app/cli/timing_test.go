package cli_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pumplab/app/capture"
	"pumplab/app/cli"
)

// timed runs pumplab timing with a measurement that finds q.
func timed(t *testing.T, q capture.Quality, args ...string) (out string, status int) {
	t.Helper()
	var o, e strings.Builder
	x := &cli.Context{
		Context: context.Background(), Out: &o, Err: &e, Version: "test",
		Measure: func(context.Context, time.Duration) (capture.Quality, error) { return q, nil },
	}
	status = cli.Run(append([]string{"timing"}, args...), x, nil)
	return o.String() + e.String(), status
}

func someQuality() capture.Quality {
	s := capture.SpreadOf([]time.Duration{-100_000, 50_000, 120_000, 300_000})
	return capture.Quality{
		System: "linux amd64, X11", Way: capture.Raw, Injected: 8, Delivered: 8, Stamp: s, Interval: s,
		Screen: &capture.ScreenQuality{Width: 1280, Height: 1024}, Verdict: "Keystroke intervals are good to ±0.3 ms on this machine.",
	}
}

func TestTimingSaysTheVerdictFirst(t *testing.T) {
	out, status := timed(t, someQuality())
	if status != 0 || !strings.HasPrefix(out, "Keystroke intervals are good to ±0.3 ms on this machine.") {
		t.Errorf("status %d, %q", status, out)
	}
	for _, part := range []string{"8 of 8 injected", "interval error", "1280 × 1024", "refresh unknown"} {
		if !strings.Contains(out, part) {
			t.Errorf("no %q in %s", part, out)
		}
	}
}

func TestTimingThatIsBadEndsWithStatusOne(t *testing.T) {
	q := someQuality()
	q.Bad = true
	if _, status := timed(t, q); status != 1 {
		t.Errorf("status %d, want 1", status)
	}
	if out, status := timed(t, capture.Quality{}); status != 2 || !strings.Contains(out, "closed before the end") {
		t.Errorf("a window closed early: status %d, %s", status, out)
	}
	if _, status := timed(t, q, "--seconds", "0"); status != 2 {
		t.Errorf("no seconds: status %d, want 2", status)
	}
}

func TestTimingPageHoldsItsHistograms(t *testing.T) {
	page := filepath.Join(t.TempDir(), "timing.html")
	out, status := timed(t, someQuality(), "--json", "--html", page)
	var q capture.Quality
	if err := json.Unmarshal([]byte(out), &q); err != nil || status != 0 || q.Interval.N != 4 {
		t.Fatalf("status %d, %v, %s", status, err, out)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "<svg"); n != 2 {
		t.Errorf("%d histograms, want 2", n)
	}
	if !strings.Contains(string(text), "±0.3 ms") {
		t.Error("the page lacks the verdict")
	}
}

// Everything that was measured is on the page in words, each duration with what it is worth.
func TestTimingPageSaysWhatEachMeasurementIsWorth(t *testing.T) {
	spread := func(ms float64) *capture.Spread {
		return capture.SpreadOf([]time.Duration{0, time.Duration(ms * 1e6)})
	}
	q := someQuality()
	q.RealtimeBy, q.Realtime, q.Pump = "the system", true, true
	q.Clock = capture.ClockQuality{Resolution: 1, Step: 20}
	q.Interval, q.Picture, q.Onset, q.Poll, q.Frame, q.Stalls.Late = spread(0.3), spread(12), spread(40), spread(3), spread(17), spread(2)
	q.Devices = map[int]string{9: "Keypad", 4: "Mouse"}
	q.Dropped, q.LateTicks, q.Stalls.Over10, q.Sound = 3, 4, 5, "found"
	page := filepath.Join(t.TempDir(), "timing.html")
	if out, status := timed(t, q, "--html", page); status != 0 {
		t.Fatal(out)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	plain := regexp.MustCompile(`\s*<[^>]*>\s*`).ReplaceAllString(string(text), "|")
	plain = regexp.MustCompile(`\|+`).ReplaceAllString(plain, "|")
	for _, want := range []string{
		"|raw events of the window system on a thread of its own at real-time priority (from the system); events are delivered when they come",
		"|resolution 1 ns, steps of 20 ns, 0 readings went backward", "|devices|Mouse (4), Keypad (9)|", "|8 of 8 injected events arrived|",
		"|3 in 2 changes of the picture", "|4 of 6 ticks", "|5 of 2 sleeps", "|1280 × 1024 pixels", "|sound|found|",
		"|0.300|0.300|good|", "|12.000|12.000|fair|", "|40.000|40.000|poor|",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("the page lacks %q: %s", want, plain)
		}
	}
}

func TestTimingWithoutAWindowMeasuresTheClock(t *testing.T) {
	var o, e strings.Builder
	x := &cli.Context{Context: context.Background(), Out: &o, Err: &e, Version: "test"}
	if status := cli.Run([]string{"timing", "--seconds", "0.5", "--json"}, x, nil); status == 2 { // 1: the machine is too busy at this moment
		t.Fatalf("status %d: %s", status, e.String())
	}
	var q capture.Quality
	if err := json.Unmarshal([]byte(o.String()), &q); err != nil || q.Clock.Step <= 0 || q.Stalls.Late == nil || len(q.Notes) == 0 {
		t.Errorf("%v, %s", err, o.String())
	}
}
