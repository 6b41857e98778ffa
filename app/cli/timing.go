package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"pumplab/app/capture"
)

// Measure measures this machine's clock, input and screen for a while; it opens a window.
type Measure func(ctx context.Context, span time.Duration) (capture.Quality, error)

// TimingCmd measures what the times of keys are worth on this machine.
type TimingCmd struct {
	Seconds float64 `default:"10" help:"How long to measure."`
	HTML    string  `name:"html" type:"path" placeholder:"FILE" help:"Also write a page with histograms."`
}

// Help is shown by --help.
func (*TimingCmd) Help() string {
	return "Opens a window for some seconds and measures the clock, the stamps of injected keys (X11, Windows), frames, stalls and the screen.\nThe program as built without its window measures the clock and the stalls. Exit status 1: not good enough for keystroke times.\n\nExample:\n  pumplab timing --seconds 10 --html timing.html"
}

// Run measures.
func (c *TimingCmd) Run(x *Context) error {
	if c.Seconds < 0.5 || c.Seconds > 3600 {
		return fmt.Errorf("measure timing: --seconds %g is not between 0.5 and 3600", c.Seconds)
	}
	span := time.Duration(c.Seconds * float64(time.Second))
	var q capture.Quality
	if x.Measure == nil {
		q = capture.CheckClock(x.Context, span)
		q.Notes = append(q.Notes, "input, frames and screen were not measured: this program was built without its window")
	} else {
		var err error
		if q, err = x.Measure(x.Context, span); err != nil {
			return err
		}
		if q.Verdict == "" {
			return fmt.Errorf("measure timing: the window was closed before the end")
		}
	}
	if c.HTML != "" {
		var page bytes.Buffer
		if err := timingPage(q, x.Version).HTML(&page); err != nil {
			return err
		}
		if err := os.WriteFile(c.HTML, page.Bytes(), 0o666); err != nil {
			return fmt.Errorf("write page: %w", err)
		}
	}
	if err := x.Print(q, func(w io.Writer) { printQuality(w, q) }); err != nil {
		return err
	}
	if q.Bad {
		return Failed("")
	}
	return nil
}

// printQuality tells a person what was measured.
func printQuality(w io.Writer, q capture.Quality) {
	fmt.Fprintf(w, "%s\n\n", q.Verdict)
	fmt.Fprintf(w, "%-22s %s, %d processors\n", "machine", q.System, q.Processor)
	fmt.Fprintf(w, "%-22s %s\n", "stamps", wayWords(q))
	fmt.Fprintf(w, "%-22s %s\n", "clock", clockWords(q.Clock))
	if len(q.Devices) > 0 {
		fmt.Fprintf(w, "%-22s %s\n", "devices", deviceWords(q.Devices))
	}
	if q.Injected > 0 {
		fmt.Fprintf(w, "%-22s %d of %d injected events arrived%s\n", "delivery", q.Delivered, q.Injected, kindWords(q.Kinds))
	}
	for _, s := range spreads(q) {
		if s.of != nil {
			fmt.Fprintf(w, "%-22s n %5d  median %7.3f  SD %7.3f  p95 %7.3f  p99 %7.3f  max %7.3f ms\n", s.name, s.of.N, s.of.Median, s.of.SD, s.of.P95, s.of.P99, s.of.Max)
		}
	}
	if q.Picture != nil {
		fmt.Fprintf(w, "%-22s %s\n", "dropped frames", droppedWords(q))
	}
	if q.Frame != nil {
		fmt.Fprintf(w, "%-22s %s\n", "late ticks", tickWords(q))
	}
	if q.Screen != nil {
		fmt.Fprintf(w, "%-22s %s\n", "screen", screenWords(q.Screen))
	}
	if q.Sound != "" {
		fmt.Fprintf(w, "%-22s %s\n", "sound", q.Sound)
	}
	for _, n := range q.Notes {
		fmt.Fprintf(w, "%-22s %s\n", "note", n)
	}
}

// kindWords says how many stamps are of which kind: ": 39 raw, 21 hook".
func kindWords(kinds map[string]int) string {
	out := ""
	for _, kind := range []string{capture.Raw, capture.Hook, capture.Callback} {
		if n := kinds[kind]; n > 0 {
			out += fmt.Sprintf(", %d %s", n, kind)
		}
	}
	return strings.Replace(out, ",", ":", 1)
}

// droppedWords says how many frames were dropped.
func droppedWords(q capture.Quality) string {
	return fmt.Sprintf("%d in %d changes of the picture (refreshes that went by, beyond the one a change may take)", q.Dropped, q.Picture.N)
}

// tickWords says how many ticks of the toolkit did not come.
func tickWords(q capture.Quality) string {
	return fmt.Sprintf("%d of %d ticks of the toolkit did not come, the one before was late", q.LateTicks, q.Frame.N+q.LateTicks)
}

// wayWords says which observers are at work.
func wayWords(q capture.Quality) string {
	if q.Way == "none" {
		return "not measured"
	}
	out := q.Way
	if q.Realtime {
		out += " (real-time priority from " + q.RealtimeBy + ")"
	}
	if q.Pump {
		out += ", pump"
	}
	if q.AtOnce {
		out += ", painted at once"
	}
	return out
}

// clockWords says what the monotonic clock does.
func clockWords(c capture.ClockQuality) string {
	out := fmt.Sprintf("steps of %d ns, %d readings went backward, %d times the machine slept or its wall clock was set", c.Step.Nanoseconds(), c.Backward, c.WallSteps)
	if c.Resolution > 0 {
		out = fmt.Sprintf("resolution %d ns, %s", c.Resolution.Nanoseconds(), out)
	}
	return out
}

func screenWords(s *capture.ScreenQuality) string {
	refresh := "refresh unknown"
	if s.Refresh > 0 {
		refresh = fmt.Sprintf("%g Hz", s.Refresh)
	}
	return fmt.Sprintf("%d × %d pixels, %d × %d mm, %s", s.Width, s.Height, s.WidthMM, s.HeightMM, refresh)
}
