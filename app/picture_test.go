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

// uncover has all of the screen painted again: a window comes over it and goes away.
func (s *screen) uncover() {
	s.t.Helper()
	id, err := xproto.NewWindowId(s.conn)
	if err != nil {
		s.t.Fatal(err)
	}
	setup := xproto.Setup(s.conn).DefaultScreen(s.conn)
	err = xproto.CreateWindowChecked(s.conn, setup.RootDepth, id, s.root, 0, 0, setup.WidthInPixels, setup.HeightInPixels, 0,
		xproto.WindowClassInputOutput, setup.RootVisual, xproto.CwBackPixel|xproto.CwOverrideRedirect, []uint32{0x804020, 1}).Check()
	if err == nil {
		err = xproto.MapWindowChecked(s.conn, id).Check()
	}
	if err == nil {
		err = xproto.DestroyWindowChecked(s.conn, id).Check()
	}
	if err != nil {
		s.t.Fatalf("cover the screen: %v", err)
	}
}

// asPaintedWhole fails unless the screen, parts of which were painted alone, looks as it does when all of it is painted.
func (l *lab) asPaintedWhole(when string) {
	l.t.Helper()
	parts := l.screen.settled()
	l.screen.uncover()
	defer func() {
		if l.t.Failed() {
			l.screen.save("painted-whole-" + when)
		}
	}()
	eventually(l.t, 20*time.Second, when+", a screen painted whole that looks like the one of which parts were painted alone", func() bool {
		return bytes.Equal(parts.Pix, l.screen.shot().Pix)
	})
}

// The goal for a press to be seen, median and 95 of 100, in ms, under Xvfb with software GL.
const (
	seenMedian = 6
	seenP95    = 10
)

// TestAPressIsSeenAtOnce: every press is seen on the screen, sooner than at the toolkit's next tick, and what was painted for it alone
// looks as if all had been painted. PUMPLAB_METRONOME=400 (make bench) prints the table with its goal.
func TestAPressIsSeenAtOnce(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("PUMPLAB_METRONOME"))
	if err != nil {
		n = 20
	}
	seen := map[string]*capture.Spread{}
	for _, mode := range []struct{ name, without string }{{"at once", ""}, {"stock", "hook,pump,raw,at-once"}} {
		t.Run(mode.name, func(t *testing.T) {
			t.Setenv("PUMPLAB_WITHOUT", mode.without)
			l := mustSession(t, mustScreen(t), metronomeStudy(t), "P01")
			q := l.check
			if want := map[string]string{"": capture.Raw, "hook,pump,raw,at-once": capture.Callback}[mode.without]; q.Way != want {
				t.Errorf("the session says its stamps are %s, want %s", q.Way, want)
			}
			if atOnce := q.Picture != nil && q.Picture.N > 0; atOnce != (mode.without == "") {
				t.Errorf("the session's own check painted at once: %v", atOnce)
			}
			l.toTask()
			sample := l.toPicture(n)
			row(t, "press to picture, "+mode.name, sample)
			seen[mode.name] = capture.SpreadOf(sample)
			if mode.without == "" {
				l.asPaintedWhole("after the presses")
				l.half("button1", pumpmodel.Down)
				l.asPaintedWhole("with a key down")
				l.half("button1", pumpmodel.Up)
			}
		})
	}
	once, stock := seen["at once"], seen["stock"]
	if once == nil || stock == nil {
		return
	}
	t.Logf("goal: median %d, p95 %d ms; painting at once takes %.2f of stock's median", seenMedian, seenP95, once.Median/stock.Median)
	if once.Median >= stock.Median {
		t.Errorf("painting at once takes %.1f ms, waiting for the tick %.1f", once.Median, stock.Median)
	}
}
