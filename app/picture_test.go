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
	"pumplab/pumpmodel"
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
	l.half("button1", pumpmodel.Down) // the page has come
	l.half("button1", pumpmodel.Up)
	rest := l.screen.patch(x, y)
	eventually(l.t, 10*time.Second, "the key at rest", func() bool {
		last := rest
		time.Sleep(300 * time.Millisecond) // it is up again, and drawn so
		rest = l.screen.patch(x, y)
		return bytes.Equal(rest, last)
	})
	var out []time.Duration
	for range n {
		time.Sleep(time.Duration(80+random.IntN(120)) * time.Millisecond) // a person's gap
		sent := monotonicNow()
		l.screen.press("button1", true)
		deadline := sent + 5*time.Second
		for bytes.Equal(l.screen.patch(x, y), rest) {
			if monotonicNow() > deadline {
				l.t.Fatalf("press %d is not seen on the key after five seconds", len(out)+1)
			}
			time.Sleep(200 * time.Microsecond) // leave the display server time to show it
		}
		out = append(out, monotonicNow()-sent)
		l.screen.press("button1", false)
		eventually(l.t, 10*time.Second, "the key up again", func() bool { return bytes.Equal(l.screen.patch(x, y), rest) })
	}
	return out
}

// TestAPressIsSeenAtOnce: every press is seen on the screen, and painted at once unless that is switched off. PUMPLAB_METRONOME=400
// (make bench) also asks that it be seen sooner than at the toolkit's next tick.
func TestAPressIsSeenAtOnce(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("PUMPLAB_METRONOME"))
	table := err == nil
	if !table {
		n = 20
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
			if atOnce := q.Picture != nil && q.Picture.N > 0; atOnce != (mode.without == "") {
				t.Errorf("the session's own check painted at once: %v", atOnce)
			}
			median[mode.name] = capture.SpreadOf(sample).Median
		})
	}
	if table && median["at once"] >= median["stock"] { // on a machine that tests much else at the same time it proves nothing
		t.Errorf("painting at once takes %.1f ms, waiting for the tick %.1f", median["at once"], median["stock"])
	}
}
