//go:build linux && !headless

package main_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"pumplab/app/capture"
)

// patch is what a small square of the screen shows.
func (s *screen) patch(x, y int) []byte {
	s.t.Helper()
	const half = 12
	r, err := xproto.GetImage(s.conn, xproto.ImageFormatZPixmap, xproto.Drawable(s.root), int16(x-half), int16(y-half), 2*half, 2*half, ^uint32(0)).Reply()
	if err != nil {
		s.t.Fatalf("read screen: %v", err)
	}
	return r.Data
}

// toPicture is how long it takes from n presses on a key of the pump until it is seen down.
func (l *lab) toPicture(n int) []time.Duration {
	l.t.Helper()
	random := rand.New(rand.NewPCG(9, uint64(n)))
	l.raise("Pump Lab")
	x, y := l.capOnScreen()
	time.Sleep(300 * time.Millisecond) // the key is up again, and drawn so
	rest := l.screen.patch(x, y)
	var out []time.Duration
	for range n {
		time.Sleep(time.Duration(80+random.IntN(120)) * time.Millisecond) // a person's gap
		sent := monotonicNow()
		l.screen.press("button1", true)
		deadline := sent + time.Second
		for bytes.Equal(l.screen.patch(x, y), rest) {
			if monotonicNow() > deadline {
				l.t.Fatalf("press %d is not seen on the key after a second", len(out)+1)
			}
			time.Sleep(200 * time.Microsecond) // leave the display server time to show it
		}
		out = append(out, monotonicNow()-sent)
		l.screen.press("button1", false)
		eventually(l.t, 2*time.Second, "the key up again", func() bool { return bytes.Equal(l.screen.patch(x, y), rest) })
	}
	return out
}

// TestAPressIsSeenAtOnce: the key under the finger is seen down long before the toolkit's next tick would draw it.
func TestAPressIsSeenAtOnce(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("PUMPLAB_METRONOME"))
	if err != nil {
		n = 40
	}
	median := map[string]float64{}
	for _, mode := range []struct{ name, without string }{{"at once", ""}, {"stock", "hook,pump,raw,at-once"}} {
		t.Run(mode.name, func(t *testing.T) {
			t.Setenv("PUMPLAB_WITHOUT", mode.without)
			l := mustSession(t, mustScreen(t), metronomeStudy(t), "P01")
			q := l.quality()
			if want := map[string]string{"": capture.Raw, "hook,pump,raw,at-once": capture.Callback}[mode.without]; q.Way != want {
				t.Errorf("the session says its stamps are %s, want %s", q.Way, want)
			}
			l.toTask()
			sample := l.toPicture(n)
			row(t, "press to picture, "+mode.name, sample)
			t.Logf("the session's own check: paint %+v, frames %+v", q.Picture, q.Frame)
			median[mode.name] = capture.SpreadOf(sample).Median
		})
	}
	if median["at once"] >= median["stock"] {
		t.Errorf("painting at once takes %.1f ms, waiting for the tick %.1f", median["at once"], median["stock"])
	}
}
