//go:build linux && !headless

package main_test

import (
	"bytes"
	"image"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"pumplab/app/capture"
	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
)

// eye looks at a few pixels of the screen on an X connection of its own, as often as the display answers.
type eye struct {
	t    *testing.T
	conn *xgb.Conn
	root xproto.Window
	at   image.Point
}

// mustEye watches the place of a screen.
func mustEye(t *testing.T, s *screen, at image.Point) *eye {
	t.Helper()
	conn, err := xgb.NewConnDisplay(s.display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return &eye{t: t, conn: conn, root: s.root, at: at}
}

// look is what the place shows, and when: the display read it between the two times.
func (e *eye) look() (pixels []byte, after, before time.Duration) {
	e.t.Helper()
	after = monotonicNow()
	r, err := xproto.GetImage(e.conn, xproto.ImageFormatZPixmap, xproto.Drawable(e.root), int16(e.at.X-2), int16(e.at.Y-2), 4, 4, ^uint32(0)).Reply()
	if err != nil {
		e.t.Fatal(err)
	}
	return r.Data, after, monotonicNow()
}

// turn waits until the place shows something else. The change happened after the last look that did not show it began, and before the
// first that showed it ended.
func (e *eye) turn(from []byte) (after, before time.Duration) {
	e.t.Helper()
	last := monotonicNow()
	for end := last + 10*time.Second; ; {
		now, began, ended := e.look()
		if !bytes.Equal(now, from) {
			return last, ended
		}
		if last = began; began > end {
			e.t.Fatalf("nothing changes at %v", e.at)
		}
	}
}

// differ is a place, away from the pointer and the edges, where two pictures of the screen differ all around.
func differ(a, b *image.NRGBA, in image.Rectangle) (image.Point, bool) {
	all := func(x, y int) bool {
		for dy := -2; dy < 2; dy++ {
			for dx := -2; dx < 2; dx++ {
				if a.NRGBAAt(x+dx, y+dy) == b.NRGBAAt(x+dx, y+dy) {
					return false
				}
			}
		}
		return true
	}
	for y := in.Min.Y; y < in.Max.Y; y += 2 {
		for x := in.Min.X; x < in.Max.X; x += 2 {
			if all(x, y) {
				return image.Pt(x, y), true
			}
		}
	}
	return image.Point{}, false
}

// glimpse is a change of the pump's display as it was seen on the screen: not before one moment, and not after the other.
type glimpse struct{ after, before time.Duration }

// changes presses two keys that undo each other's change of the pump's display, n times in all, and tells when each change was seen and
// when the journal says that it was shown.
func (l *lab) changes(n int, keys [2]string) (seen []glimpse, shown []time.Duration) {
	l.t.Helper()
	press := func(key string, watch func()) {
		l.screen.press(key, true)
		watch()
		l.screen.press(key, false)
		l.await("the release of "+key, 1, func(e studies.Event) bool { return e.Pump != nil && e.Pump.Kind == pumpmodel.Up })
	}
	l.raise("Pump Lab")
	var looks []*image.NRGBA
	for _, key := range keys {
		press(key, func() { time.Sleep(30 * time.Millisecond) })
		looks = append(looks, l.screen.settled())
	}
	at, ok := differ(looks[0], looks[1], image.Rect(380, 40, 1240, 980))
	if !ok {
		l.t.Fatalf("%v change nothing on the screen", keys)
	}
	e, from := mustEye(l.t, l.screen, at), l.seq
	for i := range n {
		time.Sleep(time.Duration(5+i*7%31) * time.Millisecond) // all phases of the toolkit's tick
		was, _, _ := e.look()
		press(keys[i%2], func() {
			after, before := e.turn(was)
			seen = append(seen, glimpse{after, before})
		})
	}
	l.drawn(l.downs(from)[n-1])
	frames := map[int]time.Duration{}
	for _, f := range l.frames() {
		frames[f.Seq] = f.At
	}
	for i, seq := range l.downs(from) {
		f, ok := frames[seq]
		if !ok {
			l.t.Fatalf("no frame is journalled for press %d", i+1)
		}
		shown = append(shown, time.Duration(l.check.Monotonic)+f)
	}
	return seen, shown
}

// downs are the records after one in which a key of the pump went down.
func (l *lab) downs(after int) (seqs []int) {
	l.t.Helper()
	for _, r := range l.records(after) {
		e, err := journal.DecodeEvent(r.Event)
		if err != nil {
			l.t.Fatal(err)
		}
		if e.Pump != nil && e.Pump.Kind == pumpmodel.Down {
			seqs = append(seqs, r.Seq)
		}
	}
	return seqs
}

// When a change was shown, as the journal has it, is when its pixels are seen on the screen: with parts of the window painted alone, with
// all of it painted at once, and where the toolkit's tick paints it. PUMPLAB_METRONOME=400 (make bench) watches as many changes each.
func TestOnsetsAreWhenThePixelsChange(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("PUMPLAB_METRONOME"))
	if err != nil {
		n = 40
	}
	for _, mode := range []struct{ name, without string }{{"parts painted alone", ""}, {"all painted at once", "parts"}, {"painted by the tick", "at-once"}} {
		t.Run(mode.name, func(t *testing.T) {
			t.Setenv("PUMPLAB_WITHOUT", mode.without)
			l := mustSession(t, mustScreen(t), metronomeStudy(t), "P01")
			l.toTask()
			seen, shown := l.changes(n, [2]string{"Down", "Up"})
			var late, unsure []time.Duration
			for i, g := range seen {
				late = append(late, (g.after+g.before)/2-shown[i])
				unsure = append(unsure, g.before-g.after)
			}
			row(t, "pixel seen after its onset", late)
			row(t, "  within", unsure)
			if m := capture.SpreadOf(absolute(late)).Median; m > 1000*capture.FrameTime.Seconds()/2 {
				t.Errorf("half of the onsets are wrong by more than %.1f ms", m)
			}
		})
	}
}
