package capture_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"pumplab/app/capture"
)

func TestSpreadOfKnownSample(t *testing.T) {
	var sample []time.Duration
	for i := 100; i >= 1; i-- {
		sample = append(sample, time.Duration(i)*ms)
	}
	s := capture.SpreadOf(sample)
	// SD of 1 … 100 with n-1: sqrt(100·101/12) = 29.0115.
	if s.N != 100 || s.Median != 50 || s.P95 != 95 || s.P99 != 99 || s.Max != 100 || s.SD < 29.011 || s.SD > 29.012 {
		t.Errorf("%+v", s)
	}
	all := 0
	for _, n := range s.Bins {
		all += n
	}
	if all != 100 {
		t.Errorf("the histogram holds %d of 100", all)
	}
	if capture.SpreadOf(nil) != nil {
		t.Error("a spread of nothing")
	}
}

func TestClockCheckMeasuresWithoutAWindow(t *testing.T) {
	q := capture.CheckClock(context.Background(), 200*ms)
	if q.Clock.Step <= 0 || q.Clock.Step > time.Millisecond || q.Clock.Backward != 0 || q.Stalls.Late == nil || q.Way != "none" {
		t.Errorf("%+v", q)
	}
	if !strings.Contains(q.Verdict, "no window") {
		t.Errorf("verdict %q", q.Verdict)
	}
	if b := q.Brief(); b.Stalls.Late.Bins != nil || q.Stalls.Late.Bins == nil {
		t.Error("brief keeps its histogram, or takes away the original's")
	}
}

type fixedSource struct{ s capture.Stamp }

func (f fixedSource) Current() (capture.Stamp, bool) { return f.s, f.s.Kind != "" }

func TestClockGivesTheSourcesStampDuringADelivery(t *testing.T) {
	c := capture.NewClock(time.Hour)
	if s := c.Stamp(); s.Kind != capture.Callback || s.At < time.Hour {
		t.Fatalf("without a source: %+v", s)
	}
	c.Attend(fixedSource{})
	if s := c.Stamp(); s.Kind != capture.Callback {
		t.Fatalf("outside a delivery: %+v", s)
	}
	c.Attend(fixedSource{capture.Stamp{At: 0, Kind: capture.Raw, Device: 7}}) // when the program started
	s := c.Stamp()
	if s.Kind != capture.Raw || s.Device != 7 || s.At > time.Hour || s.At < time.Hour-time.Minute {
		t.Fatalf("during a delivery: %+v", s)
	}
	c.Attend(fixedSource{capture.Stamp{At: 1000 * time.Hour, Kind: capture.Raw}})
	if s := c.Stamp(); s.At > c.Now() {
		t.Fatalf("a stamp in the future: %+v", s)
	}
}

func TestSentenceCountsTheWays(t *testing.T) {
	raw := capture.Quality{Way: capture.Raw, Interval: &capture.Spread{P95: 0.31}}
	got := capture.Sentence([]capture.Quality{raw, raw, {Way: capture.Hook, Bad: true}}, 4)
	for _, part := range []string{"raw events of the display on a thread of its own in 2", "in front of the toolkit's handlers in 1", "of 4 sessions", "±0.31 ms", "in 1 the check"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q lacks %q", got, part)
		}
	}
	if got := capture.Sentence(nil, 2); !strings.Contains(got, "No session kept") {
		t.Errorf("%q", got)
	}
}

// A change may take the present refresh of the screen. Each further one that goes by without it is a dropped frame, and a screen that had
// nothing new to show drops none.
func TestAFrameIsDroppedWhenAChangeMissesARefresh(t *testing.T) {
	for _, x := range []struct {
		late time.Duration
		want int
	}{{-ms, 0}, {0, 0}, {4 * ms, 0}, {10 * ms, 0}, {10*ms + 1, 1}, {20 * ms, 1}, {25 * ms, 2}, {1000 * ms, 99}} {
		if got := capture.Dropped(x.late, 10*ms); got != x.want {
			t.Errorf("shown %v late at 100 Hz: %d dropped frames, want %d", x.late, got, x.want)
		}
	}
}
